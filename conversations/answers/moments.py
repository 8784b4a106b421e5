"""A day, or a moment to the second with its place: what a person types of the submission of a profile."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Any

from conversations.answers.days import read_day
from conversations.answers.places import in_full, offset_in, read_zone
from conversations.answers.result import Misread, Result, Unclear, Understood
from conversations.answers.text import clean, plain, standing
from conversations.zones import Zones

if TYPE_CHECKING:
    from conversations.lexicon import Lexicon

OFFERED = ("America/Toronto", "America/Edmonton", "America/Vancouver")
"""Clocks that are offered where none is named; with UTC, and with the day alone."""
UTC_ZONE = "Etc/UTC"
_TIME = re.compile(
    r"(?:(?<=\d)t|(?<![\d:]))(?P<hour>\d{1,2}) ?(?:h|:|heures?) ?(?P<minute>\d{1,2})"
    r"(?: ?(?:min(?:utes?)?|m|:|et) ?(?P<second>\d{1,2})(?:[.,]\d+)?(?: ?(?:secondes?|seconds?|sec|s)\b)?)?"
    r"(?: ?(?:min(?:utes?)?|m)\b)?"
    r"(?: ?(?P<half>a\.? ?m\b\.?|p\.? ?m\b\.?))?"
)
_ISO_OFFSET = re.compile(r"(?P<zulu>z\b)|(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2})\b")
NOON = 12


@dataclass(frozen=True, slots=True)
class Clock:
    """The places that are known, the words for them, and the zone of the chat (None = not told)."""

    zones: Zones
    lexicon: Lexicon
    zone: str | None = None


def read_moment(text: str, today: date, clock: Clock) -> Result:
    """The ISO day that a text names; with a time to the second and a place, the ISO moment with its offset from UTC.

    A time without its seconds is misread (`seconds_missing`): it decides no tie, and nothing that was said is dropped.
    A time without a place counts by the chat's own clock; where that is not known, it is asked for (`clock`).
    """
    cleaned = in_full(clean(text))
    said = plain(cleaned)
    found = _TIME.search(said)
    if found is None:
        return read_day(text, today, latest=today)
    day = read_day(f"{cleaned[: found.start()]} {_without_places(cleaned[found.end() :], clock)}", today, latest=today)
    if isinstance(day, Misread):
        return day
    at = _time(found)
    if at is None:
        return Misread("no_such_time", cleaned)
    days = day.options if isinstance(day, Unclear) else (day.value,)
    if found["second"] is None:
        return Misread("seconds_missing", cleaned, {"day": days[0]})
    rest = said[found.end() :]
    placed = [_placed(datetime.combine(date.fromisoformat(each), at), rest, cleaned, clock) for each in days]
    return placed[0] if len(placed) == 1 else _one_of(placed, cleaned)


def _one_of(placed: list[Result], cleaned: str) -> Result:
    """The moments that a date in numbers alone may mean; where the place is open too, one thing at a time."""
    moments = tuple(each.value for each in placed if isinstance(each, Understood))
    if len(moments) < len(placed):
        return Misread("month_in_words", cleaned)
    return Unclear("day_or_month", cleaned, moments)


def _without_places(rest: str, clock: Clock) -> str:
    """What follows a time, without the names of places: no name of a city is a month."""
    for place, _ in reversed(list(standing(rest, clock.zones.places))):
        rest = rest[: place.start] + " " + rest[place.end :]
    return _ISO_OFFSET.sub(" ", plain(rest)) if offset_in(plain(rest)) is None else rest


def _time(found: re.Match[str]) -> time | None:
    hour, half = int(found["hour"]), found["half"]
    if half and not 1 <= hour <= NOON:
        return None
    if half:
        hour = hour % NOON + (0 if half.startswith("a") else NOON)
    try:
        return time(hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None


def _placed(local: datetime, rest: str, cleaned: str, clock: Clock) -> Result:
    """The moment of a local time, by the offset or the place that stands after it, or by the chat's own clock."""
    ahead = _ahead(rest)
    if ahead is not None:
        return Understood(_iso(local, timedelta(minutes=ahead)))
    named = list(dict.fromkeys(zone for _, several in standing(cleaned, clock.zones.places) for zone in several))
    zones = named or ([clock.zone] if clock.zone else [])
    if len(zones) == 1:
        return Understood(moment_in(local, zones[0], clock.zones))
    return Unclear("clock", cleaned, tuple(_options(local, zones, clock.zones)))


def _ahead(rest: str) -> int | None:
    """Minutes ahead of UTC, as the offset after a time says."""
    named = offset_in(rest)
    found = _ISO_OFFSET.match(rest.lstrip()) if named is None else None
    if found is None:
        return named
    if found["zulu"]:
        return 0
    minutes = int(found["hours"]) * 60 + int(found["minutes"])
    return -minutes if found["sign"] == "-" else minutes


def _options(local: datetime, named: list[str], zones: Zones) -> list[dict[str, Any]]:
    """The moment by each clock that it may be told by; then the day alone, which is what is known for sure."""
    known = [zone for zone in (named or OFFERED)[: len(OFFERED)] if zone in zones.names]
    told = [{"zone": zone, "at": moment_in(local, zone, zones), "local": local.isoformat()} for zone in known]
    told.append({"zone": UTC_ZONE, "at": _iso(local, timedelta()), "local": local.isoformat()})
    return [*told, {"zone": None, "at": local.date().isoformat(), "local": local.isoformat()}]


def moment_in(local: datetime, zone: str, zones: Zones) -> str:
    """The ISO moment of a local time in a zone."""
    return _iso(local, zones.offset(zone, local))


def _iso(local: datetime, ahead: timedelta) -> str:
    return local.replace(tzinfo=timezone(ahead)).isoformat()


def by_place(text: str, local: str, clock: Clock) -> str | None:
    """The moment of a local time whose place is told afterwards; None where a text names no one place."""
    found = read_zone(text, clock.zones, clock.lexicon)
    return moment_in(datetime.fromisoformat(local), found.value, clock.zones) if isinstance(found, Understood) else None
