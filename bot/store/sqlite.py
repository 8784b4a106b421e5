"""The store of one machine: an SQLite file, no server."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot.store import Handle, Inbound, Outbound, Saved, tables
from bot.store.alerts_sqlite import AlertsOnSqlite
from bot.store.errors import StoreError
from bot.store.opening import open_reader, open_writer
from bot.store.rounds_sqlite import RoundsOnSqlite
from bot.store.sent_sqlite import SentPicturesOnSqlite
from bot.store.titles_sqlite import TitlesOnSqlite

PATIENCE = 10.0
"""Seconds to wait for another process that writes to the same file."""


class SqliteStore(AlertsOnSqlite, RoundsOnSqlite, SentPicturesOnSqlite, TitlesOnSqlite):
    """What `bot.store.Store` says, kept in a file. Several processes may have the same file open.

    Belongs to the event loop in which it was opened. `async with await SqliteStore.open(path) as store` closes it.
    """

    def __init__(
        self, path: Path, writer: sqlite3.Connection, reader: sqlite3.Connection, today: Callable[[], date]
    ) -> None:
        super().__init__(path, writer, reader)
        self._today = today

    @classmethod
    async def open(
        cls, path: Path | str, *, today: Callable[[], date] = date.today, patience: float = PATIENCE
    ) -> SqliteStore:
        """Open a file, made with its folder where it is missing; its tables are brought up to date.

        `today` dates what is kept. `patience`: seconds to wait for a process that holds the file, now and in every
        write. Raises StoreError, which says what is wrong with the file.
        """
        path = Path(path).expanduser()
        writer = await asyncio.to_thread(open_writer, path, patience)
        try:
            reader = await asyncio.to_thread(open_reader, path, patience)
        except StoreError:
            writer.close()
            raise
        return cls(path, writer, reader, today)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def receive(self, updates: Sequence[Inbound]) -> list[int]:
        """See `Store.receive`. Raises StoreError when they could not be written down."""
        return await self.write(lambda connection: tables.receive(connection, updates))

    async def turn(self, chat: str, update_id: int | None, handle: Handle) -> list[Outbound] | None:
        """See `Store.turn`. `handle` runs in the thread that writes. Raises what it raised, or StoreError.

        When the caller is cancelled, the turn may be kept all the same: its messages are then among `unsent`.
        """
        today = self._today().isoformat()
        return await self.write(lambda connection: tables.turn(connection, chat, update_id, handle, today))

    async def drop(self, update_id: int) -> None:
        """See `Store.drop`."""
        await self.write(lambda connection: tables.drop(connection, update_id))

    async def sent(self, ids: Sequence[int]) -> None:
        """See `Store.sent`."""
        await self.write(lambda connection: tables.sent(connection, ids))

    async def waiting(self) -> list[Inbound]:
        """See `Store.waiting`."""
        return await self.read(tables.waiting)

    async def unsent(self) -> list[Outbound]:
        """See `Store.unsent`."""
        return await self.read(tables.unsent)

    async def load(self, chat: str) -> Saved | None:
        """See `Store.load`."""
        return await self.read(lambda connection: tables.load(connection, chat))

    async def everything(self, chat: str) -> dict[str, Any]:
        """See `Store.everything`."""
        return await self.read(lambda connection: tables.everything(connection, chat))

    async def chats(self) -> int:
        """See `Store.chats`."""
        return await self.read(tables.chats)
