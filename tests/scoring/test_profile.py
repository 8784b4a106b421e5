"""What a profile may hold, and how it says no (cases/base/refusals.json, accepted.json)."""

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from scoring.occupations import unit_groups
from scoring.profile import MOST_ITEMS, Facts, Profile, ProfileError, countries, dated, read, refuse_future, schema

BASE = Path(__file__).parent / "cases" / "base"
REFUSALS: list[dict[str, Any]] = json.loads((BASE / "refusals.json").read_text("utf-8"))
ACCEPTED: list[dict[str, Any]] = json.loads((BASE / "accepted.json").read_text("utf-8"))
COMPLETE: dict[str, Any] = json.loads((BASE / "complete.json").read_text("utf-8"))
LISTS = [
    "/candidate/language_results",
    "/candidate/credentials",
    "/candidate/jobs",
    "/candidate/job_offers",
    "/partner/jobs",
    "/household/dependants",
    "/household/residences",
]


def named(case: Mapping[str, Any]) -> str:
    return str(case["name"])


def day_of(case: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(case["entered_on"]) if "entered_on" in case else None


def refusal(data: Any, entered_on: date | None = None) -> ProfileError:
    with pytest.raises(ProfileError) as found:
        read(data, entered_on=entered_on)
    return found.value


# --- refusals ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", REFUSALS, ids=named)
def test_refusal_says_where_what_was_read_and_what_is_allowed(case: dict[str, Any]) -> None:
    error = refusal(case.get("text", case.get("given")), day_of(case)).as_json()
    assert (error["path"], error["read"], error["code"]) == (case["path"], case["read"], case["code"])
    assert isinstance(error["read"], bool) is isinstance(case["read"], bool)
    assert case["allowed"].lower() in str(error["allowed"]).lower()
    assert error["allowed"]


@pytest.mark.parametrize("case", REFUSALS, ids=named)
def test_refusal_is_the_same_from_text_bytes_and_a_mapping(case: dict[str, Any]) -> None:
    text = case["text"] if "text" in case else json.dumps(case["given"])
    expected = refusal(text, day_of(case)).as_json()
    assert refusal(text.encode(), day_of(case)).as_json() == expected
    if "given" in case:
        assert refusal(case["given"], day_of(case)).as_json() == expected


@pytest.mark.parametrize("case", REFUSALS, ids=named)
def test_refusal_points_with_a_json_pointer_and_prints_as_json(case: dict[str, Any]) -> None:
    error = refusal(case.get("text", case.get("given")), day_of(case))
    assert re.fullmatch(r"(/([^~/]|~[01])*)*", error.path)
    assert set(json.loads(json.dumps(error.as_json(), allow_nan=False))) == {"path", "read", "allowed", "code"}
    assert error.allowed in str(error)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e400"])
@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('{"household": {"settlement_funds_cad": %s}}', "/household/settlement_funds_cad"),
        ('{"candidate": {"language_results": [{"test": "pte_core", "reading": %s}]}}', "/candidate/language_results/0"),
        ('{"candidate": {"jobs": [{"hours_per_week": %s}]}}', "/candidate/jobs/0/hours_per_week"),
        ('{"candidate": {"jobs": [{"months": %s}]}}', "/candidate/jobs/0/months"),
        ('{"candidate": {"military": {"service_years": %s}}}', "/candidate/military/service_years"),
        ('{"candidate": %s}', "/candidate"),
    ],
)
def test_what_is_no_finite_number_is_refused(text: str, path: str, value: str) -> None:
    error = refusal(text % value)
    assert error.path == "" or error.path.startswith(path)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_the_refusal_of_what_is_no_finite_number_is_itself_valid_json(value: str) -> None:
    error = refusal('{"household": {"settlement_funds_cad": ' + value + "}}")
    assert json.loads(json.dumps(error.as_json(), allow_nan=False))["path"] == error.path


@pytest.mark.parametrize("path", LISTS)
def test_a_list_ends_at_forty_items(path: str) -> None:
    group, name = path.split("/")[1:]
    item = {"test": "pte_core"} if name == "language_results" else {}
    assert isinstance(read({group: {name: [item] * MOST_ITEMS}}), Profile)
    error = refusal({group: {name: [item] * (MOST_ITEMS + 1)}})
    assert (error.path, error.code) == (path, "too_long")
    assert str(MOST_ITEMS) in error.allowed
    assert refusal({group: {name: [item] * 50_000}}).path == path


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
@pytest.mark.parametrize("depth", [5, 150, 5_000, 100_000])
def test_deep_junk_is_refused_and_never_a_crash(opening: str, closing: str, depth: int) -> None:
    junk = opening * depth + "1" + closing * depth
    error = refusal('{"candidate": {"jobs": ' + junk + "}}")
    assert (
        error.code in ("json", "too_deep")
        if depth >= 5_000
        else error.path in ("", "/candidate/jobs", "/candidate/jobs/0")
    )


