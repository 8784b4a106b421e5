"""Who talks to the bot: a person in a private chat, and a group."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.botapi.feed import Feed, NothingCameError
from tests.botapi.files import Upload, png
from tests.botapi.html import utf16_length
from tests.botapi.profile import commands_of
from tests.botapi.state import BOT_USERNAME, Answer, Button, Chat, Message, Payload, Shown
from tests.botapi.text import MAX_TEXT, found_entities

if TYPE_CHECKING:
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


class User(Room):
    """A person in a private chat with the bot."""

    def __init__(
        self,
        api: BotApi,
        number: int,
        first_name: str,
        language_code: str | None,
        username: str | None,
        *,
        known: bool,
    ) -> None:
        self.id = number
        self.language_code = language_code
        names = {"first_name": first_name, **({"username": username} if username else {})}
        self.payload: Payload = {"id": number, "is_bot": False, **names}
        if language_code:
            self.payload["language_code"] = language_code
        chat = Chat(number, {"id": number, "type": "private", **names}, known=known or not api.state.keep)
        super().__init__(api, chat, f"user {number}")

    async def send(self, text: str, *, reply_to: Message | Shown | None = None) -> Message:
        """Type a message. A text over 4096 goes as several, as Telegram's apps send it; the last is returned."""
        return [self._write(typed(piece), reply_to) for piece in pieces(text)][-1]

    async def start(self, payload: str = "") -> Message:
        """Open the chat, by a deep link with its payload or without."""
        return await self.send(f"/start {payload}".rstrip())

    async def ask(self, text: str, limit: float = PATIENCE) -> Shown:
        """Type a message, and read the next one of the bot's. Raises NothingCameError."""
        self.skip()
        await self.send(text)
        return await self.next(limit)

    async def tap(self, button: str | Button, *, on: Message | Shown | None = None) -> Tap:
        """Tap a button: by what it says or by its data, on that message (also an old version of it, or one that is
        gone) or on the newest that has it. Raises LookupError where there is none.
        """
        self._check_open()
        return self._tap(self, self.find(button, on))

    async def edit(self, message: Message, text: str) -> None:
        """Change a message that this person typed."""
        self._edit(message, text, told=True)

    async def send_photo(self, data: bytes | None = None, *, caption: str = "") -> Message:
        """Send a picture."""
        photo = self.api.state.files.keep("photo", Upload("photo.jpg", data or png(), "image/jpeg"))
        return self._write({"photo": self.api.state.files.sizes(photo), **_captioned(caption)})

    async def send_document(self, name: str, data: bytes, *, mime: str = "text/plain", caption: str = "") -> Message:
        """Send a file."""
        file = self.api.state.files.keep("document", Upload(name, data, mime))
        about = {**file.payload(), "file_name": name, "mime_type": mime}
        return self._write({"document": about, **_captioned(caption)})

    async def send_sticker(self, emoji: str = "👍") -> Message:
        """Send a sticker."""
        file = self.api.state.files.keep("sticker", Upload("sticker.webp", b"RIFF", "image/webp"))
        shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._write({"sticker": {**file.payload(), **shape, "emoji": emoji}})

    async def send_voice(self, data: bytes = b"OggS", *, duration: int = 3) -> Message:
        """Send a spoken message; `duration` in seconds."""
        file = self.api.state.files.keep("voice", Upload("voice.ogg", data, "audio/ogg"))
        return self._write({"voice": {**file.payload(), "duration": duration, "mime_type": "audio/ogg"}})

    async def send_contact(self, phone_number: str = "+15550100", first_name: str = "Sam") -> Message:
        """Send a contact."""
        return self._write({"contact": {"phone_number": phone_number, "first_name": first_name}})

    async def send_location(self, latitude: float = 45.42, longitude: float = -75.69) -> Message:
        """Send a place, in degrees."""
        return self._write({"location": {"latitude": latitude, "longitude": longitude}})

    async def block(self) -> None:
        """Stop the bot: it may write no more, and is told."""
        self.chat.blocked = True
        self._member(self, "member", "kicked")

    async def unblock(self) -> None:
        """Let the bot write again; it is told."""
        self.chat.blocked = False
        self._member(self, "kicked", "member")

    @property
    def commands(self) -> list[dict[str, str]]:
        """The commands that the app shows this person in this chat."""
        return commands_of(self.api.state, self.chat.id, "private", self.language_code or "")

    def _check_open(self) -> None:
        if self.chat.blocked:
            raise RuntimeError("this person blocked the bot: unblock first, as the app would ask")

    def _write(self, content: Payload, reply_to: Message | Shown | None = None) -> Message:
        self._check_open()
        self.chat.known = True
        return self._say(self, content, reply_to, told=True)


class Group(Room):
    """A group that the bot is in."""

    def __init__(self, api: BotApi, number: int, title: str, kind: str, *, privacy: bool) -> None:
        if number >= 0:
            raise ValueError("the number of a group is below zero")
        self.privacy = privacy
        super().__init__(api, Chat(number, {"id": number, "type": kind, "title": title}), f"group {number}")

    async def send(self, user: User, text: str, *, reply_to: Message | Shown | None = None) -> Message:
        """Someone types a message. The bot is told of commands for it, of mentions and of replies to it, no more."""
        return self._say(user, typed(text), reply_to, told=not self.privacy or self._meant(text, reply_to))

    async def tap(self, user: User, button: str | Button, *, on: Message | Shown | None = None) -> Tap:
        """Someone taps a button. Raises LookupError where there is none."""
        return self._tap(user, self.find(button, on))

    async def add_bot(self, user: User) -> None:
        """Someone takes the bot in; it is told."""
        self.chat.blocked = False
        self._member(user, "left", "member")

    async def remove_bot(self, user: User) -> None:
        """Someone puts the bot out; it is told."""
        self.chat.blocked = True
        self._member(user, "member", "kicked")

    def _meant(self, text: str, reply_to: Message | Shown | None) -> bool:
        if text.startswith("/"):
            command = text.split()[0]
            return "@" not in command or command.lower().endswith(f"@{BOT_USERNAME}")
        mentioned = f"@{BOT_USERNAME}" in text.lower()
        return mentioned or isinstance(reply_to, Shown) or (reply_to is not None and reply_to.by_bot)


def typed(text: str) -> Payload:
    """What a person typed, as it stands in a message."""
    entities = found_entities(text)
    return {"text": text, "entities": entities} if entities else {"text": text}


def pieces(text: str) -> list[str]:
    """The messages that Telegram's apps make of a long text."""
    if not text.strip():
        raise ValueError("an app sends no empty message")
    found, room = [""], MAX_TEXT
    for character in text if utf16_length(text) > MAX_TEXT else [text]:
        length = utf16_length(character)
        if length > room:
            found.append("")
            room = MAX_TEXT
        found[-1] += character
        room -= length
    return found


def _captioned(caption: str) -> Payload:
    return {"caption": caption} if caption else {}


def _standing(status: str, bot: Payload) -> dict[str, Any]:
    found: dict[str, Any] = {"status": status, "user": bot}
    return {**found, "until_date": 0} if status == "kicked" else found


def _answered(tap: Tap, rooms: list[Room], answer: Answer) -> None:
    tap.take(answer)
    for room in dict.fromkeys(rooms):
        room.answers.append(answer)
