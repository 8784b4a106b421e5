"""Rounds of invitations: the history of them, and what it says for a draw type.

A history is known up to a day; rounds held since then exist and are not in it. One ships with this package
(`data/rounds.csv`); what was published since is laid over it from outside.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from types import MappingProxyType
from typing import Literal, NamedTuple

from scoring import pool
from scoring.resources import rows, toml

Drawn = Literal["yes", "never", "unknown"]


class Round(NamedTuple):
    """One round of invitations. `number` is text: 91a and 91b exist. `cut_off` is the score of the last one invited.

    `type` is an id of `rules/draw_types.toml`, or the slug of a label that is not known there (`type_of`).
    `tie_break_utc` is "2026-03-18T23:32:40Z", or "" where none was published. `label_fr` is "" where none was seen.
    """

    number: str
    date: date
    type: str
    version: str
    label_en: str
    invitations: int
    cut_off: int
    tie_break_utc: str
    label_fr: str = ""


@dataclass(frozen=True, slots=True)
class LastRound:
    """The last round of a type, as an assessment tells it."""

    number: str
    date: date
    cut_off: int
    version: str | None


class Label(NamedTuple):
    """What a round's label says: a known type (or None), and its version ("" when it names none)."""

    type: str | None
    version: str


class Order(NamedTuple):
    """Where a round stands: 91 < 91a < 91b < 92."""

    number: int
    suffix: str


def order(number: str) -> Order:
    """The place of a round's number among the others. Raises ValueError for what is no such number."""
    found = re.fullmatch(r"([0-9]+)([a-z]?)", number)
    if found is None:
        raise ValueError(f"{number!r} is no number of a round")
    return Order(int(found[1]), found[2])


class Reading(NamedTuple):
    """When a round was first read from the live feed; `first`: as it stood there, None where it still stands so."""

    at: datetime
    first: Round | None = None


@dataclass(frozen=True, eq=False)
class History:
    """Rounds, oldest first, and the day up to which they are known; `snapshots` of the pool, oldest first.

    `readings`: of rounds that came from the live feed, by number. Two histories are the same only where they are one
    object: results that rest on one are remembered by it.
    """

    rounds: tuple[Round, ...]
    known_to: date
    snapshots: tuple[pool.Snapshot, ...] = ()
    readings: Mapping[str, Reading] = field(default_factory=dict)

    @cached_property
    def by_type(self) -> Mapping[str, tuple[Round, ...]]:
        """The rounds of each type, oldest first."""
        found: dict[str, list[Round]] = {}
        for held in self.rounds:
            found.setdefault(held.type, []).append(held)
        return MappingProxyType({kind: tuple(held) for kind, held in found.items()})

    def of(self, kind: str) -> tuple[Round, ...]:
        """The rounds of one type, oldest first; none for a type that was never held."""
        return self.by_type.get(kind, ())

    def get(self, number: str) -> Round | None:
        """The round of a number."""
        return self._by_number.get(number)

    @cached_property
    def _by_number(self) -> Mapping[str, Round]:
        return {held.number: held for held in self.rounds}

    def before(self, day: date) -> History:
        """What was known before a day: the rounds held and the snapshots taken before it."""
        return History(
            tuple(held for held in self.rounds if held.date < day),
            min(self.known_to, day),
            tuple(snapshot for snapshot in self.snapshots if snapshot.as_on < day),
        )

    def pool(self, on: date) -> pool.Snapshot | None:
        """The newest snapshot of the pool on or before a day."""
        return next((snapshot for snapshot in reversed(self.snapshots) if snapshot.as_on <= on), None)

    def last_round(self, kind: str, on: date) -> LastRound | None:
        """The last round of a type on or before a day, under whatever version; None when there is none."""
        for held in reversed(self.of(kind)):
            if held.date <= on:
                return LastRound(held.number, held.date, held.cut_off, held.version or None)
        return None

    def drawn(self, kind: str, version: str | None, on: date, since: date | None = None) -> Drawn:
        """Whether a type was drawn under its present version on or before a day.

        `never` holds up to the day the history is known to; a version in force only `since` later is `unknown`.
        """
        for held in self.of(kind):
            if held.date <= on and (version is None or held.version == version):
                return "yes"
        return "unknown" if since is not None and since > self.known_to else "never"


def history_of(
    rounds: Iterable[Round],
    known_to: date,
    snapshots: Iterable[pool.Snapshot] = (),
    readings: Mapping[str, Reading] = MappingProxyType({}),
) -> History:
    """A history from rounds and snapshots in any order."""
    return History(
        tuple(sorted(rounds, key=lambda held: order(held.number))),
        known_to,
        tuple(sorted(snapshots, key=lambda snapshot: snapshot.as_on)),
        readings,
    )


@cache
def shipped() -> History:
    """The history that ships with this package."""
    day = toml("data/history.toml")["known_to"]
    assert isinstance(day, date)
    return history_of(_shipped_rounds(), day, pool.shipped())


def _shipped_rounds() -> Iterable[Round]:
    french = _french_labels()
    return (
        Round(
            row["number"],
            date.fromisoformat(row["date"]),
            row["type"],
            row["version"],
            row["label_en"],
            int(row["invitations"]),
            int(row["cut_off"]),
            row["tie_break_utc"],
            french.get(row["label_en"], ""),
        )
        for row in rows("data/rounds.csv")
    )


def _french_labels() -> Mapping[str, str]:
    types = toml("rules/draw_types.toml")["types"]
    return {each["label_en"]: each["label_fr"] for each in types if each.get("label_en") and each.get("label_fr")}


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    data = toml("rules/draw_types.toml")
    return re.compile(data["version_regex"]), tuple(
        (pattern["id"].rpartition(".")[2], re.compile(pattern["regex"])) for pattern in data["patterns"]
    )


def normalise(label: str) -> Label:
    """The type and version that a feed's label names, in English or French (rules/draw_types.toml).

    A label that no pattern knows has the type None: it is a new type, never filed under a known one.
    """
    plain = _plain(label)
    version_regex, patterns = _patterns()
    version = ""
    cut = version_regex.search(plain)
    if cut is not None:
        version, plain = _version(cut), plain[: cut.start()]
    return Label(next((kind for kind, pattern in patterns if pattern.search(plain)), None), version)


def _plain(label: str) -> str:
    plain = "".join(char for char in unicodedata.normalize("NFKD", label) if not unicodedata.combining(char))
    return " ".join(plain.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())


def type_of(label: str) -> str:
    """The type that a label names: a known one, or a new one of its own, called by the label without its version."""
    known = normalise(label).type
    if known is not None:
        return known
    version_regex, _ = _patterns()
    plain = _plain(label)
    cut = version_regex.search(plain)
    words = re.findall(r"[a-z0-9]+", plain[: cut.start()] if cut else plain)
    return NEW + ("_".join(words) or "unnamed")


NEW = "new_"
"""How the id of a type begins that `rules/draw_types.toml` does not know: never that of a known one."""


def is_known(kind: str) -> bool:
    """Whether a type is one of those that `rules/draw_types.toml` knows."""
    return kind in toml("rules/draw_types.toml")["short_names"]


def _version(cut: re.Match[str]) -> str:
    named = cut.groupdict()
    if named["v3"]:
        return f"{named['y3']}-v{named['v3']}"
    # "(2023-1)" and "(2024-1)" are what IRCC later renamed "(Version 1)"
    return f"v{named['v1'] or named['v2']}"
