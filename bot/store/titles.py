"""Job titles that whoever runs the program added, the same for every kind of store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Title(NamedTuple):
    """One job title, in either language, and the code of its unit group."""

    code: str
    title: str


class Added(NamedTuple):
    """How many titles were new, and how many are kept now."""

    new: int
    kept: int


class ImportedTitles(Protocol):
    """The titles beside those that ship with us; each method raises `bot.store.errors.StoreError`."""

    async def titles(self) -> list[Title]:
        """All of them, by code and then by title."""

    async def add_titles(self, titles: Sequence[Title], *, replace: bool = False) -> Added:
        """Keep these beside those that were added before, or in place of them. One that is known already stays once."""
