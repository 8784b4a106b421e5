"""How fast a broadcast may go: what Telegram takes from a bot, less what replies use of it.

https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this (checked on 2026-11-22): about 30
messages a second in all, one a second in a chat.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import monotonic

PER_SECOND = 30
"""Messages a second to all chats together; one a second to each."""
SECOND = 1.0


class Pace:
    """Counts what goes out, and tells how long a broadcast has to wait. `clock` gives seconds that never go back.

    A message counts from when Telegram answered it: it arrived no later, and the next one of a broadcast leaves after
    that, so that the limit holds where Telegram counts. Replies are counted as well, and never wait.
    """

    def __init__(self, per_second: int = PER_SECOND, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._recent: deque[float] = deque(maxlen=per_second)
        self._last: dict[int, float] = {}
        self._held_until = 0.0

    def went(self, chat: int) -> None:
        """A message to a chat was answered."""
        now = self._clock()
        self._recent.append(now)
        self._last.pop(chat, None)
        self._last[chat] = now  # so that the oldest stands first
        while (oldest := next(iter(self._last))) != chat and self._last[oldest] + SECOND <= now:
            del self._last[oldest]

    def hold(self, seconds: float) -> None:
        """Telegram says that nothing more may go for some seconds (429)."""
        self._held_until = max(self._held_until, self._clock() + seconds)

    def delay(self, chat: int) -> float:
        """Seconds until a broadcast may go to a chat; 0 = now."""
        return max(self.overall(), self.chat(chat))

    def overall(self) -> float:
        """Seconds for which no broadcast may go, to whatever chat."""
        full = len(self._recent) == self._recent.maxlen
        return max(self._held_until - self._clock(), self._after(self._recent[0] if full else None))

    def chat(self, chat: int) -> float:
        """Seconds for which none may go to this chat, since it was just written to."""
        return self._after(self._last.get(chat))

    def _after(self, at: float | None) -> float:
        """Seconds until a second has gone by since a moment."""
        return 0.0 if at is None else max(at + SECOND - self._clock(), 0.0)
