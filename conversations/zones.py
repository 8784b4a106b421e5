"""Time zones by the names of places: handed over by whoever starts the program, because they are read from files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import NamedTuple


class Listed(NamedTuple):
    """What is listed of the zones of the IANA database.

    `names`: every zone that there is. `places`: names of cities and regions in both languages, as `answers.text.spaced`
    writes them, with the zones that each may mean. `of_country`: the zones of a country by its ISO 3166 code, one for
    each difference of clocks.
    """

    names: frozenset[str]
    places: Mapping[str, tuple[str, ...]]
    of_country: Mapping[str, tuple[str, ...]]


class Zones:
    """The zones, listed when somebody first names a place: few do, and it takes a tenth of a second.

    `offset`: how far a zone's clock is ahead of UTC at a local time.
    """

    def __init__(self, listed: Callable[[], Listed], offset: Callable[[str, datetime], timedelta]) -> None:
        self._list, self.offset = listed, offset

    @cached_property
    def _listed(self) -> Listed:
        return self._list()

    @property
    def names(self) -> frozenset[str]:
        """See `Listed`."""
        return self._listed.names

    @property
    def places(self) -> Mapping[str, tuple[str, ...]]:
        """See `Listed`."""
        return self._listed.places

    @property
    def of_country(self) -> Mapping[str, tuple[str, ...]]:
        """See `Listed`."""
        return self._listed.of_country


def _no_zone(name: str, _local: datetime) -> timedelta:
    raise KeyError(name)


NO_ZONES = Zones(lambda: Listed(frozenset(), {}, {}), _no_zone)
"""No place is known: only differences from UTC are understood."""
