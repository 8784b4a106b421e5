"""Alerts, whatever the channel: who is concerned, who is told what, and when to look again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from bot.reminders import day_of, moment
from bot.store import Store
from bot.store.notices import Notice, Refreshed, Stale, State
from bot.telegram.logs import where
from bot.worth import made_under, refreshed, unknown
from conversations.context import Context
from conversations.replies import Reply
from conversations.session import Session
from conversations.subscription import Subscription
from conversations.topics.alert import alert
from conversations.topics.reminder import reminder
from conversations.topics.rules_changed import rules_changed
from scoring.rulebook import Rulebook, shipped

log = logging.getLogger(__name__)

WORTHS = 50
"""Profiles that are worked out between two looks at the store: a tenth of a second or so."""
SLICE = 2_000
"""Chats that are put into the queue in one transaction: turns wait for no more than these."""
TICK = 60.0
"""Seconds after which to look again by itself: answers change, and other processes bring rounds."""
KEPT_DAYS = 60
"""Days for which it is remembered who was told what."""


class Wording(Protocol):
    """What puts a reply into words (`bot.wording.Wording`)."""

    def say(self, reply: Reply) -> list[dict[str, Any]]:
        """The messages that a reply comes to."""


class Composer:
    """Says what a notice tells, in the language of its chat."""

    def __init__(self, wording: Wording, context: Callable[[], Context]) -> None:
        """Take the words, and what gives the day and the rounds that are known."""
        self._wording, self._context = wording, context

    def compose(self, notice: Notice) -> list[dict[str, Any]] | None:
        """The messages of a notice; None where there is nothing to be said any more. A few milliseconds of work."""
        reply = self.reply(notice)
        return None if reply is None else self._wording.say(reply)

    def reply(self, notice: Notice) -> Reply | None:
        """The same without words."""
        if notice.subscriber is None:
            return None
        session, context = Session.from_json(notice.subscriber.session), self._context()
        if notice.kind == "rules":
            return rules_changed(session, notice.told or {}, context)
        if notice.kind == "reminder":
            own = day_of(Subscription.from_json(session.alerts).zone, moment(context.now, context.today))
            return reminder(session, notice.told or {}, replace(context, today=own))
        held = context.history.get(notice.subject.partition(":")[2])
        if held is None:
            return None
        reading, corrected = context.history.readings.get(held.number), notice.state is State.EDIT
        was = reading.first if reading and corrected else None
        read_at = reading.at if reading else None
        return alert(session, held, context, corrected=corrected, was=was, read_at=read_at)


class Herald:
    """Keeps what profiles are worth, and puts what is to be told into the queues of those whom it concerns."""

    def __init__(
        self,
        store: Store,
        today: Callable[[], date],
        *,
        book: Rulebook | None = None,
        clock: Callable[[], datetime | None] = lambda: None,
        on_queue: Callable[[], None] = lambda: None,
    ) -> None:
        """Take the store, and what gives the day and the moment. `on_queue` is called when there is something to send.

        Without a clock it is always noon (UTC).
        """
        self._store, self.today, self._book = store, today, book or shipped()
        self.on_queue, self._clock = on_queue, clock
        self._poked = asyncio.Event()

    def poke(self) -> None:
        """There is something new: look now."""
        self._poked.set()

    async def run(self, failed: Callable[[Exception], Awaitable[None]]) -> None:
        """Look now, whenever poked, and every minute, until cancelled. `failed` is told of errors and waits a while."""
        while True:
            self._poked.clear()
            try:
                await self.settle()
            except Exception as error:
                await failed(error)
                continue
            try:
                async with asyncio.timeout(TICK):
                    await self._poked.wait()
            except TimeoutError:
                continue

    async def settle(self) -> None:
        """All that there is to do now. Raises StoreError."""
        await self.refresh()
        for subject in await self._store.unfinished():
            reached: str | None = subject.reached
            while reached is not None:
                reached = await self._store.fan_out(subject._replace(reached=reached), SLICE)
                self.on_queue()
            log.info("%s: put into the queue", subject.subject)
        await self._store.prune((self.today() - timedelta(KEPT_DAYS)).isoformat())

    async def refresh(self) -> None:
        """Work out anew what profiles are worth whose day has come, and no other. Raises StoreError."""
        today = self.today()
        while await self._refresh(today):
            pass

    async def _refresh(self, today: date) -> int:
        """Some of them; how many."""
        stale = await self._store.stale(today.isoformat(), made_under(self._book), WORTHS)
        if stale:
            found = await asyncio.to_thread(self._worked_out, stale, today)
            await self._store.keep_worth(found)
            if any(each.told or each.due for each in found):
                self.on_queue()
        return len(stale)

    def _worked_out(self, stale: Sequence[Stale], today: date) -> list[Refreshed]:
        return [self._one(each, today) for each in stale]

    def _one(self, stale: Stale, today: date) -> Refreshed:
        """One that cannot be worked out keeps nobody else from being told; it is tried again tomorrow."""
        try:
            return refreshed(stale, today, moment(self._clock(), today), self._book)
        except Exception as error:
            log.error("what a profile is worth could not be worked out: %s", where(error))
            return unknown(stale, today, self._book)


MOST_NEWS = 20
"""Of a chat that was away for long, the first so many are shown; the next look shows more."""


@dataclass(frozen=True, slots=True)
class News:
    """One notice, as the messages that tell it."""

    notice: Notice
    messages: list[dict[str, Any]]


class Bulletin:
    """What waits to be told to one chat of this machine, which nobody needs to be sent: it looks by itself."""

    def __init__(self, store: Store, herald: Herald, composer: Composer, now: Callable[[], int]) -> None:
        """Take the parts. `now` gives the seconds since 1970."""
        self._store, self._herald, self._composer, self._now = store, herald, composer, now

    async def news(self, chat: str) -> list[News]:
        """What is to be shown now, quiet hours or not: who looks is awake. Raises StoreError."""
        await self._herald.settle()
        await self._store.come(chat, self._herald.today().isoformat())
        found = []
        for notice in await self._store.to_send(chat, MOST_NEWS):
            messages = self._composer.compose(notice)
            if messages is None:
                await self._store.never(notice)
            else:
                found.append(News(notice, messages))
        return found

    async def shown(self, news: Sequence[News]) -> None:
        """It was shown."""
        for each in news:
            await self._store.delivered(each.notice, None, "", self._now())
