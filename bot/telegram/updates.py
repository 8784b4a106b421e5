"""What is kept of an update: the little that a turn needs, and nothing of what is not for us."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Collection, Iterable
from typing import Any, Literal, NamedTuple

from bot.store import Inbound
from bot.telegram.logs import where
from conversations.events import Event, Said, Tapped

log = logging.getLogger(__name__)

ALLOWED = ["message", "callback_query"]
"""The kinds of updates that are asked for; what was waiting from before may be of others."""

Kind = Literal["said", "tapped", "group"]
Raw = dict[str, Any]

SENT_BY_PEOPLE = frozenset({
    "animation", "audio", "checklist", "contact", "dice", "document", "game", "live_photo", "location", "paid_media",
    "photo", "poll", "sticker", "story", "venue", "video", "video_note", "voice",
})  # fmt: skip
"""Contents other than text that a person sends and waits for an answer to; a pinned message or a new title is none."""

_COMMAND = re.compile(r"/([A-Za-z0-9_]+)(?:@([A-Za-z0-9_]+))?(?=\s|$)")


class Kept(NamedTuple):
    """What is kept of one update. `chat_id` is Telegram's number; `query` is that of a tap, to be answered."""

    update_id: int
    kind: Kind
    chat_id: int
    language_code: str | None = None
    text: str = ""
    message_id: int | None = None
    query: str | None = None
    thread: int | None = None

    @property
    def chat(self) -> str:
        """The chat as the store names it."""
        return f"tg:{self.chat_id}"

    def event(self) -> Event:
        """What the person did."""
        if self.kind == "tapped":
            return Tapped(self.text, self.language_code)
        return Said(self.text, self.language_code)

    def inbound(self) -> Inbound:
        """As it is written down."""
        said = {name: value for name, value in self._asdict().items() if value is not None and name != "update_id"}
        return Inbound(self.update_id, self.chat, json.dumps(said))


def kept_before(waiting: Inbound) -> Kept:
    """What was written down of an update."""
    return Kept(waiting.update_id, **json.loads(waiting.payload))


class Reader:
    """Reads updates for the bot of a name (without @) and number; `commands` are its own, without slash."""

    def __init__(self, username: str, bot_id: int, commands: Collection[str]) -> None:
        self._username, self._bot_id, self._commands = username.lower(), bot_id, frozenset(commands)
        self._mention = re.compile(rf"(?<!\w)@{re.escape(username)}(?!\w)", re.IGNORECASE)

    def read(self, updates: Iterable[Raw]) -> list[Kept]:
        """The updates that are for us, in order. An album is answered once, though each picture is an update."""
        kept, albums = [], set()
        for update in updates:
            album = (update.get("message") or {}).get("media_group_id")
            if album is None or album not in albums:
                albums.add(album)
                kept.append(self._readable(update))
        return [found for found in kept if found is not None]

    def _readable(self, update: Raw) -> Kept | None:
        """An update that is not as it is documented must not stop those behind it."""
        try:
            return self._one(update)
        except (AttributeError, KeyError, TypeError) as error:
            log.error("update %s passed over, it is not as documented: %s", update.get("update_id"), where(error))
            return None

    def _one(self, update: Raw) -> Kept | None:
        message, tap = update.get("message"), update.get("callback_query")
        if tap is not None:
            return _tapped(update["update_id"], tap)
        if message is None or (message.get("from") or {}).get("is_bot"):
            return None
        if message["chat"]["type"] == "private":
            return self._said(update["update_id"], message)
        return self._in_group(update["update_id"], message)

    def _said(self, update_id: int, message: Raw) -> Kept | None:
        text = message.get("text", "" if SENT_BY_PEOPLE & message.keys() else None)
        told = None if text is None else self._for_us(text)
        return None if told is None else _kept(update_id, "said", message, text=told)

    def _for_us(self, text: str) -> str | None:
        """The text, a command without the name of the bot after it; None where that is another bot's."""
        command = _COMMAND.match(text)
        if command is None or command[2] is None:
            return text
        if command[2].lower() != self._username:
            return None
        return f"/{command[1]}{text[command.end() :]}"

    def _in_group(self, update_id: int, message: Raw) -> Kept | None:
        """A message of a group that speaks to us; nothing of its text is kept."""
        if message["chat"]["type"] not in ("group", "supergroup") or not self._speaks_to_us(message):
            return None
        thread = message.get("message_thread_id") if message.get("is_topic_message") else None
        return _kept(update_id, "group", message, thread=thread)

    def _speaks_to_us(self, message: Raw) -> bool:
        text = message.get("text") or message.get("caption") or ""
        command = _COMMAND.match(text)
        if command is not None and command[2] is None and command[1].lower() in self._commands:
            return True
        entities = message.get("entities") or message.get("caption_entities") or ()
        named = any((entity.get("user") or {}).get("id") == self._bot_id for entity in entities)
        return named or self._mention.search(text) is not None or self._is_our_command(command)

    def _is_our_command(self, command: re.Match[str] | None) -> bool:
        return command is not None and command[2] is not None and command[2].lower() == self._username


def _tapped(update_id: int, tap: Raw) -> Kept | None:
    """A tap. Where Telegram shows no message any more, the chat is the person's, as in every private chat."""
    message = tap.get("message")
    chat = (message or {}).get("chat") or {"id": tap["from"]["id"], "type": "private"}
    if chat.get("type") != "private" or "data" not in tap:
        return None
    return Kept(
        update_id,
        "tapped",
        chat["id"],
        tap["from"].get("language_code"),
        tap["data"],
        (message or {}).get("message_id"),
        tap["id"],
    )


def _kept(update_id: int, kind: Kind, message: Raw, *, text: str = "", thread: int | None = None) -> Kept:
    said_by = message.get("from") or {}
    return Kept(update_id, kind, message["chat"]["id"], said_by.get("language_code"), text, thread=thread)
