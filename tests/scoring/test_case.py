"""A profile as seen on a day: what is set aside, and what may be assumed absent (cases/base/set_aside.json)."""

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scoring.assessment import Assessment, assess
from scoring.case import ASSUMABLE, UnknownAssumptionError, open_case
from scoring.pointers import completed
from scoring.profile import Profile, ProfileError, read
from scoring.rulebook import shipped

BASE = Path(__file__).parent / "cases" / "base"
CASES: list[dict[str, Any]] = json.loads((BASE / "set_aside.json").read_text("utf-8"))
COMPLETE: dict[str, Any] = json.loads((BASE / "complete.json").read_text("utf-8"))
ON = date(2026, 6, 1)
RULES = shipped().on(ON)


def named(case: dict[str, Any]) -> str:
    return str(case["name"])


def profile(values: dict[str, Any], without: list[str] | None = None) -> Profile:
    """The complete candidate with other values, or without some facts."""
    data = copy.deepcopy(COMPLETE)
    for name in without or ():
        del data["candidate"][name]
    return read(completed(data, values))


def substance(found: Assessment) -> dict[str, Any]:
    """What an assessment says, without the places in the profile that it rests on."""
    return {
        "total": (found.crs.total, found.crs.low, found.crs.high),
        "lines": [(line.factor, line.points, line.estimate) for line in found.crs.lines],
        "programs": [(fit.id, fit.verdict, fit.fits_from) for fit in found.programs],
        "categories": [(fit.id, fit.verdict, fit.facts_verdict) for fit in found.categories],
        "draw_types": [(fit.id, fit.verdict) for fit in found.draw_types],
        "grid": (found.fsw_grid.total, found.fsw_grid.low, found.fsw_grid.high) if found.fsw_grid else None,
        "deadlines": [(each.id, each.on) for each in found.deadlines],
    }


# --- set aside -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=named)
def test_what_is_dated_after_the_day_has_not_happened(case: dict[str, Any]) -> None:
    found = assess(profile(case["with"], case.get("without")), ON)
    instead = assess(profile(case["like"], case.get("without")), ON)
    assert found.set_aside == case["aside"]
    assert substance(found) == substance(instead)


@pytest.mark.parametrize("case", [case for case in CASES if case["aside"]], ids=named)
def test_what_was_set_aside_comes_back_when_its_day_has_come(case: dict[str, Any]) -> None:
    assert assess(profile(case["with"], case.get("without")), date(2027, 7, 1)).set_aside == []


@pytest.mark.parametrize("case", [case for case in CASES if "/candidate" in next(iter(case["with"]))], ids=named)
def test_what_the_partner_has_later_is_set_aside_too(case: dict[str, Any]) -> None:
    data = copy.deepcopy(COMPLETE)
    data["partner"] = {"jobs": copy.deepcopy(COMPLETE["candidate"]["jobs"]), "accompanying": True}
    data["household"]["marital_status"] = "married"
    values = {pointer.replace("/candidate", "/partner"): value for pointer, value in case["with"].items()}
    found = open_case(read(completed(data, values)), RULES)
    assert found.set_aside == [pointer.replace("/candidate", "/partner") for pointer in case["aside"]]


def test_nothing_is_set_aside_where_all_has_happened() -> None:
    assert assess(read(COMPLETE), ON).set_aside == []


def test_items_keep_the_pointers_that_they_have_in_the_profile() -> None:
    bachelor = COMPLETE["candidate"]["credentials"][0]
    later = {"level": "masters", "country": "CA", "completed_on": "2027-06-01"}
    case = open_case(profile({"/candidate/credentials": [later, bachelor]}), RULES)
    assert case.candidate.credentials is not None
    assert [path for path, _ in case.candidate.credentials] == ["/candidate/credentials/1"]


def test_a_birth_after_the_day_is_set_aside() -> None:
    assert "/candidate/birth_date" in open_case(profile({"/candidate/birth_date": "2026-06-02"}), RULES).set_aside


