"""Puts the parts of the assistant together, the same for every channel."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

from bot.assistant import Assistant
from bot.data import toml
from bot.opened import opened
from bot.wording import Wording
from bot.zones import zones
from conversations.context import Context
from conversations.explained import Explained
from conversations.lexicon import Lexicon
from conversations.understanding import Phrasebook, Reader
from scoring.draws import History
from scoring.search import Titles, shipped_titles


@asynccontextmanager
async def assistant(db: Path, today: Callable[[], date]) -> AsyncIterator[Assistant]:
    """An assistant over the SQLite file `db`; `today` gives the day of each turn.

    Raises StoreError where the file cannot be used.
    """
    async with opened(db) as store:
        context = context_of(today(), await store.history(), titles_of(await store.titles()))
        yield Assistant(store, Wording(), today, context, clock=lambda: datetime.now(UTC))


def context_of(today: date, history: History, titles: Titles | None = None) -> Context:
    """What a turn may know: the day, the rounds, the job titles, and what the files say of words and time zones."""
    known = titles or shipped_titles()
    return Context(
        today, lexicon(), titles=known, zones=zones(), history=history, explained=explained(), reader=reader()
    )


def titles_of(added: Sequence[tuple[str, str]]) -> Titles:
    """The titles that ship with us, and those that were added."""
    return Titles(added) if added else shipped_titles()


@cache
def lexicon() -> Lexicon:
    """The words that people type, from `locales/lexicon.toml`."""
    return Lexicon.from_data(toml("lexicon.toml"))


@cache
def explained() -> Explained:
    """What terms and steps are, from `locales/explain/*.toml`."""
    names = (path.name for path in files("locales").joinpath("explain").iterdir() if path.name.endswith(".toml"))
    return Explained.from_data({name.removesuffix(".toml"): toml(f"explain/{name}") for name in names})


@cache
def reader() -> Reader:
    """What reads free text, by the lexicon and the wordings of `locales/phrases.toml`."""
    return Reader(lexicon(), Phrasebook(toml("phrases.toml")))
