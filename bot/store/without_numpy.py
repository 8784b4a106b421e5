"""sqlite-utils, loaded without numpy.

Where numpy is installed (pictures bring it), sqlite-utils loads it to know its kinds of numbers, of which nothing here
is ever one: a third of a second and 16 MB at every start.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

NOT_NEEDED = "numpy"


@contextmanager
def _without(name: str) -> Iterator[None]:
    """Whoever tries to import a module in here is told that there is none; one that is loaded stays as it is."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # how the import system marks what must not be imported
    try:
        yield
    finally:
        del sys.modules[name]


with _without(NOT_NEEDED):
    from sqlite_utils import Database, Migrations

__all__ = ["Database", "Migrations"]
