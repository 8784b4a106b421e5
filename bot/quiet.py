"""Quiet hours by the clock on a person's wall, also in the nights when that clock is moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.store.notices import Subscriber
from conversations.subscription import DEFAULT_ZONE

MINUTE = timedelta(minutes=1)


def quiet_until(subscriber: Subscriber, now: datetime) -> datetime | None:
    """When the quiet hours that hold at a moment end, in UTC; None where nobody is disturbed by a message now.

    `now` is aware. They begin at their first minute and are over at their last; those that end when they begin are
    none. An end that the clock skips is the moment at which it does; of one that it shows twice, the next counts.
    """
    begins, ends = subscriber.quiet_begins, subscriber.quiet_ends
    if begins is None or ends is None or begins == ends:
        return None
    zone = zone_of(subscriber.zone)
    local = now.astimezone(zone).replace(tzinfo=None)
    midnight = datetime(local.year, local.month, local.day)
    minute = (local - midnight) // MINUTE
    if not _within(minute, begins, ends):
        return None
    days = 0 if minute < ends else 1
    return _next(midnight + timedelta(days=days, minutes=ends), zone, now)


def zone_of(name: str | None) -> ZoneInfo:
    """A zone by its IANA name; the usual one where none is named, or one that this machine does not know (any more)."""
    try:
        return ZoneInfo(name or DEFAULT_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(DEFAULT_ZONE)


def _within(minute: int, begins: int, ends: int) -> bool:
    """Whether a minute of the day lies in hours that may run over midnight."""
    if begins < ends:
        return begins <= minute < ends
    return minute >= begins or minute < ends


def _next(local: datetime, zone: ZoneInfo, now: datetime) -> datetime:
    """The first moment after `now` at which a clock shows a local time, or one later than it."""
    at = min(local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    while at <= now or at.astimezone(zone).replace(tzinfo=None) < local:  # an hour of steps, in such a night only
        at += MINUTE
    return at
