"""Changes to a profile: each gives the changed profile, so that the whole of it can be assessed again.

More work is looked at later, with everything else moved along, so that only the work makes the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, TypeVar

from scoring.abilities import Ability, Clbs, TestId
from scoring.calendar import MONTHS_IN_YEAR, add_months, add_years
from scoring.extent import ABROAD, noc_of
from scoring.language import highest
from scoring.occupations import teer
from scoring.profile import (
    Credential,
    Eca,
    Household,
    Job,
    LanguageResult,
    Level,
    Partner,
    Person,
    Profile,
)
from scoring.rulebook import Rules

Apply = Callable[[Profile], Profile]
Whose = Literal["candidate", "partner"]
COUNTRIES: Mapping[str, str] = {"canada": "CA", "abroad": ABROAD}
"""A country for each place of work that the tables tell apart."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change to make: `apply` gives the changed profile; `months` = how much later it is seen."""

    id: str
    values: dict[str, Any]
    apply: Apply
    months: int = 0
    warning: str | None = None
    whole: bool = False
    """Whether it turns the whole profile round, so that no other change can be joined to it."""


def seen_later(rules: Rules, months: int) -> Rules:
    """The same rules, so many months from their day."""
    return rules.seen_on(later(rules.on, months)) if months else rules


def later(day: date, months: int) -> date:
    """The day so many months after another; whole years by the calendar anniversary."""
    years, rest = divmod(months, MONTHS_IN_YEAR)
    return add_months(day, months) if rest else add_years(day, years)


# --- one of the two people


def person_of(profile: Profile, whose: Whose) -> Person:
    """The candidate, or the partner; nobody known is somebody without facts."""
    if whose == "candidate":
        return profile.candidate or Person()
    return profile.partner if isinstance(profile.partner, Partner) else Partner()


def with_facts(profile: Profile, whose: Whose, **update: Any) -> Profile:
    """The profile with other facts about one of the two."""
    return profile.model_copy(update={whose: person_of(profile, whose).model_copy(update=update)})


def candidate(**update: Any) -> Apply:
    """Other facts about the candidate."""
    return lambda profile: with_facts(profile, "candidate", **update)


def household(**update: Any) -> Apply:
    """Other facts about the household."""

    def apply(profile: Profile) -> Profile:
        return profile.model_copy(update={"household": (profile.household or Household()).model_copy(update=update)})

    return apply


# --- language


def raised(result: LanguageResult, wanted: Mapping[Ability, int], rules: Rules) -> LanguageResult:
    """The result with the lowest raw score that reaches each wanted level, or the best that its test can tell."""
    if result.test == "stated_clb":
        return result.model_copy(update={ability: float(level) for ability, level in wanted.items()})
    chart = rules.charts[(result.test, "old_score" if result.test == "tef_canada" else "")]
    raw: dict[str, float] = {}
    for ability, level in wanted.items():
        steps = chart.levels[ability]
        raw[ability] = next((low for low, reached in steps if reached >= level), max(low for low, _ in steps))
    return result.model_copy(update=raw)


def with_result(index: int, wanted: Mapping[Ability, int], rules: Rules) -> Apply:
    """One of the candidate's results raised to some levels."""

    def apply(profile: Profile) -> Profile:
        results = list(person_of(profile, "candidate").language_results or ())
        results[index] = raised(results[index], wanted, rules)
        return with_facts(profile, "candidate", language_results=tuple(results))

    return apply


def in_place(result: LanguageResult) -> Apply:
    """The candidate's result in place of those in its language, the others kept."""

    def apply(profile: Profile) -> Profile:
        given = person_of(profile, "candidate").language_results or ()
        kept = (each for each in given if each.spoken != result.spoken)
        return with_facts(profile, "candidate", language_results=(*kept, result))

    return apply


def beside(result: LanguageResult, whose: Whose) -> Apply:
    """One more result beside those that there are; who has several uses the best."""

    def apply(profile: Profile) -> Profile:
        results = (*(person_of(profile, whose).language_results or ()), result)
        return with_facts(profile, whose, language_results=results)

    return apply


def test_at(test: TestId, wanted: Mapping[Ability, int], have: Clbs, rules: Rules) -> LanguageResult:
    """A test of today at some levels, no ability lower than `have`, none above what the tables tell apart."""
    now = dict(zip(wanted, have, strict=True))
    levels = {ability: min(max(level, now[ability]), highest(rules)) for ability, level in wanted.items()}
    return raised(LanguageResult(test=test, taken_on=rules.on), levels, rules)


# --- work


def occupation(person: Person, rules: Rules) -> str:
    """The unit group of the latest skilled job; some skilled one where there is none."""
    skilled = [job for job in person.jobs or () if job.noc and teer(job.noc) in rules.counting.teers]
    latest = max(skilled, key=lambda job: job.started_on or date.min, default=None)
    return (latest and latest.noc) or noc_of(rules.counting.teers, True, frozenset())


