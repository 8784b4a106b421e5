"""The titles that a search goes through, read without making a store where there is none."""

from __future__ import annotations

from pathlib import Path

from bot.store.looking import seen
from bot.store.titles_sqlite import kept_titles
from scoring.search import Titles, shipped_titles


def known_titles(path: Path) -> Titles:
    """The shipped titles with those of the store at a path; without, where there is none or one of an earlier version.

    Raises StoreError where the file cannot be read.
    """
    return seen(path, lambda connection: Titles(kept_titles(connection)), shipped_titles)
