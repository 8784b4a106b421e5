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
async def bot(api: Api, db: Path, today: date, **settings: str) -> AsyncIterator[None]:
    """The bot, which is killed at the end of the block. `settings`: variables without TIRAGE_; the feed is off."""
    given = {"telegram_token": api.token, "telegram_api_url": api.url, "log_level": "warning", "feed_every": "off"}
    environment = {f"TIRAGE_{name.upper()}": value for name, value in (given | settings).items()}
    command = ["-m", "bot", "run", "--db", str(db), "--today", today.isoformat()]
    process = await asyncio.create_subprocess_exec(sys.executable, *command, cwd=ROOT, env=os.environ | environment)
    try:
        yield
    finally:
        process.kill()
        await process.wait()
