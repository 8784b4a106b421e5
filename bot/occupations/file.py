"""Job titles from a CSV file, plain or packed with gzip; what cannot be read is named by its line, never guessed.

The columns: `code`, a unit group of NOC 2021, and `title`, in either language. Others are passed over.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.csvrows import BrokenRowError, numbered
from bot.store.titles import Title
from scoring.job_words import folded
from scoring.occupations import unit_groups
from scoring.search import MOST_TEXT

NEEDED = ("code", "title")
MOST_BYTES = 50_000_000
"""Statistics Canada's index has two megabytes a language."""
_GZIP = b"\x1f\x8b"


MOST_TOLD = 20
"""So many faults are told one by one."""


class Fault(NamedTuple):
    """What is wrong in a line (counted from 1, the header included), and what stood there.

    Codes: packed (not gzip after all), too_big, not_utf8, missing_column (`read` is the header), cells (`read` is the
    number of cells), quotes, code, title, none.
    """

    line: int
    read: str
    code: str


class TitlesFileError(ValueError):
    """A file of titles that cannot be read, with all that is wrong in it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(*faults)
        self.faults = tuple(faults)

    def told(self, say: Mapping[str, str]) -> str:
        """Where each fault is, what was read and what is allowed, in the language of these words of the command."""
        lines = [
            say["titles_file"].format(line=fault.line, read=fault.read, allowed=say[f"titles_file_{fault.code}"])
            for fault in self.faults[:MOST_TOLD]
        ]
        if len(self.faults) > MOST_TOLD:
            lines.append(say["draws_more"].format(count=len(self.faults) - MOST_TOLD))
        return "\n".join(lines)


def read_titles(body: bytes) -> list[Title]:
    """The titles of a file, each once, in its order. Raises TitlesFileError: a file is taken whole or not at all."""
    rows = list(_rows(_text(_unpacked(body))))
    faults = [row for row in rows if isinstance(row, Fault)]
    if faults:
        raise TitlesFileError(faults)
    if not rows:
        raise TitlesFileError([Fault(1, "", "none")])
    return list(dict.fromkeys(row for row in rows if isinstance(row, Title)))


def _unpacked(body: bytes) -> bytes:
    plain = body
    if body.startswith(_GZIP):
        try:
            with gzip.open(io.BytesIO(body)) as packed:
                plain = packed.read(MOST_BYTES + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise TitlesFileError([Fault(1, str(error), "packed")]) from error
    if len(plain) > MOST_BYTES:
        raise TitlesFileError([Fault(1, str(len(plain)), "too_big")])
    return plain


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise TitlesFileError([Fault(line, body[error.start : error.end].hex(), "not_utf8")]) from error


def _rows(text: str) -> Iterator[Title | Fault]:
    """What each line holds, or what is wrong with it; blank lines are passed over."""
    header: list[str] | None = None
    try:
        for line, cells in numbered(text):
            if header is None:
                if not set(NEEDED) <= set(cells):
                    yield Fault(line, ",".join(cells), "missing_column")
                    return
                header = cells
            elif len(cells) != len(header):
                yield Fault(line, str(len(cells)), "cells")
            else:
                yield _title(line, dict(zip(header, cells, strict=True)))
    except BrokenRowError as error:
        yield Fault(error.line, str(error), "quotes")


def _title(line: int, row: Mapping[str, str]) -> Title | Fault:
    code, title = row["code"], row["title"]
    if code not in unit_groups():
        return Fault(line, code, "code")
    if len(title) > MOST_TEXT or not folded(title):
        return Fault(line, title[:MOST_TEXT], "title")
    return Title(code, title)
