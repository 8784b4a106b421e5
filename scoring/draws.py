"""Rounds of invitations: the history that ships with this package, and what it says for a draw type.

The history is known up to a day (`data/history.toml`); rounds held since then exist and are not in it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from scoring.resources import rows, toml

Drawn = Literal["yes", "never", "unknown"]


class Round(NamedTuple):
    """One round of invitations. `number` is text: 91a and 91b exist. `cut_off` is the score of the last one invited."""

    number: str
    date: date
    type: str
    version: str
    label_en: str
    invitations: int
    cut_off: int
    tie_break_utc: str


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


@cache
def history() -> tuple[Round, ...]:
    """Every round known, oldest first."""
    return tuple(
        Round(
            row["number"],
            date.fromisoformat(row["date"]),
            row["type"],
            row["version"],
            row["label_en"],
            int(row["invitations"]),
            int(row["cut_off"]),
            row["tie_break_utc"],
        )
        for row in rows("data/rounds.csv")
    )


@cache
def known_to() -> date:
    """The day up to which the history is known."""
    day = toml("data/history.toml")["known_to"]
    assert isinstance(day, date)
    return day


@cache
def by_type() -> dict[str, tuple[Round, ...]]:
    """The rounds of each type, oldest first."""
    found: dict[str, list[Round]] = {}
    for held in history():
        found.setdefault(held.type, []).append(held)
    return {kind: tuple(held) for kind, held in found.items()}


def last_round(kind: str, on: date) -> LastRound | None:
    """The last round of a type on or before a day, whatever version it was held under; None when there is none."""
    for held in reversed(by_type().get(kind, ())):
        if held.date <= on:
            return LastRound(held.number, held.date, held.cut_off, held.version or None)
    return None


def drawn(kind: str, version: str | None, on: date, since: date | None = None) -> Drawn:
    """Whether a type was drawn under its present version on or before a day.

    `never` holds up to the day the history is known to; a version in force only `since` later is `unknown`.
    """
    for held in by_type().get(kind, ()):
        if held.date <= on and (version is None or held.version == version):
            return "yes"
    return "unknown" if since is not None and since > known_to() else "never"


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
    plain = "".join(char for char in unicodedata.normalize("NFKD", label) if not unicodedata.combining(char))
    plain = " ".join(plain.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    version_regex, patterns = _patterns()
    version = ""
    cut = version_regex.search(plain)
    if cut is not None:
        version, plain = _version(cut), plain[: cut.start()]
    return Label(next((kind for kind, pattern in patterns if pattern.search(plain)), None), version)


def _version(cut: re.Match[str]) -> str:
    named = cut.groupdict()
    if named["v3"]:
        return f"{named['y3']}-v{named['v3']}"
    # "(2023-1)" and "(2024-1)" are what IRCC later renamed "(Version 1)"
    return f"v{named['v1'] or named['v2']}"
