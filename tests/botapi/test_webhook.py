"""Delivery to a webhook: the secret, the order, again until it is taken, and no more at once than allowed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest

from tests.botapi import BotApi
from tests.botapi.feed import Moves
from tests.botapi.webhook import SECRET_HEADER


class Listener:
    """A webhook of a bot: keeps what came, and answers as it is told."""

    def __init__(self) -> None:
        self.url = ""
        self.came: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.at_once = self.most_at_once = 0
        self.answer: Callable[[], web.Response] = web.Response
        self.gate = asyncio.Event()
        self.gate.set()
        self.moves = Moves(lambda: f"came: {self.came}")

    async def handle(self, request: web.BaseRequest) -> web.Response:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.came.append(await request.json() if request.can_read_body else {})
        self.secrets.append(request.headers.get(SECRET_HEADER))
        self.moves.tell()
        await self.gate.wait()
        self.at_once -= 1
        return self.answer()

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.came]


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    found = Listener()
    runner = web.ServerRunner(web.Server(found.handle, access_log=None), shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield found
    found.gate.set()
    await runner.cleanup()


async def test_updates_come_in_order_with_the_secret(api: BotApi, bot: Bot, listener: Listener) -> None:
    user = api.user(42)
    await user.send("before")
    await bot.set_webhook(listener.url, secret_token="s3cret")
    for number in range(5):
        await user.send(str(number))
    await api.drained()
    assert listener.texts == ["before", "0", "1", "2", "3", "4"]
    assert set(listener.secrets) == {"s3cret"}


async def test_update_comes_again_until_it_is_taken(api: BotApi, bot: Bot, listener: Listener) -> None:
    answers = [web.Response(status=500), web.Response(status=404), web.Response(status=302), web.Response(status=204)]
    listener.answer = lambda: answers.pop(0) if answers else web.Response()
    await bot.set_webhook(listener.url)
    await api.user(42).send("one")
    await api.user(42).send("two")
    await api.drained()
    assert listener.texts == ["one", "one", "one", "one", "two"]
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 302 Found"
    assert (info.url, info.pending_update_count, info.max_connections) == (listener.url, 0, 40)


async def test_chats_are_served_side_by_side_up_to_max_connections(api: BotApi, bot: Bot, listener: Listener) -> None:
    listener.gate.clear()
    await bot.set_webhook(listener.url, max_connections=3)
    for number in range(1, 9):
        await api.user(number).send("one")
        await api.user(number).send("two")
    await listener.moves.until(lambda: len(listener.came) == 3, 30.0)
    listener.gate.set()
    await api.drained()
    assert listener.most_at_once == 3
    by_chat = [
        [update["message"]["text"] for update in listener.came if update["message"]["chat"]["id"] == number]
        for number in range(1, 9)
    ]
    assert by_chat == [["one", "two"]] * 8


async def test_answer_may_carry_a_call(api: BotApi, bot: Bot, listener: Listener) -> None:
    user = api.user(42)
    reply = {"method": "sendMessage", "chat_id": 42, "text": "from the webhook"}
    listener.answer = lambda: web.json_response(reply)
    await bot.set_webhook(listener.url)
    await user.send("hello")
    assert (await user.next()).text == "from the webhook"


async def test_nobody_listens_and_the_updates_wait_for_the_poll(api: BotApi, bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    await api.user(42).send("hello")
    delivery = api.polling.delivery
    assert delivery is not None
    await api.until(lambda: bool(delivery.last_error))
    assert (await bot.get_webhook_info()).last_error_message == "Connection refused"
    await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""
    assert len(await bot.get_updates()) == 1


async def test_webhook_is_replaced_by_another(api: BotApi, bot: Bot, listener: Listener) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    await api.user(42).send("hello")
    await bot.set_webhook(listener.url, drop_pending_updates=True)
    await api.user(42).send("again")
    await api.drained()
    assert listener.texts == ["again"]


@pytest.mark.parametrize(
    ("url", "secret", "error"),
    [
        ("ftp://a.ca", None, "invalid webhook URL specified"),
        ("https://a.ca/hook", "no spaces", "secret token contains unallowed characters"),
        ("https://a.ca/hook", "x" * 257, "secret token is too long"),
    ],
)
async def test_wrong_webhooks_are_refused(bot: Bot, url: str, secret: str | None, error: str) -> None:
    with pytest.raises(BadRequest, match=rf"(?i){error}"):
        await bot.set_webhook(url, secret_token=secret)
