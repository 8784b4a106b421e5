"""Delivery to a webhook: in order within a lane, again until it is taken, no more at once than allowed."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector
from pydantic_core import from_json

from tests.botapi.clock import Clock
from tests.botapi.updates import Updates, Waiting

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
# A webhook that says nothing for so long has failed. Seconds of real time.
TIMEOUT = ClientTimeout(total=60)
LONGEST_DELAY = 60.0

Reply = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Hook:
    """What setWebhook asked for. `delay`: seconds before the third try; each later one waits twice as long."""

    url: str
    secret: str
    max_connections: int
    delay: float


class Delivery:
    """Sends what waits, and what comes, to one webhook; a method call in its answer is carried out by `reply`."""

    def __init__(self, hook: Hook, updates: Updates, clock: Clock, reply: Reply, moved: Callable[[], None]) -> None:
        self.hook = hook
        self.last_error = ""
        self.last_error_at = 0.0
        self._updates = updates
        self._clock = clock
        self._reply = reply
        self._moved = moved
        self._lanes: dict[str, deque[Waiting]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(hook.max_connections)
        self._session = ClientSession(connector=TCPConnector(limit=0), timeout=TIMEOUT)
        for update in updates.waiting:
            self.add(update)

    def add(self, update: Waiting) -> None:
        """One more to deliver."""
        lane = self._lanes.get(update.lane)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[update.lane] = deque([update])
        task = asyncio.create_task(self._run(update.lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stop; what was not taken stays in the queue."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._session.close()

    async def _run(self, name: str) -> None:
        lane = self._lanes[name]
        while lane:
            await self._deliver(lane[0])
            self._updates.forget(lane.popleft())
            self._moved()
        del self._lanes[name]

    async def _deliver(self, update: Waiting) -> None:
        """Try until it is taken: the second try comes at once, then the waits double."""
        tries = 0
        while update.expires >= self._clock.now():
            async with self._slots:
                wrong = await self._post(update)
            if wrong is None:
                return
            self.last_error, self.last_error_at = wrong, self._clock.now()
            self._moved()
            if tries:
                await asyncio.sleep(min(self.hook.delay * 2 ** (tries - 1), LONGEST_DELAY))
            tries += 1

    async def _post(self, update: Waiting) -> str | None:
        """None when it was taken; what went wrong, in Telegram's words, when not."""
        headers = {"Content-Type": "application/json"}
        if self.hook.secret:
            headers[SECRET_HEADER] = self.hook.secret
        try:
            async with self._session.post(self.hook.url, data=update.body, headers=headers) as answer:
                body = await answer.read()
                if answer.status // 100 != 2:
                    return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except ClientError:
            return "Connection refused"
        await self._carry_out(body)
        return None

    async def _carry_out(self, body: bytes) -> None:
        """A webhook may answer with a method call; Telegram looks at no other answer, and tells nobody of errors."""
        try:
            call = from_json(body)
        except ValueError:
            return
        if isinstance(call, dict) and isinstance(call.get("method"), str):
            await self._reply(call)
