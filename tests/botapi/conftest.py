"""A server, python-telegram-bot's own client against it, and a plain HTTP client."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import ClientSession
from telegram import Bot

from tests.botapi import BotApi

Post = Callable[..., Awaitable[tuple[int, Any]]]


@pytest.fixture(autouse=True)
def _durations(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client's own warning about numbers of seconds is an error here; this is how it is told to stop."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi(webhook_delay=0.0) as server:
        yield server


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    async with client(api) as made:
        yield made


def client(api: BotApi) -> Bot:
    """python-telegram-bot's Bot with its default transport."""
    return Bot(api.token, base_url=api.base_url, base_file_url=api.base_file_url)


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
async def post(api: BotApi, http: ClientSession) -> Post:
    """Call a method with a JSON body: the HTTP status and the answer."""

    async def call(method: str, **params: Any) -> tuple[int, Any]:
        async with http.post(f"{api.base_url}{api.token}/{method}", json=params) as answer:
            return answer.status, await answer.json()

    return call
