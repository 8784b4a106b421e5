"""What one asked fact looks like: read it, check it, and say what was read.

Every reader takes the text as it was typed, in either language, and returns one of three: `Understood`, `Unclear` (to
be asked, with the values it may be) or `Misread` (what was read and what is wrong). None ever raises for a text.
"""

from conversations.answers.choices import read_choice
from conversations.answers.countries import read_country
from conversations.answers.days import read_birth, read_day, read_days
from conversations.answers.education import read_education
from conversations.answers.jobs import read_job_line
from conversations.answers.language_tests import read_test_line
from conversations.answers.numbers import read_hours, read_money, read_number
from conversations.answers.periods import read_period
from conversations.answers.result import JSON, Misread, Result, Unclear, Understood
from conversations.answers.scores import read_scores
from conversations.answers.stays import read_stays

__all__ = [
    "JSON",
    "Misread",
    "Result",
    "Unclear",
    "Understood",
    "read_birth",
    "read_choice",
    "read_country",
    "read_day",
    "read_days",
    "read_education",
    "read_hours",
    "read_job_line",
    "read_money",
    "read_number",
    "read_period",
    "read_scores",
    "read_stays",
    "read_test_line",
]
