"""Sending, editing and deleting, with python-telegram-bot's own client."""

from typing import Any

import pytest
from telegram import Bot, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup
from telegram.error import BadRequest, Forbidden

from tests.botapi import BotApi
from tests.botapi.conftest import Post


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label.lower())] for label in labels])


async def test_message_arrives_with_text_html_and_buttons(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    sent = await bot.send_message(42, "<b>Bonjour</b> &amp; bienvenue", parse_mode="HTML", reply_markup=keyboard("Go"))
    shown = await user.next()
    assert (sent.text, sent.text_html) == ("Bonjour & bienvenue", "<b>Bonjour</b> &amp; bienvenue")
    assert (shown.text, shown.html) == ("Bonjour & bienvenue", "<b>Bonjour</b> &amp; bienvenue")
    assert (shown.message_id, shown.labels, shown.edited) == (sent.message_id, ["Go"], False)
    assert sent.reply_markup == keyboard("Go")
    assert sent.from_user is not None
    assert sent.from_user.is_bot


async def test_edit_changes_text_and_buttons_and_keeps_the_versions(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    sent = await bot.send_message(42, "one", reply_markup=keyboard("A"))
    api.clock.advance(60)
    edited = await bot.edit_message_text("two", 42, sent.message_id, reply_markup=keyboard("B"))
    assert not isinstance(edited, bool)
    assert (edited.text, edited.edit_date is not None, edited.date == sent.date) == ("two", True, True)
    (message,) = user.inbox
    assert [(shown.text, shown.labels, shown.edited) for shown in message.history] == [
        ("one", ["A"], False),
        ("two", ["B"], True),
    ]


async def test_edit_without_a_keyboard_takes_the_buttons_away(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    sent = await bot.send_message(42, "one", reply_markup=keyboard("A"))
    await bot.edit_message_text("two", 42, sent.message_id)
    assert user.last.labels == []


async def test_keyboard_alone_can_be_edited(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    sent = await bot.send_message(42, "<i>one</i>", parse_mode="HTML", reply_markup=keyboard("A"))
    await bot.edit_message_reply_markup(42, sent.message_id, reply_markup=keyboard("B", "C"))
    assert (user.last.text, user.last.html, user.last.labels) == ("one", "<i>one</i>", ["B", "C"])
    assert user.last.payload["entities"] == [{"type": "italic", "offset": 0, "length": 3}]


@pytest.mark.parametrize(("text", "labels"), [("one", ["A"]), ("<b></b>one", ["A"]), ("one\n", ["A"])])
async def test_edit_that_changes_nothing_is_refused(api: BotApi, bot: Bot, text: str, labels: list[str]) -> None:
    api.user(42, known=True)
    sent = await bot.send_message(42, "one", reply_markup=keyboard("A"))
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content and reply markup"):
        await bot.edit_message_text(text, 42, sent.message_id, parse_mode="HTML", reply_markup=keyboard(*labels))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(42, sent.message_id, reply_markup=keyboard("A"))


async def test_messages_that_cannot_be_edited_are_refused(api: BotApi, bot: Bot) -> None:
    user = api.user(42)
    typed = await user.send("mine")
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", 42, 999)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", 42, typed.id)
    with pytest.raises(BadRequest, match="Message identifier is not specified"):
        await bot.edit_message_text("x", 42)
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.edit_message_text("x", 43, 1)


async def test_deleted_message_is_gone(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    sent = await bot.send_message(42, "one")
    assert await bot.delete_message(42, sent.message_id)
    assert user.inbox == []
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(42, sent.message_id)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", 42, sent.message_id)


async def test_message_is_deletable_for_two_days(api: BotApi, bot: Bot) -> None:
    api.user(42, known=True)
    sent = await bot.send_message(42, "one")
    api.clock.advance(48 * 3600 + 1)
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(42, sent.message_id)


async def test_chat_that_never_wrote_is_not_found(api: BotApi, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(42, "x")
    await api.user(42).start()
    assert (await bot.send_message(42, "x")).text == "x"


async def test_bot_that_was_blocked_may_not_write(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    await user.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(42, "x")
    await user.unblock()
    assert (await bot.send_message(42, "x")).text == "x"


async def test_text_over_4096_is_refused(api: BotApi, bot: Bot) -> None:
    api.user(42, known=True)
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(42, "x" * 4097)
    assert (await bot.send_message(42, "x" * 4096)).text == "x" * 4096


async def test_wrong_html_is_refused(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    with pytest.raises(BadRequest, match="Can't parse entities: can't find end tag"):
        await bot.send_message(42, "<b>x", parse_mode="HTML")
    assert (await bot.send_message(42, "<b>x")).text == "<b>x"
    assert len(user.inbox) == 1


@pytest.mark.parametrize(
    ("button", "error"),
    [
        ({"text": "A", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "A", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "A", "callback_data": ""}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "A"}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": " ", "callback_data": "x"}, "inline keyboard button text must be non-empty"),
        ({"callback_data": "x"}, 'Can\'t find field "text"'),
        ({"text": "A", "callback_data": 7}, 'Field "callback_data" must be of type String'),
        ({"text": "A", "url": "nowhere"}, "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
        ({"text": "A", "url": "https://a.ca", "callback_data": "x"}, "exactly one action is allowed"),
        ("A", "InlineKeyboardButton must be an Object"),
    ],
)
async def test_wrong_button_is_refused(api: BotApi, post: Post, button: Any, error: str) -> None:
    api.user(42, known=True)
    status, answer = await post("sendMessage", chat_id=42, text="x", reply_markup={"inline_keyboard": [[button]]})
    assert (status, answer["ok"], answer["error_code"]) == (400, False, 400)
    assert answer["description"].startswith("Bad Request: ")
    assert error in answer["description"]


@pytest.mark.parametrize(
    ("markup", "error"),
    [
        ([], "object expected as reply markup"),
        ("{", "can't parse reply keyboard markup JSON object"),
        ({"inline_keyboard": "A"}, 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array'),
        ({"inline_keyboard": [{}]}, "must be an Array of Arrays"),
        ({"keyboard": [["A", 7]]}, "KeyboardButton must be a String or an Object"),
        ({"force_reply": "yes"}, 'field "force_reply" of the reply markup must be of the type Boolean'),
        ({"inline_keyboard": [[{"text": "A", "callback_data": "a"}]] * 101}, "reply markup is too long"),
    ],
)
async def test_wrong_keyboard_is_refused(api: BotApi, post: Post, markup: Any, error: str) -> None:
    api.user(42, known=True)
    status, answer = await post("sendMessage", chat_id=42, text="x", reply_markup=markup)
    assert status == 400
    assert error in answer["description"]


async def test_64_bytes_of_callback_data_are_allowed(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("A", callback_data="é" * 32)]])
    await bot.send_message(42, "x", reply_markup=markup)
    assert user.last.buttons[0].data == "é" * 32


async def test_other_keyboards_are_shown_and_keep_a_message_from_being_edited(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    sent = await bot.send_message(42, "x", reply_markup=ReplyKeyboardMarkup([["A"]], resize_keyboard=True))
    assert sent.reply_markup is None
    assert user.last.now.keyboard is not None
    await bot.send_message(42, "x", reply_markup=ForceReply())
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("y", 42, sent.message_id)
    plain = await bot.send_message(42, "x")
    with pytest.raises(BadRequest, match="Inline keyboard expected"):
        await bot.edit_message_text("y", 42, plain.message_id, reply_markup=ForceReply())  # type: ignore[arg-type]


async def test_reply_names_the_message_it_replies_to(api: BotApi, bot: Bot) -> None:
    typed = await api.user(42).send("question")
    sent = await bot.send_message(42, "answer", reply_to_message_id=typed.id)
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "question"
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(42, "x", reply_to_message_id=999)
    assert (await bot.send_message(42, "x", reply_to_message_id=999, allow_sending_without_reply=True)).text == "x"


async def test_chat_action_is_one_of_those_there_are(api: BotApi, bot: Bot) -> None:
    api.user(42, known=True)
    assert await bot.send_chat_action(42, "typing")
    with pytest.raises(BadRequest, match="Wrong parameter action in request"):
        await bot.send_chat_action(42, "thinking")


async def test_server_without_memory_edits_any_message_of_the_past_and_keeps_none() -> None:
    async with BotApi(keep=False) as api, Bot(api.token, base_url=api.base_url) as bot:
        sent = await bot.send_message(4242, "x")
        await bot.edit_message_text("x", 4242, sent.message_id)
        await bot.edit_message_reply_markup(4242, sent.message_id)
        with pytest.raises(BadRequest, match="Message to edit not found"):
            await bot.edit_message_text("y", 4242, sent.message_id + 1)
        assert (api.state.chats, api.state.calls, api.count("sendMessage")) == ({}, [], 1)
