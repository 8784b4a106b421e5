"""Updates are asked for, written down, and only then acknowledged by asking for the next ones."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.error import NetworkError

from bot.telegram import api
from bot.telegram.api import Api, RefusedError
from bot.telegram.backoff import Backoff, Waits
from bot.telegram.updates import ALLOWED, Raw

log = logging.getLogger(__name__)

LIMIT = 100
"""Updates in one answer, the most that Telegram gives."""
LONG_POLL = 50
"""Seconds for which Telegram holds a request open while nothing comes, the most that it does."""

TOLD = {
    "other_poller": "another program polls for this bot (409): stop it, or give this one a token of its own",
    "webhook": "a webhook was set for this bot (409): take it away, or start this program again, which takes it away",
}


class TokenRefusedError(Exception):
    """Telegram does not know the token (401 or 404): nothing can be done before the operator gives another."""


class Poller:
    """Asks for updates until it is cancelled. `take` writes a batch down; it returns when it is safe."""

    def __init__(self, api_: Api, take: Callable[[list[Raw]], Awaitable[None]], waits: Waits) -> None:
        self._api, self._take, self._waits = api_, take, waits

    async def run(self) -> None:
        """Poll. Raises TokenRefusedError where Telegram refuses the token."""
        offset: int | None = None
        while True:
            updates = await self._next(offset)
            if updates:
                await self._take(updates)
                offset = updates[-1]["update_id"] + 1

    async def _next(self, offset: int | None) -> list[Raw]:
        wanted: dict[str, Any] = {"timeout": LONG_POLL, "limit": LIMIT, "allowed_updates": ALLOWED}
        if offset is not None:
            wanted["offset"] = offset
        updates: list[Raw] = await patiently(self._api, "getUpdates", wanted, self._waits)
        return updates


async def patiently(api_: Api, method: str, params: dict[str, Any], waits: Waits) -> Any:
    """A call that is made again until it is answered; the operator is told what is in its way.

    Raises TokenRefusedError, and RefusedError for a call that is wrong.
    """
    backoff = Backoff(waits)
    while True:
        least = 0.0
        try:
            return await api_.call(method, params)
        except NetworkError as error:
            log.warning("%s: no answer (%s), try %d", method, type(error).__name__, backoff.tries + 1)
        except RefusedError as refused:
            if refused.code in (api.UNAUTHORIZED, api.NOT_FOUND):
                raise TokenRefusedError from refused
            if refused.code == api.CONFLICT:
                log.error(TOLD.get(refused.reason, "another program has the updates of this bot (409)"))
            elif refused.code == api.TOO_MANY or refused.code >= api.SERVER:
                log.warning("%s: %s, try %d", method, refused, backoff.tries + 1)
                least = refused.retry_after or 0.0
            else:
                raise
        await backoff.wait(least)
