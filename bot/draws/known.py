"""The rounds that a store knows, read without making a store where there is none."""

from __future__ import annotations

from pathlib import Path

from bot.store import rounds
from bot.store.looking import seen
from scoring.draws import History, shipped


def known_history(path: Path) -> History:
    """What the store at a path knows; the shipped history where there is no store, or one of an earlier version.

    Raises StoreError where the file cannot be read.
    """
    return seen(path, lambda connection: rounds.known(connection).history(), shipped)
