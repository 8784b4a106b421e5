"""Where a score stands: what the last rounds of a type would have done with it, and who stands above it in the pool.

Everything is about rounds that were held; what comes next is told in `scoring.chances`. A score may be a range, from
`low` to `high`; one that is certain has both ends alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Literal

from scoring import pool
from scoring.calendar import add_months
from scoring.draws import History, Round
from scoring.resources import toml

Direction = Literal["up", "down", "level"]


@dataclass(frozen=True, slots=True)
class Past:
    """What rounds would have done with one score: `invited` above the cut-off, `tie` at it, `missed` below it.

    At the cut-off the moment of submission decides, so a tie is neither of the two.
    """

    invited: int
    tie: int
    missed: int


@dataclass(frozen=True, slots=True)
class Trend:
    """Where cut-offs go: the median of the last three rounds less that of the three before, in points."""

    direction: Direction
    points: float


@dataclass(frozen=True, slots=True)
class Standing:
    """A score beside the rounds of one type, up to a day; `known_to` is the last day whose rounds are known.

    `last`: at most three rounds, the newest first. `rounds`: how many were held after `since`, twelve months before the
    day; `at_low` and `at_high` divide them for either end of the score. `gap_low` and `gap_high`: the score less the
    cut-off of the last round, in points, None where the type was never held. `trend`: None before six rounds.
    A cut-off of PNP is that of a nominee, 600 points included, and compares with no other score.
    """

    type: str
    on: date
    known_to: date
    last: tuple[Round, ...]
    since: date
    rounds: int
    at_low: Past
    at_high: Past
    gap_low: int | None
    gap_high: int | None
    trend: Trend | None


@dataclass(frozen=True, slots=True)
class Place:
    """Between how many and how many candidates stand above each end of a score, in the pool of `as_on`.

    The pool counts everyone, whichever rounds they are eligible for.
    """

    as_on: date
    total: int
    at_low: pool.Standing
    at_high: pool.Standing


def standing(history: History, kind: str, on: date, low: int, high: int | None = None) -> Standing:
    """Where a score from `low` to `high` (the same when left out) stands to the rounds of a type held up to a day."""
    top = low if high is None else high
    own = toml("data/chances.toml")["standing"]
    held = [each for each in history.of(kind) if each.date <= on]
    since = add_months(on, -own["months"])
    recent = [each for each in held if each.date > since]
    gaps = (low - held[-1].cut_off, top - held[-1].cut_off) if held else (None, None)
    return Standing(
        type=kind,
        on=on,
        known_to=history.known_to,
        last=tuple(reversed(held[-own["last"] :])),
        since=since,
        rounds=len(recent),
        at_low=_past(recent, low),
        at_high=_past(recent, top),
        gap_low=gaps[0],
        gap_high=gaps[1],
        trend=trend([each.cut_off for each in held]),
    )


def place(history: History, on: date, low: int, high: int | None = None) -> Place | None:
    """Where a score from `low` to `high` stands in the newest pool known on a day; None when no pool is known.

    Raises ValueError for a score that is not between 0 and 1200.
    """
    found = history.pool(on)
    if found is None:
        return None
    at_high = pool.standing(found, low if high is None else high)
    return Place(found.as_on, found.total, pool.standing(found, low), at_high)


def trend(cut_offs: Sequence[int]) -> Trend | None:
    """Where cut-offs go, oldest first; None while there are fewer than two times three."""
    own = toml("data/chances.toml")["standing"]
    count = own["last"]
    if len(cut_offs) < 2 * count:
        return None
    points = float(median(cut_offs[-count:]) - median(cut_offs[-2 * count : -count]))
    if abs(points) <= own["level_points"]:
        return Trend("level", points)
    return Trend("up" if points > 0 else "down", points)


def _past(rounds: Sequence[Round], score: int) -> Past:
    invited = sum(score > each.cut_off for each in rounds)
    tie = sum(score == each.cut_off for each in rounds)
    return Past(invited, tie, len(rounds) - invited - tie)
