"""The traps of the reference that concern categories, by the numbers they have there."""

from datetime import date

import pytest

from scoring import draws
from scoring.assessment import Fit
from scoring.occupations import teer, unit_groups
from tests.scoring.programs.builders import Json, Words, assessed, category, codes, draw_type, reason, rows

LAST_OF_2025 = date(2026, 2, 17)
FIRST_OF_2026 = date(2026, 2, 18)
MILITARY: Json = {
    "offer_years": 3,
    "offer_noc": "40042",
    "offer_full_time": True,
    "service_years": 10,
    "continuous": True,
    "serving": True,
}


def members(case: Words) -> list[str]:
    """The categories whose own facts fit."""
    return [fit.id for fit in assessed(case).categories if fit.facts_verdict == "fits"]


def of(case: Words, name: str) -> Fit:
    return category(assessed(case), name)


def test_category_trap_01_list_alone_opens_nothing() -> None:
    found = of({"jobs": ["72200 IN 2020-06-01.."], "english": "4 4 4 4"}, "trades")
    assert (found.facts_verdict, found.verdict) == ("fits", "does_not_fit")
    assert "pool_not_open" in codes(found)


def test_category_trap_02_any_job_counts_not_the_primary_one() -> None:
    jobs = ["21231 IN 2015-06-01..2025-05-31", "72200 IN 2025-06-01..2026-05-31"]
    assert members({"jobs": jobs}) == ["trades"]
    assert members({"jobs": jobs[::-1]}) == ["trades"]


def test_category_trap_03_months_of_two_groups_are_not_added() -> None:
    jobs = ["72200 IN 2025-01-01..2025-07-31", "72201 IN 2025-10-01..2026-04-30"]
    found = of({"jobs": jobs}, "trades")
    assert found.facts_verdict == "does_not_fit"
    assert reason(found, "listed_work_short")["have"] == 7.0


@pytest.mark.parametrize(
    ("on", "start", "fits"),
    [
        (LAST_OF_2025, "2025-08-17", True),
        (LAST_OF_2025, "2025-08-18", False),
        (FIRST_OF_2026, "2025-08-17", False),
        (FIRST_OF_2026, "2025-02-19", False),
        (FIRST_OF_2026, "2025-02-18", True),
    ],
)
def test_category_trap_04_six_months_until_2026_02_17_and_twelve_after(on: date, start: str, fits: bool) -> None:
    assert ("trades" in members({"on": on, "jobs": [f"72200 IN {start}..{on}"]})) is fits


def test_category_trap_05_months_in_a_row_until_2026_and_in_pieces_since() -> None:
    pieces = [f"72200 IN {year}-04-01..{year}-08-28" for year in (2023, 2024, 2025)]
    assert "trades" not in members({"on": LAST_OF_2025, "jobs": pieces})
    assert "trades" in members({"on": FIRST_OF_2026, "jobs": pieces})


def test_category_trap_06_only_three_years_count_while_the_program_looks_back_ten() -> None:
    found = assessed({"jobs": ["72200 IN 2020-06-01..2023-05-31"], "credentials": ["doctorate IN eca"]})
    assert found.programs[0].verdict == "fits"
    assert category(found, "trades").facts_verdict == "does_not_fit"


def test_category_trap_07_place_matters_for_three_categories_only() -> None:
    nocs = {"31102": "physicians", "00012": "senior_managers", "41200": "researchers"}
    for noc, name in nocs.items():
        assert name in members({"jobs": [f"{noc} CA 2025-06-01..2026-05-31"]})
        assert name not in members({"jobs": [f"{noc} IN 2020-06-01.."]})
    anywhere = {"31301": "healthcare", "21220": "stem", "72200": "trades", "72404": "transport", "41220": "education"}
    for noc, name in anywhere.items():
        assert members({"jobs": [f"{noc} IN 2025-06-01..2026-05-31"]}) == [name]


def test_category_trap_08_part_time_is_converted_and_overtime_brings_nothing() -> None:
    assert members({"jobs": ["72200 IN 2024-06-01..2026-05-31 15h"]}) == ["trades"]
    assert members({"jobs": ["72200 IN 2025-12-01..2026-05-31 60h"]}) == []


def test_category_trap_09_unpaid_internship_does_not_count() -> None:
    assert members({"jobs": ["72200 IN 2024-06-01.. unpaid"]}) == []


def test_category_trap_10_work_during_study_is_possible_and_wants_advice() -> None:
    found = of({"jobs": ["41200 CA 2025-06-01..2026-05-31 student"]}, "researchers")
    assert found.facts_verdict == "cannot_tell"
    assert "needs_advice" in codes(found)


def test_category_trap_11_self_employed_work_wants_advice() -> None:
    found = of({"jobs": ["72200 IN 2025-06-01..2026-05-31 self"]}, "trades")
    assert found.facts_verdict == "cannot_tell"
    assert "needs_advice" in codes(found)


def test_category_trap_12_title_decides_nothing() -> None:
    title = {"candidate.jobs.0.title": "electrician"}
    assert members({"jobs": ["21231 IN 2020-06-01.."], "set": title}) == []
    assert members({"jobs": ["72200 IN 2020-06-01.."], "set": {"candidate.jobs.0.title": "engineer"}}) == ["trades"]


@pytest.mark.parametrize("place", range(4))
def test_category_trap_13_one_six_in_french_fails(place: int) -> None:
    levels = ["9", "9", "9", "9"]
    levels[place] = "6"
    assert members({"french": " ".join(levels)}) == []
    levels[place] = "7"
    assert members({"french": " ".join(levels)}) == ["french"]
    assert members({"french": " ".join(levels), "english": "none"}) == ["french"]


