"""Methods that send, edit and delete messages, and that answer taps."""

from __future__ import annotations

from typing import Any

from tests.botapi import limits
from tests.botapi.args import Args
from tests.botapi.errors import bad_request
from tests.botapi.files import File
from tests.botapi.model import Answer, Chat, Message, Payload
from tests.botapi.state import State
from tests.botapi.text import Formatted, caption_text, message_text

CHAT_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
    "cancel",
}
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
# A bot deletes its messages for two days.
DELETABLE_SECONDS = 48 * 3600
MAX_ANSWER = 200


def send_message(state: State, args: Args) -> Payload:
    """sendMessage."""
    text = _text(state, args)
    return _send(state, args, _text_payload(text), text, args.text("text"), None)


def send_photo(state: State, args: Args) -> Payload:
    """sendPhoto: an upload, `attach://`, or a file_id."""
    return _send_file(state, args, "photo")


def send_document(state: State, args: Args) -> Payload:
    """sendDocument: an upload, `attach://`, or a file_id."""
    return _send_file(state, args, "document")


def edit_message_text(state: State, args: Args) -> Payload:
    """editMessageText."""
    text = _text(state, args)
    message = _to_edit(state, args)
    if state.keep and "text" not in message.payload:
        raise bad_request("there is no text in the message to edit")
    return _edit(state, args, message, _text_payload(text), text, args.text("text"), None)


def edit_message_caption(state: State, args: Args) -> Payload:
    """editMessageCaption."""
    text = _caption(state, args)
    message = _to_edit(state, args)
    kind = _file_kind(message)
    if kind is None:
        raise bad_request("there is no caption in the message to edit")
    content = {kind: message.payload[kind], **_caption_payload(text)}
    return _edit(state, args, message, content, text, args.text("caption"), message.now.file)


