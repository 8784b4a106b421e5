"""Jobs to months of work, exactly (cases/base/experience.toml, job_kinds.json)."""

import json
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import experience
from scoring.assessment import Assessment, assess
from scoring.calendar import add_months, add_years, whole_months
from scoring.case import open_case
from scoring.experience import Run, Stint
from scoring.profile import Job, read
from scoring.rulebook import shipped

BASE = Path(__file__).parent / "cases" / "base"
CASES: dict[str, list[dict[str, Any]]] = tomllib.loads((BASE / "experience.toml").read_text("utf-8"))
COMPLETE: dict[str, Any] = json.loads((BASE / "complete.json").read_text("utf-8"))
KINDS: dict[str, Any] = json.loads((BASE / "job_kinds.json").read_text("utf-8"))
ON = date(2026, 6, 1)
FULL = 30
Worked = tuple[date, date, Fraction]
"""First day, last day and weekly hours of a job."""


def named(case: dict[str, Any]) -> str:
    return str(case["name"])


def exact(text: str) -> Fraction:
    """A sum of fractions, as the cases write it."""
    return sum((Fraction(part) for part in text.split("+")), Fraction(0))


def worked(jobs: Sequence[dict[str, Any]], on: date) -> list[Worked]:
    return [(job["from"], job.get("to", on), Fraction(str(job["hours"]))) for job in jobs]


def runs(jobs: Sequence[Worked], on: date, years: int, before: Sequence[Run] = ()) -> list[Run]:
    """The runs of some jobs in the window of so many years before a day."""
    unit = experience.units(shipped().on(on))
    stints = [
        Stint(first.toordinal(), last.toordinal() + 1, experience.hundredths(float(hours)))
        for first, last, hours in jobs
    ]
    return experience.runs(stints, add_years(on, -years).toordinal(), on.toordinal(), unit.full, before)


def counted(some: Sequence[Run], on: date = ON) -> Fraction:
    unit = experience.units(shipped().on(on))
    return Fraction(experience.ticks(some, unit), unit.month)


def months(jobs: Sequence[Worked], on: date = ON, years: int = 10, before: Sequence[Run] = ()) -> Fraction:
    return counted(runs(jobs, on, years, before), on)


# --- by hand -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES["months"], ids=named)
def test_months_are_counted_exactly(case: dict[str, Any]) -> None:
    on = case.get("on", ON)
    assert months(worked(case["jobs"], on), on, case.get("years", 10)) == exact(case["months"])


@pytest.mark.parametrize("case", CASES["shared"], ids=named)
def test_canadian_work_comes_first_and_foreign_work_takes_what_remains(case: dict[str, Any]) -> None:
    here = runs(worked(case["canadian"], ON), ON, 10)
    assert months(worked(case["foreign"], ON), before=here) == exact(case["months"])


@pytest.mark.parametrize("case", CASES["stretch"], ids=named)
def test_a_stretch_is_unbroken_but_for_week_ends(case: dict[str, Any]) -> None:
    rules = shipped().on(ON)
    unit = experience.units(rules)
    some = runs(worked(case["jobs"], ON), ON, 10)
    found = {
        name: Fraction(experience.longest_stretch(some, rules, unit, lenient=name == "lenient"), unit.month)
        for name in ("sure", "lenient")
    }
    assert found == {name: exact(case[name]) for name in ("sure", "lenient")}


@pytest.mark.parametrize("case", KINDS["cases"], ids=named)
def test_a_job_is_canadian_or_foreign_work_or_neither_or_nobody_knows(case: dict[str, Any]) -> None:
    given_job = {key: value for key, value in (KINDS["base"] | case["change"]).items() if value is not None}
    job = Job.model_validate_json(json.dumps(given_job))
    rules = shipped().on(date.fromisoformat(case.get("on", "2026-06-01")))
    assert experience.counts_as_canadian(job, rules) is case["canadian"]
    assert experience.counts_as_foreign(job, rules) is case["foreign"]


