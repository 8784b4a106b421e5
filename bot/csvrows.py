"""The rows of a CSV file, each with the line that it begins in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator


class BrokenRowError(ValueError):
    """A row whose quotation marks do not close, and the line (from 1) that it begins in."""

    def __init__(self, line: int, read: str) -> None:
        super().__init__(read)
        self.line = line


def numbered(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row without the blanks around its cells; rows with nothing in them are passed over.

    Raises BrokenRowError at a row that cannot be read; what follows it cannot either.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise BrokenRowError(line, str(error)) from error
        if any(cells):
            yield line, cells
