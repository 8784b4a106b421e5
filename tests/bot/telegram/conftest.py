"""A bot that runs in the test's own loop, against a server that runs there too."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.charts.pictures import Pictures
from bot.telegram.backoff import Waits
from bot.telegram.channel import Channel
from bot.telegram.parts import Connection
from bot.wording import Wording
from tests.bot.telegram.counting import Counting, counting
from tests.botapi import BotApi


@dataclass
class Pauses:
    """Waits that take no time; what was asked for is kept. Those of `hold` seconds or more last until `over`."""

    hold: float = float("inf")
    asked: list[float] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)
    holding: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        self.came.set()
        if seconds >= self.hold:
            self.holding.set()
            await self.over.wait()
        await asyncio.sleep(0)


@dataclass
class Running:
    """A bot at work. `end` stops it as a signal would, and raises what it raised."""

    channel: Channel
    answers: Counting
    pauses: Pauses
    stop: asyncio.Event
    task: asyncio.Task[None]

    async def end(self) -> None:
        self.stop.set()
        await self.task


Run = Callable[..., AbstractAsyncContextManager[Running]]


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


@pytest.fixture
def run(api: BotApi, tmp_path: Path) -> Run:
    @asynccontextmanager
    async def running(
        *,
        token: str = api.token,
        server: str = api.url,
        answer: float = 5.0,
        leave: float = 5.0,
        patience: float = 5.0,
        pauses: Pauses | None = None,
        pictures: Pictures | None = None,
    ) -> AsyncIterator[Running]:
        pauses = pauses or Pauses()
        async with counting(tmp_path / "tirage.db", patience) as answers:
            waits = Waits(pause=pauses)
            drawn = pictures or Pictures()
            there = Connection(token, server, answer=answer, leave=leave, waits=waits, pictures=drawn)
            channel = Channel(answers, Wording(), there)
            stop = asyncio.Event()
            task = asyncio.create_task(channel.run(stop))
            try:
                yield Running(channel, answers, pauses, stop, task)
            finally:
                stop.set()
                await asyncio.wait({task})
                drawn.close()

    return running
