"""One notice on its way to its chat: what is to be done about it now, and what became of it."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from functools import partial
from typing import Any, TypeVar

from telegram.error import NetworkError

from bot.quiet import quiet_until
from bot.store import Store
from bot.store.errors import StoreError
from bot.store.notices import Notice, State
from bot.telegram import api
from bot.telegram.api import Api, RefusedError
from bot.telegram.backoff import Backoff, Waits
from bot.telegram.composing import Composing, Said, said
from bot.telegram.logs import where
from bot.telegram.pace import Pace
from bot.telegram.parts import Telling
from bot.telegram.sending import UNSURE, chat_id_of
from bot.telegram.transport import NotSentError

T = TypeVar("T")
log = logging.getLogger(__name__)

FAILED = timedelta(hours=1)
"""A notice that cannot be put into words waits for so long: perhaps for a version that can."""
GIVEN_UP = timedelta(minutes=5)
"""One that Telegram cannot take, though it answers, waits for so long and lets the others go."""
TOKEN = (api.UNAUTHORIZED, api.NOT_FOUND)


class Step(Enum):
    """Where a notice stands after an attempt: it is settled, goes on at once, or is to be tried after a while."""

    SETTLED = "settled"
    GOES_ON = "goes on"
    TROUBLE = "trouble"


@dataclass(slots=True)
class UnderWay:
    """A notice that is being told. `sent`: how many of its calls are done; `message_id`: of the one with the buttons.

    `unsure`: how often the call that is next may have arrived already. `then`: what is to be told next.
    """

    notice: Notice
    then: Notice | None = None
    sent: int = 0
    message_id: int | None = None
    unsure: int = 0


class Teller:
    """Takes notices as far as one call each time. What became of them is counted in `told`.

    Each attempt looks at the notice anew, so that what was muted, deleted or corrected meanwhile is not sent.
    """

    def __init__(self, store: Store, telling: Telling, api_: Api, pace: Pace, waits: Waits) -> None:
        self._store, self._telling, self._api, self._pace, self._waits = store, telling, api_, pace, waits
        self._composing = Composing(telling)
        self.told: Counter[str] = Counter()

    async def step(self, way: UnderWay) -> Step:
        """One attempt, in the lane of the chat. Raises StoreError where nothing was sent by it."""
        notice = await self._store.still(way.notice)
        if notice is None:
            return self._settled("gone")
        if notice.subscriber is None:
            await self._store.never(notice)
            return self._settled("unwanted")
        until = quiet_until(notice.subscriber, self._telling.now())
        if until is not None and notice.state is State.WAITING and not way.sent:
            await self._store.later(notice, int(until.timestamp()))
            return self._settled("quiet")
        try:
            words = await self._composing.words(notice)
        except StoreError:
            raise
        except Exception as error:  # whatever it is, the others are to be told
            log.error("a notice could not be put into words: %s", where(error))
            await self._put_off(notice, FAILED)
            return self._settled("failed")
        if words is None:
            await self._store.never(notice)
            return self._settled("void")
        return await self._say(way, notice, words)

    async def give_up(self, way: UnderWay) -> None:
        """Let a notice wait for a while, since it holds up the others. Raises StoreError."""
        notice = await self._store.still(way.notice)
        if notice is not None:
            await self._put_off(notice, GIVEN_UP)
        self._settled("put off")

    async def drop(self, way: UnderWay) -> None:
        """Do not send a notice, for which our code failed: it may have gone out. Raises StoreError."""
        await self._store.never(way.notice)
        self._settled("failed")

    async def _say(self, way: UnderWay, notice: Notice, words: Said) -> Step:
        if notice.state is State.EDIT and (notice.message_id is None or notice.digest == words.digest):
            await self._delivered(notice, notice.message_id, words)
            return self._settled("unchanged")
        if self._pace.delay(chat_id_of(notice.chat)) > 0:
            return Step.GOES_ON
        call, result = words.to_do[way.sent], None
        if way.then is not None:
            self._composing.begin(way.then)
        try:
            result = await self._api.call(call.method, call.params, call.file)
        except RefusedError as refused:
            return await self._refused(refused, notice, words)
        except NotSentError:
            return Step.TROUBLE
        except NetworkError:
            way.unsure += 1
            if notice.state is State.EDIT or way.unsure < UNSURE:  # to edit twice is to edit once
                return Step.TROUBLE
            log.warning("a notice may or may not have arrived, %d times; it is not sent again", UNSURE)
            self.told["unsure"] += 1
        finally:
            self._pace.went(chat_id_of(notice.chat))
        return await self._went(way, notice, words, result)

    async def _went(self, way: UnderWay, notice: Notice, words: Said, result: Any) -> Step:
        if way.sent == words.buttons:
            way.message_id = result["message_id"] if isinstance(result, dict) else notice.message_id
        way.sent, way.unsure = way.sent + 1, 0
        if way.sent < len(words.to_do):
            return Step.GOES_ON
        await self._delivered(notice, way.message_id, words)
        return self._settled("edited" if notice.state is State.EDIT else "sent")

    async def _refused(self, refused: RefusedError, notice: Notice, words: Said) -> Step:
        """What a refusal means for a notice."""
        if refused.code == api.TOO_MANY:
            self.told["429"] += 1
            self._pace.hold(refused.retry_after or 1.0)
            return Step.GOES_ON
        if refused.code >= api.SERVER or refused.code in TOKEN:
            return Step.TROUBLE
        if refused.code == api.FORBIDDEN:
            await self._kept(lambda: self._store.silence(notice.chat))
            return self._settled("blocked")
        if notice.state is State.EDIT:  # it says so already, or stands there no more; a correction is no new message
            await self._delivered(notice, notice.message_id, words)
            return self._settled("not edited")
        log.warning("a notice was refused, %s", refused)
        await self._kept(lambda: self._store.never(notice))
        return self._settled("refused")

    async def _delivered(self, notice: Notice, message_id: int | None, words: Said) -> None:
        """Keep that it went out, however long that takes: what is not kept is sent again.

        Where other rounds are known than it was written from, it may have been corrected on its way: then it is edited.
        """
        at = int(self._telling.now().timestamp())
        keep = partial(self._store.delivered, notice, message_id, words.digest, at)
        known, outdated = words.known, False
        while not await self._kept(partial(keep, known=known, outdated=outdated)):
            known = await self._kept(self._telling.latest)
            outdated = await self._digest(notice) not in (words.digest, None)

    async def _digest(self, notice: Notice) -> str | None:
        """That of what would be said now; None where that cannot be told."""
        try:
            words = await said(self._telling, notice)
        except Exception as error:
            log.error("a notice that went out could not be put into words again: %s", where(error))
            return None
        return None if words is None else words.digest

    async def _kept(self, write: Callable[[], Awaitable[T]]) -> T:
        """Write until it is written."""
        backoff = Backoff(self._waits)
        while True:
            try:
                return await write()
            except StoreError as error:
                log.error("what became of a notice could not be kept: %s", error.code)
                await backoff.wait()

    async def _put_off(self, notice: Notice, by: timedelta) -> None:
        """Later, then; but an edit is not made: a notice that waits is sent as a new message."""
        now = self._telling.now()
        if notice.state is State.EDIT:
            await self._store.delivered(notice, notice.message_id, notice.digest or "", int(now.timestamp()))
        else:
            await self._store.later(notice, int((now + by).timestamp()))

    def _settled(self, how: str) -> Step:
        self.told[how] += 1
        return Step.SETTLED
