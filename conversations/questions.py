"""Every question, declared once: whom it is about, when it applies, how it is answered, and which facts it fills.

The order is the order of asking. The interview, the summary, the diagram in the docs and the tests all read this list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, get_args

from conversations.dossier import NONE, Dossier
from conversations.keys import Key, Scope
from scoring.profile import MOST_ITEMS, MaritalStatus
from scoring.provisions import FstRules, Physicians
from scoring.rulebook import shipped

Kind = Literal[
    "choice",
    "birth",
    "day",
    "moment",
    "coming_day",
    "country",
    "scores",
    "job",
    "period",
    "hours",
    "count",
    "days",
    "money",
    "eca",
    "points",
    "stays",
    "round",
]
"""How a question is answered; each kind has its parser in `conversations.reading`."""

Facts = Mapping[str, Any]
Applies = Callable[[Dossier, Key], bool]
ListName = Literal["language_results", "credentials", "jobs"]

TESTS: Mapping[str, Facts] = MappingProxyType(
    {
        "ielts_general": {"test": "ielts_general"},
        "celpip_general": {"test": "celpip_general"},
        "pte_core": {"test": "pte_core"},
        "tef_old": {"test": "tef_canada", "scale": "old_score"},
        "tef_699": {"test": "tef_canada", "scale": "score_699"},
        "tcf_canada": {"test": "tcf_canada"},
        "stated_en": {"test": "stated_clb", "language": "en"},
        "stated_fr": {"test": "stated_clb", "language": "fr"},
    }
)
"""The tests that one can choose, and what each says about a result."""
PRECISION = "precision"
"""Beside the dates of a job that were told by months: the first is counted from its first day, the last to its last."""
STATED = ("stated_en", "stated_fr")
LEVELS = ("secondary", "one_year", "two_year", "bachelor", "masters", "professional", "doctorate")
MOST_TESTS = 2
MOST_LISTED = 10
"""Places that the interview offers in a list of jobs or credentials; a profile may hold more."""
assert MOST_LISTED <= MOST_ITEMS

YES_NO = ("yes", "no")
STATUSES: tuple[str, ...] = get_args(MaritalStatus)


def always(_dossier: Dossier, _key: Key) -> bool:
    """The question applies to everybody."""
    return True


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    `scopes`: about whom it can be asked. `choices`: what can be tapped, in order; `group`: where the lexicon keeps the
    words for them. `applies`: whether it makes sense for the answers given so far. `fills`: the facts that an answer
    comes to, for the object that it is about (a person, a place in a list, the household, the profile itself).
    `listed`: the list of facts that it is about one place of. `tap_numbers`: numbers offered as buttons.
    """

    id: str
    scopes: tuple[Scope, ...]
    kind: Kind
    fills: Callable[[Any], Facts]
    choices: tuple[str, ...] = ()
    group: str = "yes_no"
    applies: Applies = always
    listed: ListName | None = None
    tap_numbers: tuple[int, ...] = ()

    def key(self, scope: Scope, index: int = 0) -> Key:
        """The key of this question for a person, and for a place in the list where there is one."""
        return Key(scope, self.id, index if self.listed else None)


# -- when a question applies


def _coming(dossier: Dossier, key: Key) -> bool:
    return key.scope != "p" or dossier.partner() == "coming"


def _stands(dossier: Dossier, key: Key, question: str, places: range) -> bool:
    """Whether a list was filled at these places, without a gap and without *no more*."""
    head = key.to(question)
    return all(dossier.get(head.at(place)) not in (None, NONE) for place in places)


def _has(question: str) -> Applies:
    """There is something at this place of the list that a question opens, and at every place before it."""

    def applies(dossier: Dossier, key: Key) -> bool:
        return _coming(dossier, key) and _stands(dossier, key, question, range((key.place or 0) + 1))

    return applies


def _next(question: str, most: int) -> Applies:
    """The places before it are filled, so that this one is the next."""

    def applies(dossier: Dossier, key: Key) -> bool:
        place = key.place or 0
        return _coming(dossier, key) and place < most and _stands(dossier, key, question, range(place))

    return applies


def _real_test(dossier: Dossier, key: Key) -> bool:
    return _has("test")(dossier, key) and dossier.get(key.to("test")) not in STATED


def _abroad(question: str) -> Applies:
    def applies(dossier: Dossier, key: Key) -> bool:
        return _has(question)(dossier, key) and bool(dossier.get(key.to("level_country")) != "CA")

    return applies


def _undated_eca(dossier: Dossier, key: Key) -> bool:
    return _abroad("level")(dossier, key) and dossier.get(key.to("eca")) == {}


def _studied_in_canada(dossier: Dossier, key: Key) -> bool:
    return _has("level")(dossier, key) and dossier.get(key.to("level_country")) == "CA"


