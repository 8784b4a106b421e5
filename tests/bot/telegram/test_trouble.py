"""What goes wrong on the way out: an answer arrives, or is left for later, or never can; others do not wait."""

import sqlite3
from pathlib import Path

import pytest

from bot.telegram.sending import TRIES, UNSURE
from bot.words import words
from tests.bot.telegram.conftest import Pauses, Run
from tests.botapi import BotApi

SHORT = 0.2
"""Seconds until the bot gives up waiting for an answer, where a test has it wait."""


async def test_a_flooded_chat_waits_as_long_as_it_is_told_and_no_other_does(api: BotApi, run: Run) -> None:
    slow, other = api.user(1), api.user(2)
    api.fail("sendMessage", 429, chat=1, retry_after=7)
    pauses = Pauses(hold=7)
    async with run(pauses=pauses):
        await slow.send("a")
        await slow.send("b")
        await pauses.holding.wait()
        assert (await other.ask("hello")).text == "1: hello"
        assert slow.inbox == []
        pauses.over.set()
        assert [one.text for one in await slow.wait(2)] == ["1: a", "2: b"]
    assert [seconds >= 7 for seconds in pauses.asked] == [True]


async def test_a_person_who_blocked_the_bot_is_not_written_to_again_and_stays_known(api: BotApi, run: Run) -> None:
    user = api.user(42)
    async with run() as running:
        await user.ask("hello")
        await user.send("parts 3")
        await user.block()
        await api.user(2).ask("hello")
        await running.end()
        assert await running.answers.store.unsent() == []
        assert await running.answers.store.load("tg:42") == {"count": 2, "language": "en"}
    await user.unblock()
    async with run():
        assert (await user.ask("back")).text == "3: back"


@pytest.mark.parametrize(("code", "description"), [(400, "Bad Request: chat not found"), (413, "too large")])
async def test_what_is_refused_for_good_is_dropped(api: BotApi, run: Run, code: int, description: str) -> None:
    user = api.user(42)
    fault = api.fail("sendMessage", code, description=description)
    async with run() as running:
        await user.send("one")
        assert (await user.ask("two")).text == "2: two"
        await running.end()
        assert await running.answers.store.unsent() == []
    assert fault.hits == 1


