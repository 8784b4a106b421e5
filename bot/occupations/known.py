"""The titles that a search goes through, read without making a store where there is none."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from bot.store.migrations import pending
from bot.store.opening import open_reader, told
from bot.store.titles_sqlite import kept_titles
from bot.store.without_numpy import Database
from scoring.search import Titles, shipped_titles

PATIENCE = 10.0
"""Seconds to wait for another process that writes to the file."""


def known_titles(path: Path) -> Titles:
    """The shipped titles with those of the store at a path; without, where there is none or one of an earlier version.

    Raises StoreError where the file cannot be read.
    """
    with told(path):
        if not path.exists():
            return shipped_titles()
    with closing(open_reader(path, PATIENCE)) as connection, told(path):
        if pending(Database(connection, execute_plugins=False)):
            return shipped_titles()
        return Titles(kept_titles(connection))
