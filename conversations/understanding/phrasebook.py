"""The wordings of what one can ask for (`locales/phrases.toml`), ready to be compared with a message.

The words are data; whoever starts the program reads them and hands them over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from conversations.answers.text import normal, spaced
from conversations.lexicon import is_negated

LANGUAGES = ("en", "fr")
MOST_WORDS = 6
"""Words that one member of a group has at most."""
LITERAL = "="
"""Begins the name of a word that is in no group: it stands for itself, in any form."""
_NAME = re.compile(r"<(\w+)>")


class Phrase(NamedTuple):
    """One wording: what it asks for, its words, the meanings that they have, and whether it says no."""

    intent: str
    words: str
    meanings: frozenset[str]
    negated: bool


class PhrasebookError(ValueError):
    """The phrases contradict themselves: where, and how."""


class Phrasebook:
    """The wordings of both languages."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Take the parsed `phrases.toml`.

        Raises PhrasebookError where a phrase stands for two intents, has no word of weight, or names words that there
        are not.
        """
        self.spelt = {spaced(slang): spaced(meant).split() for slang, meant in data["spelt"].items()}
        self.courtesy = _known(data["courtesy"]["words"])
        self.small = _known(word for language in LANGUAGES for word in data["small"][language])
        self.groups = _groups(data["words"])
        self.of_language = {language: _words_of(data, language) for language in LANGUAGES}
        self.guarded = tuple(normal(word) for word in data["guarded"]["words"])
        self.guarded_whole = frozenset(self.guarded)
        self.exact = {name: _patterns(name, written, data["exact"]) for name, written in _exact(data)}
        self.literal = self._literal(data)
        self.phrases = tuple(dict.fromkeys(self._phrases(data)))
        self.elsewhere, self.renamed = frozenset(data["elsewhere"]), dict(data["renamed"])
        self.whole = self._whole()
        self.unless = {intent: _known(words) for intent, words in data["unless"].items()}
        self.told: Mapping[str, Any] = data["told"]
        self.slang: Mapping[str, str] = data["slang"]

    def _literal(self, data: Mapping[str, Any]) -> frozenset[str]:
        """Words of the phrases that are in no group, and not small."""
        words = (word for _, said in _said(data["intents"]) for word in self.taken_apart(said))
        return frozenset(word for word in words if word not in self.small and word not in self.groups)

    def _phrases(self, data: Mapping[str, Any]) -> Iterator[Phrase]:
        for intent, said in _said(data["intents"]):
            words = self.taken_apart(said)
            meanings = frozenset(self._longest(words))
            if not meanings:
                raise PhrasebookError(f"intents.{intent}: {said!r} has no word of weight")
            yield Phrase(intent, " ".join(words), meanings, is_negated(normal(said)))

    def _whole(self) -> dict[str, str]:
        whole: dict[str, str] = {}
        for phrase in self.phrases:
            if whole.setdefault(phrase.words, phrase.intent) != phrase.intent:
                raise PhrasebookError(f"{phrase.words!r} stands for {whole[phrase.words]} and for {phrase.intent}")
        return whole

    def taken_apart(self, text: str) -> list[str]:
        """The words of a text, slang and run-together words taken apart, courtesy left out."""
        words = [part for word in spaced(text).split() for part in self.spelt.get(word, (word,))]
        return list(_without(words, self.courtesy))

    def _longest(self, words: list[str]) -> Iterator[str]:
        """What the words of a phrase mean, the longest members of groups first."""
        index = 0
        while index < len(words):
            length = next((each for each in range(MOST_WORDS, 0, -1) if self._at(words, index, each)), 0)
            if length:
                yield from sorted(self.groups[" ".join(words[index : index + length])])[:1]
            elif words[index] not in self.small:
                yield LITERAL + words[index]
            index += length or 1

    def _at(self, words: list[str], index: int, length: int) -> bool:
        return index + length <= len(words) and " ".join(words[index : index + length]) in self.groups


def _said(intents: Mapping[str, Mapping[str, Iterable[str]]]) -> Iterator[tuple[str, str]]:
    for intent, by_language in intents.items():
        for language in LANGUAGES:
            for said in by_language.get(language, ()):
                yield intent, said


def _known(words: Iterable[str]) -> frozenset[str]:
    return frozenset(spaced(word) for word in words)


def _without(words: list[str], courtesy: frozenset[str]) -> Iterator[str]:
    """The words that are no courtesy; all of them where nothing else was said."""
    kept, index = [], 0
    while index < len(words):
        pair = " ".join(words[index : index + 2])
        step = 2 if pair in courtesy and len(words) > 1 else 1
        if step == 1 and words[index] not in courtesy:
            kept.append(words[index])
        index += step
    yield from kept or words


def _groups(data: Mapping[str, Mapping[str, Iterable[str]]]) -> dict[str, frozenset[str]]:
    """The meanings of each member of a group."""
    found: dict[str, set[str]] = {}
    for name, by_language in data.items():
        for language in LANGUAGES:
            for member in by_language.get(language, ()):
                found.setdefault(spaced(member), set()).add(name)
    return {member: frozenset(names) for member, names in found.items()}


def _words_of(data: Mapping[str, Any], language: str) -> frozenset[str]:
    """Words that are of one language, by the phrases and groups of the other."""
    texts = list(data["small"][language])
    texts += [member for group in data["words"].values() for member in group.get(language, ())]
    texts += [said for group in data["intents"].values() for said in group.get(language, ())]
    return frozenset(word for text in texts for word in spaced(text).split())


def _exact(data: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    yield from data["exact"]["phrases"].items()


def _patterns(name: str, written: Iterable[str], data: Mapping[str, Any]) -> re.Pattern[str]:
    """All phrases of what is never guessed, as one pattern for a whole message."""
    try:
        return re.compile("|".join(_pattern(each, data["words"]) for each in written))
    except KeyError as error:
        raise PhrasebookError(f"exact.phrases.{name}: no words are called {error}") from error


def _pattern(written: str, words: Mapping[str, Iterable[str]]) -> str:
    """`[<these>] <alerts>` as a pattern over normal words, each of them followed by a space."""

    def either(found: re.Match[str]) -> str:
        return "(?:" + "|".join(re.escape(normal(word)) for word in words[found[1]]) + ") "

    parts = re.sub(r"\s+", "", written).replace("[", "(?:").replace("]", ")?")
    return _NAME.sub(either, parts)


@lru_cache(maxsize=8192)
def stems(word: str) -> tuple[str, ...]:
    """A word without its endings, as each language takes them off."""
    return tuple(stemmer.stemWord(word) for stemmer in _stemmers())


@lru_cache(maxsize=1)
def _stemmers() -> tuple[Any, ...]:
    import snowballstemmer  # type: ignore[import-untyped]

    return tuple(snowballstemmer.stemmer(name) for name in ("english", "french"))
