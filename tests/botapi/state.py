"""What the server knows: chats, messages, callback queries, files, and what the bot said of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import islice

from tests.botapi.args import whole
from tests.botapi.clock import Clock
from tests.botapi.errors import ApiError, bad_request, forbidden
from tests.botapi.files import File, Files
from tests.botapi.model import Answer, Call, Chat, Message, Payload, Query, shown_now
from tests.botapi.text import Formatted

BOT_NAME = "Tirage"
BOT_USERNAME = "tirage_test_bot"


class State:
    """Everything but the updates that wait.

    `keep=False`: no chat and no message is kept, every chat may be written to, every message of the past may be edited,
    and `on_message` is told of each; memory stays flat, for benchmarks.
    """

    def __init__(self, token: str, clock: Clock, *, strict: bool, keep: bool, callback_seconds: float) -> None:
        self.token = token
        self.clock = clock
        self.strict = strict
        self.keep = keep
        self.callback_seconds = callback_seconds
        self.bot_id = int(token.split(":")[0])
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.files = Files()
        self.counts: Counter[str] = Counter()
        self.calls: list[Call] = []
        self.commands: dict[tuple[tuple[str, ...], str], list[dict[str, str]]] = {}
        self.about: dict[tuple[str, str], str] = {}
        self.menu_buttons: dict[int | None, Payload] = {}
        self.logged_out = False
        self.on_message: list[Callable[[int, Payload], None]] = []
        self.on_answer: list[Callable[[Answer], None]] = []
        self._last_message = 0
        self._last_query = 0

    def bot(self) -> Payload:
        """The bot as a user."""
        name = self.about.get(("name", ""), BOT_NAME)
        return {"id": self.bot_id, "is_bot": True, "first_name": name, "username": BOT_USERNAME}

    def date(self) -> int:
        """Now, in whole seconds."""
        return int(self.clock.now())

    def next_message_id(self) -> int:
        """Message numbers go up over all chats, as they do for one account."""
        self._last_message += 1
        return self._last_message

    def chat(self, given: str) -> Chat:
        """The chat that a call names and may write to. Raises ApiError."""
        chat = self.readable_chat(given)
        if chat.blocked and chat.kind == "private":
            raise forbidden("bot was blocked by the user")
        if chat.blocked:
            raise forbidden(f"bot was kicked from the {chat.kind} chat")
        return chat

    def readable_chat(self, given: str) -> Chat:
        """The chat that a call names. Raises ApiError."""
        if not given:
            raise bad_request("chat_id is empty")
        number = whole(given)
        chat = self.chats.get(number) if number is not None else None
        if chat is None and number is not None and not self.keep:
            return Chat(number, {"id": number, "type": "private", "first_name": "A"})
        if chat is None or not chat.known:
            raise bad_request("chat not found")
        return chat

    def message(self, chat: Chat, message_id: int, to: str) -> Message:
        """A message that stands in the chat; `to` is what the call wants with it. Raises ApiError."""
        if message_id <= 0:
            raise bad_request("message identifier is not specified")
        if not self.keep and message_id <= self._last_message:
            payload: Payload = {"message_id": message_id, "chat": chat.payload, "date": self.date()}
            return Message(message_id, chat, True, payload)
        found = chat.messages.get(message_id)
        if found is None or found.deleted:
            raise bad_request(f"message to {to} not found")
        return found

    def own_message(self, chat: Chat, message_id: int) -> Message:
        """A message of the bot's, to edit. Raises ApiError."""
        found = self.message(chat, message_id, "edit")
        if not found.by_bot:
            raise bad_request("message can't be edited")
        return found

    def add(self, message: Message) -> None:
        """A message now stands in its chat."""
        if self.keep:
            message.chat.messages[message.id] = message

    def show(self, message: Message, text: Formatted, html: str, file: File | None, *, edited: bool) -> None:
        """Everyone in the chat sees this version of a message of the bot's."""
        for tell in self.on_message:
            tell(message.chat.id, message.payload)
        if not self.keep:
            return
        shown = shown_now(message, text, html, file, self.clock.now(), edited)
        message.history.append(shown)
        for watch in message.chat.watchers:
            watch(shown)

    def new_query(self, answered: Callable[[Answer], None]) -> Query:
        """A tap is made; `answered` is told of its answer."""
        self._forget_old_queries()
        self._last_query += 1
        query = Query(str(self.bot_id * 1_000_000 + self._last_query), self.clock.now(), answered)
        self.queries[query.id] = query
        return query

    def _forget_old_queries(self) -> None:
        oldest = self.clock.now() - self.callback_seconds
        for query in list(islice(self.queries.values(), 2)):
            if query.made_at < oldest:
                del self.queries[query.id]

    def answer(self, answer: Answer) -> None:
        """The bot answers a tap: once, and in time. Raises ApiError."""
        query = self.queries.pop(answer.query_id, None)
        if query is None or self.clock.now() - query.made_at > self.callback_seconds:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        query.answered(answer)
        for tell in self.on_answer:
            tell(answer)

    def check_alive(self) -> None:
        """Raises ApiError after logOut."""
        if self.logged_out:
            raise ApiError(400, "Logged out")
