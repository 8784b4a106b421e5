"""What implementers and candidates get wrong, one test each: language, education, work, the CRS, the rules.

`rules_trap_NN` are the numbered traps of the rules, `category_trap_NN` those of category-based selection; cases with
all their edges are in the other modules. Traps of the three programs, of funds, of deadlines and of how a category is
matched are tested beside those: rules 13, 20 to 24, 34, 35, 37 and 38, categories 1 to 3, 6, 11, 13 to 15, 20 and 26.

Left to the explanations and the conversation, since no number follows from them: rules 11 (leaving a partner behind is
legal only if it is true), 36 (an invitation cannot be deferred) and 43 (Job Bank); categories 10 (say "confirm in the
round's instruction"), 12 (ask about duties, not titles) and 23 (each round has its own instruction). Left to the pages
on documents and fees: rules 39 to 42.
"""

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scoring.abilities import ABILITIES
from scoring.assessment import Assessment, assess
from scoring.draws import normalise
from scoring.draws import shipped as shipped_history
from scoring.language import levels, likely_levels
from scoring.occupations import teer
from scoring.pointers import completed
from scoring.profile import LanguageResult, ProfileError, read
from scoring.provisions import CategoryVersion
from scoring.rulebook import shipped

BASE = Path(__file__).parent / "cases" / "base"
COMPLETE: dict[str, Any] = json.loads((BASE / "complete.json").read_text("utf-8"))
ON = date(2026, 6, 1)
RULES = shipped().on(ON)
BACHELOR = COMPLETE["candidate"]["credentials"][0]
ABROAD = COMPLETE["candidate"]["jobs"][0]
HERE = {**ABROAD, "country": "CA", "canadian_employer": True}
OFFER = {"noc": "21231", "full_time": True, "permanent_or_one_year": True, "route": "a"}
CERTIFICATE = {"noc": "72200", "authority": "Ontario"}


def celpip(*scores: int, **fields: Any) -> dict[str, Any]:
    four = scores * 4 if len(scores) == 1 else scores
    return {"test": "celpip_general", "taken_on": "2025-10-01", **fields, **dict(zip(ABILITIES, four, strict=True))}


def tcf(level: int) -> dict[str, Any]:
    four = {4: (331, 342, 4, 4), 6: (398, 406, 7, 7), 7: (458, 453, 10, 10), 9: (523, 524, 14, 14)}[level]
    return {"test": "tcf_canada", "taken_on": "2025-10-01", **dict(zip(ABILITIES, four, strict=True))}


def look(on: date = ON, **facts: Any) -> Assessment:
    """The complete candidate with other facts, assessed: 29, single, bachelor's, CLB 9, three foreign years."""
    data = copy.deepcopy(COMPLETE)
    data["candidate"] |= facts
    return assess(read(data), on)


def with_partner(candidate: dict[str, Any] | None = None, **partner: Any) -> Assessment:
    """The same candidate, married to somebody of whom nothing else brings points."""
    data = copy.deepcopy(COMPLETE)
    data["candidate"] |= candidate or {}
    told = {"accompanying": True, "canadian_or_permanent_resident": False, "language_results": [], "credentials": [],
            "jobs": [], "sibling_in_canada": False}  # fmt: skip
    data["partner"] = told | partner
    data["household"]["marital_status"] = "married"
    return assess(read(data), ON)


def points(found: Assessment, factor: str) -> int:
    """The points of a factor, with all its abilities and its cap; 0 where it has no line."""
    names = {factor, *(f"{factor}_{part}" for part in (*ABILITIES, "cap"))}
    return sum(line.points for line in found.crs.lines if line.factor in names)


def total(found: Assessment) -> int:
    assert found.crs.total is not None
    return found.crs.total


def verdict(found: Assessment, program: str) -> str:
    return next(fit.verdict for fit in found.programs if fit.id == program)


def result(**given: Any) -> LanguageResult:
    return LanguageResult.model_validate_json(json.dumps(given))


def ended(job: dict[str, Any], started_on: str, ended_on: str | None, hours: float = 40) -> dict[str, Any]:
    return {**job, "started_on": started_on, "ended_on": ended_on, "hours_per_week": hours}


# --- A. the rules --------------------------------------------------------------------------------------------------


