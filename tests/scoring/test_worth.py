"""What a profile is worth holds until the day that is told, whatever the profile."""

from __future__ import annotations

import json
from datetime import date, timedelta
from statistics import median

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scoring.assessment import glance
from scoring.case import ASSUMABLE
from scoring.profile import Profile, read
from scoring.rulebook import Rulebook
from scoring.worth import Worth, worth
from tests.scoring.crs.test_high_wage import book
from tests.scoring.profiles import ON, Facts, days, jobs, partial_of, profiles
from tests.scoring.programs import builders as build
from tests.scoring.test_partial_profiles import is_readable

DAY = timedelta(1)
EXAMPLES = [(case["profile"], date.fromisoformat(case["on"])) for case in build.examples("worked_examples.json")] + [
    (case["profiles"][day], date.fromisoformat(day))
    for case in build.examples("category_profiles.json")
    for day in case["profiles"]
]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def holds(profile: Profile, on: date, last: date, step: int = 1, book: Rulebook | None = None) -> Worth:
    """The law, looked at on every `step`-th day before the one that is told (and on the very last), up to `last`."""
    found = worth(profile, on, assume_absent=ASSUMABLE, book=book)
    assert found.next_change is None or found.next_change > on
    end = last if found.next_change is None else min(found.next_change - DAY, last)
    ahead = {end, *(on + timedelta(passed) for passed in range(0, (end - on).days, step))}
    for day in sorted(ahead - {on}):
        seen = glance(profile, day, assume_absent=ASSUMABLE, book=book)
        assert (seen.low, seen.high) == (found.low, found.high), day
        assert seen.verdicts == found.verdicts, day
        assert seen.concerns == found.concerns, day
    return found


@pytest.mark.parametrize(("facts", "on"), EXAMPLES)
def test_nothing_of_an_example_changes_before_its_day(facts: Facts, on: date) -> None:
    holds(read(facts), on, on + timedelta(730), step=17)


def stated_jobs() -> st.SearchStrategy[Facts]:
    """A job of which only the months are known, with the facts of another."""
    months = st.fixed_dictionaries({"months": st.integers(1, 40), "stated_on": st.just("2024-05-01")})
    return st.builds(lambda facts, stated: _but(facts, "started_on", "ended_on") | stated, jobs(), months)


def _but(facts: Facts, *keys: str) -> Facts:
    return {key: value for key, value in facts.items() if key not in keys}


@st.composite
def lives(draw: st.DrawFn) -> Facts:
    """Whole profiles with children, with months that are only stated, and with an age instead of a birth date."""
    whole = draw(profiles())
    born = st.one_of(days(7800, 8800), days(-300, 100))
    candidate = whole["candidate"]
    candidate["jobs"] += draw(st.lists(stated_jobs(), max_size=1))
    if draw(st.booleans()):
        stated = {"age": draw(st.integers(18, 50)), "stated_on": draw(days(0, 700))}
        whole["candidate"] = _but(candidate, "birth_date") | stated
    children = [{"birth_date": day, "has_partner": False} for day in draw(st.lists(born, max_size=2))]
    whole["household"] |= {"dependants": children, "settlement_funds_cad": draw(st.integers(13_000, 40_000))}
    return whole


seen_on = st.integers(-900, 600).map(lambda ahead: ON + timedelta(ahead))
"""Days on which to look: with tables that come, facts that lie ahead, and a 29 February on either side."""


@given(lives(), seen_on)
@settings(suppress_health_check=SLOW)
def test_nothing_changes_before_the_day_that_is_told(whole: Facts, on: date) -> None:
    holds(read(whole), on, on + timedelta(730), step=17)


@given(lives().flatmap(partial_of), seen_on)
@settings(suppress_health_check=SLOW, max_examples=25)
def test_nothing_of_a_partial_profile_changes_before_the_day_that_is_told(part: Facts, on: date) -> None:
    assume(is_readable(part))
    holds(read(part), on, on + timedelta(730), step=17)


@pytest.mark.soak
@given(lives(), seen_on)
@settings(suppress_health_check=SLOW, max_examples=2_000)
def test_nothing_changes_on_any_day_of_two_years(whole: Facts, on: date) -> None:
    holds(read(whole), on, on + timedelta(730))


@pytest.mark.soak
@given(lives().flatmap(partial_of), seen_on)
@settings(suppress_health_check=SLOW, max_examples=1_000)
def test_nothing_of_a_partial_profile_changes_on_any_day_of_two_years(part: Facts, on: date) -> None:
    assume(is_readable(part))
    holds(read(part), on, on + timedelta(730))


@given(profiles().flatmap(partial_of))
@settings(suppress_health_check=SLOW, max_examples=20)
def test_nothing_changes_before_its_day_where_high_wages_pay_points(part: Facts) -> None:
    assume(is_readable(part))
    holds(read(part), ON, ON + timedelta(730), step=17, book=book())


BASE: Facts = {
    "age": 23,
    "taken": "2026-05-31",
    "credentials": ["masters IN eca=2026-05-31"],
    "jobs": ["65201 IN 2016-01-01..2016-02-01 40h"],
}
"""On 2026-06-01 nothing of it changes for two years, when its test expires."""
SOFTWARE_ABROAD = "21231 IN 2020-06-01..2023-05-31 40h"

