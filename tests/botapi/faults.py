"""Trouble on order: errors, silence, broken connections; and Telegram's limits of messages a second."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Literal

from tests.botapi.args import Args
from tests.botapi.clock import Clock
from tests.botapi.errors import ApiError, too_many_requests

Kind = Literal["error", "hang", "cut"]

# What a gateway in front of Telegram says instead of JSON.
GATEWAY_PAGE = (
    "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n</body>\r\n</html>"
)

# Methods that Telegram counts as messages.
COUNTED = ("send", "edit")


@dataclass(slots=True, eq=False)
class Fault:
    """One trouble. `accepted`: the call was carried out first, only its answer goes wrong. `times` None: always.

    `method` and `chat`: only these, None for any. `after`: this many matching calls go well first.
    `page`: the error comes as a gateway's HTML page. A client that goes away while it waits for a call that was not
    carried out yet was not heard.
    """

    kind: Kind
    method: str | None = None
    chat: int | None = None
    times: int | None = 1
    after: int = 0
    accepted: bool = False
    error: ApiError | None = None
    page: bool = False
    hits: int = 0
    _released: asyncio.Event = field(default_factory=asyncio.Event)
    _hit: asyncio.Event = field(default_factory=asyncio.Event)

    def wants(self, method: str, args: Args) -> bool:
        """Whether this call gets it; counts it down."""
        if self.method is not None and self.method.lower() != method:
            return False
        if self.chat is not None and args.text("chat_id") != str(self.chat):
            return False
        if self.times is not None and self.hits >= self.times:
            return False
        if self.after > 0:
            self.after -= 1
            return False
        self.hits += 1
        self._hit.set()
        return True

    def release(self) -> None:
        """What hangs goes on, and nothing hangs any more."""
        self._released.set()

    def stop(self) -> None:
        """No call gets it from now on."""
        self.times = self.hits

    async def struck(self, limit: float = 30.0) -> None:
        """Wait for the first call that gets it. Raises TimeoutError after `limit` seconds of real time."""
        await asyncio.wait_for(self._hit.wait(), limit)

    async def hang(self) -> None:
        """Until `release`."""
        await self._released.wait()


class Faults:
    """All troubles on order; the first one that wants a call gets it."""

    def __init__(self) -> None:
        self.all: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Order one."""
        self.all.append(fault)
        return fault

    def pick(self, method: str, args: Args) -> Fault | None:
        """The trouble for this call, if any."""
        return next((fault for fault in self.all if fault.wants(method, args)), None)

    def clear(self) -> None:
        """No more trouble; what hangs goes on."""
        for fault in self.all:
            fault.release()
        self.all.clear()


def http_error(code: int, description: str, retry_after: int | None) -> ApiError:
    """The error of a code: 429 takes `retry_after`, 403 is by default of a bot that was blocked."""
    if code == HTTPStatus.TOO_MANY_REQUESTS:
        return too_many_requests(1 if retry_after is None else retry_after)
    if not description and code == HTTPStatus.FORBIDDEN:
        description = "Forbidden: bot was blocked by the user"
    return ApiError(code, description or HTTPStatus(code).phrase)


class Flood:
    """Telegram's limits by the server's clock: messages a second to one chat, and to all chats together."""

    def __init__(self, clock: Clock, per_chat: float = 1.0, overall: int = 30) -> None:
        self._clock = clock
        self._gap = 1.0 / per_chat
        self._overall = overall
        self._last: dict[str, float] = {}
        self._recent: deque[float] = deque()

    def check(self, method: str, args: Args) -> None:
        """Count a message, or raise ApiError (429)."""
        if not method.startswith(COUNTED) or method == "sendchataction":
            return
        now, chat = self._clock.now(), args.text("chat_id")
        while self._recent and self._recent[0] <= now - 1.0:
            self._recent.popleft()
        wait = self._last.get(chat, -math.inf) + self._gap - now
        if len(self._recent) >= self._overall:
            wait = max(wait, self._recent[0] + 1.0 - now)
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        self._last[chat] = now
        self._recent.append(now)
