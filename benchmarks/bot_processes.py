"""A bot in a process of its own, and the server that it talks with in this one."""

from __future__ import annotations

import asyncio
import json
import os
import random
import time
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

from benchmarks.bot_people import Person
from benchmarks.bot_talks import Chat, Talks
from tests.botapi import BotApi, Clock
from tests.project import ROOT

T = TypeVar("T")

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


@dataclass(frozen=True, slots=True)
class Waits:
    """Every wait in seconds, sorted; how long it all took, and the share of that time for which the bot computed."""

    waits: Sequence[float]
    seconds: float
    busy: float

    def percentile(self, share: float) -> float:
        """The wait that this share of the turns did not exceed, in seconds."""
        return self.waits[min(len(self.waits) - 1, int(share * len(self.waits)))]


class Bot:
    """A bot that is polling, and everybody who talks with it."""

    def __init__(self, process: asyncio.subprocess.Process, api: BotApi, *, echo: bool) -> None:
        self.api = api
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
        chains = [
            _chain(person, range(first + place * chats + at, first + (place + 1) * chats, in_flight))
            for place, person in enumerate(people)
            for at in range(in_flight)
        ]
        before = await self.used()
        waits = await self._alive(Talks(self.api, echo=self._echo).play(chains))
        after = await self.used()
        spent = {name: seconds - before.stages[name] for name, seconds in after.stages.items()}
        return Turns(len(waits), after.cpu - before.cpu, spent)

    async def waits(self, people: Sequence[Person], laps: int, in_flight: int) -> Waits:
        """How long people wait for a reply, `in_flight` chats of each all the time; each chat follows on another.

        Everybody begins at another place of a conversation, so that no two are in step. Raises BotEndedError.
        """
        first = self.new_chats()
        several = [person for person in people for _ in range(in_flight)]
        chains = [_laps(person, place, first + place * (laps + 1), laps) for place, person in enumerate(several)]
        before, began = await self.used(), time.perf_counter()
        waits = await self._alive(Talks(self.api, echo=self._echo).play(chains))
        seconds, after = time.perf_counter() - began, await self.used()
        return Waits(sorted(waits), seconds, (after.cpu - before.cpu) / seconds)

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


def _chain(person: Person, numbers: range) -> Iterator[Chat]:
    return (Chat(number, _somebody(person, number)) for number in numbers)


def _laps(person: Person, place: int, first: int, laps: int) -> Iterator[Chat]:
    yield Chat(first, _somebody(person.beginning(1 + place % len(person.steps)), first), counts=False)
    yield from _chain(person, range(first + 1, first + 1 + laps))


def _somebody(person: Person, number: int) -> Person:
    return person.born_later(random.Random(number).randrange(MOST_DAYS))


@asynccontextmanager
async def running(python: str, module: str, *given: str, echo: bool = False) -> AsyncIterator[Bot]:
    """`module`, run with a server's address and token and what is `given`, once it polls. Both end with the block."""
    pipe = asyncio.subprocess.PIPE
    async with BotApi(keep=False, clock=Clock.wall()) as api:
        command = (python, "-m", module, api.url, api.token, *given)
        process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=_environment(), stdin=pipe, stdout=pipe)
        assert process.stdin is not None
        try:
            await api.polled(START)
            yield Bot(process, api, echo=echo)
        finally:
            process.stdin.close()
            await process.wait()


def _environment() -> dict[str, str]:
    """This one, without what would set up a bot of the person who measures."""
    return {name: value for name, value in os.environ.items() if not name.upper().startswith("TIRAGE_")}
