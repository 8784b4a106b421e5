"""The mistakes that cost an application, checked against a person's facts; and the check against the round."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest

from scoring.draws import Round, shipped
from scoring.mistakes import Answers, Check, mistakes
from scoring.profile import read
from scoring.recheck import forgiven, recheck, rounds_near
from tests.scoring.test_documents import invited, person
from tests.scoring.test_invited import FIRST, held

ON = date(2026, 11, 22)


def check(name: str, told: Answers | None = None, on: date = ON, **changes: Any) -> Check:
    return next(each for each in mistakes(person(**changes), on, told) if each.id == name)


def found(name: str, told: Answers | None = None, on: date = ON, **changes: Any) -> tuple[str, str]:
    seen = check(name, told, on, **changes)
    return seen.found, seen.code


def lived(country: str, first: str, last: str | None) -> dict[str, Any]:
    return {"residences": [{"country": country, "from": first, "until": last}]}


@pytest.mark.parametrize(
    ("household", "police", "fbi"),
    [
        ({}, ("ok", "none"), ("ok", "not_there")),
        ({"residences": None}, ("cannot_tell", "no_stays"), ("cannot_tell", "no_stays")),
        (lived("IN", "2020-01-01", "2020-06-30"), ("look", "certificates"), ("ok", "not_there")),
        (lived("IN", "2020-01-01", "2020-06-29"), ("ok", "none"), ("ok", "not_there")),
        (lived("US", "2020-01-01", None), ("look", "certificates"), ("look", "fbi")),
        (lived("US", "2013-01-01", "2014-01-01"), ("look", "older_stays"), ("look", "fbi")),
    ],
)
def test_stays_abroad_are_looked_at(household: Any, police: Any, fbi: Any) -> None:
    assert found("police", household=household) == police
    assert found("united_states", household=household) == fbi


def test_a_certificate_that_is_surely_needed_is_told_before_one_that_may_be() -> None:
    stays = [*lived("FR", "2013-01-01", "2014-01-01")["residences"], *lived("IN", "2020-01-01", None)["residences"]]
    seen = check("police", household={"residences": stays})
    assert (seen.code, seen.values) == ("certificates", {"countries": ["IN"]})


JOB = {"noc": "21231", "country": "CA", "started_on": "2025-01-01", "ended_on": None, "hours_per_week": 40}


@pytest.mark.parametrize(
    ("jobs", "seen"),
    [
        ([JOB], ("ok", "exact")),
        ([{**JOB, "hours_per_week": None}], ("look", "inexact")),
        ([{"noc": "21231", "months": 48, "hours_per_week": 40}], ("look", "inexact")),
        (None, ("cannot_tell", "no_jobs")),
    ],
)
def test_a_letter_can_only_be_compared_with_exact_dates_and_hours(jobs: Any, seen: tuple[str, str]) -> None:
    assert found("letters", candidate={"jobs": jobs}) == seen


@pytest.mark.parametrize(
    ("status", "partner", "seen"),
    [
        ("single", False, "ok"),
        ("married", False, "look"),
        ("common_law", {"accompanying": True}, "ok"),
        ("divorced", {"accompanying": True}, "look"),
    ],
)
def test_the_status_that_is_told_has_to_agree_with_the_partner(status: Any, partner: Any, seen: str) -> None:
    # the profile itself refuses the contradiction: the status is told beside it
    told = Answers(marital_status=status)
    assert found("marital", told, household={"marital_status": None}, partner=partner)[0] == seen


@pytest.mark.parametrize(
    ("status", "partner", "seen"),
    [
        (None, None, ("cannot_tell", "nothing_told")),
        (None, False, ("cannot_tell", "no_status")),
        ("married", None, ("cannot_tell", "no_partner_told")),
        ("single", None, ("ok", "alone")),  # who is single has no partner to tell of
        ("widowed", None, ("ok", "alone")),
        ("single", False, ("ok", "agrees")),
    ],
)
def test_only_what_is_not_known_of_the_status_is_asked_for(status: Any, partner: Any, seen: tuple[str, str]) -> None:
    told = Answers(marital_status=status)
    assert found("marital", told, household={"marital_status": None}, partner=partner) == seen


CHILD = {"birth_date": "2019-01-01", "has_partner": False}


@pytest.mark.parametrize(
    ("children", "every", "seen"),
    [([], None, "ok"), ([CHILD], True, "ok"), ([CHILD], False, "look"), ([CHILD], None, "cannot_tell"),
     (None, None, "cannot_tell")],
)  # fmt: skip
def test_who_stays_behind_is_declared_too(children: Any, every: bool | None, seen: str) -> None:
    assert found("dependants", Answers(all_children=every), household={"dependants": children})[0] == seen


TEST = {"test": "celpip_general", "listening": 8}


@pytest.mark.parametrize(
    ("taken", "now", "later"),
    [
        ("2024-11-22", "look", "look"),  # two years are over on this very day
        ("2024-11-23", "ok", "look"),
        ("2025-01-11", "ok", "look"),  # over on the last day to apply, the 11th of January
        ("2025-01-12", "ok", "ok"),
        (None, "cannot_tell", "cannot_tell"),
    ],
)
def test_a_language_result_has_to_hold_until_the_last_of_the_sixty_days(taken: Any, now: str, later: str) -> None:
    changes = {"language_results": [{**TEST, "taken_on": taken}], "credentials": []}
    assert found("validity", candidate=changes)[0] == now
    assert found("expiring", candidate=changes)[0] == later


@pytest.mark.parametrize(("issued", "seen"), [("2022-01-11", "look"), ("2022-01-12", "ok")])
def test_an_eca_holds_five_years_not_two(issued: str, seen: str) -> None:
    eca = [{"level": "bachelor", "country": "IN", "eca": {"issued_on": issued}}]
    assert found("expiring", candidate={"credentials": eca, "language_results": []})[0] == seen
    assert found("validity", candidate={"credentials": eca, "language_results": []})[0] == "ok"


def test_without_an_invitation_there_is_no_last_day() -> None:
    assert found("expiring", express_entry={"invitation": None}) == ("cannot_tell", "no_last_day")


@pytest.mark.parametrize(("first_ended", "seen"), [("2019-12-30", ("ok", "no_gap")), ("2019-11-29", ("look", "gap"))])
def test_a_month_between_jobs_is_no_gap_and_more_is(first_ended: str, seen: tuple[str, str]) -> None:
    jobs = [
        {"country": "IN", "started_on": "2015-01-01", "ended_on": first_ended},
        {"country": "CA", "started_on": "2020-01-01", "ended_on": None},
    ]
    assert found("history", candidate={"jobs": jobs}) == seen


def test_a_foreign_diploma_without_an_assessment_is_looked_at() -> None:
    lacking = [{"level": "bachelor", "country": "IN", "eca": False}]
    assert found("history", candidate={"credentials": lacking}) == ("look", "no_eca")


@pytest.mark.parametrize(("started", "seen"), [("2025-11-12", "ok"), ("2025-11-13", "look")])
def test_an_invitation_before_the_twelfth_month_is_too_early_whatever_came_after(started: str, seen: str) -> None:
    """Invited on the 12th of November: eleven months and a day less do not become a year afterwards."""
    job = {**JOB, "started_on": started, "paid": True, "self_employed": False, "full_time_student": False}
    job |= {"authorized": True, "canadian_employer": True}
    tests = [{"test": "celpip_general", "taken_on": "2026-02-03"} | dict.fromkeys(ABILITIES, 8)]
    changes: dict[str, Any] = {
        "candidate": {"jobs": [job], "language_results": tests},
        "household": {"intends_quebec": False},
    }
    assert found("too_early", on=date(2027, 1, 5), express_entry=invited("cec"), **changes)[0] == seen


ABILITIES = ("listening", "reading", "writing", "speaking")


def test_without_a_program_or_a_round_two_checks_stay_open() -> None:
    assert found("too_early", express_entry=invited(None)) == ("cannot_tell", "no_invitation")
    assert found("category") == ("cannot_tell", "no_round")


def test_a_round_whose_category_does_not_fit_is_looked_at() -> None:
    assert found("category", Answers(held=held("trades")))[0] == "look"


# --- once more against the round


def again(cut_off: int, on: date, kind: str = "fsw") -> str:
    return recheck(read(json.dumps(FIRST["profile"])), held(kind, cut_off), on, shipped()).standing


@pytest.mark.parametrize(("cut_off", "seen"), [(429, "holds"), (430, "short"), (428, "holds")])
def test_the_cut_off_itself_is_enough(cut_off: int, seen: str) -> None:
    assert again(cut_off, date(2026, 6, 10)) == seen


def test_a_category_that_does_not_fit_is_short_whatever_the_score() -> None:
    assert again(100, date(2026, 6, 10), "trades") == "short"


def test_a_lost_tie_holds_only_where_it_is_certain_that_the_type_fits() -> None:
    profile = deepcopy(FIRST["profile"])
    profile["express_entry"] = {"profile_submitted_at": "2026-05-20", "invitation": None}
    tied = held("fsw", 429)._replace(tie_break_utc="2026-03-18T23:32:40Z")
    assert recheck(read(json.dumps(profile)), tied, date(2026, 6, 10), shipped()).standing == "holds"
    del profile["household"]["settlement_funds_cad"]
    assert recheck(read(json.dumps(profile)), tied, date(2026, 6, 10), shipped()).standing == "cannot_tell"


@pytest.mark.parametrize(
    ("born", "on", "kept"),
    [
        ("1994-06-10", "2026-06-09", "1994-06-10"),
        ("1994-06-10", "2026-06-10", "1995-06-10"),  # a birthday since the round of the 1st of June: forgiven
        ("1994-06-01", "2026-06-10", "1994-06-01"),  # a birthday on its very day was counted by the round
    ],
)
def test_a_birthday_since_the_invitation_is_forgiven(born: str, on: str, kept: str) -> None:
    profile = person(candidate={"birth_date": born})
    seen = forgiven(profile, date(2026, 6, 1), date.fromisoformat(on))
    assert seen.candidate is not None
    assert seen.candidate.birth_date == date.fromisoformat(kept)


def test_an_invitation_is_of_a_round_of_its_day_else_of_the_day_before() -> None:
    last: Round = shipped().rounds[-1]
    assert last in rounds_near(last.date, shipped())
    assert last in rounds_near(last.date + timedelta(1), shipped())
    assert rounds_near(last.date + timedelta(2), shipped()) == []
