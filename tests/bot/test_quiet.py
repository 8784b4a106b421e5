"""Quiet hours: nobody is disturbed in them, nobody waits beyond them, in whatever night."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quiet import quiet_until
from bot.store.notices import Subscriber

MINUTE = timedelta(minutes=1)
NIGHT, NOON = (22 * 60, 7 * 60), (12 * 60, 14 * 60)
TORONTO = "America/Toronto"


def who(zone: str | None, hours: tuple[int, int] | None) -> Subscriber:
    begins, ends = hours or (None, None)
    return Subscriber({}, zone, begins, ends)


def at(clock: str, zone: str = TORONTO, fold: int = 0) -> datetime:
    """A moment by the clock of a zone; `fold` 1: the second time that this clock shows it."""
    return datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "clock", "until"),
    [
        (NIGHT, "2026-11-18 21:59:59", None),
        (NIGHT, "2026-11-18 22:00", "2026-11-19 07:00"),
        (NIGHT, "2026-11-18 23:59:59", "2026-11-19 07:00"),
        (NIGHT, "2026-11-19 00:00", "2026-11-19 07:00"),
        (NIGHT, "2026-11-19 06:59:59", "2026-11-19 07:00"),
        (NIGHT, "2026-11-19 07:00", None),
        (NOON, "2026-11-18 11:59:59", None),
        (NOON, "2026-11-18 12:00", "2026-11-18 14:00"),
        (NOON, "2026-11-18 13:59:59", "2026-11-18 14:00"),
        (NOON, "2026-11-18 14:00", None),
        ((0, 6 * 60), "2026-11-18 00:00", "2026-11-18 06:00"),
        ((20 * 60, 0), "2026-11-18 23:59", "2026-11-19 00:00"),
        ((20 * 60, 0), "2026-11-19 00:00", None),
        ((7 * 60, 7 * 60), "2026-11-18 07:00", None),
        (NIGHT, "2026-12-31 22:00", "2027-01-01 07:00"),
    ],
)
def test_they_hold_from_their_first_minute_until_their_last(
    hours: tuple[int, int], clock: str, until: str | None
) -> None:
    assert quiet_until(who(TORONTO, hours), at(clock)) == (until and at(until))


def test_who_named_none_is_never_quiet() -> None:
    assert quiet_until(who(TORONTO, None), at("2026-11-18 03:00")) is None


@pytest.mark.parametrize("zone", [None, "Mars/Olympus", "../etc"])
def test_without_a_zone_that_is_known_they_are_counted_in_the_usual_one(zone: str | None) -> None:
    assert quiet_until(who(zone, NIGHT), at("2026-11-18 06:00")) == at("2026-11-18 07:00")


def test_each_is_asked_by_the_clock_of_the_place() -> None:
    now = datetime(2026, 11, 18, 4, 30, tzinfo=UTC)
    assert quiet_until(who("America/St_Johns", NIGHT), now) == datetime(2026, 11, 18, 10, 30, tzinfo=UTC)
    assert quiet_until(who("Asia/Kolkata", NIGHT), now) is None
    assert quiet_until(who("America/Vancouver", NIGHT), now) is None


@pytest.mark.parametrize(
    ("hours", "now", "until"),
    [
        # 2027-03-14: at 02:00 the clock shows 03:00; the night is an hour shorter
        (NIGHT, at("2027-03-13 22:00"), datetime(2027, 3, 14, 11, 0, tzinfo=UTC)),
        # an end that is skipped: when the clock is moved, at 02:00 EST
        ((22 * 60, 150), at("2027-03-14 01:59"), datetime(2027, 3, 14, 7, 0, tzinfo=UTC)),
        ((22 * 60, 150), datetime(2027, 3, 14, 7, 0, tzinfo=UTC), None),
        # 2026-11-01: at 02:00 the clock shows 01:00 again; the night is an hour longer
        (NIGHT, at("2026-10-31 22:00"), datetime(2026, 11, 1, 12, 0, tzinfo=UTC)),
        # an end that comes twice: the first, and for who is quiet after that, the second
        ((22 * 60, 90), at("2026-11-01 00:30"), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ((22 * 60, 90), at("2026-11-01 01:45"), None),
        ((22 * 60, 90), at("2026-11-01 01:10", fold=1), datetime(2026, 11, 1, 6, 30, tzinfo=UTC)),
        ((22 * 60, 90), at("2026-11-01 01:30", fold=1), None),
    ],
)
def test_in_the_nights_when_the_clock_is_moved_they_are_those_of_the_clock(
    hours: tuple[int, int], now: datetime, until: datetime | None
) -> None:
    assert quiet_until(who(TORONTO, hours), now) == until


zones = st.sampled_from((TORONTO, "America/St_Johns", "Asia/Kolkata", "Australia/Lord_Howe", "Europe/Paris", "UTC"))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
minutes = st.integers(0, 24 * 60 - 1)


@given(zones, moments, minutes, minutes)
def test_they_end_at_the_first_moment_that_is_not_quiet(zone: str, now: datetime, begins: int, ends: int) -> None:
    subscriber = who(zone, (begins, ends))
    until = quiet_until(subscriber, now)
    if until is None:
        return
    assert now < until <= now + timedelta(hours=26)
    assert quiet_until(subscriber, until) is None
    before = until - MINUTE
    while before > max(now, until - timedelta(hours=3)):
        assert quiet_until(subscriber, before) == until
        before -= 7 * MINUTE
