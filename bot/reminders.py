"""The moments at which somebody is reminded, by the clock on their wall."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from bot.quiet import zone_of
from bot.store.notices import Due
from conversations.subscription import Subscription
from scoring.output import as_json
from scoring.profile import Profile
from scoring.reminders import Dates, Reminder, dates
from scoring.rulebook import Rulebook

MORNING = time(9)
"""When a reminder goes out on its day."""
DAY = timedelta(1)


def moment(clock: datetime | None, today: date) -> datetime:
    """The moment of a turn, aware. Where the clock tells nothing, or another day than the one to take for today: noon.

    Somewhere on earth it is already tomorrow, or still yesterday.
    """
    if clock is not None and abs(clock.astimezone(UTC).date() - today) <= DAY:
        return clock
    return datetime.combine(today, time(12), UTC)


def day_of(zone: str | None, now: datetime) -> date:
    """The day that it is at a moment where somebody lives."""
    return now.astimezone(zone_of(zone)).date()


def morning(day: date, zone: str | None) -> datetime:
    """The moment, in UTC, at which a day's reminders go out."""
    return datetime.combine(day, MORNING, zone_of(zone)).astimezone(UTC)


def found_for(profile: Profile, wanted: Subscription, now: datetime, absent: Iterable[str], book: Rulebook) -> Dates:
    """What a profile has to be reminded of on the day of its person. Raises as `scoring.reminders.dates` does."""
    return dates(profile, day_of(wanted.zone, now), assume_absent=absent, book=book)


def due_of(found: Dates, wanted: Subscription, now: datetime) -> list[Due]:
    """The reminders that stand, with their moments, but those of kinds that are not wanted."""
    return [_due(each, wanted.zone, now) for each in found.coming if each.kind not in wanted.without]


def _due(reminder: Reminder, zone: str | None, now: datetime) -> Due:
    at = morning(reminder.due_on, zone)
    told = {"kind": reminder.kind, "lead": str(reminder.lead), "deadline": as_json(reminder.deadline)}
    return Due(f"reminder:{reminder.key}", int(at.timestamp()), told, at > now)
