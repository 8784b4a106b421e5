"""Draw types: who is eligible, when each was last held, what was ever drawn, and what a label says."""

import tomllib
from datetime import date
from typing import Any

import pytest

from scoring import draws
from scoring.assessment import assess
from scoring.profile import read
from scoring.resources import toml
from scoring.rulebook import Rulebook
from tests.scoring.programs.builders import (
    CASES,
    Words,
    assessed,
    cases,
    check,
    codes,
    draw_type,
    ids,
    profile,
    program,
    reason,
    rows,
)

ELIGIBLE = cases("categories/draw_types.toml")
DRAWN = rows("categories/drawn.csv")
UNKNOWN_LABELS = rows("categories/labels.csv")
ROUNDS = rows("categories/rounds_by_type.csv")


@pytest.mark.parametrize("case", ELIGIBLE, ids=ids(ELIGIBLE))
def test_eligibility(case: Words) -> None:
    check(case, draw_type(assessed(case), case["type"]))


def test_types_come_once_each_and_the_programs_first() -> None:
    found = assessed({})
    names = [fit.id for fit in found.draw_types]
    assert names[:5] == ["general", "cec", "fsw", "fst", "pnp"]
    assert names[5:] == [fit.id for fit in found.categories]
    assert len(set(names)) == len(names)


def test_type_of_a_program_is_the_program() -> None:
    found = assessed({"funds": 15000})
    for name in ("cec", "fsw", "fst"):
        assert draw_type(found, name) == program(found, name)


def test_type_of_a_category_tells_no_facts_verdict_of_its_own() -> None:
    found = assessed({"jobs": ["72200 IN 2020-06-01.."]})
    assert draw_type(found, "trades").facts_verdict is None
    assert draw_type(found, "trades").verdict == "fits"
    assert draw_type(found, "trades").version == "2026-v3"


@pytest.mark.parametrize("row", DRAWN, ids=lambda row: f"{row['type']} {row['version']} on {row['on']}: {row['drawn']}")
def test_last_round_and_whether_it_was_drawn(row: dict[str, str]) -> None:
    found = draw_type(assessed({"on": date.fromisoformat(row["on"]), "jobs": ["21231 IN 2015-01-01.."]}), row["type"])
    assert (found.version or "") == row["version"]
    assert found.drawn == row["drawn"]
    last = found.last_round
    told = ("", "", "", "") if last is None else (last.number, str(last.date), str(last.cut_off), last.version or "")
    assert told == (row["number"], row["date"], row["cut_off"], row["under"])


def test_history_is_known_to_a_day_that_is_told() -> None:
    assert draws.shipped().known_to == date(2026, 10, 10)
    assert assessed({}).history_to == date(2026, 10, 10)


def with_version(since: str) -> Rulebook:
    """The shipped categories and one more version of researchers, in force since a day."""
    source = tomllib.loads((CASES.parents[2] / "scoring" / "rules" / "categories.toml").read_text(encoding="utf-8"))
    old: dict[str, Any] = next(entry for entry in source["category"] if entry["category"] == "researchers")
    new = {**old, "version": "2027-v2", "in_force_from": date.fromisoformat(since)}
    return Rulebook({"categories": {"category": [new], "category_set": []}})


@pytest.mark.parametrize(
    ("since", "drawn"), [("2026-10-09", "never"), ("2026-10-10", "never"), ("2026-10-11", "unknown")]
)
def test_version_younger_than_the_history_may_have_been_drawn(since: str, drawn: str) -> None:
    found = assess(read(profile({})), date(2026, 11, 21), book=with_version(since))
    assert [(fit.version, fit.drawn) for fit in found.categories] == [("2027-v2", drawn)]


def test_type_held_on_the_day_itself_is_known() -> None:
    on_the_day = draw_type(assessed({"on": date(2026, 10, 1)}), "trades")
    assert on_the_day.last_round is not None
    assert on_the_day.last_round.number == "447"
    day_before = draw_type(assessed({"on": date(2026, 9, 30)}), "trades")
    assert day_before.last_round is not None
    assert day_before.last_round.number == "408"


# --- labels ---


def test_every_label_of_the_history_gives_its_type_and_version() -> None:
    wrong = [
        held.number for held in draws.shipped().rounds if draws.normalise(held.label_en) != (held.type, held.version)
    ]
    assert wrong == []
    assert len(draws.shipped().rounds) == 448


@pytest.mark.parametrize("row", ROUNDS, ids=lambda row: row["type"])
def test_history_holds_as_many_rounds_of_a_type_as_the_reference(row: dict[str, str]) -> None:
    of_type = [held for held in draws.shipped().rounds if (held.type, held.version) == (row["type"], row["version"])]
    assert len(of_type) == int(row["rounds"])
    assert (of_type[0].number, str(of_type[0].date)) == (row["first"], row["first_on"])
    assert (of_type[-1].number, str(of_type[-1].date)) == (row["last"], row["last_on"])


SPOKEN = [
    (label, entry["type"], entry["version"])
    for entry in toml("rules/draw_types.toml")["types"]
    for key in ("label_en", "label_fr", "aliases_en", "aliases_fr")
    for label in ([entry[key]] if isinstance(entry.get(key), str) else entry.get(key, []))
]


@pytest.mark.parametrize(("label", "kind", "version"), SPOKEN, ids=[label for label, _, _ in SPOKEN])
def test_each_label_in_either_language_gives_its_type(label: str, kind: str, version: str) -> None:
    assert draws.normalise(label) == (kind, version)
    assert draws.normalise(f"  {label.upper()}  ") == (kind, version)
    assert draws.normalise(label.replace("’", "'")) == (kind, version)


@pytest.mark.parametrize("row", UNKNOWN_LABELS, ids=lambda row: row["label"])
def test_labels_of_the_data_and_labels_nobody_knows(row: dict[str, str]) -> None:
    assert draws.normalise(row["label"]) == (row["type"] or None, row["version"])


def test_reasons_of_a_nomination() -> None:
    fit = draw_type(assessed({}), "pnp")
    assert codes(fit) == ["no_nomination", "pool_open"]
    assert reason(fit, "no_nomination") == {"fact": "/candidate/nomination", "have": False, "need": True}
    assert reason(fit, "pool_open") == {"fact": "", "have": "fits", "need": "fits"}
