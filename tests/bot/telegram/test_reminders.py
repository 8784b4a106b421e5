"""Reminders over the wire: at their moment, after the quiet hours, once, also when the bot is started anew."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.store import Turned
from bot.store.notices import Due, Refreshed
from bot.store.sqlite import SqliteStore
from conversations.subscription import Quiet, Subscription
from tests.bot.telegram.queueing import TORONTO, broadcasting, opened
from tests.botapi import BotApi, Clock


def moment(clock: str) -> float:
    """Seconds since 1970 of what the clocks of Toronto show."""
    return datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo(TORONTO)).timestamp()


NINE = "2026-12-22 09:00"
SUBJECT = "reminder:2026-12-22:work_permit_ends"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    async with opened(tmp_path / "tirage.db") as store:
        yield store


async def reminded(api: BotApi, store: SqliteStore, quiet: Quiet | None = None) -> None:
    """Somebody who is to be reminded at nine."""
    api.user(1, known=True)
    told = Subscription("off", (), TORONTO, quiet, reminders=True).as_json()
    await store.turn("tg:1", None, lambda saved: Turned(saved or {"count": 0, "language": "en"}, (), told))
    (stale,) = await store.stale("9999-12-31", "rules", 10)
    due = [Due(SUBJECT, int(moment(NINE)), {"kind": "permit"}, True)]
    await store.keep_worth([Refreshed("tg:1", stale.seq, "9999-12-31", "rules", 1, 1, {}, {}, None, (), due)])


@pytest.mark.parametrize(("clock", "sent"), [("2026-12-22 08:59:59", False), (NINE, True), ("2026-12-22 11:00", True)])
async def test_a_reminder_goes_out_at_its_moment_or_as_soon_as_the_bot_runs_again(
    store: SqliteStore, clock: str, sent: bool
) -> None:
    async with BotApi(clock=Clock(moment(clock))) as api:
        await reminded(api, store)
        for _ in range(2):
            async with broadcasting(api, store) as bot:
                if sent:
                    assert (await api.user(1).next()).text == SUBJECT
                    assert await bot.queue.settled() == {"sent": 1}
                    break
                assert await bot.queue.settled() == {"due": 1}
        async with broadcasting(api, store) as bot:
            assert await bot.queue.settled() == ({"sent": 1} if sent else {"due": 1})
        assert api.count("sendMessage") == int(sent)


async def test_quiet_hours_of_the_morning_put_it_off_until_they_end(store: SqliteStore) -> None:
    async with BotApi(clock=Clock(moment("2026-12-22 09:30"))) as api:
        await reminded(api, store, Quiet(22 * 60, 10 * 60))
        async with broadcasting(api, store) as bot:
            while (await store.waiting_notices()) != {"later": 1}:
                pass
            assert api.count("sendMessage") == 0
            api.clock.advance(30 * 60)
            bot.queue.on_queue()
            assert (await api.user(1).next()).text == SUBJECT
