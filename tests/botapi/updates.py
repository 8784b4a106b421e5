"""Updates that wait for the bot: their numbers, what an offset confirms, and what is never told."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from typing import Any, NamedTuple

from pydantic_core import to_json

from tests.botapi.clock import Clock

FIRST_UPDATE = 730_000_001
# An offset further ahead than this is not believed: it confirms nothing.
BELIEVED_AHEAD = 10
DAY = 86_400
# A tap that the bot did not fetch in time is not told any more.
CALLBACK_WAITS = 150

KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "message_reaction",
    "message_reaction_count",
)
# Only told to a bot that asks for them.
ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}
DEFAULT_KINDS = frozenset(KINDS) - ON_REQUEST


class Waiting(NamedTuple):
    """An update as it will be sent. `lane`: those of one lane are delivered to a webhook one after the other."""

    id: int
    kind: str
    lane: str
    body: bytes
    expires: float


class Updates:
    """The queue of one bot."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.allowed: frozenset[str] = DEFAULT_KINDS
        self.waiting: deque[Waiting] = deque()
        self._next = FIRST_UPDATE
        self._expires = float("inf")

    def allow(self, given: Any) -> None:
        """The `allowed_updates` of a call: absent keeps what was, an empty list is the default."""
        if not isinstance(given, list) or not all(isinstance(kind, str) for kind in given):
            return
        named = frozenset(kind.lower() for kind in given) & frozenset(KINDS)
        self.allowed = named or DEFAULT_KINDS

    def add(self, kind: str, lane: str, content: dict[str, Any]) -> Waiting | None:
        """One more update, or None where the bot does not want this kind."""
        if kind not in self.allowed:
            return None
        number = self._next
        self._next += 1
        life = CALLBACK_WAITS if kind == "callback_query" else DAY
        body = to_json({"update_id": number, kind: content})
        update = Waiting(number, kind, lane, body, self.clock.now() + life)
        self._expires = min(self._expires, update.expires)
        self.waiting.append(update)
        return update

    def take(self, offset: int, limit: int) -> list[Waiting]:
        """Forget what the offset confirms; the next ones, oldest first. They stay until they are confirmed."""
        self._drop_expired()
        waiting = self.waiting
        if offset < 0:
            offset += self._next
        if offset <= self._next + BELIEVED_AHEAD:
            while waiting and waiting[0].id < offset:
                waiting.popleft()
        return [waiting[index] for index in range(min(limit, len(waiting)))]

    def forget(self, update: Waiting) -> None:
        """A webhook took it."""
        with suppress(ValueError):  # dropped in the meantime
            self.waiting.remove(update)

    def clear(self) -> None:
        """drop_pending_updates."""
        self.waiting.clear()

    def _drop_expired(self) -> None:
        now = self.clock.now()
        if self._expires < now:
            self.waiting = deque(update for update in self.waiting if update.expires >= now)
            self._expires = min((update.expires for update in self.waiting), default=float("inf"))
