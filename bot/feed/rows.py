"""One row of the feed: a round, or the reason why the row is set aside."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from bot.feed.figures import iso_day, number, tie_break
from bot.feed.parsed import LONGEST_RAW, Oddity, keepable
from bot.feed.text import Object, RawRow
from scoring.draws import Round, normalise, type_of
from scoring.resources import toml

FIRST_ROUND = date(2015, 1, 1)
"""Express Entry began on this day."""
HIGHEST = 1200
"""No score is higher."""
MOST_INVITED = 1_000_000
LONGEST_LABEL = 200
FIELDS = frozenset(
    {
        *("drawNumber", "drawNumberURL", "drawDate", "drawDateFull", "drawName", "drawSize", "drawCRS", "mitext"),
        *("DrawText1", "drawText2", "drawDateTime", "drawCutOff", "drawDistributionAsOn"),
        *(f"dd{place}" for place in range(1, 19)),
    }
)
_NUMBER = re.compile(r"[1-9][0-9]{0,5}[a-z]?")


class Row(NamedTuple):
    """A round, the tie-break as the feed has it, what was odd, and the fields for the pool. Links are never used."""

    held: Round
    tie_break: str
    warnings: tuple[Oddity, ...]
    fields: Object


def read_row(row: RawRow) -> Row | Oddity:
    """The round of a row; an Oddity where the row cannot be taken."""
    fields = row.value
    if not isinstance(fields, Object):
        return set_aside("not_object", "", fields)
    named = round_number(row)
    if fields.twice:
        return set_aside("key_twice", named or "", list(fields.pairs))
    if named is None:
        return set_aside("number", "", fields)
    return _row(named, fields)


def _row(named: str, fields: Object) -> Row | Oddity:
    day, label = iso_day(fields.get("drawDate")), read_label(fields.get("drawName"))
    size, cut_off = number(fields.get("drawSize")), number(fields.get("drawCRS"))
    if day is None or day < FIRST_ROUND:
        return set_aside("date", named, fields)
    if label is None:
        return set_aside("label", named, fields)
    if size is None or not 1 <= size <= MOST_INVITED:
        return set_aside("size", named, fields)
    if cut_off is None or not 1 <= cut_off <= HIGHEST:
        return set_aside("cut_off", named, fields)
    tie = tie_break(fields.get("drawCutOff"), day)
    held = Round(named, day, type_of(label), normalise(label).version, label, size, cut_off, tie.utc)
    return Row(held, keepable(tie.raw, LONGEST_LABEL), tuple(_warnings(held, tie.raw, fields)), fields)


def round_number(row: RawRow) -> str | None:
    """The number of a round as text in lower case; an object of rounds may name it by its own key, as "r405"."""
    value = row.value.get("drawNumber", row.key.removeprefix("r") or None)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    text = value.strip().lower() if isinstance(value, str) else ""
    return text if _NUMBER.fullmatch(text) else None


def read_label(value: Any) -> str | None:
    """A label with single blanks; None for what is no name of anything."""
    label = " ".join(value.split()) if isinstance(value, str) else ""
    return label if label and len(label) <= LONGEST_LABEL and label.isprintable() else None


def _warnings(held: Round, tie: str, fields: Object) -> list[Oddity]:
    found = [Oddity("extra_key", keepable(key, LONGEST_LABEL)) for key in fields if key not in FIELDS]
    if normalise(held.label_en).type is None:
        found.append(Oddity("unknown_label", held.label_en))
    elif (held.type, held.version) not in _known_versions():
        found.append(Oddity("unknown_version", held.label_en))
    if tie and not held.tie_break_utc:
        found.append(Oddity("tie_break", held.number, keepable(tie, LONGEST_LABEL)))
    return found


@cache
def _known_versions() -> frozenset[tuple[str, str]]:
    return frozenset((each["type"], each["version"]) for each in toml("rules/draw_types.toml")["types"])


def set_aside(code: str, subject: str, value: Any) -> Oddity:
    """A row that cannot be taken, with its text as far as it is kept."""
    return Oddity(code, subject, json.dumps(value)[:LONGEST_RAW])