def test_rules_trap_01_a_job_offer_pays_nothing_since_2025_03_25() -> None:
    facts: dict[str, Any] = {"job_offers": [OFFER], "language_results": [celpip(9, taken_on="2025-01-15")]}
    last, first = (look(on, **facts) for on in (date(2025, 3, 24), date(2025, 3, 25)))
    assert (points(last, "job_offer"), points(first, "job_offer")) == (50, 0)
    senior = {**facts, "job_offers": [{**OFFER, "noc": "00012"}]}
    assert points(look(date(2025, 3, 24), **senior), "job_offer") == 200
    grid = [look(job_offers=offers, authorized_to_work_in_canada=True).fsw_grid for offers in ([], [OFFER])]
    assert [score.total for score in grid if score] == [68, 68 + 10 + 5]


def test_rules_trap_02_the_reform_of_2026_is_not_law() -> None:
    assert [total(look(on)) for on in (date(2026, 5, 1), date(2026, 5, 25), ON)] == [429, 429, 429]
    assert shipped().proposed()
    assert verdict(look(language_results=[celpip(6)]), "fsw") == "does_not_fit"


@pytest.mark.parametrize(
    ("levels_of_credentials", "paid"),
    [(["one_year"], 25), (["two_year"], 25), (["bachelor"], 25), (["bachelor", "one_year"], 50), (["masters"], 50)],
)
def test_rules_trap_03_one_credential_is_the_middle_tier_however_long(
    levels_of_credentials: list[str], paid: int
) -> None:
    credentials = [{**BACHELOR, "level": level} for level in levels_of_credentials]
    assert points(look(credentials=credentials), "education_and_language") == paid


def test_rules_trap_04_the_lowest_ability_decides_and_never_the_average() -> None:
    one_eight = look(language_results=[celpip(9, 9, 8, 9)])
    assert points(one_eight, "education_and_language") == 13
    assert points(one_eight, "first_language") == 3 * 31 + 23
    assert total(one_eight) == 384


def test_rules_trap_05_only_the_first_official_language_transfers() -> None:
    both: dict[str, Any] = {"language_results": [celpip(9), tcf(7)]}
    english, french = (look(first_official_language=first, **both) for first in ("en", "fr"))
    assert (points(english, "education_and_language"), points(french, "education_and_language")) == (25, 13)
    assert (points(english, "foreign_work_and_language"), points(french, "foreign_work_and_language")) == (50, 25)


def test_rules_trap_06_the_second_language_is_capped_by_column() -> None:
    both: dict[str, Any] = {"language_results": [celpip(9), tcf(9)], "first_official_language": "en"}
    assert points(look(**both), "second_language") == 24
    assert points(with_partner(both), "second_language") == 22
    assert [line.points for line in with_partner(both).crs.lines if line.factor == "second_language_cap"] == [-2]


@pytest.mark.parametrize(
    ("english", "paid"), [([], 25), ([celpip(4)], 25), ([celpip(5, 5, 5, 4)], 25), ([celpip(5)], 50)]
)
def test_rules_trap_07_french_pays_25_or_50_and_never_both(english: list[dict[str, Any]], paid: int) -> None:
    found = look(language_results=[tcf(7), *english], first_official_language="fr")
    assert points(found, "french") == paid
    assert points(look(language_results=[tcf(7), *english], first_official_language="en"), "french") == paid
    assert points(look(language_results=[tcf(6), *english], first_official_language="fr"), "french") == 0


def test_rules_trap_08_levels_4_to_6_of_the_first_language_pay() -> None:
    alone = [points(look(language_results=[celpip(level)]), "first_language") for level in (3, 4, 5, 6)]
    joined = [points(with_partner({"language_results": [celpip(level)]}), "first_language") for level in (3, 4, 5, 6)]
    assert (alone, joined) == ([0, 24, 24, 36], [0, 24, 24, 32])


def test_rules_trap_09_a_partner_is_paid_from_level_5() -> None:
    paid = [
        points(with_partner(language_results=[celpip(level)]), "partner_language") for level in (4, 5, 6, 7, 8, 9, 10)
    ]
    assert paid == [0, 4, 4, 12, 12, 20, 20]


def test_rules_trap_10_a_partner_who_is_canadian_or_stays_is_no_partner_for_the_score() -> None:
    alone, joined = look(), with_partner()
    assert total(with_partner(canadian_or_permanent_resident=True, credentials=None)) == total(alone) == 429
    assert total(with_partner(accompanying=False)) == 429
    assert total(joined) < 429
    assert not [line for line in with_partner(accompanying=False).crs.lines if line.factor.startswith("partner")]


