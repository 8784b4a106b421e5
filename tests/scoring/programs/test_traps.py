"""The traps of the reference that concern programs and deadlines, by the numbers they have there."""

from datetime import date

import pytest

from scoring.profile import ProfileError, read
from tests.scoring.programs.builders import (
    Json,
    Words,
    assessed,
    category,
    codes,
    grid,
    points,
    profile,
    program,
    reason,
)

CEC_YEAR = "21231 CA 2025-06-01..2026-05-31"


def verdict(case: Words, name: str) -> str:
    return program(assessed(case), name).verdict


def test_rules_trap_01_job_offer_pays_in_the_grid_and_no_more_in_the_crs() -> None:
    with_offer, without = assessed({"offers": ["21231 c"]}), assessed({})
    assert grid(with_offer).low - grid(without).low == 15
    assert with_offer.crs.total == without.crs.total
    last_day = assessed({"on": date(2025, 3, 24), "offers": ["21231 c"]})
    assert last_day.crs.total == (assessed({"on": date(2025, 3, 24)}).crs.total or 0) + 50


def test_rules_trap_02_proposed_single_class_is_never_applied() -> None:
    # what the proposal would take: level 6, secondary school, one cumulative year in three
    jobs = ["21231 IN 2024-06-01..2024-11-30", "21231 IN 2025-06-01..2025-11-30"]
    found = assessed({"english": "6 6 6 6", "credentials": ["secondary IN eca"], "jobs": jobs})
    assert [(fit.id, fit.verdict) for fit in found.programs] == [
        ("fsw", "does_not_fit"),
        ("cec", "does_not_fit"),
        ("fst", "does_not_fit"),
    ]


def test_rules_trap_03_three_year_diploma_and_bachelor_are_one_level_of_the_grid() -> None:
    assert points(assessed({"credentials": ["bachelor IN eca"]}))["grid_education"] == 21
    assert points(assessed({"credentials": ["two_year IN eca", "one_year IN eca"]}))["grid_education"] == 19
    assert points(assessed({"credentials": ["bachelor IN eca", "secondary IN eca"]}))["grid_education"] == 21


def test_rules_trap_09_partner_at_level_four_counts_in_the_grid() -> None:
    assert points(assessed({"partner": {"english": "4 4 4 4"}}))["grid_partner_language"] == 5


def test_rules_trap_10_permanent_resident_partner_brings_nothing_and_is_counted_in_the_family() -> None:
    found = assessed({"partner": {"canadian": True, "english": "9 9 9 9", "study": True}, "funds": 19000})
    assert points(found)["grid_partner_language"] == points(found)["grid_partner_study"] == 0
    assert reason(program(found, "fsw"), "funds_short")["need"] == 19001


def test_rules_trap_11_partner_who_stays_behind_is_still_family() -> None:
    found = program(assessed({"partner": {"accompanying": False}, "funds": 19000}), "fsw")
    assert reason(found, "funds_short")["need"] == 19001


def test_rules_trap_12_age_is_that_of_the_day() -> None:
    assert points(assessed({"born": date(1990, 6, 2)}))["grid_age"] == 12
    assert points(assessed({"born": date(1990, 6, 1)}))["grid_age"] == 11


def test_rules_trap_14_canadian_class_leaves_out_student_and_self_employed_work() -> None:
    assert verdict({"jobs": [CEC_YEAR]}, "cec") == "fits"
    for kind in ("student", "self", "unauthorized"):
        assert verdict({"jobs": [f"{CEC_YEAR} {kind}"]}, "cec") == "does_not_fit"
    assert verdict({"jobs": ["31102 CA 2025-06-01..2026-05-31 self public"]}, "cec") == "fits"


@pytest.mark.parametrize("kind", ["student", "self"])
def test_rules_trap_15_exclusions_do_not_touch_foreign_work(kind: str) -> None:
    assert verdict({"jobs": [f"21231 IN 2020-06-01.. {kind}"]}, "fsw") == "fits"


def test_rules_trap_16_each_program_looks_back_its_own_years() -> None:
    base: Json = {"credentials": ["doctorate IN eca"], "french": "5 5 5 5", "relative": True, "certificate": "72200"}
    two_years = "72200 CA {}-06-01..{}-05-31 qualified=2010-01-01"
    fits = {
        year: [
            fit.id
            for fit in assessed(base | {"jobs": [two_years.format(year, year + 2)]}).programs
            if fit.verdict == "fits"
        ]
        for year in (2014, 2015, 2016, 2020, 2021, 2022, 2023)
    }
    assert fits == {
        2014: [],
        2015: ["fsw"],
        2016: ["fsw"],
        2020: ["fsw"],
        2021: ["fsw", "fst"],
        2022: ["fsw", "cec", "fst"],
        2023: ["fsw", "cec", "fst"],
    }


