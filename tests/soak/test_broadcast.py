"""Rounds are published one by one, and the bot is killed while it tells of them: each hears what is due, and no more.

The feed, the Bot API server and the bot are real, the last two processes of their own. Who is due what was set down by
hand (`tests/soak/audience.py`).
"""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.store.sqlite import SqliteStore
from tests.botapi.model import Shown
from tests.botapi.remote import Remote, RemoteUser, spawn
from tests.conversations.storytelling import plain
from tests.feedserver import FeedServer
from tests.soak.audience import LAST, ROUNDS, TODAY, Held, Person, audience, feed, published, subscribe
from tests.soak.process import bot

ROUND = re.compile(r"(?:Round|Ronde) (\d+) ")
HEADS = {"en": "New round", "fr": "Nouvelle ronde"}
SLICE = 40
"""Subscribers in the run of every change, which does not wait for the next look at the feed."""
LONG = 1_200.0
"""Seconds in which even a busy machine tells everybody."""


@dataclass
class Stage:
    """Everything that takes part."""

    api: Remote
    feed: FeedServer
    people: Sequence[Person]
    db: Path
    users: dict[int, RemoteUser] = field(default_factory=dict)
    heard: set[tuple[int, str]] = field(default_factory=set)
    """Who was seen to hear of which round already."""

    async def prepare(self) -> None:
        for person in self.people:
            user = await self.api.user(person.number, language_code=person.language, known=True)
            self.users[person.number] = user
            if person.blocks:
                await user.do("block")
        async with await SqliteStore.open(self.db) as store:
            await subscribe(store, list(self.people))

    def running(self, per_second: int = 1_000, *, ask: bool = False) -> AbstractAsyncContextManager[None]:
        """The bot, which is killed at the end of the block, or asked to stop."""
        urls = {"feed_url_en": self.feed.url_en, "feed_url_fr": self.feed.url_fr, "feed_every": "1"}
        return bot(self.api, self.db, TODAY, ask=ask, send_per_second=str(per_second), **urls)

    def correct(self, held: Held) -> None:
        """IRCC sets a cut-off right."""
        self.feed.edit(held.number, drawCRS=str(held.corrected))

    async def told(self, held: Held) -> None:
        """Wait until everybody who is due was told of a round, before anything of it is set right."""
        await self._each(
            held, held.cut_off, [each for each in self.people if (each.number, held.number) not in self.heard]
        )

    async def set_right(self, held: Held) -> None:
        """Wait until everybody who was told of a round sees its right cut-off."""
        await self._each(held, held.corrected, self.people)

    async def _each(self, held: Held, cut_off: int | None, people: Sequence[Person]) -> None:
        """Wait for each by themselves: who was written to within the last second is passed over, and comes last."""
        says = re.compile(rf"(?:minimale de|cut-off) {cut_off}\b")
        for person in people:
            while person.due(held):
                text = plain((await self.users[person.number].next(LONG)).text)
                if f" {held.number} " in text and says.search(text):
                    break


