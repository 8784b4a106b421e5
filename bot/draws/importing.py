"""`tirage draws import`: rounds from a file that somebody brought, in either shape of the feed or as a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from bot.draws.files import read_rounds_csv
from bot.feed.merge import Merge, lay_file, lay_names
from bot.feed.parse import parse, parse_names
from bot.feed.parsed import ParsedFeed
from bot.store.draws import Decide, Rounds

_FRENCH = re.compile(
    r"\b(?:programme|cat[ée]gorie|comp[ée]tence|professions?|m[ée]tiers|g[ée]n[ée]rale|aucun|m[ée]decins|cadres|recrues"
    r"|chercheurs|ayant)\b",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"\b(?:program|class|proficiency|occupations?|general|worker|trades|with|specified)\b", re.IGNORECASE
)


async def bring(store: Rounds, body: bytes, now: datetime, today: date) -> Merge:
    """Lay a file over what the store knows; it alerts nobody. The next look at the live feed takes that whole.

    A French file of the feed gives names to rounds that are known, and nothing else. Raises FeedError,
    RoundsFileError, UnicodeDecodeError (a table that is not UTF-8) and StoreError.
    """
    merged = await store.merge(decision(body, now, today), now)
    await store.forget_feed_files()
    return merged.merge


def decision(body: bytes, now: datetime, today: date) -> Decide:
    """What a file changes: see `bring`."""
    if not body.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"[", b"<")):
        rounds = tuple(read_rounds_csv(body.decode("utf-8-sig")))
        return lambda known: lay_file(known, ParsedFeed(rounds), today)
    names = parse_names(body)
    if is_french(names.values()):
        return lambda known: lay_names(known, names, "file", now, today)
    feed = parse(body)
    return lambda known: lay_file(known, feed, today)


def is_french(labels: Iterable[str]) -> bool:
    """Whether these are names of the French file: nothing else in it says so for certain."""
    told = list(labels)
    return sum(bool(_FRENCH.search(label)) for label in told) > sum(bool(_ENGLISH.search(label)) for label in told)
