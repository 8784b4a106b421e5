"""Will it be me: the next cut-off of each type that fits, and the chance of an invitation; or why nothing is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conversations.replies import Choice
from conversations.seen import assessed, score, trust
from conversations.talk import Row, Talk
from conversations.topics import rounds
from conversations.topics.common import MENU, basis, going_on, matched, plain, still_closed
from conversations.topics.standing import fitting_or_open, matched_first
from scoring.assessment import Assessment
from scoring.chances import Caveat, Outlook, Silence, outlook

MOST_TYPES = 4
"""Types that are told on one page: those drawn last."""
Ends = Mapping[str, Any]


def my_chances(talk: Talk) -> None:
    """The chances of the person's own score, in the types that fit."""
    found = assessed(talk.session.answers, talk.today, talk.context.history)
    own = score(found)
    values = {**basis(talk, found), **_told(talk, found, own), "stated": None}
    talk.page("chances", values, [*going_on(values), *_ways()])


def with_score(talk: Talk, stated: int, kind: str | None) -> None:
    """The chances of a score that somebody names, in one type or in those that may be theirs."""
    found = assessed(talk.session.answers, talk.today, talk.context.history)
    ends = {"total": stated, "low": stated, "high": stated}
    values = {"score": ends, "trust": trust(found), **_told(talk, found, ends, kind), "stated": stated}
    talk.page("chances_with", values, _ways())


def _ways() -> list[Row]:
    return [
        (Choice("goal.standing", "g:standing"), Choice("nav.rounds", "t:draws")),
        (Choice("goal.whatif", "g:whatif"), Choice("goal.alerts", "g:alerts")),
        MENU,
    ]


def _told(talk: Talk, found: Assessment, own: Ends, kind: str | None = None) -> dict[str, Any]:
    """What the past says of each type for a score, and why it is silent about the others."""
    fits, unsure = fitting_or_open(found)
    names = [kind] if kind else [fit.id for fit in fits or matched_first(unsure, found)]
    seen = [outlook(talk.context.history, name, talk.today) for name in names]
    spoken = [each for each in seen if isinstance(each, Outlook)][:MOST_TYPES]
    return {
        "types": [_outlook(talk, each, own) for each in spoken],
        "silent": [_silence(talk, each) for each in seen if isinstance(each, Silence)],
        "caveats": [plain(each) for each in _caveats(spoken)],
        "sure": bool(fits) or kind is not None,
        "matched": [fit.id for fit in matched(found)] if kind is None else [],
        "program": still_closed(found),
        "known_to": min(talk.context.history.known_to, talk.today).isoformat(),
    }


def _outlook(talk: Talk, told: Outlook, own: Ends) -> dict[str, Any]:
    return {
        "type": rounds.kind(told.type, talk.context.history),
        "next": plain(told.next_cut_off),
        "hit_rate": plain(told.hit_rate),
        "basis": plain(told.based_on),
        "chances": [plain(each) for each in told.chances(own["low"], own["high"])],
    }


def _silence(talk: Talk, told: Silence) -> dict[str, Any]:
    return {**plain(told), "type": rounds.kind(told.type, talk.context.history)}


def _caveats(spoken: list[Outlook]) -> list[Caveat]:
    """What makes the past compare less well, each once, the oldest first."""
    return sorted({caveat for each in spoken for caveat in each.caveats}, key=lambda caveat: caveat.since)