def test_rules_trap_17_thirty_hours_are_the_ceiling() -> None:
    half_a_year = "21231 CA 2025-12-01..2026-05-31 60h"
    assert verdict({"jobs": [half_a_year]}, "cec") == "does_not_fit"
    assert verdict({"jobs": [half_a_year, half_a_year]}, "cec") == "does_not_fit"
    assert verdict({"jobs": [half_a_year, half_a_year]}, "fsw") == "does_not_fit"


def test_rules_trap_18_experience_is_not_rounded_up() -> None:
    assert points(assessed({"jobs": ["21231 IN 2024-06-02..2026-05-31"]}))["grid_experience"] == 9
    assert points(assessed({"jobs": ["21231 IN 2025-06-02..2026-05-31"]}))["grid_experience"] == 0


def test_rules_trap_19_remote_work_for_a_foreign_employer_is_not_canadian() -> None:
    found = assessed({"jobs": ["21231 CA 2023-06-01..2026-05-31 foreign-employer"]})
    assert program(found, "cec").verdict == "does_not_fit"
    assert program(found, "fsw").verdict == "fits"


def test_rules_trap_20_fsw_wants_one_continuous_year() -> None:
    base: Json = {"credentials": ["doctorate IN eca"], "french": "5 5 5 5", "relative": True}
    pieces = [f"21231 IN {year}-01-01..{year}-06-30" for year in range(2018, 2026)]
    found = assessed(base | {"jobs": pieces})
    assert points(found)["grid_experience"] == 13  # four years in all
    assert program(found, "fsw").verdict == "does_not_fit"
    assert program(assessed(base | {"jobs": [*pieces, "21231 IN 2025-07-01..2025-12-31"]}), "fsw").verdict == "fits"


def test_rules_trap_21_canadian_class_asks_for_no_continuity_and_no_education() -> None:
    jobs = ["21231 CA 2024-01-01..2024-06-30", "21232 CA 2025-01-01..2025-06-30"]
    assert verdict({"jobs": jobs, "credentials": [], "funds": 0}, "cec") == "fits"


def test_rules_trap_22_language_of_the_canadian_class_follows_most_months() -> None:
    jobs = ["00012 CA 2024-06-01..2024-10-31", "73300 CA 2025-06-01..2026-01-31"]
    assert verdict({"jobs": jobs, "english": "5 5 5 5"}, "cec") == "fits"


def test_rules_trap_23_second_language_is_all_or_nothing() -> None:
    assert points(assessed({"french": "5 5 5 5"}))["grid_second_language"] == 4
    assert points(assessed({"french": "8 8 8 4"}))["grid_second_language"] == 0


def test_rules_trap_24_trades_take_two_employers_and_leave_726_and_932_out() -> None:
    trade: Json = {"english": "5 4 4 5", "jobs": ["{} CA 2024-06-01..2026-05-31 qualified=2020-01-01"]}

    def of(noc: str) -> str:
        jobs = [words.format(noc) for words in trade["jobs"]]
        return verdict(trade | {"jobs": jobs, "offers": [f"{noc} a", f"{noc} a"]}, "fst")

    assert {noc: of(noc) for noc in ("72200", "62200", "93100")} == dict.fromkeys(("72200", "62200", "93100"), "fits")
    assert {noc: of(noc) for noc in ("72600", "93200")} == dict.fromkeys(("72600", "93200"), "does_not_fit")


def test_rules_trap_25_licence_of_a_profession_is_no_certificate_of_the_trade() -> None:
    case: Json = {"english": "5 4 4 5", "jobs": ["72200 CA 2024-06-01..2026-05-31 qualified=2020-01-01"]}
    assert verdict(case | {"certificate": "31301"}, "fst") == "does_not_fit"
    assert verdict(case | {"certificate": "72200"}, "fst") == "fits"


def test_rules_trap_27_study_of_the_grid_is_asked_apart_from_the_credential() -> None:
    assert points(assessed({"credentials": ["bachelor CA study"]}))["grid_own_study"] == 0
    assert points(assessed({"study": True}))["grid_own_study"] == 5


