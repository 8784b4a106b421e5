"""The chat with everything that belongs to it: the real assistant, its store and its commands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import time

from bot.alerts import Bulletin, Composer, Herald
from bot.assistant import Assistant
from bot.build import assistant
from bot.terminal.run import run
from bot.wording import Wording


def start(db: Path, today: date | None, lang: str, plain: bool) -> bool:
    """Chat until the person leaves. Returns whether every turn was answered.

    `db`: the file that keeps the chat; typed commands are remembered beside it. `today`: the day to take for today.
    Raises StoreError where the file cannot be used.
    """

    def day() -> date:
        return today or date.today()

    def commands(language: str) -> Sequence[tuple[str, str]]:
        return Wording().command_words("fr" if language == "fr" else "en").commands

    return run(lambda: assistant(db, day), commands, lang, Path(f"{db}-commands"), plain, bulletin)


def bulletin(of: Assistant) -> Bulletin:
    """What waits to be told to the chat of an assistant."""
    return Bulletin(
        of.store, Herald(of.store, of.today, clock=of.clock), Composer(Wording(), of.now), lambda: int(time())
    )
