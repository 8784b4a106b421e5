"""Numbers, dates, money and lists as each language writes them in Canada. Plain text, never HTML."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit

from conversations.session import Language
from scoring.calendar import MONTHS_IN_YEAR
from scoring.duties import duties, official_page
from scoring.occupations import unit_groups

Day = date | str
"""A day, or the ISO text of a day or of a moment."""

LOCALES = {"en": Locale("en", "CA"), "fr": Locale("fr", "CA")}
MINUS = "\u2212"
KEPT = 4096
"""How many results of each form are kept: the same few dates and numbers come back in every reply."""
DAYS_IN_YEAR = 365


class Forms:
    """The forms of one language; every public method is a filter and a function of the templates."""

    def __init__(self, language: Language) -> None:
        """Take the language, and remember what was formatted."""
        self.language: Language = language
        self.locale = LOCALES[language]
        self._dated = lru_cache(KEPT)(self._date)
        self._decimal = lru_cache(KEPT)(self._number)
        self._unit = lru_cache(KEPT)(self._measured)

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Every form by the name that templates use."""
        names = (
            "day", "day_month", "month", "number", "tenths", "points", "money", "percent",
            "moment", "moment_in", "clock", "months", "days", "years", "hours", "listed", "country", "noc", "duty",
            "duty_read", "official", "place", "spoken",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names}

    # -- dates

    def day(self, value: Day) -> str:
        """A whole date: "2 May 1994", "2 mai 1994"."""
        return self._dated(str(value), "d MMMM y")

    def day_month(self, value: Day) -> str:
        """A date without its year: "2 May", "2 mai"."""
        return self._dated(str(value), "d MMMM")

    def month(self, value: Day) -> str:
        """A month with its year: "May 1994", "mai 1994"; also from "1994-05"."""
        text = str(value)
        return self._dated(f"{text}-01" if len(text) == len("1994-05") else text, "MMMM y")

    def _date(self, text: str, pattern: str) -> str:
        day = date.fromisoformat(text[: len("1994-05-02")])
        told = format_date(day, pattern, locale=self.locale)
        first = self.language == "fr" and day.day == 1 and pattern.startswith("d")
        return told.replace("1 ", "1er ", 1) if first else told

    # -- times of day

    def moment(self, value: str, *, seconds: bool = True) -> str:
        """An ISO moment in UTC, to the second or the minute: "1 April 2026 at 18:05:09 UTC"."""
        return f"{self._at(datetime.fromisoformat(value).astimezone(UTC), seconds=seconds)}\N{NO-BREAK SPACE}UTC"

    def moment_in(self, value: str, zone: str) -> str:
        """An ISO moment by the clock of a zone: "1 April 2026 at 14:05:09"."""
        return self._at(datetime.fromisoformat(value).astimezone(ZoneInfo(zone)), seconds=True)

    def _at(self, at: datetime, *, seconds: bool) -> str:
        if self.language == "en":
            return f"{self.day(at.date())} at {at:%H:%M:%S}" if seconds else f"{self.day(at.date())} at {at:%H:%M}"
        told = f"{at.hour}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{at:%M}"
        if seconds:
            told += f"\N{NO-BREAK SPACE}min\N{NO-BREAK SPACE}{at.second}\N{NO-BREAK SPACE}s"
        return f"{self.day(at.date())} à {told}"

    def clock(self, minutes: int) -> str:
        """A time of day, from the minutes after midnight: "10 p.m.", "22 h"."""
        hour, minute = divmod(minutes, 60)
        if self.language == "fr":
            return f"{hour}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{minute:02}" if minute else f"{hour}\N{NO-BREAK SPACE}h"
        pattern = "h:mm\N{NO-BREAK SPACE}a" if minute else "h\N{NO-BREAK SPACE}a"
        return format_time(time(hour, minute), pattern, locale=self.locale)

    def place(self, zone: str) -> str:
        """The city that stands for a zone of the IANA database; for those by their difference, that: "UTC+5"."""
        area, _, name = zone.rpartition("/")
        if area == "Etc":
            # the signs of these names are turned round: west of Greenwich is +
            ahead = name.removeprefix("GMT").translate(str.maketrans("+-", f"{MINUS}+"))
            return "UTC" if name == "UTC" else f"UTC{ahead}"
        city = self.locale.time_zones.get(zone, {}).get("city") or name.replace("_", " ")
        return str(city).replace("'", "’")

    # -- numbers

    def number(self, value: float, most: int = 2) -> str:
        """A number with at most `most` decimals: "1,234.5", "1 234,5"."""
        return self._decimal(value, most)

    def tenths(self, value: float) -> str:
        """A number rounded down to a tenth, so that what one has is never told as more than it is."""
        return self._decimal(math.floor(round(value * 10, 6)) / 10, 1)

    def points(self, value: int) -> str:
        """A gain or a loss with its sign: "+25", "−6"."""
        return f"+{self._decimal(value, 0)}" if value > 0 else self._decimal(value, 0)

    def money(self, value: float) -> str:
        """Canadian dollars, cents only where there are any: "$25,000", "25 000 $"."""
        whole = self.locale.currency_formats["standard"].pattern.replace(".00", "")
        cents = None if value % 1 else whole
        return format_currency(value, "CAD", cents, locale=self.locale, currency_digits=bool(value % 1))

    def percent(self, value: float) -> str:
        """A share of one: "25%", "25 %"."""
        return format_percent(value, locale=self.locale)

    def _number(self, value: float, most: int) -> str:
        told: str = format_decimal(round(value, most), "#,##0." + "#" * most if most else "#,##0", locale=self.locale)
        return told.replace("-", MINUS)

    # -- lengths of time

    def months(self, value: float, *, short: bool = False) -> str:
        """A number of months; under one month, days. `short`: what is missing, rounded up; else rounded down."""
        rounded = math.ceil if short else math.floor
        tenths = rounded(round(value * 10, 6))
        if 0 < value < 1:
            return self.days(rounded(round(value * DAYS_IN_YEAR / MONTHS_IN_YEAR, 6)))
        return self._unit(tenths // 10 if tenths % 10 == 0 else tenths / 10, "month")

    def days(self, value: float) -> str:
        """A number of days, in words."""
        return self._unit(value, "day")

    def years(self, value: float) -> str:
        """A number of years, in words."""
        return self._unit(value, "year")

    def hours(self, value: float) -> str:
        """A number of hours, in words."""
        return self._unit(value, "hour")

    def _measured(self, value: float, unit: str) -> str:
        return format_unit(value, f"duration-{unit}", locale=self.locale)

    # -- lists and names

    def listed(self, items: Iterable[Any], word: Literal["and", "or"] = "and") -> str:
        """A list in a sentence: "a, b and c"."""
        return format_list([str(item) for item in items], "standard" if word == "and" else "or", locale=self.locale)

    def country(self, code: str) -> str:
        """The name of a country by its ISO 3166 code. Raises KeyError for another code."""
        return str(self.locale.territories[code])

    def noc(self, code: str) -> str:
        """The title of a NOC 2021 unit group. Raises KeyError for a code that is none."""
        group = unit_groups()[code]
        title = group.title_fr if self.language == "fr" else group.title_en
        return title.replace("'", "’").replace(" - ", " – ")

    def duty(self, code: str, seen: str | None = None) -> str:
        """What one does in a NOC 2021 unit group. `seen`: as it was shown to somebody once, in either language.

        Where our words have changed since, what was seen stands. Raises KeyError for a code that is none.
        """
        done = duties()[code]
        return done.said(self.language) if seen is None or seen in (done.en, done.fr) else seen

    def duty_read(self, code: str) -> bool:
        """Whether what one does in a unit group was checked with its official text."""
        return duties()[code].read is not None

    def official(self, code: str) -> str:
        """The address of Statistics Canada's description of a unit group."""
        return official_page(code, self.language)

    def spoken(self, english: str, french: str | None) -> str:
        """What IRCC calls something, in the language that is spoken; in English where no French is known."""
        told = french if self.language == "fr" and french else english
        return told.replace("'", "’")
