"""Traces of what was removed are wiped from the files, soon and without holding up the turns for long."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from time import monotonic

from bot.store.tables import SCRUB_DUE

QUIET = 1.0
"""Seconds without work after which the log is emptied: handled messages leave the disk soon after their answer."""
SHARE = 20
"""A scrub that took a second is not repeated for 20: nobody holds up a large store by deleting again and again."""
LOCK_PATIENCE_MS = 200
"""How long a scrub waits for readers of other processes before it is put off."""

_log = logging.getLogger(__name__)


class Scrub:
    """Empties the write-ahead log, and rewrites the file after a deletion.

    Removed rows are overwritten at once (`secure_delete`), but SQLite leaves a copy of a row behind now and then when
    it moves rows between pages (measured: of one in 2,000 changed rows). Only a file written anew has none of them.
    """

    def __init__(self, connection: sqlite3.Connection, clock: Callable[[], float] = monotonic) -> None:
        self._connection = connection
        self._clock = clock
        self._log_holds_something = True
        self._not_before = clock()

    def wait(self) -> float | None:
        """Seconds that the writer may sleep before `quiet` has something to do; None: until there is work."""
        return QUIET if self._log_holds_something else None

    def after_commit(self) -> None:
        """Called after each commit, before anybody is told of it."""
        self._log_holds_something = True
        if self._due():
            self.quiet()

    def quiet(self) -> None:
        """Do what is due. What cannot be done now, for want of disk or because of another process, is put off."""
        wanted: int = self._connection.execute("pragma busy_timeout").fetchone()[0]
        self._connection.execute(f"pragma busy_timeout = {LOCK_PATIENCE_MS}")
        try:
            if self._due() and self._clock() >= self._not_before:
                self._rewrite()
            self._empty_log()
        except sqlite3.OperationalError as error:
            _log.warning("wiping the traces of a deletion is put off: %s", error.sqlite_errorname)
        finally:
            self._connection.execute(f"pragma busy_timeout = {wanted}")

    def _due(self) -> bool:
        mark: int = self._connection.execute("pragma user_version").fetchone()[0]
        return mark == SCRUB_DUE

    def _rewrite(self) -> None:
        started = self._clock()
        try:
            self._connection.execute("vacuum")
            self._connection.execute("pragma user_version = 0")
        finally:
            now = self._clock()
            self._not_before = now + SHARE * (now - started)

    def _empty_log(self) -> None:
        in_the_way: int = self._connection.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
        self._log_holds_something = bool(in_the_way) or self._due()
