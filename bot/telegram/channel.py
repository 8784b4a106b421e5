"""The Telegram channel: updates in, turns in their lanes, answers out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple, Protocol

from telegram import Bot
from telegram.error import NetworkError

from bot.store import Outbound, Store
from bot.store.errors import StoreError
from bot.telegram.announce import Words, announce
from bot.telegram.api import Api, RefusedError
from bot.telegram.backoff import Backoff, Waits
from bot.telegram.calls import Message, calls, in_thread
from bot.telegram.gate import Gate
from bot.telegram.lanes import Lane, Lanes
from bot.telegram.logs import where
from bot.telegram.polling import LONG_POLL, Poller, patiently
from bot.telegram.sending import TRIES, Marks, Sender
from bot.telegram.transport import Transport
from bot.telegram.updates import Kept, Raw, Reader, kept_before
from bot.words import words
from conversations.events import Event
from conversations.replies import Choice, Reply
from conversations.session import Language

log = logging.getLogger(__name__)

MOST_WAITING = 5_000
"""How many updates wait in memory before no more are asked for; those that wait are written down all the same."""


class Wording(Words, Protocol):
    """What puts replies into words (`bot.wording.Wording`)."""

    def say(self, reply: Reply) -> list[Message]:
        """The messages that a reply comes to."""


class Answers(Protocol):
    """What takes the turns (`bot.assistant.Assistant`)."""

    @property
    def store(self) -> Store:
        """Where everything is kept."""

    async def turn(
        self, chat: str, event: Event, *, update_id: int | None = None, message_id: int | None = None
    ) -> list[Outbound] | None:
        """One turn: what to send now, or None where the update was handled before."""


@dataclass(frozen=True, slots=True)
class Connection:
    """Where Telegram is and how it is waited for. `server`: the root of a Bot API server, "https://api.telegram.org".

    Times in seconds: for an answer; for what is under way when the bot is stopped; and how long an answer that is late
    already holds up the others of its kind (see `Channel`). `connections` at once.
    """

    token: str
    server: str
    answer: float = 20.0
    leave: float = 8.0
    late: float = 1.0
    connections: int = 256
    waits: Waits = field(default_factory=Waits)


class Job(NamedTuple):
    """Something to do in a lane: an update to answer, a message to send. `late`: it waited before the bot started."""

    item: Kept | Outbound
    late: bool


class Channel:
    """One bot, from its first poll to its last answer.

    A process that is killed leaves messages that went out and are not marked yet: the next one sends them again. In a
    chat that is one at most, since each waits for the mark of the one before. What had waited before the start goes out
    one at a time over all chats, so that a bot that is killed again and again on its way through a long queue repeats
    one message a time, not one a chat; nor does Telegram take such a queue faster (about 30 messages a second).
    """

    def __init__(self, answers: Answers, wording: Wording, connection: Connection) -> None:
        """Take the parts; nothing is opened before `run`. `wording` says what is no turn."""
        self._answers, self._wording, self._connection = answers, wording, connection
        self._store = answers.store
        self._waits = connection.waits
        most = connection.connections
        self._talking = Transport(most=most, read=connection.answer)
        self._listening = Transport(most=2, read=LONG_POLL + connection.answer)
        base = f"{connection.server.rstrip('/')}/bot"
        self._api = Api(self._talking, base, connection.token)
        self._poller = Poller(Api(self._listening, base, connection.token), self._take, self._waits)
        self._bot = Bot(connection.token, base, request=self._talking, get_updates_request=self._listening)
        self._sender = Sender(self._api, self._waits)
        self._marks = Marks(self._store, self._waits)
        self._lanes: Lanes[Job] = Lanes(self._do, MOST_WAITING)
        self._gate = Gate(connection.late)
        self._late = 0
        self._answering: set[asyncio.Task[None]] = set()
        self._left: set[int] = set()
        self._some_left = asyncio.Event()
        self._username = ""
        self._reader: Reader

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

    # -- from start to stop

    async def _work(self) -> None:
        await self._meet()
        await self._take_up()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(announce(self._bot, self._wording))
                tasks.create_task(self._send_what_was_left())
                tasks.create_task(self._poller.run())
        except ExceptionGroup as found:
            if len(found.exceptions) == 1:
                raise found.exceptions[0] from None
            raise

    async def _meet(self) -> None:
        """Learn the bot's own name and how much waits for it; take a webhook away, not what waits for it."""
        me = await patiently(self._api, "getMe", {}, self._waits)
        hook = await patiently(self._api, "getWebhookInfo", {}, self._waits)
        if hook["url"]:
            await patiently(self._api, "deleteWebhook", {"drop_pending_updates": False}, self._waits)
            log.warning("a webhook was set for this bot, and was taken away")
        self._late = hook["pending_update_count"]
        self._username = me["username"]
        commands = [command for command, _ in self._wording.command_words("en").commands]
        self._reader = Reader(self._username, me["id"], commands)
        log.info("polling as @%s", self._username)

    async def _take_up(self) -> None:
        """What the last run left: in each chat the answers that wait, then the updates that wait."""
        unsent = [message for message in await self._store.unsent() if _ours(message.chat)]
        waiting = [update for update in await self._store.waiting() if _ours(update.chat)]
        for message in unsent:
            self._lanes.put(message.chat, Job(message, late=True))
        for update in waiting:
            self._put(kept_before(update), late=True)
        if unsent or waiting:
            log.info("taken up: %d messages to send, %d updates to handle", len(unsent), len(waiting))

    async def _leave(self) -> None:
        finished = await self._lanes.finish(self._connection.leave)
        for task in self._answering:
            task.cancel()
        await asyncio.gather(*self._answering, return_exceptions=True)
        marked = await self._marks.finish(self._connection.leave)
        log.info("stopped%s", "" if finished and marked else "; what was not finished is taken up at the next start")

    # -- updates in

    async def _take(self, updates: list[Raw]) -> None:
        """Write a batch down, then put what is new in it into its lanes; wait where there is no room for more."""
        kept = self._reader.read(updates)
        if kept:
            new = set(await self._received(kept))
            for update in kept:
                if update.update_id in new:
                    self._put(update, late=self._late > 0)
        self._late -= len(updates)
        await self._lanes.room()

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
            task = asyncio.create_task(self._answer_tap(update.update_id, update.query))
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)
        self._lanes.put(update.chat, Job(update, late))

    async def _answer_tap(self, update_id: int, query: str) -> None:
        """Let the button go at once. It may be too late for that, which is no harm: the turn answers all the same."""
        try:
            await self._api.call("answerCallbackQuery", {"callback_query_id": query})
        except (NetworkError, RefusedError) as error:
            why = error.reason if isinstance(error, RefusedError) else type(error).__name__
            log.info("update %d: the tap was not answered (%s)", update_id, why)

    # -- turns, in their lanes

    async def _do(self, lane: Lane[Job], job: Job) -> None:
        item, late = job
        if isinstance(item, Outbound):
            await self._send(lane, item, late)
        elif item.kind == "group":
            async with self._way(late):
                await self._say(item, self._wording.say(self._pointer(item)))
        else:
            for message in await self._turn(item):
                await self._send(lane, message, late)

    def _way(self, late: bool) -> AbstractAsyncContextManager[None]:
        """How a message goes out: at once, or one at a time where it is late already."""
        return self._gate.one() if late else nullcontext()

    async def _turn(self, update: Kept) -> Sequence[Outbound]:
        """One turn, whatever becomes of it: what is to be sent for it now."""
        backoff = Backoff(self._waits)
        while True:
            try:
                return (
                    await self._answers.turn(
                        update.chat, update.event(), update_id=update.update_id, message_id=update.message_id
                    )
                    or ()
                )
            except StoreError as error:
                log.error("update %d: the turn could not be kept (%s)", update.update_id, error.code)
                if backoff.tries + 1 >= TRIES:
                    return ()  # it is written down, and taken up at the next start
                await backoff.wait()
            except Exception as error:
                log.error("update %d: the turn failed, and would again: %s", update.update_id, where(error))
                await self._say(update, [_apology(await self._language(update))])
                return ()

    async def _send(self, lane: Lane[Job], message: Outbound, late: bool) -> None:
        """Send one message, once the one before is marked."""
        await lane.settle()
        async with self._way(late):
            if await self._sender.send(message):
                lane.unsettled = self._marks.add(message.id)
                if late:
                    await lane.settle()
            else:
                self._left.add(message.id)
                self._some_left.set()

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
        link = f"https://t.me/{self._username}?start=group"
        language, values = _guessed(update.language_code), {"username": self._username}
        return Reply("group", language, values, rows=((Choice("open_private", link),),))

    async def _language(self, update: Kept) -> Language:
        """The language of a chat, as far as it is known."""
        try:
            saved = await self._store.load(update.chat) or {}
        except StoreError:
            saved = {}
        return saved.get("language") or _guessed(update.language_code)

    # -- what could not be sent

    async def _send_what_was_left(self) -> None:
        """Now and then, try again what could not be sent, where it still waits."""
        while True:
            await self._some_left.wait()
            await self._waits.pause(self._waits.round)
            self._some_left.clear()
            left, self._left = self._left, set()
            try:
                unsent = await self._store.unsent()
            except StoreError as error:
                log.error("what was left could not be read: %s", error.code)
                self._left |= left
                self._some_left.set()
                continue
            for message in unsent:
                if message.id in left:
                    self._lanes.put(message.chat, Job(message, late=True))


def _ours(chat: str) -> bool:
    return chat.startswith("tg:")


def _apology(language: Language) -> Message:
    """What a person is told whose message could not be taken in."""
    return {"text": escape(words(language)["chat_failed"], quote=False), "rows": [], "place": "new"}


def _guessed(language_code: str | None) -> Language:
    return "fr" if (language_code or "").lower().startswith("fr") else "en"
