"""Time zones by the names of places: handed over by whoever starts the program, because they are read from files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, eq=False)
class Zones:
    """What is known of the zones of the IANA database.

    `names`: every zone that there is. `places`: names of cities and regions in both languages, as `answers.text.spaced`
    writes them, with the zones that each may mean. `of_country`: the zones of a country by its ISO 3166 code, one for
    each difference of clocks. `offset`: how far a zone's clock is ahead of UTC at a local time.
    """

    names: frozenset[str]
    places: Mapping[str, tuple[str, ...]]
    of_country: Mapping[str, tuple[str, ...]]
    offset: Callable[[str, datetime], timedelta]


def _no_zone(name: str, _local: datetime) -> timedelta:
    raise KeyError(name)


NO_ZONES = Zones(frozenset(), {}, {}, _no_zone)
"""No place is known: only differences from UTC are understood."""