FAR = ["0001-01-01", "1900-01-01", "9999-12-31"]
DATED: list[tuple[str, Any]] = [
    ("/candidate/birth_date", None),
    ("/candidate/work_permit_ends_on", None),
    ("/candidate/language_results/0/taken_on", None),
    ("/candidate/credentials/0/completed_on", None),
    ("/candidate/credentials/0/eca/issued_on", None),
    ("/candidate/jobs/0/qualified_since", None),
    ("/candidate/jobs", {"noc": "21231", "started_on": "DAY", "ended_on": "DAY", "hours_per_week": 40, "paid": True}),
    ("/candidate/jobs", {"noc": "21231", "months": 12, "stated_on": "DAY", "hours_per_week": 40, "paid": True}),
    ("/candidate/nomination", {"enhanced": True, "issued_on": "DAY"}),
    ("/household/dependants", {"birth_date": "DAY"}),
    ("/household/residences", {"country": "FR", "from": "DAY", "until": "DAY"}),
    ("/express_entry/invitation", {"on": "DAY"}),
    ("/express_entry/profile_submitted_at", None),
]


NEVER_ASIDE = {"/candidate/work_permit_ends_on"}


@pytest.mark.parametrize("day", FAR)
@pytest.mark.parametrize(("pointer", "value"), DATED)
def test_a_day_far_away_is_refused_or_assessed_and_never_a_crash(pointer: str, value: Any, day: str) -> None:
    told = day if value is None else json.loads(json.dumps(value).replace("DAY", day))
    listed = pointer.rpartition("/")[2] in ("jobs", "dependants", "residences")
    data = completed(COMPLETE, {pointer: [told] if listed else told})
    if day < "1900" and pointer.endswith(("birth_date", "dependants")):
        with pytest.raises(ProfileError, match="birth_date"):
            read(data)
        return
    found = assess(read(data), ON)
    assert found.crs.low <= found.crs.high
    assert bool(found.set_aside) is (day > "2026" and pointer not in NEVER_ASIDE and "months" not in str(value))


# --- the partner ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "partner", "known"),
    [
        ({}, True, False),
        ({"partner": False}, False, False),
        ({"partner": {}}, True, True),
        ({"household": {"marital_status": "single"}}, False, False),
        ({"household": {"marital_status": "widowed"}}, False, False),
        ({"household": {"marital_status": "separated"}, "partner": None}, False, False),
        ({"household": {"marital_status": "married"}}, True, True),
        ({"household": {"marital_status": "common_law"}}, True, True),
        ({"household": {}}, True, False),
    ],
)
def test_a_partner_is_there_or_not_or_may_be(data: dict[str, Any], partner: bool, known: bool) -> None:
    case = open_case(read(data), RULES)
    assert (case.partner is not None, case.partner_known) == (partner, known)


def test_a_sibling_in_canada_is_a_relative_in_canada() -> None:
    case = open_case(read({"candidate": {"sibling_in_canada": True}, "partner": {"sibling_in_canada": False}}), RULES)
    assert case.partner is not None
    assert (case.candidate.sibling, case.candidate.relative) == (True, True)
    assert (case.partner.sibling, case.partner.relative) == (False, None)


# --- assumptions ---------------------------------------------------------------------------------------------------

SIDE = {
    "nomination": "nomination",
    "military": "military",
    "trade_certificate": "certificate",
    "job_offers": "offers",
    "sibling_in_canada": "sibling",
    "relative_in_canada": "relative",
    "two_years_study_in_canada": "study",
}
OF_A_JOB = {
    "self_employed": ("self_employed", False),
    "full_time_student": ("full_time_student", False),
    "unpaid": ("paid", True),
    "unauthorized": ("authorized", True),
}
NOTHING_KNOWN = {"candidate": {"jobs": [{"noc": "21231"}, {}]}, "partner": {"jobs": [{}]}}
GIVEN: dict[str, Any] = {
    "nomination": {"enhanced": True},
    "military": {"serving": True},
    "trade_certificate": {"noc": "72200"},
    "job_offers": [{"noc": "21231"}],
    "sibling_in_canada": True,
    "relative_in_canada": True,
    "two_years_study_in_canada": True,
}


def test_these_may_be_assumed_absent_and_no_others() -> None:
    assert set(ASSUMABLE) == set(SIDE) | set(OF_A_JOB)


@pytest.mark.parametrize("name", SIDE)
def test_an_absent_fact_is_assumed_absent_for_both_partners(name: str) -> None:
    case = open_case(read(NOTHING_KNOWN), RULES, [name])
    assert case.assumed == [f"/candidate/{name}", f"/partner/{name}"]
    assert case.partner is not None
    for side in (case.candidate, case.partner):
        assert getattr(side, SIDE[name]) in (False, [], ())
        assert {other for other in SIDE if getattr(side, SIDE[other]) is None} == set(SIDE) - {name}


