"""What is logged: numbers of updates and messages and kinds of errors; never a text, a fact, a chat or the token."""

from __future__ import annotations

import asyncio
import logging
import traceback
from pathlib import PurePath
from typing import Any

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
OURS = "bot"
DEEPEST = 5
log = logging.getLogger(__name__)


def set_up(level: int) -> None:
    """Log to standard error: ours from `level` on, what the libraries below say only when it is an error.

    At lower levels they print addresses, with the token in them, the texts of messages, and what a callback was given.
    """
    logging.basicConfig(level=logging.WARNING, format=FORMAT, force=True)
    logging.getLogger(OURS).setLevel(level)
    for name in ("telegram", "aiohttp", "asyncio", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.ERROR)


def where(error: BaseException) -> str:
    """The kind of an error and the lines that led to it, without its words: they may quote what a person typed."""
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    lines = " > ".join(f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    return f"{type(error).__name__} at {lines}" if lines else type(error).__name__


def without_words(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """An event loop's handler for errors that nobody waits for."""
    error = context.get("exception")
    log.error("an error that nobody waited for: %s", where(error) if isinstance(error, BaseException) else "unknown")
