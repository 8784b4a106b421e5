"""A store to test, and the means to open the same one again. Every store there is runs through the same contract."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest

from bot.store import Store
from bot.store.sqlite import SqliteStore

TODAY = date(2026, 11, 22)
Opener = Callable[[], Awaitable[Store]]


@pytest.fixture(params=["sqlite"])
async def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Opener]:
    """Opens the same store each time; whatever is still open at the end is closed."""
    assert request.param == "sqlite"
    opened: list[Store] = []

    async def again() -> Store:
        opened.append(await SqliteStore.open(tmp_path / "kept" / "tirage.db", today=lambda: TODAY))
        return opened[-1]

    yield again
    for store in opened:
        await store.close()


@pytest.fixture
async def store(open_store: Opener) -> Store:
    return await open_store()
