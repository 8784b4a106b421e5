"""How long to wait before something is tried again."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Pause = Callable[[float], Awaitable[None]]
"""Waits for some seconds."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds: the first wait, the longest, and between two rounds of what was left; `pause` does the waiting."""

    first: float = 0.5
    longest: float = 30.0
    round: float = 300.0
    pause: Pause = asyncio.sleep


class Backoff:
    """Waits that double, each somewhere between half and all of its length, so that many do not come back at once."""

    def __init__(self, waits: Waits) -> None:
        self._waits = waits
        self.tries = 0

    async def wait(self, least: float = 0.0) -> None:
        """Wait once more, at least `least` seconds."""
        length = min(self._waits.longest, self._waits.first * 2**self.tries)
        self.tries += 1
        await self._waits.pause(max(least, length * random.uniform(0.5, 1.0)))
