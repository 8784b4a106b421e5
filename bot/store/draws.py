"""What the store keeps of rounds and of the feed that they come from, the same for every kind of store."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.feed.merge import Known, Merge
from bot.feed.parsed import Oddity
from scoring.draws import History, Round

Decide = Callable[[Known], Merge]
"""What a feed changes in what is known; it runs inside the transaction, in whatever thread the store writes in."""
Announce = Callable[[sqlite3.Connection, Sequence[Round], Sequence[Round]], None]
"""Takes note, in the same transaction, of rounds that people are to be told of, and of those that were corrected."""


def to_nobody(_connection: sqlite3.Connection, _new: Sequence[Round], _corrected: Sequence[Round]) -> None:
    """Announces nothing."""


class Merged(NamedTuple):
    """What was written, and what was odd about the feed and had not been when it was last taken."""

    merge: Merge
    fresh: tuple[Oddity, ...]


class FeedFile(NamedTuple):
    """One file of the feed as it was last taken: its validators, the hash of its bytes, and how it fares.

    `last_ok`: when it was last there and good. `error`: why it is not now, "" where it is; `failing_since`: since when.
    """

    etag: str = ""
    last_modified: str = ""
    hash: str = ""
    last_ok: datetime | None = None
    error: str = ""
    failing_since: datetime | None = None


class Rounds(Protocol):
    """What every store does about rounds; each method raises `bot.store.errors.StoreError` as the others do."""

    async def seed(self, shipped: History, at: datetime) -> None:
        """Take in the history that ships with the version, at the first start and when it has become another.

        It adds what is missing and brings up to date what came from an earlier one; it neither overwrites what came
        from a feed or a file, nor alerts anybody.
        """

    async def history(self) -> History:
        """All rounds and snapshots of the pool; the same object until something changes."""

    async def history_version(self) -> int:
        """A count that grows whenever `history` becomes another one, whichever process wrote it."""

    async def known(self) -> Known:
        """The same with where each round is from."""

    async def merge(self, decide: Decide, at: datetime, announce: Announce = to_nobody) -> Merged:
        """Write what `decide` makes of what is known, all or nothing, and call `announce` in the same transaction.

        Raises what `decide` or `announce` raise, and then nothing is written.
        """

    async def feed_file(self, url: str) -> FeedFile:
        """What is known about a file of the feed; nothing about one that was never asked for."""

    async def keep_feed_file(self, url: str, file: FeedFile) -> None:
        """Keep what is known about a file of the feed."""

    async def forget_feed_files(self) -> None:
        """The next check takes the files as if they had never been seen."""
