"""The store of one machine: an SQLite file, no server."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from bot.store import Handle, Inbound, Outbound, Saved, tables
from bot.store.errors import StoreError
from bot.store.opening import open_reader, open_writer, told
from bot.store.writer import Writer

T = TypeVar("T")
PATIENCE = 10.0
"""Seconds to wait for another process that writes to the same file."""


class SqliteStore:
    """What `bot.store.Store` says, kept in a file. Several processes may have the same file open.

    Belongs to the event loop in which it was opened. `async with await SqliteStore.open(path) as store` closes it.
    """

    def __init__(
        self, path: Path, writer: sqlite3.Connection, reader: sqlite3.Connection, today: Callable[[], date]
    ) -> None:
        self.path = path
        self._today = today
        self._writer = Writer(writer, path, asyncio.get_running_loop())
        self._reader = reader
        self._reading = ThreadPoolExecutor(1, "store-reader")
        self._closed = False

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
        return await self._writer.submit(lambda connection: tables.receive(connection, updates))

    async def turn(self, chat: str, update_id: int | None, handle: Handle) -> list[Outbound] | None:
        """See `Store.turn`. `handle` runs in the thread that writes. Raises what it raised, or StoreError.

        When the caller is cancelled, the turn may be kept all the same: its messages are then among `unsent`.
        """
        today = self._today().isoformat()
        return await self._writer.submit(lambda connection: tables.turn(connection, chat, update_id, handle, today))

    async def drop(self, update_id: int) -> None:
        """See `Store.drop`."""
        await self._writer.submit(lambda connection: tables.drop(connection, update_id))

    async def sent(self, ids: Sequence[int]) -> None:
        """See `Store.sent`."""
        await self._writer.submit(lambda connection: tables.sent(connection, ids))

    async def waiting(self) -> list[Inbound]:
        """See `Store.waiting`."""
        return await self._read(tables.waiting)

    async def unsent(self) -> list[Outbound]:
        """See `Store.unsent`."""
        return await self._read(tables.unsent)

    async def load(self, chat: str) -> Saved | None:
        """See `Store.load`."""
        return await self._read(lambda connection: tables.load(connection, chat))

    async def everything(self, chat: str) -> dict[str, Any]:
        """See `Store.everything`."""
        return await self._read(lambda connection: tables.everything(connection, chat))

    async def chats(self) -> int:
        """See `Store.chats`."""
        return await self._read(tables.chats)

    async def close(self) -> None:
        """See `Store.close`. Afterwards everything else raises StoreError; closing again does nothing."""
        if self._closed:
            return
        self._closed = True
        await asyncio.to_thread(self._reading.shutdown)
        self._reader.close()
        await self._writer.close()

    async def _read(self, read: Callable[[sqlite3.Connection], T]) -> T:
        if self._closed:
            raise StoreError("closed", self.path)
        return await asyncio.get_running_loop().run_in_executor(self._reading, self._told, read)

    def _told(self, read: Callable[[sqlite3.Connection], T]) -> T:
        with told(self.path):
            return read(self._reader)
