"""Dates that cost or bring something: expiries, birthdays, years that complete, months that leave a window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from scoring import categories, experience, language
from scoring.calendar import MONTHS_IN_YEAR, add_months, add_years, whole_years
from scoring.case import Case, Side
from scoring.crs.facts import total
from scoring.crs.score import scored
from scoring.crs.work import highest_years, work_ends
from scoring.education import eca_expires, eca_valid
from scoring.months import Counted, Measure, Need, leaves
from scoring.profile import Eca
from scoring.programs import cec
from scoring.provisions import Days

if TYPE_CHECKING:
    from scoring.assessment import View


@dataclass(frozen=True, slots=True)
class Deadline:
    """One date: `points` is what the CRS gains (or, negative, loses) on that day, None where that is not computed."""

    id: str
    on: date
    days_left: int
    points: int | None
    fact: str


def deadlines(case: Case, view: View) -> list[Deadline]:
    """Every date ahead (today included), soonest first."""
    found = [
        *_language(case),
        *_eca(case),
        *_profile(case),
        *_birthday(case, view),
        *_years(case, view),
        *_categories(case),
        *_cec(case),
        *_too_early(case, view),
        *_permit(case),
    ]
    return sorted((item for item in found if item.days_left >= 0), key=lambda item: (item.on, item.id, item.fact))


def _due(case: Case, name: str, day: date, fact: str, points: int | None = None) -> Deadline:
    return Deadline(name, day, (day - case.on).days, points, fact)


def _sides(case: Case) -> list[Side]:
    return [case.candidate] if case.partner is None else [case.candidate, case.partner]


def _language(case: Case) -> list[Deadline]:
    """The first day on which a valid result no longer counts."""
    return [
        _due(case, "language_result_expires", language.expires(result.taken_on, case.rules), path)
        for side in _sides(case)
        for path, result in side.results or ()
        if result.test != "stated_clb"
        and result.taken_on is not None
        and language.is_valid(result.taken_on, case.rules)
    ]


def _eca(case: Case) -> list[Deadline]:
    """The first day on which a valid ECA no longer counts."""
    return [
        _due(case, "eca_expires", eca_expires(item.eca.issued_on, case.rules), f"{path}/eca")
        for side in _sides(case)
        for path, item in side.credentials or ()
        if isinstance(item.eca, Eca) and item.eca.issued_on is not None and eca_valid(item.eca, case.rules)
    ]


def _profile(case: Case) -> list[Deadline]:
    """The end of the profile's validity, and of an invitation's days under the rule of the day it was issued."""
    found = []
    validity = case.rules.profile_validity
    if case.submitted is not None and validity is not None:
        moment = case.submitted
        submitted = moment.date() if isinstance(moment, datetime) else moment
        day = add_months(submitted, validity.months)
        found.append(_due(case, "profile_expires", day, "/express_entry/profile_submitted_at"))
    if case.invitation is not None and case.invitation.on is not None:
        law = case.rules.book.all("process", "invitation", Days, case.invitation.on)
        if law:
            day = case.invitation.on + timedelta(law[-1].days)
            found.append(_due(case, "invitation_expires", day, "/express_entry/invitation"))
    return found


def _birthday(case: Case, view: View) -> list[Deadline]:
    """The next birthday that costs points of age, and how many."""
    born, table = case.candidate.facts.birth_date, case.rules.age
    if born is None:
        return []
    applies = view.span.low.facts.partner.applies
    age = whole_years(born, case.on)
    for next_age in range(age + 1, table.steps[-1].at + 1):
        loss = table.points(next_age, applies) - table.points(age, applies)
        if loss < 0:
            return [_due(case, "birthday", add_years(born, next_age), "/candidate/birth_date", loss)]
        age = next_age
    return []


def _years(case: Case, view: View) -> list[Deadline]:
    """The days on which the next year of Canadian or foreign work completes, and what the CRS gains."""
    jobs = case.candidate.jobs
    if not jobs or not view.groups.work.known or not any(job.goes_on for _, job in jobs):
        return []
    now, top = view.groups.work.low[0].years, highest_years(case.rules)
    tiers = [step.at for step in case.rules.transferability.foreign_work_tiers]
    aims = [("canadian", now.canadian + 1, top.canadian), ("foreign", _next(tiers, now.foreign), top.foreign)]
    found = []
    for name, years, most in aims:
        day = _completes(case, name, years) if years <= most else None
        if day is not None:
            found.append(_due(case, f"{name}_year_completes", day, "/candidate/jobs", _gain(case, view, day)))
    return found


def _next(tiers: list[int], now: int) -> int:
    return min((tier for tier in tiers if tier > now), default=now + tiers[-1])


def _completes(case: Case, name: str, years: int) -> date | None:
    """The first day on which the work that the CRS counts reaches some years; None within the horizon.

    The measure of dated work says where to look, and the function that scores decides: it knows that foreign work gives
    way to Canadian work, and months stated without dates.
    """
    kind = experience.counts_as_canadian if name == "canadian" else experience.counts_as_foreign
    jobs = [Counted(path, job, kind(job, case.rules) is True, False) for path, job in case.candidate.jobs or ()]
    if not any(item.counts and item.job.goes_on for item in jobs):
        return None

    def reached(day: date) -> bool:
        found = work_ends(case.candidate, case.rules.seen_on(day)).low[0].years
        return (found.canadian if name == "canadian" else found.foreign) >= years

    need = Need(years * MONTHS_IN_YEAR, case.rules.crs_window.years, one_group=False, continuous=False)
    likely = Measure(jobs, need, case.rules).complete_on()
    if likely is not None and reached(likely) and not reached(likely - timedelta(1)):
        return likely
    low, high = case.on, add_months(case.on, case.rules.near.horizon_months)
    if not reached(high):
        return None
    while (high - low).days > 1:
        middle = low + (high - low) // 2
        low, high = (low, middle) if reached(middle) else (middle, high)
    return high


def _gain(case: Case, view: View, day: date) -> int | None:
    """What the years of work as they will stand on that day add to the CRS, all else as today."""
    later = work_ends(case.candidate, case.rules.seen_on(day))
    if not later.known or not view.groups.known:
        return None
    end = view.span.low
    facts = end.facts._replace(work=later.low[0])
    return total(scored(facts, end.choice, case.rules)) - end.total


def _categories(case: Case) -> list[Deadline]:
    """The day a category's months complete, and the day on which months that leave the window end it."""
    found = []
    for category in case.rules.categories:
        if category.kind != "occupation" or not case.candidate.jobs:
            continue
        jobs = categories.counted(case.candidate, category)
        if not jobs:
            continue
        completes = Measure(jobs, categories.needed(category), case.rules).complete_on()
        if completes is not None:
            found.append(_due(case, f"{category.category}_completes", completes, "/candidate/jobs"))
        leaves = categories.leaves_on(case, category)
        if leaves is not None:
            found.append(_due(case, f"{category.category}_leaves_window", leaves, "/candidate/jobs"))
    return found


def _cec(case: Case) -> list[Deadline]:
    """The day on which months that leave the three years end the Canadian year of the CEC (IRPR 87.1(2)(a))."""
    law = case.rules.cec
    if law is None or not case.rules.noc_in_use or not case.candidate.jobs:
        return []
    day = leaves(cec.counted(case), cec.needed(law), case.rules, case.rules.near.expiring_days)
    return [] if day is None else [_due(case, "cec_leaves_window", day, "/candidate/jobs")]


def _too_early(case: Case, view: View) -> list[Deadline]:
    """The day before which an invitation comes too early: facts must be true when invited (IRPA 11.2(1)).

    Told for a program that time alone opens: an invitation under it before that day is to be declined, because
    completing the year afterwards does not cure it.
    """
    if case.invitation is None and case.submitted is None:
        return []
    days = ((name, view.program_fit(name).fits_from) for name in ("cec", "fsw", "fst"))
    return [_due(case, f"{name}_invitation_too_early", day, "/express_entry") for name, day in days if day is not None]


def _permit(case: Case) -> list[Deadline]:
    day = case.candidate.facts.work_permit_ends_on
    return [] if day is None else [_due(case, "work_permit_ends", day, "/candidate/work_permit_ends_on")]
