"""Many chats at once, for benchmarks: each goes through the same steps, the next one as soon as the bot replied."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.botapi.model import Payload
from tests.botapi.room import typed

if TYPE_CHECKING:
    from tests.botapi.server import BotApi

# A step that begins so is a tap on a button with this data, on the bot's last message.
TAP = "tap:"


@dataclass(frozen=True, slots=True)
class Played:
    """What a load took: turns, seconds of real time, and the wait of every turn in seconds, sorted."""

    turns: int
    seconds: float
    waits: Sequence[float]

    def percentile(self, share: float) -> float:
        """The wait that this share of the turns did not exceed, in seconds; `share` from 0 to 1."""
        return self.waits[min(len(self.waits) - 1, int(share * len(self.waits)))]


@dataclass(slots=True)
class _Run:
    """One chat on its way: which step, how many replies are still due, since when."""

    step: int = -1
    due: int = 0
    since: float = 0.0
    message: Payload = field(default_factory=dict)


class Load:
    """`chats` people take the `steps` (texts, or "tap:" and the data of a button), `in_flight` of them at a time.

    `replies`: how many messages the bot sends or edits at each step; one number for all steps, or one a step.
    For a server made with keep=False: nothing is kept of a chat that is through.
    """

    def __init__(
        self,
        api: BotApi,
        chats: int,
        steps: Sequence[str],
        *,
        in_flight: int = 1,
        replies: int | Sequence[int] = 1,
        first: int = 1_000_000,
        language_code: str = "en",
    ) -> None:
        if api.state.keep:
            raise ValueError("a load is for a server made with keep=False, where every chat may be written to")
        self._api = api
        self._steps = list(steps)
        self._replies = [replies] * len(steps) if isinstance(replies, int) else list(replies)
        if not self._steps or len(self._replies) != len(self._steps) or min(self._replies) < 1:
            raise ValueError("a load needs steps, and at least one reply to each")
        self._ids = iter(range(first, first + chats))
        self._left = chats
        self._in_flight = in_flight
        self._language = language_code
        self._runs: dict[int, _Run] = {}
        self._waits: list[float] = []
        self._over = asyncio.Event()

    async def play(self, limit: float = 600.0) -> Played:
        """Run it. Raises TimeoutError after `limit` seconds of real time."""
        self._api.state.on_message.append(self._replied)
        began = time.perf_counter()
        try:
            for _ in range(self._in_flight):
                self._begin()
            await asyncio.wait_for(self._over.wait(), limit)
        finally:
            self._api.state.on_message.remove(self._replied)
        return Played(len(self._waits), time.perf_counter() - began, sorted(self._waits))

    def _begin(self) -> None:
        chat = next(self._ids, None)
        if chat is not None:
            self._runs[chat] = _Run()
            self._step(chat, self._runs[chat])

    def _step(self, chat: int, run: _Run) -> None:
        run.step += 1
        if run.step == len(self._steps):
            del self._runs[chat]
            self._left -= 1
            if self._left == 0:
                self._over.set()
            self._begin()
            return
        run.due = self._replies[run.step]
        run.since = time.perf_counter()
        self._do(chat, run, self._steps[run.step])

    def _do(self, chat: int, run: _Run, step: str) -> None:
        state = self._api.state
        person = {"id": chat, "is_bot": False, "first_name": "A", "language_code": self._language}
        if step.startswith(TAP):
            query = state.new_query(lambda _: None)
            tap = {"id": query.id, "from": person, "message": run.message, "chat_instance": "1"}
            data = step.removeprefix(TAP)
            self._api.polling.add("callback_query", f"tap{chat}", {**tap, "data": data})
            return
        about = {"id": chat, "type": "private", "first_name": "A"}
        message = {"message_id": state.next_message_id(), "from": person, "chat": about, "date": state.date()}
        self._api.polling.add("message", f"chat{chat}", {**message, **typed(step)})

    def _replied(self, chat: int, payload: Payload) -> None:
        run = self._runs.get(chat)
        if run is None:
            return
        run.message = payload
        run.due -= 1
        if run.due == 0:
            self._waits.append(time.perf_counter() - run.since)
            self._step(chat, run)
