"""The pool of candidates as IRCC counts it: how many stand in each range of scores on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import groupby
from typing import NamedTuple

from scoring.resources import rows


class Band(NamedTuple):
    """How many candidates have a score from `low` to `high`, both included."""

    low: int
    high: int
    candidates: int


class Snapshot(NamedTuple):
    """The whole pool on one day: `bands` are disjoint, the highest first; `total` is their sum."""

    as_on: date
    bands: tuple[Band, ...]
    total: int


class Standing(NamedTuple):
    """How many candidates stand above a score, at the least and at the most; `band` is the range it falls into."""

    least: int
    most: int
    band: Band


def snapshot(as_on: date, bands: Iterable[Band]) -> Snapshot:
    """The pool of a day from its disjoint ranges, in any order."""
    ordered = tuple(sorted(bands, reverse=True))
    return Snapshot(as_on, ordered, sum(band.candidates for band in ordered))


def standing(pool: Snapshot, score: int) -> Standing:
    """Between how many and how many candidates stand above a score: inside its own range nobody publishes where.

    Raises ValueError for a score that no range holds (ranges go from 0 to 1200).
    """
    above = 0
    for band in pool.bands:
        if score >= band.low:
            if score > band.high:
                break
            return Standing(above, above + (0 if score == band.high else band.candidates), band)
        above += band.candidates
    raise ValueError(f"no range of the pool of {pool.as_on} holds {score}")


@cache
def shipped() -> tuple[Snapshot, ...]:
    """Every snapshot that ships with this package, oldest first (data/pool.csv)."""
    read = (
        (date.fromisoformat(row["as_on"]), Band(int(row["low"]), int(row["high"]), int(row["count"])))
        for row in rows("data/pool.csv")
    )
    by_day = groupby(read, key=lambda row: row[0])
    return tuple(snapshot(day, (band for _, band in found)) for day, found in by_day)
