"""Alerts in the store of one machine."""

from __future__ import annotations

from collections.abc import Sequence

from bot.store import alerts, reminders
from bot.store.connected import Connected
from bot.store.notices import Audience, Notice, Refreshed, Stale, State, Subject
from scoring.draws import Round


class AlertsOnSqlite(Connected):
    """What `bot.store.notices.Alerts` says, over the connections of `SqliteStore`."""

    async def stale(self, today: str, rules: str, most: int) -> list[Stale]:
        """See `Alerts.stale`."""
        return await self.read(lambda connection: alerts.stale(connection, today, rules, most))

    async def keep_worth(self, refreshed: Sequence[Refreshed]) -> None:
        """See `Alerts.keep_worth`."""
        await self.write(lambda connection: alerts.keep_worth(connection, refreshed))

    async def announce(self, new: Sequence[Round], corrected: Sequence[Round] = ()) -> None:
        """See `Alerts.announce`."""
        await self.write(lambda connection: alerts.announce(connection, new, corrected))

    async def unfinished(self) -> list[Subject]:
        """See `Alerts.unfinished`."""
        return await self.read(alerts.unfinished)

    async def fan_out(self, subject: Subject, most: int) -> str | None:
        """See `Alerts.fan_out`."""
        return await self.write(lambda connection: alerts.fan_out(connection, subject, most))

    async def audience(self, held: Round) -> Audience:
        """See `Alerts.audience`."""
        return await self.read(lambda connection: alerts.audience(connection, held))

    async def to_send(self, channel: str, most: int) -> list[Notice]:
        """See `Alerts.to_send`."""
        return await self.read(lambda connection: alerts.to_send(connection, channel, most))

    async def wake(self, now: int) -> int | None:
        """See `Alerts.wake`."""
        return await self.write(lambda connection: alerts.wake(connection, now))

    async def come(self, chat: str, day: str) -> None:
        """See `Alerts.come`."""
        await self.write(lambda connection: reminders.come(connection, chat, day))

    async def still(self, notice: Notice) -> Notice | None:
        """See `Alerts.still`."""
        return await self.read(lambda connection: alerts.still(connection, notice))

    async def delivered(
        self,
        notice: Notice,
        message_id: int | None,
        digest: str,
        at: int,
        *,
        known: int | None = None,
        outdated: bool = False,
    ) -> bool:
        """See `Alerts.delivered`."""
        return await self.write(
            lambda connection: alerts.delivered(connection, notice, message_id, digest, at, known, outdated)
        )

    async def later(self, notice: Notice, at: int) -> None:
        """See `Alerts.later`."""
        await self.write(lambda connection: alerts.settle(connection, notice, State.LATER, at))

    async def never(self, notice: Notice) -> None:
        """See `Alerts.never`."""
        await self.write(lambda connection: alerts.settle(connection, notice, State.NEVER))

    async def silence(self, chat: str) -> None:
        """See `Alerts.silence`."""
        await self.write(lambda connection: alerts.silence(connection, chat))

    async def prune(self, before: str) -> None:
        """See `Alerts.prune`."""
        await self.write(lambda connection: alerts.prune(connection, before))

    async def waiting_notices(self) -> dict[str, int]:
        """See `Alerts.waiting_notices`."""
        return await self.read(alerts.by_state)
