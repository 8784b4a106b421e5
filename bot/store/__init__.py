"""What is kept, and the promise that a message is handled once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from bot.store.draws import Rounds
from bot.store.notices import Alerts
from bot.store.sent import SentPictures
from bot.store.titles import ImportedTitles

Saved = dict[str, Any]
"""A session as plain JSON data."""


class Inbound(NamedTuple):
    """One update as it came: Telegram's number for it, the chat, and its JSON text."""

    update_id: int
    chat: str
    payload: str


class Outbound(NamedTuple):
    """One message that waits to be sent: its number in the store, the chat, and what to send as JSON data."""

    id: int
    chat: str
    message: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Turned:
    """What one turn leaves: the session to keep (None: remove everything about the chat), and what to send.

    Everything: the session, what waits to be sent, and what waits for an answer. Of updates that were handled the bare
    numbers stay. A message that came after the one that removed is no longer in the inbox; whoever holds it can still
    give it its turn, and it begins the chat anew. `subscription`: what the chat wants to be told, where that changed.
    `changed`: whether the answers did, so that what they are worth is worked out again. `finish`: makes the messages in
    place of `outgoing` once it is given what else is kept about the chat (`worth`, `notices`).
    """

    saved: Saved | None
    outgoing: Sequence[dict[str, Any]] = field(default_factory=tuple)
    subscription: Mapping[str, Any] | None = None
    changed: bool = False
    finish: Callable[[dict[str, Any]], Sequence[dict[str, Any]]] | None = None


Handle = Callable[[Saved | None], Turned]
"""One pure turn: the session as it was kept (None: a new chat) to what is kept and sent. All data is plain JSON.

It runs inside the transaction, in whatever thread the store writes in, and others wait for it: no file, no network.
"""


class Store(Alerts, ImportedTitles, Rounds, SentPictures, Protocol):
    """What every store does; one suite of tests runs over all of them.

    Every method raises `bot.store.errors.StoreError` where the store cannot be read or written, or was closed.
    """

    async def receive(self, updates: Sequence[Inbound]) -> list[int]:
        """Write updates down, all in one transaction, before they are acknowledged.

        Returns the numbers that were new, in order; one that waits already or was handled is not.
        """

    async def waiting(self) -> list[Inbound]:
        """Updates that were written down and not yet handled, oldest first (read at start)."""

    async def turn(self, chat: str, update_id: int | None, handle: Handle) -> list[Outbound] | None:
        """One turn in one transaction: load the session, call `handle`, keep what it returns, mark the update handled.

        Returns what is to be sent now, or None where the update was handled before. When `handle` raises, nothing is
        kept and the error is raised here; the update stays waiting. Turns run in the order in which they are asked for.
        A number that never went through `receive` is remembered too; None is no number, and never refused.
        """

    async def drop(self, update_id: int) -> None:
        """Mark an update handled without a turn (nothing in it for us, or a turn that failed for good).

        Its number need not be known, and may have been handled before.
        """

    async def sent(self, ids: Sequence[int]) -> None:
        """These messages went out (or never will): forget them."""

    async def unsent(self) -> list[Outbound]:
        """Messages that were committed and not marked sent, oldest first (read at start)."""

    async def load(self, chat: str) -> Saved | None:
        """The session of a chat, read only."""

    async def everything(self, chat: str) -> dict[str, Any]:
        """All that is kept about a chat, as JSON data: chat, updated_on, session, inbox, outbox."""

    async def chats(self) -> int:
        """How many chats are kept."""

    async def close(self) -> None:
        """Finish what is under way, then close. Closing again does nothing."""
