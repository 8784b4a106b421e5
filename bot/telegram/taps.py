"""A tap is answered at once, beside its turn, so that the button lets go."""

from __future__ import annotations

import asyncio
import logging

from telegram.error import NetworkError

from bot.telegram.api import Api, RefusedError

log = logging.getLogger(__name__)


class Taps:
    """Answers taps. It may be too late for that, which is no harm: the turn answers all the same."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._tasks: set[asyncio.Task[None]] = set()

    def answer(self, update_id: int, query: str) -> None:
        """Begin to answer; nobody waits for it."""
        task = asyncio.create_task(self._answer(update_id, query))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def leave(self) -> None:
        """Give up what is not answered yet."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _answer(self, update_id: int, query: str) -> None:
        try:
            await self._api.call("answerCallbackQuery", {"callback_query_id": query})
        except (NetworkError, RefusedError) as error:
            why = error.reason if isinstance(error, RefusedError) else type(error).__name__
            log.info("update %d: the tap was not answered (%s)", update_id, why)
