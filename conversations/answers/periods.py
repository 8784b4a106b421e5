"""The time that a job took: from a day until a day or now, or a number of months."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from conversations.answers.calendar import ORDERS, Order, Stamp, find, month_end
from conversations.answers.days import stamps_in
from conversations.answers.result import MOST_OPTIONS, Misread, Result, Unclear, Understood
from conversations.answers.text import clean, plain
from conversations.answers.words import with_digits

MOST_MONTHS = 1200
LONGEST_LIFE = 80
"""Years of work that a period can lie back."""
_MONTHS_IN_YEAR, _LIKE_A_DAY = 12, 31

_NOW_WORDS = (
    r"(?:now|present(?:ly)?|today|current(?:ly)?|ongoing|to date|date|still(?: work\w*| there)?|aujourd'?\s?hui"
    r"|maintenant|present|en cours|a ce jour|ce jour|actuel(?:le)?(?:ment)?|toujours(?: en poste)?)\b"
)
_NOW = re.compile(r"\b" + _NOW_WORDS)
_SINCE = re.compile(r"\b(?:since|depuis)\b")
_UNTIL = re.compile(r"\b(?:until|till|til|up to|jusqu'?\s?(?:a|en|au))\b")
_TO = r"(?:->?|to|a|au|aux|en|until|till|til|through|thru|up to|and|et|jusqu'?\s?(?:a|en|au)?|le|,|/|\s)*"
_BETWEEN = re.compile(rf"\s*{_TO}\s*")
_BEFORE = re.compile(
    r"(?:\b(?:since|from|depuis|de|du|entre|between|start(?:ed|ing)?|a partir|in|en|le|the|for|pendant|during|over"
    r"|about|more than|at least|plus|au moins|environ|with|avec|d'|il y a|past|last|work\w*)\s*|[(]\s*)+$"
)
_AFTER = re.compile(rf"\s*(?:{_TO}\s*\b{_NOW_WORDS}|[)])")
_AFTER_LENGTH = re.compile(r"\s*(?:(?:of\b|d'|de\b)\s*)?(?:work(?:ing)?\s)?(?:experience|exp\b\.?)?(?:\s*now\b)?")

_NOT_SO_LONG = re.compile(
    r"\b(?:less than|under(?= (?:an?|one|two|three|\d))|almost|nearly|moins d[e'u]|presque|pres de|bientot)"
)
_LONGER = re.compile(r"\b(?:more than|over|at least|plus d[e'u]|au moins)")
_YEAR, _MONTH = r"(?:years?|yrs?|ans?|annees?|y)\b\.?", r"(?:months?|mths?|mos?|mois)\b\.?"
_TO_LENGTH = r"\s*(?:-|to|or|a|ou)\s*"
_DIGITS = r"\d{1,4}(?:[.,]\d{1,2})?"
_YEARS = (
    rf"(?:(?P<low_y>{_DIGITS}){_TO_LENGTH})?(?P<years>{_DIGITS}|a(?= year))(?P<mid>\s*and a half)?"
    rf"\s*(?P<plus_y>\+?)\s*-?{_YEAR}"
    rf"(?:(?P<half>\s*(?:and a half|et demie?))|(?:\s*(?:,|and|et|&)?\s*(?P<more>\d{{1,2}})\s*{_MONTH}))?"
)
_MONTHS = rf"(?:(?P<low_m>{_DIGITS}){_TO_LENGTH})?(?P<months>{_DIGITS}|a(?= month))\s*(?P<plus_m>\+?)\s*-?{_MONTH}"
_LENGTH = re.compile(rf"(?<![\w.,])(?:(?P<half_year>half a year|(?:une )?demi[- ]annee)|{_YEARS}|{_MONTHS})")
_AGO_BEFORE = re.compile(r"\bil y a (?:environ |a peu pres |presque |plus de )?$")
_AGO_AFTER = re.compile(r"\s*(?:ago|back(?!\s+(?:home|in)\b)|earlier|plus tot)\b")
_STARTED = re.compile(r"\b(?:start\w*|began|begun|since|depuis|commenc\w*|debut\w*)\b")

Period = dict[str, Any]


class Found(NamedTuple):
    """What a text says of a period, and the places of its words in the cleaned text."""

    result: Result
    spans: tuple[tuple[int, int], ...]


def read_period(text: str, today: date) -> Result:
    """`{"started_on": iso, "ended_on": iso or None}` (None: it goes on), or `{"months": n, "stated_on": iso}`.

    Where months are given, the first starts on its first day and the last ends on its last; `told["precision"]` says
    so.
    """
    cleaned = clean(text)
    found = find_period(cleaned, today)
    return found.result if found else Misread("no_period", cleaned)


def find_period(cleaned: str, today: date, *, in_line: bool = False) -> Found | None:
    """The period in a cleaned text; None where it says nothing of time.

    `in_line`: it stands among other things, where a month without a year is just a word.
    """
    said = plain(cleaned)
    stamps = _dated_only(find(said), cleaned) if in_line else stamps_in(cleaned, None)
    if stamps:
        return Found(_from_until(cleaned, stamps, today), tuple(_date_spans(said, stamps)))
    digits = with_digits(said)
    found = list(_LENGTH.finditer(digits))
    lengths = [each for each in found if not _ago(digits, each)]
    if not found:
        return None
    if not lengths:
        return Found(Misread("how_long", cleaned), tuple(_ago_span(digits, each) for each in found))
    return Found(_how_long(cleaned, lengths, today), tuple(_length_span(said, each) for each in lengths))


def _ago(said: str, found: re.Match[str]) -> bool:
    """Whether a length says when something was, not how long: *3 years ago*; since a start it is both."""
    before, after = said[: found.start()], said[found.end() :]
    return bool((_AGO_BEFORE.search(before) or _AGO_AFTER.match(after)) and not _STARTED.search(before))


def _ago_span(said: str, found: re.Match[str]) -> tuple[int, int]:
    before, after = _AGO_BEFORE.search(said[: found.start()]), _AGO_AFTER.match(said, found.end())
    return before.start() if before else found.start(), after.end() if after else found.end()


def _dated_only(stamps: Sequence[Stamp], cleaned: str) -> list[Stamp]:
    return [replace(stamp, text=cleaned[stamp.start : stamp.end]) for stamp in stamps if stamp.precision != "no_year"]


def _date_spans(said: str, stamps: Sequence[Stamp]) -> Iterator[tuple[int, int]]:
    """Where the dates stand, with the words that lead to them, join them, and make them last until now."""
    start = _led_by(said, stamps[0].start)
    for stamp, following in pairwise(stamps):
        if not _BETWEEN.fullmatch(said, stamp.end, following.start):
            yield start, stamp.end
            start = _led_by(said, following.start)
    after = _AFTER.match(said, stamps[-1].end)
    yield start, after.end() if after else stamps[-1].end


def _led_by(said: str, start: int) -> int:
    before = _BEFORE.search(said[:start])
    return before.start() if before else start


def _length_span(said: str, found: re.Match[str]) -> tuple[int, int]:
    after = _AFTER_LENGTH.match(said, found.end())
    return _led_by(said, found.start()), after.end() if after else found.end()


def _from_until(cleaned: str, stamps: list[Stamp], today: date) -> Result:
    if len(stamps) > len(("from", "until")):
        return Misread("several_periods", cleaned, {"count": len(stamps)})
    for stamp in stamps:
        if stamp.precision == "no_year":
            return Misread("year_missing", stamp.text)
        if stamp.short and stamp.pair and (stamp.year or 0) <= _LIKE_A_DAY:
            return Misread("year_two_digits", stamp.text, {"suggestion": None})
    stamps = [_full_year(stamp, today) for stamp in stamps]
    missing = _missing(cleaned, stamps)
    return missing or _in_either_order(cleaned, stamps, today)


def _full_year(stamp: Stamp, today: date) -> Stamp:
    """Nobody worked a hundred years ago: a year of two digits is the last one that ended so."""
    if not stamp.short or stamp.year is None:
        return stamp
    century = 2000 if 2000 + stamp.year <= today.year else 1900
    return replace(stamp, year=century + stamp.year, short=False)


def _missing(cleaned: str, stamps: list[Stamp]) -> Misread | None:
    """What has to be asked before there is a period."""
    said = plain(cleaned)
    only = stamps[0] if len(stamps) == 1 else None
    goes_on = bool(only and (_NOW.search(said) or _SINCE.search(said)))
    told = [_written(stamp) for stamp in stamps] + (["now"] if goes_on else [None] if only else [])
    if any(stamp.precision == "year" for stamp in stamps):
        return Misread("month_missing", cleaned, {"from": told[0], "until": told[1]})
    if only and not goes_on and _UNTIL.search(said):
        return Misread("start_missing", cleaned, {"until": told[0]})
    if only and not goes_on:
        return Misread("end_missing", cleaned, {"from": told[0]})
    return None


def _written(stamp: Stamp) -> str | None:
    """A date as far as it is known: 2019, 2019-06 or 2019-06-01; as it was typed where the order is open."""
    if stamp.precision == "year":
        return str(stamp.year)
    if stamp.precision == "month":
        return f"{stamp.year}-{stamp.month:02}"
    days = set(stamp.days().values())
    return days.pop().isoformat() if len(days) == 1 else stamp.text


def _in_either_order(cleaned: str, stamps: list[Stamp], today: date) -> Result:
    readings = [_in_order(cleaned, stamps, order, today) for order in ORDERS]
    good = [read for read in readings if not isinstance(read, Misread)]
    if not good:
        return readings[0]
    first, *others = good
    if not others or others[0] == first:
        return first
    values = [_values(read) for read in good]
    options = [value for row in values for value in row]
    return Unclear("day_or_month", cleaned, tuple(options[:MOST_OPTIONS]))


def _values(read: Result) -> tuple[Period, ...]:
    return read.options if isinstance(read, Unclear) else (read.value,) if isinstance(read, Understood) else ()


def _in_order(cleaned: str, stamps: list[Stamp], order: Order, today: date) -> Result:
    """The period with its dates read in one order."""
    start = stamps[0].dated(order)
    end = _last_day(stamps[1], order) if len(stamps) > 1 else None
    if start is None or (len(stamps) > 1 and end is None):
        return Misread("no_such_day", (stamps[0] if start is None else stamps[1]).text)
    refused = _refused(cleaned, start, end, today)
    if refused:
        return refused
    told = {"precision": _coarsest(stamps), "from": _told(stamps[0], start), "until": "now"}
    if end is None:
        return Understood(_period(start, None), told)
    if end > today:
        return _this_month(cleaned, stamps[1], start, end, today)
    return Understood(_period(start, end), {**told, "until": _told(stamps[1], end)})


def _told(stamp: Stamp, day: date) -> str:
    return day.strftime("%Y-%m") if stamp.precision == "month" else day.isoformat()


def _period(start: date, end: date | None) -> Period:
    return {"started_on": start.isoformat(), "ended_on": end.isoformat() if end else None}


def _last_day(stamp: Stamp, order: Order) -> date | None:
    if stamp.precision == "month" and stamp.year and stamp.month:
        return month_end(stamp.year, stamp.month)
    return stamp.dated(order)


def _coarsest(stamps: list[Stamp]) -> str:
    return "month" if any(stamp.precision == "month" for stamp in stamps) else "day"


def _refused(cleaned: str, start: date, end: date | None, today: date) -> Misread | None:
    if start > today:
        return Misread("in_the_future", cleaned, {"which": "start", "day": start.isoformat()})
    earliest = date(today.year - LONGEST_LIFE, 1, 1)
    if start < earliest:
        return Misread("too_early", cleaned, {"day": start.isoformat(), "earliest": earliest.isoformat()})
    if end is not None and end < start:
        return Misread("ends_before_start", cleaned, {"from": start.isoformat(), "until": end.isoformat()})
    return None


def _this_month(cleaned: str, stamp: Stamp, start: date, end: date, today: date) -> Result:
    """A job said to last until this month may have ended, or go on."""
    if stamp.precision == "month" and (end.year, end.month) == (today.year, today.month):
        return Unclear("until_this_month", cleaned, (_period(start, today), _period(start, None)))
    return Misread("in_the_future", cleaned, {"which": "end", "day": end.isoformat()})


def _how_long(cleaned: str, lengths: list[re.Match[str]], today: date) -> Result:
    said = plain(cleaned)
    all_months = list(dict.fromkeys(months for found in lengths for months in _months(found)))
    if any(months > MOST_MONTHS for months in all_months):
        return Misread("out_of_range", cleaned, {"low": 0, "high": MOST_MONTHS, "number": _whole(max(all_months))})
    values = [{"months": _whole(months), "stated_on": today.isoformat()} for months in all_months]
    if len(values) > MOST_OPTIONS:
        return Misread("several_periods", cleaned, {"count": len(values)})
    if len(values) > 1:
        return Unclear("how_long", cleaned, tuple(values))
    if _NOT_SO_LONG.search(said):
        return Misread("how_long", cleaned, {"months": values[0]["months"]})
    longer = _LONGER.search(said) or lengths[0]["plus_y"] or lengths[0]["plus_m"]
    return Understood(values[0], {"at_least": True} if longer else {})


def _whole(months: float) -> int | float:
    return int(months) if months == int(months) else months


def _months(found: re.Match[str]) -> Iterator[float]:
    """The months of one length: two of them where it is a range."""
    if found["half_year"]:
        yield _MONTHS_IN_YEAR / 2
        return
    unit, most = (1, found["months"]) if found["months"] else (_MONTHS_IN_YEAR, found["years"])
    low = found["low_m"] or found["low_y"]
    if low:
        yield round(_decimal(low) * unit, 2)
    extra = float(found["more"] or 0) + (_MONTHS_IN_YEAR / 2 if found["half"] or found["mid"] else 0)
    yield round(_decimal(most) * unit + extra, 2)


def _decimal(written: str) -> float:
    return 1.0 if written == "a" else float(written.replace(",", "."))
