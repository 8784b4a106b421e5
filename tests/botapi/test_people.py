"""The people's side: writing, waiting, groups, all kinds of messages."""

import asyncio

import pytest
from telegram import Bot, Update

from tests.botapi import BotApi, NothingCameError, User
from tests.botapi.people import pieces


async def told(bot: Bot) -> list[Update]:
    found = await bot.get_updates()
    if found:
        await bot.get_updates(offset=found[-1].update_id + 1)
    return list(found)


async def test_person_is_who_the_test_says(api: BotApi, bot: Bot) -> None:
    user = api.user(42, language_code="fr", first_name="Zoé", username="zoe")
    assert api.user(42) is user
    await user.start("share-1")
    (update,) = await told(bot)
    assert update.message is not None
    sender = update.message.from_user
    assert sender is not None
    assert (sender.id, sender.first_name, sender.language_code, sender.username) == (42, "Zoé", "fr", "zoe")
    assert (update.message.text, update.message.chat.type) == ("/start share-1", "private")
    assert [(entity.type, entity.length) for entity in update.message.entities] == [("bot_command", 6)]


async def test_next_waits_for_what_comes_and_reads_each_once(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    waiting = asyncio.create_task(user.next())
    sent = await bot.send_message(42, "one")
    assert (await waiting).text == "one"
    await bot.send_message(42, "two")
    await bot.edit_message_text("one!", 42, sent.message_id)
    assert [(shown.text, shown.edited) for shown in await user.wait(2)] == [("two", False), ("one!", True)]
    assert user.seen.unread == []


async def test_wait_in_vain_explains_itself(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    await bot.send_message(42, "the only one")
    await user.send("hello")
    user.skip()
    with pytest.raises(NothingCameError) as raised:
        await user.next(limit=0.01)
    text = str(raised.value)
    assert "user 42: nothing in 0.01 s. The bot: it does not poll; updates not confirmed: 1" in text
    assert "'sendmessage': 1" in text
    assert "the only one" in text


async def test_question_is_answered_by_the_message_after_it(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    await bot.send_message(42, "old news")

    async def answer() -> None:
        await bot.get_updates(timeout=50)
        await bot.send_message(42, "the answer")

    answering = asyncio.create_task(answer())
    assert (await user.ask("the question")).text == "the answer"
    await answering


@pytest.mark.parametrize("kind", ["photo", "document", "sticker", "voice", "contact", "location"])
async def test_every_kind_of_message_is_understood_by_the_client(api: BotApi, bot: Bot, kind: str) -> None:
    user = api.user(42)
    await {
        "photo": user.send_photo,
        "document": lambda: user.send_document("a.txt", b"x"),
        "sticker": user.send_sticker,
        "voice": user.send_voice,
        "contact": user.send_contact,
        "location": user.send_location,
    }[kind]()
    (update,) = await told(bot)
    assert update.message is not None
    assert update.message.text is None
    assert getattr(update.message, kind)


async def test_typed_message_is_edited(api: BotApi, bot: Bot) -> None:
    user = api.user(42)
    message = await user.send("teh")
    await user.edit(message, "the")
    _, update = await told(bot)
    assert update.edited_message is not None
    assert (update.edited_message.text, update.edited_message.message_id) == ("the", message.id)
    assert update.edited_message.edit_date is not None


async def test_reply_is_told_with_the_message_it_replies_to(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    await bot.send_message(42, "question")
    await user.send("answer", reply_to=user.last)
    (update,) = await told(bot)
    assert update.message is not None
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.text == "question"


async def test_blocking_and_unblocking_is_told(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    await user.block()
    with pytest.raises(RuntimeError, match="unblock first"):
        await user.send("x")
    await user.unblock()
    changes = [update.my_chat_member for update in await told(bot)]
    assert [(change.old_chat_member.status, change.new_chat_member.status) for change in changes if change] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]


async def test_long_text_goes_as_several_messages(api: BotApi, bot: Bot) -> None:
    await api.user(42).send("😀" * 3000)
    assert [len(update.message.text or "") for update in await told(bot) if update.message] == [2048, 952]
    assert pieces("x" * 4096) == ["x" * 4096]
    with pytest.raises(ValueError, match="no empty message"):
        await api.user(42).send(" \n")


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("hello all", False),
        ("/score", True),
        ("/score@tirage_test_bot", True),
        ("/score@other_bot", False),
        ("hey @tirage_test_bot", True),
    ],
)
async def test_bot_in_a_group_is_told_of_what_is_meant_for_it(api: BotApi, bot: Bot, text: str, is_told: bool) -> None:
    await api.group(-100500, title="Friends").send(api.user(42), text)
    updates = [update.message for update in await told(bot) if update.message]
    assert [(message.chat.type, message.chat.title, message.text) for message in updates] == (
        [("supergroup", "Friends", text)] if is_told else []
    )


async def test_group_sees_the_bots_messages_and_taps_and_replies(api: BotApi, bot: Bot) -> None:
    group, user = api.group(-7, kind="group"), api.user(42)
    markup = {"inline_keyboard": [[{"text": "Private chat", "callback_data": "p"}]]}
    await bot.send_message(-7, "Write to me", reply_markup=markup)  # type: ignore[arg-type]
    shown = await group.next()
    assert shown.text == "Write to me"
    tap = await group.tap(user, "Private chat")
    await group.send(user, "why?", reply_to=shown)
    query, message = await told(bot)
    assert query.callback_query is not None
    await query.callback_query.answer()
    assert (await tap.answered()).text == ""
    assert len(user.answers) == 1
    assert message.message is not None
    assert message.message.text == "why?"


async def test_bot_is_taken_into_a_group_and_put_out(api: BotApi, bot: Bot) -> None:
    group, user = api.group(-7, privacy=False), api.user(42)
    await group.add_bot(user)
    await group.send(user, "hello all")
    await group.remove_bot(user)
    first, second, third = await told(bot)
    assert (first.my_chat_member is not None, second.message is not None) == (True, True)
    assert third.my_chat_member is not None
    with pytest.raises(Exception, match="bot was kicked from the supergroup chat"):
        await bot.send_message(-7, "x")


async def test_two_people_do_not_see_each_others_messages(api: BotApi, bot: Bot) -> None:
    one, two = api.user(1, known=True), api.user(2, known=True)
    await bot.send_message(1, "for one")
    assert isinstance(one, User)
    assert ([message.text for message in one.inbox], two.inbox) == (["for one"], [])
    with pytest.raises(LookupError, match="said nothing"):
        _ = two.last


def test_group_has_a_number_below_zero() -> None:
    with pytest.raises(ValueError, match="below zero"):
        BotApi().group(7)
