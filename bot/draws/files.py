"""Rounds from a CSV file, in either of two shapes; what cannot be read is named by line and column, never guessed.

The shape that ships with us: number, date, type, version, label_en, invitations, cut_off, tie_break_utc (and label_fr).
The shape of public collections: number, date, label_en, invitations, cutoff, tie_break_utc; its labels give the types.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import TypeVar

from bot.csvrows import BrokenRowError, numbered
from scoring.draws import NEW, Round, is_known, normalise, order, type_of

T = TypeVar("T")

NEEDED = ("number", "date", "label_en", "invitations")
CUT_OFF = ("cut_off", "cutoff")
"""The two names of the column of cut-offs."""
HIGHEST = 1200
"""No score of the Comprehensive Ranking System is higher (rules/crs.toml, total)."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
_TYPE = re.compile(re.escape(NEW) + r"[a-z0-9_]+")


class RoundsFileError(ValueError):
    """A file of rounds that cannot be read.

    `line` counts from 1, the header included; `column` is the name of the column, or "" for the whole line; `read` is
    what stood there. Codes: missing_column (`read` is the header), cells (`read` is the number of cells), quotes,
    number, repeated, date, type, label, invitations, cut_off, tie_break, no_rounds.
    """

    def __init__(self, line: int, column: str, read: str, code: str) -> None:
        super().__init__(f"line {line}, {column or 'whole line'}: {code}, read {read!r}")
        self.line, self.column, self.read, self.code = line, column, read, code

    def told(self, say: Mapping[str, str]) -> str:
        """Where it is, what was read and what is allowed, in the language of these words of the command."""
        allowed = say[f"rounds_file_{self.code}"]
        where = say["rounds_file_at" if self.column else "rounds_file_line"].format(line=self.line, column=self.column)
        return say["rounds_file"].format(where=where, read=self.read, allowed=allowed)


def read_rounds_csv(text: str) -> list[Round]:
    """The rounds of a CSV file, in the order of the file. Raises RoundsFileError at the first thing it cannot read."""
    rounds: list[Round] = []
    seen: set[str] = set()
    for line, row in _rows(text):
        held = _round(line, row)
        if held.number in seen:
            raise RoundsFileError(line, "number", held.number, "repeated")
        seen.add(held.number)
        rounds.append(held)
    if not rounds:
        raise RoundsFileError(1, "", "", "no_rounds")
    return rounds


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with the number of its first line; blank lines are passed over."""
    header: list[str] | None = None
    try:
        for line, cells in numbered(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")):
            if header is None:
                header = _header(line, cells)
            elif len(cells) != len(header):
                raise RoundsFileError(line, "", str(len(cells)), "cells")
            else:
                yield line, dict(zip(header, cells, strict=True))
    except BrokenRowError as error:
        raise RoundsFileError(error.line, "", str(error), "quotes") from error


def _header(line: int, cells: list[str]) -> list[str]:
    for column in NEEDED:
        if column not in cells:
            raise RoundsFileError(line, column, ",".join(cells), "missing_column")
    if not set(CUT_OFF) & set(cells):
        raise RoundsFileError(line, CUT_OFF[0], ",".join(cells), "missing_column")
    return cells


def _round(line: int, row: dict[str, str]) -> Round:
    cut_off = next(name for name in CUT_OFF if name in row)
    label = _read(line, row, "label_en", "label", _label)
    return Round(
        number=_read(line, row, "number", "number", _number),
        date=_read(line, row, "date", "date", _day),
        type=_read(line, row, "type", "type", _type) if row.get("type") else type_of(label),
        version=row["version"] if "version" in row else normalise(label).version,
        label_en=label,
        invitations=_read(line, row, "invitations", "invitations", _count),
        cut_off=_read(line, row, cut_off, "cut_off", _score),
        tie_break_utc=_read(line, row, "tie_break_utc", "tie_break", _moment),
        label_fr=row.get("label_fr", ""),
    )


def _read(line: int, row: dict[str, str], column: str, code: str, as_: Callable[[str], T]) -> T:
    read = row.get(column, "")
    try:
        return as_(read)
    except ValueError as error:
        raise RoundsFileError(line, column, read, code) from error


def _label(read: str) -> str:
    if not read:
        raise ValueError
    return read


def _number(read: str) -> str:
    order(read)
    return read


def _day(read: str) -> date:
    return date.fromisoformat(read if _DAY.fullmatch(read) else "")


def _type(read: str) -> str:
    if is_known(read) or _TYPE.fullmatch(read):
        return read
    raise ValueError


def _count(read: str) -> int:
    return _whole(read, 1, 10**9)


def _score(read: str) -> int:
    return _whole(read, 1, HIGHEST)


def _whole(read: str, low: int, high: int) -> int:
    if re.fullmatch(r"[0-9]{1,10}", read) and low <= int(read) <= high:
        return int(read)
    raise ValueError


def _moment(read: str) -> str:
    if not read:
        return ""
    datetime.fromisoformat(read if _MOMENT.fullmatch(read) else "")
    return read
