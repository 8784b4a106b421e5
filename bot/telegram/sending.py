"""Messages go out, each until it is known what became of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any

from telegram.error import NetworkError

from bot.charts.pictures import NotDrawnError
from bot.store import Outbound, Store
from bot.store.errors import StoreError
from bot.telegram import api
from bot.telegram.api import Api, RefusedError
from bot.telegram.backoff import Backoff, Waits
from bot.telegram.calls import Call
from bot.telegram.photos import Photos
from bot.telegram.transport import NotSentError

log = logging.getLogger(__name__)

TRIES = 9
"""How often a message is tried while Telegram cannot be reached or says that it is broken: a minute and a half."""
UNSURE = 2
"""How often a message is tried that may have arrived each time: what is sent again may be shown twice."""
TOO_LARGE = 413
FOR_GOOD = frozenset({api.BAD_REQUEST, api.FORBIDDEN, TOO_LARGE})
"""What is refused so is refused every time: the person blocked the bot, the chat is gone, the text is no HTML."""


class Fate(Enum):
    """What became of a call: it is done, it will never be, or it is left for later."""

    DONE = "done"
    NEVER = "never"
    LATER = "later"


class Sender:
    """Sends what the outbox holds. Waiting for one chat holds up no other. `went` is told each chat written to."""

    def __init__(self, api_: Api, photos: Photos, waits: Waits, went: Callable[[int], None]) -> None:
        self._api, self._photos, self._waits, self._went = api_, photos, waits, went

    async def send(self, message: Outbound) -> bool:
        """Send one message; True where it can be forgotten: it went out, or it never will."""
        to_do = await self._photos.calls(chat_id_of(message.chat), message.message)
        return await self.all(to_do, f"message {message.id}")

    async def all(self, to_do: Sequence[Call], name: str) -> bool:
        """The calls of one message, each after the one before it; `name` names it in the log. True as `send`."""
        for call in to_do:
            fate = await self._until_known(call, name)
            if fate is not Fate.DONE and not (fate is Fate.NEVER and call.optional):
                return fate is Fate.NEVER
        return True

    async def _until_known(self, call: Call, name: str) -> Fate:
        backoff, unsure = Backoff(self._waits), 0
        while True:
            try:
                call = await self._drawn(call)
                result = await self._api.call(call.method, call.params, call.file)
            except NotDrawnError:
                if call.instead is None:
                    return Fate.NEVER
                call = call.instead
                continue
            except RefusedError as refused:
                if call.instead is not None and _otherwise(refused):
                    call = call.instead
                    continue
                fate = await self._refused(refused, backoff, name)
            except NotSentError as error:
                fate = await self._again(backoff, name, type(error).__name__)
            except NetworkError as error:
                unsure += 1
                again = unsure < UNSURE or call.edits
                fate = await self._again(backoff, name, type(error).__name__) if again else Fate.LATER
            else:
                self._went(call.params["chat_id"])
                await self._keep(call, result)
                return Fate.DONE
            if fate is not None:
                log.log(logging.DEBUG if fate is Fate.DONE else logging.WARNING, "%s: %s", name, fate.value)
                return fate

    async def _drawn(self, call: Call) -> Call:
        """The call with its picture as a file, which is drawn once however often it is tried. Raises NotDrawnError."""
        if call.picture is None or call.file is not None:
            return call
        return replace(call, file=await self._photos.file(call.picture))

    async def _keep(self, call: Call, result: Any) -> None:
        if call.picture is not None:
            await self._photos.keep(call.picture, result)

    async def _refused(self, refused: RefusedError, backoff: Backoff, name: str) -> Fate | None:
        """What a refusal means for a call; None after a wait: try it again."""
        if refused.reason == "not_modified":
            return Fate.DONE
        if refused.code == api.TOO_MANY:
            log.warning("%s: to be sent in %s s (429)", name, refused.retry_after)
            backoff.tries = 0
            await backoff.wait(refused.retry_after or 1.0)
            return None
        if refused.code >= api.SERVER:
            return await self._again(backoff, name, str(refused))
        log.warning("%s: refused, %s", name, refused)
        return Fate.NEVER if refused.code in FOR_GOOD else Fate.LATER

    async def _again(self, backoff: Backoff, name: str, why: str) -> Fate | None:
        if backoff.tries + 1 >= TRIES:
            return Fate.LATER
        log.info("%s: to be tried again (%s)", name, why)
        await backoff.wait()
        return None


def _otherwise(refused: RefusedError) -> bool:
    """Whether what was refused may be taken in another way."""
    return refused.code in (api.BAD_REQUEST, TOO_LARGE) and refused.reason != "not_modified"


def chat_id_of(chat: str) -> int:
    """Telegram's number of a chat. Raises ValueError for a chat of another channel."""
    channel, _, number = chat.partition(":")
    if channel != "tg":
        raise ValueError("not a chat of this channel")
    return int(number)


class Marks:
    """Writes down which messages went out. What comes while a batch is written goes into the next one."""

    def __init__(self, store: Store, waits: Waits) -> None:
        self._store, self._waits = store, waits
        self._ids: list[int] = []
        self._batch: asyncio.Future[None] | None = None
        self._task: asyncio.Task[None] | None = None

    def add(self, id: int) -> asyncio.Future[None]:
        """This message went out. What is returned is done when that is written down; it never fails."""
        self._ids.append(id)
        if self._batch is None:
            self._batch = asyncio.get_running_loop().create_future()
        if self._task is None:
            self._task = asyncio.create_task(self._write())
        return self._batch

    async def finish(self, within: float) -> bool:
        """Write everything down, in some seconds at most, then give up. True: all was written."""
        if self._task is None:
            return True
        _, late = await asyncio.wait({self._task}, timeout=within)
        for task in late:
            task.cancel()
        return not late

    async def _write(self) -> None:
        while self._batch is not None:
            ids, self._ids = self._ids, []
            batch, self._batch = self._batch, None
            await self._persist(ids)
            batch.set_result(None)
        self._task = None

    async def _persist(self, ids: list[int]) -> None:
        backoff = Backoff(self._waits)
        while True:
            try:
                await self._store.sent(ids)
            except StoreError as error:
                log.error("%d messages that went out could not be marked: %s", len(ids), error.code)
                await backoff.wait()
            else:
                return
