"""What the bot says of itself: commands, names, descriptions, menu; and chats."""

from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
    MenuButtonDefault,
)
from telegram.error import BadRequest

from tests.botapi import BotApi
from tests.botapi.conftest import Post


async def test_bot_knows_who_it_is(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.username) == (7000000001, True, "tirage_test_bot")
    assert me.can_read_all_group_messages is False


async def test_commands_are_kept_by_scope_and_language(api: BotApi, bot: Bot) -> None:
    english, french = [BotCommand("score", "My score")], [BotCommand("score", "Mon score")]
    await bot.set_my_commands(english)
    await bot.set_my_commands(french, BotCommandScopeAllPrivateChats(), "fr")
    assert list(await bot.get_my_commands()) == english
    assert list(await bot.get_my_commands(BotCommandScopeAllPrivateChats(), "fr")) == french
    assert await bot.get_my_commands(language_code="fr") == ()
    assert api.user(1, language_code="fr-CA").commands == [{"command": "score", "description": "Mon score"}]
    assert api.user(2, language_code="en").commands == [{"command": "score", "description": "My score"}]
    await bot.delete_my_commands(BotCommandScopeAllPrivateChats(), "fr")
    assert api.user(1).commands == [{"command": "score", "description": "My score"}]


async def test_commands_of_one_chat_come_before_all_others(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    await bot.set_my_commands([("a", "everyone")])
    await bot.set_my_commands([("b", "only you")], BotCommandScopeChat(42))
    assert [command["command"] for command in user.commands] == ["b"]
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_my_commands([("b", "x")], BotCommandScopeChat(43))


@pytest.mark.parametrize(
    ("commands", "error"),
    [
        ([{"command": "Score", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "my-score", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "é", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "", "description": "x"}], "command must be non-empty"),
        ([{"command": "x" * 33, "description": "x"}], "command length must not exceed 32"),
        ([{"command": "x", "description": " "}], "command description must be non-empty"),
        ([{"command": "x", "description": "x" * 257}], "command description length must not exceed 256"),
        ([{"command": f"c{number}", "description": "x"} for number in range(101)], "BOT_COMMANDS_TOO_MUCH"),
        ([{"command": "x"}], "can't parse BotCommand: Can't find field \"description\""),
        (["x"], "can't parse BotCommand: expected an Object"),
        ("{", "can't parse commands JSON object"),
        ({}, "expected an Array of BotCommand"),
    ],
)
async def test_wrong_commands_are_refused(post: Post, commands: Any, error: str) -> None:
    status, answer = await post("setMyCommands", commands=commands)
    assert (status, answer["description"]) == (400, f"Bad Request: {error}")


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"language_code": "fr-CA"}, "invalid language code specified"),
        ({"scope": {"type": "galaxy"}}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"scope": {"type": "chat"}}, "can't parse BotCommandScope: Empty chat_id specified"),
        ({"scope": {"type": "chat_member", "chat_id": 1}}, "can't parse BotCommandScope: Invalid user_id specified"),
        ({"scope": 7}, "can't parse BotCommandScope: BotCommandScope must be an Object"),
    ],
)
async def test_wrong_scopes_and_languages_are_refused(post: Post, given: dict[str, Any], error: str) -> None:
    assert (await post("getMyCommands", **given))[1]["description"] == f"Bad Request: {error}"


async def test_descriptions_are_kept_by_language(bot: Bot) -> None:
    await bot.set_my_description("Ask me")
    await bot.set_my_description("Demandez-moi", "fr")
    await bot.set_my_short_description("Short")
    await bot.set_my_name("Tirage", "fr")
    assert (await bot.get_my_description()).description == "Ask me"
    assert (await bot.get_my_description("fr")).description == "Demandez-moi"
    assert (await bot.get_my_description("de")).description == "Ask me"
    assert (await bot.get_my_short_description("fr")).short_description == "Short"
    assert (await bot.get_my_name("fr")).name == "Tirage"
    await bot.set_my_description(None, "fr")
    assert (await bot.get_my_description("fr")).description == "Ask me"


async def test_descriptions_have_limits(bot: Bot) -> None:
    await bot.set_my_description("x" * 512)
    await bot.set_my_short_description("x" * 120)
    with pytest.raises(BadRequest, match=r"(?i)description_too_long"):
        await bot.set_my_description("x" * 513)
    with pytest.raises(BadRequest, match=r"(?i)short_description_too_long"):
        await bot.set_my_short_description("x" * 121)
    with pytest.raises(BadRequest, match=r"(?i)name_too_long"):
        await bot.set_my_name("x" * 65)


async def test_menu_button_is_kept_for_all_and_for_one_chat(api: BotApi, bot: Bot) -> None:
    api.user(42, known=True)
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    await bot.set_chat_menu_button(42, MenuButtonDefault())
    assert await bot.get_chat_menu_button() == MenuButtonCommands()
    assert await bot.get_chat_menu_button(42) == MenuButtonDefault()


async def test_chat_is_described(api: BotApi, bot: Bot) -> None:
    api.user(42, known=True, first_name="Zoé", username="zoe")
    chat = await bot.get_chat(42)
    assert (chat.type, chat.first_name, chat.username) == ("private", "Zoé", "zoe")
    api.group(-100500, title="Friends")
    assert (await bot.get_chat(-100500)).title == "Friends"


async def test_bot_that_logged_out_is_refused(bot: Bot, post: Post) -> None:
    assert await bot.close()
    await bot.get_me()
    assert await bot.log_out()
    assert await post("getMe") == (400, {"ok": False, "error_code": 400, "description": "Logged out"})