CHANGES: list[tuple[Facts, date]] = [
    ({}, date(2028, 5, 31)),
    ({"born": date(1996, 7, 9)}, date(2026, 7, 9)),  # the 30th birthday
    ({"born": date(1996, 2, 29)}, date(2027, 3, 1)),  # the 31st, of somebody born on 29 February
    ({"born": date(2003, 7, 9)}, date(2028, 5, 31)),  # the 23rd costs nothing
    ({"taken": "2024-08-20"}, date(2026, 8, 20)),  # the test expires
    ({"credentials": ["masters IN eca=2021-08-20"]}, date(2026, 8, 20)),  # so does the ECA
    ({"jobs": ["21231 CA 2025-09-10.. 40h"]}, date(2026, 9, 10)),  # the Canadian year completes
    ({"jobs": ["21231 CA 2025-09-10.. 29h"]}, date(2026, 9, 22)),  # at part time, later
    ({"jobs": ["21231 IN 2026-09-10.. 40h"]}, date(2026, 9, 10)),  # a job begins, and a year is near
    ({"jobs": ["21231 IN 2026-03-10..2026-09-10 40h"]}, date(2026, 9, 10)),  # it ends: the year is not near any more
    ({"jobs": ["31301 CA 2022-06-15..2024-08-01 40h"]}, date(2026, 8, 3)),  # a day of the last twelve months goes
    (
        # a tie after seven months, then the trade decides, and CLB 6 is enough
        {"english": "6 6 6 6", "jobs": ["21231 CA 2024-10-01..2025-04-30 40h", "72200 CA 2025-12-20.. 40h"]},
        date(2026, 7, 21),
    ),
    ({"english": "8 8 8 8", "jobs": ["21231 IN 2022-09-10.. 40h"]}, date(2026, 9, 10)),  # the grid pays a fourth year
    (
        # the partner's year of any work in Canada: five points of the grid
        {
            "english": "8 8 8 8",
            "credentials": ["bachelor IN eca=2026-05-31"],
            "jobs": [SOFTWARE_ABROAD],
            "partner": {"jobs": ["65201 CA 2025-09-10.. 40h"]},
        },
        date(2026, 9, 10),
    ),
    ({"partner": {"jobs": ["21231 CA 2023-09-10.. 40h"]}}, date(2026, 9, 10)),  # the partner's third Canadian year
    (
        {"jobs": [SOFTWARE_ABROAD, "31301 IN 2026-03-10.. 15h"]},
        date(2027, 3, 7),
    ),  # half a year at half time: it is near
    ({"children": ["2004-09-10"], "funds": 15263, "jobs": [SOFTWARE_ABROAD]}, date(2026, 9, 10)),  # 22: one fewer
    ({"children": ["2026-09-10"], "funds": 15263, "jobs": [SOFTWARE_ABROAD]}, date(2026, 9, 10)),  # one more
]


@pytest.mark.parametrize(("words", "day"), CHANGES)
def test_on_the_day_that_is_told_something_changes(words: Facts, day: date) -> None:
    profile = read(build.profile({**BASE, **words}))
    found = holds(profile, ON, day - DAY)
    assert found.next_change == day
    then = glance(profile, day, assume_absent=ASSUMABLE)
    assert (found.low, found.high, found.verdicts) != (then.low, then.high, then.verdicts)


TABLES = [date(2025, 3, 25), date(2025, 7, 7), date(2026, 2, 6), date(2026, 2, 18)]


@pytest.mark.parametrize("day", TABLES)
def test_a_day_on_which_a_table_comes_into_force_is_not_passed_over(day: date) -> None:
    assert worth(read({}), day - DAY).next_change == day
    assert worth(read({}), day).next_change != day


def test_a_job_whose_first_day_is_unknown_is_looked_at_for_some_days() -> None:
    facts = build.profile({**BASE, "jobs": ["21231 CA ?.. 40h"]})
    found = holds(read(facts), ON, ON + timedelta(40))
    assert found.next_change is not None
    assert found.next_change - ON > timedelta(7)


def test_ends_that_rest_on_chosen_values_are_looked_at_every_day() -> None:
    """Where results compete and a score is unknown, the values chosen for it decide which programs fit."""
    weak = {"test": "celpip_general", "taken_on": "2025-12-01", "listening": 8, "reading": 7, "writing": 7}
    facts = build.profile({**BASE, "jobs": ["31301 CA 2025-03-01.. 40h"]})
    strong = {"test": "celpip_general", "taken_on": "2026-02-01", **dict.fromkeys(("listening", "reading"), 10)}
    facts["candidate"]["language_results"] = [weak, strong | {"writing": 9, "speaking": 5}]
    assert worth(read(facts), ON).next_change == ON + DAY


def test_most_examples_hold_for_months() -> None:
    """So that a pass of a night touches only few."""
    for seen, at_least in (((on for _, on in EXAMPLES), 180), ((date(2026, 11, 22) for _ in EXAMPLES), 60)):
        found = [worth(read(facts), day) for (facts, _), day in zip(EXAMPLES, seen, strict=True)]
        assert median(((each.next_change or date.max) - each.on).days for each in found) >= at_least


@given(profiles())
@settings(max_examples=20, suppress_health_check=SLOW)
def test_what_is_kept_is_read_back_as_it_was(whole: Facts) -> None:
    found = worth(read(whole), ON)
    assert Worth.from_json(json.loads(json.dumps(found.as_json()))) == found
    assert sum(found.lines.values()) == found.low


def test_without_dated_facts_nothing_ever_changes() -> None:
    assert worth(read({}), ON).next_change is None
    assert worth(read({"candidate": {"jobs": [{"months": 30}]}}), ON).next_change is None