def test_rules_trap_12_age_is_the_age_of_the_day_and_changes_on_the_birthday() -> None:
    days = {day: points(look(day), "age") for day in (date(2027, 2, 20), date(2027, 2, 21), date(2027, 2, 22))}
    assert list(days.values()) == [110, 105, 105]


@pytest.mark.parametrize("excluded", [{"full_time_student": True}, {"self_employed": True}, {"authorized": False}])
def test_rules_trap_14_canadian_experience_leaves_out_study_self_employment_and_unauthorized_work(
    excluded: dict[str, Any],
) -> None:
    assert points(look(jobs=[HERE]), "canadian_work") == 64
    assert points(look(jobs=[HERE | excluded]), "canadian_work") == 0
    assert points(look(jobs=[HERE | excluded]), "foreign_work_and_language") == 0


def test_rules_trap_14_the_exception_is_a_publicly_funded_physician() -> None:
    physician = {**HERE, "noc": "31102", "self_employed": True, "publicly_funded": True}
    assert points(look(jobs=[physician]), "canadian_work") == 64


@pytest.mark.parametrize("allowed", [{"full_time_student": True}, {"self_employed": True}])
def test_rules_trap_15_foreign_experience_keeps_them(allowed: dict[str, Any]) -> None:
    assert points(look(jobs=[ABROAD | allowed]), "foreign_work_and_language") == 50


def test_rules_trap_16_the_crs_looks_back_ten_years_and_the_cec_three() -> None:
    old = ended(HERE, "2019-01-01", "2021-12-31")
    found = look(jobs=[old])
    assert points(found, "canadian_work") == 64
    assert verdict(found, "cec") == "does_not_fit"
    assert verdict(look(jobs=[ended(HERE, "2025-01-01", None)]), "cec") == "fits"
    assert points(look(jobs=[ended(HERE, "2013-06-01", "2016-05-31")]), "canadian_work") == 0


def test_rules_trap_17_overtime_and_a_second_job_do_not_double_a_year() -> None:
    half_a_year = ended(HERE, "2025-01-01", "2025-06-30", hours=60)
    assert points(look(jobs=[half_a_year]), "canadian_work") == 0
    assert points(look(jobs=[half_a_year, {**half_a_year, "noc": "21232"}]), "canadian_work") == 0
    part_time = ended(HERE, "2024-01-01", "2025-12-28", hours=15)
    assert points(look(jobs=[part_time]), "canadian_work") == 40


def test_rules_trap_18_experience_is_never_rounded_up() -> None:
    jobs = {
        "1 y 11 m": ("2024-01-01", "2025-11-30"),
        "2 y": ("2024-01-01", "2025-12-31"),
        "11.9 m": ("2025-01-01", "2025-12-30"),
    }
    paid = {name: points(look(jobs=[ended(HERE, *dates)]), "canadian_work") for name, dates in jobs.items()}
    assert paid == {"1 y 11 m": 40, "2 y": 53, "11.9 m": 0}


def test_rules_trap_19_work_from_canada_for_an_employer_abroad_is_foreign() -> None:
    remote = look(jobs=[{**HERE, "canadian_employer": False}])
    assert (points(remote, "canadian_work"), points(remote, "foreign_work_and_language")) == (0, 50)
    assert verdict(remote, "cec") == "does_not_fit"


def test_rules_trap_25_a_certificate_pays_by_the_lowest_first_language_and_needs_no_work() -> None:
    paid = [
        points(
            look(trade_certificate=CERTIFICATE, language_results=[celpip(*scores)], jobs=[]), "certificate_and_language"
        )
        for scores in ((4,), (9, 9, 9, 4), (5,), (6,), (7,), (9,))
    ]
    assert paid == [0, 0, 25, 25, 50, 50]
    assert points(look(), "certificate_and_language") == 0


def test_rules_trap_26_additional_points_stop_at_600() -> None:
    found = look(nomination={"enhanced": True}, sibling_in_canada=True)
    assert (points(found, "nomination"), points(found, "sibling"), points(found, "additional_cap")) == (600, 15, -15)
    assert found.crs.sections["additional"].points == 600
    assert total(found) == 429 + 600


