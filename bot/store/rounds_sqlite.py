"""Rounds in the store of one machine."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import datetime
from pathlib import Path

from bot.feed.merge import Known
from bot.store import rounds
from bot.store.connected import Connected
from bot.store.draws import Announce, Decide, FeedFile, Merged, to_nobody
from scoring.draws import History


class RoundsOnSqlite(Connected):
    """What `bot.store.draws.Rounds` says, over two connections to a file."""

    def __init__(self, path: Path, writer: sqlite3.Connection, reader: sqlite3.Connection) -> None:
        super().__init__(path, writer, reader)
        self._read_before: tuple[int, History] | None = None
        self._one_reads = asyncio.Lock()

    async def seed(self, shipped: History, at: datetime) -> None:
        """See `Rounds.seed`."""
        await self.write(lambda connection: rounds.seed(connection, shipped, at))

    async def history(self) -> History:
        """See `Rounds.history`."""
        async with self._one_reads:  # two who ask at once are given one object
            before = self._read_before
            if before is None or before[0] != await self.history_version():
                before = self._read_before = await self.read(_history)
            return before[1]

    async def history_version(self) -> int:
        """See `Rounds.history_version`."""
        return await self.read(rounds.version)

    async def known(self) -> Known:
        """See `Rounds.known`."""
        return await self.read(rounds.known)

    async def merge(self, decide: Decide, at: datetime, announce: Announce = to_nobody) -> Merged:
        """See `Rounds.merge`."""
        return await self.write(lambda connection: rounds.merge(connection, decide, at, announce))

    async def feed_file(self, url: str) -> FeedFile:
        """See `Rounds.feed_file`."""
        return await self.read(lambda connection: rounds.feed_file(connection, url))

    async def keep_feed_file(self, url: str, file: FeedFile) -> None:
        """See `Rounds.keep_feed_file`."""
        await self.write(lambda connection: rounds.keep_feed_file(connection, url, file))

    async def forget_feed_files(self) -> None:
        """See `Rounds.forget_feed_files`."""
        await self.write(rounds.forget_feed_files)


def _history(connection: sqlite3.Connection) -> tuple[int, History]:
    """The version and what it holds, of one moment."""
    connection.execute("begin")
    try:
        known = rounds.known(connection)
        return rounds.version(connection), known.history(rounds.readings(connection, known))
    finally:
        connection.execute("rollback")