@pytest.mark.parametrize(
    "junk", [b"\xff\xfe", b'{"candidate": "\xff"}', b"\x00", "\ufeff{}".encode(), b'{"a": "\xed\xa0\x80"}']
)
def test_what_is_no_text_is_no_json(junk: bytes) -> None:
    error = refusal(junk)
    assert (error.path, error.code) == ("", "json")
    assert isinstance(error.read, str)


def test_bad_json_is_shown_shortened() -> None:
    error = refusal("x" * 100_000)
    assert error.code == "json"
    assert isinstance(error.read, str)
    assert len(error.read) < 200


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["candidate", "partner", "jobs", "noc", "eca", "x"]), inner, max_size=3)
        ),
        max_leaves=10,
    )
)
def test_junk_is_read_or_refused_and_nothing_else(junk: Any) -> None:
    assert outcome(json.dumps(junk)).startswith(("read", "refused /", "refused at the top"))


def outcome(text: str) -> str:
    try:
        read(text)
    except ProfileError as error:
        return f"refused {error.path or 'at the top'}: {error.code}"
    return "read"


# --- what is accepted, and what it means ---------------------------------------------------------------------------


@pytest.mark.parametrize("case", ACCEPTED, ids=named)
def test_accepted(case: dict[str, Any]) -> None:
    profile = read(case["given"], entered_on=day_of(case))
    assert isinstance(profile, Profile)
    assert read(json.dumps(case["given"])) == profile


def test_a_complete_profile_is_kept_as_it_was_given() -> None:
    told = read(COMPLETE).model_dump(mode="json", by_alias=True, exclude_unset=True)
    assert told == COMPLETE


@pytest.mark.parametrize(
    ("job", "goes_on"),
    [
        ({"started_on": "2024-01-01", "ended_on": None}, True),
        ({"ended_on": None}, True),
        ({"started_on": "2024-01-01"}, False),
        ({"started_on": "2024-01-01", "ended_on": "2024-06-30"}, False),
        ({"months": 12, "ended_on": None}, False),
    ],
)
def test_a_null_end_means_that_the_job_goes_on_and_an_absent_one_that_nobody_knows(
    job: dict[str, Any], goes_on: bool
) -> None:
    candidate = read({"candidate": {"jobs": [job]}}).candidate
    assert candidate is not None
    assert candidate.jobs is not None
    assert candidate.jobs[0].goes_on is goes_on


@pytest.mark.parametrize("name", ["invitation", "profile_submitted_at"])
def test_a_null_that_means_not_yet_is_kept_apart_from_what_is_absent(name: str) -> None:
    not_yet, unknown = read({"express_entry": {name: None}}), read({"express_entry": {}})
    assert not_yet.express_entry is not None
    assert unknown.express_entry is not None
    assert name in not_yet.express_entry.model_fields_set
    assert name not in unknown.express_entry.model_fields_set


def test_an_empty_list_is_none_and_an_absent_one_unknown() -> None:
    candidate = read({"candidate": {"jobs": []}}).candidate
    assert candidate is not None
    assert candidate.jobs == ()
    assert candidate.credentials is None


def test_a_profile_cannot_be_changed() -> None:
    profile = read(COMPLETE)
    assert profile.candidate is not None
    with pytest.raises(ValidationError):
        profile.candidate.sibling_in_canada = True  # type: ignore[misc]


def test_both_partners_are_the_same_kind_of_person() -> None:
    candidate, partner = (schema()["$defs"][name]["properties"] for name in ("Person", "Partner"))
    extra = {"accompanying", "canadian_or_permanent_resident"}
    assert set(partner) - set(candidate) == extra
    assert set(candidate) <= set(partner)


def test_countries_are_two_capital_letters_and_canada_is_one() -> None:
    assert {"CA", "IN", "FR", "US", "PH", "NG", "GB"} <= countries()
    assert all(re.fullmatch("[A-Z]{2}", code) for code in countries())
    assert len(countries()) >= 249


def test_dates_of_a_profile_come_in_schema_order() -> None:
    profile = read({"household": {"residences": [{"from": "2020-01-01"}]}, **COMPLETE, "express_entry": {}})
    assert [path for path, _, _ in dated(profile)] == [
        "/candidate/birth_date",
        "/candidate/language_results/0/taken_on",
        "/candidate/credentials/0/completed_on",
        "/candidate/credentials/0/eca/issued_on",
        "/candidate/jobs/0/started_on",
        "/candidate/jobs/0/ended_on",
    ]


