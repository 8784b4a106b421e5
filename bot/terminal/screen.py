"""The choices on screen, how each is named, and what a typed line does with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, product
from string import ascii_lowercase
from typing import Any, NamedTuple

from bot.terminal.markup import printable
from conversations.events import Event, Said, Tapped

_MARK = re.compile(r"[\[(#]?(\d+|[a-z]{1,2})[\])., ]*")
_ASIDE = re.compile(r"[buyk](:.*)?|t:(menu|answer)")
"""Taps that lead round a question: back, I don't know, why, keep, the answer so far, the menu."""


class Option(NamedTuple):
    """One button: what one types to tap it, its label, what the tap sends, and whether it leads round the question."""

    mark: str
    label: str
    data: str
    aside: bool = False


Rows = tuple[tuple[Option, ...], ...]
"""The options of one message, as they stand beside and under each other."""


class Screen(NamedTuple):
    """The options that can be tapped now."""

    options: tuple[Option, ...] = ()

    def read(self, line: str, language_code: str | None = None) -> Event:
        """What a typed line means: the tap that it names, by mark or by label; else what it says."""
        text = line.strip()
        option = None if text.startswith("/") else self._named(text)
        return Said(text, language_code) if option is None else Tapped(option.data, language_code)

    def _named(self, text: str) -> Option | None:
        typed = _MARK.fullmatch(text.lower())
        marked = [option for option in self.options if typed and option.mark == typed[1]]
        folded = _folded(text)
        labelled = [option for option in self.options if folded and _folded(option.label) == folded]
        found = marked or labelled
        return found[0] if len({option.data for option in found}) == 1 else None


def screens(messages: Sequence[Mapping[str, Any]]) -> list[Rows]:
    """The options of each message, named in one row through all of them.

    They are numbered, unless a bare number is an answer: a message says so by `typed`, or a label is a number. Then
    they have letters, and a number is its own name. A label that begins with its own number is not numbered twice.
    """
    labels = [label for message in messages for row in message["rows"] for label, _data in row]
    typed = any(message.get("typed") == "number" for message in messages)
    marks = _letters() if typed or any(map(str.isdecimal, labels)) else map(str, count(1))
    return [
        tuple(tuple(_option(label, data, marks) for label, data in row) for row in message["rows"])
        for message in messages
    ]


def _option(label: str, data: str, marks: Iterator[str]) -> Option:
    shown = printable(label).replace("\n", " ")
    mark = shown if shown.isdecimal() else next(marks)
    return Option(mark, shown.removeprefix(f"{mark}. "), data, _ASIDE.fullmatch(data) is not None)


def _letters() -> Iterator[str]:
    """a to z, then aa, ab and so on."""
    yield from ascii_lowercase
    yield from map("".join, product(ascii_lowercase, repeat=2))


def _folded(text: str) -> str:
    """The letters and digits of a text, without case, accents, signs and spaces: what one would type in haste."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if sign.isalnum())
