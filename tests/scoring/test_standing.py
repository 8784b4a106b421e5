"""Where a score stands to past rounds and in the pool."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.draws import Round, history_of, shipped
from scoring.output import as_json
from scoring.pool import Band, snapshot
from scoring.standing import Past, Trend, place, standing, trend

ON = date(2026, 10, 10)


def held(number: int, day: date, cut_off: int, kind: str = "cec") -> Round:
    return Round(str(number), day, kind, "", kind, 1000, cut_off, "")


@pytest.mark.parametrize(
    ("score", "past"),
    [(501, Past(3, 0, 0)), (500, Past(2, 1, 0)), (499, Past(2, 0, 1)), (490, Past(0, 2, 1)), (489, Past(0, 0, 3))],
)
def test_a_score_above_the_cut_off_was_invited_and_one_at_it_is_a_tie(score: int, past: Past) -> None:
    rounds = [held(1, date(2026, 9, 1), 490), held(2, date(2026, 9, 2), 500), held(3, date(2026, 9, 3), 490)]
    found = standing(history_of(rounds, ON), "cec", ON, score)
    assert found.at_low == found.at_high == past
    assert found.gap_low == found.gap_high == score - 490


@pytest.mark.parametrize(
    ("day", "counted"),
    [(date(2025, 10, 10), 0), (date(2025, 10, 11), 1), (date(2026, 10, 10), 1), (date(2026, 10, 11), 0)],
)
def test_rounds_are_counted_from_the_day_after_twelve_months_ago_to_the_day_itself(day: date, counted: int) -> None:
    assert standing(history_of([held(1, day, 500)], ON), "cec", ON, 600).rounds == counted


def test_a_range_is_told_at_both_ends() -> None:
    rounds = [held(1, date(2026, 9, 1), 490), held(2, date(2026, 9, 2), 500)]
    found = standing(history_of(rounds, ON), "cec", ON, 490, 501)
    assert (found.at_low, found.at_high) == (Past(0, 1, 1), Past(2, 0, 0))
    assert (found.gap_low, found.gap_high) == (-10, 1)


def test_the_last_three_rounds_come_newest_first_and_of_their_own_type() -> None:
    rounds = [held(n, date(2026, 1, n), 500 + n) for n in range(1, 6)] + [held(6, date(2026, 1, 6), 400, "french")]
    found = standing(history_of(rounds, ON), "cec", ON, 500)
    assert [each.number for each in found.last] == ["5", "4", "3"]


def test_a_type_that_was_never_held_has_no_gap_and_no_trend() -> None:
    found = standing(history_of([], ON), "stem", ON, 500)
    assert (found.last, found.rounds, found.gap_low, found.gap_high, found.trend) == ((), 0, None, None, None)
    assert found.at_low == Past(0, 0, 0)


@pytest.mark.parametrize(
    ("cut_offs", "expected"),
    [
        ([500] * 5, None),
        ([500, 500, 500, 502, 502, 502], Trend("level", 2)),
        ([500, 500, 500, 503, 503, 503], Trend("up", 3)),
        ([500, 500, 500, 498, 498, 498], Trend("level", -2)),
        ([500, 500, 500, 497, 497, 497], Trend("down", -3)),
        ([100, 500, 500, 500, 510, 900, 510], Trend("up", 10)),
    ],
)
def test_the_trend_is_the_median_of_three_beside_the_three_before(cut_offs: list[int], expected: Trend | None) -> None:
    assert trend(cut_offs) == expected


def test_those_above_a_score_are_a_bracket_at_each_end() -> None:
    pool = snapshot(date(2026, 9, 27), [Band(501, 1200, 10), Band(491, 500, 20), Band(0, 490, 70)])
    found = place(history_of([], ON, [pool]), ON, 490, 495)
    assert found is not None
    assert (found.as_on, found.total) == (date(2026, 9, 27), 100)
    assert (found.at_low.least, found.at_low.most) == (30, 30)
    assert (found.at_high.least, found.at_high.most) == (10, 30)


def test_no_pool_is_known_before_its_day() -> None:
    pool = snapshot(date(2026, 9, 27), [Band(0, 1200, 10)])
    assert place(history_of([], ON, [pool]), date(2026, 9, 26), 500) is None
    assert place(history_of([], ON, [pool]), date(2026, 9, 27), 500) is not None


def test_the_shipped_history_says_this_for_cec() -> None:
    found = standing(shipped(), "cec", ON, 517)
    assert [(each.number, each.cut_off) for each in found.last] == [("446", 518), ("443", 519), ("439", 521)]
    assert (found.gap_low, found.known_to) == (-1, ON)
    assert json.loads(json.dumps(as_json(found)))["at_low"] == {"invited": 12, "tie": 1, "missed": 9}
    assert as_json(place(shipped(), ON, 517))["as_on"] == "2026-09-27"


@given(st.lists(st.tuples(st.integers(0, 800), st.integers(1, 1200)), max_size=20), st.integers(0, 1200))
def test_each_round_of_the_year_is_invited_tied_or_missed(rounds: list[tuple[int, int]], score: int) -> None:
    made = [held(n, ON - timedelta(days), cut_off) for n, (days, cut_off) in enumerate(rounds, 1)]
    found = standing(history_of(made, ON), "cec", ON, score)
    assert found.at_low.invited + found.at_low.tie + found.at_low.missed == found.rounds
    better = standing(history_of(made, ON), "cec", ON, score + 1)
    assert better.at_low.invited == found.at_low.invited + found.at_low.tie
