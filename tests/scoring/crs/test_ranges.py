"""Partly known profiles: exact ends, the values that reach them, the sections' own ends, and what to ask next."""

from __future__ import annotations

import pytest

from scoring.assessment import Assessment
from scoring.crs.score import CrsScore
from scoring.pointers import completed, parts, present
from tests.scoring.crs import builders as build

SECTIONS = ("core", "partner", "transferability", "additional")
CASES = {case["title"]: case for case in build.data("ranges")["case"]}


def given(case: build.Json) -> build.Json:
    if case.get("blank"):
        return dict(completed({}, case.get("set", {})))
    return build.facts(case)


def test_no_two_cases_share_a_title() -> None:
    assert len(CASES) == len(build.data("ranges")["case"])


@pytest.mark.parametrize("title", CASES)
def test_a_partly_known_profile_has_the_range_derived_by_hand(title: str) -> None:
    case = CASES[title]
    found = build.assessed(given(case), build.day(case))
    the_ends_are_exact(case, found.crs)
    sections_have_their_own_ends(case, found.crs)
    the_values_told_reach_the_ends(case, found.crs)
    only_unknown_facts_get_values(case, found.crs)
    the_most_telling_unknown_is_told(case, found)


def the_ends_are_exact(case: build.Json, score: CrsScore) -> None:
    """The least and the greatest total, and the lines of the least."""
    assert build.ends(score) == (case["low"], case["high"])
    assert score.total == (case["low"] if case["low"] == case["high"] else None)
    assert sum(line.points for line in score.lines) == case["low"]
    assert {type(line.estimate) for line in score.lines} == {bool}


def sections_have_their_own_ends(case: build.Json, score: CrsScore) -> None:
    """Each section ranges by itself, never over its cap."""
    keys = {name: name for name in SECTIONS} | ({} if case.get("blank") else {"partner": "partner_section"})
    for name, found in score.sections.items():
        if keys[name] in case:
            assert [found.low, found.high] == case[keys[name]]
        assert found.points == (found.low if found.low == found.high else None)
        assert 0 <= found.low <= found.high <= found.max
    assert score.sections["core"].max == case.get("core_max", score.sections["core"].max)


def the_values_told_reach_the_ends(case: build.Json, score: CrsScore) -> None:
    """The profile completed with them scores the end itself."""
    whole = given(case)
    for values, end in ((score.low_with, case["low"]), (score.high_with, case["high"])):
        assert build.assessed(completed(whole, values), build.day(case)).crs.total == end
    assert score.low_with == case.get("low_with", score.low_with)
    assert score.high_with == case.get("high_with", score.high_with)


def only_unknown_facts_get_values(case: build.Json, score: CrsScore) -> None:
    """Each at its shallowest absent key, and never the value of the unknown itself."""
    if case.get("replaced"):
        assert score.low_with.keys() == score.high_with.keys()
        return
    whole = given(case)
    for values in (score.low_with, score.high_with):
        for pointer, value in values.items():
            keys = parts(pointer)
            assert present(whole, keys) == len(keys) - 1
            assert value is not None or keys[-1] == "ended_on"


def the_most_telling_unknown_is_told(case: build.Json, found: Assessment) -> None:
    """The shallowest absent key whose knowing leaves the least."""
    if "telling" in case:
        assert found.most_telling_unknown == (case["telling"] or None)
    if case["low"] == case["high"]:
        assert found.most_telling_unknown is None


@pytest.mark.parametrize("title", [title for title, case in CASES.items() if len(case.get("jobs", [])) > 1])
def test_the_order_of_jobs_does_not_matter(title: str) -> None:
    case = CASES[title]
    turned = build.crs({**case, "jobs": list(reversed(case["jobs"]))})
    assert build.ends(turned) == (case["low"], case["high"])
