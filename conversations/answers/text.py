"""Typed text made comparable: case, accents, kinds of space, quotes and dashes no longer matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeVar

MOST_TEXT = 1_000
"""No answer to one question is longer; what comes after is not read."""
_MOST_KEPT = 4_096
"""Characters whose reading is remembered: more than any two languages use, and no way to fill the memory."""

_SIGNS = {
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032`\u00b4\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb\uff02", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u2044\u2215", "/"),
    **{"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"},
}
"""Quotes, dashes and slashes by their code points (many look alike), and letters that are two."""
_UNSEEN = ("Cc", "Cf", "Zl", "Zp", "Zs", "Cs")


class _Characters(dict[int, str]):
    """What each character becomes, found out when it is first met."""

    def __init__(self, become: Callable[[str], str]) -> None:
        super().__init__()
        self.become = become

    def __missing__(self, point: int) -> str:
        said = self.become(chr(point))
        if len(self) < _MOST_KEPT:
            self[point] = said
        return said


def _cleaned(char: str) -> str:
    """The signs that keyboards make of quotes, dashes and spaces become the plain ones."""
    if char in _SIGNS:
        return _SIGNS[char]
    kind = unicodedata.category(char)
    if char == "\n" or kind not in _UNSEEN:
        return char
    return " " if char.isspace() or kind == "Cc" else ""


def _plainly(char: str) -> str:
    """A character in small letters and without its accent, one for one."""
    return unicodedata.normalize("NFKD", char.lower())[:1] or " "


_CLEAN, _PLAIN = _Characters(_cleaned), _Characters(_plainly)
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[\s]*")
_NO_WORD = re.compile(r"[^a-z0-9+]+")


def clean(text: str) -> str:
    """The text as it can be shown again: composed, without what is not seen, single spaces, plain quotes and dashes."""
    composed = unicodedata.normalize("NFKC", text[:MOST_TEXT]).translate(_CLEAN)
    return _LINES.sub("\n", _SPACES.sub(" ", composed)).strip()[:MOST_TEXT]


def plain(cleaned: str) -> str:
    """Small letters without accents, character for character: a place in it is the same place in `cleaned`."""
    return cleaned.translate(_PLAIN)


def listed(words: str) -> tuple[str, ...]:
    """The words of a list that is written with spaces."""
    return tuple(words.split())


def normal(text: str) -> str:
    """Words alone, for comparing: `Qu’est-ce que ça fait ?` becomes `quest ce que ca fait`."""
    return _NO_WORD.sub(" ", plain(clean(text)).replace("'", "")).strip()


T = TypeVar("T")


class Word(NamedTuple):
    """A word without accents, and its place."""

    text: str
    start: int
    end: int


class Place(NamedTuple):
    """Where a known phrase stands in a text, and its words."""

    start: int
    end: int
    words: str


_WORD = re.compile(r"[a-z0-9+]+")


def words(cleaned: str) -> tuple[Word, ...]:
    """The words of a cleaned text in their places; an apostrophe parts two words (`d'Inde`)."""
    return _words(cleaned)


@lru_cache(maxsize=1024)
def _words(cleaned: str) -> tuple[Word, ...]:
    return tuple(Word(found.group(), found.start(), found.end()) for found in _WORD.finditer(plain(cleaned)))


def spaced(text: str) -> str:
    """A phrase as `standing` looks for it."""
    return " ".join(word.text for word in words(clean(text)))


def standing(cleaned: str, known: Mapping[str, T], most_words: int = 7) -> Iterator[tuple[Place, T]]:
    """Each known phrase (its key is `spaced`) that stands in a cleaned text, the longest first at each place."""
    said, index, begun = words(cleaned), 0, _begun(known)
    while index < len(said):
        longest = min(most_words, len(said) - index, begun.get(said[index].text, 0))
        for length in range(longest, 0, -1):
            phrase = " ".join(word.text for word in said[index : index + length])
            if phrase in known:
                yield Place(said[index].start, said[index + length - 1].end, phrase), known[phrase]
                index += length - 1
                break
        index += 1


_MOST_BEGUN = 64
_BEGUN: dict[int, tuple[Mapping[str, object], dict[str, int]]] = {}
"""By the identity of a mapping, which is kept so that no other takes its place."""


def _begun(known: Mapping[str, T]) -> dict[str, int]:
    """How many words the longest known phrase has that begins with a word: most words of a text begin none."""
    kept = _BEGUN.get(id(known))
    if kept is not None and kept[0] is known and len(kept[0]) == len(known):
        return kept[1]
    begun: dict[str, int] = {}
    for phrase in known:
        first, _, rest = phrase.partition(" ")
        begun[first] = max(begun.get(first, 0), 1 + rest.count(" ") + bool(rest))
    if len(_BEGUN) >= _MOST_BEGUN:
        _BEGUN.clear()
    _BEGUN[id(known)] = known, begun
    return begun
