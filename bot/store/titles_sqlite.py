"""Job titles that were added, in the store of one machine."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from bot.store.connected import Connected
from bot.store.titles import Added, Title

_ADD = "insert or ignore into titles (code, title) values (?, ?)"


class TitlesOnSqlite(Connected):
    """What `bot.store.titles.ImportedTitles` says, over two connections to a file."""

    async def titles(self) -> list[Title]:
        """See `ImportedTitles.titles`."""
        return await self.read(kept_titles)

    async def add_titles(self, titles: Sequence[Title], *, replace: bool = False) -> Added:
        """See `ImportedTitles.add_titles`."""
        return await self.write(lambda connection: _add(connection, titles, replace))


def kept_titles(connection: sqlite3.Connection) -> list[Title]:
    """The titles in a file, by code and then by title."""
    return [Title(*row) for row in connection.execute("select code, title from titles order by code, title")]


def _add(connection: sqlite3.Connection, titles: Sequence[Title], replace: bool) -> Added:
    known = set(kept_titles(connection))
    if replace:
        connection.execute("delete from titles")
    connection.executemany(_ADD, titles)
    (kept,) = connection.execute("select count(*) from titles").fetchone()
    return Added(len(set(titles) - known), kept)
