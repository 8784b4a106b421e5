"""What a person sees: answers in order and in the right place, in private and in groups."""

import pytest

from tests.bot.telegram.conftest import Run
from tests.bot.telegram.counting import ONLY_TEXT
from tests.botapi import BotApi
from tests.botapi.state import BOT_USERNAME

LONG = "x" * 1100


async def test_a_message_is_answered_as_html_without_a_preview(api: BotApi, run: Run) -> None:
    async with run():
        shown = await api.user(42).ask("html <b>hello</b>")
    assert (shown.text, shown.html) == ("hello", "<b>hello</b>")
    assert api.calls("sendMessage")[0]["link_preview_options"] == {"is_disabled": True}


async def test_fifty_messages_of_a_chat_are_answered_in_order(api: BotApi, run: Run) -> None:
    user = api.user(42)
    for number in range(50):
        await user.send(f"m{number}")
    async with run():
        shown = await user.wait(50)
    assert [one.text for one in shown] == [f"{number + 1}: m{number}" for number in range(50)]


async def test_more_messages_than_one_poll_brings_are_all_answered(api: BotApi, run: Run) -> None:
    users = [api.user(number) for number in range(1, 6)]
    for number in range(50):
        for user in users:
            await user.send(f"m{number}")
    async with run():
        shown = {user.id: [one.text for one in await user.wait(50)] for user in users}
    assert set(map(tuple, shown.values())) == {tuple(f"{number + 1}: m{number}" for number in range(50))}


async def test_parts_of_one_answer_come_in_order(api: BotApi, run: Run) -> None:
    async with run():
        await api.user(42).send("parts 5")
        await api.user(42).send("then")
        shown = await api.user(42).wait(6)
    assert [one.text for one in shown] == ["1.0", "1.1", "1.2", "1.3", "1.4", "2: then"]


async def test_a_tap_is_answered_and_edits_its_message(api: BotApi, run: Run) -> None:
    user = api.user(42)
    async with run():
        first = await user.ask("hello")
        tap = await user.tap("Edit")
        assert (await tap.answered()).text == ""
        edited = await user.next()
    assert (edited.text, edited.edited, edited.message_id) == ("2: edit", True, first.message_id)


async def test_an_edit_that_changes_nothing_is_no_failure(api: BotApi, run: Run) -> None:
    user = api.user(42)
    async with run() as running:
        await user.ask("hello")
        await user.tap("Same")
        await user.next()
        await user.tap("Same")
        assert (await user.ask("next")).text == "4: next"
        await running.end()
        assert await running.answers.store.unsent() == []
    assert api.count("sendMessage") == 2
    assert [message.text for message in user.inbox] == ["the same", "4: next"]


async def test_an_edit_of_a_message_that_is_gone_comes_as_a_new_one(api: BotApi, run: Run) -> None:
    user = api.user(42)
    async with run():
        first = await user.ask("hello")
        user.chat.messages[first.message_id].deleted = True
        await user.tap("Edit", on=first)
        shown = await user.next()
    assert (shown.text, shown.edited) == ("2: edit", False)


async def test_a_tap_that_can_no_longer_be_answered_is_taken_all_the_same(api: BotApi, run: Run) -> None:
    user = api.user(42)
    async with run():
        await user.ask("hello")
    tap = await user.tap("Edit")
    api.clock.advance(60)
    async with run():
        assert (await user.next()).text == "2: edit"
        await user.ask("more")
    assert tap.answer is None
    assert api.count("answerCallbackQuery") == 1


async def test_a_file_comes_with_its_text(api: BotApi, run: Run) -> None:
    user = api.user(42)
    async with run():
        shown = await user.ask("file here it is")
    assert shown.file is not None
    assert (shown.kind, shown.text, shown.file.name, shown.file.data) == (
        "document",
        "here it is",
        "tirage.json",
        b"{}",
    )


async def test_a_text_too_long_for_a_caption_comes_before_its_file(api: BotApi, run: Run) -> None:
    user = api.user(42)
    async with run():
        await user.send(f"file {LONG}")
        text, file = await user.wait(2)
    assert (text.kind, text.text) == ("text", LONG)
    assert (file.kind, file.text) == ("document", "")


