"""Which unit groups a job may belong to, by its title or by what one does: a search in both languages.

The titles are those of NOC 2021, everyday ones (`data/titles_*.csv`), and whatever list somebody adds to them; what one
does is `data/duties.csv`, with the words by which people tell of it (`data/told.csv`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import chain
from typing import NamedTuple

from scoring.doing import doers, is_leading, leads, tells
from scoring.duties import duties
from scoring.duty_index import DutyIndex
from scoring.job_words import folded
from scoring.occupations import UnitGroup, unit_groups
from scoring.resources import rows
from scoring.title_index import TitleIndex

MOST_TEXT = 200
"""A job title is no longer."""
LANGUAGES = ("en", "fr")
_MOST_WORDS = 12
_LEAST_SCORE = 35
_LEAST_TOLD = 25
_TITLE_IN_WHAT_IS_TOLD = 0.5
"""What the nearness of a title is worth where somebody tells what they do: much of it is chance."""
_NOT_LEADING = 0.75
"""How near a group of managers or supervisors is to who tells of no leading."""
_CODE = re.compile(r"\s*(?:noc|cnp)?\s*[:#]?\s*(\d{1,5})\s*", re.IGNORECASE)


class Hit(NamedTuple):
    """One unit group that a text may mean. `score`: 0 to 100, best first."""

    code: str
    score: int
    title_en: str
    title_fr: str


class Titles:
    """Titles that can be searched. They are only put in order when the first search comes."""

    def __init__(self, more: Iterable[tuple[str, str]] = ()) -> None:
        """`more`: (code, title) pairs in either language, beside the titles that ship with this package."""
        self._more = tuple(more)

    @cached_property
    def _index(self) -> TitleIndex:
        return TitleIndex((*_shipped_titles(), *self._more))

    def sure(self, text: str) -> int:
        """How sure some words are a title and no description (0 to 100): how near the nearest title is."""
        near = self._index.near(folded(text[:MOST_TEXT])[:_MOST_WORDS])
        return round(100 * max((each.score for each in near.values()), default=0))

    def search(self, text: str, limit: int = 5) -> list[Hit]:
        """The groups nearest to a title or a description, best first; or those whose code begins so (`2123`)."""
        typed = text[:MOST_TEXT]
        code = _CODE.fullmatch(typed)
        if code:
            return [_hit(group, 100) for key, group in unit_groups().items() if key.startswith(code[1])][:limit]
        told = tells(typed)
        words = folded(typed)[:_MOST_WORDS]
        near = self._index.near(words, doers(typed) if told else {})
        done = _done().likeness(typed)
        worth = _TITLE_IN_WHAT_IS_TOLD if told else 1
        scores = {
            key: _both(worth * near[key].score if key in near else 0, done.get(key, 0)) for key in near.keys() | done
        }
        if told and not leads(typed):
            scores = {key: score * (_NOT_LEADING if is_leading(key) else 1) for key, score in scores.items()}
        best = sorted(scores, key=lambda key: (-scores[key], -near[key].others if key in near else 0, key))
        hits = (_hit(unit_groups()[key], round(100 * scores[key])) for key in best[:limit])
        return [hit for hit in hits if hit.score >= (_LEAST_TOLD if told else _LEAST_SCORE)]


def _both(title: float, done: float) -> float:
    """How near a group is by a title, and by what one does there of what is missing to a whole."""
    return title + (1 - title) * done


def _hit(group: UnitGroup, score: int) -> Hit:
    return Hit(group.code, score, group.title_en, group.title_fr)


def _shipped_titles() -> Iterator[tuple[str, str]]:
    for group in unit_groups().values():
        yield group.code, group.title_en
        yield group.code, group.title_fr
    for language in LANGUAGES:
        yield from ((row["code"], row["title"]) for row in rows(f"data/titles_{language}.csv"))


@cache
def _done() -> DutyIndex:
    """What one does in each group. Titles that were added say nothing of it."""
    official = ((code, line) for code, done in duties().items() for line in (done.en, done.fr))
    told = ((row["code"], row[language]) for row in rows("data/told.csv") for language in LANGUAGES)
    return DutyIndex(chain(official, told), _shipped_titles())


@cache
def shipped_titles() -> Titles:
    """The titles that ship with this package, and no others."""
    return Titles()


def search(text: str, limit: int = 5) -> list[Hit]:
    """What the shipped titles have for a text: see `Titles.search`."""
    return shipped_titles().search(text, limit)
