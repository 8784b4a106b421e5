"""What the rules say about the answers given so far."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from conversations.dossier import NONE, Dossier
from conversations.facts import facts_of
from conversations.interview import applies
from conversations.keys import Key, Scope
from conversations.questions import PEOPLE, PRECISION, by_id
from scoring.assessment import Assessment, Glance, assess, glance, least
from scoring.case import ASSUMABLE
from scoring.draws import History
from scoring.education import eca_expires
from scoring.language import expires
from scoring.output import as_json
from scoring.pointers import completed
from scoring.profile import ProfileError, read
from scoring.rulebook import NoRulesError, shipped

Answers = Mapping[str, Any]

ASKED_AS: Mapping[str, str] = MappingProxyType(
    {
        "nomination": "nomination",
        "military": "military",
        "trade_certificate": "certificate",
        "job_offers": "offer",
        "sibling_in_canada": "sibling",
        "relative_in_canada": "relative",
        "two_years_study_in_canada": "study",
        "self_employed": "job_kind",
        "full_time_student": "job_student",
        "unpaid": "job_kind",
        "unauthorized": "job_authorized",
    }
)
"""Which question asks for each fact that is taken as absent until it is asked."""
assert set(ASKED_AS) == set(ASSUMABLE)


def assumptions(answers: Answers) -> tuple[str, ...]:
    """The facts to take as absent: rare ones, until they are asked. *I don't know* is an answer: it stays unknown."""
    unknown = {key.id for key in Dossier(answers).given() if answers[str(key)] is None}
    return tuple(name for name in ASSUMABLE if ASKED_AS[name] not in unknown)


def assessed(answers: Answers, today: date, history: History) -> Assessment:
    """The assessment of the answers on a day, as far as rounds are known.

    Raises NoRulesError where the CRS has no table for the day.
    """
    return _assessed(json.dumps(facts_of(answers)), assumptions(answers), today, history)


def glanced(answers: Answers, today: date) -> Glance:
    """The score and the verdicts of the answers on a day, without reasons. Raises NoRulesError as `assessed` does."""
    return _glanced(json.dumps(facts_of(answers)), assumptions(answers), today)


KEPT = 1024
"""Results that are remembered: one page leads to the next, and asks the same of the same answers."""


@lru_cache(KEPT)
def _assessed(facts: str, assumed: tuple[str, ...], today: date, history: History) -> Assessment:
    return assess(read(facts), today, assume_absent=assumed, telling=False, history=history)


@lru_cache(KEPT)
def _glanced(facts: str, assumed: tuple[str, ...], today: date) -> Glance:
    return glance(read(facts), today, assume_absent=assumed)


@lru_cache(KEPT)
def _least(facts: str, assumed: tuple[str, ...], today: date) -> int:
    return least(read(facts), today, assume_absent=assumed)


def forget() -> None:
    """Remember no result of anybody: somebody wants to be forgotten."""
    _assessed.cache_clear()
    _glanced.cache_clear()
    _least.cache_clear()


def too_old(key: Key, value: Any, today: date) -> bool:
    """Whether an answer is the day of a test or of an ECA that does not count any more."""
    day = value.get("issued_on") if key.id == "eca" and isinstance(value, Mapping) else value
    if key.id not in ("eca", "eca_issued", "taken_on") or not isinstance(day, str) or day == NONE:
        return False
    try:
        rules = shipped().on(today)
    except NoRulesError:
        return False
    since = date.fromisoformat(day)
    return today >= (expires(since, rules) if key.id == "taken_on" else eca_expires(since, rules))


def trust(found: Assessment) -> dict[str, Any]:
    """What stands under every figure: the day, the rules and when they were checked, what is only reported."""
    return {
        "on": found.on.isoformat(),
        "rules": as_json(found.rules),
        "reported_changes": as_json(found.reported_changes),
        "history_to": found.history_to.isoformat(),
        "likely": likely(found),
    }


def likely(found: Assessment) -> list[dict[str, Any]]:
    """What TEF values out of 699 likely come to, and the question that gives the column that counts."""
    told = ((each, question_for(each.fact)) for each in found.likely_nclc)
    return [{"key": str(key), "levels": dict(each.levels)} for each, key in told if key is not None]


def score(found: Assessment) -> dict[str, Any]:
    """The total, or the range that is left."""
    return {"total": found.crs.total, "low": found.crs.low, "high": found.crs.high}


SO_FAR: Mapping[str, str] = MappingProxyType(
    {"job": "other_jobs", "level": "other_credentials", "test": "other_results"}
)
"""A list that was begun is taken as complete, until the question for its next place is answered."""


def so_far(answers: Answers) -> list[str]:
    """Which lists, of either partner, are taken as complete without having been asked."""
    dossier = Dossier(answers)
    heads = ((name, _following(dossier, scope, name)) for name in SO_FAR for scope in PEOPLE)
    open_ended = {name for name, key in heads if key.place and applies(dossier, key) and dossier.get(key) != NONE}
    return [told for name, told in SO_FAR.items() if name in open_ended]


def _following(dossier: Dossier, scope: Scope, name: str) -> Key:
    """The place of a list that comes after the last one."""
    return Key(scope, name, sum(1 for _ in dossier.items(scope, name)))


