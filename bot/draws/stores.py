"""What the commands about rounds do with the store and the feed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.opened import opened, path_of

if TYPE_CHECKING:
    from bot.feed.check import Checked
    from bot.feed.merge import Merge
    from scoring.draws import History

Say = dict[str, str]


def history(db: Path | None) -> History:
    """What is known; no file is made for it."""
    from bot.draws.known import known_history

    return known_history(path_of(db))


async def bring(db: Path | None, body: bytes, today: date) -> Merge:
    """Lay a file over what is known."""
    from bot.draws import importing

    async with opened(path_of(db)) as store:
        return await importing.bring(store, body, datetime.now(UTC), today)


async def refresh(db: Path | None, today: date, *, dry: bool, withdraw: bool) -> Checked:
    """Look at the live feed; new rounds are put into the queues of those who want to hear of them."""
    from bot.feed.check import Look, Urls
    from bot.feed.fetch import Client
    from bot.settings import read_settings
    from bot.store.alerts import announce

    settings = read_settings()
    fetch, urls = Client(settings.feed_contact), Urls(settings.feed_url_en, settings.feed_url_fr)
    path = path_of(db)
    with TemporaryDirectory() as nowhere:
        if dry and not path.exists():  # what would be new to a store that is not there is told without making it
            path = Path(nowhere) / "tirage.db"
        async with opened(path) as store:
            look = Look(store, fetch, urls, announce)
            return await look(datetime.now(UTC), today, anew=True, dry=dry, withdraw=withdraw)
