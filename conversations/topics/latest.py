"""The latest rounds: what was held, what changed since the last of its type, and was it me."""

from __future__ import annotations

from typing import Any

from conversations import pictures
from conversations.replies import Choice
from conversations.seen import assessed, score
from conversations.subscription import Subscription
from conversations.talk import Row, Talk
from conversations.topics import rounds
from conversations.topics.alert import outcome
from conversations.topics.common import MENU
from scoring.draws import Round, order
from scoring.rulebook import NoRulesError

EARLIER = 4
"""Rounds before the newest that are told in a line each."""
MOST_TYPES = 6
"""Types that get a button: those of the newest rounds."""


def latest(talk: Talk) -> None:
    """The rounds of the newest day on which one was held; those before it in a line each."""
    held = _held(talk)
    newest = [each for each in held if each.date == held[-1].date] if held else []
    before = held[: len(held) - len(newest)]
    _page(talk, newest, before[-EARLIER:], None)


def of_type(talk: Talk, name: str) -> None:
    """The last rounds of one type."""
    held = [each for each in _held(talk) if each.type == name]
    _page(talk, held[-1:], held[:-1][-EARLIER:], name)


def of_number(talk: Talk, number: str, score: int | None = None) -> None:
    """One round, or the rounds of a number that was held in parts (91a, 91b); else that there is no such round.

    `score`: one that is held against its cut-off.
    """
    held = _held(talk)
    exact = [each for each in held if each.number == number]
    found = exact or [each for each in held if str(order(each.number).number) == number]
    last = found[-1:]
    before = [
        each for each in held if last and each.type == last[0].type and order(each.number) < order(last[0].number)
    ]
    _page(talk, found, before[-EARLIER:], None, asked={"number": number, "score": score})


def _held(talk: Talk) -> list[Round]:
    return [each for each in talk.context.history.rounds if each.date <= talk.today]


def _page(
    talk: Talk, newest: list[Round], before: list[Round], name: str | None, asked: dict[str, Any] | None = None
) -> None:
    history = talk.context.history
    if not talk.session.consented:
        talk.change(asked=None)
    values: dict[str, Any] = {
        "rounds": [_round(talk, held) for held in newest],
        "earlier": [rounds.told(held, history) for held in reversed(before)],
        "of_type": None if name is None else rounds.kind(name, history),
        "asked": asked,
        "last": rounds.told(_held(talk)[-1], history) if asked and not newest and _held(talk) else None,
        "known_to": min(history.known_to, talk.today).isoformat(),
        "zone": Subscription.from_json(talk.session.alerts).zone,
    }
    picture = None if name is None else pictures.cut_offs(history, [name], talk.today, _score(talk))
    talk.page("latest", values, _rows(talk, name), picture=picture)


def _round(talk: Talk, held: Round) -> dict[str, Any]:
    history = talk.context.history
    return {
        "round": rounds.told(held, history),
        "before": rounds.since_last(held, history),
        "personal": outcome(talk.session, held, history),
    }


def _score(talk: Talk) -> dict[str, Any] | None:
    """The person's own score, where facts were given."""
    if not talk.session.answers:
        return None
    try:
        return score(assessed(talk.session.answers, talk.today, talk.context.history))
    except NoRulesError:
        return None


def _rows(talk: Talk, name: str | None) -> list[Row]:
    history = talk.context.history
    lately = dict.fromkeys(held.type for held in reversed(_held(talk)))
    rows = rounds.type_taps([each for each in lately if each != name][:MOST_TYPES], history)
    if name is not None:
        rows.append((Choice("nav.rounds", "t:draws"), Choice("nav.types", "t:types")))
    elif talk.session.consented:
        rows.append((Choice("nav.types", "t:types"), Choice("goal.standing", "g:standing")))
    if talk.session.consented:
        rows.append((Choice("goal.alerts", "g:alerts"), *MENU))
        return rows
    return [*rows, MENU]
