"""Every version of every category: its days, its list of unit groups, its months, its place."""

from datetime import date, timedelta

import pytest

from scoring.calendar import add_months, add_years
from scoring.occupations import unit_groups
from tests.scoring.programs.builders import Json, assessed, category, codes, reason, rows

VERSIONS = rows("categories/versions.csv")
BY_WORK = [row for row in VERSIONS if row["kind"] == "occupation"]
KNOWN_TO = date(2026, 11, 21)


def name(row: dict[str, str]) -> str:
    return f"{row['category']}.{row['version']}"


def days(row: dict[str, str]) -> tuple[date, date]:
    """The first and the last day of a version; the last known one where it goes on."""
    return date.fromisoformat(row["from"]), date.fromisoformat(row["until"]) if row["until"] else KNOWN_TO


def in_force(day: date) -> set[tuple[str, str]]:
    """The versions that the reference has in force on a day."""
    return {(row["category"], row["version"]) for row in VERSIONS if days(row)[0] <= day <= days(row)[1]}


EDGES = sorted(
    {day for row in VERSIONS for edge in days(row) for day in (edge - timedelta(1), edge, edge + timedelta(1))}
    - {KNOWN_TO + timedelta(1)}
)


@pytest.mark.parametrize("day", EDGES, ids=str)
def test_versions_in_force_on_the_day_are_listed_and_no_other(day: date) -> None:
    found = assessed({"on": day, "jobs": ["21231 IN 2015-01-01.."]})
    listed = [(fit.id, fit.version) for fit in found.categories]
    assert len(listed) == len(set(listed))
    assert {(kind, str(version)) for kind, version in listed} == in_force(day)


def test_before_the_first_set_there_is_no_category() -> None:
    assert assessed({"on": date(2023, 5, 30)}).categories == []
    assert len(assessed({"on": date(2023, 5, 31)}).categories) == 6


@pytest.mark.parametrize("day", [date(2023, 6, 1), date(2025, 3, 1), date(2025, 12, 8), date(2026, 3, 1)], ids=str)
def test_each_unit_group_is_in_the_lists_that_name_it_and_in_no_other(day: date) -> None:
    lists = {row["category"]: row["groups"].split() for row in BY_WORK if days(row)[0] <= day <= days(row)[1]}
    wrong = {}
    for noc in unit_groups():
        found = assessed({"on": day, "jobs": [f"{noc} CA 2020-01-01.."]})
        fits = {fit.id for fit in found.categories if fit.facts_verdict == "fits"}
        if fits != {kind for kind, nocs in lists.items() if noc in nocs}:
            wrong[noc] = fits
    assert wrong == {}


def looked_at(row: dict[str, str]) -> date:
    """The first of the first whole month of a version: months before it are counted without surprises."""
    first = days(row)[0]
    return add_months(first.replace(day=1), 1)


def seen(row: dict[str, str], jobs: list[str]) -> Json:
    """A case under a version."""
    return {"on": looked_at(row), "jobs": jobs}


def stint(row: dict[str, str], start: date, end: date, group: int = 0, country: str = "CA", more: str = "") -> str:
    """A job in a listed unit group, both days included."""
    return f"{row['groups'].split()[group]} {country} {start}..{end} {more}".strip()


@pytest.mark.parametrize("row", BY_WORK, ids=name)
def test_months_to_the_day(row: dict[str, str]) -> None:
    on, months = looked_at(row), int(row["months"])
    start = add_months(on, -months)
    enough = category(assessed(seen(row, [stint(row, start, on - timedelta(1))])), row["category"])
    assert enough.facts_verdict == "fits"
    assert reason(enough, "listed_work_met")["need"] == months
    short = assessed(seen(row, [stint(row, start + timedelta(1), on - timedelta(1))]))
    assert category(short, row["category"]).facts_verdict == "does_not_fit"


@pytest.mark.parametrize("row", BY_WORK, ids=name)
def test_months_in_two_stretches(row: dict[str, str]) -> None:
    on, months = looked_at(row), int(row["months"])
    half = add_months(on, -months // 2)
    jobs = [
        stint(row, half, on - timedelta(1)),
        stint(row, add_months(half, -months // 2 - 1), add_months(half, -1) - timedelta(1)),
    ]
    found = category(assessed(seen(row, jobs)), row["category"])
    assert found.facts_verdict == ("does_not_fit" if row["continuous"] == "true" else "fits")


@pytest.mark.parametrize("row", [row for row in BY_WORK if " " in row["groups"]], ids=name)
def test_months_of_two_listed_groups_do_not_add_up(row: dict[str, str]) -> None:
    on, months = looked_at(row), int(row["months"])
    middle, start = add_months(on, -1), add_months(on, -months)
    jobs = [stint(row, middle, on - timedelta(1)), stint(row, start, middle - timedelta(1), group=1)]
    found = category(assessed(seen(row, jobs)), row["category"])
    assert found.facts_verdict == "does_not_fit"
    assert reason(found, "listed_work_short")["have"] == months - 1


@pytest.mark.parametrize("row", BY_WORK, ids=name)
def test_window_of_three_years_to_the_day(row: dict[str, str]) -> None:
    on, months = looked_at(row), int(row["months"])
    start = add_years(on, -3)
    inside = assessed(seen(row, [stint(row, start, add_months(start, months) - timedelta(1))]))
    assert category(inside, row["category"]).facts_verdict == "fits"
    earlier = start - timedelta(1)
    outside = assessed(seen(row, [stint(row, earlier, add_months(start, months) - timedelta(2))]))
    assert category(outside, row["category"]).facts_verdict == "does_not_fit"


@pytest.mark.parametrize("row", BY_WORK, ids=name)
def test_work_abroad_counts_unless_the_version_wants_canadian_work(row: dict[str, str]) -> None:
    on = looked_at(row)
    only_canada = row["canada_only"] == "true"
    for job in (
        stint(row, add_years(on, -2), on - timedelta(1), country="IN"),
        stint(row, add_years(on, -2), on - timedelta(1), more="foreign-employer"),
    ):
        found = category(assessed(seen(row, [job])), row["category"])
        assert found.facts_verdict == ("does_not_fit" if only_canada else "fits")
        assert codes(found)[0] == ("no_listed_work" if only_canada else "listed_work_met")


@pytest.mark.parametrize("row", [row for row in VERSIONS if row["kind"] == "language"], ids=name)
def test_french_of_every_version_asks_for_seven_in_all_four(row: dict[str, str]) -> None:
    on = days(row)[0]
    for french, verdict in (("7 7 7 7", "fits"), ("7 7 7 6", "nearly"), ("7 7 6 5", "does_not_fit")):
        found = category(assessed({"on": on, "jobs": ["21231 IN 2015-01-01.."], "french": french}), "french")
        assert (found.version, found.facts_verdict) == (row["version"], verdict)


def test_rule_on_which_sources_differ_is_told_with_its_verdict() -> None:
    doctor = category(assessed({"on": date(2026, 1, 15), "jobs": ["31102 CA 2024-01-01.."]}), "physicians")
    assert reason(doctor, "rule_disputed")["need"] == "continuous"
    nurse = category(assessed({"on": date(2026, 1, 15), "jobs": ["31301 CA 2024-01-01.."]}), "healthcare")
    assert "rule_disputed" not in {item.code for item in nurse.reasons}


def test_rules_say_how_surely_they_were_read() -> None:
    rules = assessed({}).rules
    assert rules["work"].read == "transcription"
    assert rules["crs"].read == "inferred"  # the empty table of the change that is only reported
