"""Chats, messages, buttons and taps: what the server keeps, and what people see of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.botapi.files import File
from tests.botapi.text import Formatted

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


def shown_now(message: Message, text: Formatted, html: str, file: File | None, date: float, edited: bool) -> Shown:
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
