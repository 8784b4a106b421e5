"""Dates that cost or bring something: what is told, when, and what it does to the score."""

from datetime import date

import pytest

from scoring.calendar import add_years
from tests.scoring.programs.builders import ON, Words, assessed, cases, ids, rows

CASES = cases("categories/deadlines.toml")
BIRTHDAYS = rows("categories/birthdays.csv")


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_deadline(case: Words) -> None:
    found = [each for each in assessed(case).deadlines if each.id == case["id"]]
    told = [(each.on, each.days_left, each.points, each.fact) for each in found]
    expected = [(case["due"], case["left"], case.get("points"), case["fact"])] if "due" in case else []
    assert told == expected


@pytest.mark.parametrize("column", ["without", "with"])
@pytest.mark.parametrize("row", BIRTHDAYS, ids=lambda row: f"{row['age']}: next cost at {row['next']}")
def test_birthday_that_costs_points(row: dict[str, str], column: str) -> None:
    born = date(2026 - int(row["age"]), 1, 31)
    case: Words = {"born": born, **({"partner": {}} if column == "with" else {})}
    found = next(each for each in assessed(case).deadlines if each.id == "birthday")
    assert (found.on, found.points) == (add_years(born, int(row["next"])), int(row[column]))
    assert (found.days_left, found.fact) == ((found.on - ON).days, "/candidate/birth_date")


@pytest.mark.parametrize("partner", [{"accompanying": False}, {"canadian": True}])
def test_birthday_beside_a_partner_who_does_not_apply_costs_as_if_alone(partner: Words) -> None:
    case: Words = {"born": date(1996, 1, 31), "partner": partner}
    found = next(each for each in assessed(case).deadlines if each.id == "birthday")
    assert found.points == -6


@pytest.mark.parametrize("age", [45, 46, 60])
def test_no_birthday_costs_after_forty_five(age: int) -> None:
    assert "birthday" not in {each.id for each in assessed({"age": age}).deadlines}


def test_birthday_of_29_february_falls_on_1_march() -> None:
    found = next(each for each in assessed({"born": date(1996, 2, 29)}).deadlines if each.id == "birthday")
    assert found.on == date(2027, 3, 1)


def test_birthday_needs_a_birth_date() -> None:
    assert "birthday" not in {each.id for each in assessed({"set": {"candidate.birth_date": "absent"}}).deadlines}


def test_deadlines_come_soonest_first() -> None:
    found = assessed(
        {
            "french": "7 7 7 7",
            "jobs": ["72200 CA 2025-09-01.."],
            "set": {
                "express_entry.profile_submitted_at": date(2026, 1, 1),
                "express_entry.invitation": {"on": date(2026, 5, 28)},
                "candidate.work_permit_ends_on": date(2026, 6, 1),
            },
        }
    ).deadlines
    assert [(each.on, each.id, each.fact) for each in found] == sorted((each.on, each.id, each.fact) for each in found)
    assert [each.id for each in found] == [
        "work_permit_ends",
        "invitation_expires",
        "canadian_year_completes",
        "cec_invitation_too_early",
        "fsw_invitation_too_early",
        "trades_completes",
        "profile_expires",
        "birthday",
        "language_result_expires",
        "language_result_expires",
        "eca_expires",
    ]


def test_unknown_kind_of_work_completes_no_year() -> None:
    found = assessed({"jobs": ["21231 CA 2025-09-01.. ?authorized"]}).deadlines
    assert not {"canadian_year_completes", "foreign_year_completes"} & {each.id for each in found}


def test_points_of_a_year_are_not_told_while_the_rest_is_unknown() -> None:
    found = assessed({"jobs": ["21231 CA 2025-09-01.."], "set": {"candidate.credentials": "absent"}}).deadlines
    assert [(each.on, each.points) for each in found if each.id == "canadian_year_completes"] == [
        (date(2026, 9, 1), None)
    ]
