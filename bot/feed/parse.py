"""The two files of the feed: facts from the English one, names from the French one, paired by number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from bot.feed.parsed import FeedError, Oddity, ParsedFeed, keepable
from bot.feed.rows import LONGEST_LABEL, Row, read_label, read_row, round_number, set_aside
from bot.feed.snapshots import read_pools
from bot.feed.text import Object, read
from scoring.draws import normalise, order

_BESIDE = {"classes"}
"""What stands beside `rounds` in every version of the file."""


def parse(body: bytes, names_fr: Mapping[str, str] | None = None) -> ParsedFeed:
    """The English file. `names_fr`: by number, the names of the French one (see `parse_names`).

    A bad row is set aside and the others are taken. Raises FeedError where the whole file is refused.
    """
    raw = read(body)
    extra = [Oddity("extra_key", keepable(name, LONGEST_LABEL)) for name in raw.names if name not in _BESIDE]
    read_rows = [read_row(row) for row in raw.rows]
    rows, twice = _single(row for row in read_rows if isinstance(row, Row))
    quarantined = [row for row in read_rows if isinstance(row, Oddity)] + twice
    if not rows:
        raise FeedError("no_good_row", quarantined=str(len(quarantined)))
    rows.sort(key=lambda row: order(row.held.number))
    pools = read_pools((row.held.date, row.fields) for row in rows)
    named, unlike = _named(rows, names_fr or {})
    warnings = [*extra, *(warning for row in rows for warning in row.warnings), *pools.warnings, *unlike]
    return ParsedFeed(
        rounds=tuple(row.held for row in named),
        tie_breaks={row.held.number: row.tie_break for row in rows},
        snapshots=pools.snapshots,
        quarantined=tuple(quarantined),
        warnings=tuple(dict.fromkeys(warnings)),
    )


def parse_names(body: bytes) -> dict[str, str]:
    """The French file: by number, the name of each round. A row without either is passed over. Raises FeedError."""
    found = (
        (round_number(row), read_label(row.value.get("drawName")))
        for row in read(body).rows
        if isinstance(row.value, Object) and not row.value.twice
    )
    return {number: label for number, label in found if number is not None and label is not None}


def _single(rows: Iterable[Row]) -> tuple[list[Row], list[Oddity]]:
    """Rows whose number stands once; where one stands twice with different facts, nobody knows which of them holds."""
    single = list({(row.held, row.tie_break): row for row in rows}.values())
    times = Counter(row.held.number for row in single)
    twice = [set_aside("number_twice", row.held.number, row.fields) for row in single if times[row.held.number] > 1]
    return [row for row in single if times[row.held.number] == 1], twice


def _named(rows: Iterable[Row], names_fr: Mapping[str, str]) -> tuple[list[Row], list[Oddity]]:
    """The rows with their French names; a name that says another type than the English label is not taken."""
    named, unlike = [], []
    for row in rows:
        name = names_fr.get(row.held.number, "")
        if name and not agrees(row.held.label_en, name):
            unlike.append(Oddity("label_fr", row.held.number, name))
            name = ""
        named.append(row._replace(held=row.held._replace(label_fr=name)))
    return named, unlike


def agrees(label_en: str, label_fr: str) -> bool:
    """Whether two labels can be of one round: they do not name two types that are both known."""
    english, french = normalise(label_en).type, normalise(label_fr).type
    return english is None or french is None or english == french
