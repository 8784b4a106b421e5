"""Until when work holds still: the first day on which growing months, or months that leave a window, may tell.

Each of the functions looks ahead as far as `limit`, the day on which something else changes, and tells that day or an
earlier one. Facts and rules stay as they are before `limit`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from scoring import categories, experience
from scoring.calendar import MONTHS_IN_YEAR, add_months, add_years
from scoring.case import Case, Side
from scoring.crs.work import Settled, highest_years, settled, years_with
from scoring.experience import Stint
from scoring.extent import extent
from scoring.months import Course, Measure
from scoring.passing import SHORTEST_MONTH, SLACK, Amount, leap, passes
from scoring.profile import Job
from scoring.programs import cec, fst, fsw
from scoring.programs.grid import Counts, counted, counts_for_grid, counts_here, grid_window
from scoring.rulebook import Rules

DAY = timedelta(1)


def work_holds(case: Case, limit: date) -> date:
    """The first day up to `limit` on which anything that rests on work may differ."""
    for look in (_programs, _group_of_cec, _grid, _own_years, _partners_years):
        limit = look(case, limit)
    return limit


def is_dated(side: Side | None) -> bool:
    """Whether a person has work by dates, which time can move."""
    return side is not None and any(job.months is None for _, job in side.jobs or ())


# --- programs and categories ------------------------------------------------------------------------------------------


def _programs(case: Case, limit: date) -> date:
    for measure in _measures(case):
        limit = _day_by_day(measure, limit) if _is_vague(measure) else _courses(measure, limit)
    return limit


def _measures(case: Case) -> Iterator[Measure]:
    """Everything that asks for months of work, of those that may have some."""
    rules = case.rules
    if not case.candidate.jobs or not rules.noc_in_use:
        return
    if rules.fsw is not None:
        yield Measure(fsw.counted(case), fsw.needed(rules.fsw), rules)
    if rules.cec is not None:
        yield Measure(cec.counted(case), cec.needed(rules.cec), rules)
    if rules.fst is not None:
        for trade in fst.trades(case, rules.fst):
            yield fst.measure(case, trade, rules.fst)
    for category in rules.categories:
        if category.kind == "occupation":
            yield Measure(categories.counted(case.candidate, category), categories.needed(category), rules)


def _is_vague(measure: Measure) -> bool:
    """Whether there is work that goes on since a day that nobody knows: at the least it began today, every day."""
    return any(item.job.goes_on and item.job.started_on is None for item in measure.jobs)


def _day_by_day(measure: Measure, limit: date) -> date:
    """Until when an outcome stays as it is, found by measuring anew for each of the next days."""
    rules, found = measure.rules, measure.result()
    last = min(limit, rules.on + timedelta(_DAYS_LOOKED_AT))
    day = rules.on + DAY
    while day < last:
        then = Measure(measure.jobs, measure.need, rules.seen_on(day)).result()
        if (then.status, then.may) != (found.status, found.may):
            break
        day += DAY
    return day


_DAYS_LOOKED_AT = 15


def _courses(measure: Measure, limit: date) -> date:
    for course in measure.courses():
        limit = _course(measure, course, limit)
    return limit


def _course(measure: Measure, course: Course, limit: date) -> date:
    """Until when one reading of the jobs stands as it does: enough, near or too little."""
    on, month = measure.rules.on, measure.unit.month
    amount = measure.amount(course, limit)
    if not (amount.grows or amount.shrinks):
        return limit
    if amount.by(on) >= measure.needed or not course.tells_near:
        return passes(amount, [measure.needed], on, limit, month) or limit
    return _nears(measure, course, limit)


def _nears(measure: Measure, course: Course, limit: date) -> date:
    """Too few months: the day on which they are enough, or on which that day comes near."""
    on, near = measure.rules.on, measure.rules.near.months
    enough = measure.completes(course.works, generous=course.lenient, last=add_months(limit, near))
    if enough is None:
        return limit
    day = add_months(enough, -near) - timedelta(SLACK)
    while add_months(day, near) < enough:
        day += DAY
    return min(limit, day if day > on else enough)


def _group_of_cec(case: Case, limit: date) -> date:
    """Until when the same unit groups decide the language of the CEC, where groups at several levels compete."""
    law, month, day, seen = case.rules.cec, experience.units(case.rules).month, case.on, case
    if law is None or not case.candidate.jobs:
        return limit
    now, edge = cec.levels(case, law), add_years(limit, -law.window_years)
    # where days can leave the window as well, one group may gain while the other loses
    share = 2 if any(job.started_on is None or job.started_on < edge for _, job in case.candidate.jobs) else 1
    for _ in range(_MOST_ORDERS):
        apart = cec.margin(seen, law)
        if apart is None:
            return limit
        day += timedelta(leap(apart // share, month))
        if day >= limit:
            return limit
        seen = replace(case, on=day, rules=case.rules.seen_on(day))
        if cec.levels(seen, law) != now:
            break
    return day


_MOST_ORDERS = 16


# --- the grid ---------------------------------------------------------------------------------------------------------


def _grid(case: Case, limit: date) -> date:
    rules = case.rules
    if rules.fsw is None or rules.fsw_grid is None or not rules.noc_in_use:
        return limit
    year = [MONTHS_IN_YEAR]
    steps = [step.at * MONTHS_IN_YEAR for step in rules.fsw_grid.experience if step.at]
    own: list[tuple[Counts, int | None, list[int]]] = [
        (partial(counts_for_grid, rules=rules, judged=judged), grid_window(rules), steps) for judged in (False, True)
    ]
    own.append((partial(counts_here, rules=rules, skilled=True), None, year))
    for counts, window, months in own:
        limit = _counted(case.candidate, rules, counts, window, months, limit)
    if case.partner is None:
        return limit
    return _counted(case.partner, rules, partial(counts_here, rules=rules, skilled=False), None, year, limit)


def _counted(side: Side, rules: Rules, counts: Counts, window: int | None, months: Sequence[int], limit: date) -> date:
    """Until when the work that counts, at its least and at its most, stands between the same numbers of months."""
    unit, on = experience.units(rules), rules.on
    start = add_years(on, -window).toordinal() if window else date.min.toordinal()
    for most in (False, True):
        going, extra = [], 0
        for path, job in counted(side, counts, most=most):
            box = extent(path, job, on, start, unit.full)
            stint = box.most() if most else box.least()
            if job.months is not None:
                extra += experience.stated_ticks(job, stint.hours, unit)
            else:
                going.append(_going(job, stint, most=most))
        amount = _amount(going, extra, window, rules, limit)
        limit = passes(amount, [mark * unit.month for mark in months], on, limit, unit.month) or limit
    return limit


Going = tuple[Stint, bool]
"""Some days of work, and whether they go on."""


def _going(job: Job, stint: Stint, *, most: bool) -> Going:
    known = job.started_on is not None
    return stint, (job.goes_on and (most or known)) or (most and job.ended_on is None)


def _stints(going: Iterable[Going], day: int) -> list[Stint]:
    return [stint._replace(end=day) if goes_on else stint for stint, goes_on in going]


def _amount(
    going: Sequence[Going],
    extra: int,
    window: int | None,
    rules: Rules,
    limit: date,
    before: Sequence[Going] = (),
) -> Amount:
    """The ticks of some work in a window of years, or in a whole life; `before` comes first each day."""
    unit, on = experience.units(rules), rules.on.toordinal()
    edge = add_years(limit, -window).toordinal() if window else 0

    def by(day: date) -> int:
        start, end = add_years(day, -window).toordinal() if window else 1, day.toordinal()
        first = experience.runs(_stints(before, end), start, end, unit.full) if before else ()
        return experience.ticks(experience.runs(_stints(going, end), start, end, unit.full, first), unit) + extra

    return Amount(
        by,
        any(goes_on or stint.end > on for stint, goes_on in going),
        any(stint.start < edge and stint.start < stint.end for stint, _ in going),
    )


# --- the years of the CRS ---------------------------------------------------------------------------------------------


def _own_years(case: Case, limit: date) -> date:
    return _years(case.candidate, case.rules, limit)


def _partners_years(case: Case, limit: date) -> date:
    return _years(case.partner, case.rules, limit) if case.partner is not None else limit


def _years(side: Side, rules: Rules, limit: date) -> date:
    """Until when the completed years of Canadian and foreign work are what they are, or can be what they can be."""
    if not is_dated(side):
        return limit
    jobs = settled(side, rules)
    return _open_years(side, rules, limit) if jobs is None else _settled_years(jobs, rules, limit)


def _settled_years(jobs: Sequence[Settled], rules: Rules, limit: date) -> date:
    unit, top, window = experience.units(rules), highest_years(rules), rules.crs_window.years
    year = MONTHS_IN_YEAR * unit.month
    here = [(job.stint, job.job.goes_on) for job in jobs if job.kind == "canadian" and job.job.months is None]
    away = [(job.stint, job.job.goes_on) for job in jobs if job.kind == "foreign" and job.job.months is None]
    stated = {
        kind: sum(
            experience.stated_ticks(job.job, min(job.stint.hours, unit.full), unit)
            for job in jobs
            if job.kind == kind and job.job.months is not None
        )
        for kind in ("canadian", "foreign")
    }
    amounts = [
        (_amount(here, stated["canadian"], window, rules, limit), range(1, top.canadian + 1)),
        (_amount(away, stated["foreign"], window, rules, limit, here), range(1, top.foreign + 1)),
    ]
    for level in rules.high_wage.levels:
        listed = [(job.stint, job.job.goes_on) for job in jobs if job.kind == "canadian" and job.job.noc in level.nocs]
        amounts.append((_amount(listed, 0, window, rules, limit), range(1, 2)))
    for amount, years in amounts:
        limit = passes(amount, [each * year for each in years], rules.on, limit, unit.month) or limit
    return limit


def _open_years(side: Side, rules: Rules, limit: date) -> date:
    """While facts about jobs are unknown: some days in which no work can gain or lose enough to move the years."""
    grows, shrinks = _may_move(side, rules, limit)
    if not (grows or shrinks):
        return limit
    now = years_with(side, rules, 0)

    def hold(days: int) -> bool:
        room = (days + SLACK + 1) * experience.units(rules).month // SHORTEST_MONTH + 1
        shifts = [room] * grows + [-room] * shrinks
        return all(years_with(side, rules, shift) == now for shift in shifts)

    short, middle, long = _SPANS
    if not hold(middle):
        return min(limit, rules.on + timedelta(short + 1 if hold(short) else 1))
    day = rules.on + timedelta(middle + 1)
    if day < limit and hold(long):
        day = rules.on + timedelta(long + 1)
    return min(limit, day)


_SPANS = (6, 27, 111)
"""In days: each look costs a search or two."""


def _may_move(side: Side, rules: Rules, limit: date) -> tuple[bool, bool]:
    """Whether days to come can add to some job, and whether days of some job can leave the window."""
    unit, years, today = experience.units(rules), rules.crs_window.years, rules.on.toordinal()
    start, edge = (add_years(day, -years).toordinal() for day in (rules.on, limit))
    boxes = [extent(path, job, rules.on, start, unit.full) for path, job in side.jobs or () if job.months is None]
    return (
        any(box.after[1] >= today for box in boxes),
        any(box.first[0] < edge and box.after[1] > start for box in boxes),
    )
