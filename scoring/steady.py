"""Until when nothing moves: the first day ahead on which time alone may change a score or a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from scoring import language
from scoring.assessment import View
from scoring.calendar import add_months, add_years, whole_years
from scoring.case import Case
from scoring.education import eca_expires
from scoring.profile import OLDEST_AGE, Eca, Facts, Person, dated
from scoring.steady_work import is_dated, work_holds

DAY = timedelta(1)


def steady_until(view: View) -> date | None:
    """The first day after the view's own on which its score or a verdict may differ; None when time moves nothing.

    Never later than the first real change, if the facts stay as they are and the rules are those of the data. Where
    there is work by dates, the look ahead ends with a horizon.
    """
    case = view.case
    soonest = min((day for day in events(case) if day > case.on), default=None)
    if not (is_dated(case.candidate) or is_dated(case.partner)):
        return soonest
    if view.by_completions:
        return case.on + DAY  # the ends rest on values chosen for unknown facts, which move with the days
    horizon = add_months(case.on, case.rules.near.horizon_months)
    return work_holds(case, min(horizon, soonest or horizon))


def events(case: Case) -> Iterator[date]:
    """The days, past and to come, on which a fact begins or ends to count."""
    yield from case.rules.book.change_days
    yield from _facts(case)
    yield from _birthdays(case)
    for side in (case.candidate, case.partner):
        if side is not None:
            yield from _papers(side.facts, case)


def _facts(case: Case) -> Iterator[date]:
    """The days of the facts themselves: what lies ahead is set aside until then."""
    for group in (case.profile.candidate, case.profile.partner, case.profile.household):
        if isinstance(group, Facts):
            for _, key, day in dated(group):
                if key not in _IDLE:
                    yield day
                if key in _DAY_AFTER and day < date.max:
                    yield day + DAY


_IDLE = frozenset({"work_permit_ends_on", "stated_on", "from", "until"})
"""Dates on which neither a score nor a verdict rests, or only by their anniversaries."""
_DAY_AFTER = frozenset({"taken_on", "started_on"})
"""A test of today is as late as one whose day is unknown; a job of today without a known end has no day yet."""


def _papers(person: Person, case: Case) -> Iterator[date]:
    """The days on which test results and ECAs stop to count."""
    for result in person.language_results or ():
        if result.taken_on is not None:
            yield language.expires(result.taken_on, case.rules)
    for credential in person.credentials or ():
        if isinstance(credential.eca, Eca) and credential.eca.issued_on is not None:
            yield eca_expires(credential.eca.issued_on, case.rules)


def _birthdays(case: Case) -> Iterator[date]:
    """The next birthday that a table pays otherwise, and those on which a child is no longer dependent."""
    facts, rules = case.candidate.facts, case.rules
    since, before = (facts.birth_date, 0) if facts.birth_date is not None else (facts.stated_on, facts.age)

    def paid(age: int) -> tuple[int, ...]:
        grid = rules.fsw_grid
        return rules.age.points(age, False), rules.age.points(age, True), grid.points("age", age) if grid else 0

    if since is not None and before is not None:
        now = whole_years(since, case.on)
        for years in range(now + 1, OLDEST_AGE + 1):
            if paid(before + years) != paid(before + now):
                yield add_years(since, years)
                break
    for _, child in case.dependants or ():
        if child.birth_date is not None:
            yield add_years(child.birth_date, rules.dependent_child.under_age)
