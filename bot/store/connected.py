"""Two connections to one file, each with its own thread: one writes, one reads."""

from __future__ import annotations

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from bot.store.errors import StoreError
from bot.store.opening import told
from bot.store.writer import Job, Writer

T = TypeVar("T")


class Connected:
    """What the parts of a store stand on; each part is a class beside this one, and the store is all of them.

    Belongs to the event loop in which it was made.
    """

    def __init__(self, path: Path, writer: sqlite3.Connection, reader: sqlite3.Connection) -> None:
        self.path = path
        self._writer = Writer(writer, path, asyncio.get_running_loop())
        self._reader = reader
        self._reading = ThreadPoolExecutor(1, "store-reader")
        self._closed = False

    async def close(self) -> None:
        """Finish what is under way, then close. Afterwards everything raises StoreError; closing again does nothing."""
        if self._closed:
            return
        self._closed = True
        await asyncio.to_thread(self._reading.shutdown)
        self._reader.close()
        await self._writer.close()

    def write(self, job: Job[T]) -> asyncio.Future[T]:
        """Run a job in the thread that writes, in a transaction. It raises what the job raised, or StoreError."""
        return self._writer.submit(job)

    async def read(self, job: Job[T]) -> T:
        """Read in the thread that reads. Raises what it raised, or StoreError."""
        if self._closed:
            raise StoreError("closed", self.path)
        return await asyncio.get_running_loop().run_in_executor(self._reading, self._told, job)

    def _told(self, job: Job[T]) -> T:
        with told(self.path):
            return job(self._reader)
