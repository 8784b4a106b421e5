"""Turns in their lanes, and their answers on the way out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from html import escape
from typing import NamedTuple, TypeVar

from bot.store import Outbound
from bot.store.errors import StoreError
from bot.telegram.api import Api
from bot.telegram.backoff import Backoff
from bot.telegram.calls import Message, calls, in_thread
from bot.telegram.gate import Gate
from bot.telegram.lanes import Lane, Lanes
from bot.telegram.logs import where
from bot.telegram.parts import Answers, Connection, Wording
from bot.telegram.photos import Photos
from bot.telegram.sending import TRIES, Marks, Sender
from bot.telegram.updates import Kept
from bot.words import words
from conversations.replies import Choice, Reply
from conversations.session import Language

T = TypeVar("T")
Aside = Callable[[], Awaitable[None]]
log = logging.getLogger(__name__)

MOST_WAITING = 5_000
"""How many updates wait in memory before no more are asked for; those that wait are written down all the same."""


class Job(NamedTuple):
    """Something to do in a lane: an update to answer, a message to send, or what is neither.

    `late`: it waited before the bot started.
    """

    item: Kept | Outbound | Aside
    late: bool


class Answering:
    """Takes the turns of each chat in order, chats side by side, and sends what comes of them.

    A process that is killed leaves messages that went out and are not marked yet: the next one sends them again. In a
    chat that is one at most, since each waits for the mark of the one before. What had waited before the start goes out
    one at a time over all chats, so that a bot that is killed again and again on its way through a long queue repeats
    one message a time, not one a chat; nor does Telegram take such a queue much faster (about 30 messages a second).
    """

    def __init__(self, answers: Answers, wording: Wording, api: Api, connection: Connection) -> None:
        self._answers, self._wording, self._store = answers, wording, answers.store
        self._waits = connection.waits
        self._sender = Sender(api, Photos(self._store, connection.pictures), self._waits, connection.pace.went)
        self._marks = Marks(self._store, self._waits)
        self._lanes: Lanes[Job] = Lanes(self._do, MOST_WAITING)
        self._gate = Gate(connection.late)
        self._left: set[int] = set()
        self._some_left = asyncio.Event()
        self.username = ""
        """The bot's own name without @, for the way from a group to the private chat."""

    def put(self, item: Kept | Outbound, *, late: bool) -> None:
        """Something more to do, after what its chat has to do already."""
        self._lanes.put(item.chat, Job(item, late))

    def busy(self, chat: str) -> bool:
        """Whether a chat has something to do."""
        return chat in self._lanes

    async def aside(self, chat: str, work: Callable[[], Awaitable[T]]) -> T:
        """Do something else for a chat, after what that has to do already. Raises what it raises.

        It goes on when the caller is cancelled, as an answer does.
        """
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()

        async def do() -> None:
            try:
                result = await work()
            except Exception as error:
                if done.done():  # nobody waits for it any more
                    raise
                done.set_exception(error)
            else:
                if not done.done():
                    done.set_result(result)

        self._lanes.put(chat, Job(do, late=False))
        return await done

    async def room(self) -> None:
        """Wait until there is room for more."""
        await self._lanes.room()

    async def leave(self, within: float) -> bool:
        """Finish, each step for some seconds at most; the rest is left for the next start. True: nothing was."""
        finished = await self._lanes.finish(within)
        return await self._marks.finish(within) and finished

    async def send_what_was_left(self) -> None:
        """Now and then, try again what could not be sent, where it still waits. Runs until it is cancelled."""
        while True:
            await self._some_left.wait()
            await self._waits.pause(self._waits.round)
            self._some_left.clear()
            left, self._left = self._left, set()
            try:
                unsent = await self._store.unsent()
            except StoreError as error:
                log.error("what was left could not be read: %s", error.code)
                self._leave(*left)
                continue
            for message in unsent:
                if message.id in left:
                    self.put(message, late=True)

    def _leave(self, *ids: int) -> None:
        self._left.update(ids)
        self._some_left.set()

    async def _do(self, lane: Lane[Job], job: Job) -> None:
        item, late = job
        if isinstance(item, Outbound):
            await self._send(lane, item, late)
        elif not isinstance(item, Kept):
            await lane.settle()
            await item()
        elif item.kind == "group":
            async with self._way(late):
                await self._say(item, self._wording.say(self._pointer(item)))
        else:
            for message in await self._turn(item):
                await self._send(lane, message, late)

    def _way(self, late: bool) -> AbstractAsyncContextManager[None]:
        """How a message goes out: at once, or one at a time where it is late already."""
        return self._gate.one() if late else nullcontext()

    async def _send(self, lane: Lane[Job], message: Outbound, late: bool) -> None:
        """Send one message, once the one before is marked."""
        await lane.settle()
        async with self._way(late):
            if not await self._sender.send(message):
                self._leave(message.id)
                return
            lane.unsettled = self._marks.add(message.id)
            if late:
                await lane.settle()

    async def _turn(self, update: Kept) -> Sequence[Outbound]:
        """One turn, whatever becomes of it: what is to be sent for it now."""
        turn, backoff = self._answers.turn, Backoff(self._waits)
        number, message_id = update.update_id, update.message_id
        while True:
            try:
                return await turn(update.chat, update.event(), update_id=number, message_id=message_id) or ()
            except StoreError as error:
                log.error("update %d: the turn could not be kept (%s)", number, error.code)
                if backoff.tries + 1 >= TRIES:
                    return ()  # it is written down, and taken up at the next start
                await backoff.wait()
            except Exception as error:
                log.error("update %d: the turn failed, and would again: %s", number, where(error))
                await self._say(update, [_apology(await self._language(update))])
                return ()

    async def _say(self, update: Kept, messages: Sequence[Message]) -> None:
        """Answer without a turn, and keep nothing of it."""
        for message in messages:
            to_do = [in_thread(call, update.thread) for call in calls(update.chat_id, message)]
            await self._sender.all(to_do, f"update {update.update_id}")
        try:
            await self._store.drop(update.update_id)
        except StoreError as error:
            log.error("update %d: could not be marked (%s)", update.update_id, error.code)

    def _pointer(self, update: Kept) -> Reply:
        """What a group is told: where the private chat is."""
        link = f"https://t.me/{self.username}?start=group"
        language, values = _guessed(update.language_code), {"username": self.username}
        return Reply("group", language, values, rows=((Choice("open_private", link),),))

    async def _language(self, update: Kept) -> Language:
        """The language of a chat, as far as it is known."""
        try:
            saved = await self._store.load(update.chat) or {}
        except StoreError:
            saved = {}
        return saved.get("language") or _guessed(update.language_code)


def _apology(language: Language) -> Message:
    """What a person is told whose message could not be taken in."""
    return {"text": escape(words(language)["chat_failed"], quote=False), "rows": [], "place": "new"}


def _guessed(language_code: str | None) -> Language:
    return "fr" if (language_code or "").lower().startswith("fr") else "en"
