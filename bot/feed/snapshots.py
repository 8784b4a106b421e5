"""The counts of the pool that stand beside each round, as snapshots by their own day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from bot.feed.figures import long_day, number
from bot.feed.parsed import Oddity, keepable
from scoring.pool import Band, Snapshot, snapshot

BEFORE = 60
AFTER = 8
"""Days before and after its round that a snapshot may be of: 20 and 5 are the most that were seen up to round 447."""
LONGEST_DAY = 100
# The fields that count a range each (its lowest and highest score); dd3, dd9 and dd18 are sums of others.
RANGES = {
    1: (601, 1200),
    2: (501, 600),
    **{place: (531 - 10 * place, 540 - 10 * place) for place in range(4, 9)},
    **{place: (541 - 10 * place, 550 - 10 * place) for place in range(10, 15)},
    15: (351, 400),
    16: (301, 350),
    17: (0, 300),
}
SUMS = {3: range(4, 9), 9: range(10, 15), 18: tuple(RANGES)}


class Pools(NamedTuple):
    """Snapshots, oldest first, and what was odd about the counts."""

    snapshots: tuple[Snapshot, ...]
    warnings: tuple[Oddity, ...]


def read_pools(rows: Iterable[tuple[date, Mapping[str, Any]]]) -> Pools:
    """The snapshots of rows, oldest first, each with the day of its round: for one day the newest row is believed."""
    found: dict[date, Snapshot] = {}
    warnings: list[Oddity] = []
    for held, fields in rows:
        counts = {place: number(fields.get(f"dd{place}")) for place in range(1, 19)}
        if not any(counts.values()):  # zero in every range, or no counts at all: not published
            continue
        as_on = long_day(fields.get("drawDistributionAsOn"))
        if as_on is None or not -AFTER <= (held - as_on).days <= BEFORE:
            warnings.append(
                Oddity("pool_date", held.isoformat(), keepable(fields.get("drawDistributionAsOn"), LONGEST_DAY))
            )
            continue
        read = _snapshot(as_on, counts, warnings)
        if read is not None:
            if found.get(as_on, read) != read:
                warnings.append(Oddity("pool_differs", as_on.isoformat()))
            found[as_on] = read
    return Pools(tuple(found[as_on] for as_on in sorted(found)), tuple(warnings))


def _snapshot(as_on: date, counts: Mapping[int, int | None], warnings: list[Oddity]) -> Snapshot | None:
    bands = {place: count for place in RANGES if (count := counts[place]) is not None}
    if len(bands) < len(RANGES) or not any(bands.values()):
        warnings.append(Oddity("pool_counts", as_on.isoformat()))
        return None
    if any(counts[place] != sum(bands[part] for part in parts) for place, parts in SUMS.items()):
        warnings.append(Oddity("pool_sum", as_on.isoformat()))
    return snapshot(as_on, (Band(*RANGES[place], count) for place, count in bands.items()))
