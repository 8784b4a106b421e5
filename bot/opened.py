"""The store as commands open it, and what is wrong with it as an error of usage. Loads nothing before it is needed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.store.sqlite import SqliteStore


@contextmanager
def told_as_usage(say: Mapping[str, str]) -> Iterator[None]:
    """What is wrong with the store or with a setting comes out as a usage error, in the words of the command."""
    from bot.settings import SettingsError
    from bot.store.errors import StoreError

    try:
        yield
    except (SettingsError, StoreError) as error:
        raise click.UsageError(error.told(say)) from error


def path_of(db: Path | None) -> Path:
    """The file that is named, else that of the settings. Raises SettingsError."""
    from bot.settings import read_settings

    return (db or read_settings().db).expanduser()


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[SqliteStore]:
    """The store at a path, with the rounds that ship with this version in it. Raises StoreError."""
    from bot.store.sqlite import SqliteStore
    from scoring.draws import shipped

    async with await SqliteStore.open(path) as store:
        await store.seed(shipped(), datetime.now(UTC))
        yield store
