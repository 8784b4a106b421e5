"""Files of the person who chats: for nobody else to read, and never in the place of another."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import count
from pathlib import Path

OWNER_ONLY = 0o600


def save(name: str, content: str, folders: Iterable[Path]) -> Path:
    """Write a file into the first folder that takes it, under a name that is free there. Returns its path.

    Raises the last OSError where no folder takes it.
    """
    refused: OSError = FileNotFoundError(name)
    for folder in folders:
        try:
            return _written(folder.absolute(), Path(name), content)
        except OSError as error:
            refused = error
    raise refused


def _written(folder: Path, name: Path, content: str) -> Path:
    path, number = _new(folder, name)
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
            file.write(content)
    except OSError:
        path.unlink()
        raise
    return path


def _new(folder: Path, name: Path) -> tuple[Path, int]:
    """An empty file of its own, open: `tirage.json`, else `tirage-2.json` and so on."""
    path, more = folder / name.name, count(2)
    while True:
        try:
            return path, os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        except FileExistsError:
            path = folder / f"{name.stem}-{next(more)}{name.suffix}"