@pytest.mark.parametrize("deed", ["send_photo", "send_sticker", "send_voice", "send_contact", "send_location"])
async def test_what_is_no_text_is_answered(api: BotApi, run: Run, deed: str) -> None:
    user = api.user(42)
    async with run():
        await getattr(user, deed)()
        assert (await user.next()).text == ONLY_TEXT


async def test_an_album_is_answered_once(api: BotApi, run: Run) -> None:
    user = api.user(42)
    for _ in range(3):
        user._write({"photo": [], "media_group_id": "7"})
    async with run():
        assert (await user.next()).text == ONLY_TEXT
        assert (await user.ask("next")).text == "2: next"


async def test_an_edited_message_is_passed_over(api: BotApi, run: Run) -> None:
    user = api.user(42)
    message = await user.send("one")
    await user.edit(message, "two")
    async with run():
        assert (await user.next()).text == "1: one"
        assert (await user.ask("three")).text == "2: three"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("/start", "/start"),
        ("/start score", "/start score"),
        (f"/start@{BOT_USERNAME} score", "/start score"),
        (f"/HELP@{BOT_USERNAME.upper()}", "/HELP"),
        ("an address@elsewhere.example", "an address@elsewhere.example"),
    ],
)
async def test_a_command_is_read_with_and_without_the_name_of_the_bot(
    api: BotApi, run: Run, typed: str, read: str
) -> None:
    async with run():
        assert (await api.user(42).ask(typed)).text == f"1: {read}"


async def test_a_command_for_another_bot_is_passed_over(api: BotApi, run: Run) -> None:
    user = api.user(42)
    await user.send("/start@other_bot")
    async with run():
        assert (await user.ask("hello")).text == "1: hello"


@pytest.mark.parametrize(("code", "kept"), [("fr", "fr"), ("fr-CA", "fr"), ("en", "en"), ("pa", "en"), (None, "en")])
async def test_the_language_of_the_device_comes_with_the_event(
    api: BotApi, run: Run, code: str | None, kept: str
) -> None:
    async with run() as running:
        await api.user(42, language_code=code).ask("hello")
        saved = await running.answers.store.load("tg:42")
    assert saved == {"count": 1, "language": kept}


@pytest.mark.parametrize(
    ("code", "begins", "label"),
    [("en", "I only talk in private", "Talk in private"), ("fr", "Je ne parle qu’en privé", "Parler en privé")],
)
@pytest.mark.parametrize("typed", [f"/start@{BOT_USERNAME}", f"hello @{BOT_USERNAME}!", "/start", "/start now"])
async def test_a_group_is_shown_the_way_to_the_private_chat(
    api: BotApi, run: Run, code: str, begins: str, label: str, typed: str
) -> None:
    group, user = api.group(-100), api.user(7, language_code=code)
    async with run() as running:
        await group.send(user, typed)
        shown = await group.next()
        await running.end()
        assert await running.answers.store.chats() == 0
        assert await running.answers.store.waiting() == []
    assert shown.text.startswith(begins)
    assert f"@{BOT_USERNAME}" in shown.text
    assert [(button.text, button.url) for button in shown.buttons] == [
        (label, f"https://t.me/{BOT_USERNAME}?start=group")
    ]


@pytest.mark.parametrize("typed", ["hello", "/unknown", "/start@other_bot", f"@{BOT_USERNAME}x", "me@other_bot"])
async def test_a_group_that_does_not_speak_to_us_hears_nothing(api: BotApi, run: Run, typed: str) -> None:
    group, user = api.group(-100, privacy=False), api.user(7)
    async with run():
        await group.send(user, typed)
        await user.ask("hello")
    assert group.inbox == []


async def test_nothing_of_what_a_group_says_is_kept(api: BotApi, run: Run) -> None:
    group, user = api.group(-100), api.user(7)
    silence = api.hang("sendMessage")
    async with run(leave=0.0) as running:
        await group.send(user, f"@{BOT_USERNAME} my secret")
        await silence.struck()
        await running.end()
        (update,) = await running.answers.store.waiting()
    assert "secret" not in update.payload
