"""`python -m benchmarks.bot_ptb URL TOKEN`: the echo bot of python-telegram-bot's documentation, over aiohttp."""

from __future__ import annotations

import logging
import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from benchmarks.bot_usage import answer_parent
from bot.telegram.transport import Transport

AT_ONCE = 512
"""Updates handled side by side: one after another, it would wait for the server most of the time."""


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what was said."""
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def main(url: str, token: str) -> None:
    """Poll until a signal."""
    logging.basicConfig(level=logging.WARNING)
    builder = Application.builder().token(token).base_url(f"{url}/bot").concurrent_updates(AT_ONCE)
    application = builder.request(Transport()).get_updates_request(Transport(most=1)).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    answer_parent()
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main(*sys.argv[1:])
