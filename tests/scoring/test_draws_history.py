"""The rounds of the shipped history: complete, in order and counted (cases/base: rounds_by_year.csv, draws.json)."""

import csv
import json
import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from scoring.assessment import assess
from scoring.draws import Round, drawn, history, known_to, last_round, normalise
from scoring.profile import Profile
from scoring.resources import rows, toml

BASE = Path(__file__).parent / "cases" / "base"
CASES: dict[str, list[dict[str, Any]]] = json.loads((BASE / "draws.json").read_text("utf-8"))
BY_YEAR = list(csv.DictReader((BASE / "rounds_by_year.csv").read_text("utf-8").splitlines()))
COUNTED_TO = date(2026, 6, 30)
"""The day up to which the statistics were drawn up."""
INVITED = {
    2015: 31_063, 2016: 33_782, 2017: 86_023, 2018: 89_800, 2019: 85_300, 2020: 107_350, 2021: 114_224, 2022: 46_539,
    2023: 110_266, 2024: 98_903, 2025: 113_998,
}  # fmt: skip
LABELS = [{"label": held.label_en, "type": held.type, "version": held.version} for held in history()]
ONE_OF_EACH = list({case["label"]: case for case in LABELS}.values())


def key(held: Round) -> tuple[int, str]:
    found = re.fullmatch(r"(\d+)([a-z]?)", held.number)
    assert found, held.number
    return int(found[1]), found[2]


def by_type_and_year() -> dict[tuple[str, int], list[Round]]:
    found: dict[tuple[str, int], list[Round]] = defaultdict(list)
    for held in history():
        if held.date <= COUNTED_TO:
            found[held.type, held.date.year].append(held)
    return found


def test_there_are_448_rounds_from_1_to_447_in_order() -> None:
    held = history()
    assert len(held) == len(rows("data/rounds.csv")) == 448
    assert [key(each) for each in held] == sorted(key(each) for each in held)
    numbers = Counter(key(each)[0] for each in held)
    assert set(numbers) == set(range(1, 448))
    assert {number for number, times in numbers.items() if times > 1} == {91}


def test_the_two_rounds_numbered_91_are_kept_apart() -> None:
    first, second = (next(held for held in history() if held.number == number) for number in ("91a", "91b"))
    assert (first.type, first.cut_off, first.invitations) == ("fst", 288, 500)
    assert (second.type, second.cut_off, second.invitations) == ("pnp", 902, 200)
    assert first.date == second.date == date(2018, 5, 30)
    assert not [held for held in history() if held.number == "91"]


def test_rounds_are_dated_in_the_order_of_their_numbers() -> None:
    days = [held.date for held in history()]
    assert days == sorted(days)
    assert (days[0], days[-1]) == (date(2015, 1, 31), date(2026, 10, 1))


def test_every_round_has_invitations_and_a_cut_off_that_can_be() -> None:
    for held in history():
        assert held.invitations > 0, held.number
        assert 0 < held.cut_off <= 1200, held.number


def test_tie_breaks_are_moments_and_missing_only_where_none_is_known() -> None:
    missing = {key(held)[0] for held in history() if not held.tie_break_utc}
    assert missing == set(range(1, 77)) | ({*range(438, 448)} - {444})
    for held in history():
        if held.tie_break_utc:
            assert re.fullmatch(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?Z?", held.tie_break_utc), held.number
            # a round can run past midnight, in UTC
            assert date.fromisoformat(held.tie_break_utc[:10]) <= held.date + timedelta(1), held.number


@pytest.mark.parametrize("case", BY_YEAR, ids=lambda case: f"{case['type']} {case['year']}")
def test_rounds_of_a_type_and_year_are_those_counted(case: dict[str, str]) -> None:
    found = by_type_and_year()[case["type"], int(case["year"])]
    cut_offs = [held.cut_off for held in found]
    assert len(found) == int(case["rounds"])
    assert sum(held.invitations for held in found) == int(case["invitations"])
    assert (min(cut_offs), median(cut_offs), max(cut_offs)) == (
        int(case["lowest"]),
        float(case["median"]),
        int(case["highest"]),
    )


def test_no_type_or_year_is_missing_from_those_counted() -> None:
    counted = {(case["type"], int(case["year"])) for case in BY_YEAR}
    assert set(by_type_and_year()) == counted
    assert sum(int(case["rounds"]) for case in BY_YEAR) == sum(held.date <= COUNTED_TO for held in history())


@pytest.mark.parametrize("year", INVITED)
def test_invitations_of_a_year_add_up_to_the_published_total(year: int) -> None:
    assert sum(held.invitations for held in history() if held.date.year == year) == INVITED[year]


def test_the_history_says_up_to_which_day_it_is_known() -> None:
    told = toml("data/history.toml")
    assert known_to() == told["known_to"] == date(2026, 10, 10)
    assert (told["first_number"], told["last_number"], told["rounds"]) == ("1", "447", 448)
    assert history()[-1].date <= known_to()
    assert assess(Profile(), date(2026, 11, 21)).history_to == known_to()


@pytest.mark.parametrize("case", CASES["last_round"], ids=lambda case: f"{case['type']} {case['on']}")
def test_the_last_round_of_a_type_on_or_before_a_day(case: dict[str, Any]) -> None:
    found = last_round(case["type"], date.fromisoformat(case["on"]))
    if case.get("number", "") is None:
        assert found is None
        return
    assert found is not None
    assert found.cut_off == case["cut_off"]
    assert found.number == case.get("number", found.number)
    assert found.date.isoformat() == case.get("date", found.date.isoformat())
    assert found.date.isoformat() <= case["on"]


@pytest.mark.parametrize("case", CASES["drawn"], ids=lambda case: f"{case['type']} {case['version']} {case['on']}")
def test_whether_a_type_was_drawn_under_its_version(case: dict[str, Any]) -> None:
    since = date.fromisoformat(case["since"]) if "since" in case else None
    assert drawn(case["type"], case["version"], date.fromisoformat(case["on"]), since) == case["is"]


@pytest.mark.parametrize("case", [*CASES["labels"], *ONE_OF_EACH], ids=lambda case: str(case["label"]))
def test_a_label_names_a_type_and_a_version(case: dict[str, Any]) -> None:
    assert normalise(case["label"]) == (case["type"], case["version"])


def test_a_round_under_a_version_was_held_while_that_version_was_in_force() -> None:
    versions = {(entry["category"], entry["version"]): entry for entry in toml("rules/categories.toml")["category"]}
    for held in history():
        if held.version:
            entry = versions[held.type, held.version]
            assert entry["in_force_from"] <= held.date <= entry.get("in_force_until", date.max), held.number
