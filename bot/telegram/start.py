"""The bot with everything that belongs to it: the real assistant, its store, and what tells people of rounds."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from bot.alerts import Composer, Herald
from bot.assistant import Assistant
from bot.build import assistant
from bot.feed.check import Look, Urls
from bot.feed.fetch import Client
from bot.feed.poll import Poll
from bot.latest import Latest
from bot.settings import Settings
from bot.store.alerts import announce
from bot.telegram.pace import Pace
from bot.telegram.parts import Connection, Telling
from bot.telegram.run import run
from bot.wording import Wording
from scoring.draws import History


def start(settings: Settings, token: str, db: Path, today: date | None) -> None:
    """Talk on Telegram until a signal. `db`: the file that keeps the chats; `today`: the day to take for today.

    Raises TokenRefusedError where Telegram refuses the token, StoreError where the file cannot be used.
    """
    opened = partial(assistant, db, lambda: today or date.today())
    connection = Connection(token, settings.api_root, pace=Pace(settings.send_per_second))
    run(opened, Wording(), connection, settings.log_level, partial(telling, settings))


def telling(settings: Settings, of: Assistant) -> Telling:
    """What tells the chats of an assistant of rounds; nothing of it runs yet."""
    herald = Herald(of.store, of.today, clock=of.clock)

    def changed(history: History) -> None:
        of.learn(history)
        herald.poke()
        herald.on_queue()  # corrections stand in line already

    look = Look(of.store, Client(settings.feed_contact), Urls(settings.feed_url_en, settings.feed_url_fr), announce)
    feed = Poll(look, settings.feed_every, now=_now, today=of.today, pause=asyncio.sleep, on_change=changed)
    return Telling(herald, Composer(Wording(), of.now), feed, Latest(of.store, of.learn), _now)


def _now() -> datetime:
    return datetime.now(UTC)