def test_the_first_future_date_in_schema_order_is_refused() -> None:
    profile = read({"candidate": {"birth_date": "2030-01-01", "jobs": [{"started_on": "2029-01-01"}]}})
    with pytest.raises(ProfileError) as found:
        refuse_future(profile, date(2026, 6, 1))
    assert found.value.path == "/candidate/birth_date"


# --- any profile: there and back, and its schema -------------------------------------------------------------------

DAYS = st.dates(date(2000, 1, 1), date(2026, 6, 1)).map(date.isoformat)
LATER = st.dates(date(2026, 6, 2), date(2030, 1, 1)).map(date.isoformat)
FLAG = st.booleans() | st.none()
NOC = st.sampled_from(sorted(unit_groups()))
COUNTRY = st.sampled_from(sorted(countries()))
TEXT = st.text(max_size=20)


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


def some_of(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any] | bool]:
    return st.just(False) | some(**fields)


def listed(item: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(item, max_size=3)


def result(
    test: str, raw: st.SearchStrategy[Any], **fields: st.SearchStrategy[Any]
) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"test": st.just(test)},
        optional={"taken_on": DAYS, "listening": raw, "reading": raw, "writing": raw, "speaking": raw, **fields},
    )


RESULTS = st.one_of(
    result("ielts_general", st.integers(0, 18).map(lambda half: half / 2)),
    result("celpip_general", st.integers(0, 12)),
    result("pte_core", st.integers(10, 90)),
    result("tef_canada", st.integers(0, 300), scale=st.sampled_from(["old_score", "score_699"])),
    result("tcf_canada", st.just(None)),
    st.builds(
        lambda stated, language: {**stated, "language": language},
        result("stated_clb", st.integers(0, 12)),
        st.sampled_from(["en", "fr"]),
    ),
)
JOB = some(
    noc=NOC,
    title=TEXT,
    country=COUNTRY,
    hours_per_week=st.integers(0, 16_800).map(lambda hundredths: hundredths / 100),
    paid=FLAG,
    self_employed=FLAG,
    full_time_student=FLAG,
    authorized=FLAG,
    canadian_employer=FLAG,
    publicly_funded=FLAG,
    qualified_since=DAYS,
)
DATED_JOB = st.builds(lambda job, dates: {**job, **dates}, JOB, some(started_on=DAYS, ended_on=LATER | st.none()))
STATED_JOB = st.builds(
    lambda job, stated: {**job, **stated}, JOB, some(months=st.integers(0, 400), stated_on=DAYS, ended_on=st.none())
)
PERSON: dict[str, st.SearchStrategy[Any]] = {
    "birth_date": DAYS,
    "first_official_language": st.sampled_from(["en", "fr", None]),
    "language_results": listed(RESULTS),
    "credentials": listed(
        some(
            level=st.sampled_from(
                ["secondary", "one_year", "two_year", "bachelor", "masters", "professional", "doctorate"]
            ),
            country=COUNTRY,
            completed_on=DAYS,
            eca=some_of(issued_on=DAYS, body=TEXT),
            full_time_in_canada=FLAG,
        )
    ),
    "jobs": listed(DATED_JOB | STATED_JOB),
    "trade_certificate": some_of(noc=NOC, authority=TEXT),
    "nomination": some_of(province=TEXT, enhanced=FLAG, issued_on=DAYS),
    "job_offers": listed(some(noc=NOC, full_time=FLAG, permanent_or_one_year=FLAG, route=st.sampled_from("abcd"))),
    "military": some_of(offer_years=st.integers(0, 9), offer_noc=NOC, service_years=st.floats(0, 40), serving=FLAG),
    "sibling_in_canada": FLAG,
    "relative_in_canada": FLAG,
    "two_years_study_in_canada": FLAG,
    "authorized_to_work_in_canada": FLAG,
    "work_permit_ends_on": LATER,
}
AGED = st.builds(lambda age, day: {"age": age, "stated_on": day}, st.integers(0, 120), DAYS)
CANDIDATE = some(**PERSON) | st.builds(lambda person, age: {**person, **age}, some(**PERSON), AGED)
PROFILES = some(
    candidate=CANDIDATE,
    partner=some_of(**PERSON, accompanying=FLAG, canadian_or_permanent_resident=FLAG),
    household=some(
        dependants=listed(some(birth_date=DAYS, has_partner=FLAG, dependent_by_condition=FLAG)),
        settlement_funds_cad=st.floats(0, 1e9),
        residence_country=COUNTRY,
        residences=listed(st.fixed_dictionaries({}, optional={"country": COUNTRY, "from": DAYS, "until": LATER})),
        intends_quebec=FLAG,
    ),
    express_entry=some(
        profile_submitted_at=st.none() | DAYS | st.just("2026-04-01T14:05:09Z") | st.just("2026-04-01T19:35:09+05:30"),
        invitation=st.none()
        | some(on=DAYS, round=st.just("91a"), program=st.just("cec"), cut_off=st.integers(0, 1200)),
    ),
)