@pytest.mark.parametrize("case", KINDS["cases"], ids=named)
def test_no_job_is_surely_both_kinds_of_work(case: dict[str, Any]) -> None:
    assert not (case["canadian"] and case["foreign"])


# --- at the front door ---------------------------------------------------------------------------------------------

CANADIAN = {**KINDS["base"], "title": "worker"}
ABROAD = {**CANADIAN, "country": "IN", "canadian_employer": False}


def dated(kind: dict[str, Any], jobs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        kind
        | {"started_on": job["from"].isoformat(), "hours_per_week": job["hours"]}
        | {"ended_on": job["to"].isoformat() if "to" in job else None}
        for job in jobs
    ]


def stated(jobs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        CANADIAN | {"months": job["months"], "stated_on": "2026-06-01", "hours_per_week": job["hours"]} for job in jobs
    ]


def assessed(jobs: list[dict[str, Any]], on: date = ON) -> Assessment:
    """The complete candidate with other jobs."""
    return assess(read({**COMPLETE, "candidate": {**COMPLETE["candidate"], "jobs": jobs}}), on)


def years_of(found: Assessment) -> tuple[int, int]:
    """(completed Canadian years, the foreign years that the table tells apart) that the lines rest on."""
    whys = {line.factor: line.why.values for line in found.crs.lines}
    both = whys["foreign_work_and_canadian_work"]
    assert whys["canadian_work"]["years"] == both["canadian_years"]
    return both["canadian_years"], both["years"]


TEN_YEARS = [case for case in CASES["months"] if case.get("years", 10) == 10]


