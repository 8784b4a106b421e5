"""Rounds of 2031, invented, and files that hold them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from scoring.draws import Round, normalise, type_of
from scoring.pool import Band, Snapshot, snapshot
from tests.feedrows import RANGES, Row, row

TODAY = date(2031, 3, 13)
NOW = datetime(2031, 3, 13, 15, 0, tzinfo=UTC)
FRENCH = "French-Language proficiency 2026-Version 2"
LOW = sorted(RANGES.values(), reverse=True)


def pool_on(as_on: date, each: int = 1_000) -> Snapshot:
    """A pool with so many candidates in every range."""
    highs = [1200, *(low - 1 for low in LOW)]
    return snapshot(as_on, (Band(low, high, each) for low, high in zip(LOW, highs, strict=False)))


POOL = pool_on(date(2031, 3, 9))
# Newest first, as the feed has them.
ROWS: tuple[Row, ...] = (
    row(
        "905", date(2031, 3, 13), "Provincial Nominee Program", 411, 733, tie="March 1st 2031 at 9:05:44 UTC", pool=POOL
    ),
    row("904b", date(2031, 3, 12), FRENCH, 4_200, 401, tie="November 03. 2030 at  1:48:36 UTC ", pool=POOL),
    row("904a", date(2031, 3, 12), "Canadian Experience Class", 2_000, 515, tie="October 7 at 16:38:21 UTC", pool=POOL),
    row("903", date(2031, 2, 26), "No Program Specified", 1_500, 486),
)
NAMES = {
    "905": "Programme des candidats des provinces",
    "904b": "Compétence linguistique en français 2026-Version 2",
    "904a": "Catégorie de l’expérience canadienne",
    "903": "Aucun programme spécifié",
}


def file_of(rows: Iterable[Mapping[str, Any]], **beside: Any) -> bytes:
    """The rows as a file of the feed."""
    return json.dumps({"classes": "wb-tables", "rounds": list(rows), **beside}).encode()


def with_fields(number: str, rows: Iterable[Row] = ROWS, **fields: Any) -> list[dict[str, Any]]:
    """The rows with other fields in one of them; None takes a field away."""
    return [
        {key: value for key, value in (each | fields).items() if value is not None}
        if each["drawNumber"] == number
        else dict(each)
        for each in rows
    ]


def held(
    number: str, day: date, label: str = "Canadian Experience Class", size: int = 1_000, cut_off: int = 500, **more: str
) -> Round:
    """A round as it is known."""
    named = normalise(label)
    return Round(
        number, day, type_of(label), named.version, label, size, cut_off, more.get("tie", ""), more.get("fr", "")
    )
