"""Methods by which the bot gets its updates, and the rule that only one may."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any

from tests.botapi.args import Args
from tests.botapi.errors import bad_request, conflict
from tests.botapi.model import Payload
from tests.botapi.state import State
from tests.botapi.updates import Updates, Waiting
from tests.botapi.webhook import Delivery, Hook, Reply

# The longest that getUpdates waits, in seconds.
LONGEST_POLL = 50
DEFAULT_CONNECTIONS = 40
MAX_CONNECTIONS = 100

OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class Polling:
    """The updates of the bot, and the one who waits for them."""

    def __init__(self, state: State, reply: Reply, moved: Callable[[], None], webhook_delay: float) -> None:
        self.updates = Updates(state.clock)
        self.delivery: Delivery | None = None
        self._reply = reply
        self._moved = moved
        self._webhook_delay = webhook_delay
        self._poll: asyncio.Future[None] | None = None
        self._state = state

    def add(self, kind: str, lane: str, content: Payload) -> Waiting | None:
        """One more update: wakes the poll, or goes to the webhook. None where the bot does not want this kind."""
        update = self.updates.add(kind, lane, content)
        if update is not None and self.delivery is not None:
            self.delivery.add(update)
        elif update is not None and self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        return update

    @property
    def polled(self) -> bool:
        """Whether a getUpdates waits now."""
        return self._poll is not None and not self._poll.done()

    async def get_updates(self, args: Args) -> bytes:
        """getUpdates: the answer's JSON text."""
        if self.delivery is not None:
            raise conflict(WEBHOOK_ACTIVE)
        offset = args.integer("offset")
        limit = args.integer("limit", 100, 1, 100)
        timeout = args.integer("timeout", 0, 0, LONGEST_POLL)
        self.updates.allow(args.json("allowed_updates", "allowed updates"))
        found = self.updates.take(offset, limit)
        if not found and timeout:
            await self._wait(timeout)
            found = self.updates.take(offset, limit)
        return b"[" + b",".join(update.body for update in found) + b"]"

    async def _wait(self, timeout: int) -> None:
        """Until an update comes, or the time is over; the poll that waited before is refused."""
        self._end_poll(OTHER_POLL)
        poll = self._poll = asyncio.get_running_loop().create_future()
        self._moved()
        try:
            await asyncio.wait_for(poll, timeout)
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None
                self._moved()

    def _end_poll(self, why: str) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(conflict(why))

    async def set_webhook(self, args: Args) -> bool:
        """setWebhook; without an address, deleteWebhook."""
        url = args.text("url")
        if not url:
            return await self.delete_webhook(args)
        if re.fullmatch(r"https?://[^\s/]+(/\S*)?", url) is None:
            raise bad_request("invalid webhook URL specified")
        secret = args.text("secret_token")
        if len(secret) > 256:
            raise bad_request("secret token is too long")
        if re.fullmatch(r"[A-Za-z0-9_-]*", secret) is None:
            raise bad_request("secret token contains unallowed characters")
        self._end_poll("terminated by setWebhook request")
        await self._stop(args)
        self.updates.allow(args.json("allowed_updates", "allowed updates"))
        connections = args.integer("max_connections", DEFAULT_CONNECTIONS, 1, MAX_CONNECTIONS)
        hook = Hook(url, secret, connections, self._webhook_delay)
        self.delivery = Delivery(hook, self.updates, self._state.clock, self._reply, self._moved)
        return True

    async def delete_webhook(self, args: Args) -> bool:
        """deleteWebhook."""
        await self._stop(args)
        return True

    async def _stop(self, args: Args) -> None:
        await self._stop_delivery()
        if args.flag("drop_pending_updates"):
            self.updates.clear()

    async def _stop_delivery(self) -> None:
        if self.delivery is not None:
            delivery, self.delivery = self.delivery, None
            await delivery.close()

    def get_webhook_info(self) -> Payload:
        """getWebhookInfo."""
        hook = self.delivery.hook if self.delivery else None
        found: dict[str, Any] = {
            "url": hook.url if hook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates.waiting),
        }
        if hook and self.delivery:
            found |= {"max_connections": hook.max_connections, "ip_address": "127.0.0.1"}
            if self.delivery.last_error:
                found["last_error_date"] = int(self.delivery.last_error_at)
                found["last_error_message"] = self.delivery.last_error
        return found

    async def close(self) -> None:
        """Let go of whoever waits."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        await self._stop_delivery()
