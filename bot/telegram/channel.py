"""The Telegram channel: updates in, written down, and handed on to be answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import get_args

from telegram import Bot

from bot.store.errors import StoreError
from bot.telegram.announce import announce
from bot.telegram.answering import Answering
from bot.telegram.api import Api
from bot.telegram.backoff import Backoff
from bot.telegram.broadcast import CHATS, Broadcaster
from bot.telegram.logs import where
from bot.telegram.parts import Answers, Connection, Telling, Wording
from bot.telegram.polling import LIMIT, LONG_POLL, Poller, patiently
from bot.telegram.taps import Taps
from bot.telegram.transport import Transport
from bot.telegram.updates import Kept, Raw, Reader, kept_before
from conversations.session import Language

log = logging.getLogger(__name__)


class Channel:
    """One bot, from its first poll to its last answer."""

    def __init__(
        self, answers: Answers, wording: Wording, connection: Connection, telling: Telling | None = None
    ) -> None:
        """Take the parts; nothing is opened before `run`. `wording` says what is no turn.

        `telling`: what tells people of rounds; without it, only what they say is answered.
        """
        self._store, self._wording, self._connection = answers.store, wording, connection
        self._telling = telling
        self._waits = connection.waits
        base = f"{connection.server}/bot"
        self._talking = Transport(most=connection.connections, read=connection.answer)
        self._listening = Transport(most=2, read=LONG_POLL + connection.answer)
        self._bot = Bot(connection.token, base, request=self._talking, get_updates_request=self._listening)
        self._api = Api(self._talking, base, connection.token)
        self._taps = Taps(self._api)
        self._answering = Answering(answers, wording, self._api, connection)
        self._poller = Poller(Api(self._listening, base, connection.token), self._take, self._waits)
        self._reader: Reader
        self._late = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Talk until `stop` is set; then finish what is under way, for a while, and leave the rest for the next start.

        Raises TokenRefusedError where Telegram refuses the token, StoreError where the store cannot be read at start.
        """
        async with self._talking, self._listening:
            work = asyncio.create_task(self._work())
            stopped = asyncio.create_task(stop.wait())
            try:
                await asyncio.wait({work, stopped}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                work.cancel()
                stopped.cancel()
                await asyncio.gather(work, stopped, return_exceptions=True)
                await self._leave()
            if not work.cancelled():
                await work

    async def _work(self) -> None:
        await self._meet()
        await self._take_up()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(announce(self._bot, self._wording))
                tasks.create_task(self._answering.send_what_was_left())
                tasks.create_task(self._poller.run())
                for name, work in self._to_tell():
                    tasks.create_task(self._kept_up(name, work))
        except ExceptionGroup as found:
            if len(found.exceptions) == 1:
                raise found.exceptions[0] from None
            raise

    def _to_tell(self) -> Sequence[tuple[str, Callable[[], Awaitable[None]]]]:
        """What tells people of rounds: looking for them, whom they concern, sending."""
        telling = self._telling
        if telling is None:
            return ()
        broadcaster = Broadcaster(
            self._store, telling, self._api, self._answering, self._connection.pace, self._connection.waits
        )
        telling.herald.on_queue = broadcaster.poke
        backoff = Backoff(self._waits)

        async def failed(error: Exception) -> None:
            log.error("whom to tell could not be worked out: %s", where(error))
            await backoff.wait()

        return (
            ("the feed", telling.feed.run),
            ("the herald", lambda: telling.herald.run(failed)),
            ("the broadcast", broadcaster.run),
        )

    async def _kept_up(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Work that begins again when it fails: people are answered all the same."""
        backoff = Backoff(self._waits)
        while True:
            try:
                return await work()
            except Exception as error:
                log.error("%s failed, and begins again: %s", name, where(error))
            await backoff.wait()

    async def _meet(self) -> None:
        """Learn the bot's own name and how much waits for it; take a webhook away, not what waits for it."""
        me = await patiently(self._api, "getMe", {}, self._waits)
        hook = await patiently(self._api, "getWebhookInfo", {}, self._waits)
        if hook["url"]:
            await patiently(self._api, "deleteWebhook", {"drop_pending_updates": False}, self._waits)
            log.warning("a webhook was set for this bot, and was taken away")
        menus = [self._wording.command_words(language).commands for language in get_args(Language)]
        self._reader = Reader(me["username"], me["id"], {command for menu in menus for command, _ in menu})
        self._answering.username = me["username"]
        self._late = hook["pending_update_count"]
        log.info("polling as @%s", me["username"])

    async def _take_up(self) -> None:
        """What the last run left: in each chat the answers that wait, then the updates that wait."""
        unsent = [message for message in await self._store.unsent() if message.chat.startswith(CHATS)]
        waiting = [update for update in await self._store.waiting() if update.chat.startswith(CHATS)]
        for message in unsent:
            self._answering.put(message, late=True)
        for update in waiting:
            self._put(kept_before(update), late=True)
        if unsent or waiting:
            log.info("taken up: %d messages to send, %d updates to handle", len(unsent), len(waiting))

    async def _leave(self) -> None:
        finished = await self._answering.leave(self._connection.leave)
        await self._taps.leave()
        log.info("stopped%s", "" if finished else "; what was not finished is taken up at the next start")

    async def _take(self, updates: list[Raw]) -> None:
        """Write a batch down, then hand on what is new in it; wait where there is no room for more."""
        kept = self._reader.read(updates)
        new = set(await self._received(kept)) if kept else set()
        for update in kept:
            if update.update_id in new:
                self._put(update, late=self._late > 0)
        # A batch that is not full is the end of what had waited, however much was said to.
        self._late = self._late - len(updates) if len(updates) == LIMIT else 0
        await self._answering.room()

    async def _received(self, kept: Sequence[Kept]) -> list[int]:
        backoff = Backoff(self._waits)
        while True:
            try:
                return await self._store.receive([update.inbound() for update in kept])
            except StoreError as error:
                log.error("updates could not be written down, and are not acknowledged: %s", error.code)
                await backoff.wait()

    def _put(self, update: Kept, *, late: bool) -> None:
        if update.query is not None:
            self._taps.answer(update.update_id, update.query)
        self._answering.put(update, late=late)
