"""Files of the person who chats: for nobody else to read, and never in the place of another."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import count
from pathlib import Path

OWNER_ONLY = 0o600


def save(name: str, content: str | bytes, folders: Iterable[Path], *, same: bool = False) -> Path:
    """Write a file into the first folder that takes it, under a name that is free there. Returns its path.

    Text is written in UTF-8. `same`: a file of that name that holds the same already will do.

    Raises the last OSError where no folder takes it.
    """
    held = content.encode() if isinstance(content, str) else content
    refused: OSError = FileNotFoundError(name)
    for folder in folders:
        try:
            path = folder.absolute() / Path(name).name
            return path if same and _holds(path, held) else _written(folder.absolute(), Path(name), held)
        except OSError as error:
            refused = error
    raise refused


def _written(folder: Path, name: Path, content: bytes) -> Path:
    path, number = _new(folder, name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
    except OSError:
        path.unlink()
        raise
    return path


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False


def _new(folder: Path, name: Path) -> tuple[Path, int]:
    """An empty file of its own, open: `tirage.json`, else `tirage-2.json` and so on."""
    path, more = folder / name.name, count(2)
    while True:
        try:
            return path, os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        except FileExistsError:
            path = folder / f"{name.stem}-{next(more)}{name.suffix}"
