"""People who talk with a bot at the same time, each going on as soon as the bot replied."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from benchmarks.bot_people import Person, Step
from tests.botapi import BotApi
from tests.botapi.load import TAP
from tests.botapi.model import Payload
from tests.botapi.room import typed


class Chat(NamedTuple):
    """A person in a chat of that number. `counts`: whether the waits in it are looked at."""

    number: int
    person: Person
    counts: bool = True


@dataclass(slots=True)
class _Run:
    """A chat on its way: the steps to come and the chats after it, how many replies are due, since when."""

    chat: Chat
    steps: Iterator[Step]
    after: Iterator[Chat]
    due: int = 0
    since: float = 0.0
    message: Payload = field(default_factory=dict)


class Talks:
    """Chats with the bot of one server, made with keep=False. An echo has no buttons: people only type to it."""

    def __init__(self, api: BotApi, *, echo: bool) -> None:
        self._api, self._echo = api, echo
        self._runs: dict[int, _Run] = {}
        self._waits: list[float] = []
        self._over = asyncio.Event()

    async def play(self, chains: Iterable[Iterable[Chat]]) -> list[float]:
        """All chains at the same time, in each one chat after another. The seconds of every wait for a reply."""
        self._api.state.on_message.append(self._replied)
        try:
            for chain in chains:
                self._begin(iter(chain))
            await self._over.wait()
        finally:
            self._api.state.on_message.remove(self._replied)
        return self._waits

    def _begin(self, chain: Iterator[Chat]) -> None:
        chat = next(chain, None)
        if chat is not None:
            steps = chat.person.typed() if self._echo else chat.person.steps
            run = self._runs[chat.number] = _Run(chat, iter(steps), chain)
            self._step(run)
        elif not self._runs:
            self._over.set()

    def _step(self, run: _Run) -> None:
        step = next(run.steps, None)
        if step is None:
            del self._runs[run.chat.number]
            self._begin(run.after)
            return
        run.due = step.messages
        run.since = time.perf_counter()
        self._do(run, step.does)

    def _do(self, run: _Run, does: str) -> None:
        state, chat = self._api.state, run.chat.number
        person = {"id": chat, "is_bot": False, "first_name": "A", "language_code": run.chat.person.language}
        if does.startswith(TAP):
            query = state.new_query(lambda _: None)
            tap = {"id": query.id, "from": person, "message": run.message, "chat_instance": "1"}
            self._api.polling.add("callback_query", f"tap{chat}", {**tap, "data": does.removeprefix(TAP)})
            return
        about = {"id": chat, "type": "private", "first_name": "A"}
        message = {"message_id": state.next_message_id(), "from": person, "chat": about, "date": state.date()}
        self._api.polling.add("message", f"chat{chat}", {**message, **typed(does)})

    def _replied(self, chat: int, payload: Payload) -> None:
        run = self._runs.get(chat)
        if run is None:
            return
        run.message = payload
        run.due -= 1
        if run.due == 0:
            if run.chat.counts:
                self._waits.append(time.perf_counter() - run.since)
            self._step(run)
