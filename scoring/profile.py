"""The facts about a candidate: the vocabulary of a profile.

Absent means unknown, everywhere, and never zero or "no". Only in some places does a value of nothing mean something:
`false` for a partner, a nomination, a certificate, military service or an ECA; `[]` for any list; `null` for the end of
a job or a stay that goes on, for an invitation and for the day of submission that are not there yet. `null` elsewhere
is absent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError, from_json

from scoring.abilities import ABILITIES, HIGHEST_STATED, TEST_LANGUAGE, Official, Scale, TestId
from scoring.occupations import unit_groups
from scoring.provisions import Chart, Domain
from scoring.resources import rows
from scoring.rulebook import shipped

MOST_ITEMS = 40
"""More jobs, credentials, results or dependants than this is a mistake or an attack, not a life."""
OLDEST_BIRTH = date(1900, 1, 1)
OLDEST_AGE = 120
HOURS_IN_WEEK = 168

_NONE, _FACTS = "<none>", "<facts>"
_UNION_ARMS = ("date", "datetime")
"""What pydantic adds to an error's place to say which arm of a union failed; no key of ours has these names."""


def _none_or_facts(value: object) -> str:
    return _NONE if value is False else _FACTS


T = TypeVar("T")
NoneOr = Annotated[
    Annotated[Literal[False], Tag(_NONE)] | Annotated[T, Tag(_FACTS)],
    Discriminator(_none_or_facts),
]
"""`false` = there is none, or the facts of the one there is."""


def _refuse(code: str, allowed: str, **context: Any) -> PydanticCustomError:
    return PydanticCustomError(code, "{allowed}", {"allowed": allowed, **context})


def _known_noc(code: str) -> str:
    if code not in unit_groups():
        raise _refuse("unknown_noc", "a five-digit NOC 2021 unit group, such as 21231")
    return code


@cache
def countries() -> frozenset[str]:
    """The ISO 3166-1 two-letter codes."""
    return frozenset(row["code"] for row in rows("data/countries.csv"))


def _known_country(code: str) -> str:
    if code not in countries():
        raise _refuse("unknown_country", "an ISO 3166 two-letter country code, such as CA or IN")
    return code


def _weekly(hours: float) -> float:
    if not 0 <= hours <= HOURS_IN_WEEK or round(hours, 2) != hours:
        raise _refuse("weekly_hours", f"0 to {HOURS_IN_WEEK} hours a week, at most two decimals")
    return hours


def _two_decimals(months: float) -> float:
    if round(months, 2) != months:
        raise _refuse("too_precise", "0 to 1200 months, at most two decimals")
    return months


def _day(value: object) -> object:
    """A day from its ISO form; pydantic would also take a number in a string for a time stamp."""
    if not isinstance(value, str):
        return value
    try:
        if len(value) == _DAY_LENGTH:
            return date.fromisoformat(value)
    except ValueError as error:  # a 13th month, a 30th of February
        raise _refuse("no_day", "a day that exists, written YYYY-MM-DD") from error
    raise _refuse("no_day", "a day, written YYYY-MM-DD")


_DAY_LENGTH = len("2026-04-01")

Day = Annotated[date, BeforeValidator(_day)]
Noc = Annotated[str, AfterValidator(_known_noc), Field(json_schema_extra={"pattern": "^[0-9]{5}$"})]
Country = Annotated[str, AfterValidator(_known_country), Field(json_schema_extra={"pattern": "^[A-Z]{2}$"})]
Text = Annotated[str, Field(max_length=200)]
Hours = Annotated[
    float,
    AfterValidator(_weekly),
    Field(json_schema_extra={"minimum": 0, "maximum": HOURS_IN_WEEK, "multipleOf": 0.01}),
]
StatedMonths = Annotated[float, Field(ge=0, le=1200), AfterValidator(_two_decimals)]
BirthDate = Annotated[date, Field(ge=OLDEST_BIRTH), BeforeValidator(_day)]
Level = Literal["secondary", "one_year", "two_year", "bachelor", "masters", "professional", "doctorate"]
Route = Literal["a", "b", "c", "d"]


