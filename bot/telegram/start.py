"""The bot with everything that belongs to it: the real assistant and its store."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from bot.build import assistant
from bot.settings import Settings
from bot.telegram.parts import Connection
from bot.telegram.run import run
from bot.wording import Wording


def start(settings: Settings, token: str, db: Path, today: date | None) -> None:
    """Talk on Telegram until a signal. `db`: the file that keeps the chats; `today`: the day to take for today.

    Raises TokenRefusedError where Telegram refuses the token, StoreError where the file cannot be used.
    """
    opened = partial(assistant, db, lambda: today or date.today())
    run(opened, Wording(), Connection(token, settings.api_root), settings.log_level)
