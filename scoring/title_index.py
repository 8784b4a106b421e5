"""Job titles by their words: how near each unit group is to a few words.

A title is a bag of folded words, each weighed by how rare it is. A group is as near as the nearest of its titles, and
nearer still where its other titles have the words too. A word that no title has is taken for those that begin as it
does, in any form, or that are written nearly so.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log
from types import MappingProxyType
from typing import NamedTuple

from scoring.job_words import folded, stems

_ALIKE, _LEAST_LETTERS, _MOST_ALIKE = 72, 4, 4
_BEGINNING = 0.8
"""What the beginning of a word is worth beside the whole: *electro* of *electronics*."""
_FORM, _LONGEST_ENDING = 0.85, 5
"""What another form of a word is worth, and how many letters it has more than the stem."""
_DOER = 0.9
"""What who does it is worth for a verb: *driver* for *drive*."""
_NOBODY: Mapping[str, Sequence[str]] = MappingProxyType({})
_ASKED, _TITLE = 0.7, 0.3
"""How much it counts that the search is found in the title, and that the title is found in the search."""
_GROUP = 0.8
"""What the other titles of a group add, of what is missing to a whole."""
_SEVERAL = 1.0
"""So many titles of a group have a word that it counts half there."""


class Nearness(NamedTuple):
    """How near a group is to what is asked: its nearest title with what the others add, and those alone (0 to 1)."""

    score: float
    others: float


class TitleIndex:
    """The titles of both languages, from everywhere; several of one group are found apart."""

    def __init__(self, titles: Iterable[tuple[str, str]]) -> None:
        """Take (code, title) pairs; a title without a telling word is no title."""
        bags = dict.fromkeys((code, frozenset(folded(title))) for code, title in titles)
        self._codes = [code for code, bag in bags if bag]
        self._places: dict[str, array[int]] = {}
        self._groups: dict[str, dict[str, int]] = {}
        for place, (code, bag) in enumerate(each for each in bags if each[1]):
            for word in bag:
                self._places.setdefault(word, array("l")).append(place)
                groups = self._groups.setdefault(word, {})
                groups[code] = groups.get(code, 0) + 1
        groups_held = len(set(self._codes))
        self._rarest = log(1 + len(self._codes))
        self._weights = {word: log(1 + len(self._codes) / len(found)) for word, found in self._places.items()}
        self._most_telling = log(1 + groups_held)
        self._telling = {word: log(1 + groups_held / len(found)) for word, found in self._groups.items()}
        self._totals = [sum(map(self._weights.__getitem__, bag)) for _, bag in bags if bag]
        self._words = sorted(self._places)
        self._begin: dict[str, list[str]] = {}
        self._end: dict[str, list[str]] = {}
        for word in self._words:
            self._begin.setdefault(word[0], []).append(word)
            self._end.setdefault(word[-1], []).append(word)

    def near(self, asked: Sequence[str], doers: Mapping[str, Sequence[str]] = _NOBODY) -> dict[str, Nearness]:
        """Every group that shares a word with the folded words of a search; `doers`: who does what one of them says."""
        found: dict[str, Nearness] = {}
        like: dict[str, dict[str, float]] = {}
        for words in dict.fromkeys((tuple(asked), tuple(self._joined(asked)), tuple(self._split(asked)))):
            like |= {word: self._doers(doers.get(word, ())) | self._like(word) for word in words if word not in like}
            for code, nearness in self._near([like[word] for word in dict.fromkeys(words)]).items():
                found[code] = max(found.get(code, nearness), nearness)
        return found

    def _near(self, wanted: Sequence[Mapping[str, float]]) -> dict[str, Nearness]:
        others = self._others(wanted)
        return {
            code: Nearness(title + (1 - title) * _GROUP * others[code], others[code])
            for code, title in self._nearest_titles(wanted).items()
        }

    def _joined(self, asked: Sequence[str]) -> Iterator[str]:
        """The words with two of them as one where titles write them so: *book keeper*."""
        left = list(asked)
        while left:
            word = left.pop(0)
            yield word + left.pop(0) if left and word + left[0] in self._places else word

    def _split(self, asked: Sequence[str]) -> Iterator[str]:
        """The words with one of them as two where titles write them so: *truckdriver*."""
        for word in asked:
            ends = range(_LEAST_LETTERS, len(word) - _LEAST_LETTERS + 1) if word not in self._places else ()
            cut = next((end for end in ends if {word[:end], word[end:]} <= self._places.keys()), 0)
            yield from (word[:cut], word[cut:]) if cut else (word,)

    def _nearest_titles(self, wanted: Sequence[Mapping[str, float]]) -> dict[str, float]:
        found: dict[int, float] = {}
        for near in wanted:
            fewer, found = sorted((found, self._worth(near)), key=len)
            for place, worth in fewer.items():
                found[place] = found.get(place, 0) + worth
        whole = sum(max(map(self._weights.__getitem__, near), default=self._rarest) for near in wanted)
        best: dict[str, float] = {}
        for place, worth in found.items():
            score = worth * (_ASKED / whole + _TITLE / self._totals[place])
            code = self._codes[place]
            if score > best.get(code, 0):
                best[code] = min(1.0, score)
        return best

    def _worth(self, near: Mapping[str, float]) -> dict[int, float]:
        """What one word of the search brings to each title: the nearest of its words counts."""
        worth: dict[int, float] = {}
        for word, likeness in sorted(near.items(), key=lambda item: item[1] * self._weights[item[0]]):
            worth |= dict.fromkeys(self._places[word], likeness * self._weights[word])
        return worth

    def _others(self, wanted: Sequence[Mapping[str, float]]) -> dict[str, float]:
        """How much of the search the titles of each group have together (0 to 1)."""
        found: dict[str, float] = {}
        for near in wanted:
            worth: dict[str, float] = {}
            for word, likeness in near.items():
                for code, count in self._groups[word].items():
                    here = likeness * self._telling[word] * count / (count + _SEVERAL)
                    worth[code] = max(worth.get(code, 0), here)
            for code, here in worth.items():
                found[code] = found.get(code, 0) + here
        whole = sum(max(map(self._telling.__getitem__, near), default=self._most_telling) for near in wanted)
        return {code: worth / whole for code, worth in found.items()}

    def _like(self, word: str) -> dict[str, float]:
        """The words of titles that a word may mean, with their likeness (up to 1)."""
        if word in self._places:
            return {word: 1.0}
        if len(word) < _LEAST_LETTERS:
            return {}
        forms = {
            each: _FORM
            for stem in sorted(stems(word))
            if len(stem) >= _LEAST_LETTERS
            for each in self._beginning(stem)
            if len(each) <= len(stem) + _LONGEST_ENDING
        }
        return dict.fromkeys(self._beginning(word), _BEGINNING) | forms | self._misspelt(word)

    def _doers(self, doers: Iterable[str]) -> dict[str, float]:
        return {word: _DOER for word in doers if word in self._places}

    def _beginning(self, stem: str) -> Iterator[str]:
        place = bisect_left(self._words, stem)
        while place < len(self._words) and self._words[place].startswith(stem):
            yield self._words[place]
            place += 1

    def _misspelt(self, word: str) -> dict[str, float]:
        """The words written most nearly so, of those with the same first or last letter: who mistypes keeps one."""
        from rapidfuzz import fuzz, process

        words = dict.fromkeys([*self._begin.get(word[0], ()), *self._end.get(word[-1], ())])
        alike = process.extract(word, list(words), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_MOST_ALIKE)
        return {each: score / 100 for each, score, _ in alike}