@pytest.mark.parametrize("name", SIDE)
def test_a_given_fact_is_never_assumed_absent(name: str) -> None:
    data = {"candidate": {name: GIVEN[name]}, "partner": {name: GIVEN[name]}}
    case = open_case(read(data), RULES, [name])
    assert case.assumed == []
    assert getattr(case.candidate, SIDE[name]) not in (None, False, [], ())


@pytest.mark.parametrize("name", SIDE)
def test_a_fact_given_as_absent_is_not_listed_as_assumed(name: str) -> None:
    none: Any = [] if name == "job_offers" else False
    data = {"candidate": {name: none}, "partner": False}
    assert open_case(read(data), RULES, [name]).assumed == []


@pytest.mark.parametrize("name", SIDE)
def test_null_is_absent_and_is_filled(name: str) -> None:
    assert open_case(read({"candidate": {name: None}, "partner": False}), RULES, [name]).assumed == [
        f"/candidate/{name}"
    ]


@pytest.mark.parametrize("name", OF_A_JOB)
def test_an_absent_fact_of_a_job_is_filled_in_every_job_of_both(name: str) -> None:
    key, value = OF_A_JOB[name]
    case = open_case(read(NOTHING_KNOWN), RULES, [name])
    assert case.assumed == [f"/candidate/jobs/0/{key}", f"/candidate/jobs/1/{key}", f"/partner/jobs/0/{key}"]
    assert case.candidate.jobs is not None
    assert [getattr(job, key) for _, job in case.candidate.jobs] == [value, value]
    assert [job.noc for _, job in case.candidate.jobs] == ["21231", None]


@pytest.mark.parametrize("name", OF_A_JOB)
def test_a_given_fact_of_a_job_stays(name: str) -> None:
    key, value = OF_A_JOB[name]
    case = open_case(read({"candidate": {"jobs": [{key: not value}, {}]}, "partner": False}), RULES, [name])
    assert case.assumed == [f"/candidate/jobs/1/{key}"]
    assert case.candidate.jobs is not None
    assert [getattr(job, key) for _, job in case.candidate.jobs] == [not value, value]


def test_a_relative_is_not_assumed_absent_where_a_sibling_is_in_canada() -> None:
    data = {"candidate": {"sibling_in_canada": True}, "partner": False}
    case = open_case(read(data), RULES, ["relative_in_canada"])
    assert case.assumed == []
    assert case.candidate.relative is True


def test_every_assumption_together_lists_each_pointer_once() -> None:
    assumed = open_case(read(NOTHING_KNOWN), RULES, ASSUMABLE).assumed
    assert len(assumed) == len(set(assumed)) == 2 * len(SIDE) + 3 * len(OF_A_JOB)


@pytest.mark.parametrize("name", SIDE)
def test_an_assumption_scores_as_the_fact_itself_would(name: str) -> None:
    data = copy.deepcopy(COMPLETE)
    del data["candidate"][name]
    if name == "relative_in_canada":
        del data["candidate"]["sibling_in_canada"]
        data["candidate"]["sibling_in_canada"] = False
    assumed, told = assess(read(data), ON, assume_absent=[name]), assess(read(COMPLETE), ON)
    assert assumed.assumed_absent == [f"/candidate/{name}"]
    assert substance(assumed) == substance(told)


def test_nothing_is_assumed_unless_it_is_asked() -> None:
    assert open_case(read(NOTHING_KNOWN), RULES).assumed == []
    assert assess(Profile(), ON).assumed_absent == []


def test_an_assumption_does_not_reach_other_facts() -> None:
    before, after = (assess(Profile(), ON, assume_absent=names).crs for names in ((), ("nomination",)))
    assert before.high - after.high >= 500
    assert before.low == after.low


@pytest.mark.parametrize("name", ["paid", "children", "", "Nomination", "nomination ", "partner"])
def test_an_unknown_name_is_an_error_that_names_it_and_what_may_be(name: str) -> None:
    with pytest.raises(UnknownAssumptionError) as found:
        assess(read(COMPLETE), ON, assume_absent=["nomination", name])
    assert found.value.name == name
    assert repr(name) in str(found.value)
    assert "two_years_study_in_canada" in str(found.value)
