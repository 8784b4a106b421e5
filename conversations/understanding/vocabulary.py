"""The words by which facts are found in free text (`told` in `locales/phrases.toml`), and slips in them mended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from conversations.answers.countries import find_countries
from conversations.answers.text import Place, Word, plain, spaced, words
from conversations.lexicon import Lexicon
from conversations.understanding.texting import parted

LANGUAGES = ("en", "fr")
LEAST_LETTERS, MOST_MENDED = 6, 150
"""A shorter word is too like others to be mended; how many words of one message are looked at."""
_ALIKE = 88
_WORD = re.compile(r"[A-Za-zÀ-ÿœŒ]+")

Found = tuple[Place, str]


class Vocabulary:
    """Groups of words: what each of them says, in both languages."""

    def __init__(self, told: Mapping[str, Any], lexicon: Lexicon, slang: Mapping[str, str] | None = None) -> None:
        """Take the sections `told` and `slang` of the phrases, and a lexicon for the words that it has already."""
        self.lexicon, self._slang = lexicon, dict(slang or {})
        self._groups = {name: _phrases(group) for name, group in told.items()}
        self._begun = {name: _by_first_word(group) for name, group in self._groups.items()}
        self._mendable = self._long_words()
        self._known = {word for group in self._groups.values() for said in group for word in said.split()}

    def group(self, name: str) -> Mapping[str, str]:
        """What each phrase of a group stands for, by the phrase as `standing` looks for it."""
        return self._groups[name]

    def find(self, cleaned: str, name: str) -> list[Found]:
        """Each phrase of a group that stands in a cleaned text, with what it stands for."""
        return list(_standing(_words(cleaned), self._begun[name]))

    def says(self, cleaned: str, name: str) -> str | None:
        """What the first phrase of a group says that stands in a cleaned text."""
        return next((meant for _, meant in self.find(cleaned, name)), None)

    def knows(self, word: str) -> bool:
        """Whether a word stands in any of the groups, or is one that is never the name of a person."""
        spelt = plain(word)
        return spelt in self._known or spelt in self._mendable or spelt in self._slang

    def only_empty(self, cleaned: str) -> bool:
        """Whether a text says nothing by itself."""
        empty = self._groups["empty"]
        return all(word.text in empty or (len(word.text) == 1 and not word.text.isdigit()) for word in words(cleaned))

    def places(self, cleaned: str) -> list[Place]:
        """Where countries, schools in Canada and *here* are named, in the order of the text."""
        named = [each.place for each in find_countries(cleaned, self.lexicon)]
        named += [place for group in ("school_in_canada", "here") for place, _ in self.find(cleaned, group)]
        return sorted(named)

    def only(self, cleaned: str, name: str) -> bool:
        """Whether a text has no words but those of a group."""
        group = self._groups[name]
        return all(word.text in group for word in words(cleaned))

    def mended(self, cleaned: str) -> str:
        """The text with slang in plain words, and slips in long words of the vocabulary mended."""
        spelt = parted(cleaned)
        return _WORD.sub(self._mend, spelt) if len(cleaned.split()) <= MOST_MENDED else spelt

    def _mend(self, found: re.Match[str]) -> str:
        from rapidfuzz import fuzz, process

        word = plain(found.group())
        spelt = found.group().lower()
        if spelt in self._slang:
            return self._slang[spelt]
        if len(word) < LEAST_LETTERS or word in self._known or word in self._mendable:
            return found.group()
        near = process.extractOne(word, self._mendable, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if near:
            return near[0]
        return next((each for each in self._turned.get("".join(sorted(word)), ())), found.group())

    @property
    def _turned(self) -> Mapping[str, list[str]]:
        return self._anagrams

    def _long_words(self) -> list[str]:
        groups = [group for name, group in self._groups.items() if name in _MENDED]
        said = {word for group in groups for phrase in group for word in phrase.split()}
        said |= {word for phrase in self.lexicon.levels for word in phrase.split()}
        said |= {word for phrase in self.lexicon.test_names for word in phrase.split()}
        long = sorted(word for word in said if len(word) >= LEAST_LETTERS and word.isalpha())
        self._anagrams: dict[str, list[str]] = {}
        for word in long:
            self._anagrams.setdefault("".join(sorted(word)), []).append(word)
        return long


Begun = Mapping[str, list[tuple[tuple[str, ...], str]]]


def _by_first_word(group: Mapping[str, str]) -> Begun:
    """The phrases of a group by their first word, the longest first: most words of a text begin none."""
    begun: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase in sorted(group, key=lambda each: -len(each.split())):
        parts = tuple(phrase.split())
        begun.setdefault(parts[0], []).append((parts, group[phrase]))
    return begun


@lru_cache(maxsize=512)
def _words(cleaned: str) -> tuple[Word, ...]:
    return tuple(words(cleaned))


def _standing(said: Sequence[Word], begun: Begun) -> Iterator[Found]:
    """As `answers.text.standing`, for groups that are looked for many times in one text."""
    index = 0
    while index < len(said):
        step = 1
        for parts, meant in begun.get(said[index].text, ()):
            here = said[index : index + len(parts)]
            if tuple(word.text for word in here) == parts:
                yield Place(here[0].start, here[-1].end, " ".join(parts)), meant
                step = len(parts)
                break
        index += step


_MENDED = frozenset({"marital", "partner", "certificate", "nominated"})
"""Groups whose words are mended; those of others are too like words that mean something else."""


def _phrases(group: Mapping[str, Any]) -> dict[str, str]:
    if "words" in group:
        return {spaced(word): word for word in group["words"]}
    return {spaced(said): name for name, by_language in group.items() for said in _both(by_language)}


def _both(by_language: Mapping[str, Iterable[str]]) -> Iterable[str]:
    return (said for language in LANGUAGES for said in by_language.get(language, ()))