class Chance:
    """Lets the bot come as far as chance will have it."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self._stage, self._random = stage, random.Random(seed)

    async def strikes(self, held: Held) -> None:
        """Wait until the bot is somewhere on its way through a round."""
        ways = (self._on_its_way, self._on_its_way, self._arrived, self._arrived, self._held_up)
        await self._random.choice(ways)(held)

    async def _on_its_way(self, held: Held) -> None:
        """While a message is on its way: it arrived and the bot does not know, or it did not."""
        accepted = self._random.random() < 0.5
        await self._strike(
            await self._stage.api.fault("hang", method="sendMessage", accepted=accepted, after=self._some(held))
        )

    async def _held_up(self, held: Held) -> None:
        """When Telegram says that it is too much."""
        await self._strike(
            await self._stage.api.fault("error", method="sendMessage", code=429, retry_after=1, after=self._some(held))
        )

    async def _arrived(self, held: Held) -> None:
        """At whatever moment it is when somebody has just been told."""
        due = [person for person in self._stage.people if person.due(held)]
        number = self._random.choice(due).number
        while f" {held.number} " not in plain((await self._stage.users[number].next(LONG)).text):
            pass
        self._stage.heard.add((number, held.number))

    async def _strike(self, fault: int) -> None:
        await self._stage.api.struck(fault, limit=LONG)

    def _some(self, held: Held) -> int:
        return self._random.randrange(sum(person.due(held) for person in self._stage.people) // 2)


@pytest.mark.parametrize(
    ("size", "kills", "seed"),
    [(SLICE, 1, 1), pytest.param(2_000, 5, 2, marks=pytest.mark.soak), pytest.param(300, 5, 3, marks=pytest.mark.soak)],
)
async def test_each_hears_of_each_round_that_is_theirs_and_of_no_other(
    tmp_path: Path, size: int, kills: int, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    people, begun = audience(size, seed), time.monotonic()
    async with spawn() as api, feed() as server:
        stage = Stage(api, server, people, tmp_path / "tirage.db")
        await stage.prepare()
        chance = Chance(stage, seed)
        for place in range(kills):
            await api.fault("error", method="sendMessage", code=429, retry_after=1, after=place * size // 2)
        for held in published(server):
            if len(ROUNDS) - ROUNDS.index(held) <= kills:
                async with stage.running():
                    await chance.strikes(held)
                await api.clear()
        last = ROUNDS[-1]
        async with stage.running(ask=True):
            await stage.told(last)
            stage.correct(last)
            if size > SLICE:
                await stage.set_right(last)
        if size <= SLICE:  # at its start it looks at the feed at once
            async with stage.running(ask=True):
                await stage.set_right(last)
        found = Found()
        for person in people:
            found.look_at(person, await stage.users[person.number].inbox())
        calls = (await api.counts())["calls"]
    due = sum(person.due(held) for person in people for held in ROUNDS)
    blocked, asleep = (sum(each) for each in zip(*((p.blocks, p.kind == "asleep") for p in people), strict=True))
    with capsys.disabled():
        print(
            f"\n{size} subscribers ({blocked} blocked the bot, {asleep} asleep), {len(ROUNDS)} rounds, {kills} kills:"
            f" {due} messages due, {found.told} delivered, {found.repeated} repeated, {len(found.missed)} missed,"
            f" {len(found.wrong)} wrong; {calls['sendmessage']} calls, {calls.get('editmessagetext', 0)} edits,"
            f" {time.monotonic() - begun:.0f} s"
        )
    assert (found.missed, found.wrong) == ([], [])
    assert found.told == due
    assert found.repeated <= kills
    left = await states(stage.db)
    assert left.keys() == {"sent", "never", "later"}
    assert left["sent"] == due


@dataclass
class Found:
    """What came, beside what was due."""

    told: int = 0
    repeated: int = 0
    missed: list[tuple[Person, str]] = field(default_factory=list)
    wrong: list[tuple[Person, str]] = field(default_factory=list)

    def look_at(self, person: Person, inbox: Sequence[Sequence[Shown]]) -> None:
        came: dict[str, list[list[str]]] = {}
        for history in inbox:
            texts = [plain(shown.text) for shown in history]
            number = ROUND.search(texts[0])
            if number is None:
                self.wrong.append((person, texts[0]))
            else:
                came.setdefault(number[1], []).append(texts)
        for held in ROUNDS:
            self._round(person, held, came.pop(held.number, []))
        self.wrong += [(person, number) for number in came]

    def _round(self, person: Person, held: Held, came: Sequence[Sequence[str]]) -> None:
        if not person.due(held):
            self.wrong += [(person, texts[0]) for texts in came]
            return
        if not came:
            self.missed.append((person, held.number))
            return
        self.told += 1
        self.repeated += len(came) - 1
        for texts in came:
            if HEADS[person.language] not in texts[0] or person.verdict(held).lower() not in texts[0].lower():
                self.wrong.append((person, texts[0]))
        if held.corrected and not any(self._is_corrected(person, held, texts) for texts in came):
            self.wrong.append((person, came[-1][-1]))

    def _is_corrected(self, person: Person, held: Held, texts: Sequence[str]) -> bool:
        return len(texts) == 2 and str(held.corrected) in texts[1] and person.corrected().lower() in texts[1].lower()


async def states(db: Path) -> dict[str, int]:
    """How many notices are in which state."""
    async with await SqliteStore.open(db) as store:
        return await store.waiting_notices()


@pytest.mark.soak
async def test_thirty_a_second_reach_all_and_telegram_never_says_that_it_is_too_much(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [Person(1_000 + place, "nobody", "all", "en", False) for place in range(1_999)] + [LAST]
    async with spawn("--flood") as api, feed() as server:
        stage = Stage(api, server, people, tmp_path / "tirage.db")
        await stage.prepare()
        held = next(published(server))
        async with stage.running(30):
            await stage.told(held)
        inboxes = await asyncio.gather(*(user.inbox() for user in stage.users.values()))
        calls = (await api.counts())["calls"]["sendmessage"]
    seconds = Counter(int(inbox[0][0].date) for inbox in inboxes)
    took = max(seconds) - min(seconds) + 1
    with capsys.disabled():
        print(f"\n{len(people)} told in {took} s, {len(people) / took:.1f} a second; {calls} calls")
    assert [len(inbox) for inbox in inboxes] == [1] * len(people)
    assert calls == len(people)
