"""Where somebody lived, and from when until when: several countries in one message."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from conversations.answers.countries import find_countries, read_country
from conversations.answers.periods import Found, find_period
from conversations.answers.result import Misread, Result, Understood
from conversations.answers.text import clean

if TYPE_CHECKING:
    from conversations.lexicon import Lexicon

MOST_STAYS = 20
_BREAKS = "\n;"


def read_stays(text: str, today: date, lexicon: Lexicon) -> Result:
    """`[{"country": code, "from": iso, "until": iso or None}]` (None: still there), in the order told.

    Each stay needs its country and its months; a length alone ("two years") is misread as `no_period`.
    """
    cleaned = clean(text)
    stays: list[dict[str, Any]] = []
    for piece in _pieces(cleaned, today, lexicon):
        read = _stay(piece, today, lexicon)
        if not isinstance(read, Understood):
            return read
        stays.append(read.value)
    if not stays:
        return Misread("no_country", cleaned, {"suggestion": None})
    return Misread("too_many", cleaned, {"most": MOST_STAYS}) if len(stays) > MOST_STAYS else Understood(stays)


def _pieces(cleaned: str, today: date, lexicon: Lexicon) -> Iterator[str]:
    """One part for each stay: those that are set apart, else one for each country that is named."""
    for sign in _BREAKS:
        cleaned = cleaned.replace(sign, "\n")
    for part in filter(str.strip, cleaned.split("\n")):
        yield from _by_country(part, today, lexicon)


def _by_country(part: str, today: date, lexicon: Lexicon) -> Iterator[str]:
    places = [named.place for named in find_countries(part, lexicon)]
    if len(places) < len(("one", "another")):
        yield part
        return
    time = find_period(part, today, in_line=True)
    countries_first = time is None or places[0].start < min(start for start, _ in time.spans)
    cuts = [place.start for place in places[1:]] if countries_first else [place.end for place in places[:-1]]
    for start, end in zip([0, *cuts], [*cuts, len(part)], strict=True):
        yield part[start:end].strip(" ,.")


def _stay(piece: str, today: date, lexicon: Lexicon) -> Result:
    found = find_period(piece, today)
    country = _country(piece, found, lexicon)
    if not isinstance(country, Understood):
        return country if isinstance(country, Misread) else Misread("several_countries", piece)
    if found is None:
        return Misread("no_period", piece)
    if not isinstance(found.result, Understood):
        return found.result if isinstance(found.result, Misread) else Misread("month_in_words", piece)
    period = found.result.value
    if "started_on" not in period:
        return Misread("no_period", piece)
    return Understood({"country": country.value, "from": period["started_on"], "until": period["ended_on"]})


def _country(piece: str, found: Found | None, lexicon: Lexicon) -> Result:
    """The country of a piece, read without its dates."""
    rest = piece
    for start, end in reversed(found.spans if found else ()):
        rest = f"{rest[:start]} {rest[end:]}"
    return read_country(rest.strip(" ,.:()-"), lexicon)
