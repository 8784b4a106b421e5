"""The forecast of the next cut-off: from the past alone, within bounds, and worth what it says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.cutoffs import Track, breaks, points_changed, quantile, track
from scoring.draws import History, Round, history_of, shipped
from scoring.rulebook import shipped as rules
from tests.scoring.histories import FIRST, histories, history

SPOKEN = ("general", "cec", "french", "healthcare", "trades")


def on_track(known: History, kind: str = "cec") -> Track:
    return track(known, kind, rules())


def test_the_points_changed_on_these_days() -> None:
    """CRS: 2016-11-19 job offers, 2017-06-06 siblings and French, 2020-10-20 French, 2025-03-25 job offers."""
    expected = [date(2016, 11, 19), date(2017, 6, 6), date(2020, 10, 20), date(2025, 3, 25)]
    assert list(points_changed(rules())) == expected


@pytest.mark.parametrize(
    ("before", "after", "broken"),
    [
        (date(2022, 1, 5), date(2023, 1, 5), False),  # 365 days
        (date(2022, 1, 5), date(2023, 1, 6), True),
        (date(2025, 3, 23), date(2025, 3, 24), False),
        (date(2025, 3, 24), date(2025, 3, 25), True),
        (date(2025, 3, 25), date(2025, 3, 26), False),
    ],
)
def test_a_long_pause_and_other_points_break_a_series(before: date, after: date, broken: bool) -> None:
    (last,) = history([500], first=before).rounds
    assert breaks(last, after, points_changed(rules())) is broken
    two = history_of([last, last._replace(number="2", date=after)], after)
    assert len(on_track(two).steps) == (0 if broken else 1)


def test_the_first_forecast_is_the_last_cut_off() -> None:
    assert on_track(history([500])).forecast(FIRST).middle == 500
    assert on_track(history([500, 480])).steps[0].forecast == (500, None)


def test_a_width_is_told_from_the_sixth_round_on() -> None:
    assert on_track(history([500] * 5)).forecast(FIRST + timedelta(56)).half is None
    assert on_track(history([500] * 6)).forecast(FIRST + timedelta(70)).half is not None


def test_cut_offs_that_never_move_are_forecast_to_the_point() -> None:
    steps = on_track(history([500] * 30)).steps
    assert [step.forecast for step in steps[5:]] == [(500, 0)] * 24


def test_a_height_that_always_came_down_is_expected_to() -> None:
    low_high = on_track(history([500, 520] * 20))
    assert low_high.rounds[-1].cut_off == 520
    assert low_high.forecast(FIRST).middle < 515


def test_waiting_longer_than_usual_moves_the_forecast_only_where_it_did_before() -> None:
    still = on_track(history([500] * 20))
    assert still.forecast(FIRST + timedelta(365)).middle == 500


@pytest.mark.parametrize(("share", "expected"), [(0, 1), (0.25, 2), (0.5, 3), (0.8, 4.2), (1, 5)])
def test_a_quantile_lies_on_a_straight_line_between_values(share: float, expected: float) -> None:
    assert quantile([5, 3, 1, 4, 2], share) == pytest.approx(expected)


def poisoned(known: History, day: date) -> History:
    """The same up to a day; every later round is another, and more of them."""
    later = [
        held._replace(cut_off=1200 - held.cut_off + 1, invitations=held.invitations * 7 + 1)
        for held in known.rounds
        if held.date > day
    ]
    more = [Round(f"{5000 + n}", day + timedelta(n), "cec", "", "cec", 9, 75, "") for n in range(1, 9)]
    return history_of([*(held for held in known.rounds if held.date <= day), *later, *more], known.known_to)


@given(histories(), st.integers(0, 3000))
def test_what_comes_after_a_day_changes_nothing_that_was_known_on_it(known: History, days: int) -> None:
    day = FIRST + timedelta(days)
    assert on_track(poisoned(known, day)).until(day) == on_track(known).until(day)
    assert on_track(known).until(day) == on_track(known.before(day + timedelta(1)))


@pytest.mark.parametrize("kind", SPOKEN)
def test_each_forecast_of_the_shipped_history_was_made_on_its_eve(kind: str) -> None:
    for step in on_track(shipped(), kind).steps[::9]:
        eve = step.held.date - timedelta(1)
        assert on_track(shipped().before(step.held.date), kind).forecast(eve) == step.forecast


@given(histories())
def test_any_history_has_a_track_without_a_step_over_a_break(known: History) -> None:
    found = on_track(known)
    assert len(found.rounds) == len(known.rounds)
    for step in found.steps:
        assert 1 <= step.days <= 365
        assert step.error == step.held.cut_off - step.forecast.middle
        assert -80 <= step.forecast.middle <= 1280
        assert step.forecast.half is None or step.forecast.half >= 0
        assert 0.5 <= step.level <= 0.85
        assert all(abs(value) <= 2 for value in step.pair)


def test_a_track_without_a_round_has_no_forecast() -> None:
    with pytest.raises(ValueError, match="no round"):
        on_track(history([])).forecast(FIRST)
