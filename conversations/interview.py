"""Which question comes next: computed from the goal and the answers, never stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from conversations.dossier import Dossier
from conversations.keys import Key, Scope, parsed
from conversations.questions import MOST_LISTED, MOST_TESTS, question_of
from conversations.session import Session


def _keys(*texts: str) -> tuple[Key, ...]:
    return tuple(key for text in texts if (key := parsed(text)) is not None)


BASE = _keys("c.birth_date", "h.partner", "c.level.0", "c.test.0", "c.scores.0", "c.taken_on.0", "c.job.0")
"""What a first answer about fit or score rests on: with the goal itself, eight messages from the person at most."""

GOALS: Mapping[str, tuple[Key, ...]] = MappingProxyType(
    {
        "which": BASE,
        "score": BASE,
        "eligible": BASE,
        "whatif": BASE,
        "deadlines": _keys(
            "c.birth_date", "h.partner", "c.test.0", "c.taken_on.0", "c.level.0", "c.eca.0", "x.submitted"
        ),
        "profile": (),
        "standing": BASE,
        "chances": BASE,
        "alerts": (),
        # what has happened
        "invited": _keys("x.invited", "x.invited_under"),
        "documents": _keys(
            "x.invited",
            "x.invited_under",
            "x.invited_round",
            "c.birth_date",
            "h.partner",
            "h.marital",
            "h.children",
            "h.children_born",
            "h.children_coming",
            "h.stays",
        ),
        "nominated": _keys("c.nomination"),
        "tool": (*_keys("x.tool_score"), *BASE),
    }
)
"""What one can ask for, and the questions that come before its first answer."""

JOB = (
    "job_country",
    "job_period",
    "job_hours",
    "job_kind",
    "job_student",
    "job_authorized",
    "job_employer",
    "job_qualified",
    "job_public",
)
CREDENTIAL = ("level_country", "eca", "eca_issued", "full_time_in_canada", "completed_on")
RESULT = ("scores", "taken_on")
TAIL = _keys(
    "c.sibling",
    "c.relative",
    "c.study",
    "c.certificate",
    "c.certificate_trade",
    "c.offer",
    "c.offer_job",
    "c.offer_full_time",
    "c.offer_permanent",
    "c.offer_route",
    "c.nomination",
    "c.military",
    "c.military_service",
    "c.military_continuous",
    "c.military_serving",
    "c.military_offer",
    "c.military_full_time",
    "c.military_job",
    "p.sibling",
    "p.relative",
    "p.study",
    "c.authorized",
    "c.permit",
    "x.submitted",
)
HOME = _keys("h.residence", "h.quebec", "h.children", "h.children_born", "h.funds")


class Progress(NamedTuple):
    """Where one is among the first questions: `number` of `of`."""

    number: int
    of: int


def applies(dossier: Dossier, key: Key) -> bool:
    """Whether there is such a question, and it makes sense for the answers so far."""
    question = question_of(key)
    return question is not None and question.applies(dossier, key)


def is_open(dossier: Dossier, key: Key) -> bool:
    """Whether a question applies and was not answered."""
    return not dossier.answered(key) and applies(dossier, key)


def ready(goal: str, dossier: Dossier) -> bool:
    """Whether a goal's first questions are all answered."""
    return not any(is_open(dossier, key) for key in GOALS[goal])


def later(dossier: Dossier) -> Iterator[Key]:
    """Every question that applies and was not answered, in the order of asking."""
    coming = dossier.partner() == "coming"
    # half of the questions are the partner's: without one, none of them applies
    return (key for key in order(dossier) if (coming or key.scope != "p") and is_open(dossier, key))


def order(dossier: Dossier) -> Iterator[Key]:
    """Every question in the order of asking, lists up to the place that comes next."""
    yield from _person(dossier, "c")
    yield from HOME
    yield from _person(dossier, "p")
    yield from TAIL


def _person(dossier: Dossier, scope: Scope) -> Iterator[Key]:
    yield Key(scope, "birth_date")
    if scope == "c":
        yield Key("h", "partner")
    yield from _list(dossier, scope, "level", CREDENTIAL, MOST_LISTED, following=False)
    yield from _list(dossier, scope, "test", RESULT, MOST_TESTS, following=False)
    yield from _list(dossier, scope, "job", JOB, MOST_LISTED, following=True)
    yield from _following(dossier, scope, "test", MOST_TESTS)
    yield from _following(dossier, scope, "level", MOST_LISTED)


def _list(
    dossier: Dossier, scope: Scope, head: str, details: tuple[str, ...], most: int, *, following: bool
) -> Iterator[Key]:
    """The places of a list with their details; `following`: then the place that comes next."""
    places = max(1, sum(1 for _ in dossier.items(scope, head)))
    for index in range(places):
        yield Key(scope, head, index)
        yield from (Key(scope, detail, index) for detail in details)
    if following and places < most:
        yield Key(scope, head, places)


def _following(dossier: Dossier, scope: Scope, head: str, most: int) -> Iterator[Key]:
    places = max(1, sum(1 for _ in dossier.items(scope, head)))
    if places < most:
        yield Key(scope, head, places)


def next_question(session: Session) -> Key | None:
    """The question to ask now, or None where the answer is to be given.

    A question opened by hand comes first; then the first ones of the goal; then, when the person goes on, the rest.
    """
    dossier = Dossier(session.answers)
    if session.focus is not None:
        found = _focus(session.focus, dossier)
        if found is not None:
            return found
    if session.goal is None:
        return None
    for key in GOALS[session.goal]:
        if is_open(dossier, key):
            return key
    rest = (key for key in later(dossier) if str(key) not in session.skipped)
    return next(rest, None) if session.more else None


def _focus(text: str, dossier: Dossier) -> Key | None:
    key = parsed(text)
    return key if key is not None and applies(dossier, key) else None


HEAD: Mapping[str, str] = MappingProxyType(
    {
        "scores": "test",
        "taken_on": "test",
        "eca": "level",
        "invited_under": "invited",
        "invited_round": "invited",
        "children_born": "children",
        "children_coming": "children",
    }
)
"""The question that decides whether another one is asked."""


def progress(session: Session, key: Key) -> Progress | None:
    """Where a question stands among the first ones of the goal, the goal itself counted; None for a later one.

    A question that may still be asked counts, so that what is left only grows less.
    """
    if session.goal is None:
        return None
    dossier = Dossier(session.answers)
    keys = [each for each in GOALS[session.goal] if _may_be_asked(dossier, each)]
    return Progress(keys.index(key) + 2, len(keys) + 1) if key in keys else None


def _may_be_asked(dossier: Dossier, key: Key) -> bool:
    head = HEAD.get(key.id)
    return applies(dossier, key) or (head is not None and not dossier.answered(key.to(head)))
