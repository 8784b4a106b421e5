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
from scoring.draws import Round, history_of, is_known, normalise, order, shipped, type_of
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
LABELS = [{"label": held.label_en, "type": held.type, "version": held.version} for held in shipped().rounds]
ONE_OF_EACH = list({case["label"]: case for case in LABELS}.values())


def key(held: Round) -> tuple[int, str]:
    found = re.fullmatch(r"(\d+)([a-z]?)", held.number)
    assert found, held.number
    return int(found[1]), found[2]


def by_type_and_year() -> dict[tuple[str, int], list[Round]]:
    found: dict[tuple[str, int], list[Round]] = defaultdict(list)
    for held in shipped().rounds:
        if held.date <= COUNTED_TO:
            found[held.type, held.date.year].append(held)
    return found


def test_there_are_448_rounds_from_1_to_447_in_order() -> None:
    held = shipped().rounds
    assert len(held) == len(rows("data/rounds.csv")) == 448
    assert [key(each) for each in held] == sorted(key(each) for each in held)
    numbers = Counter(key(each)[0] for each in held)
    assert set(numbers) == set(range(1, 448))
    assert {number for number, times in numbers.items() if times > 1} == {91}


def test_the_two_rounds_numbered_91_are_kept_apart() -> None:
    first, second = (next(held for held in shipped().rounds if held.number == number) for number in ("91a", "91b"))
    assert (first.type, first.cut_off, first.invitations) == ("fst", 288, 500)
    assert (second.type, second.cut_off, second.invitations) == ("pnp", 902, 200)
    assert first.date == second.date == date(2018, 5, 30)
    assert not [held for held in shipped().rounds if held.number == "91"]


def test_rounds_are_dated_in_the_order_of_their_numbers() -> None:
    days = [held.date for held in shipped().rounds]
    assert days == sorted(days)
    assert (days[0], days[-1]) == (date(2015, 1, 31), date(2026, 10, 1))


def test_every_round_has_invitations_and_a_cut_off_that_can_be() -> None:
    for held in shipped().rounds:
        assert held.invitations > 0, held.number
        assert 0 < held.cut_off <= 1200, held.number


def test_tie_breaks_are_moments_and_missing_only_where_none_is_known() -> None:
    missing = {key(held)[0] for held in shipped().rounds if not held.tie_break_utc}
    assert missing == set(range(1, 77)) | ({*range(438, 448)} - {444})
    for held in shipped().rounds:
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
    assert sum(int(case["rounds"]) for case in BY_YEAR) == sum(held.date <= COUNTED_TO for held in shipped().rounds)


@pytest.mark.parametrize("year", INVITED)
def test_invitations_of_a_year_add_up_to_the_published_total(year: int) -> None:
    assert sum(held.invitations for held in shipped().rounds if held.date.year == year) == INVITED[year]


def test_the_history_says_up_to_which_day_it_is_known() -> None:
    told = toml("data/history.toml")
    assert shipped().known_to == told["known_to"] == date(2026, 10, 10)
    assert (told["first_number"], told["last_number"], told["rounds"]) == ("1", "447", 448)
    assert shipped().rounds[-1].date <= shipped().known_to
    assert assess(Profile(), date(2026, 11, 21)).history_to == shipped().known_to


@pytest.mark.parametrize("case", CASES["last_round"], ids=lambda case: f"{case['type']} {case['on']}")
def test_the_last_round_of_a_type_on_or_before_a_day(case: dict[str, Any]) -> None:
    found = shipped().last_round(case["type"], date.fromisoformat(case["on"]))
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
    assert shipped().drawn(case["type"], case["version"], date.fromisoformat(case["on"]), since) == case["is"]


@pytest.mark.parametrize("case", [*CASES["labels"], *ONE_OF_EACH], ids=lambda case: str(case["label"]))
def test_a_label_names_a_type_and_a_version(case: dict[str, Any]) -> None:
    assert normalise(case["label"]) == (case["type"], case["version"])


def test_a_round_under_a_version_was_held_while_that_version_was_in_force() -> None:
    versions = {(entry["category"], entry["version"]): entry for entry in toml("rules/categories.toml")["category"]}
    for held in shipped().rounds:
        if held.version:
            entry = versions[held.type, held.version]
            assert entry["in_force_from"] <= held.date <= entry.get("in_force_until", date.max), held.number


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Canadian Experience Class", "cec"),
        ("Trades Occupations, 2031-Version 9", "trades"),
        ("Lighthouse Keepers with Work Experience, 2031-Version 1", "new_lighthouse_keepers_with_work_experience"),
        ("Généraux à l’étranger (Version 2)", "new_generaux_a_l_etranger"),
        ("***", "new_unnamed"),
    ],
)  # fmt: skip
def test_a_label_that_no_pattern_knows_is_its_own_new_type(label: str, kind: str) -> None:
    assert type_of(label) == kind
    assert is_known(kind) is not kind.startswith("new_")


def test_what_was_known_before_a_day_holds_nothing_of_that_day_or_later() -> None:
    day = date(2026, 4, 2)
    before = shipped().before(day)
    assert before.rounds[-1].date < day <= shipped().rounds[len(before.rounds)].date
    assert before.snapshots[-1].as_on < day
    assert before.known_to == day
    assert shipped().before(date(2030, 1, 1)).known_to == shipped().known_to


def test_a_history_is_put_in_order_by_number_and_letter() -> None:
    rounds = shipped().rounds
    assert history_of(reversed(rounds), date(2026, 10, 10)).rounds == rounds
    assert [order(number) for number in ("91", "91a", "91b", "92")] == [(91, ""), (91, "a"), (91, "b"), (92, "")]
    with pytest.raises(ValueError, match="ab91"):
        order("ab91")


def test_every_label_of_the_history_has_its_french_but_for_the_one_that_was_never_seen() -> None:
    assert {held.label_en for held in shipped().rounds if not held.label_fr} == {
        "Transport Occupations, 2026-Version 2"
    }
