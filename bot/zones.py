"""The zones of the IANA database by the names of their places, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale

from bot.data import toml
from conversations.answers.text import spaced
from conversations.zones import Listed, Zones

PROBES = (datetime(2026, 1, 15, 12), datetime(2026, 7, 15, 12))
"""Zones of a country whose clocks agree in both seasons are one to a person."""


class Place(NamedTuple):
    """A zone, and the country that it is in."""

    country: str
    zone: str


@cache
def zones() -> Zones:
    """The zones, listed once per process and not before somebody names a place."""
    return Zones(_all, offset)


def _all() -> Listed:
    named: dict[str, tuple[str, ...]] = {}
    for name, zone in _cities():
        named[name] = tuple(dict.fromkeys((*named.get(name, ()), zone)))
    places = {**named, **{name: (zone,) for name, zone in _aliases()}}
    return Listed(frozenset(available_timezones()), places, _of_country())


def offset(zone: str, local: datetime) -> timedelta:
    """How far a zone's clock is ahead of UTC at a local time. Raises ZoneInfoNotFoundError for a zone that is none."""
    ahead = ZoneInfo(zone).utcoffset(local)
    assert ahead is not None
    return ahead


def _listed() -> Iterator[Place]:
    """Every zone of a country, as the database lists them: the most populous of a country first."""
    for line in files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            yield Place(country, zone)


def _cities() -> Iterator[tuple[str, str]]:
    """The city of each zone, as the database and each language spell it."""
    for place in _listed():
        yield spaced(place.zone.rpartition("/")[2].replace("_", " ")), place.zone
        for language in ("en", "fr"):
            city = Locale(language).time_zones.get(place.zone, {}).get("city")
            if city:
                yield spaced(city), place.zone


def _aliases() -> Iterator[tuple[str, str]]:
    for zone, names in toml("lexicon.toml")["aliases"]["zones"].items():
        yield from ((spaced(name), zone) for name in names)


def _of_country() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[tuple[timedelta, ...], str]] = {}
    for place in _listed():
        clocks = tuple(offset(place.zone, local) for local in PROBES)
        found.setdefault(place.country, {}).setdefault(clocks, place.zone)
    return {country: tuple(kept.values()) for country, kept in found.items()}
