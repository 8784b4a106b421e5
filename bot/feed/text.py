"""From the bytes of a feed to its rows: strict, as the file is edited by hand and error pages come with status 200."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, NoReturn

from bot.feed.parsed import FeedError

_MOJIBAKE = re.compile("\N{REPLACEMENT CHARACTER}|Ã[\u0080-\u00bf\u0152-\u2122]|Â[\u0080-\u00bf]|â€")
"""UTF-8 that was read as Windows-1252 somewhere on the way, or a sign that was lost there."""


class Object(dict[str, Any]):
    """A JSON object that also knows whether a key stood in it twice."""

    def __init__(self, pairs: Sequence[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.twice = len(self) != len(pairs)
        self.pairs = pairs if self.twice else ()

    def everything(self) -> Iterator[tuple[str, Any]]:
        """Each key with its value, those that stand twice too."""
        yield from self.pairs or self.items()


class RawRow(NamedTuple):
    """One entry of `rounds` as it came, and the key under which it stood where `rounds` is an object."""

    value: Any
    key: str = ""


class RawFeed(NamedTuple):
    """The rows as they came, and the names beside `rounds`."""

    rows: tuple[RawRow, ...]
    names: tuple[str, ...]


def read(body: bytes) -> RawFeed:
    """The rows of a file. Raises FeedError: encoding, mojibake, not_json, no_rounds."""
    found = _json(_text(body))
    rounds = found.get("rounds")
    names = tuple(name for name in found if name != "rounds")
    if found.twice:
        raise FeedError("not_json", reason="key_twice")
    if isinstance(rounds, list):
        return RawFeed(tuple(RawRow(value) for value in rounds), names)
    if isinstance(rounds, Object):
        return RawFeed(tuple(RawRow(value, key) for key, value in rounds.everything()), names)
    raise FeedError("no_rounds")


def _text(body: bytes) -> str:
    """UTF-8, else Windows-1252: the French file has been seen as either, and no header says which."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = body.decode("cp1252")
        except UnicodeDecodeError as error:
            raise FeedError("encoding") from error
    found = _MOJIBAKE.search(text)
    if found is not None:
        raise FeedError("mojibake", found=ascii(found[0]))
    return text


def _json(text: str) -> Object:
    if not text.lstrip().startswith("{"):
        raise FeedError("not_json", reason="no_object")
    try:
        found = json.loads(text, object_pairs_hook=Object, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise FeedError("not_json", reason=type(error).__name__) from error
    assert isinstance(found, Object)
    return found


def _refuse(constant: str) -> NoReturn:
    """NaN and Infinity are no JSON."""
    raise ValueError(constant)
