"""Keyboards and commands, checked as Telegram checks them."""

from __future__ import annotations

import re
from typing import Any

from tests.botapi.errors import bad_request
from tests.botapi.html import checked_url

MAX_BUTTONS = 100
MAX_CALLBACK_BYTES = 64
MAX_COMMANDS = 100
MAX_COMMAND = 32
MAX_COMMAND_DESCRIPTION = 256

# What a button of an inline keyboard can do; the documentation asks for exactly one.
ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "login_url",
    "web_app",
    "copy_text",
)
_SWITCHES = {
    "resize_keyboard",
    "one_time_keyboard",
    "is_persistent",
    "remove_keyboard",
    "force_reply",
    "selective",
}


def reply_markup(given: Any, *, strict: bool) -> dict[str, Any] | None:
    """A keyboard as it is kept, or None where there is none to keep.

    `strict`: a button with two actions is an error; Telegram takes the first and says nothing. Raises ApiError.
    """
    if given is None:
        return None
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    for field in _SWITCHES & given.keys():
        if not isinstance(given[field], bool):
            raise bad_request(f'field "{field}" of the reply markup must be of the type Boolean')
    rows = _rows(given, "keyboard", "ReplyKeyboardMarkup")
    if rows:
        return {**given, "keyboard": [[_plain_button(button) for button in row] for row in rows]}
    rows = _rows(given, "inline_keyboard", "InlineKeyboardMarkup")
    inline = [[_inline_button(button, strict) for button in row] for row in rows if row]
    if sum(map(len, inline)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    if inline:
        return {"inline_keyboard": inline}
    return given if given.get("remove_keyboard") or given.get("force_reply") else None


def _rows(given: dict[str, Any], field: str, kind: str) -> list[list[Any]]:
    rows = given.get(field, [])
    if not isinstance(rows, list):
        raise bad_request(f'field "{field}" of the {kind} must be an Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{field}" of the {kind} must be an Array of Arrays')
    return rows


def _plain_button(button: Any) -> dict[str, Any]:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    if not button["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    return button


def _inline_button(button: Any, strict: bool) -> dict[str, Any]:
    cannot = "can't parse inline keyboard button:"
    if not isinstance(button, dict):
        raise bad_request(f"{cannot} InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request(f'{cannot} Can\'t find field "text"')
    actions = [action for action in ACTIONS if action in button and button[action] != ""]
    if not actions:
        raise bad_request(f"{cannot} Text buttons are unallowed in the inline keyboard")
    if strict and len(actions) > 1:
        raise bad_request(f"{cannot} exactly one action is allowed, found {' and '.join(actions)}")
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    return {"text": button["text"], actions[0]: _action(actions[0], button[actions[0]], cannot)}


def _action(action: str, value: Any, cannot: str) -> Any:
    if action in {"url", "callback_data"} and not isinstance(value, str):
        raise bad_request(f'{cannot} Field "{action}" must be of type String')
    if action == "callback_data" and len(value.encode()) > MAX_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if action != "url":
        return value
    url = checked_url(value)
    if url is None:
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    return url


def commands(given: Any) -> list[dict[str, str]]:
    """The list for setMyCommands as it is kept. Raises ApiError."""
    if given is None:
        return []
    if not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    kept = [_command(one) for one in given]
    if len(kept) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return kept


def _command(given: Any) -> dict[str, str]:
    if not isinstance(given, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for field in ("command", "description"):
        if not isinstance(given.get(field), str):
            raise bad_request(f"can't parse BotCommand: Can't find field \"{field}\"")
    command = given["command"].strip().removeprefix("/")
    description = given["description"].strip()
    if not command:
        raise bad_request("command must be non-empty")
    if len(command) > MAX_COMMAND:
        raise bad_request(f"command length must not exceed {MAX_COMMAND}")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > MAX_COMMAND_DESCRIPTION:
        raise bad_request(f"command description length must not exceed {MAX_COMMAND_DESCRIPTION}")
    if re.fullmatch("[a-z0-9_]+", command) is None:
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}


def command_scope(given: Any) -> tuple[str, ...]:
    """The scope of commands as a key: ("default",), ("chat", "42"), ("chat_member", "-5", "42"). Raises ApiError."""
    if given is None:
        return ("default",)
    cannot = "can't parse BotCommandScope:"
    if not isinstance(given, dict):
        raise bad_request(f"{cannot} BotCommandScope must be an Object")
    kind = given.get("type")
    if kind in {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}:
        return (str(kind),)
    if kind not in {"chat", "chat_administrators", "chat_member"}:
        raise bad_request(f"{cannot} Unsupported type specified")
    if not given.get("chat_id"):
        raise bad_request(f"{cannot} Empty chat_id specified")
    if kind != "chat_member":
        return (str(kind), str(given["chat_id"]))
    if not given.get("user_id"):
        raise bad_request(f"{cannot} Invalid user_id specified")
    return (str(kind), str(given["chat_id"]), str(given["user_id"]))


def language_code(given: str) -> str:
    """Two small letters, or nothing for every language. Raises ApiError."""
    if given and re.fullmatch("[a-z]{2}", given) is None:
        raise bad_request("invalid language code specified")
    return given
