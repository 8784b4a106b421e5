"""Whether a text asks what something is, and about which name: `what is the tie-break`, `le SCG, c'est quoi`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from conversations.answers.text import spaced

MOST_WORDS = 14
"""Words of a question; a longer text tells something."""
MOST_IN_TERM = 4
"""Words of a term that nothing here has the name of; what is longer is another question."""
ALIKE, LEAST_LETTERS = 88, 6
"""How like a name a misspelt term is, and how long at least: a shorter one is too like others."""
NEAR, NEAR_IF_SHORT = 75, 85
"""How like a name a term has to be for that name to be offered; a term under `LEAST_LETTERS` is like many others."""
MOST_SHARING, LEAST_IN_WORD = 3, 4
"""Entries whose names may share a word with a term for it to tell something, and the letters of such a word."""


class Asked(NamedTuple):
    """A question: the term that it asks about, and the id of the entry that has that name; None where none has."""

    term: str
    entry: str | None


class _Part(NamedTuple):
    """Words that are left; whether something asks about them, and whether it does whatever they are."""

    words: tuple[str, ...]
    asks: bool
    any_term: bool


class Asking:
    """Takes questions apart by the words that stand before, after and around a term."""

    def __init__(self, words: Mapping[str, Mapping[str, Any]], names: Mapping[str, str]) -> None:
        """Take the parsed `words.toml`, and the names of the entries as `answers.text.spaced` writes them."""
        self.before, self.after, self.ends = (_phrases(words.get(each, {})) for each in ("before", "after", "ends"))
        self.before_known, self.after_known, self.around, self.personal, self.supposing = (
            _phrases(words.get(each, {})) for each in ("before_known", "after_known", "around", "personal", "supposing")
        )
        self.paired = _phrases(words.get("paired_before", {})), _phrases(words.get("paired_after", {}))
        self.anywhere = _phrases(words.get("anywhere", {}))
        self.spelt = {word: tuple(spaced(str(said)).split()) for word, said in words.get("spelt", {}).items()}
        self.names = names
        held: dict[str, set[str]] = {}
        for name, entry in names.items():
            for word in name.split():
                if len(word) >= LEAST_IN_WORD:
                    held.setdefault(word, set()).add(entry)
        self.telling = {word: entries for word, entries in held.items() if len(entries) <= MOST_SHARING}

    def asked(self, text: str, *, surely: bool = False) -> Asked | None:
        """What a question asks about; None for a text that asks about no term. `surely`: it does, in whatever words."""
        parts = list(self._parts(text, surely))
        asking = [part for part in parts if part.asks]
        if not asking:
            return None
        # a name may be a whole question, such as "do i need a job offer": the longest goes first
        for found, some in ((_exact, parts), (_misspelt, asking)):
            for part in some:
                name = found(" ".join(part.words), self.names)
                if name is not None:
                    return Asked(" ".join(part.words), name)
        open_terms = [part.words for part in asking if part.any_term]
        if not open_terms:
            return None
        term = open_terms[-1]
        if not surely and (len(term) > MOST_IN_TERM or not self.personal.isdisjoint((word,) for word in term)):
            return None
        return Asked(" ".join(term), None)

    def asks(self, text: str) -> bool:
        """Whether a word of asking stands anywhere in a text: `la visite médicale on la fait quand`."""
        said = f" {self.respelt(text)} "
        return any(f" {' '.join(words)} " in said for words in self.anywhere)

    def respelt(self, text: str) -> str:
        """The words of a text, those that are short for others written out: `c koi` is `c'est quoi`."""
        said = spaced(text).split()
        kept = ((word,) if after == "est" else self.spelt.get(word, (word,)) for word, after in pairwise((*said, "")))
        return " ".join(each for words in kept for each in words)

    def supposes(self, text: str) -> bool:
        """Whether a text begins with a supposition."""
        said = tuple(spaced(text).split())
        return any(said[: len(words)] == words for words in self.supposing)

    def begins(self, text: str) -> bool:
        """Whether a text begins with words that ask what something is."""
        said = tuple(spaced(text).split())
        return any(said[: len(words)] == words for words in self.before)

    def is_personal(self, text: str) -> bool:
        """Whether a text speaks of the person who asks: `my`, `I`, `should`."""
        return not self.personal.isdisjoint((word,) for word in spaced(text).split())

    def bare(self, text: str) -> str | None:
        """The entry whose name a text is, small words around it apart."""
        said = (" ".join(part.words) for part in self._parts(text, asks=False))
        return next((self.names[each] for each in said if each in self.names), None)

    def nearest(self, term: str, most: int) -> list[str]:
        """The entries whose names are like a term, the most like first, then those that share a rare word with it."""
        from rapidfuzz import fuzz, process

        said = spaced(term)
        least = NEAR if len(said) >= LEAST_LETTERS else NEAR_IF_SHORT
        found: dict[str, float] = {}
        for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
            for name, score, _ in process.extract(
                said, list(self.names), scorer=scorer, score_cutoff=least, limit=None
            ):
                found[self.names[name]] = max(score, found.get(self.names[name], 0))
        like = sorted(found, key=lambda entry: -found[entry])
        sharing = [entry for word in said.split() for entry in sorted(self.telling.get(word, ()))]
        return list(dict.fromkeys((*like, *sharing)))[:most]

    def _parts(self, text: str, asks: bool) -> Iterator[_Part]:
        """What is left of a text when words are taken away at its ends, the longest first; never nothing."""
        said = tuple(spaced(text).split())
        if not 0 < len(said) <= MOST_WORDS:
            return
        ways = (said, tuple(self.respelt(text).split()))
        seen: dict[_Part, None] = {_Part(way, asks, asks): None for way in ways}
        for part in (waiting := list(seen)):
            yield part
            for left in self._taken(part):
                if left.words and left not in seen:
                    seen[left] = None
                    waiting.append(left)

    def _taken(self, part: _Part) -> Iterator[_Part]:
        words = part.words
        for length in range(len(words) - 1, 0, -1):
            if words[:length] in self.before:
                yield _Part(words[length:], asks=True, any_term=True)
            if words[:length] in self.before_known:
                yield part._replace(words=words[length:], asks=True)
            if words[-length:] in self.after:
                yield _Part(words[:-length], asks=True, any_term=True)
            if words[-length:] in self.after_known:
                yield part._replace(words=words[:-length], asks=True)
            if words[-length:] in self.ends:
                yield part._replace(words=words[:-length])
        yield from self._between(part)
        if words[:1] in self.around:
            yield part._replace(words=words[1:])
        if words[-1:] in self.around:
            yield part._replace(words=words[:-1])

    def _between(self, part: _Part) -> Iterator[_Part]:
        """What is left between two words that ask together: `is PTE accepted`."""
        words, (before, after) = part.words, self.paired
        for start in (start for start in range(1, len(words)) if words[:start] in before):
            for end in (end for end in range(start + 1, len(words)) if words[end:] in after):
                yield part._replace(words=words[start:end], asks=True)


def _phrases(by_language: Mapping[str, Iterable[str]]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(spaced(each).split()) for said in by_language.values() for each in said)


def _exact(term: str, names: Mapping[str, str]) -> str | None:
    return names.get(term)


def _misspelt(term: str, names: Mapping[str, str]) -> str | None:
    from rapidfuzz import fuzz, process

    if len(term) < LEAST_LETTERS:
        return None
    near = process.extract(term, list(names), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=4)
    found = {names[name] for name, _, _ in near}
    return found.pop() if len(found) == 1 else None
