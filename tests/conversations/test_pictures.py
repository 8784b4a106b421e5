"""What a picture shows: which types, how far back, and whose score."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from conversations import pictures
from scoring.assessment import assess
from scoring.draws import History, Round, history_of, shipped
from scoring.pool import Band, snapshot
from scoring.profile import read

ON = date(2026, 10, 10)
ALONE = read({"candidate": {"birth_date": "1994-05-02"}, "partner": False})
SCORE = {"total": None, "low": 470, "high": 485}


def rounds(*held: tuple[str, str, int]) -> History:
    """A history of rounds given as (day, type, cut-off)."""
    return history_of(
        (
            Round(str(n), date.fromisoformat(day), kind, "", kind, 100, cut_off, "")
            for n, (day, kind, cut_off) in enumerate(held, 1)
        ),
        ON,
    )


def test_cut_offs_are_those_of_the_two_years_up_to_the_day_oldest_first() -> None:
    history = rounds(
        ("2024-10-09", "cec", 1), ("2024-10-10", "cec", 2), ("2026-10-10", "cec", 3), ("2026-10-11", "cec", 4)
    )  # fmt: skip
    picture = pictures.cut_offs(history, ["cec"], ON)
    assert picture is not None
    assert picture["series"] == [{"type": "cec", "points": [["2024-10-10", 2], ["2026-10-10", 3]]}]
    assert (picture["since"], picture["known_to"], picture["score"]) == ("2024-10-10", "2026-10-10", None)


def test_what_is_known_does_not_reach_beyond_the_day() -> None:
    picture = pictures.cut_offs(shipped(), ["cec"], date(2026, 3, 1))
    assert picture is not None
    assert picture["known_to"] == "2026-03-01"
    assert picture["series"][0]["points"][-1][0] <= "2026-03-01"


def test_types_stand_in_the_order_asked_for_and_those_not_drawn_are_left_out() -> None:
    picture = pictures.cut_offs(shipped(), ["french", "general", "cec", "french"], ON, SCORE)
    assert picture is not None
    assert [each["type"] for each in picture["series"]] == ["french", "cec"]
    assert picture["score"] == {"low": 470, "high": 485}


def test_no_more_than_five_types_are_shown() -> None:
    kinds = ["cec", "french", "healthcare", "trades", "transport", "physicians", "senior_managers"]
    picture = pictures.cut_offs(shipped(), kinds, ON)
    assert picture is not None
    assert [each["type"] for each in picture["series"]] == kinds[:5]


@pytest.mark.parametrize(("asked", "shown"), [(["pnp", "cec"], ["cec"]), (["pnp"], ["pnp"])])
def test_provincial_nominees_are_shown_alone_or_not_at_all(asked: list[str], shown: list[str]) -> None:
    picture = pictures.cut_offs(shipped(), asked, ON)
    assert picture is not None
    assert [each["type"] for each in picture["series"]] == shown


@pytest.mark.parametrize("kinds", [[], ["general"], ["new_something"]])
def test_without_a_round_there_is_no_picture_of_cut_offs(kinds: list[str]) -> None:
    assert pictures.cut_offs(shipped(), kinds, ON) is None


def test_the_sections_of_a_score_add_up_and_those_that_cannot_pay_are_left_out() -> None:
    found = assess(ALONE, ON)
    picture = pictures.score(found)
    assert {each["id"] for each in picture["sections"]} <= {"core", "partner", "transferability", "additional"}
    assert all(each["max"] > 0 for each in picture["sections"])
    assert (picture["low"], picture["high"], picture["on"]) == (found.crs.low, found.crs.high, ON.isoformat())


def test_the_pool_is_the_last_count_before_the_day() -> None:
    day = date(2026, 9, 27)
    counts = [snapshot(day, [Band(0, 300, 5), Band(301, 1200, 7)]), snapshot(ON + timedelta(1), [Band(0, 1200, 9)])]
    picture = pictures.pool(history_of([], ON, counts), ON, SCORE)
    assert picture == {
        "kind": "pool",
        "as_on": "2026-09-27",
        "bands": [[301, 1200, 7], [0, 300, 5]],
        "total": 12,
        "score": {"low": 470, "high": 485},
    }
    assert pictures.pool(history_of([], ON, counts), day - timedelta(1)) is None


def test_a_picture_is_personal_where_it_shows_a_score() -> None:
    history = shipped()
    shown = [
        pictures.cut_offs(history, ["cec"], ON),
        pictures.cut_offs(history, ["cec"], ON, SCORE),
        pictures.pool(history, ON),
        pictures.pool(history, ON, SCORE),
        pictures.score(assess(ALONE, ON)),
    ]
    assert [pictures.is_personal(each) for each in shown if each] == [False, True, False, True, True]
    assert json.loads(json.dumps(shown)) == shown