class Facts(BaseModel):
    """A group of facts: frozen, no unknown key, every value of the exact JSON type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True, allow_inf_nan=False)


class LanguageResult(Facts):
    """One sitting of one test, or levels that a person states (`stated_clb`)."""

    test: TestId
    scale: Scale | None = None
    language: Official | None = None
    taken_on: Day | None = None
    listening: float | None = None
    reading: float | None = None
    writing: float | None = None
    speaking: float | None = None

    @field_validator("scale")
    @classmethod
    def _scale_is_of_tef(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is not None and info.data.get("test") not in (None, "tef_canada"):
            raise _refuse("scale_not_asked", "only tef_canada has a scale")
        return value

    @field_validator("language")
    @classmethod
    def _language_of_test(cls, value: str | None, info: ValidationInfo) -> str | None:
        spoken = TEST_LANGUAGE.get(info.data.get("test", ""))
        if value is not None and spoken not in (None, value):
            raise _refuse("language_of_test", f"this test is of {spoken}")
        return value

    @field_validator(*ABILITIES)
    @classmethod
    def _on_the_scale(cls, value: float | None, info: ValidationInfo) -> float | None:
        test = info.data.get("test")
        if value is None or test is None:
            return value
        domain = score_domain(test, info.data.get("scale"), str(info.field_name))
        steps = (value - domain.min) / domain.step
        if not domain.min <= value <= domain.max or steps != int(steps):
            raise _refuse("off_the_scale", f"{domain.min:g} to {domain.max:g} in steps of {domain.step:g}")
        return value

    @property
    def spoken(self) -> Official | None:
        """The official language that it is about."""
        return TEST_LANGUAGE.get(self.test) or self.language


@cache
def score_domain(test: str, scale: str | None, ability: str) -> Domain:
    """What a test can print for one ability. A TEF result without its scale may be on either."""
    if test == "stated_clb":
        return Domain(min=0, max=HIGHEST_STATED, step=1)
    domains = [
        chart.domain[ability]
        for chart in shipped().entries("language", "chart", Chart)
        if chart.test == test and (test != "tef_canada" or scale in (None, chart.scale))
    ]
    return Domain(
        min=min(domain.min for domain in domains),
        max=max(domain.max for domain in domains),
        step=min(domain.step for domain in domains),
    )


class Eca(Facts):
    """An educational credential assessment, issued for immigration."""

    issued_on: Day | None = None
    body: Text | None = None


class Credential(Facts):
    """A completed credential. `level` is the one that the ECA states; without an ECA it is an estimate."""

    level: Level | None = None
    country: Country | None = None
    completed_on: Day | None = None
    eca: NoneOr[Eca] | None = None
    full_time_in_canada: bool | None = None


class Job(Facts):
    """One job in one unit group, by dates, or by `months` where only these are known."""

    noc: Noc | None = None
    title: Text | None = None
    country: Country | None = None
    started_on: Day | None = None
    ended_on: Day | None = None
    stated_on: Day | None = None
    months: StatedMonths | None = None
    hours_per_week: Hours | None = None
    paid: bool | None = None
    self_employed: bool | None = None
    full_time_student: bool | None = None
    authorized: bool | None = None
    canadian_employer: bool | None = None
    qualified_since: Day | None = None
    publicly_funded: bool | None = None

    @field_validator("ended_on")
    @classmethod
    def _ends_after_it_starts(cls, value: date | None, info: ValidationInfo) -> date | None:
        started = info.data.get("started_on")
        if value is not None and started is not None and value < started:
            raise _refuse("ends_before_start", f"{started} (its start) or later, or null when it goes on")
        return value

    @field_validator("months")
    @classmethod
    def _months_or_dates(cls, value: float | None, info: ValidationInfo) -> float | None:
        if value is not None and (info.data.get("started_on") or info.data.get("ended_on")):
            raise _refuse("months_and_dates", "months, or the dates of the job, not both")
        return value

    @property
    def goes_on(self) -> bool:
        """Whether it is known that the job has no end yet (`ended_on` given as null)."""
        return self.ended_on is None and "ended_on" in self.model_fields_set and self.months is None


class Certificate(Facts):
    """A certificate of qualification in a trade, from a Canadian authority."""

    noc: Noc | None = None
    authority: Text | None = None


class Nomination(Facts):
    """A provincial nomination; only an enhanced one (Express Entry stream) counts."""

    province: Text | None = None
    enhanced: bool | None = None
    issued_on: Day | None = None


class JobOffer(Facts):
    """A job offer. `route`: a to d = the permit and LMIA conditions of IRPR 82(2) and 87.2(3)(d)(ii) to (v)."""

    noc: Noc | None = None
    full_time: bool | None = None
    permanent_or_one_year: bool | None = None
    route: Route | None = None


class Military(Facts):
    """Service in a recognized foreign military, and the offer of the Canadian Armed Forces."""

    offer_years: Annotated[float, Field(ge=0, le=60)] | None = None
    offer_noc: Noc | None = None
    offer_full_time: bool | None = None
    service_years: Annotated[float, Field(ge=0, le=80)] | None = None
    continuous: bool | None = None
    serving: bool | None = None


class Person(Facts):
    """The facts about one of two people; either can be scored as principal applicant."""

    birth_date: BirthDate | None = None
    stated_on: Day | None = None
    age: Annotated[int, Field(ge=0, le=OLDEST_AGE)] | None = None
    first_official_language: Official | None = None
    language_results: Annotated[tuple[LanguageResult, ...], Field(max_length=MOST_ITEMS, strict=False)] | None = None
    credentials: Annotated[tuple[Credential, ...], Field(max_length=MOST_ITEMS, strict=False)] | None = None
    jobs: Annotated[tuple[Job, ...], Field(max_length=MOST_ITEMS, strict=False)] | None = None
    trade_certificate: NoneOr[Certificate] | None = None
    nomination: NoneOr[Nomination] | None = None
    job_offers: Annotated[tuple[JobOffer, ...], Field(max_length=MOST_ITEMS, strict=False)] | None = None
    military: NoneOr[Military] | None = None
    sibling_in_canada: bool | None = None
    relative_in_canada: bool | None = None
    two_years_study_in_canada: bool | None = None
    authorized_to_work_in_canada: bool | None = None
    work_permit_ends_on: Day | None = None

    @field_validator("age")
    @classmethod
    def _age_needs_its_day(cls, value: int | None, info: ValidationInfo) -> int | None:
        if value is not None and info.data.get("stated_on") is None:
            raise _refuse("age_without_day", "an age together with stated_on, the day it was stated")
        return value


class Partner(Person):
    """A spouse or common-law partner, whether coming to Canada or not."""

    accompanying: bool | None = None
    canadian_or_permanent_resident: bool | None = None


class Dependant(Facts):
    """A child of either partner, coming to Canada or not."""

    birth_date: BirthDate | None = None
    has_partner: bool | None = None
    dependent_by_condition: bool | None = None


class Residence(Facts):
    """A stay in a country."""

    country: Country | None = None
    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None

    @field_validator("until")
    @classmethod
    def _ends_after_it_starts(cls, value: date | None, info: ValidationInfo) -> date | None:
        started = info.data.get("from_")
        if value is not None and started is not None and value < started:
            raise _refuse("ends_before_start", f"{started} (its start) or later")
        return value

    @property
    def goes_on(self) -> bool:
        """Whether it is known that the person still lives there (`until` given as null)."""
        return self.until is None and "until" in self.model_fields_set


MaritalStatus = Literal["single", "married", "common_law", "separated", "divorced", "widowed"]
WITH_PARTNER: frozenset[str] = frozenset({"married", "common_law"})


class Household(Facts):
    """What concerns both partners."""

    marital_status: MaritalStatus | None = None
    dependants: Annotated[tuple[Dependant, ...], Field(max_length=MOST_ITEMS, strict=False)] | None = None
    settlement_funds_cad: Annotated[float, Field(ge=0, le=1_000_000_000)] | None = None
    residence_country: Country | None = None
    residences: Annotated[tuple[Residence, ...], Field(max_length=MOST_ITEMS, strict=False)] | None = None
    intends_quebec: bool | None = None


class Invitation(Facts):
    """An invitation to apply."""

    on: Day | None = None
    round: Annotated[str, Field(max_length=10)] | None = None
    program: Literal["fsw", "cec", "fst", "pnp"] | None = None
    cut_off: Annotated[int, Field(ge=0, le=1200)] | None = None


class ExpressEntry(Facts):
    """The Express Entry profile itself. A submission day without its time cannot decide a tie."""

    profile_submitted_at: AwareDatetime | date | None = None
    invitation: Invitation | None = None

    @field_validator("profile_submitted_at", mode="before")
    @classmethod
    def _moment_or_day(cls, value: object) -> object:
        # read here: pydantic would also take a bare number, even in a string, for a time stamp
        if not isinstance(value, str):
            return value
        refused = _refuse("no_moment", "a day (2026-04-01), or a moment with its offset (2026-04-01T14:05:09Z)")
        if not _MOMENT.fullmatch(value):
            raise refused
        try:
            return datetime.fromisoformat(value) if len(value) > _DAY_LENGTH else date.fromisoformat(value)
        except ValueError as error:  # a 13th month, a 25th hour
            raise refused from error


class Profile(Facts):
    """All facts about a candidate; also the JSON that `tirage assess` reads."""

    candidate: Person | None = None
    partner: NoneOr[Partner] | None = None
    household: Household | None = None
    express_entry: ExpressEntry | None = None

    @field_validator("household")
    @classmethod
    def _status_fits_partner(cls, value: Household | None, info: ValidationInfo) -> Household | None:
        partner = info.data.get("partner")
        if value is None or value.marital_status is None or partner is None:
            return value
        together = value.marital_status in WITH_PARTNER
        if together and partner is False:
            raise _refuse(
                "contradiction", "married or common_law wants a partner, or none said yet", at="/marital_status"
            )
        if not together and partner is not False:
            raise _refuse("contradiction", f"{value.marital_status} wants partner: false", at="/marital_status")
        return value


class ProfileError(ValueError):
    """A profile that cannot be read: where, what was read, and what is allowed there."""

    def __init__(self, path: str, read: object, allowed: str, code: str) -> None:
        """Take the JSON pointer of the place, the value read, what is allowed, and a code for the wording."""
        super().__init__(f"{path or 'the profile'}: read {read!r}; allowed: {allowed}")
        self.path, self.read, self.allowed, self.code = path, read, allowed, code

    def as_json(self) -> dict[str, object]:
        """The error as `tirage assess` prints it."""
        return {"path": self.path, "read": self.read, "allowed": self.allowed, "code": self.code}


def read(data: str | bytes | Mapping[str, Any], *, entered_on: date | None = None) -> Profile:
    """A checked profile from JSON, or from what JSON would give.

    With `entered_on` (the day on which a person enters the facts) a fact that would lie in the future is refused;
    without, `assess` sets it aside. Raises ProfileError with the first thing that is wrong, in schema order.
    """
    text = data if isinstance(data, str | bytes) else json.dumps(data)
    try:
        profile = Profile.model_validate_json(text)
    except ValidationError as error:
        raise _first_error(error, text) from None
    if entered_on is not None:
        refuse_future(profile, entered_on)
    return profile


def schema() -> dict[str, Any]:
    """The JSON Schema of a profile."""
    return Profile.model_json_schema(by_alias=True)


def _first_error(error: ValidationError, text: str | bytes) -> ProfileError:
    details = error.errors(include_url=False)[0]
    if details["type"] == "json_invalid":
        return ProfileError("", _shortened(text), "JSON", "json")
    path, code = _pointer(details), details["type"]
    if code == "extra_forbidden":
        return ProfileError(path, _value_at(text, path), "no such key; see --schema", "unknown_field")
    context = details.get("ctx", {})
    allowed = context.get("allowed") or _ALLOWED.get(code, details["msg"]).format(**context)
    return ProfileError(path, _value_at(text, path), allowed, code)


_ALLOWED = {
    "bool_type": "true or false",
    "int_type": "a whole number",
    "float_type": "a number",
    "string_type": "text",
    "string_too_long": "at most {max_length} characters",
    "tuple_type": "a list",
    "too_long": "at most {max_length} items",
    "date_type": "a day, written YYYY-MM-DD",
    "model_type": "an object of facts; false where there is none of it, and only where --schema allows that",
    "model_attributes_type": "an object of facts",
    "literal_error": "{expected}",
    "greater_than_equal": "{ge} or more",
    "less_than_equal": "{le} or less",
    "finite_number": "a finite number",
    "missing": "this key is needed",
}
"""What is allowed, in our words, by pydantic's kind of error."""