def _worked_in_canada(dossier: Dossier, key: Key) -> bool:
    return _has("job")(dossier, key) and dossier.get(key.to("job_country")) == "CA"


@cache
def _may_be_trade(noc: str) -> bool:
    """Whether any version of the rules takes a unit group as a skilled trade: only whether to ask."""
    return any(rules.is_trade(noc) for rules in shipped().entries("programs", "fst", FstRules))


@cache
def _is_physician(noc: str) -> bool:
    """Whether any version of the rules asks who pays for this self-employed work: only whether to ask."""
    return any(noc in rules.nocs for rules in shipped().entries("work", "physicians", Physicians))


def _trade(dossier: Dossier, key: Key) -> bool:
    noc = dossier.noc(key)
    return _has("job")(dossier, key) and noc is not None and _may_be_trade(noc)


def _self_employed_physician(dossier: Dossier, key: Key) -> bool:
    noc = dossier.noc(key)
    self_employed = dossier.get(key.to("job_kind")) == "self_employed"
    return _worked_in_canada(dossier, key) and self_employed and noc is not None and _is_physician(noc)


def _yes(question: str) -> Applies:
    def applies(dossier: Dossier, key: Key) -> bool:
        return bool(dossier.get(key.to(question)) == "yes")

    return applies


def _no_sibling(dossier: Dossier, key: Key) -> bool:
    # a sibling is a relative: there is nothing left to ask
    return _coming(dossier, key) and bool(dossier.get(key.to("sibling")) != "yes")


def _has_children(dossier: Dossier, key: Key) -> bool:
    count = dossier.get(key.to("children"))
    return isinstance(count, int) and count > 0


def _may_be_in_canada(dossier: Dossier, key: Key) -> bool:
    return dossier.get(key) is not None or dossier.get(Key("h", "residence")) in (None, "CA")


def _invited_on_a_day(dossier: Dossier, _key: Key) -> bool:
    return dossier.get(Key("x", "invited")) not in (None, NONE)


def _permit(dossier: Dossier, _key: Key) -> bool:
    return bool(dossier.get(Key("c", "authorized")) == "yes")


# -- what an answer fills


def _flag(fact: str) -> Callable[[Any], Facts]:
    return lambda value: {fact: value == "yes"}


def _value(fact: str) -> Callable[[Any], Facts]:
    return lambda value: {fact: value}


def _whole(value: Any) -> Facts:
    """The answer holds facts already, by their names."""
    return dict(value)


def _partner(value: Any) -> Facts:
    filled: Mapping[str, Facts] = {
        NONE: {"partner": False},
        "coming": {"partner": {"accompanying": True, "canadian_or_permanent_resident": False}},
        "staying": {"partner": {"accompanying": False, "canadian_or_permanent_resident": False}},
        "canadian": {"partner": {"canadian_or_permanent_resident": True}},
    }
    return filled[value]


def _test(value: Any) -> Facts:
    return TESTS[value]


def _eca(value: Any) -> Facts:
    return {"eca": value}


def _issued(value: Any) -> Facts:
    return {"eca": {"issued_on": value}}


def _period(value: Any) -> Facts:
    """The dates or the months; `precision` says that months were told, and is no fact."""
    return {name: fact for name, fact in value.items() if name != PRECISION}


def _job(value: Any) -> Facts:
    return {key: value[key] for key in ("noc", "title") if value.get(key) is not None}


def _employment(value: Any) -> Facts:
    return {
        "employee": {"paid": True, "self_employed": False},
        "self_employed": {"paid": True, "self_employed": True},
        "unpaid": {"paid": False, "self_employed": False},
    }[str(value)]


def _children(value: Any) -> Facts:
    return {"dependants": [{"has_partner": False} for _ in range(value)]}


def _born(value: Any) -> Facts:
    return {"dependants": [{"birth_date": day, "has_partner": False} for day in value]}


def _nomination(value: Any) -> Facts:
    filled: Mapping[str, Facts] = {
        NONE: {"nomination": False},
        "enhanced": {"nomination": {"enhanced": True}},
        "base": {"nomination": {"enhanced": False}},
    }
    return filled[value]


def _certificate(value: Any) -> Facts:
    return {"trade_certificate": {} if value == "yes" else False}


def _certificate_trade(value: Any) -> Facts:
    return {"trade_certificate": _noc_of(value)}


def _noc_of(value: Any) -> Facts:
    return {"noc": value["noc"]} if value.get("noc") else {}


def _offer(value: Any) -> Facts:
    return {"job_offers": [{}] if value == "yes" else []}


def _of_offer(fact: str) -> Callable[[Any], Facts]:
    return lambda value: {"job_offers": [{fact: value == "yes"}]}


