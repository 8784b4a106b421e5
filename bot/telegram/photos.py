"""Pictures on their way to Telegram: drawn when they are needed, and sent again by the name that Telegram gave them."""

from __future__ import annotations

import logging
from typing import Any

from bot.charts.pictures import Pictures
from bot.charts.render import fingerprint
from bot.store import Store
from bot.store.errors import StoreError
from bot.telegram.api import File
from bot.telegram.calls import Call, Message, Picture, calls, with_picture
from conversations.pictures import is_personal

log = logging.getLogger(__name__)

NAME = "tirage.png"


class Photos:
    """Knows which pictures Telegram has already. What shows somebody's score is sent anew each time, and not kept."""

    def __init__(self, store: Store, pictures: Pictures) -> None:
        """Take what remembers and what draws."""
        self._store, self._pictures = store, pictures

    async def calls(self, chat_id: int, message: Message) -> list[Call]:
        """The calls that a message comes to, with its picture where it has one."""
        if message.get("picture") is None:
            return calls(chat_id, message)
        return with_picture(chat_id, message, await self._known(Picture(**message["picture"])))

    async def file(self, picture: Picture) -> File:
        """The picture to upload. Raises NotDrawnError."""
        return File("photo", NAME, await self._pictures.png(picture.spec, picture.language))

    async def keep(self, picture: Picture, sent: Any) -> None:
        """Keep what Telegram calls a picture that was uploaded, as it said in its answer."""
        sizes = sent.get("photo") if isinstance(sent, dict) else None
        if is_personal(picture.spec) or not sizes:
            return
        try:
            await self._store.keep_picture(fingerprint(*picture), sizes[-1]["file_id"])
        except StoreError as error:
            log.warning("what Telegram calls a picture could not be kept: %s", error.code)

    async def _known(self, picture: Picture) -> str | None:
        if is_personal(picture.spec):
            return None
        try:
            return await self._store.picture(fingerprint(*picture))
        except StoreError as error:
            log.warning("what Telegram calls a picture could not be read: %s", error.code)
            return None
