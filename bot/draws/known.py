"""The rounds that a store knows, read without making a store where there is none."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from bot.store import rounds
from bot.store.migrations import pending
from bot.store.opening import open_reader, told
from bot.store.without_numpy import Database
from scoring.draws import History, shipped

PATIENCE = 10.0
"""Seconds to wait for another process that writes to the file."""


def known_history(path: Path) -> History:
    """What the store at a path knows; the shipped history where there is no store, or one of an earlier version.

    Raises StoreError where the file cannot be read.
    """
    with told(path):
        if not path.exists():
            return shipped()
    with closing(open_reader(path, PATIENCE)) as connection, told(path):
        if pending(Database(connection, execute_plugins=False)):
            return shipped()
        return rounds.known(connection).history()
