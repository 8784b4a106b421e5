"""Tests over the rules themselves: references, dates, complete tables, lists of occupations, language charts."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from scoring.abilities import ABILITIES
from scoring.education import LEVELS
from scoring.language import levels, likely_levels
from scoring.occupations import teer, unit_groups
from scoring.profile import LanguageResult, read
from scoring.provisions import UNOFFICIAL, CategoryVersion, Chart, HighWageTable, Provision
from scoring.resources import toml
from scoring.rulebook import MANY, TOPICS, Rules, shipped

BASE = Path(__file__).parent / "cases" / "base"
CHARTS: dict[str, list[dict[str, Any]]] = tomllib.loads((BASE / "charts.toml").read_text("utf-8"))
OLD: list[dict[str, Any]] = tomllib.loads((BASE / "old_dates.toml").read_text("utf-8"))["answers"]
LISTS: dict[str, list[dict[str, Any]]] = tomllib.loads((BASE / "category_lists.toml").read_text("utf-8"))

START = date(2015, 1, 1)
COMPILED = date(2026, 11, 21)
RULES = shipped().on(COMPILED)
EVERY = shipped().every()
VERSIONS = shipped().entries("categories", "category", CategoryVersion)


def label(found: tuple[str, str, Provision]) -> str:
    return f"{found[0]}.{found[1]}.{found[2].in_force_from}"


def timelines() -> dict[str, list[Provision]]:
    """Every table by its name; charts and category versions apart, each by itself."""
    found: dict[str, list[Provision]] = defaultdict(list)
    for topic, table, entry in EVERY:
        key = f"{topic}.{table}"
        if isinstance(entry, Chart):
            key += f".{entry.test}.{entry.scale}"
        if isinstance(entry, CategoryVersion):
            key += f".{entry.category}"
        found[key].append(entry)
    return found


TIMELINES = timelines()
GAPS = {"categories.category.transport": [(date(2025, 2, 27), date(2026, 2, 17))]}
"""Off the page for a time: transport was no category between the sets of 2023 and 2026."""
RETIRED = {"categories.category.agriculture": date(2026, 2, 17)}


# --- every entry ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("found", EVERY, ids=label)
def test_every_entry_says_where_it_comes_from_and_when_it_was_checked(found: tuple[str, str, Provision]) -> None:
    topic, _, entry = found
    assert len(entry.reference) > 8
    assert entry.url.startswith(("https://", "http://")) or (topic == "near" and entry.url == "scoring/rules/near.toml")
    assert date(2026, 1, 1) <= entry.checked_on <= COMPILED
    assert entry.read in ("official_text", "official_copy", "transcription", "secondary", "inferred")


@pytest.mark.parametrize("found", EVERY, ids=label)
def test_what_is_marked_as_official_stands_on_an_official_page(found: tuple[str, str, Provision]) -> None:
    entry = found[2]
    official = re.match(r"https://(www\.)?canada\.ca/|https://laws-lois\.justice\.gc\.ca/", entry.url) is not None
    if entry.read in ("official_text", "official_copy"):
        assert official
    if not official:
        assert entry.read in (*UNOFFICIAL, "transcription")


@pytest.mark.parametrize("name", TOPICS)
def test_a_file_of_rules_holds_only_tables_that_are_read(name: str) -> None:
    extra = {"programs": {"pool"}}
    assert set(toml(f"rules/{name}.toml")) <= set(TOPICS[name]) | extra.get(name, set())


@pytest.mark.parametrize("name", TIMELINES)
def test_dates_are_in_order_without_overlap_or_gap(name: str) -> None:
    entries, gaps = TIMELINES[name], []
    for entry, following in pairwise(entries):
        assert entry.in_force_until is not None
        assert entry.in_force_from <= entry.in_force_until < following.in_force_from
        if entry.in_force_until + timedelta(1) != following.in_force_from:
            gaps.append((entry.in_force_until + timedelta(1), following.in_force_from - timedelta(1)))
    assert gaps == GAPS.get(name, [])


@pytest.mark.parametrize("name", TIMELINES)
def test_the_last_entry_is_still_in_force_unless_it_was_retired(name: str) -> None:
    assert TIMELINES[name][-1].in_force_until == RETIRED.get(name)


@pytest.mark.parametrize(
    "name", [name for name in TIMELINES if name.startswith(("crs.", "work.counting", "language.validity"))]
)
def test_what_a_score_cannot_do_without_starts_with_express_entry(name: str) -> None:
    assert TIMELINES[name][0].in_force_from == START


def test_only_charts_and_categories_have_several_entries_in_force_at_once() -> None:
    for topic, tables in TOPICS.items():
        for table, kind in tables.items():
            for entry in shipped().entries(topic, table, kind):
                together = shipped().all(topic, table, kind, entry.in_force_from)
                assert len(together) == 1 or table in MANY, (topic, table)


ANSWERS: dict[str, Callable[[Rules], Any]] = {
    "nomination": lambda rules: rules.nomination.points,
    "sibling": lambda rules: rules.sibling.points,
    "french": lambda rules: [rules.french.points_alone, rules.french.points_with_english],
    "canadian_study": lambda rules: [rules.canadian_study.levels[level] for level in ("two_year", "bachelor")],
    "job_offer": lambda rules: [rules.job_offer.points_senior_managers, rules.job_offer.points],
    "job_offer_routes": lambda rules: list(rules.job_offer.routes),
    "noc_in_use": lambda rules: rules.noc_in_use,
    "physicians": lambda rules: sorted(rules.physicians.nocs) if rules.physicians else [],
    "tests": lambda rules: sorted({test for test, scale in rules.charts if scale != "score_699"}),
    "invitation_days": lambda rules: rules.invitation.days if rules.invitation else None,
    "funds": lambda rules: [rules.funds.needed(size) for size in (1, 7, 9)] if rules.funds else [],
    "categories": lambda rules: sorted(f"{entry.category}.{entry.version}" for entry in rules.categories),
    "category_sets": lambda rules: [entry.id for entry in rules.category_sets],
    "validity": lambda rules: [rules.language_years, rules.eca_years],
}


@pytest.mark.parametrize("case", OLD, ids=lambda case: f"{case['what']} {case['on']}")
def test_an_old_date_gives_the_old_answer(case: dict[str, Any]) -> None:
    assert ANSWERS[case["what"]](shipped().on(case["on"])) == case["is"]


# --- complete tables -----------------------------------------------------------------------------------------------


def step_tables(value: Any, path: str = "") -> list[tuple[str, list[dict[str, Any]]]]:
    """Every list of steps in the files of rules, wherever it stands."""
    if isinstance(value, dict):
        return [found for key, item in value.items() for found in step_tables(item, f"{path}.{key}")]
    if isinstance(value, list) and value and all(isinstance(item, dict) and "at" in item for item in value):
        return [(path, value)]
    if isinstance(value, list):
        return [found for place, item in enumerate(value) for found in step_tables(item, f"{path}[{place}]")]
    return []


STEPS = [found for topic in TOPICS for found in step_tables(toml(f"rules/{topic}.toml"), topic)]


def test_there_are_as_many_step_tables_as_the_law_has() -> None:
    assert len(STEPS) == 13


@pytest.mark.parametrize(("path", "steps"), STEPS, ids=lambda value: value if isinstance(value, str) else "")
def test_steps_start_at_nothing_and_rise(path: str, steps: list[dict[str, Any]]) -> None:
    at = [step["at"] for step in steps]
    assert at[0] == 0, path
    assert at == sorted(set(at))
    assert all(set(step) == set(steps[0]) for step in steps)


AGES = {  # completed years: (with a partner, without)
    **dict.fromkeys(range(18), (0, 0)),
    18: (90, 99),
    19: (95, 105),
    **dict.fromkeys(range(20, 30), (100, 110)),
    **{30 + place: pair for place, pair in enumerate([(95, 105), (90, 99), (85, 94), (80, 88), (75, 83)])},
    **{35 + place: pair for place, pair in enumerate([(70, 77), (65, 72), (60, 66), (55, 61), (50, 55)])},
    **{40 + place: pair for place, pair in enumerate([(45, 50), (35, 39), (25, 28), (15, 17), (5, 6)])},
    **dict.fromkeys(range(45, 121), (0, 0)),
}


def test_every_age_has_its_points_in_both_columns() -> None:
    assert {age: (RULES.age.points(age, True), RULES.age.points(age, False)) for age in range(121)} == AGES
    assert (RULES.age.max.of(True), RULES.age.max.of(False)) == (100, 110)


FIRST = {0: (0, 0), 4: (6, 6), 5: (6, 6), 6: (8, 9), 7: (16, 17), 8: (22, 23), 9: (29, 31), 10: (32, 34), 12: (32, 34)}
SECOND = {0: 0, 4: 0, 5: 1, 6: 1, 7: 3, 8: 3, 9: 6, 10: 6, 12: 6}
PARTNERS = {0: 0, 4: 0, 5: 1, 6: 1, 7: 3, 8: 3, 9: 5, 10: 5, 12: 5}


def test_every_level_of_language_has_its_points() -> None:
    table = RULES.first_language
    assert {clb: (table.points(clb, True), table.points(clb, False)) for clb in FIRST} == FIRST
    assert {clb: RULES.second_language.points(clb) for clb in SECOND} == SECOND
    assert {clb: RULES.partner_language.points(clb) for clb in PARTNERS} == PARTNERS
    assert all(table.points(clb, False) == 0 for clb in (1, 2, 3))


def test_every_level_of_education_has_its_points_in_every_table() -> None:
    assert tuple(RULES.education.levels) == LEVELS
    assert tuple(RULES.partner_education.levels) == LEVELS
    assert tuple(RULES.transferability.education_tiers) == LEVELS
    assert RULES.fsw_grid is not None
    assert tuple(RULES.fsw_grid.education) == LEVELS
    assert set(RULES.canadian_study.levels) == set(LEVELS) - {"none", "secondary", "two_or_more"}


def test_points_of_education_and_work_never_fall_with_more_of_it() -> None:
    for applies in (True, False):
        paid = [RULES.education.levels[level].of(applies) for level in LEVELS]
        worked = [RULES.canadian_work.points(years, applies) for years in range(8)]
        assert paid == sorted(paid)
        assert worked == sorted(worked)
        assert (paid[-1], worked[-1]) == (RULES.education.max.of(applies), RULES.canadian_work.max.of(applies))


@pytest.mark.parametrize("applies", [True, False])
def test_the_parts_of_the_core_add_up_to_its_maximum(applies: bool) -> None:
    parts = (RULES.age, RULES.education, RULES.first_language, RULES.second_language, RULES.canadian_work)
    assert sum(part.max.of(applies) for part in parts) == RULES.core.max.of(applies)
    whole = RULES.core.max.of(applies) + (RULES.partner.max if applies else 0)
    assert whole + RULES.transferability.max + RULES.additional.max == RULES.total.max == 1200


def test_the_parts_of_the_partner_add_up_to_their_maximum() -> None:
    parts = (RULES.partner_education, RULES.partner_language, RULES.partner_work)
    assert sum(part.max for part in parts) == RULES.partner.max == 40


@pytest.mark.parametrize("name", ["education_language", "education_work", "foreign_language", "foreign_work"])
def test_every_matrix_of_transferability_is_complete(name: str) -> None:
    assert getattr(RULES.transferability, name) == ((0, 0, 0), (0, 13, 25), (0, 25, 50))


# --- occupations ---------------------------------------------------------------------------------------------------


def all_lists() -> list[tuple[str, frozenset[str]]]:
    found = [(f"{entry.category}.{entry.version}", entry.nocs) for entry in VERSIONS if entry.kind != "language"]
    if RULES.physicians:
        found.append(("work.physicians", RULES.physicians.nocs))
    wages = [table for _, _, table in EVERY if isinstance(table, HighWageTable)]
    return found + [(level.id, level.nocs) for table in wages for level in table.levels]


@pytest.mark.parametrize(("name", "nocs"), all_lists(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_listed_unit_group_exists_and_is_of_teer_0_to_3(name: str, nocs: frozenset[str]) -> None:
    assert nocs, name
    assert {noc for noc in nocs if noc not in unit_groups()} == set()
    assert {noc for noc in nocs if teer(noc) > 3} == set()


def test_no_list_of_the_file_names_a_unit_group_twice() -> None:
    for entry in toml("rules/categories.toml")["category"]:
        listed = entry.get("nocs", [])
        assert len(listed) == len(set(listed)), entry["category"]


@pytest.mark.parametrize("case", LISTS["versions"], ids=lambda case: f"{case['category']}.{case['version']}")
def test_a_version_has_its_count_of_groups_its_months_and_its_conditions(case: dict[str, Any]) -> None:
    (found,) = [entry for entry in VERSIONS if (entry.category, entry.version) == (case["category"], case["version"])]
    assert found.kind == "occupation"
    assert found.window_years == 3
    assert (len(found.nocs), found.months, found.continuous, found.canada_only) == (
        case["groups"],
        case["months"],
        case["continuous"],
        case["canada_only"],
    )


def test_every_occupation_version_is_among_those_counted() -> None:
    counted = {(case["category"], case["version"]) for case in LISTS["versions"]}
    assert {(entry.category, entry.version) for entry in VERSIONS if entry.kind == "occupation"} == counted


@pytest.mark.parametrize("case", LISTS["listed"], ids=lambda case: f"{case['noc']} {case['title']}")
def test_a_unit_group_is_listed_where_the_law_lists_it(case: dict[str, Any]) -> None:
    assert [f"{entry.category}.{entry.version}" for entry in VERSIONS if case["noc"] in entry.nocs] == sorted(
        case["versions"], key=[f"{entry.category}.{entry.version}" for entry in VERSIONS].index
    )


def test_the_only_groups_in_two_categories_of_2026_are_the_physicians() -> None:
    places = defaultdict(set)
    for entry in RULES.categories:
        for noc in entry.nocs:
            places[noc].add(entry.category)
    shared = {noc: where for noc, where in places.items() if len(where) > 1}
    assert shared == {noc: {"healthcare", "physicians"} for noc in ("31100", "31101", "31102")}


def test_french_asks_for_level_seven_and_nothing_else() -> None:
    for entry in VERSIONS:
        if entry.category == "french":
            assert (entry.kind, entry.min_level, entry.months, entry.nocs) == ("language", 7, 0, frozenset())


def test_military_asks_for_an_offer_of_three_years_and_service_of_ten() -> None:
    (found,) = [entry for entry in VERSIONS if entry.kind == "military"]
    assert (found.offer_years, found.service_years, found.education_minimum) == (3, 10, "two_year")
    assert found.nocs == {"40042", "42102", "43204"}


def test_what_sources_dispute_is_marked_and_never_sure() -> None:
    disputed = {f"{entry.category}.{entry.version}": entry.disputed for entry in VERSIONS if entry.disputed}
    assert disputed == {"stem.2025": "nocs", "physicians.2025": "continuous", "military.2026-v1": "serving"}
    assert all(entry.confidence != "high" for entry in VERSIONS if entry.disputed)


def test_names_of_categories_are_there_in_both_languages() -> None:
    assert [entry.category for entry in VERSIONS if not entry.name_en or not entry.name_fr] == []


def test_there_are_516_unit_groups_and_the_second_digit_is_the_teer() -> None:
    groups = unit_groups()
    by_teer = [sum(group.teer == level for group in groups.values()) for level in range(6)]
    assert (len(groups), by_teer) == (516, [48, 97, 162, 69, 95, 45])
    assert list(groups) == sorted(groups)
    assert all(group.teer == teer(code) == int(code[1]) for code, group in groups.items())
    assert all(re.fullmatch(r"\d{5}", code) and group.title_en and group.title_fr for code, group in groups.items())


# --- language charts -----------------------------------------------------------------------------------------------


def chart_of(case: dict[str, Any]) -> Chart:
    charts = shipped().entries("language", "chart", Chart)
    found = [chart for chart in charts if (chart.test, chart.scale) == (case["test"], case["scale"])]
    if "of_tests_on" in case:
        found = [chart for chart in found if chart.holds(case["of_tests_on"])]
    (chart,) = found
    return chart


THRESHOLDS = [
    (case, row["level"], ability, row[ability], below)
    for case in CHARTS["chart"]
    for below, row in zip([0, *(row["level"] for row in case["levels"])], case["levels"], strict=False)
    for ability in ABILITIES
]


def threshold_name(value: Any) -> str:
    return f"{value['test']}{value['scale']}{value.get('of_tests_on', '')}" if isinstance(value, dict) else str(value)


@pytest.mark.parametrize(("case", "level", "ability", "lowest", "below"), THRESHOLDS, ids=threshold_name)
def test_a_threshold_gives_its_level_and_one_step_less_the_level_below(
    case: dict[str, Any], level: int, ability: str, lowest: float, below: int
) -> None:
    chart = chart_of(case)
    assert chart.level(ability, lowest) == level
    assert chart.level(ability, lowest - case["step"]) == below


@pytest.mark.parametrize("case", CHARTS["chart"], ids=threshold_name)
def test_a_chart_has_the_typed_levels_and_no_other(case: dict[str, Any]) -> None:
    chart = chart_of(case)
    for ability in ABILITIES:
        typed = [(row[ability], row["level"]) for row in case["levels"]]
        domain = chart.domain[ability]
        assert chart.levels[ability] == ((domain.min, 0), *typed)
        assert domain.step == case["step"]
        assert domain.min < typed[0][0]
        assert typed[-1][0] <= domain.max


def test_every_chart_there_is_was_typed() -> None:
    typed = [chart_of(case) for case in CHARTS["chart"]]
    assert len(typed) == len(shipped().entries("language", "chart", Chart)) == 7
    assert len({id(chart) for chart in typed}) == 7


def the_result(given: dict[str, Any]) -> LanguageResult:
    candidate = read({"candidate": {"language_results": [given]}}).candidate
    assert candidate is not None
    assert candidate.language_results is not None
    return candidate.language_results[0]


@pytest.mark.parametrize("case", CHARTS["worked"], ids=lambda case: str(list(case["result"].values())))
def test_a_whole_result_gives_its_four_levels(case: dict[str, Any]) -> None:
    assert levels(the_result(case["result"]), RULES) == tuple(case["levels"])


@pytest.mark.parametrize("case", CHARTS["likely"], ids=lambda case: str(list(case["result"].values())))
def test_a_tef_value_out_of_699_has_a_likely_level_by_the_day_of_the_test(case: dict[str, Any]) -> None:
    assert likely_levels(the_result(case["result"]), RULES) == case["levels"]


@pytest.mark.parametrize("case", CHARTS["not_likely"], ids=lambda case: str(list(case["result"].values())))
def test_there_is_no_likely_level_without_a_chart_a_day_and_the_scale(case: dict[str, Any]) -> None:
    assert likely_levels(the_result(case["result"]), RULES) is None


# --- what is only reported -----------------------------------------------------------------------------------------


def test_the_reported_change_is_listed_from_its_day_with_no_table_behind_it() -> None:
    (reported,) = shipped().reported()
    assert (reported.id, reported.since) == ("high-wage-2026-11-03", date(2026, 11, 3))
    assert reported.reference
    assert reported.checked_on <= COMPILED
    assert all(not table.levels for _, _, table in EVERY if isinstance(table, HighWageTable))


def test_every_proposal_is_listed_with_its_day_and_its_source() -> None:
    proposed = shipped().proposed()
    assert [change.announced for change in proposed] == sorted(change.announced for change in proposed)
    assert {change.announced for change in proposed} == {
        date(2025, 11, 1),
        date(2026, 4, 1),
        date(2026, 4, 10),
        date(2026, 4, 23),
    }
    assert len({change.id for change in proposed}) == len(proposed) == 5
    assert all(change.reference and change.urls for change in proposed)


def test_no_crs_table_changed_after_the_end_of_points_for_job_offers() -> None:
    crs = [entry.in_force_from for topic, _, entry in EVERY if topic == "crs"]
    assert max(crs) == date(2025, 3, 25)
