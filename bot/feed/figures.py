"""Numbers and dates as IRCC's editors type them. What cannot be read for certain is None, never zero or a guess."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any, NamedTuple

BLANKS = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
_NUMBER = re.compile(rf"[0-9]{{1,9}}|[0-9]{{1,3}}(?:[{BLANKS},][0-9]{{3}}){{1,2}}")
_NO_DIGIT = re.compile(r"[^0-9]")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_DAY = r"(?P<month>[a-z]{3,9}) (?P<day>[0-9]{1,2})"
_TIME = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
_LONG_DAY = re.compile(rf"{_DAY} (?P<year>[0-9]{{4}})")
_MOMENT = re.compile(rf"{_DAY}(?: (?P<year>[0-9]{{4}}))?(?: (?P<again>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}))? {_TIME}")
_ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th)\b")
_FILLERS = re.compile(r"\bat(?=[\s0-9])|(?<=[\s0-9])utc\b|[.,]")
_HALF = re.compile(r"(?<=[\s0-9])(am|pm)\b")


def number(value: Any) -> int | None:
    """A whole number, as a JSON number or as text with groups of thousands set apart by a comma or any blank."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value if 0 <= value < 10**9 else None
    if not isinstance(value, str):
        return None
    text = value.strip()
    return int(_NO_DIGIT.sub("", text)) if _NUMBER.fullmatch(text) else None


def iso_day(value: Any) -> date | None:
    """A day written YYYY-MM-DD."""
    text = value.strip() if isinstance(value, str) else ""
    with suppress(ValueError):
        return date.fromisoformat(text) if _ISO_DAY.fullmatch(text) else None
    return None


def long_day(value: Any) -> date | None:
    """A day such as "March 9, 2031", in any of the ways it was seen written."""
    found = _LONG_DAY.fullmatch(_plain(value)) if isinstance(value, str) else None
    return None if found is None else _day(found["month"], int(found["day"]), int(found["year"]))


class Tie(NamedTuple):
    """A tie-break: the text of the feed, and the moment ("2031-03-09T04:05:06Z"), "" where it is not certain."""

    raw: str
    utc: str


def tie_break(value: Any, held: date) -> Tie:
    """The tie-break of a round held on a day.

    A year that is missing is the latest one that does not put it after the round. Profiles live twelve months: what
    lies outside one day after to 366 days before the round is misread or mistyped.
    """
    raw = value.strip() if isinstance(value, str) else ""
    at = _moment(raw, held)
    certain = at is not None and -1 <= (held - at.date()).days <= 366
    return Tie(raw, f"{at:%Y-%m-%dT%H:%M:%SZ}" if at is not None and certain else "")


def _moment(text: str, held: date) -> datetime | None:
    plain = _plain(text)
    half = _HALF.search(plain)
    found = _MOMENT.fullmatch(" ".join(_HALF.sub(" ", plain).split()))
    if found is None:
        return None
    hour = int(found["hour"])
    # the clock has 24 hours and the AM or PM is a stray one, unless the hour could be meant either way
    if half is not None and (hour == 12 if half[1] == "am" else 1 <= hour <= 11):
        return None
    day = _dated(found, held)
    with suppress(ValueError):
        return None if day is None else datetime.combine(day, time(hour, int(found["minute"]), int(found["second"])))
    return None


def _dated(found: re.Match[str], held: date) -> date | None:
    """The day that a match names; one that is given twice has to be the same twice."""
    month, number_ = found["month"], int(found["day"])
    if found["year"]:
        day = _day(month, number_, int(found["year"]))
        return day if found["again"] is None or iso_day(found["again"]) == day else None
    if found["again"]:
        return None
    years = (_day(month, number_, year) for year in (held.year, held.year - 1))
    return next((day for day in years if day is not None and day <= held), None)


def _day(month: str, day: int, year: int) -> date | None:
    place = [name.startswith(month) for name in _MONTHS]
    with suppress(ValueError):
        return date(year, place.index(True) + 1, day) if place.count(True) == 1 else None
    return None


def _plain(text: str) -> str:
    """Lower case and single blanks; without "at", "UTC", full stops, commas and the ends of ordinals."""
    return " ".join(_FILLERS.sub(" ", _ORDINAL.sub("", text.lower())).split())
