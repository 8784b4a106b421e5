"""One thread writes; what waits for it shares a commit."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any, NamedTuple, TypeVar

from bot.store.errors import StoreError, from_sqlite
from bot.store.scrub import Scrub

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], T]
MOST = 256
"""Jobs in one commit at most."""
LONGEST = 0.02
"""Seconds for which a transaction takes in more jobs: whoever came first waits no longer than this for the others."""


class _Asked(NamedTuple):
    job: Job[Any]
    future: asyncio.Future[Any]


class _Done(NamedTuple):
    future: asyncio.Future[Any]
    result: Any
    error: BaseException | None


class Writer:
    """Owns the connection that writes. Jobs run one after another, in the order in which they were submitted.

    Each job has a savepoint: one that raises leaves nothing, and takes nobody with it. All are told after the commit.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, loop: asyncio.AbstractEventLoop) -> None:
        self._connection = connection
        self._path = path
        self._loop = loop
        self._scrub = Scrub(connection)
        self._queue: SimpleQueue[_Asked | None] = SimpleQueue()
        self._ended: BaseException | None = None
        self._closing = False
        self._taken: list[_Asked] = []
        # A daemon: a program that forgets to close ends all the same. What was committed is on the disk by then.
        self._thread = Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    def submit(self, job: Job[T]) -> asyncio.Future[T]:
        """Run a job in the next transaction. The result, or what the job raised, comes after the commit.

        The future raises StoreError when the file cannot be written. Raises StoreError here after `close`.
        """
        if self._closing or self._ended is not None:
            raise StoreError("closed", self._path) from self._ended
        future: asyncio.Future[T] = self._loop.create_future()
        self._queue.put(_Asked(job, future))
        return future

    async def close(self) -> None:
        """Run what was submitted, wipe what is to be wiped, close the connection."""
        if not self._closing:
            self._closing = True
            self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        try:
            while self._wait_and_work():
                pass
            self._scrub.finish()
        except BaseException as error:
            self._ended = error
            self._tell([_Done(future, None, StoreError("closed", self._path)) for _, future in self._taken])
            self._refuse_waiting(StoreError("closed", self._path))
            raise
        finally:
            self._connection.close()

    def _wait_and_work(self) -> bool:
        """One transaction, or what is done when nothing was asked for a while; False at the end."""
        try:
            first = self._queue.get(timeout=self._scrub.wait())
        except Empty:
            self._scrub.quiet()
            return True
        return first is not None and self._commit(first)

    def _commit(self, first: _Asked) -> bool:
        """One transaction with all that waits; False when the end was asked for."""
        batch = _Batch(first, self._queue)
        self._taken = batch.taken
        try:
            self._connection.execute("begin immediate")
        except sqlite3.Error as error:
            refusal = from_sqlite(error, self._path)
            self._tell([_Done(first.future, None, refusal)])
            return self._refuse_waiting(refusal)
        try:
            done = [self._one(asked) for asked in batch]
            self._connection.execute("commit")
        except sqlite3.Error as error:
            self._roll_back()
            refusal = from_sqlite(error, self._path)
            done = [_Done(future, None, refusal) for _, future in batch.taken]
        else:
            self._scrub.after_commit()
        self._tell(done)
        return not batch.last

    def _one(self, asked: _Asked) -> _Done:
        connection = self._connection
        connection.execute("savepoint job")
        try:
            result = asked.job(connection)
            connection.execute("release job")
        except BaseException as error:
            if not connection.in_transaction:  # SQLite gave up the whole of it: the disk is full, or broken
                raise
            connection.execute("rollback to job")
            connection.execute("release job")
            return _Done(asked.future, None, self._raisable(error))
        return _Done(asked.future, result, None)

    def _raisable(self, error: BaseException) -> BaseException:
        """What a future can carry: no StopIteration; and SQLite's errors as ours."""
        told: BaseException
        if isinstance(error, sqlite3.Error):
            told = from_sqlite(error, self._path)
        elif isinstance(error, StopIteration):
            told = RuntimeError("a job raised StopIteration")
        else:
            return error
        told.__cause__ = error
        return told

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("rollback")

    def _refuse_waiting(self, refusal: StoreError) -> bool:
        """Nobody waits for what cannot be done now; False when the end was asked for."""
        refused: list[_Done] = []
        try:
            while (asked := self._queue.get_nowait()) is not None:
                refused.append(_Done(asked.future, None, refusal))
        except Empty:
            return True
        finally:
            self._tell(refused)
        return False

    def _tell(self, done: list[_Done]) -> None:
        # A loop that is closed has nobody left who waits.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(_resolve, done)


class _Batch:
    """What one transaction takes in: the first job, and what is waiting when it is done, within limits."""

    def __init__(self, first: _Asked, queue: SimpleQueue[_Asked | None]) -> None:
        self.taken: list[_Asked] = []
        self.last = False
        self._first = first
        self._queue = queue

    def __iter__(self) -> Iterator[_Asked]:
        until = monotonic() + LONGEST
        asked: _Asked | None = self._first
        while asked is not None:
            self.taken.append(asked)
            yield asked
            if len(self.taken) >= MOST or monotonic() > until:
                return
            try:
                asked = self._queue.get_nowait()
            except Empty:
                return
        self.last = True


def _resolve(done: list[_Done]) -> None:
    """Tell everybody of a batch; who was cancelled meanwhile is not told, and what was done stays done."""
    for future, result, error in done:
        if future.done():
            continue
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)
