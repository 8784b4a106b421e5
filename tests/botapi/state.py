"""What the server knows: chats, messages, callback queries, files, and what the bot said of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from tests.botapi.args import whole
from tests.botapi.clock import Clock
from tests.botapi.errors import ApiError, bad_request, forbidden
from tests.botapi.files import File, Files
from tests.botapi.text import Formatted

BOT_NAME = "Tirage"
BOT_USERNAME = "tirage_test_bot"

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Button:
    """A button as a person sees it, and the message it hangs on."""

    text: str
    data: str | None
    url: str | None
    chat_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as a person sees it at one moment.

    `text`: without tags (the caption, where there is a file); `html`: what the bot sent; `dropped`: entities over the
    hundred that Telegram does not show.
    """

    chat_id: int
    message_id: int
    edited: bool
    text: str
    html: str
    entities: list[dict[str, Any]]
    rows: tuple[tuple[Button, ...], ...]
    keyboard: dict[str, Any] | None
    kind: str
    file: File | None
    dropped: int
    date: float

    @property
    def buttons(self) -> list[Button]:
        """All buttons, row after row."""
        return [button for row in self.rows for button in row]

    @property
    def labels(self) -> list[str]:
        """What the buttons say."""
        return [button.text for button in self.buttons]

    def button(self, wanted: str) -> Button:
        """The button that says this, or carries it as its data. Raises LookupError naming those there are."""
        for found in self.buttons:
            if wanted in (found.text, found.data):
                return found
        raise LookupError(f"no button {wanted!r} on message {self.message_id}; there are {self.labels}")


@dataclass(slots=True, eq=False)
class Message:
    """A message in a chat, its versions (`history`, the last one is what stands there), and its JSON."""

    id: int
    chat: Chat
    by_bot: bool
    payload: Payload
    history: list[Shown] = field(default_factory=list)
    deleted: bool = False

    @property
    def now(self) -> Shown:
        """What stands in the chat."""
        return self.history[-1]

    @property
    def text(self) -> str:
        """The text, or the caption, without tags."""
        return self.now.text

    @property
    def html(self) -> str:
        """The text, or the caption, as the bot sent it."""
        return self.now.html

    @property
    def rows(self) -> tuple[tuple[Button, ...], ...]:
        """The keyboard."""
        return self.now.rows

    @property
    def buttons(self) -> list[Button]:
        """All buttons, row after row."""
        return self.now.buttons

    @property
    def labels(self) -> list[str]:
        """What the buttons say."""
        return self.now.labels

    def button(self, wanted: str) -> Button:
        """The button that says this, or carries it as its data. Raises LookupError."""
        return self.now.button(wanted)


@dataclass(slots=True, eq=False)
class Chat:
    """A chat: private, group or supergroup. `known`: the bot may write to it."""

    id: int
    payload: Payload
    known: bool = True
    blocked: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    watchers: list[Callable[[Shown], None]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """private, group or supergroup."""
        return str(self.payload["type"])


@dataclass(frozen=True, slots=True)
class Answer:
    """What answerCallbackQuery said to a tap."""

    query_id: str
    text: str
    alert: bool
    url: str


@dataclass(slots=True)
class Query:
    """A tap that waits for its answer."""

    id: str
    made_at: float
    answered: Callable[[Answer], None]


@dataclass(frozen=True, slots=True)
class Call:
    """One call that the server got."""

    method: str
    params: dict[str, Any]


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
        shown = _shown(message, text, html, file, self.clock.now(), edited)
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


def _shown(message: Message, text: Formatted, html: str, file: File | None, date: float, edited: bool) -> Shown:
    keyboard = message.payload.get("reply_markup")
    inline = keyboard.get("inline_keyboard", []) if keyboard else []
    chat_id, number = message.chat.id, message.id
    rows = tuple(
        tuple(Button(one["text"], one.get("callback_data"), one.get("url"), chat_id, number) for one in row)
        for row in inline
    )
    kind = next((kind for kind in ("photo", "document") if kind in message.payload), "text")
    return Shown(
        chat_id, number, edited, text.text, html, text.entities, rows, keyboard, kind, file, text.dropped, date
    )
