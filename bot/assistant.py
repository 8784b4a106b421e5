"""One turn, the same for every channel: load, step, put into words, save, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from secrets import token_hex
from types import MappingProxyType
from typing import Any, Protocol

from bot.store import Outbound, Saved, Store, Turned
from conversations.context import Context
from conversations.events import Event
from conversations.machine import step
from conversations.replies import Reply
from conversations.session import Session
from scoring.draws import History


class Wording(Protocol):
    """What puts a reply into words (`bot.wording.Wording`)."""

    def say(self, reply: Reply) -> list[dict[str, Any]]:
        """The messages that a reply comes to."""


class Assistant:
    """Answers one event of one chat at a time."""

    def __init__(
        self,
        store: Store,
        wording: Wording,
        today: Callable[[], date],
        context: Context,
        clock: Callable[[], datetime | None] = lambda: None,
    ) -> None:
        """Take the parts. `today` gives the day of a turn, `clock` its moment; `context` holds what no turn changes."""
        self.store, self.wording, self.today, self.context, self.clock = store, wording, today, context, clock

    def learn(self, history: History) -> None:
        """Take the rounds that are known from here on."""
        self.context = replace(self.context, history=history)

    def now(self) -> Context:
        """What a turn that began now would know."""
        return replace(self.context, today=self.today(), now=self.clock())

    async def turn(
        self, chat: str, event: Event, *, update_id: int | None = None, message_id: int | None = None
    ) -> list[Outbound] | None:
        """One turn of a chat. Returns what to send now, or None where the update was handled before.

        `message_id`: the message whose button was tapped; what takes its place carries that number. What is returned
        is kept in the store until the channel says that it went out. Raises what the store raises.
        """

        def handle(saved: Saved | None) -> Turned:
            session = Session() if saved is None else Session.from_json(saved)
            context = replace(self.context, today=self.today(), now=self.clock(), mark=token_hex(4))
            after, replies = step(session, event, context)

            def say(kept: Mapping[str, Any] = NOTHING) -> list[dict[str, Any]]:
                told = (_of_chat(reply, chat, kept) for reply in replies)
                return [_placed(message, reply, message_id) for reply in told for message in self.wording.say(reply)]

            exports = any(reply.attach == "export" for reply in replies)
            return Turned(
                None if after.forgotten else after.as_json(),
                () if exports else say(),
                subscription=after.alerts if after.alerts != session.alerts else None,
                changed=after.answers is not session.answers,
                finish=say if exports else None,
            )

        return await self.store.turn(chat, update_id, handle)


NOTHING: Mapping[str, Any] = MappingProxyType({})


def _placed(message: dict[str, Any], reply: Reply, message_id: int | None) -> dict[str, Any]:
    """A message with what its channel needs to put it where it belongs."""
    replaces = message_id if message["place"] == "edit" else None
    return {**message, "message_id": replaces, "typed": "number" if reply.numbers else None}


def _of_chat(reply: Reply, chat: str, kept: Mapping[str, Any]) -> Reply:
    """An export also says what the conversation itself does not know: the number of the chat, and what it was told."""
    if reply.attach != "export":
        return reply
    return replace(reply, values={**reply.values, "export": {"chat": chat, **reply.values["export"], **kept}})
