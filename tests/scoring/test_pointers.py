"""JSON pointers into a profile: read, write, and told at the shallowest absent place (cases/base/pointers.json)."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.pointers import completed, folded, parts, present, put

DATA = Path(__file__).parent / "cases" / "base" / "pointers.json"
CASES: dict[str, list[Any]] = json.loads(DATA.read_text("utf-8"))
KEYS = st.text(st.sampled_from("ab~/01"), max_size=4)


def escaped(keys: list[str]) -> str:
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)


@pytest.mark.parametrize(("pointer", "keys"), CASES["parts"])
def test_a_pointer_names_its_keys(pointer: str, keys: list[str]) -> None:
    assert parts(pointer) == keys


@given(st.lists(KEYS, max_size=5))
def test_every_key_survives_its_escapes(keys: list[str]) -> None:
    assert parts(escaped(keys)) == keys


@pytest.mark.parametrize("case", CASES["present"], ids=lambda case: json.dumps(case))
def test_null_counts_as_absent_and_false_does_not(case: dict[str, Any]) -> None:
    assert present(case["data"], case["keys"]) == case["depth"]


@pytest.mark.parametrize("case", CASES["put"], ids=lambda case: str(case["pointer"]))
def test_put_writes_into_a_copy(case: dict[str, Any]) -> None:
    before = copy.deepcopy(case["data"])
    assert put(case["data"], case["pointer"], case["value"]) == case["gives"]
    assert case["data"] == before


def test_completed_puts_every_value() -> None:
    given_data = {"candidate": {"jobs": [{"noc": "21231"}]}}
    values = {"/candidate/jobs/0/paid": True, "/partner": False, "/household/intends_quebec": False}
    assert completed(given_data, values) == {
        "candidate": {"jobs": [{"noc": "21231", "paid": True}]},
        "partner": False,
        "household": {"intends_quebec": False},
    }
    assert given_data == {"candidate": {"jobs": [{"noc": "21231"}]}}


@pytest.mark.parametrize("case", CASES["folded"], ids=lambda case: str(case["name"]))
def test_values_are_told_at_the_shallowest_absent_place(case: dict[str, Any]) -> None:
    assert folded(case["values"], case["given"]) == case["gives"]


@pytest.mark.parametrize("case", CASES["folded"], ids=lambda case: str(case["name"]))
def test_folded_or_not_the_completed_profile_is_the_same(case: dict[str, Any]) -> None:
    assert completed(case["given"], case["gives"]) == completed(case["given"], case["values"])
