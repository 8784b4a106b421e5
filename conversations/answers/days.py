"""One day, several days, or a birth date: what a person types when asked for it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

from conversations.answers.calendar import ORDERS, Order, Stamp, find, month_names
from conversations.answers.result import Misread, Result, Unclear, Understood
from conversations.answers.text import clean, plain
from conversations.answers.words import with_digits

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2099, 12, 31)
LEAST_AGE, MOST_AGE = 10, 100
MOST_DAYS = 20
_LIKE_A_DAY = 31
_SURE_OF_A_MONTH, _CLEAR_OF_ANOTHER = 75, 6


def read_day(text: str, today: date, earliest: date | None = None, latest: date | None = None) -> Result:
    """The ISO day that a text names, between `earliest` and `latest` (both inclusive, None = open)."""
    cleaned = clean(text)
    stamps = stamps_in(cleaned, today)
    days = [stamp for stamp in stamps if stamp.precision == "day"]
    if len({stamp.text for stamp in days}) > 1:
        return Misread("several_days", cleaned, {"count": len(days)})
    if not days:
        return incomplete(stamps, cleaned)
    return settle(days[0], earliest or FIRST_DAY, latest or LAST_DAY)


def stamps_in(cleaned: str, today: date | None) -> list[Stamp]:
    """The dates of a text; where it names no day or month as it stands, with its months' spelling mended."""
    said = plain(cleaned)
    stamps = find(said, today)
    if not any(stamp.precision in ("day", "month") for stamp in stamps):
        mended = _mended(said)
        if mended != said:
            return find(mended, today)
    return [replace(stamp, text=cleaned[stamp.start : stamp.end]) for stamp in stamps]


def _mended(said: str) -> str:
    """A plain text in which a misspelt month beside a number is written as it should be."""
    return _WORD.sub(_month_meant, said) if re.search(r"\d", said) else said


_WORD = re.compile(r"(?<![a-z])[a-z]{4,12}(?![a-z])")
_NO_MONTHS = frozenset({"maroc"})
"""Words that are like a month (*march*) and are none."""


def _month_meant(found: re.Match[str]) -> str:
    from rapidfuzz import fuzz, process

    word, names = found.group(), _long_months()
    if word in names or word in _NO_MONTHS:
        return word
    close = process.extract(word, names, scorer=fuzz.ratio, score_cutoff=_SURE_OF_A_MONTH, limit=4)
    if not close:
        return word
    best, score, _ = close[0]
    others = [s for name, s, _ in close if month_names()[name] != month_names()[best]]
    return best if not others or score - max(others) >= _CLEAR_OF_ANOTHER else word


@cache
def _long_months() -> tuple[str, ...]:
    return tuple(name for name in month_names() if len(name) >= len("june"))


def incomplete(stamps: list[Stamp], cleaned: str) -> Misread:
    """What is missing for a day."""
    for stamp in stamps:
        if stamp.precision == "month" and not stamp.short:
            return Misread("day_missing", stamp.text, {"month": f"{stamp.year}-{stamp.month:02}"})
    for stamp in stamps:
        if stamp.precision == "no_year" or stamp.short:
            return Misread("year_missing", stamp.text)
    for stamp in stamps:
        return Misread("day_missing", stamp.text, {"year": str(stamp.year)})
    bare = _NO_YEAR.search(cleaned)
    return Misread("year_missing", bare.group()) if bare else Misread("no_day", cleaned)


_NO_YEAR = re.compile(r"(?<![\d/.-])\d{1,2}[/.-]\d{1,2}(?![/.-]?\d)")
"""*03/11*: a day and a month, in either order."""


def settle(stamp: Stamp, earliest: date, latest: date) -> Result:
    """The day that one stamp names within the bounds, where there is only one."""
    if stamp.short:
        return _two_digits(stamp, earliest, latest)
    days = stamp.days()
    if not days:
        return Misread("no_such_day", stamp.text)
    within = {day: order for order, day in reversed(days.items()) if earliest <= day <= latest}
    if len(within) > 1:
        return Unclear("day_or_month", stamp.text, tuple(day.isoformat() for day in dict.fromkeys(days.values())))
    for day, order in within.items():
        return Understood(day.isoformat(), {"order": order} if len(set(days.values())) > 1 else {})
    return _out_of_bounds(stamp, next(iter(days.values())), earliest, latest)


def _out_of_bounds(stamp: Stamp, day: date, earliest: date, latest: date) -> Misread:
    bounds = {
        "earliest": earliest.isoformat() if earliest > FIRST_DAY else None,
        "latest": latest.isoformat() if latest < LAST_DAY else None,
    }
    code = "too_early" if day < earliest else "too_late"
    return Misread(code, stamp.text, {"day": day.isoformat(), **bounds})


def _two_digits(stamp: Stamp, earliest: date, latest: date) -> Result:
    """A year of two digits is taken where one century only is possible, and where it is not like a day."""
    year = stamp.year or 0
    full = [replace(stamp, year=century + year, short=False) for century in (1900, 2000)]
    possible = {day.isoformat(): each for each in full for day in each.days().values() if earliest <= day <= latest}
    centuries = {each.year for each in possible.values()}
    open_order = stamp.pair is not None and year <= _LIKE_A_DAY
    if len(centuries) == 1 and not open_order:
        read = settle(next(iter(possible.values())), earliest, latest)
        return replace(read, told={**read.told, "year": str(*centuries)}) if isinstance(read, Understood) else read
    suggestion = max(possible, default=None) if not open_order else None
    return Misread("year_two_digits", stamp.text, {"suggestion": suggestion})


