"""`tirage run` as a process of its own, to be killed."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Protocol

from tests.project import ROOT


class Api(Protocol):
    """A Bot API server."""

    token: str

    @property
    def url(self) -> str:
        """Its root."""


@asynccontextmanager
async def bot(api: Api, db: Path, today: date, *, ask: bool = False, **settings: str) -> AsyncIterator[None]:
    """The bot, which is killed at the end of the block (`ask`: asked to stop); it fails where the bot ended by itself.

    `settings`: variables without TIRAGE_; the feed is off where they do not say otherwise.
    """
    given = {"telegram_token": api.token, "telegram_api_url": api.url, "log_level": "warning", "feed_every": "off"}
    environment = {f"TIRAGE_{name.upper()}": value for name, value in (given | settings).items()}
    command = ["-m", "bot", "run", "--db", str(db), "--today", today.isoformat()]
    process = await asyncio.create_subprocess_exec(sys.executable, *command, cwd=ROOT, env=os.environ | environment)
    try:
        async with asyncio.TaskGroup() as tasks:
            lives = tasks.create_task(_lives(process))
            yield
            lives.cancel()
        if ask:
            process.terminate()
            await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _lives(process: asyncio.subprocess.Process) -> None:
    raise AssertionError(f"the bot ended by itself, with status {await process.wait()}")
