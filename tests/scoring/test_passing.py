"""Leaps over days on which no work can have passed a mark."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.experience import Units, ticks, units
from scoring.passing import MOST_LOOKS, Amount, leap, passes
from scoring.rulebook import shipped

UNIT: Units = units(shipped().on(date(2026, 6, 1)))
MONTH = UNIT.month
STARTS = [date(year, 1, 20) + timedelta(ahead) for year in (2023, 2024) for ahead in range(45)]
"""Around the shortest month, of a common year and of a leap year."""
SPANS = (1, 2, 3, 5, 28, 29, 30, 31, 59, 60, 90, 365, 366)


def full_time(first: int, last: int) -> int:
    return ticks([(first, last, UNIT.full)], UNIT) if first < last else 0


def just_under(first: int, last: int) -> int:
    return ticks([(first, last, UNIT.full - 1)], UNIT) if first < last else 0


@pytest.mark.parametrize("start", STARTS[::3])
def test_no_leap_is_longer_than_work_needs(start: date) -> None:
    """What some days bring, or take at the other end, was not to be had in fewer days than the leap says."""
    first = start.toordinal()
    for worked in range(0, 800, 7):
        for days in SPANS:
            last = first + worked
            gained = full_time(first, last + days) - full_time(first, last)
            lost = full_time(first - worked - days, first) - full_time(first - worked, first)
            under = just_under(first, last + days) - just_under(first, last)
            assert leap(max(gained, lost, under), MONTH) <= days


def test_a_leap_is_a_day_at_least() -> None:
    assert leap(0, MONTH) == leap(MONTH // 28, MONTH) == 1
    assert leap(12 * MONTH, MONTH) == 332  # of the 365 that a year has


ON = date(2026, 6, 1)
FAR = date(2030, 6, 1)


def job(first: date, last: date | None, years: int) -> Amount:
    """Full-time work from `first` to `last` in a window of some years."""

    def by(day: date) -> int:
        end = min(day, last) if last else day
        return full_time(max(first.toordinal(), day.toordinal() - 365 * years), end.toordinal())

    return Amount(by, last is None or last > ON, shrinks=True)


@given(
    st.dates(date(2020, 1, 1), ON),
    st.none() | st.dates(date(2020, 1, 1), date(2027, 1, 1)),
    st.integers(1, 5),
    st.lists(st.integers(1, 48), min_size=1, max_size=4, unique=True).map(sorted),
)
def test_the_day_told_is_the_first_on_which_a_mark_is_passed(
    first: date, last: date | None, years: int, months: list[int]
) -> None:
    amount, marks = job(first, last, years), [each * MONTH for each in months]

    def standing(day: date) -> list[bool]:
        return [amount.by(day) >= mark for mark in marks]

    told = passes(amount, marks, ON, FAR, MONTH)
    end = told or FAR
    days = [ON + timedelta(ahead) for ahead in range(1, (end - ON).days)]
    assert all(standing(day) == standing(ON) for day in days)
    assert told in (None, FAR) or standing(end) != standing(ON) or len(days) >= MOST_LOOKS - 1


def test_what_cannot_move_passes_nothing() -> None:
    still = Amount(lambda _: 5 * MONTH, grows=False, shrinks=False)
    assert passes(still, [MONTH, 6 * MONTH], ON, FAR, MONTH) is None


@pytest.mark.parametrize(("grows", "shrinks", "marks"), [(True, False, [MONTH]), (False, True, [9 * MONTH])])
def test_nothing_is_passed_on_the_way_away_from_every_mark(grows: bool, shrinks: bool, marks: list[int]) -> None:
    assert passes(Amount(lambda _: 5 * MONTH, grows, shrinks), marks, ON, FAR, MONTH) is None


def test_an_amount_that_stays_near_a_mark_is_not_followed_for_ever() -> None:
    near = Amount(lambda _: 5 * MONTH, grows=True, shrinks=True)
    told = passes(near, [5 * MONTH], ON, FAR, MONTH)
    assert told == ON + timedelta(MOST_LOOKS)


def test_the_look_ends_with_the_limit() -> None:
    assert passes(Amount(lambda _: 0, grows=True, shrinks=False), [99 * MONTH], ON, FAR, MONTH) == FAR