def read_days(text: str, today: date, earliest: date | None = None, latest: date | None = None) -> Result:
    """Several days of one message (`[iso, ...]`, in its order), not after `latest` (None: today).

    Dates in numbers alone are all read in one order; where one of them is clear, the others are.
    """
    cleaned = clean(text)
    stamps = stamps_in(cleaned, today)
    days = [stamp for stamp in stamps if stamp.precision == "day"]
    if not days or len(days) < len(stamps):
        return incomplete([stamp for stamp in stamps if stamp.precision != "day"], cleaned)
    if len(days) > MOST_DAYS:
        return Misread("too_many", cleaned, {"most": MOST_DAYS})
    low, high = earliest or FIRST_DAY, latest or today
    readings = {order: row for order in ORDERS if (row := in_order(days, order, low, high))}
    distinct = dict.fromkeys(readings.values())
    if len(distinct) > 1:
        return Unclear("day_or_month", cleaned, tuple(list(row) for row in distinct))
    for row in distinct:
        return Understood(list(row))
    alone = [settle(stamp, low, high) for stamp in days]
    return next((each for each in alone if isinstance(each, Misread)), Misread("no_such_day", cleaned))


def in_order(stamps: list[Stamp], order: Order, earliest: date, latest: date) -> tuple[str, ...] | None:
    """The days of all stamps read in one order; None where one of them is no day, or not within the bounds."""
    days = []
    for stamp in stamps:
        day = stamp.dated(order) if not stamp.short else None
        if day is None or not earliest <= day <= latest:
            return None
        days.append(day.isoformat())
    return tuple(days)


_AGE = re.compile(
    r"(?<![\d.,/-])(?P<age>\d{1,3})(?:[.,]\d)?(?![\d.,]*\d)"
    r"(?P<unit>\s*-?(?:ans?|annees?|years?|yrs?|yo|y/o|y\.o\.?)\b)?"
    r"(?!\s*(?:days?|jours?|weeks?|semaines?|months?|mois|hours?|heures?|h\b|lakhs?|lacs?|crores?|k\b|%|\$|points?|pts)\b)"
)
_NOT_YET = re.compile(r"\b(?:turn(?:ing|s)?|almost|nearly|soon|next|presque|bientot|vais avoir|aurai)\b")


def read_birth(text: str, today: date) -> Result:
    """A birth date, `{"birth_date": iso}`, or an age, `{"age": n, "stated_on": iso}`.

    An age of less than 10 or more than 100 years is misread as `implausible_age`.
    """
    cleaned = clean(text)
    stamps = stamps_in(cleaned, today)
    days = [stamp for stamp in stamps if stamp.precision == "day"]
    if days:
        earliest = date(today.year - MOST_AGE, 1, 1) if days[0].short else None
        return _born(read_day(text, today, earliest, today), today)
    age = _ages(cleaned, stamps)
    if not age:
        return incomplete(stamps, cleaned)
    if _NOT_YET.search(plain(cleaned)):
        return Misread("birth_date_wanted", cleaned)
    plausible = [each for each in age if LEAST_AGE <= each <= MOST_AGE]
    if set(age) == {1} and not any(sign.isdigit() for sign in cleaned):
        return incomplete(stamps, cleaned)  # *un gros camion* names no age
    if not plausible:
        return _implausible(cleaned, age[0])
    values = tuple({"age": each, "stated_on": today.isoformat()} for each in plausible)
    return Understood(values[0]) if len(values) == 1 else Unclear("age", cleaned, values)


def _implausible(read: str, age: int) -> Misread:
    return Misread("implausible_age", read, {"age": age, "least": LEAST_AGE, "most": MOST_AGE})


def _born(read: Result, today: date) -> Result:
    if isinstance(read, Misread):
        return read
    values = read.options if isinstance(read, Unclear) else (read.value,)
    ages = {value: _age_on(date.fromisoformat(value), today) for value in values}
    plausible = [value for value, age in ages.items() if LEAST_AGE <= age <= MOST_AGE]
    if not plausible:
        value, age = next(iter(ages.items()))
        return _implausible(value, age)
    born = tuple({"birth_date": value} for value in plausible)
    return Unclear("day_or_month", read.read, born) if isinstance(read, Unclear) and len(born) > 1 else _one(read, born)


def _one(read: Result, born: tuple[dict[str, str], ...]) -> Understood:
    return Understood(born[0], read.told if isinstance(read, Understood) else {})


def _age_on(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _ages(cleaned: str, stamps: list[Stamp]) -> list[int]:
    """The ages that a text may state (one or two): a number with its unit before bare ones, outside of any date."""
    said = plain(cleaned)
    for stamp in stamps:
        said = said[: stamp.start] + " " * (stamp.end - stamp.start) + said[stamp.end :]
    found = list(_AGE.finditer(with_digits(said)))
    either = _EITHER.search(with_digits(said))
    named = [each for each in found if each["unit"] and not either] or ([] if stamps else found)
    ages = list(dict.fromkeys(int(each["age"]) for each in named))
    return ages if len(ages) <= _MOST_AGES else []


_MOST_AGES = 2
_EITHER = re.compile(
    r"\d{2}(?:\s*(?:ans|years?(?: old)?|yrs?|yo)\b)?[\s,.;]+(?:no|non|not|pas|or|ou|sorry|pardon|plutot|wait|oops|oups)"
    r"[\s,.;]+\d{2}\b"
)
"""*34 ans non 35*: which of the two, only the person knows."""