def worked(noc: str, place: str, months: int, rules: Rules, whose: Whose = "candidate") -> Apply:
    """So many further months of full-time work from today on: jobs that go on end, everything else moves along."""
    today = rules.on

    def ended(job: Job) -> Job:
        """A job that goes on ends the day before: work in Canada on the same day would leave no room for it."""
        if not job.goes_on or job.started_on is None:
            return job
        return job.model_copy(update={"ended_on": max(job.started_on, today - timedelta(1))})

    def apply(profile: Profile) -> Profile:
        kept = tuple(ended(job) for job in person_of(profile, whose).jobs or ())
        more = Job(
            noc=noc,
            country=COUNTRIES[place],
            started_on=today,
            ended_on=None,
            hours_per_week=float(rules.counting.full_time_hours),
            paid=True,
            self_employed=False,
            full_time_student=False,
            authorized=True,
            canadian_employer=place == "canada",
            qualified_since=today,
        )
        return with_facts(_moved(profile, months, whose), whose, jobs=(*kept, more))

    return apply


F = TypeVar("F", bound=Person)


def _moved(profile: Profile, months: int, whose: Whose) -> Profile:
    """The profile with everything but one person's work moved along, so that all of it stands as it does today."""
    update: dict[str, Any] = {}
    if profile.candidate is not None:
        update["candidate"] = _moved_person(profile.candidate, months, work=whose != "candidate")
    if isinstance(profile.partner, Partner):
        update["partner"] = _moved_person(profile.partner, months, work=whose != "partner")
    if profile.household is not None and profile.household.dependants:
        children = tuple(
            child.model_copy(update={"birth_date": _moved_day(child.birth_date, months)})
            for child in profile.household.dependants
        )
        update["household"] = profile.household.model_copy(update={"dependants": children})
    return profile.model_copy(update=update)


def _moved_day(day: date | None, months: int) -> date | None:
    return None if day is None else later(day, months)


def _moved_job(job: Job, months: int) -> Job:
    update = {"started_on": _moved_day(job.started_on, months)}
    if job.ended_on is not None:
        update["ended_on"] = _moved_day(job.ended_on, months)
    return job.model_copy(update=update)


def _moved_person(person: F, months: int, *, work: bool) -> F:
    def ahead(day: date | None) -> date | None:
        return _moved_day(day, months)

    def assessed(item: Credential) -> Credential:
        if not isinstance(item.eca, Eca):
            return item
        return item.model_copy(update={"eca": item.eca.model_copy(update={"issued_on": ahead(item.eca.issued_on)})})

    results, credentials, jobs = person.language_results, person.credentials, person.jobs
    update: dict[str, Any] = {
        "birth_date": ahead(person.birth_date),
        "stated_on": ahead(person.stated_on),
        "language_results": results
        and tuple(each.model_copy(update={"taken_on": ahead(each.taken_on)}) for each in results),
        "credentials": credentials and tuple(assessed(each) for each in credentials),
    }
    if work:
        update["jobs"] = jobs and tuple(_moved_job(job, months) for job in jobs)
    return person.model_copy(update=update)


# --- education


def credential(level: Level, place: str, rules: Rules) -> Credential:
    """A credential that counts: from Canada by full-time study there, or from abroad with an ECA of today."""
    if place == "canada":
        return Credential(level=level, country=COUNTRIES[place], full_time_in_canada=True)
    return Credential(level=level, country=COUNTRIES[place], eca=Eca(issued_on=rules.on))


def learned(more: Credential, whose: Whose = "candidate") -> Apply:
    """One more credential."""

    def apply(profile: Profile) -> Profile:
        items = person_of(profile, whose).credentials or ()
        return with_facts(profile, whose, credentials=(*items, more))

    return apply


def assessed(index: int, rules: Rules, whose: Whose = "candidate") -> Apply:
    """An ECA of today for one of somebody's credentials."""

    def apply(profile: Profile) -> Profile:
        items = list(person_of(profile, whose).credentials or ())
        items[index] = items[index].model_copy(update={"eca": Eca(issued_on=rules.on)})
        return with_facts(profile, whose, credentials=tuple(items))

    return apply


# --- the partner


def stays_behind(profile: Profile) -> Profile:
    """The partner does not come."""
    return with_facts(profile, "partner", accompanying=False)


def parted(profile: Profile) -> Profile:
    """There is no partner any more."""
    own = profile.household
    left: dict[str, Any] = {"partner": False}
    if own is not None and own.marital_status is not None:
        left["household"] = own.model_copy(update={"marital_status": "separated"})
    return profile.model_copy(update=left)


def belongs(profile: Profile) -> Profile:
    """The partner is a citizen or permanent resident of Canada."""
    return with_facts(profile, "partner", canadian_or_permanent_resident=True)


def swapped(profile: Profile) -> Profile:
    """The partner as principal applicant, the candidate as accompanying partner; a nomination stays with its holder."""
    partner = person_of(profile, "partner")
    given = person_of(profile, "candidate")
    principal = Person.model_construct(
        partner.model_fields_set & Person.model_fields.keys(),
        **{name: getattr(partner, name) for name in Person.model_fields},
    )
    spouse = Partner.model_construct(
        given.model_fields_set | {"accompanying", "canadian_or_permanent_resident"},
        **{name: getattr(given, name) for name in Person.model_fields},
        accompanying=True,
        canadian_or_permanent_resident=False,
    )
    return profile.model_copy(update={"candidate": principal, "partner": spouse})
