"""A look at a store's file that changes nothing in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.store import tables
from bot.store.errors import StoreError
from bot.store.migrations import pending
from bot.store.opening import files, open_reader, open_to_others, open_to_write, told, writable
from bot.store.without_numpy import Database


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen: `bytes` on the disk, `chats` kept, `pending` steps that the next start takes."""

    bytes: int
    chats: int
    pending: tuple[str, ...]
    open_to_others: bool


def look(path: Path, patience: float) -> Look | None:
    """What the file holds, and that it can be written to; None where there is none and one can be made.

    `patience`: seconds to wait for another process. Raises StoreError.
    """
    with told(path):
        if not path.exists():
            _could_be_made(path)
            return None
    with closing(open_reader(path, patience)) as connection, told(path):
        steps = tuple(pending(Database(connection, execute_plugins=False)))
        _sound(connection, path)
        chats = 0 if steps else tables.chats(connection)
    open_to_write(path, patience)
    return Look(_size(path), chats, steps, open_to_others(path))


def _could_be_made(path: Path) -> None:
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    if not folder.is_dir():
        raise StoreError("no_folder", path, folder=str(path.parent), reason="ENOTDIR")
    writable(folder, path)


def _sound(connection: sqlite3.Connection, path: Path) -> None:
    (found,) = connection.execute("pragma quick_check(1)").fetchone()
    if found != "ok":
        raise StoreError("damaged", path)


def _size(path: Path) -> int:
    """Bytes of the file and of what SQLite keeps beside it."""
    return sum(file.stat().st_size for file in files(path) if file.exists())
