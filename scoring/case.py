"""One profile as seen on one day: what lies after the day set aside, what is assumed absent filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from scoring.pointers import parts
from scoring.profile import (
    WITH_PARTNER,
    Credential,
    Dependant,
    Invitation,
    Job,
    JobOffer,
    LanguageResult,
    Military,
    Nomination,
    Partner,
    Person,
    Profile,
    read,
)
from scoring.rulebook import Rules

ASSUMABLE = (
    "nomination",
    "military",
    "trade_certificate",
    "job_offers",
    "sibling_in_canada",
    "relative_in_canada",
    "two_years_study_in_canada",
    "self_employed",
    "full_time_student",
    "unpaid",
    "unauthorized",
)
"""Names of facts that may be taken as absent until asked."""

_PERSON_DEFAULTS: Mapping[str, object] = {
    "nomination": False,
    "military": False,
    "trade_certificate": False,
    "job_offers": (),
    "sibling_in_canada": False,
    "relative_in_canada": False,
    "two_years_study_in_canada": False,
}
_JOB_DEFAULTS: Mapping[str, tuple[str, bool]] = {
    "self_employed": ("self_employed", False),
    "full_time_student": ("full_time_student", False),
    "unpaid": ("paid", True),
    "unauthorized": ("authorized", True),
}

Completion = dict[str, Any]
"""Values for unknown facts, by JSON pointer."""


class UnknownAssumptionError(ValueError):
    """A name that is no fact which may be assumed absent."""

    def __init__(self, name: str) -> None:
        """Name it, and what may be."""
        super().__init__(f"{name!r} cannot be assumed absent; what can: {', '.join(ASSUMABLE)}")
        self.name = name


@dataclass(slots=True)
class Side:
    """One of the two people, as seen on the day. Items carry the JSON pointer that they have in the profile."""

    path: str
    facts: Person
    results: list[tuple[str, LanguageResult]] | None
    credentials: list[tuple[str, Credential]] | None
    jobs: list[tuple[str, Job]] | None
    offers: list[tuple[str, JobOffer]] | None
    nomination: Nomination | bool | None
    military: Military | bool | None
    certificate: Any
    sibling: bool | None
    relative: bool | None
    study: bool | None
    assumed: tuple[str, ...]


@dataclass(slots=True)
class Case:
    """A profile on a day, under the rules of that day."""

    profile: Profile
    on: date
    rules: Rules
    candidate: Side
    partner: Side | None
    """The partner, who may be hypothetical; None when there surely is none."""
    partner_known: bool
    """Whether it is known that there is a partner (False with a partner side: there may be one)."""
    dependants: list[tuple[str, Dependant]] | None
    invitation: Invitation | None
    submitted: datetime | date | None
    set_aside: list[str]
    assumed: list[str]

    def fact(self, group: str, name: str) -> Any:
        """A fact of `household` or `express_entry`; None when unknown."""
        facts = getattr(self.profile, group)
        return None if facts is None else getattr(facts, name)


def open_case(profile: Profile, rules: Rules, assume_absent: Iterable[str] = ()) -> Case:
    """See a profile on the day of `rules`.

    Raises UnknownAssumptionError for a name in `assume_absent` that cannot be assumed.
    """
    names = tuple(assume_absent)
    for name in names:
        if name not in ASSUMABLE:
            raise UnknownAssumptionError(name)
    on, aside, assumed = rules.on, list[str](), list[str]()
    candidate = _side("/candidate", profile.candidate or Person(), on, names, aside, assumed)
    partner, known = _partner_side(profile, on, names, aside, assumed)
    household, entry = profile.household, profile.express_entry
    dependants = None
    if household is not None and household.dependants is not None:
        dependants = [
            (f"/household/dependants/{index}", child)
            for index, child in enumerate(household.dependants)
            if not _later(child.birth_date, on, f"/household/dependants/{index}", aside)
        ]
    if household is not None and household.residences:
        for index, stay in enumerate(household.residences):
            if not _later(stay.from_, on, f"/household/residences/{index}", aside):
                _later(stay.until, on, f"/household/residences/{index}/until", aside)
    invitation = entry.invitation if entry else None
    if invitation is not None and _later(invitation.on, on, "/express_entry/invitation", aside):
        invitation = None
    submitted = entry.profile_submitted_at if entry else None
    if submitted is not None and _later(_day(submitted), on, "/express_entry/profile_submitted_at", aside):
        submitted = None
    return Case(profile, on, rules, candidate, partner, known, dependants, invitation, submitted, aside, assumed)


def without(profile: Profile, set_aside: Iterable[str]) -> Profile:
    """The profile without what lies after the day: as if it had not happened, never as if it were unknown."""
    paths = sorted(set_aside, key=_place, reverse=True)  # later items first, so that places do not move
    if not paths:
        return profile
    data: Any = profile.model_dump(mode="json", by_alias=True, exclude_unset=True)
    for path in paths:
        *above, key = parts(path)
        place: Any = data
        for step in above:
            place = place[int(step)] if isinstance(place, list) else place[step]
        if isinstance(place, list):
            place.pop(int(key))
        elif key in _NOTHING:
            place[key] = _NOTHING[key]
        else:
            place.pop(key)
    return read(data)


def _place(path: str) -> list[tuple[int, str]]:
    return [(int(key), "") if key.isdigit() else (-1, key) for key in parts(path)]


_NOTHING = {"ended_on": None, "eca": False, "nomination": False, "invitation": None, "profile_submitted_at": None}
"""What it means that something has not happened yet; elsewhere the fact goes."""


def _day(moment: datetime | date) -> date:
    return moment.astimezone(UTC).date() if isinstance(moment, datetime) else moment


def _later(day: date | None, on: date, path: str, aside: list[str]) -> bool:
    if day is None or day <= on:
        return False
    aside.append(path)
    return True


def _partner_side(
    profile: Profile, on: date, names: tuple[str, ...], aside: list[str], assumed: list[str]
) -> tuple[Side | None, bool]:
    status = profile.household.marital_status if profile.household else None
    if profile.partner is False or (profile.partner is None and status is not None and status not in WITH_PARTNER):
        return None, False
    known = profile.partner is not None or status in WITH_PARTNER
    facts = profile.partner if isinstance(profile.partner, Partner) else Partner()
    return _side("/partner", facts, on, names, aside, assumed), known


def _side(path: str, facts: Person, on: date, names: tuple[str, ...], aside: list[str], assumed: list[str]) -> Side:
    _later(facts.birth_date, on, f"{path}/birth_date", aside)
    results = _kept(facts.language_results, f"{path}/language_results", "taken_on", on, aside)
    credentials = _kept(facts.credentials, f"{path}/credentials", "completed_on", on, aside)
    if credentials:
        credentials = [(at, _with_past_eca(at, item, on, aside) if item.eca else item) for at, item in credentials]
    jobs = _kept(facts.jobs, f"{path}/jobs", "started_on", on, aside)
    if jobs:
        jobs = [(at, _with_past_end(at, item, on, aside)) for at, item in jobs]
    nomination: Any = facts.nomination
    if isinstance(nomination, Nomination) and _later(nomination.issued_on, on, f"{path}/nomination", aside):
        nomination = False
    offers = facts.job_offers
    side = Side(
        path,
        facts,
        results,
        credentials,
        jobs,
        None if offers is None else [(f"{path}/job_offers/{index}", offer) for index, offer in enumerate(offers)],
        nomination,
        facts.military,
        facts.trade_certificate,
        facts.sibling_in_canada,
        _relative(facts),
        facts.two_years_study_in_canada,
        names,
    )
    if names:
        _assume(side, names, assumed)
    return side


def _relative(facts: Person) -> bool | None:
    """A sibling is a relative; while the sibling is unknown, `no relative` may be contradicted by one."""
    if facts.sibling_in_canada:
        return True
    return None if facts.sibling_in_canada is None and not facts.relative_in_canada else facts.relative_in_canada


def _kept(items: Any, path: str, key: str, on: date, aside: list[str]) -> list[tuple[str, Any]] | None:
    if items is None:
        return None
    kept = []
    for index, item in enumerate(items):
        place, day = f"{path}/{index}", getattr(item, key)
        if day is None or day <= on:
            kept.append((place, item))
        else:
            aside.append(place)
    return kept


def _with_past_eca(path: str, item: Credential, on: date, aside: list[str]) -> Credential:
    eca = item.eca
    if eca is None or eca is False or not _later(eca.issued_on, on, f"{path}/eca", aside):
        return item
    return item.model_copy(update={"eca": False})


def _with_past_end(path: str, item: Job, on: date, aside: list[str]) -> Job:
    if _later(item.qualified_since, on, f"{path}/qualified_since", aside):
        item = item.model_copy(update={"qualified_since": date.max})
    if not _later(item.ended_on, on, f"{path}/ended_on", aside):
        return item
    return item.model_copy(update={"ended_on": None})


_SIDE_NAMES = {
    "nomination": "nomination",
    "military": "military",
    "trade_certificate": "certificate",
    "sibling_in_canada": "sibling",
    "relative_in_canada": "relative",
    "two_years_study_in_canada": "study",
}


def _assume(side: Side, names: tuple[str, ...], assumed: list[str]) -> None:
    for name in names:
        if name in _PERSON_DEFAULTS:
            if getattr(side.facts, name) is None and not (name == "relative_in_canada" and side.relative):
                assumed.append(f"{side.path}/{name}")
                if name == "job_offers":
                    side.offers = []
                else:
                    setattr(side, _SIDE_NAMES[name], _PERSON_DEFAULTS[name])
                if name == "sibling_in_canada":
                    side.relative = side.facts.relative_in_canada
            continue
        key, value = _JOB_DEFAULTS[name]
        for place, (path, job) in enumerate(side.jobs or ()):
            if getattr(job, key) is None:
                assumed.append(f"{path}/{key}")
                assert side.jobs is not None
                side.jobs[place] = (path, job.model_copy(update={key: value}))
