"""What holds for every profile: caps, sums, more is never less, and ranges that hold what was forgotten."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from scoring.crs.score import CrsScore
from scoring.pointers import completed
from tests.scoring.crs import builders as build

LEVELS = (
    "none",
    "secondary",
    "one_year",
    "two_year",
    "bachelor",
    "two_or_more",
    "masters",
    "professional",
    "doctorate",
)
CEILINGS = {"core": (460, 500), "partner": (40, 0), "transferability": (100, 100), "additional": (600, 600)}

abilities = st.lists(st.sampled_from([0, 4, 5, 6, 7, 8, 9, 10]), min_size=4, max_size=4)
people: dict[str, st.SearchStrategy[Any]] = {
    "age": st.integers(0, 60),
    "education": st.sampled_from(LEVELS),
    "study": st.lists(st.sampled_from(["one_year", "bachelor"]), max_size=2),
    "first": abilities,
    "first_is": st.sampled_from(["en", "fr"]),
    "second": abilities,
    "canadian": st.integers(0, 6),
    "foreign": st.integers(0, 4),
    "certificate": st.booleans(),
    "nomination": st.booleans(),
    "sibling": st.booleans(),
}
partners = st.just(False) | st.fixed_dictionaries({}, optional=people)
cases = st.fixed_dictionaries({}, optional={**people, "partner": partners})


def known(case: build.Json) -> CrsScore:
    score = build.crs(case)
    assert score.total is not None
    return score


@given(cases)
def test_no_section_is_over_its_cap_and_the_lines_add_up(case: build.Json) -> None:
    score = known(case)
    applies = case.get("partner", False) is not False
    for name, (together, alone) in CEILINGS.items():
        section = score.sections[name]
        assert section.max == (together if applies else alone)
        assert section.points is not None
        assert 0 <= section.points <= section.max
    assert sum(line.points for line in score.lines) == score.total
    assert sum(section.points or 0 for section in score.sections.values()) == score.total


@given(cases)
def test_no_line_is_over_its_maximum(case: build.Json) -> None:
    for line in known(case).lines:
        assert line.points <= line.max
        assert (line.points < 0) is (line.max == 0)


@given(cases)
def test_the_same_facts_give_the_same_score(case: build.Json) -> None:
    assert build.crs(case) == build.crs(case)


@given(cases, st.sampled_from(["first", "second"]), st.integers(0, 3))
def test_a_level_more_never_lowers_the_score(case: build.Json, which: str, place: int) -> None:
    levels = list(case.get(which, [7, 7, 7, 7]))
    steps = [0, 4, 5, 6, 7, 8, 9, 10]
    raised = [*levels]
    raised[place] = steps[min(steps.index(levels[place]) + 1, len(steps) - 1)]
    assert build.crs({**case, which: levels}).low <= build.crs({**case, which: raised}).low


@given(cases, st.sampled_from(["canadian", "foreign"]))
def test_a_year_more_never_lowers_the_score(case: build.Json, which: str) -> None:
    years = case.get(which, 1)
    assert build.crs({**case, which: years}).low <= build.crs({**case, which: years + 1}).low


@given(cases, st.sampled_from(["one_year", "two_year", "bachelor", "masters", "doctorate"]))
def test_a_credential_more_never_lowers_the_score(case: build.Json, level: str) -> None:
    assert known(case).low <= build.crs({**case, "study": [*case.get("study", []), level]}).low


@given(cases, st.sampled_from(["certificate", "nomination", "sibling"]))
def test_a_further_asset_never_lowers_the_score(case: build.Json, asset: str) -> None:
    assert build.crs({**case, asset: False}).low <= build.crs({**case, asset: True}).low


@given(st.fixed_dictionaries({}, optional=people), st.fixed_dictionaries({}, optional=people))
def test_a_partners_credential_or_sibling_never_lowers_the_score(case: build.Json, partner: build.Json) -> None:
    before = known({**case, "partner": partner}).low
    assert before <= known({**case, "partner": {**partner, "sibling": True}}).low
    study = [*partner.get("study", []), "bachelor"]
    assert before <= known({**case, "partner": {**partner, "study": study}}).low


# --- forgetting -----------------------------------------------------------------------------------------------------

stints = st.lists(
    st.fixed_dictionaries(
        {"like": st.sampled_from(["here", "abroad"]), "years": st.integers(1, 4)},
        optional={
            "hours_per_week": st.sampled_from([10, 15, 20, 30, 40]),
            "noc": st.sampled_from(["21231", "31100", "64100"]),
            "self_employed": st.booleans(),
            "canadian_employer": st.booleans(),
            "authorized": st.booleans(),
            "publicly_funded": st.booleans(),
            "drop": st.lists(
                st.sampled_from(
                    [
                        "noc",
                        "country",
                        "started_on",
                        "ended_on",
                        "hours_per_week",
                        "paid",
                        "authorized",
                        "canadian_employer",
                    ]
                ),
                max_size=3,
                unique=True,
            ),
        },
    ),
    max_size=2,
)
forgotten = st.lists(
    st.sampled_from(
        [
            "/candidate/birth_date",
            "/candidate/language_results",
            "/candidate/credentials",
            "/candidate/trade_certificate",
            "/candidate/nomination",
            "/candidate/sibling_in_canada",
            "/partner",
        ]
    ),
    max_size=3,
    unique=True,
)


def remembered(jobs: list[build.Json]) -> list[build.Json]:
    return [{"publicly_funded": False, **{key: value for key, value in job.items() if key != "drop"}} for job in jobs]


@given(cases, stints, forgotten)
def test_a_range_holds_the_score_of_the_facts_that_were_forgotten(
    case: build.Json, jobs: list[build.Json], drop: list[str]
) -> None:
    true = known({**case, "jobs": remembered(jobs)}).low
    score = build.crs({**case, "jobs": jobs, "drop": drop})
    assert score.low <= true <= score.high
    for name, section in score.sections.items():
        assert 0 <= section.low <= section.high <= max(section.max, *CEILINGS[name])


@given(cases, stints, forgotten)
def test_the_ends_of_a_range_are_scores_that_can_be_had(
    case: build.Json, jobs: list[build.Json], drop: list[str]
) -> None:
    partly = {**case, "jobs": jobs, "drop": drop}
    whole, score = build.facts(partly), build.crs(partly)
    assert build.assessed(completed(whole, score.low_with)).crs.total == score.low
    assert build.assessed(completed(whole, score.high_with)).crs.total == score.high