def test_rules_trap_27_canadian_study_wants_its_conditions_and_is_apart_from_the_level() -> None:
    canadian = {"level": "bachelor", "country": "CA", "completed_on": "2020-06-01"}
    with_them, without = (look(credentials=[{**canadian, "full_time_in_canada": full}]) for full in (True, False))
    assert (points(with_them, "canadian_study"), points(without, "canadian_study")) == (30, 0)
    assert points(with_them, "education") == points(without, "education") == 120


def test_rules_trap_28_an_eca_lasts_five_years_and_a_language_result_two() -> None:
    eca = {
        issued: look(credentials=[{**BACHELOR, "eca": {"issued_on": issued}}])
        for issued in ("2021-06-02", "2021-06-01")
    }
    assert [points(found, "education") for found in eca.values()] == [120, 0]
    taken = [look(language_results=[celpip(9, taken_on=day)]) for day in ("2024-06-02", "2024-06-01")]
    assert [points(found, "first_language") for found in taken] == [124, 0]


def test_rules_trap_29_the_tef_counts_by_its_old_score_whatever_the_day_of_the_test() -> None:
    scores = {"listening": 249, "reading": 207, "writing": 310, "speaking": 310}
    for taken_on in ("2019-09-30", "2023-12-10", "2023-12-11", "2026-05-01"):
        tef = result(test="tef_canada", scale="old_score", taken_on=taken_on, **scores)
        assert levels(tef, RULES) == (7, 7, 7, 7)
        assert likely_levels(tef, RULES) is None


def test_rules_trap_29_a_tef_value_that_fits_both_scales_is_never_guessed() -> None:
    scores = {"listening": 300, "reading": 300, "writing": 400, "speaking": 400}
    for scale in ({}, {"scale": "score_699"}):
        found = look(language_results=[{"test": "tef_canada", "taken_on": "2026-01-01", **scale, **scores}])
        assert found.crs.total is None
    for name, most in (("reading", 300), ("listening", 360), ("writing", 450), ("speaking", 450)):
        assert result(test="tef_canada", **{name: most + 1}).scale is None
        with pytest.raises(ProfileError):
            read({"candidate": {"language_results": [{"test": "tef_canada", "scale": "old_score", name: most + 1}]}})


def test_rules_trap_30_ielts_listening_7_is_level_7_and_reading_7_is_level_9() -> None:
    for listening, level in ((6.5, 7), (7, 7), (7.5, 8), (8, 9)):
        found = levels(result(test="ielts_general", listening=listening, reading=7, writing=7, speaking=7), RULES)
        assert found == (level, 9, 9, 9)


def test_rules_trap_31_celpip_11_and_12_pay_as_10() -> None:
    paid = {level: total(look(language_results=[celpip(level)])) for level in (9, 10, 11, 12)}
    assert paid[9] < paid[10] == paid[11] == paid[12]


def test_rules_trap_32_toefl_essentials_is_not_accepted() -> None:
    with pytest.raises(ProfileError) as found:
        read({"candidate": {"language_results": [{"test": "toefl_essentials"}]}})
    assert "toefl" not in found.value.allowed
    assert not [test for test, _ in shipped().on(date(2026, 11, 21)).charts if "toefl" in test]


def test_rules_trap_33_there_is_no_funds_table_of_2026() -> None:
    funds = shipped().on(date(2026, 11, 21)).funds
    assert funds is not None
    assert (funds.id, funds.in_force_from, funds.needed(1)) == ("2025", date(2025, 7, 7), 15263)


# --- B. categories -------------------------------------------------------------------------------------------------

VERSIONS = {
    f"{entry.category}.{entry.version}": entry for entry in shipped().entries("categories", "category", CategoryVersion)
}


def in_force(category: str, on: date) -> CategoryVersion:
    (found,) = [entry for entry in shipped().on(on).categories if entry.category == category]
    return found


def test_category_trap_04_six_months_were_enough_up_to_2026_02_17() -> None:
    assert (in_force("healthcare", date(2026, 2, 17)).months, in_force("healthcare", date(2026, 2, 18)).months) == (
        6,
        12,
    )


def test_category_trap_05_months_had_to_be_in_a_row_up_to_2026_02_17() -> None:
    for category in ("healthcare", "stem", "trades", "education"):
        assert in_force(category, date(2026, 2, 17)).continuous
        assert not in_force(category, date(2026, 2, 18)).continuous


