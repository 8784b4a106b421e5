"""Rows as IRCC's feed has them: 31 fields, all text. Used by the feed server and by the tests of the reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from scoring.draws import History, Round
from scoring.pool import Snapshot

Row = dict[str, str]
NUMBER = re.compile(r"[0-9]{1,3}(,[0-9]{3})+")
PAGE = (
    "/content/canadasite/en/immigration-refugees-citizenship/corporate/mandate/policies-operational-instructions-"
    "agreements/ministerial-instructions/express-entry-rounds/invitations.html?q="
)
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
# Which field of the feed counts which range; dd3 and dd9 are sums of those after them, dd18 of all.
RANGES = {
    **{1: 601, 2: 501, 4: 491, 5: 481, 6: 471, 7: 461, 8: 451},
    **{10: 441, 11: 431, 12: 421, 13: 411, 14: 401, 15: 351, 16: 301, 17: 0},
}


def row(
    number: str,
    day: date,
    label: str = "Canadian Experience Class",
    size: int = 1000,
    cut_off: int = 500,
    *,
    tie: str = "",
    pool: Snapshot | None = None,
    **fields: str,
) -> Row:
    """One round of the English file. `tie` is text as the feed would have it; `fields` stand in place of the usual."""
    link = f"<a href='{PAGE}{number}'>"
    usual = {
        "drawNumber": number,
        "drawNumberURL": f"{link}{number}</a>",
        "drawDate": day.isoformat(),
        "drawDateFull": english_day(day),
        "drawName": label,
        "drawSize": f"{size:,}",
        "drawCRS": str(cut_off),
        "mitext": f"{link}Invitations to apply #{number}</a>",
        "DrawText1": f"{link}Full text</a>",
        "drawText2": "Canadian Experience Class",
        "drawDateTime": f"{english_day(day)} at 14:30:00 UTC",
        "drawCutOff": tie,
        "drawDistributionAsOn": english_day(pool.as_on if pool else day),
    }
    return {**usual, **counts(pool), **fields}


def english_day(day: date) -> str:
    """March 9, 2031."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def english_time(time: str) -> str:
    """2031-03-09T04:05:06Z as the feed has it; nothing for nothing."""
    if not time:
        return ""
    at = datetime.fromisoformat(time)
    return f"{english_day(at.date())} at {at:%H:%M:%S} UTC"


def counts(pool: Snapshot | None) -> Row:
    """dd1 to dd18; all zero where no pool was published."""
    by_low = {band.low: band.candidates for band in pool.bands} if pool else {}
    found = {field: by_low.get(low, 0) for field, low in RANGES.items()}
    found[3] = sum(found[field] for field in range(4, 9))
    found[9] = sum(found[field] for field in range(10, 15))
    found[18] = pool.total if pool else 0
    return {f"dd{field}": f"{found[field]:,}" for field in range(1, 19)}


def row_of(held: Round, pool: Snapshot | None = None) -> Row:
    """A round that is known, as the feed would have it."""
    return row(
        held.number,
        held.date,
        held.label_en,
        held.invitations,
        held.cut_off,
        tie=english_time(held.tie_break_utc),
        pool=pool,
    )


def rows_of(history: History) -> list[Row]:
    """A whole history, newest first as the feed has it."""
    return [row_of(held, history.pool(held.date)) for held in reversed(history.rounds)]


def french(rows: Iterable[Mapping[str, str]], labels: Mapping[str, str]) -> list[Row]:
    """The French file to the same rounds: names by number, and thousands apart by a blank."""
    return [
        {
            **{key: text.replace(",", " ") if NUMBER.fullmatch(text) else text for key, text in each.items()},
            "drawName": labels.get(each["drawNumber"], each["drawName"]),
        }
        for each in rows
    ]
