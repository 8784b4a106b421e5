"""Honest chances: between 0 and 1, in order, from what was known, and silence with a reason."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.chances import MONTHS, Caveat, Interval, Outlook, Silence, outlook
from scoring.draws import History, shipped
from scoring.output import as_json
from scoring.rulebook import Rulebook
from scoring.rulebook import shipped as rules
from tests.scoring.histories import FIRST, histories, history
from tests.scoring.test_cutoffs import poisoned

TODAY = date(2026, 10, 10)
STEADY = [500, 510] * 10


def told(known: History, on: date, kind: str = "cec", book: Rulebook | None = None) -> Outlook:
    found = outlook(known, kind, on, book)
    assert isinstance(found, Outlook), found
    return found


def silence(known: History, on: date, kind: str = "cec", book: Rulebook | None = None) -> Silence:
    found = outlook(known, kind, on, book)
    assert isinstance(found, Silence)
    return found


def test_a_type_speaks_from_its_sixth_comparable_round_on() -> None:
    five = history([500, 510, 500, 510, 500])
    found = silence(five, five.known_to)
    assert (found.code, found.have, found.need, found.since) == ("few_rounds", 5, 6, five.known_to)
    six = history([500, 510, 500, 510, 500, 510])
    assert told(six, six.known_to).based_on.rounds == 6


def test_a_type_that_was_never_held_is_silent() -> None:
    found = silence(history([]), FIRST)
    assert (found.code, found.have, found.since) == ("few_rounds", 0, None)


def test_a_pause_costs_one_comparable_round() -> None:
    rounds = history([500] * 6).rounds
    late = [held._replace(date=held.date + timedelta(400)) if held.number == "6" else held for held in rounds]
    known = History(tuple(late), late[-1].date)
    assert (silence(known, known.known_to).code, silence(known, known.known_to).have) == ("few_rounds", 5)


def test_nominees_are_told_nothing_however_many_rounds_there_were() -> None:
    known = history([700, 720] * 10, kind="pnp")
    assert silence(known, known.known_to, "pnp").code == "nominee"


@pytest.mark.parametrize(("days", "silent"), [(365, False), (366, True)])
def test_a_type_is_paused_after_a_year_without_a_round(days: int, silent: bool) -> None:
    steady = history(STEADY)
    known = History(steady.rounds, steady.known_to + timedelta(days))
    found = outlook(known, "cec", known.known_to)
    assert isinstance(found, Silence) is silent
    if isinstance(found, Silence):
        assert (found.code, found.since) == ("paused", steady.known_to)


@pytest.mark.parametrize(("days", "silent"), [(92, False), (93, True)])
def test_a_history_that_ends_too_long_ago_says_nothing_of_what_comes(days: int, silent: bool) -> None:
    known = history(STEADY)
    found = outlook(known, "cec", known.known_to + timedelta(days))
    assert isinstance(found, Silence) is silent
    if isinstance(found, Silence):
        assert (found.code, found.since) == ("stale", known.known_to)


def test_after_a_change_of_the_points_nothing_is_said_until_a_round_was_held_under_them() -> None:
    known = history(STEADY, first=date(2024, 6, 1))  # to 2025-02-22
    assert isinstance(outlook(known, "cec", date(2025, 3, 24)), Outlook)
    found = silence(known, date(2025, 3, 25))
    assert (found.code, found.since) == ("points_changed", date(2025, 3, 25))
    one = known.rounds[-1]._replace(number="21", date=date(2025, 3, 25))
    again = told(History((*known.rounds, one), one.date), one.date)
    assert again.caveats == (Caveat("points_changed", date(2025, 3, 25)),)
    assert again.based_on.rounds == 20


def test_a_retired_category_is_silent_from_the_day_after_its_last() -> None:
    known = history([400, 410] * 10, kind="agriculture", first=date(2023, 9, 1))
    later = History(known.rounds, date(2026, 12, 1))
    versions = [each for each in rules().every() if getattr(each[2], "category", "") == "agriculture"]
    last = max(entry.in_force_until for _, _, entry in versions if entry.in_force_until)
    assert silence(later, last + timedelta(1), "agriculture").code == "retired"
    assert silence(later, last, "agriculture").code != "retired"


def test_a_reported_change_is_said_and_silences_nothing() -> None:
    change = Caveat("reported_change", date(2026, 11, 3), "high-wage-2026-11-03")
    assert change not in told(shipped(), date(2026, 11, 2)).caveats
    assert change in told(shipped(), date(2026, 11, 3)).caveats


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("general", "paused"),
        ("fst", "paused"),
        ("pnp", "nominee"),
        ("agriculture", "retired"),
        ("stem", "few_rounds"),
        ("education", "few_rounds"),
        ("transport", "few_rounds"),
        ("physicians", "few_rounds"),
        ("senior_managers", "few_rounds"),
        ("military", "few_rounds"),
        ("researchers", "few_rounds"),
        ("new_astronauts", "few_rounds"),
    ],
)
def test_of_the_shipped_history_these_types_say_nothing(kind: str, code: str) -> None:
    assert silence(shipped(), TODAY, kind).code == code


@pytest.mark.parametrize("kind", ["cec", "french", "healthcare", "trades"])
def test_of_the_shipped_history_these_types_speak(kind: str) -> None:
    found = told(shipped(), TODAY, kind)
    assert found.next_cut_off.low < found.next_cut_off.middle < found.next_cut_off.high
    assert found.next_cut_off.level == 0.8
    assert (found.based_on.last, found.known_to) == (shipped().of(kind)[-1].date, TODAY)
    assert 0 <= found.hit_rate.held <= found.hit_rate.told <= found.based_on.rounds - 6


def test_the_chance_counts_the_ways_in_which_the_score_stands_above_a_cut_off() -> None:
    found = told(history([500] * 20), FIRST + timedelta(14 * 19))
    assert found.next_cut_off == Interval(500, 500, 500, 0.8)
    assert [found.chance(500, months) for months in MONTHS] == [1 / 14] * 3
    assert [found.chance(501, months) for months in MONTHS] == [13 / 14] * 3


def test_a_round_that_comes_too_seldom_is_no_chance_yet() -> None:
    known = history([500] * 7, first=date(2010, 1, 1), days=300)
    found = told(known, known.known_to)
    assert [found.chance(1200, months) for months in MONTHS] == [1 / 8, 1 / 8, 7 / 8]


def test_rounds_between_the_end_of_the_history_and_today_are_not_ahead() -> None:
    known = history([500] * 20, first=date(2021, 1, 1), days=60)
    fresh, late = told(known, known.known_to), told(known, known.known_to + timedelta(59))
    assert fresh.within[0].ways == late.within[0].ways == 12
    assert len(late.within[0].lowest) == 12
    assert late.next_cut_off == fresh.next_cut_off


def test_a_range_of_scores_has_a_chance_at_both_ends() -> None:
    found = told(shipped(), TODAY)
    chances = found.chances(480, 540)
    assert [each.months for each in chances] == [3, 6, 12]
    for each in chances:
        assert each.at_low == found.chance(480, each.months) < each.at_high == found.chance(540, each.months)
    assert found.chances(480) == found.chances(480, 480)


def test_other_months_are_refused() -> None:
    with pytest.raises(ValueError, match="4 months"):
        told(shipped(), TODAY).chance(500, 4)


@pytest.mark.parametrize("kind", ["cec", "pnp"])
def test_what_is_told_can_be_written_as_json(kind: str) -> None:
    plain: dict[str, Any] = json.loads(json.dumps(as_json(outlook(shipped(), kind, TODAY))))
    assert plain["type"] == kind
    assert plain["known_to"] == "2026-10-10"


@given(histories(), st.integers(0, 3000), st.integers(0, 90))
def test_any_history_speaks_in_order_or_is_silent_with_a_reason(known: History, days: int, late: int) -> None:
    on = max(FIRST + timedelta(days), known.known_to + timedelta(late)) if days % 2 else FIRST + timedelta(days)
    found = outlook(known, "cec", on)
    if isinstance(found, Silence):
        assert found.have < found.need or found.code in ("paused", "stale", "points_changed")
        return
    assert 0 <= found.next_cut_off.low <= found.next_cut_off.middle <= found.next_cut_off.high <= 1200
    table = [[found.chance(score, months) for score in range(0, 1201, 50)] for months in MONTHS]
    assert all(0 < chance < 1 for row in table for chance in row)
    assert all(worse <= better for row in table for worse, better in pairwise(row))
    assert all(sooner <= later for row, after in pairwise(table) for sooner, later in zip(row, after, strict=True))


@given(histories(), st.integers(0, 3000))
def test_rounds_after_the_day_change_nothing_of_what_is_told(known: History, days: int) -> None:
    day = min(FIRST + timedelta(days), known.known_to)
    assert outlook(poisoned(known, day), "cec", day) == outlook(known, "cec", day)


def test_of_a_score_that_no_way_would_have_invited_only_a_bound_is_told() -> None:
    found = outlook(shipped(), "cec", date(2026, 10, 10))
    assert isinstance(found, Outlook)
    for chance in found.chances(1):
        assert chance.at_low == chance.at_high == chance.least
    for chance in found.chances(1200):
        assert chance.least < chance.at_low == chance.at_high
