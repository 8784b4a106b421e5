"""Trouble on order, and the limits of messages a second, with python-telegram-bot's own client."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from tests.botapi import BotApi
from tests.botapi.conftest import client


async def test_429_carries_the_seconds_to_wait(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    api.fail("sendMessage", 429, retry_after=7)
    with pytest.raises(RetryAfter) as raised:
        await bot.send_message(42, "x")
    assert raised.value.retry_after == timedelta(seconds=7)
    assert user.inbox == []
    await bot.send_message(42, "x")
    assert len(user.inbox) == 1


async def test_403_of_one_chat_leaves_the_others_alone(api: BotApi, bot: Bot) -> None:
    api.user(42, known=True)
    api.user(43, known=True)
    fault = api.fail("sendMessage", 403, chat=42, times=None)
    for _ in range(3):
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(42, "x")
        assert (await bot.send_message(43, "x")).text == "x"
    assert fault.hits == 3
    fault.stop()
    assert (await bot.send_message(42, "x")).text == "x"


async def test_5xx_is_a_network_error_as_json_and_as_a_page(api: BotApi, bot: Bot) -> None:
    api.fail(code=500, times=2)
    api.fail(code=502, page=True)
    with pytest.raises(NetworkError, match="Internal Server Error"):
        await bot.get_me()
    with pytest.raises(NetworkError, match="Internal Server Error"):
        await bot.get_my_commands()
    with pytest.raises(NetworkError, match="502 Bad Gateway"):
        await bot.get_me()
    await bot.get_me()


async def test_any_description_can_be_ordered(api: BotApi, bot: Bot) -> None:
    api.fail("getMe", 400, description="Bad Request: group chat was upgraded to a supergroup chat")
    with pytest.raises(BadRequest, match="Group chat was upgraded"):
        await bot.get_me()


async def test_trouble_may_begin_later_and_end_after_some_times(api: BotApi, bot: Bot) -> None:
    api.user(42, known=True)
    api.fail("sendMessage", 500, after=2, times=2)
    outcomes = []
    for _ in range(6):
        try:
            await bot.send_message(42, "x")
        except TelegramError:
            outcomes.append("refused")
        else:
            outcomes.append("sent")
    assert outcomes == ["sent", "sent", "refused", "refused", "sent", "sent"]


async def test_accepted_error_has_done_its_work(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    api.fail("sendMessage", 502, accepted=True)
    with pytest.raises(NetworkError):
        await bot.send_message(42, "x")
    assert len(user.inbox) == 1


@pytest.mark.parametrize(("accepted", "arrived"), [(True, 1), (False, 0)])
async def test_connection_is_cut_after_or_before_the_message_arrived(
    api: BotApi, bot: Bot, accepted: bool, arrived: int
) -> None:
    user = api.user(42, known=True)
    api.cut("sendMessage", accepted=accepted)
    with pytest.raises(NetworkError):
        await bot.send_message(42, "x")
    assert len(user.inbox) == arrived
    await bot.send_message(42, "y")
    assert len(user.inbox) == arrived + 1


@pytest.mark.parametrize(("accepted", "before"), [(True, 1), (False, 0)])
async def test_silence_lasts_until_it_is_released(api: BotApi, bot: Bot, accepted: bool, before: int) -> None:
    user = api.user(42, known=True)
    silence = api.hang("sendMessage", accepted=accepted)
    sending = asyncio.create_task(bot.send_message(42, "x"))
    await silence.struck()
    await bot.get_me()
    assert (sending.done(), len(user.inbox)) == (False, before)
    silence.release()
    assert (await sending).text == "x"
    assert len(user.inbox) == 1


async def test_server_closes_while_it_is_silent() -> None:
    async with BotApi() as api:
        bot = client(api)
        await bot.initialize()
        api.user(42, known=True)
        silence = api.hang("sendMessage", times=None)
        sending = asyncio.create_task(bot.send_message(42, "x"))
        await silence.struck()
    assert (await sending).text == "x"
    await bot.shutdown()


async def test_cut_poll_loses_no_update(api: BotApi, bot: Bot) -> None:
    await api.user(42).send("one")
    api.cut("getUpdates", accepted=True)
    with pytest.raises(NetworkError):
        await bot.get_updates()
    assert len(await bot.get_updates()) == 1


async def test_flood_limits_are_kept_by_the_servers_clock() -> None:
    async with BotApi(flood=True) as api, client(api) as bot:
        api.user(42, known=True)
        sent = await bot.send_message(42, "x")
        send: Callable[[], Awaitable[object]]
        for send in (lambda: bot.send_message(42, "y"), lambda: bot.edit_message_text("y", 42, sent.message_id)):
            with pytest.raises(RetryAfter):
                await send()
        await bot.send_chat_action(42, "typing")
        api.clock.advance(1)
        await bot.send_message(42, "y")
        api.clock.advance(1)
        for number in range(100, 130):
            api.user(number, known=True)
            await bot.send_message(number, "x")
        with pytest.raises(RetryAfter):
            await bot.send_message(42, "x")
        api.clock.advance(1)
        await bot.send_message(42, "x")


async def test_latency_delays_every_call_and_loses_none() -> None:
    async with BotApi(latency=0.001) as api, client(api) as bot:
        user = api.user(42, known=True)
        await asyncio.gather(*(bot.send_message(42, str(number)) for number in range(20)))
        assert len(user.inbox) == 20
