"""What the commands about rounds do with the store and the feed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.feed.check import Checked
    from bot.feed.merge import Merge
    from bot.store.sqlite import SqliteStore
    from scoring.draws import History

Say = dict[str, str]


class Stores:
    """What is wrong with the store or with a setting comes out of `with Stores(say) as stores` as a usage error."""

    def __init__(self, say: Say) -> None:
        self._say = say

    def __enter__(self) -> Stores:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        from bot.settings import SettingsError
        from bot.store.errors import StoreError

        if isinstance(error, SettingsError | StoreError):
            raise click.UsageError(error.told(self._say)) from error

    def history(self, db: Path | None) -> History:
        """What is known; no file is made for it."""
        from bot.draws.known import known_history

        return known_history(_path(db))

    async def bring(self, db: Path | None, body: bytes, today: date) -> Merge:
        """Lay a file over what is known."""
        from bot.draws.importing import bring

        async with _opened(_path(db)) as store:
            return await bring(store, body, datetime.now(UTC), today)

    async def refresh(self, db: Path | None, today: date, *, dry: bool, withdraw: bool) -> Checked:
        """Look at the live feed; new rounds are put into the queues of those who want to hear of them."""
        from bot.feed.check import Look, Urls
        from bot.feed.fetch import Client
        from bot.settings import read_settings
        from bot.store.alerts import announce

        settings = read_settings()
        fetch, urls = Client(settings.feed_contact), Urls(settings.feed_url_en, settings.feed_url_fr)
        path = _path(db)
        with TemporaryDirectory() as nowhere:
            if dry and not path.exists():  # what would be new to a store that is not there is told without making it
                path = Path(nowhere) / "tirage.db"
            async with _opened(path) as store:
                look = Look(store, fetch, urls, announce)
                return await look(datetime.now(UTC), today, anew=True, dry=dry, withdraw=withdraw)


def _path(db: Path | None) -> Path:
    from bot.settings import read_settings

    return (db or read_settings().db).expanduser()


@asynccontextmanager
async def _opened(path: Path) -> AsyncIterator[SqliteStore]:
    """The store, with what ships with this version in it."""
    from bot.store.sqlite import SqliteStore
    from scoring.draws import shipped

    async with await SqliteStore.open(path) as store:
        await store.seed(shipped(), datetime.now(UTC))
        yield store
