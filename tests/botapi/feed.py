"""A list that can be waited on: what came, in order, each read once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class NothingCameError(AssertionError):
    """A wait took longer than any bot should; the text says what came instead."""


class Feed(Generic[T]):
    """What came so far (`items`), and a place in it that `next` moves on."""

    def __init__(self, name: str, explain: Callable[[], str]) -> None:
        self.items: list[T] = []
        self._name = name
        self._explain = explain
        self._read = 0
        self._came = asyncio.Event()

    def add(self, item: T) -> None:
        """One more came."""
        self.items.append(item)
        self._came.set()

    @property
    def unread(self) -> list[T]:
        """What came and was not read by `next`."""
        return self.items[self._read :]

    def skip(self) -> None:
        """Take all that came so far as read."""
        self._read = len(self.items)

    async def next(self, limit: float) -> T:
        """The next one, as soon as it is there. Raises NothingCameError after `limit` seconds of real time."""
        while self._read >= len(self.items):
            self._came.clear()
            try:
                await asyncio.wait_for(self._came.wait(), limit)
            except TimeoutError:
                raise NothingCameError(f"{self._name}: nothing in {limit:g} s. {self._explain()}") from None
        self._read += 1
        return self.items[self._read - 1]


class Moves:
    """Something happened: whoever waits for a state of things looks again."""

    def __init__(self, explain: Callable[[], str]) -> None:
        self._explain = explain
        self._moved = asyncio.Event()

    def tell(self) -> None:
        """It happened."""
        self._moved.set()

    async def until(self, met: Callable[[], bool], limit: float) -> None:
        """As soon as `met` says yes. Raises NothingCameError after `limit` seconds of real time without a move."""
        while not met():
            self._moved.clear()
            try:
                await asyncio.wait_for(self._moved.wait(), limit)
            except TimeoutError:
                raise NothingCameError(f"not met, and nothing moved for {limit:g} s. {self._explain()}") from None
