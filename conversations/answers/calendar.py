"""Days found in a plain text, as precisely as they are written, with nothing filled in.

A library that reads dates fills what is missing with today, and picks an order for 2/5/1994; here what is missing stays
missing, and both orders are kept.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from conversations.answers.words import with_digits

Order = Literal["day_first", "month_first"]
ORDERS: tuple[Order, ...] = ("day_first", "month_first")
Precision = Literal["day", "month", "year", "no_year"]

_ABBREVIATED = {
    "jan": 1, "janv": 1, "feb": 2, "febr": 2, "fev": 2, "fevr": 2, "mar": 3, "apr": 4, "avr": 4, "jun": 6, "jul": 7,
    "juil": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day, a month or a year at a place in a text.

    `pair` holds the two first numbers of a date written in numbers alone: which is the day is open. `short` = the year
    stood there with two digits.
    """

    start: int
    end: int
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    pair: tuple[int, int] | None = None
    short: bool = False

    @property
    def precision(self) -> Precision:
        """What is known of it."""
        if self.year is None:
            return "no_year"
        if self.pair or self.day:
            return "day"
        return "month" if self.month else "year"

    def dated(self, order: Order) -> date | None:
        """The day it names, read in that order; None where there is no such day."""
        if self.pair:
            day, month = self.pair if order == "day_first" else self.pair[::-1]
        else:
            day, month = self.day or 1, self.month or 1
        return _day(self.year or 0, month, day)

    def days(self) -> dict[Order, date]:
        """Each order in which it names a day."""
        return {order: day for order in ORDERS if (day := self.dated(order))}


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


@cache
def month_names() -> dict[str, int]:
    """Each month by its names and abbreviations in both languages, without accents."""
    from babel import Locale

    from conversations.answers.text import plain

    wide = [Locale(language).months["format"]["wide"] for language in ("en", "fr")]
    return _ABBREVIATED | {plain(name): number for names in wide for number, name in names.items()}


@cache
def _pattern(*, short: bool) -> re.Pattern[str]:
    """The forms of a date, the fullest first; with `short`, a year may have two digits."""
    month = rf"(?:{'|'.join(sorted(month_names(), key=len, reverse=True))})(?![a-z])\.?"
    full, day = r"(?:19|20)\d\d(?!\d)", r"\d{1,2}(?!\d)(?:(?:st|nd|rd|th|er|re|e)\b)?"
    year = rf"(?:{full}|'?\d\d(?!\d))" if short else full
    marked = rf"(?:{full}|'\d\d(?!\d))" if short else full
    number = r"(?:1[0-2]|0?[1-9])(?!\d)"
    of, gap = r"[ ./-]{0,3}(?:of |de |d'|the )?", r"[ .,/-]{0,3}(?:of |de |d'|the )?"
    forms = (
        rf"(?P<iso_y>{full})(?P<iso_s>[-/.])(?P<iso_m>\d{{1,2}})(?P=iso_s)(?P<iso_d>\d{{1,2}})(?!\d)",
        rf"(?P<num_a>\d{{1,2}})(?P<num_s> ?[-/.] ?)(?P<num_b>\d{{1,2}})(?P=num_s)(?P<num_y>{year})",
        rf"(?P<gap_a>\d{{1,2}}) (?P<gap_b>\d{{1,2}}) (?P<gap_y>{full})",
        rf"(?P<dmy_d>{day}){of}(?P<dmy_m>{month}){gap}(?P<dmy_y>{year})",
        rf"(?P<mdy_m>{month}) ?(?P<mdy_d>{day})(?: ?[,/-] ?(?P<mdy_y>{year})| (?P<mdz_y>{marked}))",
        rf"(?P<ymd_y>{full})[ .,/-]{{0,3}}(?P<ymd_m>{month})[ .,/-]{{0,3}}(?P<ymd_d>{day})",
        rf"(?P<my_m>{month}){gap}(?P<my_y>{marked})",
        rf"(?P<ym_y>{full})[ .,/-]{{0,3}}(?P<ym_m>{month})",
        rf"(?P<nm_m>{number}) ?[-/.] ?(?P<nm_y>{full})",
        rf"(?P<yn_y>{full})[-/.](?P<yn_m>{number})",
        rf"(?P<dm_d>{day}){of}(?P<dm_m>{month})",
        rf"(?P<md_m>{month}) ?(?P<md_d>{day})",
        r"(?P<eight>\d{8})(?!\d)",
        rf"(?P<year>{full})",
        rf"(?P<month>{month})(?! (?:ans|annees?|mois|jours?|heures?|semaines?)\b)",
    )
    return re.compile(rf"(?<![a-z0-9])(?<!\d[.,])(?:{'|'.join(forms)})")


