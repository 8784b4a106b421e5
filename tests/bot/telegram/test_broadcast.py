"""What people asked to be told reaches them: in order, in time, once, and none of it who wants it no more."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.store import Turned
from bot.store.sqlite import SqliteStore
from bot.telegram.sending import TRIES
from conversations.subscription import Subscription
from tests.bot.telegram.queueing import CEC, FRENCH, TORONTO, Sayings, broadcasting, opened, wants, worth
from tests.botapi import BotApi, Clock

SHORT = 0.2
"""Seconds until the bot gives up waiting for an answer, where a test has it wait."""
NIGHT = (22 * 60, 7 * 60)
NOW = "2026-11-18 12:00"


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi(flood=True, clock=Clock(moment(NOW))) as server:
        yield server


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    async with opened(tmp_path / "tirage.db") as store:
        yield store


def moment(clock: str, fold: int = 0) -> float:
    """Seconds since 1970 of what the clocks of Toronto show."""
    return datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo(TORONTO), fold=fold).timestamp()


def known(api: BotApi, *chats: int) -> None:
    for chat in chats:
        api.user(chat, known=True)


def chats_written_to(api: BotApi, method: str = "sendMessage") -> list[int]:
    return [int(params["chat_id"]) for params in api.calls(method)]


async def subscribed(api: BotApi, store: SqliteStore, *chats: int) -> None:
    """People who wrote to the bot before and want to hear of every round."""
    known(api, *chats)
    for chat in chats:
        await wants(store, chat)


# -- order and time


async def test_those_who_were_invited_hear_of_it_first(api: BotApi, store: SqliteStore) -> None:
    await subscribed(api, store, 1, 2, 3, 4)
    for chat, low, high in [(1, 400, 400), (2, 500, 520), (3, 513, 600), (4, 520, 520)]:
        await worth(store, chat, low, high)
    async with broadcasting(api, store) as bot:
        await bot.queue.put(CEC)
        assert await bot.queue.settled() == {"sent": 4}
    assert chats_written_to(api) == [3, 4, 2, 1]
    assert [message.text for message in api.user(3).inbox] == ["round:903"]


async def test_what_was_queued_before_the_start_is_sent_too_and_what_went_out_is_not_again(
    api: BotApi, store: SqliteStore
) -> None:
    await subscribed(api, store, 1)
    for _ in range(2):
        async with broadcasting(api, store) as bot:
            await bot.queue.put(CEC)
            assert await bot.queue.settled() == {"sent": 1}
    assert api.count("sendMessage") == 1


@pytest.mark.parametrize(
    ("hours", "clock", "sent"),
    [
        (NIGHT, moment("2026-11-18 21:59:59"), True),
        (NIGHT, moment("2026-11-18 22:00:00"), False),
        (NIGHT, moment("2026-11-19 00:00:00"), False),
        (NIGHT, moment("2026-11-19 06:59:59"), False),
        (NIGHT, moment("2026-11-19 07:00:00"), True),
        ((12 * 60, 13 * 60), moment("2026-11-18 12:59:59"), False),
        ((12 * 60, 13 * 60), moment("2026-11-18 13:00:00"), True),
        # the night in which 01:00 to 02:00 comes twice, and the one in which 02:00 to 03:00 is missing
        ((22 * 60, 90), moment("2026-11-01 01:29:59", fold=1), False),
        ((22 * 60, 90), moment("2026-11-01 01:30:00", fold=1), True),
        ((22 * 60, 150), moment("2027-03-14 01:59:59"), False),
        ((22 * 60, 150), moment("2027-03-14 03:00:00"), True),
    ],
)
async def test_nobody_is_disturbed_in_quiet_hours_and_nobody_waits_after_them(
    store: SqliteStore, hours: tuple[int, int], clock: float, sent: bool
) -> None:
    async with BotApi(clock=Clock(clock)) as api:
        known(api, 1)
        await wants(store, 1, quiet=hours)
        async with broadcasting(api, store) as bot:
            await bot.queue.put(CEC)
            assert await bot.queue.settled() == ({"sent": 1} if sent else {"later": 1})
    assert api.count("sendMessage") == int(sent)


async def test_when_quiet_hours_end_what_waited_for_that_is_sent(store: SqliteStore) -> None:
    async with BotApi(clock=Clock(moment("2026-11-18 23:00"))) as api:
        await subscribed(api, store, 2)
        known(api, 1)
        await wants(store, 1, quiet=NIGHT)
        async with broadcasting(api, store) as bot:
            await bot.queue.put(CEC)
            assert await bot.queue.settled() == {"sent": 1, "later": 1}
            api.clock.advance(8 * 3600 - 1)
            assert await store.wake(int(api.clock.now())) == int(moment("2026-11-19 07:00"))
            api.clock.advance(1)
            bot.queue.on_queue()
            assert (await api.user(1).next()).text == "round:903"
    assert chats_written_to(api) == [2, 1]


async def test_thirty_a_second_go_out_and_telegram_never_says_that_it_is_too_much(
    api: BotApi, store: SqliteStore
) -> None:
    await subscribed(api, store, *range(1, 66))
    at: list[float] = []
    api.state.on_message.append(lambda *_: at.append(api.clock.now()))
    async with broadcasting(api, store) as bot:
        await bot.queue.put(CEC)
        assert await bot.queue.settled() == {"sent": 65}
    assert (api.count("sendMessage"), len(at)) == (65, 65)
    assert at[-1] - at[0] == pytest.approx(2.0)


async def test_one_chat_is_written_to_once_a_second(api: BotApi, store: SqliteStore) -> None:
    await subscribed(api, store, 1, 2)
    at: list[tuple[int, float]] = []
    api.state.on_message.append(lambda chat, _: at.append((chat, api.clock.now())))
    async with broadcasting(api, store, sayings=Sayings(parts=3)) as bot:
        await bot.queue.put(CEC, FRENCH)
        await bot.queue.settled()
    assert api.count("sendMessage") == len(at) == 12
    for chat in (1, 2):
        assert all(now - before >= 1 for (_, before), (_, now) in pairwise(each for each in at if each[0] == chat))


async def test_a_notice_of_several_messages_is_one_and_keeps_the_number_of_that_with_the_buttons(
    api: BotApi, store: SqliteStore
) -> None:
    await subscribed(api, store, 1)
    async with broadcasting(api, store, sayings=Sayings(parts=2)) as bot:
        await bot.queue.put(CEC)
        await bot.queue.settled()
        bot.sayings.word = " corrected"
        await bot.queue.correct(CEC)
        await bot.queue.settled()
    inbox = api.user(1).inbox
    assert [message.text for message in inbox] == ["round:903", "round:903 corrected part 1"]
    assert [message.labels for message in inbox] == [[], ["Mute"]]


# -- replies and turns


async def test_a_reply_does_not_wait_while_a_broadcast_does(api: BotApi, store: SqliteStore) -> None:
    await subscribed(api, store, 1, 2)
    api.fail("sendMessage", 429, chat=1, retry_after=7)
    async with broadcasting(api, store, hold=7) as bot:
        await bot.queue.put(CEC)
        await bot.time.holding.wait()
        for chat in (1, 2, 3):
            assert (await api.user(chat).ask("hello")).text == "1: hello"
        assert await store.waiting_notices() == {"waiting": 2}
        bot.time.over.set()
        assert await bot.queue.settled() == {"sent": 2}


async def test_replies_take_from_what_a_broadcast_may_use(store: SqliteStore) -> None:
    async with BotApi(clock=Clock(moment(NOW))) as api:
        await subscribed(api, store, 1)
        async with broadcasting(api, store) as bot:
            for chat in range(100, 130):
                await api.user(chat).ask("hello")
            await bot.queue.put(CEC)
            await bot.queue.settled()
            assert bot.time.asked == [1.0]


async def test_a_chat_that_is_being_answered_is_told_after_that_and_holds_up_no_other(
    api: BotApi, store: SqliteStore
) -> None:
    await subscribed(api, store, 1, 2, 3)
    silence = api.hang("sendMessage", chat=1)
    async with broadcasting(api, store) as bot:
        await api.user(1).send("hello")
        await silence.struck()
        await bot.queue.put(CEC)
        for chat in (2, 3):
            assert (await api.user(chat).next()).text == "round:903"
        assert api.user(1).inbox == []
        silence.release()
        assert [shown.text for shown in await api.user(1).wait(2)] == ["1: hello", "round:903"]


@pytest.mark.parametrize("left", [lambda store: wants(store, 2, "off"), lambda store: deleted(store, 2)])
async def test_who_mutes_or_deletes_before_it_is_sent_is_told_nothing(
    api: BotApi, store: SqliteStore, left: Callable[[SqliteStore], object]
) -> None:
    await subscribed(api, store, 1, 2, 3)
    silence = api.hang("sendMessage", chat=1)
    async with broadcasting(api, store) as bot:
        await bot.queue.put(CEC)
        await silence.struck()
        await left(store)  # type: ignore[misc]
        silence.release()
        await bot.queue.settled()
    assert chats_written_to(api) == [1, 3]


async def deleted(store: SqliteStore, chat: int) -> None:
    await store.turn(f"tg:{chat}", None, lambda _: Turned(None))


async def test_who_has_not_written_on_this_channel_is_left_to_the_other_one(api: BotApi, store: SqliteStore) -> None:
    await subscribed(api, store, 1)
    told = Subscription("all").as_json()
    await store.turn("term:1", None, lambda _: Turned({}, (), told))
    async with broadcasting(api, store) as bot:
        await bot.queue.put(CEC)
        assert (await api.user(1).next()).text == "round:903"
    assert [notice.chat for notice in await store.to_send("term:", 10)] == ["term:1"]


# -- trouble


async def test_after_429_the_whole_broadcast_waits_as_long_as_it_is_told(api: BotApi, store: SqliteStore) -> None:
    await subscribed(api, store, 1, 2, 3)
    api.fail("sendMessage", 429, chat=2, retry_after=17)
    at: list[tuple[int, float]] = []
    api.state.on_message.append(lambda chat, _: at.append((chat, api.clock.now() - moment(NOW))))
    async with broadcasting(api, store) as bot:
        await bot.queue.put(CEC)
        assert await bot.queue.settled() == {"sent": 3}
    assert chats_written_to(api) == [1, 2, 2, 3]
    assert at == [(1, 0.0), (2, 17.0), (3, 17.0)]


async def test_who_blocked_the_bot_is_left_alone_until_they_write_again(api: BotApi, store: SqliteStore) -> None:
    await subscribed(api, store, 1, 2)
    await api.user(1).block()
    async with broadcasting(api, store) as bot:
        await bot.queue.put(CEC, FRENCH)
        assert await bot.queue.settled() == {"never": 2, "sent": 2}
        assert chats_written_to(api) == [1, 2, 2]
        assert await store.load("tg:1") == {"count": 0, "language": "en"}
        await bot.queue.put(CEC._replace(number="905"))
        await bot.queue.settled()
        assert chats_written_to(api) == [1, 2, 2, 2]
        await api.user(1).unblock()
        await api.user(1).ask("hello")
        await bot.queue.put(CEC._replace(number="906"))
        assert (await api.user(1).next()).text == "round:906"


@pytest.mark.parametrize(("code", "description"), [(400, "Bad Request: chat not found"), (413, "too large")])
async def test_what_is_refused_for_good_is_not_tried_again_and_holds_up_nothing(
    api: BotApi, store: SqliteStore, code: int, description: str
) -> None:
    await subscribed(api, store, 1, 2)
    api.fail("sendMessage", code, chat=1, description=description)
    async with broadcasting(api, store) as bot:
        await bot.queue.put(CEC)
        assert await bot.queue.settled() == {"never": 1, "sent": 1}
        assert await store.load("tg:1") is not None
        await bot.queue.put(FRENCH)
        await bot.queue.settled()
    assert chats_written_to(api) == [1, 2, 1, 2]


@pytest.mark.parametrize("page", [False, True])
async def test_an_outage_is_waited_out_and_the_order_stays(api: BotApi, store: SqliteStore, page: bool) -> None:
    await subscribed(api, store, 1, 2, 3)
    async with broadcasting(api, store) as bot:
        await api.polled()
        api.fail("sendMessage", 502, page=page, times=2)
        api.fail("getMe", 502, page=page, times=2 * TRIES)
        await bot.queue.put(CEC)
        assert await bot.queue.settled() == {"sent": 3}
    assert chats_written_to(api) == [1, 1, 1, 2, 3]
    assert max(bot.time.asked) > 10


async def test_one_that_telegram_cannot_take_though_it_answers_is_put_off(api: BotApi, store: SqliteStore) -> None:
    await subscribed(api, store, 1, 2)
    api.fail("sendMessage", 500, chat=1, times=TRIES)
    async with broadcasting(api, store) as bot:
        await bot.queue.put(CEC)
        assert await bot.queue.settled() == {"later": 1, "sent": 1}
        api.clock.advance(300)
        bot.queue.on_queue()
        assert (await api.user(1).next()).text == "round:903"
    assert chats_written_to(api) == [1] * TRIES + [2, 1]


@pytest.mark.parametrize("trouble", ["cut", "hang"])
@pytest.mark.parametrize("accepted", [False, True])
async def test_a_message_whose_answer_was_lost_is_sent_once_more(
    api: BotApi, store: SqliteStore, trouble: str, accepted: bool
) -> None:
    await subscribed(api, store, 1, 2)
    getattr(api, trouble)("sendMessage", chat=1, accepted=accepted)
    async with broadcasting(api, store, answer=SHORT) as bot:
        await bot.queue.put(CEC)
        assert await bot.queue.settled() == {"sent": 2}
    assert len(api.user(1).inbox) == 1 + accepted
    assert len(api.user(2).inbox) == 1


async def test_a_message_is_shown_twice_at_most_and_the_log_says_that_it_is_not_known(
    api: BotApi, store: SqliteStore, caplog: pytest.LogCaptureFixture
) -> None:
    await subscribed(api, store, 1, 2)
    api.cut("sendMessage", chat=1, accepted=True, times=None)
    async with broadcasting(api, store) as bot:
        await bot.queue.put(CEC)
        assert await bot.queue.settled() == {"sent": 2}
        bot.sayings.word = " corrected"
        await bot.queue.correct(CEC)
        await bot.queue.settled()
    assert [message.text for message in api.user(1).inbox] == ["round:903"] * 2
    assert [message.text for message in api.user(2).inbox] == ["round:903 corrected"]
    assert "may or may not have arrived" in caplog.text


async def test_a_store_that_is_held_by_another_is_waited_for_and_nothing_is_sent_again(
    api: BotApi, store: SqliteStore
) -> None:
    await subscribed(api, store, 1)
    silence = api.hang("sendMessage", accepted=True)
    async with broadcasting(api, store, hold=0.2) as bot:
        await bot.queue.put(CEC)
        await silence.struck()
        other = sqlite3.connect(store.path, isolation_level=None)
        other.execute("begin immediate")
        silence.release()
        await bot.time.holding.wait()
        other.close()
        bot.time.over.set()
        assert await bot.queue.settled() == {"sent": 1}
    assert api.count("sendMessage") == 1


async def test_a_notice_without_words_holds_up_nothing_and_waits_for_a_better_version(
    api: BotApi, store: SqliteStore, caplog: pytest.LogCaptureFixture
) -> None:
    await subscribed(api, store, 1, 2)
    async with broadcasting(api, store, sayings=Sayings(broken={"tg:1"})) as bot:
        await bot.queue.put(CEC)
        assert await bot.queue.settled() == {"later": 1, "sent": 1}
        bot.sayings.broken.clear()
        api.clock.advance(3600)
        bot.queue.on_queue()
        assert (await api.user(1).next()).text == "round:903"
    assert "ValueError at" in caplog.text
    assert "tg:1" not in caplog.text


async def test_what_there_is_nothing_to_say_of_any_more_is_not_said(api: BotApi, store: SqliteStore) -> None:
    await subscribed(api, store, 1)
    async with broadcasting(api, store, sayings=Sayings(gone={"round:903"})) as bot:
        await bot.queue.put(CEC, FRENCH)
        assert await bot.queue.settled() == {"never": 1, "sent": 1}
    assert [message.text for message in api.user(1).inbox] == ["round:904"]


# -- corrections


async def test_a_correction_edits_the_message_at_once_even_in_quiet_hours(api: BotApi, store: SqliteStore) -> None:
    known(api, 1)
    await wants(store, 1, quiet=NIGHT)
    async with broadcasting(api, store) as bot:
        await bot.queue.put(CEC)
        await bot.queue.settled()
        api.clock.advance(11 * 3600)
        bot.sayings.word = " corrected"
        await bot.queue.correct(CEC)
        assert await bot.queue.settled() == {"sent": 1}
    (message,) = api.user(1).inbox
    assert [shown.text for shown in message.history] == ["round:903", "round:903 corrected"]
    assert message.labels == ["Mute"]


async def test_a_correction_that_changes_nothing_that_was_said_makes_no_call(api: BotApi, store: SqliteStore) -> None:
    await subscribed(api, store, 1)
    async with broadcasting(api, store) as bot:
        await bot.queue.put(CEC)
        await bot.queue.settled()
        await bot.queue.correct(CEC)
        assert await bot.queue.settled() == {"sent": 1}
    assert (api.count("sendMessage"), api.count("editMessageText")) == (1, 0)


@pytest.mark.parametrize(
    "description",
    [
        "Bad Request: message is not modified",
        "Bad Request: message to edit not found",
        "Bad Request: message can't be edited",
    ],
)
async def test_a_message_that_cannot_be_edited_is_let_be_and_nothing_new_is_sent(
    api: BotApi, store: SqliteStore, description: str
) -> None:
    await subscribed(api, store, 1)
    api.fail("editMessageText", 400, description=description)
    async with broadcasting(api, store) as bot:
        await bot.queue.put(CEC)
        await bot.queue.settled()
        bot.sayings.word = " corrected"
        await bot.queue.correct(CEC)
        assert await bot.queue.settled() == {"sent": 1}
    assert (api.count("sendMessage"), api.count("editMessageText")) == (1, 1)


@pytest.mark.parametrize("code", [429, 502])
async def test_an_edit_is_tried_again_as_long_as_it_may_help(api: BotApi, store: SqliteStore, code: int) -> None:
    await subscribed(api, store, 1)
    api.fail("editMessageText", code)
    api.cut("editMessageText", accepted=False, times=3)
    async with broadcasting(api, store) as bot:
        await bot.queue.put(CEC)
        await bot.queue.settled()
        bot.sayings.word = " corrected"
        await bot.queue.correct(CEC)
        assert await bot.queue.settled() == {"sent": 1}
    assert [message.text for message in api.user(1).inbox] == ["round:903 corrected"]
    assert api.count("editMessageText") == 5


async def test_an_edit_that_telegram_cannot_make_is_given_up_and_not_sent_as_a_new_message(
    api: BotApi, store: SqliteStore
) -> None:
    await subscribed(api, store, 1)
    api.fail("editMessageText", 500, times=None)
    async with broadcasting(api, store) as bot:
        await bot.queue.put(CEC)
        await bot.queue.settled()
        bot.sayings.word = " corrected"
        await bot.queue.correct(CEC)
        assert await bot.queue.settled() == {"sent": 1}
    assert (api.count("sendMessage"), api.count("editMessageText")) == (1, TRIES)


async def test_a_round_that_is_corrected_while_its_message_is_on_its_way_is_edited_right_after(
    api: BotApi, store: SqliteStore
) -> None:
    await subscribed(api, store, 1)
    silence = api.hang("sendMessage", accepted=True)
    async with broadcasting(api, store) as bot:
        await bot.queue.put(CEC)
        await silence.struck()
        bot.sayings.word = " corrected"
        await bot.queue.correct(CEC)
        silence.release()
        assert [shown.text for shown in await api.user(1).wait(2)] == ["round:903", "round:903 corrected"]
        assert await bot.queue.settled() == {"sent": 1}
    assert api.count("sendMessage") == 1


async def test_what_was_put_into_words_ahead_is_not_sent_once_the_round_is_corrected(
    api: BotApi, store: SqliteStore
) -> None:
    await subscribed(api, store, 1, 2)
    silence = api.hang("sendMessage", chat=1, accepted=True)
    async with broadcasting(api, store) as bot:
        await bot.queue.put(CEC)
        await silence.struck()
        bot.sayings.word = " corrected"
        await bot.queue.correct(CEC)
        silence.release()
        await bot.queue.settled()
    assert [shown.text for shown in api.user(2).seen.items] == ["round:903 corrected"]


async def test_other_rounds_that_come_while_a_message_is_on_its_way_edit_nothing(
    api: BotApi, store: SqliteStore
) -> None:
    await subscribed(api, store, 1)
    silence = api.hang("sendMessage", accepted=True)
    async with broadcasting(api, store) as bot:
        await bot.queue.put(CEC)
        await silence.struck()
        await bot.queue.correct(FRENCH)
        silence.release()
        assert await bot.queue.settled() == {"sent": 1}
    assert api.count("editMessageText") == 0


# -- the process


async def test_a_bot_that_is_stopped_finishes_the_message_under_way_and_begins_no_other(
    api: BotApi, store: SqliteStore
) -> None:
    await subscribed(api, store, 1, 2)
    silence = api.hang("sendMessage", accepted=True)
    async with broadcasting(api, store) as bot:
        await bot.queue.put(CEC)
        await silence.struck()
        bot.stop.set()
        await asyncio.sleep(0)
        silence.release()
        await bot.end()
    assert await store.waiting_notices() == {"sent": 1, "waiting": 1}
    assert chats_written_to(api) == [1]


class Broken:
    """A part whose every beginning fails."""

    def __init__(self) -> None:
        self.begun = 0
        self.often = asyncio.Event()
        self.on_queue: Callable[[], None] = lambda: None

    async def run(self, *_: object) -> None:
        self.begun += 1
        if self.begun == 3:
            self.often.set()
            await asyncio.Event().wait()
        raise ValueError("secret")


@pytest.mark.parametrize("part", ["feed", "herald"])
async def test_people_are_answered_while_what_should_tell_them_fails(
    api: BotApi, store: SqliteStore, part: str, caplog: pytest.LogCaptureFixture
) -> None:
    broken = Broken()
    async with broadcasting(api, store, **{part: broken}):  # type: ignore[arg-type]
        await broken.often.wait()
        assert (await api.user(1).ask("hello")).text == "1: hello"
    assert f"the {part} failed" in caplog.text
    assert "secret" not in caplog.text


async def test_the_log_counts_what_became_of_the_notices_and_names_nobody(
    api: BotApi, store: SqliteStore, caplog: pytest.LogCaptureFixture
) -> None:
    await subscribed(api, store, 1_000_001, 1_000_002)
    await api.user(1_000_002).block()
    with caplog.at_level("DEBUG", logger="bot"):
        async with broadcasting(api, store) as bot:
            await bot.queue.put(CEC)
            await bot.queue.settled()
            while "notices" not in caplog.text:
                await store.waiting_notices()
    assert "notices: 1 blocked, 1 sent" in caplog.text
    assert "100000" not in caplog.text
    assert "round:903" not in caplog.text
