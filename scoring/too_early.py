"""Whether an invitation came too early: what its program surely lacked on the day, and when the months are complete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from scoring.assessment import PROGRAMS, View
from scoring.case import Case, open_case
from scoring.months import Measure
from scoring.profile import Profile
from scoring.programs import cec, fst, fsw
from scoring.reasons import OPEN, Criterion, Reason
from scoring.rulebook import Rulebook, shipped

NOMINEE = "pnp"
"""The program of an invitation that rests on any of the three federal ones (IRPR 87)."""
Found = Literal["met", "open", "not_met"]


@dataclass(frozen=True, slots=True)
class Months:
    """Months of work that were too few on the day: how many there were, and are needed.

    `ready_on`: the first day on which there are enough if all goes on, and `days` until then; None where time alone
    does not do it. `sure`: whether they are known; else they are the most, and the day the earliest, that there can be.
    """

    have: float
    need: int
    ready_on: date | None
    days: int | None
    sure: bool


@dataclass(frozen=True, slots=True)
class Lacking:
    """A program that no answer to what is open could have opened: what failed, the work first, and its months."""

    program: str
    reasons: list[Reason]
    months: Months | None


@dataclass(frozen=True, slots=True)
class OnTheDay:
    """How the program that an invitation names stood on its day; `lacking` where it was surely not met."""

    program: str
    on: date
    found: Found
    lacking: list[Lacking]


def on_the_day(
    profile: Profile, named: str, on: date, *, assume_absent: Iterable[str] = (), book: Rulebook | None = None
) -> OnTheDay:
    """How the program of an invitation stood on its day: facts have to be true then (IRPA 11.2(1)).

    It is met as the answers stand, with the facts of `assume_absent` taken as absent. It is not met only where nothing
    that is open could make it so, and nothing is taken as absent for that. Raises NoRulesError where the day has no
    rules.
    """
    rules = (book or shipped()).on(on)
    of_interest = [name for name in PROGRAMS if name == named or named == NOMINEE]
    assumed = View(open_case(profile, rules, tuple(assume_absent)))
    if any(assumed.program(name) == "fits" for name in of_interest):
        return OnTheDay(named, on, "met", [])
    view = View(open_case(profile, rules))
    found = [_lacking(view, name) for name in of_interest]
    lacking = [each for each in found if each is not None]
    return OnTheDay(named, on, "not_met" if len(lacking) == len(found) else "open", lacking)


def _lacking(view: View, program: str) -> Lacking | None:
    """What a program lacked; None where it was met, or may have been."""
    if any(all(item.may_be_met for item in criteria) for criteria in _readings(view, program)):
        return None
    failed = [item.reason for item in view.criteria[program] if not item.may_be_met and item.status not in OPEN]
    short = _short_of_work(view.case, program)
    if short is None:
        return Lacking(program, failed, None)
    work, months = short
    return Lacking(program, [work, *(each for each in failed if each.code != work.code)], months)


def _readings(view: View, program: str) -> list[list[Criterion]]:
    """The criteria of a program, for each trade where it is the one that asks for a trade."""
    return fst.readings(view.case, view.languages) if program == "fst" else [view.criteria[program]]


def _short_of_work(case: Case, program: str) -> tuple[Reason, Months] | None:
    """The reason that there was too little work, and its months; None where the work may have been enough."""
    told = [_measured(code, measure) for code, measure in _measures(case, program)]
    closest = max((each for each in told if each is not None), key=lambda each: each[1].have, default=None)
    return None if None in told else closest


def _measured(code: str, measure: Measure) -> tuple[Reason, Months] | None:
    found, need = measure.result(), measure.need.months
    if found.status == "met" or (found.status in OPEN and found.may[1] == "met"):
        return None
    sure = found.status not in OPEN
    have = round(found.months, 2) if sure else measure.at_most()
    ready = found.complete_on if sure else measure.soonest()
    days = None if ready is None else (ready - measure.rules.on).days
    reason = Reason(code, cec.JOBS, have, need, round(need - have, 2), found.estimate, ready)
    return reason, Months(have, need, ready, days, sure)


def _measures(case: Case, program: str) -> Iterator[tuple[str, Measure]]:
    """How a program measures the work, by the code of the reason that it is short; nothing where no jobs were told."""
    rules = case.rules
    if case.candidate.jobs is None or not rules.noc_in_use:
        return
    if program == "cec" and rules.cec is not None:
        yield "canadian_work_short", Measure(cec.counted(case), cec.needed(rules.cec), rules)
    elif program == "fsw" and rules.fsw is not None:
        yield "continuous_work_short", Measure(fsw.counted(case), fsw.needed(rules.fsw), rules)
    elif program == "fst" and rules.fst is not None:
        for trade in fst.trades(case, rules.fst):
            yield "trade_work_short", fst.measure(case, trade, rules.fst)