def test_category_trap_07_only_three_categories_ask_for_canadian_experience() -> None:
    assert {entry.category for entry in RULES.categories if entry.canada_only} == {
        "physicians",
        "senior_managers",
        "researchers",
    }


def test_category_trap_08_part_time_work_is_converted() -> None:
    educator = {**ABROAD, "noc": "42202"}
    facts = {
        name: next(fit.facts_verdict for fit in look(jobs=[job]).categories if fit.id == "education")
        for name, job in (
            ("728 days", ended(educator, "2024-01-01", "2025-12-28", hours=15)),
            ("727 days", ended(educator, "2024-01-01", "2025-12-27", hours=15)),
            ("60 hours", ended(educator, "2025-01-01", "2025-06-30", hours=60)),
        )
    }
    assert facts == {"728 days": "fits", "727 days": "does_not_fit", "60 hours": "does_not_fit"}


def test_category_trap_09_an_unpaid_internship_is_no_work() -> None:
    nurse = {**ABROAD, "noc": "31301"}
    facts = [
        next(fit.facts_verdict for fit in look(jobs=[{**nurse, "paid": paid}]).categories if fit.id == "healthcare")
        for paid in (True, False)
    ]
    assert facts == ["fits", "does_not_fit"]
    assert points(look(jobs=[{**nurse, "paid": False}]), "foreign_work_and_language") == 0


def test_category_trap_16_truck_drivers_are_not_back_with_transport() -> None:
    assert in_force("transport", date(2026, 2, 18)).nocs == {"22313", "72404", "72410", "72600"}
    assert "73300" in VERSIONS["transport.v1"].nocs
    assert not [entry for entry in shipped().on(date(2025, 6, 1)).categories if entry.category == "transport"]


def test_category_trap_17_stem_is_not_software() -> None:
    stem = in_force("stem", ON).nocs
    assert not stem & {"21231", "21232", "21222", "21234"}
    assert {"63100", "21220"} <= stem
    assert in_force("stem", date(2025, 2, 26)).nocs >= {"21231", "21232"}


def test_category_trap_18_cooks_were_in_trades_for_one_year_only() -> None:
    days = (date(2025, 2, 26), date(2025, 2, 27), date(2026, 2, 17), date(2026, 2, 18))
    assert ["63200" in in_force("trades", day).nocs for day in days] == [False, True, True, False]
    assert ["63201" in in_force("trades", day).nocs for day in days] == [False, False, False, True]


@pytest.mark.parametrize(
    ("category", "last"), [("stem", date(2024, 4, 11)), ("education", date(2025, 9, 17)), ("researchers", None)]
)
def test_category_trap_19_a_listed_category_may_not_have_been_drawn_for_long(category: str, last: date | None) -> None:
    entry = in_force(category, ON)
    found = shipped_history().last_round(category, ON)
    assert (found.date if found else None) == last
    assert shipped_history().drawn(category, entry.version, ON, entry.in_force_from) == "never"


def test_category_trap_21_senior_managers_are_four_groups_and_site_managers_are_trades() -> None:
    assert in_force("senior_managers", ON).nocs == {"00012", "00013", "00014", "00015"}
    assert in_force("senior_managers", ON).canada_only
    assert "70010" in in_force("trades", ON).nocs


def test_category_trap_22_work_in_quebec_is_work_in_canada_and_only_the_intent_to_live_there_excludes() -> None:
    worked = {**COMPLETE["candidate"], "jobs": [HERE]}
    data = completed(COMPLETE, {"/candidate": worked, "/household/intends_quebec": True})
    there = assess(read(data), ON)
    assert points(there, "canadian_work") == 64
    assert {fit.verdict for fit in there.programs} == {"does_not_fit"}
    assert verdict(look(jobs=[HERE]), "cec") == "fits"


def test_category_trap_24_labels_change_after_the_fact_and_mean_the_same_version() -> None:
    for year in ("2023-1", "2024-1"):
        assert normalise(f"French language proficiency ({year})") == normalise(
            "French language proficiency (Version 1)"
        )
    assert {held.version for held in shipped_history().rounds if held.type == "french" and held.date.year == 2023} == {
        "v1"
    }


def test_category_trap_25_no_listed_group_is_of_teer_4_or_5() -> None:
    listed = {noc for entry in VERSIONS.values() for noc in entry.nocs}
    assert {teer(noc) for noc in listed} == {0, 1, 2, 3}
