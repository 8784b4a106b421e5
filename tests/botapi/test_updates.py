"""getUpdates: offsets, limits, waiting, kinds, and that only one may ask."""

import asyncio

import pytest
from telegram import Bot
from telegram.error import Conflict

from tests.botapi import BotApi
from tests.botapi.conftest import Post, client
from tests.botapi.updates import CALLBACK_WAITS, DAY, FIRST_UPDATE


async def send(api: BotApi, *texts: str) -> None:
    for text in texts:
        await api.user(42).send(text)


async def texts(bot: Bot, offset: int | None = None) -> list[str | None]:
    return [update.message.text if update.message else None for update in await bot.get_updates(offset)]


async def test_updates_come_again_until_an_offset_confirms_them(api: BotApi, bot: Bot) -> None:
    await send(api, "one", "two", "three")
    assert await texts(bot) == ["one", "two", "three"]
    assert await texts(bot) == ["one", "two", "three"]
    assert await texts(bot, offset=FIRST_UPDATE + 1) == ["two", "three"]
    assert await texts(bot) == ["two", "three"]
    assert await texts(bot, offset=FIRST_UPDATE + 3) == []
    assert await texts(bot) == []


async def test_negative_offset_counts_from_the_end_and_forgets_the_rest(api: BotApi, bot: Bot) -> None:
    await send(api, "one", "two", "three")
    assert await texts(bot, offset=-1) == ["three"]
    assert await texts(bot) == ["three"]
    assert await texts(bot, offset=-9) == ["three"]


async def test_offset_far_in_the_future_confirms_nothing(api: BotApi, bot: Bot) -> None:
    await send(api, "one")
    assert await texts(bot, offset=FIRST_UPDATE + 1000) == ["one"]


@pytest.mark.parametrize(("limit", "count"), [(2, 2), (100, 100), (0, 1), (500, 100)])
async def test_limit_is_from_1_to_100(api: BotApi, bot: Bot, limit: int, count: int) -> None:
    await send(api, *(str(number) for number in range(120)))
    assert len(await bot.get_updates(limit=limit)) == count


async def test_update_ends_the_wait_at_once(api: BotApi, bot: Bot) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=50))
    await api.polled()
    await send(api, "hello")
    (update,) = await waiting
    assert update.message is not None
    assert update.message.text == "hello"


async def test_wait_without_an_update_ends_with_nothing(bot: Bot) -> None:
    assert await bot.get_updates(timeout=1) == ()


async def test_second_poll_ends_the_first_with_a_conflict(api: BotApi, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=50))
    await api.polled()
    async with client(api) as other:
        second = asyncio.create_task(other.get_updates(timeout=50))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        await send(api, "for the second")
        assert len(await second) == 1


async def test_poll_of_a_bot_that_is_gone_is_over(api: BotApi, bot: Bot) -> None:
    async with client(api) as gone:
        waiting = asyncio.create_task(gone.get_updates(timeout=50))
        await api.polled()
        waiting.cancel()
        await api.until(lambda: not api.polling.polled)
    again = asyncio.create_task(bot.get_updates(timeout=50))
    await api.polled()
    await send(api, "one")
    assert len(await again) == 1


async def test_poll_is_refused_while_a_webhook_is_set(bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_setting_a_webhook_ends_a_poll(api: BotApi, bot: Bot) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=50))
    await api.polled()
    await bot.set_webhook("http://127.0.0.1:9/hook")
    with pytest.raises(Conflict, match="terminated by setWebhook"):
        await waiting


async def test_only_allowed_kinds_are_told_from_then_on(api: BotApi, bot: Bot) -> None:
    user = api.user(42)
    before = await user.send("one")
    await bot.get_updates(allowed_updates=["edited_message"])
    await user.send("two")
    await user.edit(before, "one!")
    first, second = await bot.get_updates()
    assert (first.message is not None, second.edited_message is not None) == (True, True)
    await bot.get_updates(offset=second.update_id + 1, allowed_updates=[])
    await user.send("three")
    assert len(await bot.get_updates()) == 1


async def test_pending_updates_can_be_dropped(api: BotApi, bot: Bot) -> None:
    await send(api, "one")
    assert (await bot.get_webhook_info()).pending_update_count == 1
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_updates_wait_a_day_and_taps_for_less(api: BotApi, bot: Bot) -> None:
    user = api.user(42)
    await user.send("hello")
    await bot.send_message(42, "x", reply_markup={"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]})  # type: ignore[arg-type]
    await user.tap("A")
    assert len(await bot.get_updates()) == 2
    api.clock.advance(CALLBACK_WAITS + 1)
    assert len(await bot.get_updates()) == 1
    api.clock.advance(DAY)
    assert await bot.get_updates() == ()


async def test_drained_waits_for_the_confirmation(api: BotApi, bot: Bot) -> None:
    await send(api, "one")
    drained = asyncio.create_task(api.drained())
    (update,) = await bot.get_updates()
    assert not drained.done()
    await bot.get_updates(offset=update.update_id + 1)
    await drained


async def test_numbers_that_are_none_are_read_as_zero(api: BotApi, post: Post) -> None:
    await send(api, "one")
    assert len((await post("getUpdates", offset="--1", limit="²"))[1]["result"]) == 1
