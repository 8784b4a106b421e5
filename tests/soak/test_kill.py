"""`kill -9` in the middle of 200 updates: none is lost, none is handled twice, one message a kill is repeated at most.

(In a queue that waited. While people of many chats are answered at once, it is one message of each chat at most.)

The process is `tirage run` itself. Each chat has to hear, in order, what the assistant says to it when nobody kills it;
an update that is lost, handled twice or out of order shows there, and in the number of turns that its session counts.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest

from bot.build import assistant
from conversations.events import Said
from tests.botapi import BotApi, User
from tests.soak.process import bot

UPDATES = 200
TODAY = date(2026, 11, 20)


class Chance:
    """Lets the bot come as far as chance will have it."""

    def __init__(self, api: BotApi, users: Sequence[User], seed: int) -> None:
        self._api, self._users, self._random = api, users, random.Random(seed)

    async def strikes(self, within: int) -> None:
        """Wait until the bot is somewhere, before it has given so many more answers."""
        ways = (self._asking, self._polling, self._being_heard, self._being_answered, self._being_answered)
        await self._random.choice(ways)(self._random.randrange(within))

    async def _asking(self, _: int) -> None:
        """When it has only begun."""
        await self._api.hang("getMe", accepted=self._either()).struck()

    async def _polling(self, _: int) -> None:
        """While the first updates are on their way, or while they are acknowledged."""
        after = self._random.randrange(2) if self._api.polling.updates.waiting else 0
        await self._api.hang("getUpdates", accepted=self._either(), after=after).struck()

    async def _being_heard(self, after: int) -> None:
        """While an answer is on its way: it arrived and the bot does not know, or it did not."""
        await self._api.hang("sendMessage", accepted=self._either(), after=after).struck()

    async def _being_answered(self, after: int) -> None:
        """At whatever moment it is when so many answers have come."""
        due = heard(self._users) + after + 1
        came = asyncio.Event()
        self._api.state.on_message.append(lambda *_: came.set())
        while heard(self._users) < due:
            came.clear()
            await came.wait()

    def _either(self) -> bool:
        return self._random.random() < 0.5


@pytest.mark.parametrize(
    ("chats", "kills", "seed"),
    [
        (4, 3, 1),
        pytest.param(1, 20, 2, marks=pytest.mark.soak),
        pytest.param(20, 20, 3, marks=pytest.mark.soak),
    ],
)
async def test_nothing_is_lost_and_nothing_is_done_twice(tmp_path: Path, chats: int, kills: int, seed: int) -> None:
    said = ["/start", "yes", *(f"zq{number}" for number in range(2, UPDATES // chats))]
    expected = await answers(said, tmp_path / "alone.db")
    db = tmp_path / "tirage.db"
    async with BotApi() as api:
        users = [api.user(number) for number in range(1, chats + 1)]
        for text in said:
            for user in users:
                await user.send(text)
        chance = Chance(api, users, seed)
        for _ in range(kills):
            async with bot(api, db, TODAY):
                await chance.strikes(within=UPDATES * 4 // 5 // kills)
        async with bot(api, db, TODAY):
            await asyncio.gather(*(until(user, expected[-1]) for user in users))
        came = [[shown.html for shown in user.seen.items] for user in users]
    assert [[text for text, _ in groupby(texts)] for texts in came] == [expected] * chats
    assert sum(map(len, came)) - UPDATES <= kills
    async with assistant(db, lambda: TODAY) as opened:
        sessions = [await opened.store.load(f"tg:{user.id}") for user in users]
        assert await opened.store.waiting() == []
    assert [session and session["turn"] for session in sessions] == [len(said)] * chats


async def test_while_many_chats_are_answered_at_once_each_hears_one_message_twice_at_most(tmp_path: Path) -> None:
    chats, db = 20, tmp_path / "tirage.db"
    said = ["/start", "yes", *(f"zq{number}" for number in range(2, UPDATES // chats))]
    expected = await answers(said, tmp_path / "alone.db")
    async with BotApi() as api:
        users = [api.user(number) for number in range(1, chats + 1)]
        async with bot(api, db, TODAY):
            await api.polled()
            for text in said:
                for user in users:
                    await user.send(text)
            await users[0].wait(len(said) // 2)
        async with bot(api, db, TODAY):
            await asyncio.gather(*(until(user, expected[-1]) for user in users))
        came = [[shown.html for shown in user.seen.items] for user in users]
    assert [[text for text, _ in groupby(texts)] for texts in came] == [expected] * chats
    assert max(map(len, came)) <= len(said) + 1


async def answers(said: Sequence[str], db: Path) -> list[str]:
    """What the assistant says when nobody kills it: one message each time, and never the same twice in a row."""
    async with assistant(db, lambda: TODAY) as opened:
        turns = [await opened.turn("tg:1", Said(text, "en")) for text in said]
    texts = [str(message.message["text"]) for messages in turns for message in messages or ()]
    assert len(texts) == len(said) == len(list(groupby(texts)))
    return texts


def heard(users: Sequence[User]) -> int:
    """How many answers came."""
    return sum(len(user.seen.items) for user in users)


async def until(user: User, last: str) -> None:
    """Wait for the last answer."""
    while (await user.next()).html != last:
        pass
