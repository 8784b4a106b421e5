"""An assessment (ECA) of which only the month is told."""

from __future__ import annotations

from datetime import date

from conversations.answers.calendar import month_end
from conversations.keys import Key
from conversations.seen import too_old


def counted_from(month: str, today: date) -> str | None:
    """The ISO day from which an ECA of a month (`2024-06`) is counted: the first of it, which is the careful reading.

    None where its day has to be asked: the month is not over its first day yet, or is the one in which the ECA may have
    stopped counting.
    """
    first = date.fromisoformat(f"{month}-01")
    last = min(month_end(first.year, first.month), today)
    counts = {too_old(Key("c", "eca_issued", 0), day.isoformat(), today) for day in (first, last)}
    return first.isoformat() if first <= today and len(counts) == 1 else None
