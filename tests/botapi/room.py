"""A chat with the bot in it, seen from the outside: what came, what can be tapped, what is told to the bot."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.botapi.feed import Feed, NothingCameError
from tests.botapi.model import Answer, Button, Chat, Message, Payload, Shown
from tests.botapi.text import found_entities

if TYPE_CHECKING:
    from tests.botapi.people import User
    from tests.botapi.server import BotApi

# How long a wait for the bot may take before the test fails with an explanation; seconds of real time.
PATIENCE = 30.0


@dataclass(slots=True, eq=False)
class Tap:
    """A tap on a button, and the answer that the bot gives it."""

    query_id: str
    data: str
    message_id: int
    answer: Answer | None = None
    _answered: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self, answer: Answer) -> None:
        """The bot answered."""
        self.answer = answer
        self._answered.set()

    async def answered(self, limit: float = PATIENCE) -> Answer:
        """The bot's answer to this tap. Raises NothingCameError after `limit` seconds of real time."""
        try:
            await asyncio.wait_for(self._answered.wait(), limit)
        except TimeoutError:
            raise NothingCameError(f"the tap on {self.data!r} was not answered in {limit:g} s") from None
        assert self.answer is not None
        return self.answer


class Room:
    """A chat with the bot in it, seen from the outside."""

    def __init__(self, api: BotApi, chat: Chat, name: str) -> None:
        self.api = api
        self.chat = chat
        self.seen: Feed[Shown] = Feed(name, self._explain)
        self.answers: list[Answer] = []
        api.state.chats[chat.id] = chat
        chat.watchers.append(self.seen.add)

    @property
    def inbox(self) -> list[Message]:
        """The bot's messages that stand in the chat, oldest first."""
        return [message for message in self.chat.messages.values() if message.by_bot and not message.deleted]

    @property
    def last(self) -> Message:
        """The bot's newest message. Raises LookupError where there is none."""
        if not self.inbox:
            raise LookupError("the bot said nothing in this chat yet")
        return self.inbox[-1]

    async def next(self, limit: float = PATIENCE) -> Shown:
        """The next message that the bot sends or edits and that was not read yet. Raises NothingCameError."""
        return await self.seen.next(limit)

    async def wait(self, n: int = 1, limit: float = PATIENCE) -> list[Shown]:
        """The next `n` messages that the bot sends or edits. Raises NothingCameError."""
        return [await self.seen.next(limit) for _ in range(n)]

    def skip(self) -> None:
        """Take all that came so far as read."""
        self.seen.skip()

    def find(self, button: str | Button, on: Message | Shown | None = None) -> Button:
        """The button by what it says or by its data: on that message, or on the newest that has it.

        Raises LookupError naming the buttons there are.
        """
        if isinstance(button, Button):
            return button
        if on is not None:
            return on.button(button)
        for message in reversed(self.inbox):
            for found in message.buttons:
                if button in (found.text, found.data):
                    return found
        labels = [message.labels for message in self.inbox if message.labels]
        raise LookupError(f"no button {button!r} in the chat; the messages have {labels}")

    def _explain(self) -> str:
        said = [f"{shown.message_id}: {shown.text[:80]!r}" for shown in self.seen.items[-3:]]
        return f"{self.api.explain()}; last seen in this chat: {said}"

    def _tap(self, user: User, button: Button) -> Tap:
        if button.data is None:
            raise LookupError(f"the button {button.text!r} opens {button.url}, it tells the bot nothing")
        state = self.api.state
        tap = Tap("", button.data, button.message_id)
        query = state.new_query(lambda answer: _answered(tap, [self, user], answer))
        tap.query_id = query.id
        message = self.chat.messages.get(button.message_id)
        gone: Payload = {"chat": self.chat.payload, "message_id": button.message_id, "date": 0}
        content = {
            "id": query.id,
            "from": user.payload,
            "message": message.payload if message and not message.deleted else gone,
            "chat_instance": str(self.chat.id * 7919),
            "data": button.data,
        }
        self.api.polling.add("callback_query", f"tap{user.id}", content)
        return tap

    def _say(self, user: User, content: Payload, reply_to: Message | Shown | None, *, told: bool) -> Message:
        state = self.api.state
        number = state.next_message_id()
        payload = {
            "message_id": number,
            "from": user.payload,
            "chat": self.chat.payload,
            "date": state.date(),
            **self._reply_to(reply_to),
            **content,
        }
        message = Message(number, self.chat, False, payload)
        state.add(message)
        if told:
            self.api.polling.add("message", f"chat{self.chat.id}", payload)
        return message

    def _reply_to(self, message: Message | Shown | None) -> Payload:
        if message is None:
            return {}
        number = message.id if isinstance(message, Message) else message.message_id
        found = self.chat.messages[number].payload
        return {"reply_to_message": {key: value for key, value in found.items() if key != "reply_to_message"}}

    def _edit(self, message: Message, text: str, *, told: bool) -> None:
        message.payload = {**message.payload, **typed(text), "edit_date": self.api.state.date()}
        if told:
            self.api.polling.add("edited_message", f"chat{self.chat.id}", message.payload)

    def _member(self, user: User, old: str, new: str) -> None:
        bot = self.api.state.bot()
        content = {
            "chat": self.chat.payload,
            "from": user.payload,
            "date": self.api.state.date(),
            "old_chat_member": _standing(old, bot),
            "new_chat_member": _standing(new, bot),
        }
        self.api.polling.add("my_chat_member", f"member{user.id}", content)


def typed(text: str) -> Payload:
    """What a person typed, as it stands in a message."""
    entities = found_entities(text)
    return {"text": text, "entities": entities} if entities else {"text": text}


def _standing(status: str, bot: Payload) -> dict[str, Any]:
    found: dict[str, Any] = {"status": status, "user": bot}
    return {**found, "until_date": 0} if status == "kicked" else found


def _answered(tap: Tap, rooms: list[Room], answer: Answer) -> None:
    tap.take(answer)
    for room in dict.fromkeys(rooms):
        room.answers.append(answer)
