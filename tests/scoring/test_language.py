"""Which results are valid, which ones an assessment rests on, and what is unknown (cases/base/language.json)."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.abilities import ABILITIES
from scoring.assessment import Assessment, assess
from scoring.calendar import add_years
from scoring.language import expires, is_complete, is_valid, levels
from scoring.profile import LanguageResult, read
from scoring.reasons import Line
from scoring.rulebook import shipped

BASE = Path(__file__).parent / "cases" / "base"
CASES: dict[str, list[dict[str, Any]]] = json.loads((BASE / "language.json").read_text("utf-8"))
COMPLETE: dict[str, Any] = json.loads((BASE / "complete.json").read_text("utf-8"))
ON = date(2026, 6, 1)
RULES = shipped().on(ON)
FIRST = [f"first_language_{ability}" for ability in ABILITIES]
SECOND = [f"second_language_{ability}" for ability in ABILITIES]


def named(case: dict[str, Any]) -> str:
    return str(case["name"])


def result(case: dict[str, Any]) -> dict[str, Any]:
    """A result with its four scores in the order of the abilities."""
    told = {key: value for key, value in case.items() if key != "scores"}
    return told | {ability: raw for ability, raw in zip(ABILITIES, case["scores"], strict=True) if raw is not None}


def one(**given_result: Any) -> LanguageResult:
    return LanguageResult.model_validate_json(json.dumps(given_result))


def assessed(
    results: list[dict[str, Any]] | None, declared: str | None = None, on: date = ON, **others: Any
) -> Assessment:
    """The complete candidate with other language results."""
    candidate = {**COMPLETE["candidate"], **others}
    del candidate["first_official_language"], candidate["language_results"]
    if results is not None:
        candidate["language_results"] = [result(each) for each in results]
    if declared is not None:
        candidate["first_official_language"] = declared
    return assess(read({**COMPLETE, "candidate": candidate}), on)


def lines(found: Assessment, factors: list[str]) -> list[Line]:
    by_factor = {line.factor: line for line in found.crs.lines}
    return [by_factor[factor] for factor in factors]


# --- validity ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES["validity"], ids=named)
def test_a_result_is_over_on_its_second_anniversary(case: dict[str, Any]) -> None:
    on, taken = date.fromisoformat(case["on"]), date.fromisoformat(case["taken_on"])
    assert is_valid(taken, shipped().on(on)) is case["valid"]
    nine = {"test": "celpip_general", "taken_on": case["taken_on"], "scores": [9, 9, 9, 9]}
    points = [line.points for line in lines(assessed([nine], on=on), FIRST)]
    assert points == ([31] * 4 if case["valid"] else [0] * 4)


@given(st.dates(date(2015, 1, 1), date(2030, 12, 31)))
def test_a_result_counts_up_to_the_day_before_it_expires(taken: date) -> None:
    over = expires(taken, RULES)
    assert over == add_years(taken, 2)
    assert is_valid(taken, RULES.seen_on(over - timedelta(1)))
    assert not is_valid(taken, RULES.seen_on(over))


def test_a_result_that_is_over_is_said_to_be_no_valid_result() -> None:
    found = assessed([{"test": "celpip_general", "taken_on": "2024-06-01", "scores": [9, 9, 9, 9]}])
    assert [line.why.code for line in lines(found, FIRST)] == ["no_valid_result"] * 4


# --- choice --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES["choice"], ids=named)
def test_one_result_per_language_and_one_first_language(case: dict[str, Any]) -> None:
    found = assessed(case["results"], case.get("declared"))
    assert found.first_official_language == case["first"]
    for factors, place in zip((FIRST, SECOND), [*case["uses"], None, None], strict=False):
        used = {line.why.values.get("result") for line in lines(found, factors)}
        assert used == {None if place is None else f"/candidate/language_results/{place}"}


@pytest.mark.parametrize("case", [case for case in CASES["choice"] if "levels" in case], ids=named)
def test_the_lines_carry_the_levels(case: dict[str, Any]) -> None:
    told = [line.why.values["level"] for line in lines(assessed(case["results"]), FIRST)]
    assert told == case["levels"]


@pytest.mark.parametrize("case", [case for case in CASES["choice"] if "estimate" in case], ids=named)
def test_lines_that_rest_on_stated_levels_are_estimates(case: dict[str, Any]) -> None:
    found = assessed(case["results"])
    assert {line.estimate for line in lines(found, FIRST)} == {case["estimate"]}
    assert lines(found, ["education_and_language"])[0].estimate is case["estimate"]
    assert lines(found, ["age"])[0].estimate is False


@pytest.mark.parametrize("case", CASES["choice"], ids=named)
def test_the_order_of_the_results_changes_nothing(case: dict[str, Any]) -> None:
    forward, backward = (assessed(each, case.get("declared")) for each in (case["results"], case["results"][::-1]))
    assert forward.crs.total == backward.crs.total
    assert forward.first_official_language == backward.first_official_language
    assert [fit.verdict for fit in forward.programs] == [fit.verdict for fit in backward.programs]
    assert [line.points for line in forward.crs.lines] == [line.points for line in backward.crs.lines]


def test_a_program_that_fits_comes_before_the_score() -> None:
    # CLB 7 in all four opens the FSWP; 10, 10, 10, 6 pays more points for language but opens no program.
    higher = {"test": "celpip_general", "taken_on": "2026-05-01", "scores": [10, 10, 10, 6]}
    even = {"test": "celpip_general", "taken_on": "2025-05-01", "scores": [7, 7, 7, 7]}
    others: dict[str, Any] = {
        "credentials": [{"level": "doctorate", "country": "IN", "eca": {"issued_on": "2025-04-01"}}],
        "jobs": [{**COMPLETE["candidate"]["jobs"][0], "started_on": "2020-05-01"}],
    }
    paid, fits = {}, {}
    for name, each in (("higher", higher), ("even", even)):
        found = assessed([each], **others)
        paid[name] = sum(line.points for line in lines(found, FIRST))
        fits[name] = [fit.verdict for fit in found.programs].count("fits")
    assert paid["higher"] > paid["even"]
    assert fits == {"higher": 0, "even": 1}
    both = assessed([higher, even], **others)
    assert {line.why.values["result"] for line in lines(both, FIRST)} == {"/candidate/language_results/1"}
    assert both.programs[0].verdict == "fits"


def test_without_a_program_that_fits_the_score_decides() -> None:
    higher = {"test": "celpip_general", "taken_on": "2026-05-01", "scores": [10, 10, 10, 6]}
    even = {"test": "celpip_general", "taken_on": "2025-05-01", "scores": [7, 7, 7, 7]}
    both = assessed([even, higher], jobs=[])
    assert {line.why.values["result"] for line in lines(both, FIRST)} == {"/candidate/language_results/1"}


def test_an_absent_first_language_is_said_and_is_no_unknown() -> None:
    found = assessed([{"test": "celpip_general", "taken_on": "2025-10-01", "scores": [9, 9, 9, 9]}])
    assert found.crs.total is not None
    assert found.first_official_language == "en"
    assert found.most_telling_unknown is None


def test_the_minimum_of_a_program_may_be_met_in_the_second_language() -> None:
    english = {"test": "celpip_general", "taken_on": "2025-10-01", "scores": [9, 9, 9, 9]}
    french = {"test": "tcf_canada", "taken_on": "2025-10-01", "scores": [331, 342, 4, 4]}
    met = assessed([english, french], declared="fr").programs[0]
    assert [reason.code for reason in met.reasons if reason.code.startswith("language")] == ["language_met"]


# --- what is unknown -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES["range"], ids=named)
def test_what_is_unknown_of_the_results_opens_the_points_of_the_first_language(case: dict[str, Any]) -> None:
    low, high = (language_points(case["results"], end) for end in ("low", "high"))
    assert (low, high) == (case["low"], case["high"])


def language_points(results: list[dict[str, Any]] | None, end: str) -> int:
    """First-language points at one end of the range: what the completion of that end scores."""
    found = assessed(results, None, trade_certificate=False)
    if found.crs.total is not None:
        return sum(line.points for line in lines(found, FIRST))
    told = found.crs.low_with if end == "low" else found.crs.high_with
    candidate = json.loads(json.dumps(COMPLETE["candidate"]))
    del candidate["first_official_language"], candidate["language_results"]
    if results is not None:
        candidate["language_results"] = [result(each) for each in results]
    for pointer, value in told.items():
        place: Any = {"candidate": candidate}
        *way, last = pointer.split("/")[1:]
        for key in way:
            place = place[int(key)] if isinstance(place, list) else place[key]
        place[last] = value
    whole = assess(read({**COMPLETE, "candidate": candidate}), ON)
    assert whole.crs.total == (found.crs.low if end == "low" else found.crs.high)
    return sum(line.points for line in lines(whole, FIRST))


def test_the_likely_levels_of_a_tef_out_of_699_are_told_apart_and_counted_nowhere() -> None:
    tef = {"test": "tef_canada", "scale": "score_699", "taken_on": "2025-05-10", "scores": [434, 434, 428, 456]}
    found = assessed([tef])
    (likely,) = found.likely_nclc
    assert (likely.fact, likely.estimate) == ("/candidate/language_results/0", True)
    assert likely.levels == dict.fromkeys(ABILITIES, 7)
    assert found.crs.total is None


def test_a_tef_of_the_old_score_has_no_likely_levels() -> None:
    tef = {"test": "tef_canada", "scale": "old_score", "taken_on": "2025-05-10", "scores": [249, 207, 310, 310]}
    assert assessed([tef]).likely_nclc == []


def test_whether_a_result_is_complete() -> None:
    known = {"listening": 9, "reading": 9, "writing": 9, "speaking": 9}
    assert is_complete(one(test="celpip_general", taken_on="2025-10-01", **known))
    assert is_complete(one(test="stated_clb", language="en", **known))
    assert not is_complete(one(test="celpip_general", **known))
    assert not is_complete(one(test="celpip_general", taken_on="2025-10-01", listening=9, reading=9, writing=9))
    assert not is_complete(one(test="tef_canada", taken_on="2025-10-01", **known))
    assert not is_complete(one(test="tef_canada", scale="score_699", taken_on="2025-10-01", **known))


# --- acceptance ----------------------------------------------------------------------------------------------------


def test_pte_core_gives_nothing_before_the_day_of_its_acceptance() -> None:
    pte = {"test": "pte_core", "taken_on": "2023-12-01", "scores": [82, 78, 88, 84]}
    before, after = (assessed([pte], on=on) for on in (date(2024, 1, 29), date(2024, 1, 30)))
    assert [line.points for line in lines(before, FIRST)] == [0] * 4
    assert [line.points for line in lines(after, FIRST)] == [31] * 4
    assert before.crs.total is not None


def test_levels_of_a_test_that_is_not_accepted_are_none() -> None:
    pte = one(test="pte_core", taken_on="2023-12-01", listening=82, reading=78, writing=88, speaking=84)
    assert levels(pte, shipped().on(date(2024, 1, 29))) is None
    assert levels(pte, shipped().on(date(2024, 1, 30))) == (9, 9, 9, 9)


def test_a_partner_uses_the_one_language_that_pays_more() -> None:
    english = {"test": "celpip_general", "taken_on": "2025-10-01", "scores": [5, 5, 5, 5]}
    french = {"test": "tcf_canada", "taken_on": "2025-10-01", "scores": [549, 549, 16, 16]}
    assert partner_points([english, french]) == [5] * 4
    assert partner_points([english, french], declared="en") == [1] * 4


def partner_points(results: list[dict[str, Any]], declared: str | None = None) -> list[int]:
    partner: dict[str, Any] = {
        "accompanying": True,
        "canadian_or_permanent_resident": False,
        "language_results": [result(each) for each in results],
        "credentials": [],
        "jobs": [],
        "sibling_in_canada": False,
    }
    if declared:
        partner["first_official_language"] = declared
    household = {**COMPLETE["household"], "marital_status": "married"}
    found = assess(read({**COMPLETE, "partner": partner, "household": household}), ON)
    return [line.points for line in lines(found, [f"partner_language_{ability}" for ability in ABILITIES])]
