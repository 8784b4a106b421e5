"""Notices put into the queue by hand, said in a few words, in a time that goes by only while somebody waits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.latest import Latest
from bot.store import Store, Turned
from bot.store.notices import Notice, Refreshed
from bot.store.sqlite import SqliteStore
from bot.telegram.backoff import Waits
from bot.telegram.channel import Channel
from bot.telegram.pace import Pace
from bot.telegram.parts import Connection, Feed, Herald, Telling
from bot.wording import Wording
from conversations.subscription import Quiet, Subscription
from scoring.draws import History, Round, shipped
from tests.bot.telegram.counting import Counting, message
from tests.botapi import BotApi, Clock

CEC = Round("903", date(2026, 11, 18), "cec", "", "Canadian Experience Class", 2468, 512, "")
FRENCH = Round("904", date(2026, 11, 18), "french", "2026-v2", "French, 2026-Version 2", 4321, 404, "")
TORONTO = "America/Toronto"


@dataclass
class Time:
    """Waits that take no time of the machine's, and move the server's clock. Some last until `over`: `hold` or more."""

    clock: Clock
    hold: float = float("inf")
    asked: list[float] = field(default_factory=list)
    holding: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        if seconds >= self.hold:
            self.holding.set()
            await self.over.wait()
        self.clock.advance(seconds)
        await asyncio.sleep(0)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock.now(), UTC)


@dataclass
class Sayings:
    """Says what a notice is about and to whom, in as many messages as are asked for. `gone`: has nothing to say."""

    parts: int = 1
    word: str = ""
    gone: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)

    def compose(self, notice: Notice) -> list[dict[str, Any]] | None:
        if notice.chat in self.broken:
            raise ValueError(notice.chat)
        if notice.subject in self.gone:
            return None
        texts = [f"{notice.subject}{self.word}" + (f" part {part}" if part else "") for part in range(self.parts)]
        rows = [[["Mute", "s:mute"]]]
        return [message(text, rows=rows if text == texts[-1] else None) for text in texts]


class Queue:
    """Stands where the herald stands."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.on_queue: Callable[[], None] = lambda: None

    async def run(self, failed: Callable[[Exception], Awaitable[None]]) -> None:  # noqa: ARG002
        await asyncio.Event().wait()

    async def put(self, *rounds: Round) -> None:
        """Announce rounds, and put them into the queues of those whom they concern."""
        await self.store.announce(rounds)
        for subject in await self.store.unfinished():
            while await self.store.fan_out(subject, 1000) is not None:
                pass
        self.on_queue()

    async def correct(self, *rounds: Round) -> None:
        """IRCC corrected rounds: what is known became another history."""
        known = await self.store.history()
        changed = History((*known.rounds, *rounds), known_to=known.known_to, snapshots=known.snapshots)
        await self.store.seed(changed, datetime(2026, 11, 18, tzinfo=UTC))
        await self.store.announce([], rounds)
        self.on_queue()

    async def settled(self) -> dict[str, int]:
        """As soon as nothing is in line any more: how many notices are in which state."""
        while (states := await self.store.waiting_notices()).keys() & {"waiting", "edit"}:
            pass
        return states


class Still:
    """Stands where the feed is looked at."""

    async def run(self) -> None:
        await asyncio.Event().wait()


async def wants(store: Store, chat: int, wants: Any = "all", *, quiet: tuple[int, int] | None = None) -> None:
    hours = quiet and Quiet(*quiet)
    told = Subscription(wants, (), TORONTO, hours).as_json()
    await store.turn(f"tg:{chat}", None, lambda saved: Turned(saved or {"count": 0, "language": "en"}, (), told))


async def worth(store: Store, chat: int, low: int, high: int) -> None:
    """Keep what a chat that fits the first round is worth."""
    for stale in await store.stale("9999-12-31", "rules", 1000):
        if stale.chat == f"tg:{chat}":
            fits = {CEC.type: "fits"}
            await store.keep_worth([Refreshed(stale.chat, stale.seq, "9999-12-31", "rules", low, high, fits, {}, None)])


@dataclass
class Broadcasting:
    """A bot that tells. `end` stops it as a signal would."""

    channel: Channel
    store: SqliteStore
    queue: Queue
    sayings: Sayings
    time: Time
    stop: asyncio.Event
    task: asyncio.Task[None]

    async def end(self) -> None:
        self.stop.set()
        await self.task


@asynccontextmanager
async def opened(db: Path) -> AsyncIterator[SqliteStore]:
    async with await SqliteStore.open(db, patience=0.05) as store:
        await store.seed(shipped(), datetime(2026, 11, 18, tzinfo=UTC))
        yield store


@asynccontextmanager
async def broadcasting(
    api: BotApi,
    store: SqliteStore,
    *,
    hold: float = float("inf"),
    sayings: Sayings | None = None,
    answer: float = 5.0,
    feed: Feed | None = None,
    herald: Herald | None = None,
) -> AsyncIterator[Broadcasting]:
    time, queue, sayings = Time(api.clock, hold), Queue(store), sayings or Sayings()
    telling = Telling(herald or queue, sayings, feed or Still(), Latest(store, lambda _: None), time.now)
    waits, pace = Waits(pause=time), Pace(clock=api.clock.now)
    connection = Connection(api.token, api.url, answer=answer, leave=5.0, waits=waits, pace=pace)
    channel = Channel(Counting(store), Wording(), connection, telling)
    stop = asyncio.Event()
    task = asyncio.create_task(channel.run(stop))
    try:
        yield Broadcasting(channel, store, queue, sayings, time, stop, task)
    finally:
        stop.set()
        await asyncio.wait({task})
