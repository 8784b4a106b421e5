"""Puts the parts of the assistant together, the same for every channel."""

from __future__ import annotations

import tomllib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from bot.assistant import Assistant
from bot.store.sqlite import SqliteStore
from bot.wording import Wording
from conversations.context import Context
from conversations.lexicon import Lexicon


@asynccontextmanager
async def assistant(db: Path, today: Callable[[], date]) -> AsyncIterator[Assistant]:
    """An assistant over the SQLite file `db`; `today` gives the day of each turn.

    Raises StoreError where the file cannot be used.
    """
    async with await SqliteStore.open(db) as store:
        yield Assistant(store, Wording(), today, Context(today(), lexicon()))


@cache
def lexicon() -> Lexicon:
    """The words that people type, from `locales/lexicon.toml`."""
    return Lexicon.from_data(tomllib.loads(files("locales").joinpath("lexicon.toml").read_text("utf-8")))
