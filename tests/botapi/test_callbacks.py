"""Taps on buttons, and how long they may be answered."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.error import BadRequest

from tests.botapi import BotApi, Button

KEYBOARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Back", callback_data="b:1"), InlineKeyboardButton("Site", url="https://canada.ca")]]
)
TOO_OLD = "Query is too old and response timeout expired or query id is invalid"


async def test_tap_is_told_with_its_data_and_message_and_answered_once(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True, language_code="fr")
    sent = await bot.send_message(42, "x", reply_markup=KEYBOARD)
    tap = await user.tap("Back")
    (update,) = await bot.get_updates()
    query = update.callback_query
    assert query is not None
    assert (query.id, query.data, query.from_user.language_code) == (tap.query_id, "b:1", "fr")
    assert isinstance(query.message, Message)
    assert (query.message.message_id, query.message.text) == (sent.message_id, "x")
    await query.answer("noted", show_alert=True)
    answer = await tap.answered()
    assert (answer.text, answer.alert) == ("noted", True)
    assert user.answers == [answer]
    with pytest.raises(BadRequest, match=rf"(?i){TOO_OLD}"):
        await query.answer()


async def test_tap_is_too_old_after_its_time_by_the_servers_clock(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    await bot.send_message(42, "x", reply_markup=KEYBOARD)
    tap = await user.tap("b:1")
    api.clock.advance(16)
    with pytest.raises(BadRequest, match=rf"(?i){TOO_OLD}"):
        await bot.answer_callback_query(tap.query_id)


async def test_unknown_query_is_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=rf"(?i){TOO_OLD}"):
        await bot.answer_callback_query("123")


async def test_answer_is_at_most_200_characters(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    await bot.send_message(42, "x", reply_markup=KEYBOARD)
    tap = await user.tap("Back")
    with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
        await bot.answer_callback_query(tap.query_id, "x" * 201)


async def test_old_messages_and_old_versions_can_be_tapped(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    first = await bot.send_message(42, "first", reply_markup=KEYBOARD)
    await bot.send_message(42, "second", reply_markup=KEYBOARD)
    await bot.edit_message_text("first!", 42, first.message_id)
    (old, *_), _ = [message.history for message in user.inbox]
    await user.tap("Back", on=old)
    await user.tap(old.button("Back"))
    await user.tap(Button("Gone", "gone", None, 42, first.message_id))
    updates = [update.callback_query for update in await bot.get_updates()]
    assert [query.data for query in updates if query] == ["b:1", "b:1", "gone"]
    assert {query.message.message_id for query in updates if query and query.message} == {first.message_id}


async def test_tap_on_a_deleted_message_comes_with_an_inaccessible_one(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    sent = await bot.send_message(42, "x", reply_markup=KEYBOARD)
    button = user.last.button("Back")
    await bot.delete_message(42, sent.message_id)
    await user.tap(button)
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.message is not None
    assert not update.callback_query.message.is_accessible


async def test_button_that_is_not_there_is_explained(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    await bot.send_message(42, "x", reply_markup=KEYBOARD)
    with pytest.raises(LookupError, match=r"no button 'Forth' in the chat; the messages have \[\['Back', 'Site'\]\]"):
        await user.tap("Forth")
    with pytest.raises(LookupError, match="no button 'Forth' on message"):
        await user.tap("Forth", on=user.last)
    with pytest.raises(LookupError, match=r"opens https://canada.ca/"):
        await user.tap("Site")
