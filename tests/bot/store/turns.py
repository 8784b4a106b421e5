"""What the tests of the store say in place of a conversation."""

from __future__ import annotations

from typing import Any

from bot.store import Handle, Inbound, Outbound, Saved, Turned


def inbound(number: int, chat: str = "tg:1", text: str = "hello") -> Inbound:
    return Inbound(number, chat, f'{{"update_id": {number}, "text": "{text}"}}')


def message(text: str) -> dict[str, Any]:
    return {"text": text, "rows": [], "place": "new", "message_id": None, "file": None}


def keep(saved: Saved | None, *texts: str) -> Handle:
    """A turn that keeps this (None: removes the chat) and sends these."""
    return lambda _: Turned(saved, [message(text) for text in texts])


def count(saved: Saved | None) -> Turned:
    """A turn that counts itself, and says how far it has come."""
    number = (saved or {"count": 0})["count"] + 1
    return Turned({"count": number}, [message(str(number))])


def fail(_: Saved | None) -> Turned:
    raise LookupError("this turn fails")


def texts(messages: list[Outbound] | None) -> list[str]:
    assert messages is not None
    return [message.message["text"] for message in messages]
