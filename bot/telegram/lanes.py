"""What belongs to one chat is done in order; chats go side by side."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from bot.telegram.logs import where

T = TypeVar("T")
log = logging.getLogger(__name__)


class Lane(Generic[T]):
    """One chat that has something to do, and the mark that its last message still waits for."""

    __slots__ = ("chat", "items", "unsettled")

    def __init__(self, chat: str) -> None:
        self.chat = chat
        self.items: deque[T] = deque()
        self.unsettled: asyncio.Future[None] | None = None

    async def settle(self) -> None:
        """Wait until it is written down that the last message went out."""
        if self.unsettled is not None:
            await self.unsettled
            self.unsettled = None


class Lanes(Generic[T]):
    """A lane for each chat that has something to do, and none for the others.

    `work` does one item and handles its own failures. `most`: how many items may wait before `room` waits.
    """

    def __init__(self, work: Callable[[Lane[T], T], Awaitable[None]], most: int) -> None:
        self._work, self._most = work, most
        self._lanes: dict[str, Lane[T]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._room = asyncio.Event()
        self._room.set()

    def __len__(self) -> int:
        """How many chats have something to do."""
        return len(self._lanes)

    def __contains__(self, chat: str) -> bool:
        return chat in self._lanes

    def put(self, chat: str, item: T) -> None:
        """Something more to do for a chat, after what it has already."""
        self._waiting += 1
        if self._waiting >= self._most:
            self._room.clear()
        lane = self._lanes.get(chat)
        if lane is None:
            lane = self._lanes[chat] = Lane(chat)
            task = asyncio.create_task(self._run(lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        lane.items.append(item)

    async def room(self) -> None:
        """Wait until there is room for more."""
        await self._room.wait()

    async def finish(self, within: float) -> bool:
        """Do what there is to do, for some seconds at most; what is left then is given up. True: nothing was."""
        tasks = set(self._tasks)
        if not tasks:
            return True
        _, late = await asyncio.wait(tasks, timeout=within)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return not late

    async def _run(self, lane: Lane[T]) -> None:
        try:
            while lane.items:
                item = lane.items.popleft()
                await self._one(lane, item)
                self._waiting -= 1
                if self._waiting < self._most:
                    self._room.set()
                if not lane.items:
                    await lane.settle()
        finally:
            del self._lanes[lane.chat]

    async def _one(self, lane: Lane[T], item: T) -> None:
        try:
            await self._work(lane, item)
        except Exception as error:
            log.error("a lane's work failed, the lane goes on: %s", where(error))
