"""`python -m benchmarks.bot_aiogram URL TOKEN`: aiogram 3's echo bot, in an environment of its own."""

from __future__ import annotations

import asyncio
import importlib
import logging
import sys
from typing import Any

from benchmarks.bot_usage import answer_parent


async def echo(message: Any) -> None:
    """Say what was said."""
    await message.answer(message.text)


async def poll(url: str, token: str) -> None:
    """Poll until a signal."""
    aiogram: Any = importlib.import_module("aiogram")
    session: Any = importlib.import_module("aiogram.client.session.aiohttp")
    telegram: Any = importlib.import_module("aiogram.client.telegram")
    server = telegram.TelegramAPIServer.from_base(url)
    bot = aiogram.Bot(token, session=session.AiohttpSession(api=server, limit=256))
    dispatcher = aiogram.Dispatcher()
    dispatcher.message(aiogram.F.text)(echo)
    answer_parent()
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)  # it warns of the signal that ends it
    asyncio.run(poll(*sys.argv[1:]))
