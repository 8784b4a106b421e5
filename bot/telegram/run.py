"""The process of `tirage run`: from its start to a signal."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from types import FrameType
from typing import TypeVar

from bot.store.errors import StoreError
from bot.telegram import logs
from bot.telegram.channel import Channel
from bot.telegram.parts import Answers, Connection, Telling, Wording
from bot.telegram.polling import TokenRefusedError

T = TypeVar("T", bound=Answers)
SIGNALS = (signal.SIGINT, signal.SIGTERM)
RARELY = (50_000, 20, 50)
"""New objects, then younger passes, before the collector looks: a turn makes thousands, and hardly a ring."""
log = logging.getLogger(__name__)


def run(
    opened: Callable[[], AbstractAsyncContextManager[T]],
    wording: Wording,
    connection: Connection,
    level: str,
    telling: Callable[[T], Telling] | None = None,
) -> None:
    """Talk on Telegram until SIGINT or SIGTERM; a second one does not wait for what is under way.

    `opened` opens what takes the turns, its store included, in the event loop that it will run in; `telling` makes of
    it what tells people of rounds. `level`: of the log, on standard error. Raises TokenRefusedError, and StoreError
    where the store cannot be opened.
    """
    logs.set_up(logging.getLevelNamesMapping()[level.upper()])
    try:
        asyncio.run(_serve(opened, wording, connection, telling))
    except (StoreError, TokenRefusedError):
        raise
    except Exception as error:  # a traceback would print its words, which may quote a message
        log.critical("ended by an error: %s", logs.where(error))
        sys.exit(1)


async def _serve(
    opened: Callable[[], AbstractAsyncContextManager[T]],
    wording: Wording,
    connection: Connection,
    telling: Callable[[T], Telling] | None,
) -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(logs.without_words)
    stop = asyncio.Event()
    _stop_on_signals(loop, stop)
    async with opened() as answers:
        # the rules, the words and the libraries stay for good: the collector need not walk them at every turn
        gc.collect()
        gc.freeze()
        gc.set_threshold(*RARELY)
        await Channel(answers, wording, connection, telling(answers) if telling else None).run(stop)


def _stop_on_signals(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    def asked() -> None:
        stop.set()
        for number in SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        log.info("asked to stop; finishing what is under way, a second signal ends at once")

    def handle(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(asked)

    for number in SIGNALS:
        signal.signal(number, handle)
