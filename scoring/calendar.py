"""Days, months and years, counted as the regulations count them.

Everything here is a pure function of its arguments: no clock is read anywhere in this package.
"""

from __future__ import annotations

from datetime import date

DAYS_IN_WEEK = 7
MONTHS_IN_YEAR = 12
DAYS_IN_YEAR = 365
SATURDAY = 5


def on_or_next(year: int, month: int, day: int) -> date:
    """The day asked for, or the first of the next month where it does not exist (29 February, 31 April).

    Beyond the years that a date can have, the first or the last day there is.
    """
    if not date.min.year <= year < date.max.year:
        return date.min if year < date.min.year else date.max
    try:
        return date(year, month, day)
    except ValueError:
        return date(year + month // MONTHS_IN_YEAR, month % MONTHS_IN_YEAR + 1, 1)


def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` later (earlier when negative)."""
    index = day.year * MONTHS_IN_YEAR + day.month - 1 + months
    return on_or_next(index // MONTHS_IN_YEAR, index % MONTHS_IN_YEAR + 1, day.day)


def add_years(day: date, years: int) -> date:
    """The calendar anniversary; an anniversary on 29 February falls on 1 March of a common year."""
    return on_or_next(day.year + years, day.month, day.day)


def whole_years(start: date, end: date) -> int:
    """Completed years from `start` to `end`: an age, when `start` is a birth date. Never negative."""
    years = end.year - start.year
    if add_years(start, years) > end:
        years -= 1
    return max(0, years)


def years_before(on: date, years: int) -> date:
    """A day from which exactly `years` whole years have passed on `on`: a birth date for an age, a start for a job."""
    try:
        return date(on.year - years, on.month, on.day)
    except ValueError:
        return date(on.year - years, on.month, on.day - 1)


def whole_months(start: date, end: date) -> tuple[int, int]:
    """(whole calendar months, days left over) from `start` to `end`, the end not included."""
    months = (end.year - start.year) * MONTHS_IN_YEAR + end.month - start.month
    reached = add_months(start, months)
    if reached > end:
        months -= 1
        reached = add_months(start, months)
    return months, (end - reached).days


def is_weekend(day: date) -> bool:
    """Whether it is a Saturday or a Sunday."""
    return day.weekday() >= SATURDAY