async def test_a_text_that_is_no_html_is_dropped_and_not_logged(
    api: BotApi, run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    user = api.user(42)
    async with run():
        await user.send("html <secret>one")
        assert (await user.ask("two")).text == "2: two"
    assert "400 cannot_parse" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("page", [False, True])
async def test_a_server_that_is_broken_is_tried_again_after_longer_and_longer_waits(
    api: BotApi, run: Run, page: bool
) -> None:
    api.fail("sendMessage", 502, page=page, times=4)
    async with run() as running:
        assert (await api.user(42).ask("hello")).text == "1: hello"
        waits = running.pauses.asked
    assert len(waits) == 4
    assert [low <= wait <= 2 * low for wait, low in zip(waits, (0.25, 0.5, 1, 2), strict=True)] == [True] * 4


async def test_what_could_not_be_sent_is_sent_at_the_next_start(api: BotApi, run: Run) -> None:
    user = api.user(42)
    fault = api.fail("sendMessage", 500, times=TRIES)
    pauses = Pauses(hold=300)
    async with run(pauses=pauses) as running:
        await user.send("one")
        await pauses.holding.wait()
        assert (await user.ask("two")).text == "2: two"
        await running.end()
        assert [message.message["text"] for message in await running.answers.store.unsent()] == ["1: one"]
    assert fault.hits == TRIES
    async with run():
        assert (await user.next()).text == "1: one"


async def test_what_could_not_be_sent_is_tried_again_in_a_while(api: BotApi, run: Run) -> None:
    api.fail("sendMessage", 500, times=TRIES)
    async with run() as running:
        await api.user(42).send("one")
        assert (await api.user(42).next()).text == "1: one"
        await running.end()
        assert await running.answers.store.unsent() == []
    assert 300 in running.pauses.asked


@pytest.mark.parametrize("trouble", ["cut", "hang"])
async def test_a_message_that_did_not_arrive_is_sent_again(api: BotApi, run: Run, trouble: str) -> None:
    getattr(api, trouble)("sendMessage", accepted=False)
    user = api.user(42)
    async with run(answer=SHORT):
        assert (await user.ask("hello")).text == "1: hello"
        assert (await user.ask("more")).text == "2: more"
    assert [message.text for message in user.inbox] == ["1: hello", "2: more"]


@pytest.mark.parametrize("trouble", ["cut", "hang"])
async def test_a_message_whose_answer_was_lost_is_repeated_once(api: BotApi, run: Run, trouble: str) -> None:
    getattr(api, trouble)("sendMessage", accepted=True)
    user = api.user(42)
    async with run(answer=SHORT) as running:
        await user.send("hello")
        await user.wait(2)
        assert (await user.ask("more")).text == "2: more"
        await running.end()
        assert await running.answers.store.unsent() == []
    assert [message.text for message in user.inbox] == ["1: hello", "1: hello", "2: more"]


async def test_a_message_whose_answers_are_all_lost_is_left_for_later(api: BotApi, run: Run) -> None:
    user = api.user(42)
    fault = api.cut("sendMessage", accepted=True, times=UNSURE)
    pauses = Pauses(hold=300)
    async with run(pauses=pauses) as running:
        await user.send("hello")
        await pauses.holding.wait()
        assert fault.hits == UNSURE
        await running.end()
        assert len(await running.answers.store.unsent()) == 1


async def test_an_edit_whose_answer_was_lost_is_repeated_without_harm(api: BotApi, run: Run) -> None:
    user = api.user(42)
    async with run() as running:
        await user.ask("hello")
        api.cut("editMessageText", accepted=True, times=3)
        await user.tap("Edit")
        assert (await user.next()).text == "2: edit"
        assert (await user.ask("more")).text == "3: more"
        await running.end()
        assert await running.answers.store.unsent() == []
    assert [message.text for message in user.inbox] == ["2: edit", "3: more"]


async def test_a_chat_that_hangs_holds_up_no_other(api: BotApi, run: Run) -> None:
    silence = api.hang("sendMessage", chat=1, times=None)
    async with run(leave=0.0):
        await api.user(1).send("hello")
        await silence.struck()
        for number in range(2, 22):
            assert (await api.user(number).ask("hello")).text == "1: hello"
        assert api.user(1).inbox == []


async def test_a_turn_that_fails_is_apologised_for_and_holds_up_nothing(
    api: BotApi, run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    user = api.user(42, language_code="fr")
    async with run() as running:
        await user.send("boom")
        assert (await user.next()).text == words("fr")["chat_failed"]
        assert (await user.ask("more")).text == "1: more"
        await running.end()
        assert await running.answers.store.waiting() == []
    assert "ValueError at" in caplog.text
    assert "boom" not in caplog.text


async def test_a_store_that_is_held_by_another_is_waited_for_and_nothing_is_acknowledged(
    api: BotApi, run: Run, tmp_path: Path
) -> None:
    user = api.user(42)
    async with run(patience=0.01) as running:
        await user.ask("one")
        other = sqlite3.connect(tmp_path / "tirage.db", isolation_level=None)
        other.execute("begin immediate")
        running.pauses.came.clear()
        await user.send("two")
        await running.pauses.came.wait()
        assert len(api.polling.updates.waiting) == 1
        other.close()
        assert (await user.next()).text == "2: two"


async def test_forgetting_leaves_nothing_and_the_next_message_begins_anew(api: BotApi, run: Run) -> None:
    user = api.user(42)
    for text in ("one", "forget", "two"):
        await user.send(text)
    async with run() as running:
        shown = await user.wait(3)
        await running.end()
        assert await running.answers.store.load("tg:42") == {"count": 1, "language": "en"}
    assert [one.text for one in shown] == ["1: one", "forgotten", "1: two"]
