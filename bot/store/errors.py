"""What can be wrong with a store, as a code and values; the words stand in `locales/cli.toml`."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

_BY_RESULT = {
    sqlite3.SQLITE_PERM: "read_only",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_CANTOPEN: "cannot_open",
    sqlite3.SQLITE_NOTADB: "not_a_database",
}
_PRIMARY = 0xFF
"""The low byte of an extended result code is the primary one."""


class StoreError(Exception):
    """The store cannot do what was asked; `code` says why, `values` what was read.

    Codes: not_a_database, not_ours, newer, damaged, folder, no_folder, read_only, cannot_open, locked, full, failed,
    closed.
    """

    def __init__(self, code: str, path: Path | str, **values: str) -> None:
        super().__init__(f"{code}: {path}", *values.values())
        self.code = code
        self.values = {"path": str(path), **values}

    def told(self, say: Mapping[str, str]) -> str:
        """What was read, what is wrong and how to mend it, in the language of these words of the command."""
        return say[f"store_{self.code}"].format(**self.values)


def from_sqlite(error: sqlite3.Error, path: Path) -> StoreError:
    """The store's error for one of SQLite's."""
    code = getattr(error, "sqlite_errorcode", None)
    known = _BY_RESULT.get(code & _PRIMARY) if isinstance(code, int) else None
    reason = getattr(error, "sqlite_errorname", type(error).__name__)
    return StoreError(known or "failed", path, reason=reason)
