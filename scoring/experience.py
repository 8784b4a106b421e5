"""Jobs to months of work: per window, per kind, per unit group, exactly and without rounding.

Months are held as whole numbers of *ticks*, so that sums and comparisons are exact: with a full-time week of 30 hours
and a month of 130 (IRPR 73(1), 80), one month is 365 x 7 x 130 x 100 x 3000 ticks: a left-over day of full-time work
is 12/365 of a month, a day of h hours a week is h/7/130 of one, and a stated month of h hours a week is h/30 of one
(hours in hundredths).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from scoring.calendar import DAYS_IN_WEEK, DAYS_IN_YEAR, MONTHS_IN_YEAR, is_weekend, whole_months
from scoring.occupations import teer
from scoring.profile import Job
from scoring.rulebook import Rules

HUNDREDTHS = 100
"""Hours a week are held in hundredths, the precision that a profile may give."""
PART_TIME_ROOM = 300
"""A year at 29.99 hours comes to 365 x 29.99 / 910 = 12.03 months: less than a 300th more than a full-time year."""


class Units(NamedTuple):
    """What the counting rules of a day come to, in ticks."""

    full: int
    """Full-time hours a week, in hundredths."""
    month: int
    leftover_day: int
    part_day: int
    """Ticks of one day, for each hundredth of an hour a week."""


def units(rules: Rules) -> Units:
    """The tick sizes under the counting rules of the day."""
    counting = rules.counting
    return _units(counting.full_time_hours, counting.month_hours, *counting.leftover_months_per_day)


@cache
def _units(full_time_hours: int, month_hours: int, per_day: int, of_days: int) -> Units:
    full = full_time_hours * HUNDREDTHS
    day = DAYS_IN_WEEK * month_hours * HUNDREDTHS * full
    return Units(full, of_days * day, per_day * day, DAYS_IN_YEAR * full)


class Stint(NamedTuple):
    """Days of work from `start` to `end` (ordinals, the end not included) at `hours` hundredths a week."""

    start: int
    end: int
    hours: int


Run = tuple[int, int, int]
"""(first day, day after the last, hundredths of hours a week): consecutive days of equal capped hours."""


def runs(stints: Sequence[Stint], start: int, end: int, full: int, before: Sequence[Run] = ()) -> list[Run]:
    """Consecutive days of equal hours, capped at full time, within [start, end).

    `before` are runs of other work that comes first each day: only what remains of the full-time hours is left.
    """
    clipped = [
        (max(stint.start, start), min(stint.end, end), stint.hours)
        for stint in stints
        if stint.end > start and stint.start < end and stint.hours > 0
    ]
    if not clipped:
        return []
    if len(clipped) == 1 and not before:
        first, last, hours = clipped[0]
        return [(first, last, min(hours, full))] if first < last else []
    marks = {mark for first, last, _ in clipped for mark in (first, last)}
    marks.update(mark for first, last, _ in before for mark in (first, last) if start < mark < end)
    edges = sorted(marks)
    found: list[Run] = []
    for left, right in pairwise(edges):
        hours = 0
        for first, last, weekly in clipped:
            if first <= left < last:
                hours += weekly
        room = full
        for first, last, weekly in before:
            if first <= left < last:
                room -= weekly
        hours = min(hours, room)
        if hours <= 0:
            continue
        if found and found[-1][1] == left and found[-1][2] == hours:
            found[-1] = (found[-1][0], right, hours)
        else:
            found.append((left, right, hours))
    return found


def ticks(some: Iterable[Run], unit: Units) -> int:
    """The months of work in some runs, in ticks (contract, counting time)."""
    total = 0
    for first, last, hours in some:
        if hours >= unit.full:
            months, leftover = whole_months(date.fromordinal(first), date.fromordinal(last))
            total += months * unit.month + leftover * unit.leftover_day
        else:
            total += (last - first) * hours * unit.part_day
    return total


def stated_ticks(job: Job, hours: int, unit: Units) -> int:
    """The months that a person stated without dates: calendar months, converted by weekly hours (in hundredths)."""
    assert job.months is not None
    return round(job.months * HUNDREDTHS) * (unit.month // (HUNDREDTHS * unit.full)) * min(hours, unit.full)


def hundredths(hours: float) -> int:
    """Hours a week in hundredths of an hour."""
    return round(hours * HUNDREDTHS)


def years(amount: int, unit: Units) -> int:
    """Completed years: the whole part, never rounded up."""
    return amount // (MONTHS_IN_YEAR * unit.month)


def months(amount: int, unit: Units) -> float:
    """Ticks as months, for showing."""
    return amount / unit.month


# --- what counts as what: three-valued, because a fact may be unknown ---------------------------------------------

Tri = bool | None


def all_of(*facts: Tri) -> Tri:
    """True when all are, False when any is not, None when it depends on what is unknown."""
    if False in facts:
        return False
    return None if None in facts else True


def any_of(*facts: Tri) -> Tri:
    """True when any is, False when none is, None when it depends on what is unknown."""
    if True in facts:
        return True
    return None if None in facts else False


def negated(fact: Tri) -> Tri:
    """The opposite; unknown stays unknown."""
    return None if fact is None else not fact


def in_canada(job: Job) -> Tri:
    """Whether the person was physically in Canada."""
    return None if job.country is None else job.country == "CA"


def is_full_time(job: Job, rules: Rules) -> Tri:
    """Whether a job is of the hours a week that IRPR 73(1) calls full-time."""
    return None if job.hours_per_week is None else job.hours_per_week >= rules.counting.full_time_hours


def is_skilled(job: Job, rules: Rules) -> Tri:
    """Whether the occupation is of TEER 0 to 3 (NOC 2021)."""
    return None if job.noc is None else teer(job.noc) in rules.counting.teers


def is_public_physician(job: Job, rules: Rules) -> Tri:
    """Whether self-employment is excused: a physician paid for publicly funded services (public policy, 2023-04-25)."""
    if rules.physicians is None:
        return False
    return all_of(None if job.noc is None else job.noc in rules.physicians.nocs, job.publicly_funded)


def is_employed(job: Job, rules: Rules) -> Tri:
    """Whether it is no excluded self-employment (IRPR 87.1(3)(b))."""
    return any_of(negated(job.self_employed), is_public_physician(job, rules))


def counts_as_canadian(job: Job, rules: Rules) -> Tri:
    """Canadian work experience of the CRS and the CEC (IRPR 87.1(2), (3); MI s. 15).

    In Canada, for the Canadian labour market, TEER 0 to 3, paid, authorized, neither in full-time study nor
    self-employed.
    """
    return all_of(
        in_canada(job),
        is_skilled(job, rules),
        job.paid,
        job.authorized,
        negated(job.full_time_student),
        job.canadian_employer,
        is_employed(job, rules),
    )


def counts_as_foreign(job: Job, rules: Rules) -> Tri:
    """Foreign work experience of the CRS: paid, TEER 0 to 3, abroad or from Canada for an employer abroad.

    Study and self-employment do not exclude it (MI s. 15 excludes them for Canadian work only).
    """
    return all_of(is_skilled(job, rules), job.paid, any_of(negated(in_canada(job)), negated(job.canadian_employer)))


def is_unauthorized(job: Job) -> Tri:
    """Whether it was work in Canada without authorization."""
    return all_of(in_canada(job), negated(job.authorized))


def is_exact(job: Job) -> bool:
    """Whether the extent of a job is fully known."""
    if job.hours_per_week is None:
        return False
    return job.months is not None or (job.started_on is not None and (job.ended_on is not None or job.goes_on))


# --- continuity ----------------------------------------------------------------------------------------------------


def bridged(some: Sequence[Run], short_gap_days: int, *, lenient: bool) -> list[list[Run]]:
    """Runs gathered into unbroken stretches.

    A gap of only Saturdays and Sundays is bridged and counts as worked, at the lower hours of its two sides. With
    `lenient`, a gap of up to `short_gap_days` days that contains or touches a week-end is bridged as well: the law
    leaves that to a judgement.
    """
    stretches: list[list[Run]] = []
    for first, last, hours in some:
        if stretches:
            _, left_last, left_hours = stretches[-1][-1]
            gap = (
                [date.fromordinal(day) for day in range(left_last, first)]
                if first - left_last <= DAYS_IN_WEEK
                else None
            )
            if gap is not None and _bridges(gap, short_gap_days, lenient):
                stretch = stretches[-1]
                if gap:
                    between = min(left_hours, hours)
                    stretch.append((left_last, first, between))
                stretch.append((first, last, hours))
                continue
        stretches.append([(first, last, hours)])
    return [_merged(stretch) for stretch in stretches]


def _bridges(gap: list[date], short_gap_days: int, lenient: bool) -> bool:
    if all(is_weekend(day) for day in gap):
        return True
    if not lenient or len(gap) > short_gap_days:
        return False
    around = [date.fromordinal(gap[0].toordinal() - 1), *gap, date.fromordinal(gap[-1].toordinal() + 1)]
    return any(is_weekend(day) for day in around)


def _merged(stretch: list[Run]) -> list[Run]:
    merged: list[Run] = []
    for run in stretch:
        if merged and merged[-1][1] == run[0] and merged[-1][2] == run[2]:
            merged[-1] = (merged[-1][0], run[1], run[2])
        else:
            merged.append(run)
    return merged


def longest_stretch(some: Sequence[Run], rules: Rules, unit: Units, *, lenient: bool) -> int:
    """The most months, in ticks, of any unbroken stretch."""
    stretches = bridged(some, rules.counting.short_gap_days, lenient=lenient)
    return max((ticks(stretch, unit) for stretch in stretches), default=0)
