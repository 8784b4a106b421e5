"""What a term or a step is: the groups of explanations, one of them, the nearest to an unknown term, licensed help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from conversations.explained import Case, Entry
from conversations.figures import figures
from conversations.replies import Choice
from conversations.talk import Row, Talk
from conversations.topics import rounds
from conversations.topics.common import MENU
from scoring.rulebook import shipped

LIST = Choice("nav.explain", "e:l")
LICENSED = Choice("nav.licensed", "e:c:")
LAST_ROUNDS = 10
"""Rounds of a type among which the lowest and the highest cut-off are told."""
MOST_SHOWN = 40
"""Letters of an unknown term that are shown again."""


def explain(talk: Talk) -> None:
    """The groups of explanations."""
    _leave_consent(talk)
    groups = talk.context.explained.groups
    rows: list[Row] = [(Choice("explain_title", f"e:g:{name}", title),) for name, title in groups.items()]
    talk.page("explain", {"entries": len(talk.context.explained.entries)}, [*rows, back(talk)])


def group(talk: Talk, name: str) -> None:
    """The explanations of one group."""
    _leave_consent(talk)
    title = talk.context.explained.groups[name]
    rows = [(tap(entry),) for entry in talk.context.explained.of(name)]
    talk.page("explain_group", {"title": title}, [*rows, (LIST, *back(talk))])


def entry(talk: Talk, told: Entry) -> None:
    """One explanation, with the numbers that are in force today.

    Raises NoRulesError where a number that it names has no rules for the day.
    """
    _leave_consent(talk)
    values = {
        "id": told.id,
        "title": told.title,
        "text": told.text,
        "figures": figures(told.figures, shipped().on(talk.today)) if told.figures else {},
        "rounds": [_last(talk, name) for name in told.rounds],
        "links": list(told.links),
        "source": told.source,
        "checked_on": told.checked_on.isoformat(),
        "read": told.read,
        "on": talk.today.isoformat(),
        "known_to": min(talk.context.history.known_to, talk.today).isoformat(),
    }
    entries = talk.context.explained.entries
    rows: list[Row] = [(tap(entries[name]),) for name in told.see]
    if told.goal is not None and talk.session.consented:
        rows.insert(0, (Choice(f"goal.{told.goal}", f"g:{told.goal}"),))
    if told.page is not None and talk.session.consented:
        rows.insert(0, (Choice(f"nav.{told.page}", f"t:{told.page}"),))
    talk.page("explained", values, [*rows, (LIST, *back(talk))])


def unknown(talk: Talk, term: str) -> None:
    """A term that is not explained: up to three that are near, else the list."""
    _leave_consent(talk)
    rows: list[Row] = [(tap(near),) for near in talk.context.explained.nearest(term)]
    talk.page("explain_unknown", {"read": term[:MOST_SHOWN], "near": len(rows)}, [*rows, (LIST, *back(talk))])


def several(talk: Talk, text: str, entries: Sequence[Entry]) -> None:
    """Which of a few explanations is meant, in a question that names them."""
    _leave_consent(talk)
    talk.page("which_intent", {"read": text}, [*((tap(each),) for each in entries), (LIST, *back(talk))])


def licensed(talk: Talk, case: Case | None = None, *, said: bool = False) -> None:
    """Where licensed help is found; `case`: what it is about, and that nothing is computed on it. `said`: in words."""
    _leave_consent(talk)
    told = None if case is None else {"id": case.id, "title": case.title, "text": case.text}
    advice = talk.context.explained.entries.get("advice")
    links = list(advice.links) if advice else []
    rows: list[Row] = [(tap(advice),)] if advice else []
    talk.page("help_licensed", {"case": told, "links": links, "said": said}, [*rows, back(talk)])


def tap(told: Entry) -> Choice:
    """The button that leads to an explanation."""
    return Choice("explain_title", f"e:i:{told.id}", told.title)


def back(talk: Talk) -> Row:
    """Back to what was open: the answer of the goal, else the menu."""
    if talk.session.consented and talk.session.goal is not None:
        return (Choice("nav.answer", "t:answer"), *MENU)
    return MENU


def _last(talk: Talk, name: str) -> dict[str, Any]:
    """The last round of a type, and the ends of the cut-offs of its last few."""
    held = [each for each in talk.context.history.of(name) if each.date <= talk.today][-LAST_ROUNDS:]
    cut_offs = [each.cut_off for each in held]
    return {
        "type": rounds.kind(name, talk.context.history),
        "last": {"date": held[-1].date.isoformat(), "cut_off": held[-1].cut_off} if held else None,
        "count": len(held),
        "low": min(cut_offs, default=None),
        "high": max(cut_offs, default=None),
    }


def _leave_consent(talk: Talk) -> None:
    """Another page has come between: a yes would not be about consent any more."""
    if not talk.session.consented:
        talk.change(asked=None)
