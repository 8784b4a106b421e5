"""One turn, the same for every channel: load, step, put into words, save, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from secrets import token_hex
from typing import Any, Protocol

from bot.store import Outbound, Saved, Store, Turned
from conversations.context import Context
from conversations.events import Event
from conversations.machine import step
from conversations.replies import Reply
from conversations.session import Session


class Wording(Protocol):
    """What puts a reply into words (`bot.wording.Wording`)."""

    def say(self, reply: Reply) -> list[dict[str, Any]]:
        """The messages that a reply comes to."""


class Assistant:
    """Answers one event of one chat at a time."""

    def __init__(self, store: Store, wording: Wording, today: Callable[[], date], context: Context) -> None:
        """Take the parts. `today` gives the day of each turn; `context` holds what no turn changes."""
        self.store, self.wording, self.today, self.context = store, wording, today, context

    async def turn(
        self, chat: str, event: Event, *, update_id: int | None = None, message_id: int | None = None
    ) -> list[Outbound] | None:
        """One turn of a chat. Returns what to send now, or None where the update was handled before.

        `message_id`: the message whose button was tapped; what takes its place carries that number. What is returned
        is kept in the store until the channel says that it went out. Raises what the store raises.
        """

        def handle(saved: Saved | None) -> Turned:
            session = Session() if saved is None else Session.from_json(saved)
            after, replies = step(session, event, replace(self.context, today=self.today(), mark=token_hex(4)))
            outgoing = [
                {
                    **message,
                    "message_id": message_id if message["place"] == "edit" else None,
                    "typed": "number" if reply.numbers else None,
                }
                for reply in replies
                for message in self.wording.say(_of_chat(reply, chat))
            ]
            return Turned(None if after.forgotten else after.as_json(), outgoing)

        return await self.store.turn(chat, update_id, handle)


def _of_chat(reply: Reply, chat: str) -> Reply:
    """An export says under which number the chat is kept: the conversation itself does not know it."""
    if reply.attach != "export":
        return reply
    return replace(reply, values={**reply.values, "export": {"chat": chat, **reply.values["export"]}})