@pytest.mark.parametrize("case", TEN_YEARS, ids=named)
def test_completed_years_are_the_whole_part(case: dict[str, Any]) -> None:
    whole = int(exact(case["months"]) // 12)
    on = case.get("on", ON)
    assert years_of(assessed(dated(CANADIAN, case["jobs"]), on)) == (min(whole, 5), 0)
    assert years_of(assessed(dated(ABROAD, case["jobs"]), on)) == (0, {0: 0, 1: 1, 2: 1}.get(whole, 3))


@pytest.mark.parametrize("case", CASES["shared"], ids=named)
def test_the_score_shares_the_hours_of_a_day(case: dict[str, Any]) -> None:
    here = int(months(worked(case["canadian"], ON)) // 12)
    abroad = int(exact(case["months"]) // 12)
    jobs = [*dated(ABROAD, case["foreign"]), *dated(CANADIAN, case["canadian"])]
    assert years_of(assessed(jobs)) == (min(here, 5), {0: 0, 1: 1, 2: 1}.get(abroad, 3))


def test_a_foreign_year_beside_a_canadian_year_is_no_second_year() -> None:
    year = [{"from": date(2025, 1, 1), "to": date(2025, 12, 31), "hours": 40}]
    assert years_of(assessed([*dated(CANADIAN, year), *dated(ABROAD, year)])) == (1, 0)
    assert years_of(assessed(dated(CANADIAN, year))) == (1, 0)
    assert years_of(assessed(dated(ABROAD, year))) == (0, 1)


@pytest.mark.parametrize("case", CASES["stated"], ids=named)
def test_stated_months_are_converted_by_hours_and_rounded_nowhere(case: dict[str, Any]) -> None:
    found = assessed(stated(case["jobs"]))
    assert years_of(found) == (case["years"], 0)


def test_lines_that_rest_on_stated_months_are_estimates() -> None:
    lines = {line.factor: line.estimate for line in assessed(stated([{"months": 24, "hours": 30}])).crs.lines}
    assert lines["canadian_work"]
    assert lines["education_and_canadian_work"]
    year = [{"from": date(2025, 1, 1), "to": date(2025, 12, 31), "hours": 40}]
    assert not {line.factor: line.estimate for line in assessed(dated(CANADIAN, year)).crs.lines}["canadian_work"]


def test_stated_months_leave_the_dated_conditions_open() -> None:
    verdicts = {fit.id: fit.verdict for fit in assessed(stated([{"months": 36, "hours": 30}])).programs}
    assert verdicts["cec"] == "cannot_tell"


def test_stated_months_that_are_too_few_even_if_all_counted_settle_them() -> None:
    reasons = {
        fit.id: {reason.code for reason in fit.reasons}
        for fit in assessed(stated([{"months": 11, "hours": 30}])).programs
    }
    assert "canadian_work_short" in reasons["cec"]


def test_before_noc_2021_skilled_work_is_an_estimate() -> None:
    job = [{"from": date(2020, 1, 1), "to": date(2020, 12, 31), "hours": 40}]
    for on, estimate in ((date(2022, 11, 15), True), (date(2022, 11, 16), False)):
        line = next(line for line in assessed(dated(CANADIAN, job), on).crs.lines if line.factor == "canadian_work")
        assert (line.why.values["years"], line.estimate) == (1, estimate)


def test_work_of_a_person_without_jobs_is_no_work_and_of_an_absent_list_unknown() -> None:
    assert years_of(assessed([])) == (0, 0)
    rules = shipped().on(ON)
    assert open_case(read({"candidate": {}}), rules).candidate.jobs is None


# --- any jobs: against a count of single days, and what no job can do ---------------------------------------------

DAYS = st.dates(date(2015, 1, 1), date(2027, 1, 1))
HOURS = st.integers(0, 200).map(lambda quarters: Fraction(quarters, 4))
JOBS = st.lists(
    st.builds(lambda first, length, hours: (first, first + timedelta(length), hours), DAYS, st.integers(0, 900), HOURS),
    max_size=4,
)


def hours_by_day(jobs: Sequence[Worked], on: date, years: int) -> dict[int, Fraction]:
    """Weekly hours of each day of the window, day by day."""
    start, end = add_years(on, -years).toordinal(), on.toordinal()
    found: dict[int, Fraction] = {}
    for first, last, hours in jobs:
        for day in range(max(start, first.toordinal()), min(end, last.toordinal() + 1)):
            found[day] = found.get(day, Fraction(0)) + hours
    return found


def runs_by_day(hours: dict[int, Fraction]) -> Iterator[tuple[date, date, Fraction]]:
    """(first day, day after the last, hours) of consecutive days of equal hours, 30 at most."""
    days = sorted(day for day, weekly in hours.items() if weekly > 0)
    place = 0
    while place < len(days):
        first, weekly = days[place], min(hours[days[place]], Fraction(FULL))
        last = first
        while place + 1 < len(days) and days[place + 1] == last + 1 and min(hours[last + 1], Fraction(FULL)) == weekly:
            place, last = place + 1, last + 1
        yield date.fromordinal(first), date.fromordinal(last + 1), weekly
        place += 1


def months_by_day(hours: dict[int, Fraction]) -> Fraction:
    """The contract's count, written out without any of the engine."""
    total = Fraction(0)
    for first, after, weekly in runs_by_day(hours):
        if weekly < FULL:
            total += (after - first).days * weekly / 7 / 130
            continue
        whole = 0
        while add_months(first, whole + 1) <= after:
            whole += 1
        total += whole + Fraction((after - add_months(first, whole)).days * 12, 365)
    return total


@given(JOBS, st.dates(date(2016, 1, 1), date(2026, 12, 31)), st.sampled_from([3, 5, 10]))
def test_months_are_those_of_a_count_day_by_day(jobs: list[Worked], on: date, years: int) -> None:
    assert months(jobs, on, years) == months_by_day(hours_by_day(jobs, on, years))


@given(JOBS, JOBS)
def test_foreign_months_are_those_of_a_count_day_by_day(canadian: list[Worked], foreign: list[Worked]) -> None:
    here, abroad = hours_by_day(canadian, ON, 10), hours_by_day(foreign, ON, 10)
    left = {day: min(weekly, FULL - min(Fraction(FULL), here.get(day, Fraction(0)))) for day, weekly in abroad.items()}
    assert months(foreign, before=runs(canadian, ON, 10)) == months_by_day(left)


@given(JOBS)
def test_work_is_never_more_than_the_calendar(jobs: list[Worked]) -> None:
    some = runs(jobs, ON, 10)
    # months differ by up to three days, once a run
    slack = Fraction(3 * 12, 365)
    for run in some:
        whole, left = whole_months(date.fromordinal(run[0]), date.fromordinal(run[1]))
        assert counted([run]) <= whole + Fraction(left * 12, 365) + slack
    if some:
        whole, left = whole_months(date.fromordinal(some[0][0]), date.fromordinal(some[-1][1]))
        assert counted(some) <= whole + Fraction(left * 12, 365) + slack * len(some)
        assert counted(some) <= 120 + slack * len(some)


@given(JOBS, st.integers(0, 3), st.integers(1, 900))
def test_a_job_split_into_two_on_end_is_the_same_job(jobs: list[Worked], place: int, length: int) -> None:
    if place >= len(jobs):
        return
    first, last, hours = jobs[place]
    middle = min(last, first + timedelta(length - 1))
    halves = [(first, middle, hours)] + ([(middle + timedelta(1), last, hours)] if middle < last else [])
    split = [*jobs[:place], *halves, *jobs[place + 1 :]]
    assert runs(split, ON, 10) == runs(jobs, ON, 10)


@given(JOBS.flatmap(lambda jobs: st.tuples(st.just(jobs), st.permutations(jobs))))
def test_the_order_of_jobs_changes_nothing(pair: tuple[list[Worked], list[Worked]]) -> None:
    assert runs(pair[0], ON, 10) == runs(pair[1], ON, 10)


@given(JOBS, HOURS)
def test_work_outside_the_window_changes_nothing(jobs: list[Worked], hours: Fraction) -> None:
    outside = [(date(2010, 1, 1), date(2016, 5, 31), hours), (date(2026, 6, 1), date(2027, 6, 1), hours)]
    assert runs([*jobs, *outside], ON, 10) == runs(jobs, ON, 10)


@given(JOBS, JOBS)
def test_foreign_work_never_has_more_hours_than_canadian_work_leaves(
    canadian: list[Worked], foreign: list[Worked]
) -> None:
    here = runs(canadian, ON, 10)
    abroad = runs(foreign, ON, 10, here)
    full = experience.units(shipped().on(ON)).full
    for first, last, hours in abroad:
        for start, end, taken in here:
            if start < last and first < end:
                assert hours + taken <= full


@given(JOBS)
def test_runs_are_apart_in_order_and_within_the_window(jobs: list[Worked]) -> None:
    some = runs(jobs, ON, 10)
    start, end = date(2016, 6, 1).toordinal(), ON.toordinal()
    assert all(start <= first < last <= end and 0 < hours <= 3000 for first, last, hours in some)
    for (_, last, hours), (first, _, others) in pairwise(some):
        assert last < first or (last == first and hours != others)


@given(JOBS)
def test_a_longest_stretch_is_never_longer_than_what_is_left_to_a_judgement(jobs: list[Worked]) -> None:
    rules = shipped().on(ON)
    unit = experience.units(rules)
    some = runs(jobs, ON, 10)
    sure, lenient = (experience.longest_stretch(some, rules, unit, lenient=lenient) for lenient in (False, True))
    longest = max((experience.ticks([run], unit) for run in some), default=0)
    assert longest <= sure
    # a bridged stretch counts its months from another first day: at most three days a run
    assert sure <= lenient + 3 * unit.leftover_day * len(some)
