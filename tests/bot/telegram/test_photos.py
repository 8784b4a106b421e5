"""Pictures in Telegram: with their text, once uploaded and then by name, and never at the cost of the reply."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import pytest

from bot.charts.pictures import Pictures
from bot.charts.render import fingerprint
from conversations.session import Language
from tests.bot.telegram.conftest import Pauses, Run
from tests.bot.telegram.counting import PICTURES
from tests.botapi import BotApi, png

LONG = "x" * 1025
FITS = "x" * 1024


class Hand:
    """What draws here: a picture at once, and it counts; or it fails."""

    def __init__(self, *, fails: bool = False) -> None:
        self.drawn, self.fails = 0, fails

    def __call__(self, spec: Mapping[str, Any], language: Language) -> bytes:  # noqa: ARG002
        if self.fails:
            raise ValueError(f"what it holds: {spec}")
        self.drawn += 1
        return png(40, 40)


async def test_a_picture_has_the_text_and_the_buttons_under_it(api: BotApi, run: Run) -> None:
    async with run(pictures=Pictures(Hand())):
        shown = await api.user(42).ask("picture <b>the pool</b>")
    assert (shown.kind, shown.text, shown.html) == ("photo", "the pool", "<b>the pool</b>")
    assert shown.labels == ["Edit", "Again"]


async def test_the_real_picture_is_taken(api: BotApi, run: Run) -> None:
    async with run():
        shown = await api.user(42).ask("picture the pool")
    assert shown.file is not None
    assert (shown.file.width, shown.file.height) == (1080, 1350)


async def test_it_is_uploaded_once_and_then_sent_by_its_name(api: BotApi, run: Run) -> None:
    hand = Hand()
    async with run(pictures=Pictures(hand)):
        first = await api.user(42).ask("picture one")
        second = await api.user(43).ask("picture two")
    assert first.file == second.file is not None
    assert [isinstance(call.get("photo"), str) for call in api.calls("sendPhoto")] == [False, True]
    assert hand.drawn == 1


async def test_its_name_outlives_the_process(api: BotApi, run: Run) -> None:
    hand = Hand()
    for user in (42, 43):
        async with run(pictures=Pictures(hand)):
            await api.user(user).ask("picture one")
    assert hand.drawn == 1


async def test_a_name_that_is_not_good_any_more_is_found_out_and_replaced(api: BotApi, run: Run) -> None:
    spec, hand = PICTURES["picture"], Hand()
    async with run(pictures=Pictures(hand)) as running:
        await running.answers.store.keep_picture(fingerprint(spec, "en"), "AgACfromAnotherBot")
        shown = await api.user(42).ask("picture one")
        again = await api.user(43).ask("picture two")
        name = await running.answers.store.picture(fingerprint(spec, "en"))
    assert (shown.kind, again.kind, hand.drawn) == ("photo", "photo", 1)
    assert shown.file is not None
    assert name == shown.file.file_id


async def test_what_shows_a_score_is_sent_anew_and_its_name_is_not_kept(api: BotApi, run: Run) -> None:
    hand = Hand()
    async with run(pictures=Pictures(hand)) as running:
        for user in (42, 42, 43):
            await api.user(user).ask("mine")
        assert await running.answers.store.picture(fingerprint(PICTURES["mine"], "en")) is None
    assert hand.drawn == api.count("sendPhoto") == 3


@pytest.mark.parametrize(("text", "messages"), [(FITS, ["photo"]), (LONG, ["photo", "text"])], ids=["fits", "too_long"])
async def test_a_text_too_long_for_a_caption_stands_below_with_the_buttons(
    api: BotApi, run: Run, text: str, messages: list[str]
) -> None:
    user = api.user(42)
    async with run(pictures=Pictures(Hand())):
        await user.send(f"picture {text}")
        shown = await user.wait(len(messages))
    assert [one.kind for one in shown] == messages
    assert [one.labels for one in shown] == [[]] * (len(messages) - 1) + [["Edit", "Again"]]
    assert shown[-1].text == text


async def test_a_tap_under_a_picture_is_answered_by_a_new_message(api: BotApi, run: Run) -> None:
    user = api.user(42)
    async with run(pictures=Pictures(Hand())):
        first = await user.ask("picture one")
        await user.tap("Edit")
        second = await user.next()
    assert (second.edited, second.text, first.kind) == (False, "2: edit", "photo")
    assert second.message_id != first.message_id


async def test_a_picture_in_answer_to_a_tap_is_a_new_message(api: BotApi, run: Run) -> None:
    user = api.user(42)
    async with run(pictures=Pictures(Hand())):
        first = await user.ask("picture one")
        await user.tap("Again")
        second = await user.next()
    assert (second.edited, second.kind) == (False, "photo")
    assert second.message_id != first.message_id


@pytest.mark.parametrize("text", ["short", LONG], ids=["short", "too_long"])
async def test_a_picture_that_cannot_be_drawn_leaves_the_text_and_the_buttons(
    api: BotApi, run: Run, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        async with run(pictures=Pictures(Hand(fails=True))):
            shown = await api.user(42).ask(f"mine {text}")
    assert (shown.kind, shown.text, shown.labels) == ("text", text, ["Edit", "Again"])
    assert "ValueError" in caplog.text
    assert "478" not in caplog.text


@pytest.mark.parametrize("text", ["short", LONG], ids=["short", "too_long"])
@pytest.mark.parametrize("status", [400, 413])
async def test_a_picture_that_is_refused_leaves_the_text_and_the_buttons(
    api: BotApi, run: Run, text: str, status: int
) -> None:
    api.fail("sendPhoto", status, times=None)
    async with run(pictures=Pictures(Hand())):
        shown = await api.user(42).ask(f"picture {text}")
    assert (shown.kind, shown.text, shown.labels) == ("text", text, ["Edit", "Again"])


async def test_while_telegram_is_busy_a_picture_is_drawn_once(api: BotApi, run: Run) -> None:
    hand, pauses = Hand(), Pauses()
    api.fail("sendPhoto", 429, retry_after=3, times=2)
    async with run(pictures=Pictures(hand), pauses=pauses):
        shown = await api.user(42).ask("mine one")
    assert (shown.kind, hand.drawn) == ("photo", 1)


async def test_a_picture_that_may_have_arrived_is_sent_twice_at_most(api: BotApi, run: Run) -> None:
    for _ in range(3):
        api.cut("sendPhoto", accepted=True)
    user = api.user(42)
    async with run(pictures=Pictures(Hand())):
        await user.send("picture one")
        await user.wait(2)
        await api.until(lambda: api.count("sendPhoto") == 2)
        await api.drained()
    assert api.count("sendPhoto") == 2
