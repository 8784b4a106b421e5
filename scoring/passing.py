"""How amounts of work change while time passes: from which day on one can stand on the other side of a mark."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

SHORTEST_MONTH = 28
SLACK = 4
"""Left-over days can turn into a whole month up to three days early (28 days of February against 30.4)."""
MOST_LOOKS = 40
"""Where an amount stays close to a mark for long, an earlier day is told rather than looking on."""


class Amount(NamedTuple):
    """Months of work in ticks, by the day on which they are counted, if what has no end goes on.

    `grows`: whether days to come add to it; `shrinks`: whether days can leave its window.
    """

    by: Callable[[date], int]
    grows: bool
    shrinks: bool


def leap(ticks: int, month: int) -> int:
    """How many days ahead to look next: on no day before it can so many ticks be gained, or lost.

    A month of work needs at least 28 days to pass, or to leave a window.
    """
    return max(1, ticks * SHORTEST_MONTH // month - SLACK)


def passes(amount: Amount, marks: Sequence[int], on: date, limit: date, month: int) -> date | None:
    """The first day after `on` on which the amount may stand between other marks (in ticks, rising).

    None when it cannot move; `limit` when it does not before that day; earlier than needed where looking closer would
    cost too much, later than the first real change never.
    """
    if not (amount.grows or amount.shrinks):
        return None
    now, day = bisect_right(marks, amount.by(on)), on
    for _ in range(MOST_LOOKS):
        ticks = amount.by(day)
        if bisect_right(marks, ticks) != now:
            return day
        steps = []
        if amount.grows and now < len(marks):
            steps.append(leap(marks[now] - ticks, month))
        if amount.shrinks and now:
            steps.append(leap(ticks - marks[now - 1] + 1, month))
        if not steps:
            return None
        day += timedelta(min(steps))
        if day >= limit:
            return limit
    return day
