"""Lines of at most a given width, broken at spaces; what follows a bullet or a number stays under its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len

_BULLET = re.compile(r" *(?:[-–•*]|\w{1,2}[.)]|\[\w{1,2}\]) +")
_WORD = re.compile(r"[^ ]+")
"""A no-break space is part of a word, as it is meant to be."""


class Line(NamedTuple):
    """A line of the page: from where to where it takes the text, and how many columns it stands in."""

    start: int
    end: int
    indent: int = 0


def wrapped(text: str, width: int) -> list[Line]:
    """The lines of a text on a page of `width` columns. A word is broken only where it is longer than a line."""
    lines: list[Line] = []
    start = 0
    for line in text.split("\n"):
        lines += _lines(line, start, max(width, 1))
        start += len(line) + 1
    return lines


def fold(text: str, width: int) -> str:
    """The text with its lines wrapped."""
    return "\n".join(" " * line.indent + text[line.start : line.end] for line in wrapped(text, width))


def _lines(text: str, offset: int, width: int) -> Iterator[Line]:
    bullet = _BULLET.match(text)
    hanging = cell_len(bullet.group()) if bullet else 0
    hanging = hanging if hanging <= width // 3 else 0
    start = end = indent = 0
    for word in _WORD.finditer(text):
        if end > start and indent + cell_len(text[start : word.end()]) > width:
            yield Line(offset + start, offset + end, indent)
            start, indent = word.start(), hanging
        end = word.end()
        for cut in _cuts(text, start, end, width - indent, width - hanging):
            yield Line(offset + start, offset + cut, indent)
            start, indent = cut, hanging
    yield Line(offset + start, offset + end, indent)


def _cuts(text: str, start: int, end: int, first: int, rest: int) -> Iterator[int]:
    """Where a stretch must be broken in its only word, for a first line and further lines of so many columns."""
    room, used = first, 0
    for place in range(start, end):
        columns = cell_len(text[place])
        if used + columns > room and used:
            yield place
            room, used = rest, 0
        used += columns
