"""The time zone of a place: a city, a region, a country, or a difference from UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from conversations.answers.clock import DAY, HALF_A_DAY, HOUR, times_in
from conversations.answers.countries import read_country
from conversations.answers.result import MOST_OPTIONS, Misread, Result, Unclear, Understood
from conversations.answers.text import clean, plain, spaced, standing
from conversations.zones import Zones

if TYPE_CHECKING:
    from conversations.lexicon import Lexicon

SURE, LEAST_LETTERS, CLEAR_OF_ANOTHER = 84, 5, 6
_OFFSET = re.compile(
    r"\b(?:utc|gmt|tuc)\s*(?:(?P<sign>[+-])\s*(?P<hours>\d{1,2})(?:\s*[:h]?\s*(?P<minutes>[0-5]\d))?)?(?!\d)"
)
MOST_HOURS_EAST, MOST_HOURS_WEST = 14, 12
_PARTS_OF_HOURS = {
    -210: "America/St_Johns",
    210: "Asia/Tehran",
    270: "Asia/Kabul",
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    390: "Asia/Yangon",
    570: "Australia/Darwin",
}
"""Minutes ahead of UTC that are no whole hours, and where they are counted so."""


def offset_in(text: str) -> int | None:
    """The difference from UTC that a plain text names, in minutes: `UTC-5`, `GMT+5:30`, `UTC`; None where none is."""
    found = _OFFSET.search(text)
    if found is None:
        return None
    minutes = int(found["hours"] or 0) * HOUR + int(found["minutes"] or 0)
    ahead = -minutes if found["sign"] == "-" else minutes
    return ahead if -MOST_HOURS_WEST * HOUR <= ahead <= MOST_HOURS_EAST * HOUR else None


_EASTERN = re.compile(r"(^|\d ?s?|[ap]\.? ?m\.?)[ (]+(?:est|et|he)\)?$|^est$", re.IGNORECASE)


def in_full(cleaned: str) -> str:
    """A cleaned text with the abbreviations of the eastern zone in full: inside of a sentence they are French words."""
    return _EASTERN.sub(r"\1 eastern time", cleaned)


def zone_ahead(minutes: int) -> str | None:
    """A zone whose clock is so many minutes ahead of UTC; None where there is none."""
    if minutes % HOUR:
        return _PARTS_OF_HOURS.get(minutes)
    # the signs of these names are turned round: west of Greenwich is +
    return f"Etc/GMT{-minutes // HOUR:+d}" if minutes else "Etc/UTC"


def read_zone(text: str, zones: Zones, lexicon: Lexicon, now: datetime | None = None) -> Result:
    """The IANA name of the zone that a text names, or whose clock shows the time that it tells (`it is 21:30 here`).

    `now`: the moment at which it was said (aware); without it a time tells nothing. Unclear where it may be one of a
    few; misread as `no_place`, or as `many_zones` where a country has too many.
    """
    cleaned = in_full(clean(text))
    ahead = offset_in(plain(cleaned))
    named = list(dict.fromkeys(zone for _, several in standing(cleaned, zones.places) for zone in several))
    if not named and ahead is not None:
        zone = zone_ahead(ahead)
        return Understood(zone) if zone else Misread("no_such_offset", cleaned)
    told = [] if named or now is None else _by_clock(cleaned, now)
    return _one_of(named or told or _like(cleaned, zones), cleaned) or _of_country(text, cleaned, zones, lexicon)


def _by_clock(cleaned: str, now: datetime) -> list[str]:
    """The zones whose clock shows the time that a text tells; of one up to twelve, in the morning or the evening."""
    times = times_in(plain(cleaned))
    if len(times) != 1 or not times[0][1]:
        return []
    at, _ = times[0]
    clock = [at] if at >= HALF_A_DAY + HOUR or _HALF.search(plain(cleaned)) else [at, (at + HALF_A_DAY) % DAY]
    here = now.astimezone(UTC)
    ahead = [_nearest(each - here.hour * HOUR - here.minute) for each in clock]
    return [zone for minutes in ahead if (zone := zone_ahead(minutes)) is not None]


_HALF = re.compile(r"\b[ap]\.? ?m\b|matin|soir|morning|evening|night|apres-midi|midi|minuit|noon|midnight")
QUARTER = 15


def _nearest(minutes: int) -> int:
    """A difference between two clocks as a difference from UTC: to the quarter of an hour, within half a day or so."""
    rounded = round(minutes / QUARTER) * QUARTER
    return (rounded + MOST_HOURS_WEST * HOUR) % DAY - MOST_HOURS_WEST * HOUR


def _one_of(named: list[str], cleaned: str) -> Result | None:
    if len(named) > MOST_OPTIONS:
        return Misread("many_zones", cleaned)
    if len(named) > 1:
        return Unclear("zone", cleaned, tuple(named))
    return Understood(named[0]) if named else None


def _like(cleaned: str, zones: Zones) -> list[str]:
    """The zones of a place whose name is like the whole text: slips of the keyboard are normal."""
    from rapidfuzz import fuzz, process

    said = spaced(cleaned)
    if len(said) < LEAST_LETTERS:
        return []
    near = process.extract(said, zones.places.keys(), scorer=fuzz.ratio, score_cutoff=SURE, limit=3)
    best = near[0][1] if near else 0
    close = [name for name, score, _ in near if best - score < CLEAR_OF_ANOTHER]
    return list(dict.fromkeys(zone for name in close for zone in zones.places[name]))


def _of_country(text: str, cleaned: str, zones: Zones, lexicon: Lexicon) -> Result:
    """The zone of a country that is named, where its clocks agree."""
    found = read_country(text, lexicon)
    codes = (
        [found.value] if isinstance(found, Understood) else list(found.options) if isinstance(found, Unclear) else []
    )
    named = list(dict.fromkeys(zone for code in codes for zone in zones.of_country.get(code, ())))
    return _one_of(named, cleaned) or Misread("no_place", cleaned)
