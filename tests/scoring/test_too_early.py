"""An invitation that came before the months were complete: what is sure of its day, and when they are there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from scoring.assessment import View
from scoring.calendar import add_years
from scoring.case import open_case
from scoring.mistakes import Answers, mistakes
from scoring.rulebook import NoRulesError, shipped
from scoring.too_early import Months, OnTheDay, on_the_day
from tests.scoring.test_documents import invited, person

ON = date(2026, 11, 12)
ABILITIES = ("listening", "reading", "writing", "speaking")
TESTED = [{"test": "celpip_general", "taken_on": "2026-02-03"} | dict.fromkeys(ABILITIES, 9)]
TOLD = {"noc": "21232", "country": "CA", "started_on": "2025-12-10", "ended_on": None, "hours_per_week": 40}
KNOWN = {
    "paid": True,
    "self_employed": False,
    "full_time_student": False,
    "authorized": True,
    "canadian_employer": True,
}


def then(program: str = "cec", on: date = ON, assume: tuple[str, ...] = (), **job: Any) -> OnTheDay:
    """How a program stood on a day, for one job with every other fact of it known."""
    told = {**TOLD, **KNOWN, **job}
    tested = [{**TESTED[0], "taken_on": (on - timedelta(90)).isoformat()}]
    changes: dict[str, Any] = {
        "candidate": {"jobs": [told], "language_results": tested},
        "household": {"intends_quebec": False},
    }
    return on_the_day(person(express_entry=invited(program), **changes), program, on, assume_absent=assume)


def months(found: OnTheDay) -> Months:
    [lacking] = found.lacking
    assert lacking.months is not None
    return lacking.months


@pytest.mark.parametrize(
    ("started", "on", "days"),
    [
        ("2025-12-10", "2026-11-12", 28),
        ("2025-12-10", "2026-12-09", 1),
        ("2025-12-10", "2026-12-10", None),  # the anniversary: the year is complete
        ("2025-12-10", "2026-12-11", None),
        ("2025-12-10", "2026-11-10", 30),  # eleven months to the day: a calendar month of 30 days is left
        ("2025-12-10", "2026-11-09", 31),
        ("2026-01-31", "2027-01-01", 30),  # across February
        ("2027-02-28", "2028-02-27", 1),
        ("2028-02-29", "2029-02-28", 1),  # an anniversary on the 29th of February falls on the 1st of March
        ("2028-02-29", "2029-03-01", None),
        ("2027-03-01", "2028-02-29", 1),
        ("2026-11-12", "2026-11-12", 365),
        ("2027-12-01", "2027-12-01", 366),  # through a leap day
    ],
)
def test_a_year_is_complete_on_its_anniversary_and_the_days_until_then_are_those_of_the_calendar(
    started: str, on: str, days: int | None
) -> None:
    day = date.fromisoformat(on)
    if days is None:
        assert then(on=day, started_on=started).found == "met"
        return
    found = then(on=day, started_on=started)
    assert found.found == "not_met"
    assert months(found).days == days
    assert months(found).ready_on == day + timedelta(days) == add_years(date.fromisoformat(started), 1)
    assert months(found).sure


@pytest.mark.parametrize("on", ["2026-11-12", "2026-12-09", "2026-11-09"])
def test_the_reason_the_verdict_and_the_warning_name_the_same_day(on: str) -> None:
    """The criterion of the program, the day from which it fits, and what is told of the invitation."""
    day = date.fromisoformat(on)
    changes: dict[str, Any] = {
        "candidate": {"jobs": [{**TOLD, **KNOWN}], "language_results": TESTED},
        "household": {"intends_quebec": False},
    }
    view = View(open_case(person(express_entry=invited("cec"), **changes), shipped().on(day)))
    fit = view.program_fit("cec")
    ready = next(each.completes_on for each in fit.reasons if each.code == "canadian_work_short")
    assert fit.fits_from == ready == months(then(on=day)).ready_on == date(2026, 12, 10)


OPEN = [
    {},
    {"noc": None},
    {"paid": None, "self_employed": None},
    {"authorized": None, "full_time_student": None},
    {"hours_per_week": None},
    dict.fromkeys(KNOWN),
]


@pytest.mark.parametrize("unknown", OPEN)
@pytest.mark.parametrize(("on", "seen"), [("2026-11-12", "not_met"), ("2026-12-09", "not_met")])
def test_no_open_fact_makes_a_year_of_eleven_months(unknown: dict[str, Any], on: str, seen: str) -> None:
    found = then(on=date.fromisoformat(on), **unknown)
    assert found.found == seen
    assert months(found).ready_on == date(2026, 12, 10)
    assert months(found).sure == (not unknown)
    assert months(found).have < 12


@pytest.mark.parametrize("unknown", OPEN[1:])
def test_from_the_anniversary_on_what_is_open_decides(unknown: dict[str, Any]) -> None:
    assert then(on=date(2026, 12, 10), **unknown).found == "open"


@pytest.mark.parametrize(
    ("household", "candidate"),
    [
        ({"intends_quebec": None}, {}),
        ({}, {"language_results": None}),
        ({"marital_status": None, "dependants": None}, {"credentials": None, "birth_date": None}),
    ],
)
def test_what_else_is_open_does_not_hide_that_the_months_were_too_few(household: Any, candidate: Any) -> None:
    told = {"candidate": {"jobs": [TOLD], "language_results": TESTED, **candidate}, "household": household}
    assert on_the_day(person(**told), "cec", ON).found == "not_met"


def test_where_no_jobs_were_told_nothing_is_said_of_them() -> None:
    assert on_the_day(person(candidate={"jobs": None}), "cec", ON).found == "open"
    assert on_the_day(person(candidate={"jobs": []}), "cec", ON).found == "not_met"


def test_what_is_taken_as_absent_makes_no_invitation_come_too_early() -> None:
    """An offer that was not asked about may be there: the trades program is then open, and never surely short."""
    trade = {**TOLD, **KNOWN, "noc": "72200", "started_on": "2023-01-01", "qualified_since": "2023-01-01"}
    told: dict[str, Any] = {
        "candidate": {"jobs": [trade], "language_results": TESTED},
        "household": {"intends_quebec": False, "settlement_funds_cad": 50_000},
    }
    assumed = ("job_offers", "trade_certificate")
    assert on_the_day(person(**told), "fst", ON, assume_absent=assumed).found == "open"
    told["candidate"] |= {"job_offers": [], "trade_certificate": False}
    assert on_the_day(person(**told), "fst", ON, assume_absent=assumed).found == "not_met"


def test_a_nominee_may_rest_on_any_of_the_three() -> None:
    assert then("pnp", on=date(2026, 12, 10)).found == "met"
    assert [each.program for each in then("pnp").lacking] == ["fsw", "cec", "fst"]
    abroad = {**TOLD, **KNOWN, "country": "IN", "started_on": "2020-01-01"}
    told: dict[str, Any] = {"candidate": {"jobs": [{**TOLD, **KNOWN}, abroad], "language_results": TESTED}}
    assert on_the_day(person(**told), "pnp", ON).found != "not_met"


def test_a_test_taken_after_the_invitation_was_not_there_on_its_day() -> None:
    later = [{**TESTED[0], "taken_on": "2026-11-13"}]
    jobs = [{**TOLD, **KNOWN, "started_on": "2025-01-01"}]
    found = on_the_day(person(candidate={"jobs": jobs, "language_results": later}), "cec", ON)
    assert found.found == "not_met"
    [lacking] = found.lacking
    assert ([each.code for each in lacking.reasons], lacking.months) == (["language_test_missing"], None)


def test_a_job_that_has_ended_is_completed_by_no_day() -> None:
    found = then(ended_on="2026-11-11")
    assert (months(found).ready_on, months(found).days) == (None, None)


def test_a_day_without_rules_is_an_error_and_no_guess() -> None:
    with pytest.raises(NoRulesError):
        then(on=date(2014, 1, 1), started_on="2013-01-01")


@pytest.mark.parametrize("known", [KNOWN, {}])
def test_the_check_before_applying_tells_the_months_and_the_day(known: dict[str, Any]) -> None:
    told = person(candidate={"jobs": [{**TOLD, **known}], "language_results": TESTED}, express_entry=invited("cec"))
    found = next(
        each for each in mistakes(told, date(2026, 11, 27), Answers(other_jobs=True)) if each.id == "too_early"
    )
    assert (found.found, found.code) == ("look", "not_met")
    assert found.values["months"] == Months(11.07, 12, date(2026, 12, 10), 28, bool(known))
    assert found.values["other_jobs"] is True
