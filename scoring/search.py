"""Which unit groups a job title may belong to: a search over titles in both languages.

The titles are those of NOC 2021, everyday ones (`data/titles_*.csv`), and whatever list somebody adds to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import NamedTuple

from scoring.job_words import folded
from scoring.occupations import UnitGroup, unit_groups
from scoring.resources import rows
from scoring.title_index import TitleIndex

MOST_TEXT = 200
"""A job title is no longer."""
LANGUAGES = ("en", "fr")
_MOST_WORDS = 12
_LEAST_SCORE = 35
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

    def search(self, text: str, limit: int = 5) -> list[Hit]:
        """The groups nearest to a job title in either language, best first; or those whose code begins so (`2123`)."""
        typed = text[:MOST_TEXT]
        code = _CODE.fullmatch(typed)
        if code:
            return [_hit(group, 100) for key, group in unit_groups().items() if key.startswith(code[1])][:limit]
        near = self._index.near(folded(typed)[:_MOST_WORDS])
        best = sorted(near.items(), key=lambda item: (-item[1].score, -item[1].others, item[0]))
        hits = (_hit(unit_groups()[key], round(100 * nearness.score)) for key, nearness in best[:limit])
        return [hit for hit in hits if hit.score >= _LEAST_SCORE]


def _hit(group: UnitGroup, score: int) -> Hit:
    return Hit(group.code, score, group.title_en, group.title_fr)


def _shipped_titles() -> Iterator[tuple[str, str]]:
    for group in unit_groups().values():
        yield group.code, group.title_en
        yield group.code, group.title_fr
    for language in LANGUAGES:
        yield from ((row["code"], row["title"]) for row in rows(f"data/titles_{language}.csv"))


@cache
def shipped_titles() -> Titles:
    """The titles that ship with this package, and no others."""
    return Titles()


def search(text: str, limit: int = 5) -> list[Hit]:
    """What the shipped titles have for a text: see `Titles.search`."""
    return shipped_titles().search(text, limit)
