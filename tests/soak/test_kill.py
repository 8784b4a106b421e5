"""`kill -9` in the middle of 200 updates: none is lost, none is handled twice, a chat hears one message twice at most.

The process is that of `tirage run`, with an assistant that counts: the number in each answer is how many updates of the
chat were handled before it, so that an update that is lost or handled twice shows in every answer after it.
"""

from __future__ import annotations

import asyncio
import random
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import groupby
from pathlib import Path

import pytest

from tests.botapi import BotApi, User
from tests.project import ROOT

UPDATES = 200


@asynccontextmanager
async def process(api: BotApi, db: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot, which is killed at the end of the block."""
    command = [sys.executable, "-m", "tests.bot.telegram", api.url, api.token, str(db), "warning"]
    bot = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    try:
        yield bot
    finally:
        bot.kill()
        await bot.wait()


class Killer:
    """Lets the bot come as far as chance will have it."""

    def __init__(self, api: BotApi, users: Sequence[User], chance: random.Random) -> None:
        self._api, self._users, self._chance = api, users, chance

    async def somewhere(self, left: int) -> None:
        """Wait until the bot is somewhere before the last of the `left` answers that are due."""
        ways = (self._asking, self._polling, self._being_heard, self._being_answered, self._being_answered)
        await self._chance.choice(ways)(self._chance.randrange(min(left, UPDATES // 10)))

    async def _asking(self, _: int) -> None:
        await self._api.hang("getMe", accepted=self._chance.random() < 0.5).struck()

    async def _polling(self, _: int) -> None:
        """While the first updates are on their way, or while they are acknowledged."""
        accepted = self._chance.random() < 0.5
        after = self._chance.randrange(2) if self._api.polling.updates.waiting else 0
        await self._api.hang("getUpdates", accepted=accepted, after=after).struck()

    async def _being_heard(self, after: int) -> None:
        """While an answer is on its way: it arrived and the bot does not know, or it did not."""
        await self._api.hang("sendMessage", accepted=self._chance.random() < 0.5, after=after).struck()

    async def _being_answered(self, after: int) -> None:
        """At whatever moment it is when so many answers have come."""
        due = sum(len(user.seen.items) for user in self._users) + after + 1
        came = asyncio.Event()
        tell = self._api.state.on_message.append
        tell(lambda *_: came.set())
        while sum(len(user.seen.items) for user in self._users) < due:
            came.clear()
            await came.wait()


@pytest.mark.parametrize(
    ("chats", "kills", "seed"),
    [
        (1, 3, 1),
        pytest.param(1, 20, 2, marks=pytest.mark.soak),
        pytest.param(20, 20, 3, marks=pytest.mark.soak),
    ],
)
async def test_nothing_is_lost_and_nothing_is_done_twice(tmp_path: Path, chats: int, kills: int, seed: int) -> None:
    async with BotApi() as api:
        users = [api.user(number + 1) for number in range(chats)]
        for number in range(UPDATES // chats):
            for user in users:
                await user.send(f"m{number}")
        killer = Killer(api, users, random.Random(seed))
        seen: list[list[int]] = [[0] * chats]
        for _ in range(kills):
            async with process(api, tmp_path / "tirage.db"):
                await killer.somewhere(UPDATES - distinct(users))
            seen.append([len(user.seen.items) for user in users])
        async with process(api, tmp_path / "tirage.db"):
            await asyncio.gather(*(last_answer(user, UPDATES // chats) for user in users))
        heard = [[shown.text for shown in user.seen.items] for user in users]
    print(chats, kills, sum(len(repeats(texts)) for texts in heard))
    assert sum(len(repeats(texts)) for texts in heard) <= kills
    for texts, *counts in zip(heard, *seen, strict=True):
        assert [text for text, _ in groupby(texts)] == [f"{n + 1}: m{n}" for n in range(UPDATES // chats)]
        assert repeats(texts) <= set(counts)


def distinct(users: Sequence[User]) -> int:
    """How many answers came, those that came twice counted once."""
    return sum(len({shown.text for shown in user.seen.items}) for user in users)


async def last_answer(user: User, number: int) -> None:
    """Wait for the answer to the last message."""
    while (await user.next()).text != f"{number}: m{number - 1}":
        pass


def repeats(heard: Sequence[str]) -> set[int]:
    """The places of answers that had come before. After a kill, only the first that comes may be one."""
    return {place for place in range(1, len(heard)) if heard[place] == heard[place - 1]}
