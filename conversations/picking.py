"""One of several things that the last message showed, picked by typing its number or its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conversations import steering, tapped
from conversations.answers import Understood, read_choice
from conversations.answers.moments import by_place
from conversations.answers.text import normal
from conversations.keys import Key
from conversations.questions import question_of
from conversations.reading import Facts
from conversations.talk import Talk
from scoring.occupations import unit_groups

OPTION_NAMES = ("test", "level")
"""What an option holds that the lexicon has words for."""


def picked(talk: Talk, key: Key, text: str) -> bool:
    """Do what the button would that a text names; False where it names none of them."""
    pending = talk.session.pending or {}
    if pending.get("key") != str(key):
        return False
    number = _number(text)
    if pending["kind"] == "job":
        return _job(talk, key, pending["hits"], number, text)
    if pending["code"] == "clock" and number is None:
        return _by_place(talk, key, pending["options"][0]["local"], text)
    place = number if number is not None else _named(talk, key, pending["options"], text)
    if place is None or place >= len(pending["options"]):
        return False
    tapped.tapped(talk, f"o:{pending['turn']}:{place}")
    return True


def _by_place(talk: Talk, key: Key, local: str, text: str) -> bool:
    """The place by whose clock a time was told, typed afterwards."""
    at = by_place(text, local, talk.clock)
    if at is not None:
        steering.take(talk, key, Facts({key: at}))
    return at is not None


def _number(text: str) -> int | None:
    """The place, from 0, that a number alone names."""
    said = normal(text)
    return int(said) - 1 if said.isascii() and said.isdigit() and 0 < int(said[:3]) == int(said) else None


def _job(talk: Talk, key: Key, hits: list[str], number: int | None, text: str) -> bool:
    if number is not None:
        code = hits[number] if number < len(hits) else None
    else:
        code = next((hit for hit in hits if normal(text) in _titles(hit)), None)
    if code is None:
        return False
    tapped.tapped(talk, f"n:{key}:{code}")
    return True


def _titles(code: str) -> tuple[str, ...]:
    group = unit_groups()[code]
    return (code, normal(group.title_en), normal(group.title_fr))


def _named(talk: Talk, key: Key, options: list[Any], text: str) -> int | None:
    question = question_of(key)
    assert question is not None
    names = [_name(option) for option in options]
    if not question.choices or not all(name in question.choices for name in names):
        return None
    found = read_choice(text, question.group, names, talk.context.lexicon)
    return names.index(found.value) if isinstance(found, Understood) else None


def _name(option: Any) -> str:
    """The choice that an option stands for."""
    if isinstance(option, Mapping):
        option = next((option[name] for name in OPTION_NAMES if name in option), "")
    return str(option)