def _shortened(text: str | bytes, most: int = 80) -> str:
    line = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return line if len(line) <= most else line[:most] + "…"


def _pointer(details: ErrorDetails) -> str:
    parts = [str(part) for part in details["loc"] if part not in (_NONE, _FACTS, *_UNION_ARMS)]
    at = str(details.get("ctx", {}).get("at", ""))
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts) + at


def _value_at(text: str | bytes, path: str) -> object:
    """What stands at a JSON pointer, or null where nothing does."""
    value = from_json(text)
    for part in path.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        try:
            value = value[int(key)] if isinstance(value, list) else value[key]
        except (KeyError, IndexError, ValueError, TypeError):
            return None
    # NaN and Infinity are no JSON: they are told as text, so that the refusal itself can be read
    told = json.dumps(value)
    return _shortened(told) if len(told) > _MOST_TOLD else json.loads(told, parse_constant=str)


_MOST_TOLD = 400
"""Longer values are told by their beginning: a refusal says what was read, it does not send it all back."""


_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2}))?")
PAST_ONLY = frozenset(
    {"birth_date", "taken_on", "completed_on", "issued_on", "started_on", "stated_on", "qualified_since", "from", "on"}
)
"""Dates of things that have happened when a person enters them."""


def dated(facts: Facts, path: str = "") -> Iterator[tuple[str, str, date]]:
    """(JSON pointer, key, day) for every date in a group of facts, in schema order."""
    for name, field in type(facts).model_fields.items():
        value, key = getattr(facts, name), field.alias or name
        if isinstance(value, datetime):
            yield f"{path}/{key}", key, value.date()
        elif isinstance(value, date):
            yield f"{path}/{key}", key, value
        elif isinstance(value, Facts):
            yield from dated(value, f"{path}/{key}")
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, Facts):
                    yield from dated(item, f"{path}/{key}/{index}")


def refuse_future(facts: Facts, today: date) -> None:
    """Raise ProfileError for the first date of something past that lies after `today`."""
    for path, key, day in dated(facts):
        if key in PAST_ONLY and day > today:
            raise ProfileError(path, day.isoformat(), f"{today} or earlier", "in_the_future")
