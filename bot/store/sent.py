"""Pictures that Telegram has already, the same for every kind of store."""

from __future__ import annotations

from typing import Protocol


class SentPictures(Protocol):
    """Under which `file_id` a picture can be sent again; each method raises `bot.store.errors.StoreError`.

    A picture is known by its fingerprint (`bot.charts.render.fingerprint`). One that shows somebody's score is never
    given to a store, so that nothing here is about anybody.
    """

    async def picture(self, fingerprint: str) -> str | None:
        """The `file_id` of a picture, where one is known."""

    async def keep_picture(self, fingerprint: str, file_id: str) -> None:
        """Keep the `file_id` of a picture in place of the one before; of many, the oldest are forgotten."""
