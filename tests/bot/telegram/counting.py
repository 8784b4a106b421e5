"""An assistant that counts: what it was told comes back with its number in the chat, through a real store.

What it does is in the message, so that a test reads as a conversation: "edit", "file", "parts 3", "picture", "boom",
"forget". A picture is the pool, or with somebody's score where it is "mine".
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.store import Outbound, Saved, Turned
from bot.store.sqlite import SqliteStore
from conversations.events import Event, Said

ONLY_TEXT = "I read only text."

POOL = {"kind": "pool", "as_on": "2026-09-27", "bands": [[0, 1200, 10]], "total": 10, "score": None}
PICTURES: dict[str, dict[str, Any]] = {"picture": POOL, "mine": {**POOL, "score": {"low": 478, "high": 478}}}


@dataclass
class Counting:
    """Takes turns as `bot.assistant.Assistant` does, in the store's transaction."""

    store: SqliteStore

    async def turn(
        self, chat: str, event: Event, *, update_id: int | None = None, message_id: int | None = None
    ) -> list[Outbound] | None:
        return await self.store.turn(chat, update_id, lambda saved: step(saved, event, message_id))


def step(saved: Saved | None, event: Event, message_id: int | None) -> Turned:
    """One more, and what the event asked for."""
    words = event.text if isinstance(event, Said) else event.data
    if words == "boom":
        raise ValueError(words)
    if words == "forget":
        return Turned(None, [message("forgotten")])
    count = (saved or {}).get("count", 0) + 1
    language = "fr" if (event.language_code or "").startswith("fr") else "en"
    return Turned({"count": count, "language": language}, said(words, count, isinstance(event, Said), message_id))


def said(words: str, count: int, typed: bool, message_id: int | None) -> list[dict[str, Any]]:
    """The messages for what was typed or tapped."""
    text = f"{count}: {words}" if words else ONLY_TEXT
    order, _, rest = words.partition(" ")
    if order == "parts":
        return [message(f"{count}.{part}") for part in range(int(rest))]
    if order == "file":
        return [{**message(rest or text), "file": {"name": "tirage.json", "content": "{}"}}]
    if order in PICTURES:
        shown = {"spec": PICTURES[order], "language": "en"}
        return [{**message(rest or text, rows=[[["Edit", "edit"], ["Again", order]]]), "picture": shown}]
    if order == "html":
        return [message(rest)]
    rows = [[["Edit", "edit"], ["Same", "same"]]]
    if typed:
        return [message(text, rows=rows)]
    text = "the same" if order == "same" else text
    return [message(text, rows=rows, place="edit", message_id=message_id)]


def message(
    text: str, *, rows: list[list[list[str]]] | None = None, place: str = "new", message_id: int | None = None
) -> dict[str, Any]:
    """A message of the outbox."""
    return {"text": text, "rows": rows or [], "place": place, "message_id": message_id, "file": None}


@asynccontextmanager
async def counting(db: Path, patience: float = 10.0) -> AsyncIterator[Counting]:
    """A counting assistant over a file. `patience`: seconds to wait for another process that holds it."""
    async with await SqliteStore.open(db, patience=patience) as store:
        yield Counting(store)
