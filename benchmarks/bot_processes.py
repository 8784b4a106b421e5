"""A bot and the server that it talks with, each in a process of its own, and people who talk with the bot."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from aiohttp import ClientSession, ClientTimeout, TCPConnector

from benchmarks.bot_people import Person
from tests.botapi.load import Played
from tests.botapi.remote import Remote, spawn
from tests.project import ROOT

LIMIT = 3600.0
"""Seconds after which people give up."""


@dataclass(frozen=True, slots=True)
class Used:
    """What a process has used so far: seconds of processor, the most memory in MB, seconds by stage."""

    cpu: float
    peak: float
    stages: dict[str, float]


@dataclass(frozen=True, slots=True)
class Turns:
    """What some turns took: how many there were, seconds of the bot's processor, and every wait in seconds, sorted."""

    count: int
    cpu: float
    waits: Sequence[float]
    stages: dict[str, float]

    @property
    def per_second(self) -> float:
        """Turns in a second of the bot's processor."""
        return self.count / self.cpu

    def percentile(self, share: float) -> float:
        """The wait that this share of the turns did not exceed, in seconds."""
        return Played(self.count, 0.0, self.waits).percentile(share)


class Bot:
    """A bot that is polling, and everybody who talks with it."""

    def __init__(self, process: asyncio.subprocess.Process, server: Remote, *, echo: bool) -> None:
        self.server, self.echo = server, echo
        self._process = process
        self._numbers = count(1_000_000, 1_000_000)

    async def used(self) -> Used:
        """Ask the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(b"\n")
        return Used(**json.loads(await self._process.stdout.readline()))

    def numbers(self) -> int:
        """The first number of chats that nobody has used."""
        return next(self._numbers)

    async def talk(
        self, people: Sequence[Person], chats: int, in_flight: int, *, first: int | None = None
    ) -> Turns:
        """Each person talks in `chats` chats, `in_flight` of them at a time; to an echo they say what they type.

        `first`: the number of the first chat; None for chats that are new.
        """
        first = self.numbers() if first is None else first
        before = await self.used()
        played = await asyncio.gather(
            *(
                self._load(person, chats, min(chats, in_flight), first + place * chats)
                for place, person in enumerate(people)
            )
        )
        after = await self.used()
        return Turns(
            sum(each.turns for each in played),
            after.cpu - before.cpu,
            sorted(wait for each in played for wait in each.waits),
            {name: seconds - before.stages[name] for name, seconds in after.stages.items()},
        )

    async def _load(self, person: Person, chats: int, in_flight: int, first: int) -> Played:
        steps = person.typed() if self.echo else person.steps
        return await self.server.load(
            chats,
            [step.does for step in steps],
            replies=[step.messages for step in steps],
            in_flight=in_flight,
            first=first,
            language_code=person.language,
            limit=LIMIT,
        )


@asynccontextmanager
async def running(python: str, module: str, *given: str, echo: bool = False) -> AsyncIterator[Bot]:
    """`module` run with the server's address and token and what is `given`, once it polls. Both end with the block."""
    connector, timeout = TCPConnector(limit=0), ClientTimeout(total=None)
    async with spawn("--no-keep") as own, ClientSession(connector=connector, timeout=timeout) as http:
        server = Remote(own.url, own.token, http)
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            python, "-m", module, server.url, server.token, *given, cwd=ROOT, env=_environment(), stdin=pipe, stdout=pipe
        )
        try:
            await server.polled(30.0)
            yield Bot(process, server, echo=echo)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            await process.wait()


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.upper().startswith("TIRAGE_")}


def installed(python: str, module: str) -> bool:
    """Whether an interpreter has a module."""
    return bool(python) and Path(python).exists() and os.spawnv(os.P_WAIT, python, [python, "-c", f"import {module}"]) == 0