def assumed(answers: Answers, found: Assessment) -> list[str]:
    """The names of what was taken as absent, each once: lists that were begun first, then the order of the rules."""
    pointers = found.assumed_absent
    ends = {name: _end(name) for name in ASSUMABLE}
    taken = [
        name
        for name in ASSUMABLE
        if any(pointer.rsplit("/", 1)[-1] == ends[name] and _is_asked(name, pointer) for pointer in pointers)
    ]
    return [*whole_months(answers), *so_far(answers), *taken]


def whole_months(answers: Answers) -> list[str]:
    """Whether the dates of a job were told by months, and its first and last days were taken."""
    periods = (value for key, value in answers.items() if ".job_period." in key and isinstance(value, Mapping))
    return ["whole_months"] if any(PRECISION in value for value in periods) else []


def _is_asked(name: str, pointer: str) -> bool:
    """Whether the fact is asked of the person that a pointer is about: a partner's nomination is nobody's question."""
    scope = "p" if pointer.startswith("/partner") else "c"
    return scope in by_id()[ASKED_AS[name]].scopes


def _end(name: str) -> str:
    return {"unpaid": "paid", "unauthorized": "authorized"}.get(name, name)


POINTERS: Mapping[str, str] = MappingProxyType(
    {
        "birth_date": "birth_date",
        "age": "birth_date",
        "language_results": "test",
        "credentials": "level",
        "jobs": "job",
        "level": "level",
        "eca": "eca",
        "issued_on": "eca_issued",
        "country": "country",
        "completed_on": "completed_on",
        "full_time_in_canada": "full_time_in_canada",
        "taken_on": "taken_on",
        "scale": "test",
        "language": "test",
        "listening": "scores",
        "reading": "scores",
        "writing": "scores",
        "speaking": "scores",
        "noc": "job",
        "started_on": "job_period",
        "ended_on": "job_period",
        "months": "job_period",
        "hours_per_week": "job_hours",
        "paid": "job_kind",
        "self_employed": "job_kind",
        "full_time_student": "job_student",
        "authorized": "job_authorized",
        "canadian_employer": "job_employer",
        "qualified_since": "job_qualified",
        "publicly_funded": "job_public",
        "trade_certificate": "certificate",
        "nomination": "nomination",
        "job_offers": "offer",
        "military": "military",
        "sibling_in_canada": "sibling",
        "relative_in_canada": "relative",
        "two_years_study_in_canada": "study",
        "authorized_to_work_in_canada": "authorized",
        "work_permit_ends_on": "permit",
        "settlement_funds_cad": "funds",
        "dependants": "children",
        "residence_country": "residence",
        "intends_quebec": "quebec",
        "accompanying": "partner",
        "canadian_or_permanent_resident": "partner",
        "partner": "partner",
        "profile_submitted_at": "submitted",
    }
)
"""The question that gives each fact, by the last key of the fact's pointer."""


def question_for(pointer: str) -> Key | None:
    """The question that would give the fact at a JSON pointer, or None where no question of ours does."""
    parts = pointer.split("/")[1:]
    if not parts:
        return None
    names = [part for part in parts if not part.isdigit()]
    index = next((int(part) for part in parts if part.isdigit()), None)
    if parts == ["partner"]:
        return Key("h", "partner")
    if parts[0] == "candidate" and len(parts) == 1:
        return Key("c", "birth_date")
    name = POINTERS.get(names[-1])
    if name is None:
        return None
    if name == "country":
        name = "level_country" if "credentials" in names else "job_country"
    return _placed(parts[0], name, index)


class Telling(NamedTuple):
    """A question, and how many points its answer alone can lift the low end of the score."""

    key: Key
    points: int


def most_telling(answers: Answers, found: Assessment, open_now: Collection[Key]) -> Telling | None:
    """Of the open questions, the one whose answer alone lifts the low end of the score most; None where none does.

    The low end is the score of one completion of what is unknown; each question's facts are turned, by themselves, to
    what they are at the high end.
    """
    low_with, high_with = found.crs.low_with, found.crs.high_with
    turned: dict[Key, dict[str, Any]] = {}
    for pointer in low_with.keys() | high_with.keys():
        key = question_for(pointer)
        if key in open_now and key is not None and pointer in high_with:
            turned.setdefault(key, {})[pointer] = high_with[pointer]
    facts = facts_of(answers)
    stakes = {key: _total(completed(facts, {**low_with, **values}), answers, found) for key, values in turned.items()}
    best = max(stakes, key=lambda key: (stakes[key], -list(open_now).index(key)), default=None)
    return Telling(best, stakes[best] - found.crs.low) if best is not None and stakes[best] > found.crs.low else None


def _total(facts: Any, answers: Answers, found: Assessment) -> int:
    """The score of completed facts; a completion whose parts contradict each other tells nothing."""
    try:
        return _least(json.dumps(facts), assumptions(answers), found.on)
    except ProfileError:
        return found.crs.low


def _placed(section: str, name: str, index: int | None) -> Key:
    question = by_id()[name]
    scope = {"candidate": "c", "partner": "p", "household": "h", "express_entry": "x"}[section]
    found = next((each for each in question.scopes if each == scope), question.scopes[0])
    return question.key(found, index or 0)
