"""The worked examples of the reference: totals added up by hand, section by section."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.scoring.crs import builders as build

EXAMPLES = json.loads((build.CASES / "worked_examples.json").read_text("utf-8"))
SECTIONS = ("core", "partner", "transferability", "additional")


def test_all_41_examples_are_there() -> None:
    assert len({example["id"] for example in EXAMPLES}) == 41


@pytest.mark.parametrize("example", [pytest.param(each, id=each["id"]) for each in EXAMPLES])
def test_a_worked_example_comes_to_its_total_and_sections(example: build.Json) -> None:
    score = build.assessed(example["profile"], date.fromisoformat(example["on"])).crs
    found = {"total": score.total} | {name: score.sections[name].points for name in SECTIONS}
    assert found == example["expected"]
    assert tuple(score.sections) == SECTIONS
    assert (score.low, score.high, score.low_with, score.high_with) == (score.total, score.total, {}, {})
    assert sum(line.points for line in score.lines) == score.total