@given(PROFILES)
def test_a_profile_written_and_read_again_is_the_same(given_profile: dict[str, Any]) -> None:
    profile = read(given_profile)
    again = read(profile.model_dump_json(by_alias=True, exclude_unset=True))
    assert again == profile
    assert set_fields(again) == set_fields(profile)


def test_a_stay_is_written_under_the_key_that_is_read() -> None:
    profile = read({"household": {"residences": [{"country": "FR", "from": "2020-01-01"}]}})
    assert read(profile.model_dump_json(by_alias=True, exclude_unset=True)) == profile


def set_fields(facts: Any) -> Any:
    """Which keys were given, all the way down: null and absent are not the same everywhere."""
    if isinstance(facts, Facts):
        return {name: set_fields(getattr(facts, name)) for name in facts.model_fields_set}
    if isinstance(facts, tuple):
        return [set_fields(item) for item in facts]
    return None


SCHEMA = schema()


def fits(value: Any, rule: Mapping[str, Any]) -> bool:
    """Whether a value fits a JSON Schema, as far as ours goes."""
    if "$ref" in rule:
        return fits(value, SCHEMA["$defs"][rule["$ref"].rpartition("/")[2]])
    for some_rules in (rule.get("anyOf"), rule.get("oneOf")):
        if some_rules is not None and not any(fits(value, each) for each in some_rules):
            return False
    if "const" in rule and (value != rule["const"] or type(value) is not type(rule["const"])):
        return False
    if "enum" in rule and value not in rule["enum"]:
        return False
    return _type_fits(value, rule)


def _type_fits(value: Any, rule: Mapping[str, Any]) -> bool:
    match rule.get("type"):
        case "null":
            return value is None
        case "boolean":
            return isinstance(value, bool)
        case "integer" | "number" as kind:
            right = isinstance(value, int if kind == "integer" else int | float) and not isinstance(value, bool)
            return right and rule.get("minimum", value) <= value <= rule.get("maximum", value)
        case "string":
            return isinstance(value, str) and len(value) <= rule.get("maxLength", len(value))
        case "array":
            return (
                isinstance(value, list)
                and len(value) <= rule.get("maxItems", len(value))
                and all(fits(item, rule["items"]) for item in value)
            )
        case "object":
            known = rule.get("properties", {})
            return (
                isinstance(value, dict)
                and set(rule.get("required", ())) <= set(value)
                and (rule.get("additionalProperties", True) is not False or set(value) <= set(known))
                and all(fits(item, known[key]) for key, item in value.items() if key in known)
            )
    return True


@given(PROFILES)
def test_the_schema_validates_what_is_read(given_profile: dict[str, Any]) -> None:
    assert isinstance(read(given_profile), Profile)
    assert fits(given_profile, SCHEMA)


@pytest.mark.parametrize("case", ACCEPTED, ids=named)
def test_the_schema_validates_every_accepted_case(case: dict[str, Any]) -> None:
    assert fits(case["given"], SCHEMA)


STRUCTURAL = {
    "unknown_field",
    "bool_type",
    "int_type",
    "float_type",
    "string_type",
    "tuple_type",
    "model_type",
    "too_long",
}
STRUCTURAL |= {"literal_error", "missing", "date_type"}


@pytest.mark.parametrize(
    "case", [case for case in REFUSALS if "given" in case and case["code"] in STRUCTURAL], ids=named
)
def test_the_schema_refuses_what_is_wrong_in_shape(case: dict[str, Any]) -> None:
    assert not fits(case["given"], SCHEMA)


def test_the_schema_knows_every_group_closed_and_every_key_with_a_type() -> None:
    groups = [SCHEMA, *SCHEMA["$defs"].values()]
    assert {group["title"] for group in groups} == {
        *("Profile", "Person", "Partner", "Household", "ExpressEntry", "Invitation", "LanguageResult", "Credential"),
        *("Eca", "Job", "Certificate", "Nomination", "JobOffer", "Military", "Dependant", "Residence"),
    }
    for group in groups:
        assert group["additionalProperties"] is False, group["title"]
        for key, rule in group["properties"].items():
            assert {"anyOf", "oneOf", "$ref", "type", "enum", "const"} & set(rule), (group["title"], key)


def test_the_schema_writes_a_stay_with_the_key_from() -> None:
    assert set(SCHEMA["$defs"]["Residence"]["properties"]) == {"country", "from", "until"}
