"""The server's own time: every date, every expiry and every limit by the second is read here."""

from __future__ import annotations

import time

# 2026-11-18 11:06:40 UTC.
START = 1_795_000_000.0


class Clock:
    """Seconds since 1970. It stands still until `advance`, or follows the machine's clock when made by `wall`."""

    def __init__(self, start: float = START, *, running: bool = False) -> None:
        self._at = start
        self._running = running

    @classmethod
    def wall(cls) -> Clock:
        """A clock that follows the machine's; `advance` still moves it ahead."""
        return cls(0.0, running=True)

    def now(self) -> float:
        """The time, in seconds since 1970."""
        return self._at + time.time() if self._running else self._at

    def advance(self, seconds: float) -> None:
        """Move ahead. Raises ValueError for a step back."""
        if seconds < 0:
            raise ValueError("time does not go back")
        self._at += seconds