def test_category_trap_14_no_diploma_replaces_the_test() -> None:
    found = of({"credentials": ["doctorate FR eca"], "set": {"household.residence_country": "FR"}}, "french")
    assert found.facts_verdict == "nearly"
    assert "french_test_missing" in codes(found)


def test_category_trap_15_nomination_plays_no_part_in_a_category() -> None:
    nominated = {"candidate.nomination": {"enhanced": True}}
    without, with_it = assessed({}), assessed({"set": nominated})
    assert without.categories == with_it.categories
    assert draw_type(with_it, "pnp").verdict == "fits"


def test_category_trap_16_truck_drivers_did_not_come_back() -> None:
    driver = ["73300 IN 2015-01-01.."]
    assert members({"on": date(2025, 2, 26), "jobs": driver}) == ["transport"]
    assert members({"on": date(2026, 6, 1), "jobs": driver}) == []
    for noc in ("22313", "72404", "72410", "72600"):
        assert members({"jobs": [f"{noc} IN 2015-01-01.."]}) == ["transport"]


def test_category_trap_17_stem_is_not_software_and_takes_insurance_agents() -> None:
    developer, agent = ["21232 IN 2015-01-01.."], ["63100 IN 2015-01-01.."]
    assert members({"on": date(2025, 2, 26), "jobs": developer}) == ["stem"]
    assert members({"on": date(2025, 2, 27), "jobs": developer}) == []
    assert members({"on": date(2025, 2, 26), "jobs": agent}) == []
    assert members({"on": date(2025, 2, 27), "jobs": agent}) == ["stem"]


def test_category_trap_18_cooks_were_in_trades_for_a_year_and_butchers_came() -> None:
    cook, butcher = ["63200 IN 2015-01-01.."], ["63201 IN 2015-01-01.."]
    days = (date(2025, 2, 26), date(2025, 2, 27), LAST_OF_2025, FIRST_OF_2026)
    assert [members({"on": day, "jobs": cook}) for day in days] == [[], ["trades"], ["trades"], []]
    assert [members({"on": day, "jobs": butcher}) for day in days] == [
        ["agriculture"],
        ["agriculture"],
        ["agriculture"],
        ["trades"],
    ]


@pytest.mark.parametrize(
    ("noc", "name", "last"),
    [("21220", "stem", date(2024, 4, 11)), ("41220", "education", date(2025, 9, 17)), ("41200", "researchers", None)],
)
def test_category_trap_19_listed_is_not_drawn(noc: str, name: str, last: date | None) -> None:
    found = category(assessed({"on": date(2026, 11, 21), "jobs": [f"{noc} CA 2020-06-01.."]}), name)
    assert (found.verdict, found.drawn) == ("fits", "never")
    assert (found.last_round.date if found.last_round else None) == last


@pytest.mark.parametrize(
    "lacking",
    [{"offer_years": 2}, {"service_years": 9}, {"continuous": False}, {"serving": False}, {"offer_noc": "31102"}],
)
def test_category_trap_20_military_work_alone_is_not_the_military_group(lacking: Json) -> None:
    case: Json = {"jobs": ["40042 FR 2010-01-01.."], "credentials": ["two_year FR eca"]}
    assert members(case) == []
    assert members(case | {"set": {"candidate.military": MILITARY}}) == ["military"]
    assert members(case | {"set": {"candidate.military": MILITARY | lacking}}) == []


def test_category_trap_21_senior_managers_are_four_groups_in_canada() -> None:
    managers = [noc for noc in unit_groups() if noc.startswith("000")]
    fits = [noc for noc in managers if "senior_managers" in members({"jobs": [f"{noc} CA 2025-06-01..2026-05-31"]})]
    assert fits == ["00012", "00013", "00014", "00015"]
    assert members({"jobs": ["70010 CA 2025-06-01..2026-05-31"]}) == ["trades"]


def test_category_trap_22_intent_to_live_in_quebec_excludes_not_work_there() -> None:
    found = of({"jobs": ["41201 CA 2025-05-01..2026-05-31"], "quebec": True}, "researchers")
    assert (found.facts_verdict, found.verdict) == ("fits", "does_not_fit")
    assert of({"jobs": ["41201 CA 2025-05-01..2026-05-31"], "quebec": False}, "researchers").verdict == "fits"


def test_category_trap_23_last_round_is_told_with_its_version() -> None:
    found = of({"on": date(2026, 11, 21)}, "transport")
    assert found.last_round is not None
    assert (found.last_round.number, found.last_round.version, found.version) == ("434", "2026-v2", "2026-v2")


def test_category_trap_24_label_that_was_rewritten_means_the_same() -> None:
    for old, new in (
        ("STEM occupations (2023-1)", "STEM occupations (Version 1)"),
        ("Transport occupations (2024-1)", "Transport occupations (Version 1)"),
    ):
        assert draws.normalise(old) == draws.normalise(new)


def test_category_trap_25_no_list_names_teer_4_or_5() -> None:
    listed = [noc for row in rows("categories/versions.csv") for noc in row["groups"].split()]
    assert {teer(noc) for noc in listed} == {0, 1, 2, 3}
    for noc in ("64100", "65100", "75110", "44101"):
        assert members({"jobs": [f"{noc} CA 2015-01-01.."]}) == []


def test_category_trap_26_after_the_invitation_the_category_can_still_be_lost() -> None:
    case = {
        "jobs": ["72200 IN 2023-07-01..2024-06-30"],
        "set": {"express_entry.invitation": {"on": date(2026, 5, 28)}},
    }
    days = {each.id: each.on for each in assessed(case).deadlines}
    assert days["trades_leaves_window"] < days["invitation_expires"]