def edit_message_media(state: State, args: Args) -> Payload:
    """editMessageMedia, for photos and documents."""
    media = args.json("media", "input media")
    if not isinstance(media, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    inner = Args(media, args.files)
    kind = inner.text("type")
    if kind not in {"photo", "document"}:
        raise bad_request(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    text = _caption(state, inner)
    message = _to_edit(state, args)
    file = _file(state, args, kind, inner.text("media"))
    content = {**_file_payload(state, file), **_caption_payload(text)}
    return _edit(state, args, message, content, text, inner.text("caption"), file)


def edit_message_reply_markup(state: State, args: Args) -> Payload:
    """editMessageReplyMarkup."""
    message = _to_edit(state, args)
    payload = message.payload
    content = {key: payload[key] for key in _CONTENT if key in payload}
    shown = message.now if message.history else None
    text = Formatted(shown.text, shown.entities, shown.dropped) if shown else Formatted("", [])
    return _edit(state, args, message, content, text, shown.html if shown else "", shown.file if shown else None)


def delete_message(state: State, args: Args) -> bool:
    """deleteMessage: the bot's own for two days; a person's in a private chat."""
    chat = state.chat(args.text("chat_id"))
    message = state.message(chat, args.integer("message_id"), "delete")
    if state.clock.now() - message.payload["date"] > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    if not message.by_bot and chat.kind != "private":
        raise bad_request("message can't be deleted")
    message.deleted = True
    return True


def answer_callback_query(state: State, args: Args) -> bool:
    """answerCallbackQuery: once, and in time."""
    text = args.text("text")
    if len(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    state.answer(Answer(args.text("callback_query_id"), text, args.flag("show_alert"), args.text("url")))
    return True


def send_chat_action(state: State, args: Args) -> bool:
    """sendChatAction."""
    state.chat(args.text("chat_id"))
    if args.required("action").lower() not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


_CONTENT = ("text", "entities", "photo", "document", "caption", "caption_entities")


def _text(state: State, args: Args) -> Formatted:
    mode = args.text("parse_mode")
    entities = args.json("entities", "entities") if "entities" in args.values else None
    return message_text(args.text("text"), mode, entities, strict=state.strict)


def _caption(state: State, args: Args) -> Formatted:
    mode = args.text("parse_mode")
    entities = args.json("caption_entities", "entities") if "caption_entities" in args.values else None
    return caption_text(args.text("caption"), mode, entities, strict=state.strict)


def _text_payload(text: Formatted) -> Payload:
    return {"text": text.text, "entities": text.entities} if text.entities else {"text": text.text}


def _caption_payload(text: Formatted) -> Payload:
    found: Payload = {"caption": text.text} if text.text else {}
    return {**found, "caption_entities": text.entities} if text.entities else found


def _markup(state: State, args: Args) -> Payload | None:
    return limits.reply_markup(args.json("reply_markup", "reply keyboard markup"), strict=state.strict)


def _send_file(state: State, args: Args, kind: str) -> Payload:
    text = _caption(state, args)
    file = _file(state, args, kind, args.text(kind))
    content = {**_file_payload(state, file), **_caption_payload(text)}
    return _send(state, args, content, text, args.text("caption"), file)


def _file(state: State, args: Args, kind: str, given: str) -> File:
    """The file that a call names: attached to it, or known from before."""
    if given and not given.startswith("attach://"):
        return state.files.again(kind, given)
    upload = args.files.get(given.removeprefix("attach://") or kind)
    if upload is None:
        raise bad_request(f"there is no {kind} in the request")
    return state.files.keep(kind, upload)


def _file_payload(state: State, file: File) -> Payload:
    if file.kind == "photo":
        return {"photo": state.files.sizes(file)}
    return {"document": {**file.payload(), "file_name": file.name, "mime_type": file.mime}}


def _file_kind(message: Message) -> str | None:
    return next((kind for kind in ("photo", "document") if kind in message.payload), None)


def _send(state: State, args: Args, content: Payload, text: Formatted, html: str, file: File | None) -> Payload:
    markup = _markup(state, args)
    chat = state.chat(args.text("chat_id"))
    reply = _reply_to(state, args, chat)
    number = state.next_message_id()
    payload: Payload = {"message_id": number, "from": state.bot(), "chat": chat.payload, "date": state.date()}
    payload |= reply
    payload |= content
    message = Message(number, chat, True, payload)
    _put_markup(payload, markup)
    state.add(message)
    state.show(message, text, html, file, edited=False)
    return _answered(payload)


def _put_markup(payload: Payload, markup: Payload | None) -> None:
    payload.pop("reply_markup", None)
    if markup is not None:
        payload["reply_markup"] = markup


def _answered(payload: Payload) -> Payload:
    """A copy for the answer, where only keyboards inside the message are named."""
    found = dict(payload)
    if not _is_inline(payload):
        del found["reply_markup"]
    return found


def _is_inline(payload: Payload) -> bool:
    """Whether the keyboard stands inside the message, or there is none."""
    return "reply_markup" not in payload or "inline_keyboard" in payload["reply_markup"]


def _reply_to(state: State, args: Args, chat: Chat) -> Payload:
    given = args.json("reply_parameters", "reply parameters")
    inner = Args(given) if isinstance(given, dict) else Args({"message_id": args.text("reply_to_message_id")})
    number = inner.integer("message_id")
    if not number:
        return {}
    found = chat.messages.get(number)
    if found is not None and not found.deleted:
        return {"reply_to_message": {key: value for key, value in found.payload.items() if key != "reply_to_message"}}
    if inner.flag("allow_sending_without_reply") or args.flag("allow_sending_without_reply") or not state.keep:
        return {}
    raise bad_request("message to be replied not found")


def _to_edit(state: State, args: Args) -> Message:
    if args.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    message = state.own_message(state.chat(args.text("chat_id")), args.integer("message_id"))
    if not _is_inline(message.payload):
        raise bad_request("message can't be edited")
    return message


def _edit(
    state: State, args: Args, message: Message, content: Payload, text: Formatted, html: str, file: File | None
) -> Payload:
    markup = _markup(state, args)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    before = message.payload
    if state.keep and _same(before, content, markup):
        raise bad_request(NOT_MODIFIED)
    kept: dict[str, Any] = {key: value for key, value in before.items() if key not in _CONTENT}
    message.payload = {**kept, "edit_date": state.date(), **content}
    _put_markup(message.payload, markup)
    state.show(message, text, html, file, edited=True)
    return _answered(message.payload)


def _same(before: Payload, content: Payload, markup: Payload | None) -> bool:
    old = {key: before[key] for key in _CONTENT if key in before}
    return old == content and _inline(before.get("reply_markup")) == _inline(markup)


def _inline(markup: Payload | None) -> list[Any]:
    found: list[Any] = markup.get("inline_keyboard", []) if markup else []
    return found
