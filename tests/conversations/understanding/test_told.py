"""What people tell of themselves: every fact of forty descriptions, and nothing that was not said."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from bot.build import reader
from conversations.understanding import Understanding
from scoring.profile import read
from tests.project import ROOT

TODAY = date(2026, 11, 22)
CASES: list[dict[str, Any]] = [
    case
    for name in ("told.toml", "whose.toml")
    for case in tomllib.loads((ROOT / "tests/conversations/understanding" / name).read_text(encoding="utf-8"))["case"]
]
LEAST_CASES = 40
SECTIONS = {"c": "candidate", "p": "partner", "h": "household", "x": "express_entry"}
TAKEN_FOR_GRANTED = ("stated_on",)


def told(case: Mapping[str, Any]) -> Understanding:
    return reader().understand(case["say"], TODAY, partner=case.get("partner", False))


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """(pointer with dots, value) of everything that a profile says."""
    items: Any = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    if not items or (not isinstance(value, Mapping) and not value):
        yield path.lstrip("."), value
    else:
        for name, each in items:
            if name not in TAKEN_FOR_GRANTED:
                yield from leaves(each, f"{path}.{name}")


def expected(facts: str) -> dict[str, Any]:
    found = {}
    for each in filter(None, facts.split("; ")):
        pointer, _, written = each.partition("=")
        short, _, rest = pointer.partition(".")
        try:
            value = json.loads(written)
        except json.JSONDecodeError:
            value = written
        found[SECTIONS[short] + ("." + rest if rest else "")] = value
    return found


def test_there_are_enough_descriptions() -> None:
    assert len(CASES) >= LEAST_CASES


@pytest.mark.parametrize("case", CASES, ids=[case["say"][:40] for case in CASES])
def test_every_fact_is_found_and_nothing_that_was_not_said(case: dict[str, Any]) -> None:
    facts = told(case).facts
    assert (dict(leaves(facts)) if facts else {}) == expected(case["facts"])


@pytest.mark.parametrize("case", CASES, ids=[case["say"][:40] for case in CASES])
def test_what_is_open_is_asked_and_what_has_no_place_is_kept(case: dict[str, Any]) -> None:
    understood = told(case)
    assert set(case.get("asks", ())) <= {each["code"] for each in understood.ambiguous}
    assert set(case.get("beside", ())) <= {each["id"] for each in understood.other}


@pytest.mark.parametrize("case", CASES, ids=[case["say"][:40] for case in CASES])
def test_what_is_told_is_a_profile(case: dict[str, Any]) -> None:
    read(told(case).facts, entered_on=TODAY)


@pytest.mark.parametrize("text", ["documents", "export", "aide", "draws", "rondes", "menu"])
def test_the_bare_word_of_a_wish_is_no_job(text: str) -> None:
    understood = told({"say": text})
    assert understood.intent is not None
    assert understood.facts == {}


@pytest.mark.parametrize("text", ["nurse in Manila 3 years ago", "infirmière à Manille il y a 3 ans"])
def test_how_long_ago_is_not_how_long(text: str) -> None:
    understood = told({"say": text})
    (job,) = understood.facts["candidate"]["jobs"]
    assert (job["country"], "months" in job) == ("PH", False)
    assert [each["code"] for each in understood.ambiguous] == ["how_long"]