def _offer_job(value: Any) -> Facts:
    return {"job_offers": [_noc_of(value)]}


def _offer_route(value: Any) -> Facts:
    return {"job_offers": [{"route": value}]}


def _military(value: Any) -> Facts:
    return {"military": {} if value == "yes" else False}


def _of_military(fact: str) -> Callable[[Any], Facts]:
    return lambda value: {"military": {fact: value}}


def _invited(value: Any) -> Facts:
    return {"invitation": {"on": value}}


def _invited_under(value: Any) -> Facts:
    return {"invitation": {"program": value}}


def _invited_round(value: Any) -> Facts:
    return {"invitation": {"round": value}}


def _stays(value: Any) -> Facts:
    return {"residences": [] if value == NONE else list(value)}


def _nothing(_value: Any) -> Facts:
    """An answer that is no fact of the profile."""
    return {}


PEOPLE: tuple[Scope, ...] = ("c", "p")
CANDIDATE: tuple[Scope, ...] = ("c",)
HOUSEHOLD: tuple[Scope, ...] = ("h",)
EXPRESS_ENTRY: tuple[Scope, ...] = ("x",)

QUESTIONS: tuple[Question, ...] = (
    # a person
    Question("birth_date", PEOPLE, "birth", _whole, applies=_coming),
    Question(
        "partner",
        HOUSEHOLD,
        "choice",
        _partner,
        choices=(NONE, "coming", "staying", "canadian"),
        group="partner",
    ),
    # credentials
    Question(
        "level",
        PEOPLE,
        "choice",
        _value("level"),
        choices=(*LEVELS, NONE),
        group="level",
        applies=_next("level", MOST_LISTED),
        listed="credentials",
    ),
    # languages
    Question(
        "test",
        PEOPLE,
        "choice",
        _test,
        choices=(*TESTS, NONE),
        group="test",
        applies=_next("test", MOST_TESTS),
        listed="language_results",
    ),
    Question("scores", PEOPLE, "scores", _whole, applies=_has("test"), listed="language_results"),
    Question("taken_on", PEOPLE, "day", _value("taken_on"), applies=_real_test, listed="language_results"),
    # work
    Question(
        "job", PEOPLE, "job", _job, choices=(NONE,), group="job", applies=_next("job", MOST_LISTED), listed="jobs"
    ),
    Question("job_country", PEOPLE, "country", _value("country"), applies=_has("job"), listed="jobs"),
    Question("job_period", PEOPLE, "period", _period, applies=_has("job"), listed="jobs"),
    Question("job_hours", PEOPLE, "hours", _value("hours_per_week"), applies=_has("job"), listed="jobs"),
    # what the education rests on
    Question("level_country", PEOPLE, "country", _value("country"), applies=_has("level"), listed="credentials"),
    Question(
        "eca",
        PEOPLE,
        "eca",
        _eca,
        choices=(NONE,),
        group="eca",
        applies=_abroad("level"),
        listed="credentials",
    ),
    Question("eca_issued", PEOPLE, "day", _issued, applies=_undated_eca, listed="credentials"),
    Question(
        "full_time_in_canada",
        PEOPLE,
        "choice",
        _flag("full_time_in_canada"),
        choices=YES_NO,
        applies=_studied_in_canada,
        listed="credentials",
    ),
    # what the work rests on
    Question(
        "job_kind",
        PEOPLE,
        "choice",
        _employment,
        choices=("employee", "self_employed", "unpaid"),
        group="employment",
        applies=_has("job"),
        listed="jobs",
    ),
    Question(
        "job_student",
        PEOPLE,
        "choice",
        _flag("full_time_student"),
        choices=YES_NO,
        applies=_has("job"),
        listed="jobs",
    ),
    Question(
        "job_authorized",
        PEOPLE,
        "choice",
        _flag("authorized"),
        choices=YES_NO,
        applies=_worked_in_canada,
        listed="jobs",
    ),
    Question(
        "job_employer",
        PEOPLE,
        "choice",
        _flag("canadian_employer"),
        choices=YES_NO,
        applies=_worked_in_canada,
        listed="jobs",
    ),
    Question("job_qualified", CANDIDATE, "day", _value("qualified_since"), applies=_trade, listed="jobs"),
    Question(
        "job_public",
        CANDIDATE,
        "choice",
        _flag("publicly_funded"),
        choices=YES_NO,
        applies=_self_employed_physician,
        listed="jobs",
    ),
    # the rest of a person
    Question("completed_on", PEOPLE, "day", _value("completed_on"), applies=_has("level"), listed="credentials"),
    Question("sibling", PEOPLE, "choice", _flag("sibling_in_canada"), choices=YES_NO, applies=_coming),
    Question("relative", PEOPLE, "choice", _flag("relative_in_canada"), choices=YES_NO, applies=_no_sibling),
    Question("study", PEOPLE, "choice", _flag("two_years_study_in_canada"), choices=YES_NO, applies=_coming),
    # rarer facts of the candidate
    Question(
        "nomination",
        CANDIDATE,
        "choice",
        _nomination,
        choices=(NONE, "enhanced", "base"),
        group="nomination",
    ),
    Question("certificate", CANDIDATE, "choice", _certificate, choices=YES_NO),
    Question("certificate_trade", CANDIDATE, "job", _certificate_trade, applies=_yes("certificate")),
    Question("offer", CANDIDATE, "choice", _offer, choices=YES_NO),
    Question("offer_job", CANDIDATE, "job", _offer_job, applies=_yes("offer")),
    Question(
        "offer_full_time",
        CANDIDATE,
        "choice",
        _of_offer("full_time"),
        choices=YES_NO,
        applies=_yes("offer"),
    ),
    Question(
        "offer_permanent",
        CANDIDATE,
        "choice",
        _of_offer("permanent_or_one_year"),
        choices=YES_NO,
        applies=_yes("offer"),
    ),
    Question(
        "offer_route",
        CANDIDATE,
        "choice",
        _offer_route,
        choices=("a", "b", "c", "d"),
        group="route",
        applies=_yes("offer"),
    ),
    Question("military", CANDIDATE, "choice", _military, choices=YES_NO),
    Question("military_service", CANDIDATE, "count", _of_military("service_years"), applies=_yes("military")),
    Question(
        "military_continuous",
        CANDIDATE,
        "choice",
        lambda value: {"military": {"continuous": value == "yes"}},
        choices=YES_NO,
        applies=_yes("military"),
    ),
    Question(
        "military_serving",
        CANDIDATE,
        "choice",
        lambda value: {"military": {"serving": value == "yes"}},
        choices=YES_NO,
        applies=_yes("military"),
    ),
    Question("military_offer", CANDIDATE, "count", _of_military("offer_years"), applies=_yes("military")),
    Question(
        "military_full_time",
        CANDIDATE,
        "choice",
        lambda value: {"military": {"offer_full_time": value == "yes"}},
        choices=YES_NO,
        applies=_yes("military"),
    ),
    Question("military_job", CANDIDATE, "job", lambda value: {"military": _offer_noc(value)}, applies=_yes("military")),
    # the household
    Question("residence", HOUSEHOLD, "country", _value("residence_country")),
    Question("quebec", HOUSEHOLD, "choice", _flag("intends_quebec"), choices=YES_NO),
    Question("children", HOUSEHOLD, "count", _children, tap_numbers=(0, 1, 2, 3, 4)),
    Question("children_born", HOUSEHOLD, "days", _born, applies=_has_children),
    Question("funds", HOUSEHOLD, "money", _value("settlement_funds_cad")),
    # the candidate and Canada
    Question(
        "authorized",
        CANDIDATE,
        "choice",
        _flag("authorized_to_work_in_canada"),
        choices=YES_NO,
        applies=_may_be_in_canada,
    ),
    Question("permit", CANDIDATE, "coming_day", _value("work_permit_ends_on"), applies=_permit),
    # the Express Entry profile
    Question("submitted", EXPRESS_ENTRY, "moment", _value("profile_submitted_at"), choices=(NONE,), group="submitted"),
    Question("invited", EXPRESS_ENTRY, "day", _invited, choices=(NONE,), group="invited"),
    Question(
        "invited_under",
        EXPRESS_ENTRY,
        "choice",
        _invited_under,
        choices=("fsw", "cec", "fst", "pnp"),
        group="program",
        applies=_invited_on_a_day,
    ),
    # what only an application asks
    Question("invited_round", EXPRESS_ENTRY, "round", _invited_round, applies=_invited_on_a_day),
    Question("marital", HOUSEHOLD, "choice", _value("marital_status"), choices=STATUSES, group="marital"),
    Question("children_coming", HOUSEHOLD, "choice", _nothing, choices=YES_NO, applies=_has_children),
    Question("stays", HOUSEHOLD, "stays", _stays, choices=(NONE,), group="stays"),
    Question("tool_score", EXPRESS_ENTRY, "points", _nothing),
)


def _offer_noc(value: Any) -> Facts:
    return {"offer_noc": value["noc"]} if value.get("noc") else {}


@cache
def by_id() -> Mapping[str, Question]:
    """Every question by its name."""
    return {question.id: question for question in QUESTIONS}


def question_of(key: Key) -> Question | None:
    """The question that a key is about, or None where the key does not exist: no such question, person or place."""
    question = by_id().get(key.id)
    if question is None or key.scope not in question.scopes or (key.place is not None) != (question.listed is not None):
        return None
    return question
