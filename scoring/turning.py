"""Days ahead on which time alone can turn a verdict to the better: months that complete, points that age brings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from scoring import categories, experience
from scoring.calendar import MONTHS_IN_YEAR, add_months, add_years, whole_years
from scoring.case import Case
from scoring.experience import all_of
from scoring.months import Counted, Measure, Need
from scoring.programs import cec, fst, fsw


def turning_days(case: Case) -> set[date]:
    """Every such day within the horizon, if jobs without an end go on and nothing else changes."""
    last = add_months(case.on, case.rules.near.horizon_months)
    found = (*_months(case), *_grid_years(case), *_birthdays(case), *_children(case), *_levels(case))
    return {day for day in found if case.on < day <= last}


def _months(case: Case) -> Iterator[date]:
    rules = case.rules
    measures: list[Measure] = []
    if rules.fsw is not None:
        measures.append(Measure(fsw.counted(case), fsw.needed(rules.fsw), rules))
    if rules.cec is not None:
        measures.append(Measure(cec.counted(case), cec.needed(rules.cec), rules))
    if rules.fst is not None:
        measures += [fst.measure(case, trade, rules.fst) for trade in fst.trades(case, rules.fst)]
    for category in rules.categories:
        if category.kind == "occupation":
            jobs = categories.counted(case.candidate, category)
            if jobs:
                measures.append(Measure(jobs, categories.needed(category), rules))
    for measure in measures:
        day = measure.complete_on()
        if day is not None:
            yield day


def grid_work(case: Case) -> list[Counted]:
    """The jobs that the grid's experience counts."""
    return [
        Counted(path, job, all_of(experience.is_skilled(job, case.rules), job.paid), experience.is_unauthorized(job))
        for path, job in case.candidate.jobs or ()
    ]


def _grid_years(case: Case) -> Iterator[date]:
    """The days on which the grid's experience reaches its next steps."""
    grid, fsw_rules = case.rules.fsw_grid, case.rules.fsw
    if grid is None or fsw_rules is None:
        return
    jobs = grid_work(case)
    for step in grid.experience:
        need = Need(step.at * MONTHS_IN_YEAR, fsw_rules.window_years, one_group=False, continuous=False)
        day = Measure(jobs, need, case.rules).complete_on() if step.at else None
        if day is not None:
            yield day


def _birthdays(case: Case) -> Iterator[date]:
    """Birthdays on which the grid pays more for age than the day before."""
    born, grid = case.candidate.facts.birth_date, case.rules.fsw_grid
    if born is None or grid is None:
        return
    age = whole_years(born, case.on)
    for step in grid.age:
        if step.at > age and grid.points("age", step.at) > grid.points("age", step.at - 1):
            yield add_years(born, step.at)


def _children(case: Case) -> Iterator[date]:
    """The birthdays on which a child no longer counts, which makes the family smaller."""
    for _, child in case.dependants or ():
        if child.birth_date is not None:
            yield add_years(child.birth_date, case.rules.dependent_child.under_age)


def _levels(case: Case) -> Iterator[date]:
    """The days on which another unit group comes to decide the language of the CEC."""
    law = case.rules.cec
    jobs = [job for _, job in case.candidate.jobs or () if job.noc]
    if law is None or len({job.noc for job in jobs}) == 1 or not any(job.goes_on for job in jobs):
        return
    last = add_months(case.on, law.window_years * MONTHS_IN_YEAR)

    def level(day: date) -> list[int]:
        return cec.levels(replace(case, on=day, rules=case.rules.seen_on(day)), law)

    day, now = case.on, level(case.on)
    while day < last:
        ahead = min(add_months(day, 1), last)
        then = level(ahead)
        if then != now:
            low, high = day, ahead
            while (high - low).days > 1:
                middle = low + (high - low) // 2
                low, high = (low, middle) if level(middle) != now else (middle, high)
            yield high
        day, now = ahead, then
