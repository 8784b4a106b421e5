"""How good the estimates have been: the targets on the shipped history, and that no trial looks ahead."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings

from scoring.backtest import Backtest, Row, backtest, share
from scoring.chances import MONTHS
from scoring.draws import History, history_of, shipped
from scoring.output import as_json
from scoring.rulebook import shipped as rules
from scoring.trials import SCORES, chance_trials, cut_off_trials
from tests.project import ROOT
from tests.scoring.histories import FIRST, histories, history
from tests.scoring.test_cutoffs import SPOKEN

FROM_2024 = date(2024, 1, 1)


@cache
def found() -> Backtest:
    return backtest(shipped(), [date(2015, 1, 1), FROM_2024])


def together() -> Row:
    return found().periods[1].together


def pooled() -> Row:
    return found().periods[1].all


def test_the_error_is_below_that_of_the_last_value_for_cec_french_and_healthcare_together() -> None:
    for period in found().periods:
        row = period.together
        assert row.types == ("cec", "french", "healthcare")
        assert row.error is not None
        assert row.last_value_error is not None
        assert row.error < row.last_value_error
    assert together().told >= 75


@pytest.mark.parametrize("row", [together, pooled])
def test_of_the_intervals_since_2024_eighty_percent_may_well_have_held(row: Callable[[], Row]) -> None:
    cover = row().coverage
    assert cover is not None
    assert cover.low <= 0.8 <= cover.high
    assert cover.of >= 75


@pytest.mark.parametrize("row", [together, pooled])
def test_the_intervals_are_no_wider_than_either_naive_band(row: Callable[[], Row]) -> None:
    bands = row().naive
    assert [band.band for band in bands] == ["naive_12", "naive_2023"]
    assert all(band.own_half <= band.half for band in bands)


def test_the_chances_have_a_lower_brier_score_than_the_base_rate_for_each_time_and_type() -> None:
    for period in found().periods:
        for row in (*period.rows, period.together, period.all):
            for brier in row.brier:
                if brier.days:
                    assert brier.chances is not None
                    assert brier.base_rate is not None
                    assert brier.chances < brier.base_rate, (row.types, brier)
    assert [brier.months for brier in together().brier] == list(MONTHS)
    assert min(brier.days for brier in together().brier) >= 30


def test_the_page_of_the_method_tells_these_figures() -> None:
    page = (ROOT / "docs" / "chances.md").read_text("utf-8")
    row, brier = together(), together().brier
    cover = row.coverage
    assert cover is not None
    assert (
        f"| these together | {row.told} | **{row.error:.1f}** | {row.last_value_error:.1f} | **{cover.share:.0%}** | "
        f"{cover.low * 100:.0f}–{cover.high * 100:.0f} % | **{row.half_width:.1f}** | {row.naive[0].half:.1f} |"
    ).replace("%**", " %**") in page
    told = " | ".join(f"**{each.chances:.3f}** | {each.base_rate:.3f}" for each in brier)
    assert f"| these together | {told} |" in page


def test_a_type_of_which_nothing_can_be_told_has_a_row_without_figures() -> None:
    rows = {row.types[0]: row for row in found().periods[1].rows}
    assert (rows["pnp"].told, rows["pnp"].error, rows["pnp"].coverage) == (0, None, None)
    assert rows["pnp"].rounds == sum(held.date >= FROM_2024 for held in shipped().of("pnp"))
    assert "pnp" not in pooled().types


@pytest.mark.parametrize("kind", SPOKEN)
def test_no_trial_of_a_cut_off_uses_the_round_or_what_came_after(kind: str) -> None:
    trials = list(cut_off_trials(shipped(), kind, rules()))
    for trial in trials[:: max(1, len(trials) // 6)]:
        poisoned = history_of(
            [
                held if held.date < trial.held.date else held._replace(cut_off=1, invitations=90_000)
                for held in shipped().rounds
            ],
            shipped().known_to,
        )
        again = next(each for each in cut_off_trials(poisoned, kind, rules()) if each.held.number == trial.held.number)
        assert again._replace(held=trial.held) == trial


@pytest.mark.parametrize("kind", ["cec", "french", "healthcare"])
def test_no_trial_of_a_chance_uses_what_came_after_its_day(kind: str) -> None:
    trials = list(chance_trials(shipped(), kind, rules()))
    day = trials[len(trials) // 2].on
    poisoned = history_of(
        [held if held.date <= day else held._replace(cut_off=1, invitations=90_000) for held in shipped().rounds],
        shipped().known_to,
    )
    known = [trial._replace(invited=False) for trial in trials if trial.on <= day]
    again = [trial._replace(invited=False) for trial in chance_trials(poisoned, kind, rules()) if trial.on <= day]
    assert again == known


def test_a_chance_is_tried_only_where_its_outcome_is_known() -> None:
    steady = history([500] * 60)
    ends = {
        months: [trial.on for trial in chance_trials(steady, "cec", rules()) if trial.months == months]
        for months in MONTHS
    }
    for months, days in ends.items():
        assert days
        assert max(days) + timedelta(28 * months) <= steady.known_to
        assert len(days) % len(SCORES) == 0


def test_the_base_rate_is_that_of_the_times_that_were_over() -> None:
    fell = history([500] * 30).known_to + timedelta(14)
    trials = list(chance_trials(history([500] * 30 + [400] * 30), "cec", rules()))
    before = [trial for trial in trials if trial.on < fell]
    assert before
    assert all(trial.base_rate == (trial.score > 500) for trial in before)
    # later, the times before the fall still count
    later = [trial for trial in trials if trial.on > fell + timedelta(200) and 400 < trial.score <= 500]
    assert later
    assert all(trial.invited and trial.base_rate < 1 for trial in later)


@pytest.mark.parametrize(
    ("held", "of", "low", "high"),
    [(65, 78, 0.7354, 0.8999), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (8, 10, 0.4902, 0.9433)],
)
def test_a_share_has_the_interval_of_wilson(held: int, of: int, low: float, high: float) -> None:
    got = share(held, of)
    assert (got.low, got.high) == pytest.approx((low, high), abs=5e-5)
    assert got.share == held / of


def test_a_history_without_a_round_has_a_backtest_without_figures() -> None:
    empty = backtest(history([]))
    assert empty.rounds == 0
    assert empty.periods[0].rows == ()
    assert empty.periods[0].all.error is None


def test_a_backtest_can_be_written_as_json() -> None:
    plain = json.loads(json.dumps(as_json(found())))
    assert plain["known_to"] == "2026-10-10"
    assert plain["periods"][1]["together"]["coverage"]["of"] == together().told


@settings(max_examples=10)
@given(histories())
def test_any_history_can_be_tried(known: History) -> None:
    period = backtest(known).periods[0]
    assert period.all.told <= max(0, len(known.rounds) - 5)
    assert period.since >= FIRST
