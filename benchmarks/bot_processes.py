"""A bot and the server that it talks with, each in a process of its own, and people who talk with the bot."""

from __future__ import annotations

import asyncio
import json
import os
import random
import time
from collections.abc import AsyncIterator, Coroutine, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

from aiohttp import ClientSession, ClientTimeout, TCPConnector

from benchmarks.bot_people import Person
from tests.botapi.load import Played
from tests.botapi.remote import Remote, spawn
from tests.project import ROOT

T = TypeVar("T")

LIMIT = 3600.0
"""Seconds after which people give up."""
START = 30.0
"""Seconds that a bot may take to its first poll."""


MOST_DAYS = 1500
"""How far apart the birth dates of people may be who are alike in all else."""


class BotEndedError(RuntimeError):
    """The measured bot is no more."""


@dataclass(frozen=True, slots=True)
class Used:
    """What a process has used so far: seconds of processor, the most memory in MB, seconds by stage."""

    cpu: float
    peak: float
    stages: dict[str, float]


@dataclass(frozen=True, slots=True)
class Turns:
    """What some turns took: how many there were, seconds of the bot's processor, the same by stage."""

    count: int
    cpu: float
    stages: dict[str, float]

    @property
    def per_second(self) -> float:
        """Turns in a second of the bot's processor."""
        return self.count / self.cpu


class Bot:
    """A bot that is polling, and everybody who talks with it. An echo has no buttons: people only type to it."""

    def __init__(self, process: asyncio.subprocess.Process, server: Remote, *, echo: bool) -> None:
        self.server = server
        self._echo, self._process = echo, process
        self._numbers = count(1_000_000, 1_000_000)

    async def used(self) -> Used:
        """Ask the process. Raises BotEndedError."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(b"\n")
        told = await self._process.stdout.readline()
        if not told:
            raise BotEndedError("the bot has ended by itself; what it said stands above")
        return Used(**json.loads(told))

    def new_chats(self) -> int:
        """The first number of chats that nobody has used."""
        return next(self._numbers)

    async def talk(self, people: Sequence[Person], chats: int, in_flight: int, *, first: int | None = None) -> Turns:
        """Each person talks in `chats` chats, `in_flight` of them at a time, in each with a birth date of its own.

        `first`: the number of the first chat, to go on in chats that were begun before. Raises BotEndedError.
        """
        first = self.new_chats() if first is None else first
        before = await self.used()
        chains = [
            self._chain(person, range(first + place * chats + at, first + (place + 1) * chats, in_flight))
            for place, person in enumerate(people)
            for at in range(in_flight)
        ]
        waits = await self._alive(_all(chains))
        after = await self.used()
        spent = {name: seconds - before.stages[name] for name, seconds in after.stages.items()}
        return Turns(sum(map(len, waits)), after.cpu - before.cpu, spent)

    async def waits(self, people: Sequence[Person], laps: int, in_flight: int) -> Played:
        """How long people wait for a reply, `in_flight` chats of each all the time; each chat follows on another.

        Everybody begins at another place of a conversation, so that no two are in step. Raises BotEndedError.
        """
        first = self.new_chats()

        async def one(number: int, person: Person) -> Sequence[float]:
            await self._chain(person.beginning(1 + number % len(person.steps)), range(number, number + 1))
            return await self._chain(person, range(number + 1, number + 1 + laps))

        several = [person for person in people for _ in range(in_flight)]
        began = time.perf_counter()
        found = await self._alive(_all([one(first + n * (laps + 1), person) for n, person in enumerate(several)]))
        waits = sorted(wait for each in found for wait in each)
        return Played(len(waits), time.perf_counter() - began, waits)

    async def _chain(self, person: Person, numbers: Iterable[int]) -> Sequence[float]:
        """One chat after another; every wait."""
        waits: list[float] = []
        for number in numbers:
            other = person.born_later(random.Random(number).randrange(MOST_DAYS))
            steps = other.typed() if self._echo else other.steps
            played = await self.server.load(
                1,
                [step.does for step in steps],
                replies=[step.messages for step in steps],
                first=number,
                language_code=person.language,
                limit=LIMIT,
            )
            waits += played.waits
        return waits

    async def _alive(self, work: Coroutine[Any, Any, T]) -> T:
        """What the work gives, unless the bot ends before."""
        doing, ended = asyncio.create_task(work), asyncio.create_task(self._process.wait())
        try:
            await asyncio.wait({doing, ended}, return_when=asyncio.FIRST_COMPLETED)
            if not doing.done():
                raise BotEndedError("the bot has ended by itself; what it said stands above")
            return await doing
        finally:
            doing.cancel()
            ended.cancel()


async def _all(work: Sequence[Coroutine[Any, Any, T]]) -> list[T]:
    return await asyncio.gather(*work)


@asynccontextmanager
async def running(python: str, module: str, *given: str, echo: bool = False) -> AsyncIterator[Bot]:
    """`module`, run with a server's address and token and what is `given`, once it polls. All end with the block."""
    connector, timeout = TCPConnector(limit=0), ClientTimeout(total=None)
    async with spawn("--no-keep") as own, ClientSession(connector=connector, timeout=timeout) as http:
        server = Remote(own.url, own.token, http)
        command = (python, "-m", module, server.url, server.token, *given)
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=_environment(), stdin=pipe, stdout=pipe)
        assert process.stdin is not None
        try:
            await server.polled(START)
            yield Bot(process, server, echo=echo)
        finally:
            process.stdin.close()
            await process.wait()


def _environment() -> dict[str, str]:
    """This one, without what would set up a bot of the person who measures."""
    return {name: value for name, value in os.environ.items() if not name.upper().startswith("TIRAGE_")}
