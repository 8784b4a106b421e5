"""The papers of one person after an invitation, what they cost, and where each was read."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from scoring.documents import Paper, documents
from scoring.fees import fees
from scoring.mistakes import mistakes
from scoring.paper_rules import CheckRule, FeeTable, MedicalRule, PaperRule, PoliceRule
from scoring.profile import read
from scoring.provisions import UNOFFICIAL, Provision
from scoring.resources import toml
from scoring.rulebook import NoRulesError, shipped

ON = date(2026, 11, 22)
PERSON: dict[str, Any] = {
    "candidate": {
        "birth_date": "1994-05-02",
        "language_results": [{"test": "celpip_general", "taken_on": "2026-02-03", "listening": 8}],
        "credentials": [{"level": "bachelor", "country": "IN", "eca": {"issued_on": "2025-01-10"}}],
        "jobs": [{"noc": "21231", "country": "CA", "started_on": "2025-01-01", "ended_on": None}],
    },
    "partner": False,
    "household": {"marital_status": "single", "dependants": [], "residences": []},
    "express_entry": {"invitation": {"on": "2026-11-12", "program": "fsw"}},
}


def person(**changes: Any) -> Any:
    """PERSON with sections changed: `household={...}` goes into the one that is there; partner stands by itself."""
    told = deepcopy(PERSON)
    for section, values in changes.items():
        told[section] = {**told[section], **values} if isinstance(told.get(section), dict) else values
    return read(json.dumps(told))


def papers(on: date = ON, **changes: Any) -> dict[str, Paper]:
    return {paper.id: paper for paper in documents(person(**changes), on)}


def status(name: str, on: date = ON, **changes: Any) -> str | None:
    found = papers(on, **changes).get(name)
    return found.status if found else None


def invited(program: str | None) -> dict[str, Any]:
    return {"invitation": {"on": "2026-11-12", "program": program}}


# --- the list


def test_everybody_has_the_papers_that_nothing_decides() -> None:
    assert {"medical", "passport", "history", "fees", "language"} <= papers().keys()


@pytest.mark.parametrize(("on", "found"), [("2025-08-20", "later"), ("2025-08-21", "needed"), ("2023-09-30", "needed")])
def test_the_medical_exam_comes_first_again_from_21_august_2025(on: str, found: str) -> None:
    assert status("medical", date.fromisoformat(on)) == found


@pytest.mark.parametrize(
    ("program", "found"), [("cec", "exempt"), ("fsw", "needed"), ("fst", "needed"), ("pnp", "cannot_tell")]
)
def test_funds_are_shown_under_fsw_and_fst_and_explained_under_cec(program: str, found: str) -> None:
    assert status("funds", express_entry=invited(program)) == found


OFFER = {"noc": "21231", "full_time": True, "permanent_or_one_year": True, "route": "a"}


@pytest.mark.parametrize(
    ("candidate", "found"),
    [
        ({"job_offers": [OFFER], "authorized_to_work_in_canada": True}, "exempt"),
        ({"job_offers": [OFFER], "authorized_to_work_in_canada": False}, "needed"),  # an offer alone does not exempt
        ({"job_offers": [{**OFFER, "route": "c"}], "authorized_to_work_in_canada": True}, "needed"),
        ({"job_offers": [], "authorized_to_work_in_canada": True}, "needed"),
    ],
)
def test_an_offer_exempts_from_funds_together_with_authorization_only(candidate: dict[str, Any], found: str) -> None:
    assert status("funds", candidate=candidate) == found


def test_the_united_states_ask_for_the_fbi_paper_and_a_state_one_only_if_asked() -> None:
    lived = [{"country": "US", "from": "2019-01-01", "until": "2019-06-30"}]
    found = papers(household={"residences": lived})
    assert (found["police.US"].kind, found["police.US"].status, found["us_state"].status) == (
        "fbi",
        "needed",
        "if_asked",
    )
    lived[0]["until"] = "2019-06-29"
    assert not {"police.US", "us_state"} & papers(household={"residences": lived}).keys()


def test_stays_that_were_not_told_leave_the_certificates_open() -> None:
    assert status("police", household={"residences": None}) == "cannot_tell"
    assert status("police") is None


def test_each_paid_job_has_its_letter_and_self_employed_work_its_own_proof() -> None:
    jobs = [{"noc": "21231", "country": "IN"}, {"self_employed": True}, {"paid": False}]
    found = papers(candidate={"jobs": jobs})
    letters = {name: found[name].kind for name in found if name.startswith("letter")}
    assert letters == {"letter.0": "letter", "letter.1": "own_business"}


@pytest.mark.parametrize(
    ("marital", "partner", "paper"),
    [
        ("married", {"accompanying": True}, "married"),
        ("common_law", {"accompanying": False}, "common_law"),
        ("divorced", False, "ended"),
        ("widowed", False, "ended"),
        ("single", False, None),
        (None, None, "civil"),
    ],
)
def test_the_status_decides_which_paper_of_the_family_is_asked_for(marital: Any, partner: Any, paper: Any) -> None:
    found = papers(household={"marital_status": marital}, partner=partner)
    assert [name for name in found if name in ("married", "common_law", "ended", "civil")] == ([paper] if paper else [])


def test_a_partner_who_stays_behind_has_papers_too_and_a_canadian_one_no_certificate() -> None:
    together = {"marital_status": "married"}
    staying = papers(household=together, partner={"accompanying": False})
    assert {"partner", "police_family"} <= staying.keys()
    canadian = papers(household=together, partner={"canadian_or_permanent_resident": True})
    assert "police_family" not in canadian


@pytest.mark.parametrize(("born", "asked"), [("2008-11-22", True), ("2008-11-23", False)])
def test_a_child_of_eighteen_has_certificates_of_its_own(born: str, asked: bool) -> None:
    children = {"dependants": [{"birth_date": born, "has_partner": False}]}
    assert ("police_family" in papers(household=children)) is asked


@pytest.mark.parametrize(("born", "asked"), [("2004-11-23", True), ("2004-11-22", False)])
def test_a_child_of_twenty_two_is_no_dependant(born: str, asked: bool) -> None:
    children = {"dependants": [{"birth_date": born, "has_partner": False, "dependent_by_condition": False}]}
    assert ("children" in papers(household=children)) is asked


def test_a_nominee_brings_the_certificate_of_the_province() -> None:
    assert status("nomination", candidate={"nomination": {"enhanced": True}}) == "needed"
    assert status("nomination", express_entry=invited("pnp")) == "needed"
    assert status("nomination") is None


# --- what it costs

CHILD = {"birth_date": "2019-01-01", "has_partner": False}


@pytest.mark.parametrize(
    ("on", "changes", "every", "span"),
    [
        ("2026-11-22", {}, None, (1675, 1675)),
        ("2026-04-29", {}, None, (950 + 575 + 85,) * 2),
        ("2026-04-30", {}, None, (1675, 1675)),
        (
            "2026-11-22",
            {"partner": {"accompanying": True}, "household": {"marital_status": "married", "dependants": [CHILD]}},
            True,
            (3620, 3620),
        ),
        ("2026-11-22", {"household": {"dependants": [CHILD]}}, True, (1675 + 270,) * 2),
        ("2026-11-22", {"household": {"dependants": [CHILD]}}, None, (1675, 1675 + 270)),
        (
            "2026-11-22",
            {"partner": {"accompanying": False}, "household": {"marital_status": "married"}},
            None,
            (1675, 1675),
        ),
    ],
)
def test_fees_are_those_of_the_day_and_of_who_comes(on: str, changes: Any, every: Any, span: tuple[int, int]) -> None:
    found = fees(person(**changes), date.fromisoformat(on), all_children=every)
    assert (found.low, found.high) == span
    assert (found.low, found.high) == (sum(fee.low for fee in found.fees), sum(fee.high for fee in found.fees))


def paid(name: str, every: bool | None, **changes: Any) -> tuple[int, int, int, int]:
    """One fee: for how many at least and at most, and what that comes to."""
    found = {fee.id: fee for fee in fees(person(**changes), ON, all_children=every).fees}
    return (found[name].least, found[name].most, found[name].low, found[name].high) if name in found else (0, 0, 0, 0)


def children(*born: str | None) -> dict[str, Any]:
    return {"household": {"dependants": [{"birth_date": each, "has_partner": False} for each in born]}}


@pytest.mark.parametrize(
    ("born", "every", "count"),
    [
        (["2015-05-03", "2019-06-01"], True, (2, 2)),
        (["2015-05-03", "2019-06-01"], False, (0, 1)),  # not all of two: at most one
        (["2015-05-03", "2019-06-01"], None, (0, 2)),
        (["2015-05-03"], False, (0, 0)),
        (["2004-11-22", "2015-05-03"], False, (0, 1)),  # the one of 22 may be the one who stays: the other comes
        (["2004-11-23", "2015-05-03", "2019-06-01"], False, (0, 2)),
    ],
)
def test_no_to_whether_all_children_come_leaves_at_least_one_behind(born: Any, every: Any, count: Any) -> None:
    assert paid("child", every, **children(*born))[:2] == count


@pytest.mark.parametrize(
    ("born", "every", "seen"),
    [
        (["2012-11-22"], True, (2, 2, 170, 170)),  # 14 today
        (["2012-11-23"], True, (1, 1, 85, 85)),
        ([None], True, (1, 2, 85, 170)),
        (["2012-11-22", "2019-06-01"], False, (1, 2, 85, 170)),
        (["2015-05-03", "2019-06-01"], False, (1, 1, 85, 85)),
        (["2010-01-01", "2011-01-01"], True, (3, 3, 170, 170)),  # the most of a family
        (["2010-01-01", "2019-06-01"], None, (1, 2, 85, 170)),
    ],
)
def test_biometrics_are_paid_from_14_years_on_and_up_to_the_most_of_a_family(born: Any, every: Any, seen: Any) -> None:
    assert paid("biometrics", every, **children(*born)) == seen


@pytest.mark.parametrize(("born", "count"), [("1946-11-23", 1), ("1946-11-22", 0)])
def test_nobody_gives_biometrics_from_80_years_on(born: str, count: int) -> None:
    assert paid("biometrics", None, candidate={"birth_date": born})[:2] == (count, count)


def test_a_partner_who_stays_and_not_all_of_two_small_children_come_to_1945_dollars_at_most() -> None:
    family = {"marital_status": "married", **children("2015-05-03", "2019-06-01")["household"]}
    found = fees(person(partner={"accompanying": False}, household=family), ON, all_children=False)
    assert (found.low, found.high) == (1675, 990 + 270 + 600 + 85)


@pytest.mark.parametrize(
    ("partner", "status", "count"),
    [(None, None, (0, 1)), (None, "single", (0, 0)), (None, "married", (0, 1)), (False, None, (0, 0))],
)
def test_a_partner_who_may_be_there_may_be_paid_for(partner: Any, status: Any, count: Any) -> None:
    assert paid("partner", None, partner=partner, household={"marital_status": status})[:2] == count


def test_children_of_whom_nothing_was_told_are_in_no_sum_and_that_is_known() -> None:
    assert fees(person(household={"dependants": None}), ON).children_told is False
    assert fees(person(), ON).children_told is True


def test_a_day_before_the_first_table_has_no_fees() -> None:
    with pytest.raises(NoRulesError):
        fees(person(), date(2022, 4, 29))


# --- the data

KINDS: dict[str, type[Provision]] = {
    "police": PoliceRule,
    "medical": MedicalRule,
    "fees": FeeTable,
    "paper": PaperRule,
    "check": CheckRule,
}
ENTRIES = [entry for table, kind in KINDS.items() for entry in shipped().entries("documents", table, kind)]


def test_the_file_holds_only_tables_that_are_read() -> None:
    assert set(toml("rules/documents.toml")) == set(KINDS)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.reference[:40])
def test_each_entry_says_where_it_was_read_and_whether_that_was_an_official_text(entry: Any) -> None:
    assert len(entry.reference) > 8
    assert date(2026, 1, 1) <= entry.checked_on <= date(2026, 11, 21)
    official = re.match(r"https://(www\.)?canada\.ca/|https://laws-lois\.justice\.gc\.ca/", entry.url)
    assert official or entry.read in UNOFFICIAL
    assert official is None or entry.read != "secondary"


def test_every_kind_of_paper_and_every_check_is_used() -> None:
    found = {paper.rule.paper for case in CASES for paper in documents(person(**case), ON)}
    assert found == {entry.paper for entry in ENTRIES if isinstance(entry, PaperRule)}
    checks = {check.id for check in mistakes(person(), ON)}
    assert checks == {entry.check for entry in ENTRIES if isinstance(entry, CheckRule)}


CASES: tuple[dict[str, Any], ...] = (
    {},
    {"household": {"residences": [{"country": "US", "from": "2019-01-01", "until": None}]}},
    {"household": {"residences": [{"country": "IN", "from": "2019-01-01", "until": None}], "dependants": [CHILD]}},
    {"household": {"marital_status": "divorced"}},
    {"candidate": {"nomination": {"enhanced": True}, "job_offers": [OFFER], "jobs": [{"self_employed": True}]}},
)
