"""A store is looked at without making one where there is none."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from bot.store.migrations import pending
from bot.store.opening import open_reader, told
from bot.store.without_numpy import Database

T = TypeVar("T")
PATIENCE = 10.0
"""Seconds to wait for another process that writes to the file."""


def seen(
    path: Path, read: Callable[[sqlite3.Connection], T], otherwise: Callable[[], T], patience: float = PATIENCE
) -> T:
    """What `read` finds in the store at a path; `otherwise`, where there is none or one of an earlier version.

    Raises StoreError where the file cannot be read.
    """
    with told(path):
        if not path.exists():
            return otherwise()
    with closing(open_reader(path, patience)) as connection, told(path):
        return otherwise() if pending(Database(connection, execute_plugins=False)) else read(connection)
