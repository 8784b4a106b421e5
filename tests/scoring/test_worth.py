"""What a profile is worth holds until the day that is told, whatever the profile."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings

from scoring.assessment import glance
from scoring.case import ASSUMABLE
from scoring.profile import Profile, read
from scoring.worth import Worth, worth
from tests.scoring.profiles import ON, Facts, both, partial_of, profiles
from tests.scoring.programs.builders import examples
from tests.scoring.test_partial_profiles import is_readable

DAY = timedelta(1)
EXAMPLES = [(case["profile"], date.fromisoformat(case["on"])) for case in examples("worked_examples.json")] + [
    (case["profiles"][day], date.fromisoformat(day))
    for case in examples("category_profiles.json")
    for day in case["profiles"]
]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def holds(profile: Profile, on: date, last: date, step: int = 1) -> Worth:
    """The law, looked at on every `step`-th day before the one that is told (and on the very last), up to `last`."""
    found = worth(profile, on, assume_absent=ASSUMABLE)
    assert found.next_change is None or found.next_change > on
    end = last if found.next_change is None else min(found.next_change - DAY, last)
    days = {end, *(on + timedelta(ahead) for ahead in range(0, (end - on).days, step))}
    for day in sorted(days - {on}):
        seen = glance(profile, day, assume_absent=ASSUMABLE)
        assert (seen.low, seen.high) == (found.low, found.high), day
        assert seen.verdicts == found.verdicts, day
    return found


@pytest.mark.parametrize(("facts", "on"), EXAMPLES)
def test_nothing_of_an_example_changes_before_its_day(facts: Facts, on: date) -> None:
    holds(read(facts), on, on + timedelta(730), step=17)


@given(profiles())
@settings(suppress_health_check=SLOW)
def test_nothing_changes_before_the_day_that_is_told(whole: Facts) -> None:
    holds(read(whole), ON, ON + timedelta(730), step=17)


@given(both())
@settings(suppress_health_check=SLOW)
def test_nothing_of_a_partial_profile_changes_before_the_day_that_is_told(pair: tuple[Facts, Facts]) -> None:
    assume(is_readable(pair[1]))
    holds(read(pair[1]), ON, ON + timedelta(730), step=17)


@pytest.mark.soak
@given(profiles())
@settings(suppress_health_check=SLOW, max_examples=2_000)
def test_nothing_changes_on_any_day_of_two_years(whole: Facts) -> None:
    holds(read(whole), ON, ON + timedelta(730))


@pytest.mark.soak
@given(profiles().flatmap(partial_of))
@settings(suppress_health_check=SLOW, max_examples=2_000)
def test_nothing_of_a_partial_profile_changes_on_any_day_of_two_years(part: Facts) -> None:
    assume(is_readable(part))
    holds(read(part), ON, ON + timedelta(730))


@given(profiles())
@settings(max_examples=20, suppress_health_check=SLOW)
def test_what_is_kept_is_read_back_as_it_was(whole: Facts) -> None:
    found = worth(read(whole), ON)
    assert Worth.from_json(json.loads(json.dumps(found.as_json()))) == found
    assert sum(found.lines.values()) == found.low


def test_nothing_known_never_changes() -> None:
    assert worth(read({}), ON).next_change is None
