"""Pictures that Telegram has already, in the store of one machine."""

from __future__ import annotations

import sqlite3

from bot.store.connected import Connected

MOST = 500
"""How many are known: a picture is one of these for some days, until the next round or count makes it another."""

_KEEP = "insert or replace into pictures (fingerprint, file_id) values (?, ?)"
_PRUNE = "delete from pictures where kept <= (select max(kept) from pictures) - ?"


class SentPicturesOnSqlite(Connected):
    """What `bot.store.sent.SentPictures` says, over two connections to a file."""

    async def picture(self, fingerprint: str) -> str | None:
        """See `SentPictures.picture`."""
        found = await self.read(
            lambda connection: connection.execute(
                "select file_id from pictures where fingerprint = ?", (fingerprint,)
            ).fetchone()
        )
        return found and str(found[0])

    async def keep_picture(self, fingerprint: str, file_id: str) -> None:
        """See `SentPictures.keep_picture`."""
        await self.write(lambda connection: _keep(connection, fingerprint, file_id))


def _keep(connection: sqlite3.Connection, fingerprint: str, file_id: str) -> None:
    connection.execute(_KEEP, (fingerprint, file_id))
    connection.execute(_PRUNE, (MOST,))
