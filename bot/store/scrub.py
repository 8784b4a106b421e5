"""Traces of what was removed are wiped from the files, soon and without holding up the turns for long."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from time import monotonic

from bot.store.tables import removals

QUIET = 1.0
"""Seconds without work after which the log is emptied: handled messages leave the disk soon after their answer."""
SHARE = 20
"""A scrub that took a second is not repeated for 20: nobody holds up a large store by deleting again and again."""
PATIENCE_MS = 200
"""Milliseconds that a scrub waits for another process before it is put off."""
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
        self._owed = False
        self._not_before = clock()

    def wait(self) -> float | None:
        """Seconds that the writer may sleep before `quiet` has something to do; None: until there is work."""
        return QUIET if self._log_holds_something else None

    def after_commit(self) -> None:
        """Called after each commit, before anybody is told of it."""
        self._log_holds_something = True
        if self._owed:
            self._scrub(patience_ms=0)
        elif self._due():
            self._scrub(PATIENCE_MS)

    def quiet(self) -> None:
        """Called when there was no work for a while."""
        self._scrub(PATIENCE_MS)

    def finish(self) -> None:
        """Called before the connection is closed."""
        self._not_before = self._clock()
        self._scrub(PATIENCE_MS)

    def _scrub(self, patience_ms: int) -> None:
        """Do what is due. What cannot be done now, for want of disk or because of another process, stays owed."""
        wanted: int = self._connection.execute("pragma busy_timeout").fetchone()[0]
        self._connection.execute(f"pragma busy_timeout = {patience_ms}")
        due = self._owed or self._due()
        try:
            if self._due() and self._clock() >= self._not_before:
                self._rewrite()
            in_the_way = self._empty_log()
        except sqlite3.Error as error:
            in_the_way = True
            if not self._owed:
                _log.warning("to wipe what was removed is put off: %s", error.sqlite_errorname)
        finally:
            self._connection.execute(f"pragma busy_timeout = {wanted}")
        self._owed = due and (in_the_way or self._due())
        self._log_holds_something = in_the_way or self._owed

    def _due(self) -> bool:
        """Asked of the file, because another process may have removed something and been killed."""
        return removals(self._connection) > 0

    def _rewrite(self) -> None:
        started = self._clock()
        wiped = removals(self._connection)
        try:
            self._connection.execute("vacuum")
            self._wiped(wiped)
        finally:
            now = self._clock()
            self._not_before = now + SHARE * (now - started)

    def _wiped(self, count: int) -> None:
        """Nothing is due any more, unless another process removed something meanwhile."""
        self._connection.execute("begin immediate")
        if removals(self._connection) == count:
            self._connection.execute("pragma user_version = 0")
        self._connection.execute("commit")

    def _empty_log(self) -> bool:
        """Move the log into the file and cut it to nothing; True where somebody who reads was in the way."""
        return bool(self._connection.execute("pragma wal_checkpoint(truncate)").fetchone()[0])
