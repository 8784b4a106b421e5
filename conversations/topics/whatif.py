"""What if: one change at a time, ranked by what it brings, and the verdicts that it turns."""

from __future__ import annotations

from conversations.facts import profile_of
from conversations.replies import Choice
from conversations.seen import assessed, assumptions
from conversations.talk import Row, Talk
from conversations.topics.common import MENU, basis, going_on, plain, swap_questions
from scoring.rulebook import shipped
from scoring.whatif import what_if

SHOWN = 5
"""Changes on the first page."""
MOST_SHOWN = 15


def whatif(talk: Talk, *, all_of_them: bool = False) -> None:
    """The changes that bring most."""
    answers = talk.session.answers
    found = assessed(answers, talk.today)
    told = what_if(profile_of(answers), shipped().on(talk.today), assumptions(answers))
    shown = MOST_SHOWN if all_of_them else SHOWN
    values = {
        **basis(talk, found),
        "changes": [plain(change) for change in told.changes[:shown]],
        "pairs": [plain(pair) for pair in told.pairs[: shown if all_of_them else 1]],
        "swap_open": next(swap_questions(talk), None) is not None,
        "hidden": max(0, len(told.changes) - shown),
    }
    rows: list[Row] = []
    if values["hidden"] and not all_of_them:
        rows.append((Choice("nav.all_changes", "t:changes"),))
    rows += [*going_on(values), (Choice("goal.score", "g:score"), *MENU)]
    talk.page("whatif", values, rows)


def changes(talk: Talk) -> None:
    """All of them."""
    whatif(talk, all_of_them=True)
