"""Which unit groups a job title may belong to: a search over the titles of NOC 2021, in both languages.

Every title is a bag of folded words (no accents, no plural, one gender), each weighed by how rare it is; everyday names
that the titles do not have stand in `data/occupation_words.csv`. A word that no title has is taken for the nearest one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from math import log
from typing import NamedTuple

from scoring.occupations import UnitGroup, unit_groups
from scoring.resources import rows

MOST_TEXT = 200
"""A job title is no longer."""
_MOST_WORDS = 12
_ALIKE, _LEAST_LETTERS = 75, 4
_BEGINNING = 0.8
"""What the beginning of a word is worth beside the whole: *electro* of *electronics*."""
_COVER, _WHOLE = 0.8, 0.2
"""How much it counts that the search is found in the title, and that the title is found in the search."""
_LEAST_SCORE = 35

_EMPTY = frozenset(
    [
        *("and", "or", "of", "the", "in", "an", "at", "for", "to", "with", "on", "by", "my", "am", "as", "work"),
        *("et", "ou", "de", "du", "des", "la", "le", "les", "en", "au", "aux", "un", "une", "dans", "je", "suis"),
        *("related", "occupations", "other", "assimile", "personnel", "autres", "autre", "connexes", "except", "sauf"),
    ]
)
"""Words that say nothing of a job."""


class Hit(NamedTuple):
    """One unit group that a text may mean. `score`: 0 to 100, best first."""

    code: str
    score: int
    title_en: str
    title_fr: str


def search(text: str, limit: int = 5) -> list[Hit]:
    """The unit groups nearest to a job title in either language, best first; or those whose code begins so (`2123`)."""
    typed = text[:MOST_TEXT]
    code = re.fullmatch(r"\s*(?:noc|cnp)?\s*[:#]?\s*(\d{1,5})\s*", typed, re.IGNORECASE)
    if code:
        return [_hit(group, 100) for key, group in unit_groups().items() if key.startswith(code[1])][:limit]
    scores = _index().scores(folded(typed)[:_MOST_WORDS])
    best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return [_hit(unit_groups()[key], round(score)) for key, score in best[:limit] if score >= _LEAST_SCORE]


def _hit(group: UnitGroup, score: int) -> Hit:
    return Hit(group.code, score, group.title_en, group.title_fr)


_ACCENTS = re.compile(r"[\u0300-\u036f]")
_WORD = re.compile(r"[a-z0-9+#]+")


def folded(text: str) -> list[str]:
    """The telling words of a text, folded: `Infirmières autorisées` and `infirmier autorisé` are the same."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.lower().replace("œ", "oe")))
    return [fold(word) for word in _WORD.findall(bare) if len(word) > 1 and word not in _EMPTY]


_ENDINGS = (
    ("trice", "teur"), ("euse", "eur"), ("iere", "ier"), ("ienne", "ien"), ("enne", "en"), ("elle", "el"),
    ("ive", "if"), ("ies", "y"), ("ee", "e"), ("esse", ""),
)  # fmt: skip
_LEAST_STEM = 3


def fold(word: str) -> str:
    """A plain word without plural and gender; only for comparing, it need not be a word."""
    if len(word) <= _LEAST_STEM:
        return word
    single = word[:-1] if word[-1] in "sx" and not word.endswith(("ss", "ies")) else word
    for ending, instead in _ENDINGS:
        if single.endswith(ending) and len(single) - len(ending) >= _LEAST_STEM - 1:
            single = single[: -len(ending)] + instead
            break
    return single[:-1] if single.endswith("e") and len(single) > _LEAST_STEM else single


class _Index:
    """The titles by their folded words."""

    def __init__(self, titles: Iterable[tuple[str, str]]) -> None:
        """Take (code, title) pairs; several titles of one code are found apart."""
        self.codes: list[str] = []
        self.bags: list[frozenset[str]] = []
        self.places: dict[str, list[int]] = {}
        for code, title in titles:
            bag = frozenset(folded(title))
            if not bag:
                continue
            for word in bag:
                self.places.setdefault(word, []).append(len(self.bags))
            self.codes.append(code)
            self.bags.append(bag)
        self.weights = {word: log(1 + len(self.bags) / len(places)) for word, places in self.places.items()}
        self.rarest = log(1 + len(self.bags))
        self.totals = [sum(self.weights[word] for word in bag) for bag in self.bags]

    @cached_property
    def words(self) -> list[str]:
        """Every word that a title has."""
        return list(self.places)

    def scores(self, asked: list[str]) -> dict[str, float]:
        """The best score (0 to 100) of each code that shares a word with what is asked."""
        wanted = {word: self.like(word) for word in dict.fromkeys(asked)}
        whole = sum(self._weight(word, near) for word, near in wanted.items())
        found: dict[int, float] = {}
        for near in wanted.values():
            for place, worth in self._worth(near).items():
                found[place] = found.get(place, 0) + worth
        best: dict[str, float] = {}
        for place, worth in found.items():
            score = 100 * (_COVER * worth / whole + _WHOLE * min(1.0, worth / self.totals[place]))
            best[self.codes[place]] = max(best.get(self.codes[place], 0), min(100.0, score))
        return best

    def _weight(self, word: str, near: Mapping[str, float]) -> float:
        """How much a word of the search counts: by its rarity, or as a rare one where no title has anything like it."""
        if word in near:
            return self.weights[word]
        return max((self.weights[each] for each in near), default=self.rarest)

    def _worth(self, near: Mapping[str, float]) -> dict[int, float]:
        """What one word of the search brings to each title: the nearest of its words counts."""
        worth: dict[int, float] = {}
        for word, likeness in near.items():
            for place in self.places[word]:
                worth[place] = max(worth.get(place, 0), likeness * self.weights[word])
        return worth

    def like(self, word: str) -> dict[str, float]:
        """The words of titles that a word may mean, with their likeness (up to 1).

        Itself where a title has it, else those that begin so and those that are near.
        """
        if word in self.places:
            return {word: 1.0}
        if len(word) < _LEAST_LETTERS:
            return {}
        from rapidfuzz import fuzz, process

        alike = process.extract(word, self.words, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=4)
        near = {each: score / 100 for each, score, _ in alike}
        return near | {each: _BEGINNING for each in self.words if each.startswith(word) and each not in near}


def _titles() -> Iterator[tuple[str, str]]:
    for group in unit_groups().values():
        yield group.code, group.title_en
        yield group.code, group.title_fr
    for row in rows("data/occupation_words.csv"):
        for names in (row["en"], row["fr"]):
            yield from ((row["code"], name) for name in names.split(";") if name.strip())


@cache
def _index() -> _Index:
    return _Index(_titles())
