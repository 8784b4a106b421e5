"""The titles that were added are searched in the conversation too, once the bot has started with them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.build import assistant
from bot.store.sqlite import SqliteStore
from bot.store.titles import Title
from scoring.search import shipped_titles

TODAY = date(2026, 11, 22)


async def test_a_chat_knows_the_titles_that_were_added_before_it_started(tmp_path: Path) -> None:
    db = tmp_path / "tirage.db"
    async with await SqliteStore.open(db) as store:
        await store.add_titles([Title("75101", "Zamboni polisher")])
    async with assistant(db, lambda: TODAY) as started:
        assert started.context.titles.search("polisher of zambonis")[0].code == "75101"


async def test_without_any_a_chat_searches_the_titles_that_ship(tmp_path: Path) -> None:
    async with assistant(tmp_path / "tirage.db", lambda: TODAY) as started:
        assert started.context.titles is shipped_titles()