_AGO = re.compile(
    r"\b(?:(?P<word>aujourd'?\s?hui|today|day before yesterday|avant[- ]hier|yesterday|hier|tomorrow|demain)"
    r"|(?P<en>\d{1,3}) +(?P<en_unit>day|week)s? ago|il y a (?P<fr>\d{1,3}) +(?P<fr_unit>jour|semaine)s?)\b"
)
_DAYS_FROM_TODAY = {"today": 0, "yesterday": -1, "hier": -1, "day before yesterday": -2, "tomorrow": 1, "demain": 1}


def find(plain: str, today: date | None = None, *, short: bool = True) -> list[Stamp]:
    """Every day, month and year in a plain text, in its order.

    Words such as *yesterday* are read where `today` is given; `short`: whether a year may have two digits.
    """
    stamps = [stamp for found in _pattern(short=short).finditer(plain) if (stamp := _stamp(found))]
    if today is not None:
        stamps += _from_today(plain, today)
    return sorted(stamps, key=lambda stamp: stamp.start)


def _from_today(plain: str, today: date) -> Iterator[Stamp]:
    for found in _AGO.finditer(with_digits(plain)):
        day = today + timedelta(days=_away(found))
        yield Stamp(found.start(), found.end(), found.group(), day.year, day.month, day.day)


def _away(found: re.Match[str]) -> int:
    word = found["word"]
    if word is None:
        length = 7 if (found["en_unit"] or found["fr_unit"]) in ("week", "semaine") else 1
        return -length * int(found["en"] or found["fr"])
    if word.startswith("avant"):
        return -2
    return _DAYS_FROM_TODAY.get(word, 0)


def _stamp(found: re.Match[str]) -> Stamp | None:
    said = {name: text for name, text in found.groupdict().items() if text is not None}
    if "eight" in said:
        return _eight(found)
    if "num_a" in said or "gap_a" in said:
        return _numbers(found, "num" if "num_a" in said else "gap")
    parts = {name.rpartition("_")[2]: text for name, text in said.items()}
    month = _month(parts.get("m") or parts.get("month"))
    year, short = _year(parts.get("y") or parts.get("year"))
    day = int(re.sub(r"\D", "", parts["d"])) if "d" in parts else None
    return Stamp(found.start(), found.end(), found.group(), year, month, day, short=short)


def _month(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isdigit() else month_names()[text.rstrip(".")]


def _year(text: str | None) -> tuple[int | None, bool]:
    if text is None:
        return None, False
    digits = text.lstrip("'")
    return int(digits), len(digits) < len("1994")


def _numbers(found: re.Match[str], form: str) -> Stamp:
    year, short = _year(found[f"{form}_y"])
    pair = (int(found[f"{form}_a"]), int(found[f"{form}_b"]))
    if short and pair[0] > _MOST_IN_A_MONTH:  # 94-05-02
        return Stamp(found.start(), found.end(), found.group(), pair[0], pair[1], year, short=True)
    return Stamp(found.start(), found.end(), found.group(), year, pair=pair, short=short)


def _eight(found: re.Match[str]) -> Stamp | None:
    """Eight digits, year first or year last, where only one of the two gives a year of our time."""
    digits = found["eight"]
    first, last = int(digits[:4]), int(digits[4:])
    span = found.start(), found.end(), digits
    ahead = Stamp(*span, first, int(digits[4:6]), int(digits[6:]))
    behind = Stamp(*span, last, pair=(int(digits[:2]), int(digits[2:4])))
    both = [each for each, year in ((ahead, first), (behind, last)) if _OLDEST <= year <= _NEWEST and each.days()]
    return both[0] if len(both) == 1 else None


_OLDEST, _NEWEST, _MOST_IN_A_MONTH = 1900, 2099, 31
