"""Who talks to the bot: a person in a private chat, and a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.botapi.files import Upload, png
from tests.botapi.html import utf16_length
from tests.botapi.model import Button, Chat, Message, Payload, Shown
from tests.botapi.profile import commands_of
from tests.botapi.room import PATIENCE, Room, Tap, typed
from tests.botapi.state import BOT_USERNAME
from tests.botapi.text import MAX_TEXT

if TYPE_CHECKING:
    from tests.botapi.server import BotApi


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
