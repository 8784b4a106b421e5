"""Age on the day: from a birth date, or from a stated age and the day it was stated."""

from __future__ import annotations

from typing import NamedTuple

from scoring.calendar import whole_years, years_before
from scoring.case import Completion, Side
from scoring.profile import OLDEST_AGE
from scoring.rulebook import Rules


class AgeFact(NamedTuple):
    """Completed years of age on the day."""

    years: int
    estimate: bool
    completion: Completion


def known_age(side: Side, rules: Rules) -> AgeFact | None:
    """The age on the day; None when neither a birth date nor a stated age is known."""
    facts = side.facts
    if facts.birth_date is not None:
        return AgeFact(whole_years(facts.birth_date, rules.on), False, {})
    if facts.age is not None and facts.stated_on is not None:
        return AgeFact(facts.age + whole_years(facts.stated_on, rules.on), True, {})
    return None


def possible_ages(side: Side, rules: Rules) -> list[AgeFact]:
    """Every age that somebody whose age is unknown can have."""
    path = f"{side.path}/birth_date"
    return [
        AgeFact(years, False, {path: years_before(rules.on, years).isoformat()})
        for years in range(min(OLDEST_AGE, rules.on.year - _OLDEST_YEAR) + 1)
    ]


_OLDEST_YEAR = 1901
