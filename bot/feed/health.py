"""How the feed fares, as the store tells it: for the doctor."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.feed.check import Urls
from bot.feed.parsed import Oddity
from bot.store import rounds
from bot.store.draws import FeedFile
from bot.store.looking import seen
from scoring.draws import shipped

UNSEEN = FeedFile()


@dataclass(frozen=True, slots=True)
class Health:
    """Both files as they were last taken, up to which day rounds are known, and what is odd about the feed."""

    known_to: date
    english: FeedFile = UNSEEN
    french: FeedFile = UNSEEN
    set_aside: tuple[Oddity, ...] = ()
    warnings: tuple[Oddity, ...] = ()

    @property
    def unknown(self) -> tuple[str, ...]:
        """Labels of which no rule knows the type or the version."""
        codes = ("unknown_label", "unknown_version")
        return tuple(oddity.subject for oddity in self.warnings if oddity.code in codes)


def health(path: Path, urls: Urls, patience: float) -> Health:
    """What the store at a path knows of the feed; what ships, where there is no store or an older one.

    `patience`: seconds to wait for another process. Raises StoreError.
    """

    def read(connection: sqlite3.Connection) -> Health:
        return Health(
            rounds.known_to(connection),
            rounds.feed_file(connection, urls.en),
            rounds.feed_file(connection, urls.fr),
            tuple(rounds.oddities(connection, set_aside=True)),
            tuple(rounds.oddities(connection, set_aside=False)),
        )

    return seen(path, read, lambda: Health(shipped().known_to), patience)
