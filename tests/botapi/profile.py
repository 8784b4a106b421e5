"""Methods about the bot itself and about chats: commands, names, descriptions, files."""

from __future__ import annotations

from typing import Any

from tests.botapi import limits
from tests.botapi.args import Args
from tests.botapi.errors import bad_request
from tests.botapi.files import MAX_DOWNLOAD
from tests.botapi.model import Payload
from tests.botapi.state import State

MAX_NAME = 64
MAX_DESCRIPTION = 512
MAX_SHORT_DESCRIPTION = 120


def get_me(state: State, _: Args) -> Payload:
    """getMe."""
    return {
        **state.bot(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def log_out(state: State, _: Args) -> bool:
    """logOut: every later call is refused."""
    state.logged_out = True
    return True


def close(_state: State, _: Args) -> bool:
    """close: the server lets go of the bot, and takes it up again at its next call."""
    return True


def get_file(state: State, args: Args) -> Payload:
    """getFile, up to 20 MB."""
    file = state.files.by_id.get(args.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.data) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {**file.payload(), "file_path": file.path}


def get_chat(state: State, args: Args) -> Payload:
    """getChat."""
    chat = state.readable_chat(args.text("chat_id"))
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), True
    )
    return {**chat.payload, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


def set_my_commands(state: State, args: Args) -> bool:
    """setMyCommands, by scope and language."""
    key = _commands_key(state, args)
    state.commands[key] = limits.commands(args.json("commands", "commands"))
    return True


def get_my_commands(state: State, args: Args) -> list[dict[str, str]]:
    """getMyCommands: those of exactly this scope and language."""
    return state.commands.get(_commands_key(state, args), [])


def delete_my_commands(state: State, args: Args) -> bool:
    """deleteMyCommands of this scope and language."""
    state.commands.pop(_commands_key(state, args), None)
    return True


def set_my_name(state: State, args: Args) -> bool:
    """setMyName, by language."""
    return _set_about(state, args, "name", MAX_NAME)


def get_my_name(state: State, args: Args) -> Payload:
    """getMyName for people of a language."""
    return {"name": _about(state, args, "name") or state.bot()["first_name"]}


def set_my_description(state: State, args: Args) -> bool:
    """setMyDescription, by language: what an empty chat shows."""
    return _set_about(state, args, "description", MAX_DESCRIPTION)


def get_my_description(state: State, args: Args) -> Payload:
    """getMyDescription for people of a language."""
    return {"description": _about(state, args, "description")}


def set_my_short_description(state: State, args: Args) -> bool:
    """setMyShortDescription, by language: what the bot's page shows."""
    return _set_about(state, args, "short_description", MAX_SHORT_DESCRIPTION)


def get_my_short_description(state: State, args: Args) -> Payload:
    """getMyShortDescription for people of a language."""
    return {"short_description": _about(state, args, "short_description")}


def set_chat_menu_button(state: State, args: Args) -> bool:
    """setChatMenuButton, for one chat or for all."""
    given = args.json("menu_button", "menu button")
    button = {"type": "default"} if given is None else given
    if not isinstance(button, dict):
        raise bad_request("can't parse menu button: MenuButton must be an Object")
    if button.get("type") not in {"default", "commands", "web_app"}:
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    chat = args.text("chat_id")
    state.menu_buttons[state.readable_chat(chat).id if chat else None] = button
    return True


def get_chat_menu_button(state: State, args: Args) -> Any:
    """getChatMenuButton of one chat, or of all."""
    chat = args.text("chat_id")
    own = state.menu_buttons.get(state.readable_chat(chat).id) if chat else None
    return own or state.menu_buttons.get(None, {"type": "commands"})


def commands_of(state: State, chat_id: int, kind: str, language: str) -> list[dict[str, str]]:
    """The commands that a person sees in a chat: the narrowest scope that has some, their language first."""
    private = kind == "private"
    scopes = [("chat", str(chat_id)), ("all_private_chats",) if private else ("all_group_chats",), ("default",)]
    for scope in scopes:
        for code in (language[:2], ""):
            found = state.commands.get((scope, code))
            if found:
                return found
    return []


def _commands_key(state: State, args: Args) -> tuple[tuple[str, ...], str]:
    scope = limits.command_scope(args.json("scope", "BotCommandScope"))
    if len(scope) > 1:
        state.readable_chat(scope[1])
    return scope, limits.language_code(args.text("language_code"))


def _set_about(state: State, args: Args, what: str, limit: int) -> bool:
    text = args.text(what)
    if len(text) > limit:
        raise bad_request(f"{what.upper()}_TOO_LONG")
    key = (what, limits.language_code(args.text("language_code")))
    if text:
        state.about[key] = text
    else:
        state.about.pop(key, None)
    return True


def _about(state: State, args: Args, what: str) -> str:
    language = limits.language_code(args.text("language_code"))
    return state.about.get((what, language)) or state.about.get((what, ""), "")
