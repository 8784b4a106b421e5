"""Reads and plays whole conversations that are written as text.

    today 2026-11-22
    language en

    > /start                        what the person says
    = welcome                       which replies come, by their keys, all of them and in order
        information, not legal      a piece of what is said (indented; no-break spaces count as spaces)
      ! guaranteed                  a piece that must not be said
    > [I agree]                     a tap on the newest button whose label begins so; a number before it may be left out
    > {a:c.level.0:bachelor}        a tap on any button by its data, such as one of an old message
    : c.birth_date = {"age": 32}    what is kept under a key after this (JSON); `: -c.birth_date` = nothing is
    : c.job.0/noc = "31301"         what is kept under a name inside of it
    : alerts.wants = "all"         what is kept of the alerts
    + 30                            so many days go by

Every reply is put into words in both languages, and every session is saved and loaded between two turns.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot.build import explained, lexicon, reader
from bot.wording import Wording
from bot.zones import zones
from conversations.context import Context
from conversations.events import Event, Said, Tapped
from conversations.machine import step
from conversations.replies import Reply
from conversations.session import LANGUAGES, Session

WORDING = Wording()
NOTHING = object()
"""What is found where nothing is kept."""
_TAGS = re.compile(r"<[^>]+>")
_NUMBER = re.compile(r"^\d+\. ")


class StoryError(AssertionError):
    """A line of a story that did not come true."""


def plain(text: str) -> str:
    """What is read of a message: no tags, no entities, ordinary spaces."""
    return html.unescape(_TAGS.sub("", text)).replace("\u00a0", " ").replace("\u202f", " ")


def said_in(reply: Reply, language: str) -> str:
    """A reply in a language, as one reads it."""
    return "\n".join(plain(message["text"]) for message in WORDING.say(replace(reply, language=LANGUAGES[language])))


@dataclass
class Chat:
    """A chat that is played: the session as it was saved, the day, and what was said last."""

    today: date = date(2026, 11, 22)
    language_code: str | None = None
    saved: dict[str, Any] | None = None
    last: list[Reply] = field(default_factory=list)
    past: list[Reply] = field(default_factory=list)
    messages: int = 0

    def play(self, event: Event) -> list[Reply]:
        """One turn, with the session saved and loaded, and the replies said in both languages."""
        session = Session() if self.saved is None else Session.from_json(json.loads(json.dumps(self.saved)))
        after, replies = step(session, event, self._context())
        self.saved = None if after.forgotten else after.as_json()
        self.last = list(replies)
        self.past += replies
        for reply in replies:
            for language in LANGUAGES:
                assert said_in(reply, language), (reply.key, language)
        return self.last

    def _context(self) -> Context:
        return Context(self.today, lexicon(), zones=zones(), explained=explained(), reader=reader())

    def say(self, text: str) -> list[Reply]:
        """The person types."""
        return self.play(Said(text, self.language_code))

    def tap(self, data: str) -> list[Reply]:
        """The person taps."""
        return self.play(Tapped(data, self.language_code))

    def find(self, label: str) -> str:
        """The data of the newest button whose label begins so, with its number or without."""
        for reply in reversed(self.past):
            for choice in reply.taps():
                shown = plain(WORDING.label(choice, reply.language))
                if shown.startswith(label) or _NUMBER.sub("", shown).startswith(label):
                    return choice.data
        raise StoryError(f"no button {label!r} in any message")

    def text(self) -> str:
        """What was said last, as it is read."""
        return "\n".join(said_in(reply, reply.language) for reply in self.last)


def play(path: Path) -> Chat:
    """Play a story. Raises StoryError with the line that did not come true."""
    chat, expected = Chat(), 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            expected = _line(chat, line, expected)
        except StoryError as error:
            told = chat.text() if chat.last else ""
            raise StoryError(f"{path.name}:{number}: {line.strip()}\n{error}\n--- was said:\n{told}") from None
    return chat


def _line(chat: Chat, line: str, expected: int) -> int:
    """Do one line; returns how many replies of the last turn were named so far."""
    mark, rest = line[:1], line[1:].strip()
    if not line.strip() or mark == "#":
        return expected
    if mark == " ":
        _contains(chat, line.strip())
        return expected
    if mark == "=":
        keys = [reply.key for reply in chat.last]
        _check(expected < len(keys) and keys[expected] == rest, f"replies: {keys}")
        return expected + 1
    if mark == ">":
        _check(expected == len(chat.last), f"replies not named: {[reply.key for reply in chat.last[expected:]]}")
        _does(chat, rest)
        return 0
    _sets(chat, mark, rest, line)
    return expected


def _does(chat: Chat, what: str) -> None:
    if what.startswith("[") and what.endswith("]"):
        chat.tap(chat.find(what[1:-1]))
    elif what.startswith("{") and what.endswith("}"):
        chat.tap(what[1:-1])
    else:
        chat.say(what)
        chat.messages += 1


def _sets(chat: Chat, mark: str, rest: str, line: str) -> None:
    if mark == "+":
        chat.today += timedelta(int(rest))
    elif mark == ":":
        _kept(chat, rest)
    else:
        name, _, value = line.partition(" ")
        _check(name in ("today", "language", "title"), f"{name} is nothing that a story says")
        if name == "today":
            chat.today = date.fromisoformat(value.strip())
        elif name == "language":
            chat.language_code = value.strip()


def _kept(chat: Chat, what: str) -> None:
    saved = chat.saved or {}
    alerts = {f"alerts.{name}": value for name, value in (saved.get("alerts") or {}).items()}
    answers = {**saved.get("answers", {}), **alerts}
    name, _, value = what.removeprefix("-").partition("=")
    key, *inside = name.strip().split("/")
    found = answers.get(key, NOTHING)
    for step_in in inside:
        found = found.get(step_in, NOTHING) if isinstance(found, dict) else NOTHING
    _check(found == (NOTHING if what.startswith("-") else json.loads(value)), f"kept: {answers}")


def _contains(chat: Chat, piece: str) -> None:
    told = chat.text()
    if piece.startswith("!"):
        _check(piece[1:].strip().lower() not in told.lower(), "it was said")
    else:
        _check(piece.lower() in told.lower(), "it was not said")


def _check(holds: bool, why: str) -> None:
    if not holds:
        raise StoryError(why)
