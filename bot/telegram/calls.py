"""A message of the outbox as calls of the Bot API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from bot.telegram.api import File
from conversations.session import Language

CAPTION = 1024
"""UTF-16 code units that may stand under a file; the text is measured with its tags, which is never less."""
NO_PREVIEW = {"is_disabled": True}
LINK = "https://"
"""A button whose data begins so opens an address instead of being a tap."""

Message = dict[str, Any]


class Picture(NamedTuple):
    """What a picture shows (`conversations.pictures`), and the language of its words."""

    spec: Mapping[str, Any]
    language: Language


@dataclass(frozen=True, slots=True)
class Call:
    """One call: `instead`, the call that does the same where this one is refused.

    `picture` is drawn when the call is made, and uploaded as its file. `optional`: what comes after this call goes out
    even where this one never will.
    """

    method: str
    params: dict[str, Any]
    file: File | None = None
    instead: Call | None = None
    picture: Picture | None = None
    optional: bool = False

    @property
    def edits(self) -> bool:
        """Whether to do it twice is to do it once."""
        return self.method == "editMessageText"


def calls(chat_id: int, message: Message) -> list[Call]:
    """The calls that a message comes to, in order. See `bot.wording.Message` for its shape."""
    content = message.get("file")
    if content is not None:
        return _with_file(chat_id, message, File("document", content["name"], content["content"].encode()))
    new = Call("sendMessage", {"chat_id": chat_id, **_text(message), **_keyboard(message)})
    replaced = message.get("message_id")
    if message["place"] != "edit" or replaced is None:
        return [new]
    return [Call("editMessageText", {**new.params, "message_id": replaced}, instead=new)]


def with_picture(chat_id: int, message: Message, file_id: str | None) -> list[Call]:
    """The calls of a message with a picture; `file_id` where Telegram has it already.

    The text is its caption where it fits; else the picture comes first, and the text below it with the buttons. Both
    are new messages: Telegram puts no picture in the place of a text. A picture that is refused leaves the text.
    """
    text, keyboard, to = message["text"], _keyboard(message), {"chat_id": chat_id}
    told = Call("sendMessage", {**to, **_text(message), **keyboard})
    fits = _is_caption(text)
    params = {**to, "caption": text, "parse_mode": "HTML", **keyboard} if fits else to
    upload = Call(
        "sendPhoto", params, instead=told if fits else None, picture=Picture(**message["picture"]), optional=not fits
    )
    photo = upload
    if file_id is not None:
        photo = Call("sendPhoto", {**params, "photo": file_id}, instead=upload, optional=not fits)
    return [photo] if fits else [photo, told]


def in_thread(call: Call, thread: int | None) -> Call:
    """The call, into a topic of a group where there is one."""
    return call if thread is None else replace(call, params={**call.params, "message_thread_id": thread})


def _with_file(chat_id: int, message: Message, file: File) -> list[Call]:
    to = {"chat_id": chat_id}
    text, keyboard = message["text"], _keyboard(message)
    if _is_caption(text):
        return [Call("sendDocument", {**to, "caption": text, "parse_mode": "HTML", **keyboard}, file)]
    return [Call("sendMessage", {**to, **_text(message)}), Call("sendDocument", {**to, **keyboard}, file)]


def _is_caption(text: str) -> bool:
    return len(text.encode("utf-16-le")) <= 2 * CAPTION


def _text(message: Message) -> dict[str, Any]:
    return {"text": message["text"], "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}


def _keyboard(message: Message) -> dict[str, Any]:
    rows: Sequence[Sequence[Sequence[str]]] = message["rows"]
    if not rows:
        return {}
    return {"reply_markup": {"inline_keyboard": [[_button(*button) for button in row] for row in rows]}}


def _button(label: str, data: str) -> dict[str, str]:
    return {"text": label, "url" if data.startswith(LINK) else "callback_data": data}