def test_rules_trap_28_eca_lives_five_years_and_a_result_two() -> None:
    found = assessed({"credentials": ["masters IN eca=2023-06-10"], "taken": date(2025, 6, 10)}).deadlines
    days = {each.id: each.on for each in found}
    assert days["eca_expires"] == date(2028, 6, 10)
    assert days["language_result_expires"] == date(2027, 6, 10)


@pytest.mark.parametrize(
    ("scale", "verdict_of_fsw"), [("old_score", "fits"), ("score_699", "cannot_tell"), (None, "cannot_tell")]
)
def test_rules_trap_29_only_the_old_score_of_tef_counts(scale: str | None, verdict_of_fsw: str) -> None:
    tef: Json = {"test": "tef_canada", "taken_on": "2026-01-10", "listening": 249, "reading": 207}
    tef |= {"writing": 310, "speaking": 310} | ({"scale": scale} if scale else {})
    case = {"set": {"candidate.language_results": [tef]}, "offers": ["21231 c"]}
    assert verdict(case, "fsw") == verdict_of_fsw


def test_rules_trap_30_ielts_listening_seven_is_level_seven() -> None:
    ielts: Json = {"test": "ielts_general", "taken_on": "2026-01-10", "reading": 6.0, "writing": 6.0, "speaking": 6.0}
    levels = {}
    for listening in (5.5, 6.0, 7.0, 7.5, 8.0):
        found = assessed({"set": {"candidate.language_results": [ielts | {"listening": listening}]}})
        fit = program(found, "fsw")
        code = "language_met" if "language_met" in codes(fit) else "language_short"
        levels[listening] = reason(fit, code)["have"]["listening"]
    assert levels == {5.5: 6, 6.0: 7, 7.0: 7, 7.5: 8, 8.0: 9}


def test_rules_trap_31_above_level_ten_nothing_changes() -> None:
    assert grid(assessed({"english": "12 12 12 12"})).low == grid(assessed({"english": "9 9 9 9"})).low


def test_rules_trap_32_toefl_is_no_test_of_express_entry() -> None:
    made = profile({})
    made["candidate"]["language_results"][0]["test"] = "toefl_essentials"
    with pytest.raises(ProfileError) as refused:
        read(made)
    assert refused.value.path == "/candidate/language_results/0/test"


def test_rules_trap_33_there_is_no_table_of_funds_of_2026() -> None:
    found = program(assessed({"on": date(2026, 11, 21), "funds": 15263}), "fsw")
    assert reason(found, "funds_met")["need"] == 15263


def test_rules_trap_34_offer_alone_does_not_waive_the_funds() -> None:
    assert verdict({"offers": ["21231 a"], "authorized": False, "funds": 0}, "fsw") == "does_not_fit"
    assert verdict({"offers": ["21231 a"], "authorized": True, "funds": 0}, "fsw") == "fits"


def test_rules_trap_35_family_is_more_than_who_travels() -> None:
    family: Json = {
        "partner": {"accompanying": False},
        "children": [date(2015, 1, 1), date(2004, 6, 2)],
        "funds": 28361,
    }
    assert reason(program(assessed(family), "fsw"), "funds_short") == {
        "fact": "/household/settlement_funds_cad",
        "have": 28361.0,
        "need": 28362,
        "missing": 1.0,
    }


def test_rules_trap_37_invitation_before_the_year_is_complete_is_too_early() -> None:
    case = {"jobs": ["21231 CA 2025-09-01.."], "set": {"express_entry.invitation": {"on": date(2026, 5, 28)}}}
    found = {each.id: each.on for each in assessed(case).deadlines}
    assert found["cec_invitation_too_early"] == date(2026, 9, 1)


def test_rules_trap_38_updates_keep_the_day_of_the_profile() -> None:
    case = {"set": {"express_entry.profile_submitted_at": "2025-08-01T23:59:59Z"}}
    found = {each.id: each.on for each in assessed(case).deadlines}
    assert found["profile_expires"] == date(2026, 8, 1)


def test_nominee_still_needs_a_program() -> None:
    found = assessed({"funds": 0, "set": {"candidate.nomination": {"enhanced": True}}})
    assert {fit.id: fit.verdict for fit in found.draw_types}["pnp"] == "does_not_fit"
    assert category(found, "trades").verdict == "does_not_fit"
