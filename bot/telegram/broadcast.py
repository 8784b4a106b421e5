"""What people asked to be told goes out: one message after another, those who were invited first, replies before it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from itertools import zip_longest
from typing import Protocol, TypeVar

from bot.store import Store
from bot.store.errors import StoreError
from bot.store.notices import Notice
from bot.telegram.api import Api
from bot.telegram.backoff import Backoff, Waits
from bot.telegram.logs import where
from bot.telegram.pace import Pace
from bot.telegram.parts import Telling
from bot.telegram.polling import patiently
from bot.telegram.sending import TRIES, chat_id_of
from bot.telegram.telling import Step, Teller, UnderWay

T = TypeVar("T")
log = logging.getLogger(__name__)

CHATS = "tg:"
"""How the store's names of the chats of this channel begin."""
MOST = 30
"""Notices that are looked up at once: about as many as go out in a second."""
LOOK = 60.0
"""Seconds after which to look by itself: other processes put notices into the queue too."""


class Lanes(Protocol):
    """Where what belongs to one chat is done in order (`bot.telegram.answering.Answering`)."""

    def busy(self, chat: str) -> bool:
        """Whether the chat has something to do."""

    async def aside(self, chat: str, work: Callable[[], Awaitable[T]]) -> T:
        """Do something in the lane of a chat, after what that has to do already."""


class Broadcaster:
    """Sends notices until it is cancelled; it alone does.

    One message is under way at a time, and what became of it is on the disk before the next one leaves: a process that
    is killed leaves one message at most that went out and is not known to have, which the next one sends again.
    """

    def __init__(self, store: Store, telling: Telling, api_: Api, lanes: Lanes, pace: Pace, waits: Waits) -> None:
        self._store, self._telling, self._api, self._lanes, self._pace = store, telling, api_, lanes, pace
        self._waits = waits
        self._teller = Teller(store, telling, api_, pace, waits)
        self._poked = asyncio.Event()

    def poke(self) -> None:
        """Something was put into the queue: look now."""
        self._poked.set()

    async def run(self) -> None:
        """Send what there is to send, now, when poked, when quiet hours end, and every minute. Raises StoreError."""
        while True:
            self._poked.clear()
            due = await self._store.wake(int(self._telling.now().timestamp()))
            found = await self._store.to_send(CHATS, MOST)
            first = self._first(found)
            for notice, then in zip_longest(first, first[1:]):
                await self._tell(UnderWay(notice, then))
            if not found:
                self._report()
                await self._rest(due)

    def _first(self, found: Sequence[Notice]) -> Sequence[Notice]:
        """Those that hold up nobody: their chats are not being answered. The first of all where there is none."""
        free = [
            each for each in found if not self._lanes.busy(each.chat) and not self._pace.chat(chat_id_of(each.chat))
        ]
        return free or found[:1]

    async def _tell(self, way: UnderWay) -> None:
        """Tell one notice, or see that it cannot be told now."""
        backoff, chat = Backoff(self._waits), way.notice.chat
        while True:
            delay = self._pace.delay(chat_id_of(chat))
            if delay > 0:
                await self._waits.pause(delay)
                continue
            try:
                step = await self._lanes.aside(chat, partial(self._teller.step, way))
                if step is Step.TROUBLE and backoff.tries + 1 >= TRIES:
                    await self._teller.give_up(way)
                    return
            except StoreError as error:
                log.error("a notice could not be looked up or kept: %s", error.code)
                await backoff.wait()
                continue
            except Exception as error:  # whatever it is, the others are to be told, and this chat not again and again
                log.error("a notice failed, and is not sent: %s", where(error))
                await self._teller.drop(way)
                return
            if step is Step.SETTLED:
                return
            if step is Step.TROUBLE:
                await backoff.wait()
                # not before Telegram answers: an outage must use up no tries, and change no order
                await patiently(self._api, "getMe", {}, self._waits)

    async def _rest(self, due: int | None) -> None:
        """Until there may be something to send."""
        seconds = LOOK if due is None else min(LOOK, due - self._telling.now().timestamp())
        try:
            async with asyncio.timeout(max(seconds, 0.0)):
                await self._poked.wait()
        except TimeoutError:
            return

    def _report(self) -> None:
        told = self._teller.told
        if told:
            log.info("notices: %s", ", ".join(f"{count} {how}" for how, count in sorted(told.items())))
            told.clear()
