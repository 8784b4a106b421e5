"""Random taps, texts, commands and stale buttons through the real bot: whatever comes, it is answered and kept."""

from __future__ import annotations

import asyncio
import logging
import random
from datetime import date
from pathlib import Path

import pytest

from bot.build import assistant
from bot.telegram.channel import Channel
from bot.telegram.parts import Connection
from bot.wording import Wording
from conversations.session import Session
from tests.botapi import BotApi, User
from tests.conversations.test_walker import COMMANDS, TEXTS

HARMLESS = [text for text in TEXTS if "\u0000" not in text]
"""What Telegram itself lets through."""


async def walk(user: User, chance: random.Random, steps: int) -> None:
    """One person who does anything: every text is answered by a message, every tap is answered."""
    await user.start()
    hello = await user.next()
    await user.tap(hello.rows[0][0].text, on=hello)
    for _ in range(steps):
        buttons = [(shown, button) for shown in user.inbox[-8:] for row in shown.rows for button in row]
        what = chance.random()
        if what < 0.6 and buttons:
            shown, button = chance.choice(buttons)
            if button.data:
                await (await user.tap(button, on=shown)).answered()
                continue
        text = f"/{chance.choice(COMMANDS)}" if what > 0.85 else chance.choice(HARMLESS)
        seen = len(user.inbox)
        await user.send(text)
        while len(user.inbox) == seen:
            await user.next()


async def _people_who_do_anything(
    api: BotApi, db: Path, caplog: pytest.LogCaptureFixture, people: int, steps: int, seed: int
) -> None:
    caplog.set_level(logging.WARNING)
    stop, chance = asyncio.Event(), random.Random(seed)
    async with assistant(db, lambda: date(2026, 11, 22)) as opened:
        running = asyncio.create_task(Channel(opened, Wording(), Connection(api.token, api.url)).run(stop))
        users = [api.user(100 + number, language_code=chance.choice(["fr", "en", "de"])) for number in range(people)]
        await asyncio.gather(*(walk(user, random.Random(seed + user.id), steps) for user in users))
        await api.drained()
        stop.set()
        await running
        assert await opened.store.waiting() == []
        assert await opened.store.unsent() == []
        for user in users:
            saved = await opened.store.load(f"tg:{user.id}")
            assert saved is None or Session.from_json(saved).as_json() == saved
    assert [record.getMessage() for record in caplog.records if record.name.startswith("bot")] == []


async def test_a_slice_of_the_walk(api: BotApi, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    await _people_who_do_anything(api, tmp_path / "tirage.db", caplog, people=4, steps=40, seed=1)


@pytest.mark.soak
async def test_two_thousand_steps(api: BotApi, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    await _people_who_do_anything(api, tmp_path / "tirage.db", caplog, people=20, steps=100, seed=2)
