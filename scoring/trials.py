"""What would have been told at each past moment, beside what then came: the raw material of the backtest.

Each trial knows what was known on its day. Two kinds: on the eve of each round, its cut-off; on the first of each
month, the chances of a row of scores.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from scoring.calendar import add_months
from scoring.chances import MONTHS, Outlook, outlook
from scoring.cutoffs import DAY, OWN, quantile
from scoring.draws import History, Round
from scoring.rulebook import Rulebook

SCORES: tuple[int, ...] = tuple(range(350, 601, 10))
_NAIVE = OWN["naive"]
NO_ROUND = 10_000
"""Stands for the lowest cut-off of a time without any round: no score is above it."""


class CutOffTrial(NamedTuple):
    """A round, what its cut-off was forecast to be on its eve, and what simpler ways would have said; in points.

    `last` is the cut-off before it. `naive_12` and `naive_2023` are half the width of a band about it: the quantile of
    the last twelve changes, and of all changes since 2023; None before four changes.
    """

    held: Round
    low: int
    middle: int
    high: int
    last: int
    naive_12: float | None
    naive_2023: float | None

    @property
    def inside(self) -> bool:
        """Whether the interval held the cut-off."""
        return self.low <= self.held.cut_off <= self.high

    @property
    def half(self) -> float:
        """Half the width of the interval."""
        return (self.high - self.low) / 2

    @property
    def error(self) -> int:
        """How far off the forecast was."""
        return abs(self.held.cut_off - self.middle)

    @property
    def last_error(self) -> int:
        """How far off the last cut-off was."""
        return abs(self.held.cut_off - self.last)


class ChanceTrial(NamedTuple):
    """A day, a number of months and a score: the chance told, the base rate known that day, and what came."""

    on: date
    months: int
    score: int
    chance: float
    base_rate: float
    invited: bool


def cut_off_trials(history: History, kind: str, book: Rulebook) -> Iterator[CutOffTrial]:
    """One trial for each round of a type on whose eve anything was told, the oldest first."""
    rounds = sorted(history.of(kind), key=lambda held: held.date)
    for index, held in enumerate(rounds):
        found = outlook(history, kind, held.date - DAY, book)
        if isinstance(found, Outlook):
            known = [each for each in rounds[:index] if each.date < held.date]
            told = found.next_cut_off
            yield CutOffTrial(held, told.low, told.middle, told.high, known[-1].cut_off, *_naive_bands(known))


def _naive_bands(known: Sequence[Round]) -> tuple[float | None, float | None]:
    changes = [(held.date, abs(held.cut_off - before.cut_off)) for before, held in pairwise(known)]
    recent = [change for _, change in changes][-_NAIVE["changes"] :]
    later = [change for day, change in changes if day >= _NAIVE["since"]]
    return _naive_band(recent), _naive_band(later)


def _naive_band(changes: Sequence[int]) -> float | None:
    if len(changes) < _NAIVE["at_least"]:
        return None
    return quantile(changes, OWN["interval"]["level"])


def chance_trials(history: History, kind: str, book: Rulebook) -> Iterator[ChanceTrial]:
    """Trials on the first of each month since the first round of a type: each time ahead, each score.

    A time that ends after the history does has no outcome yet and is no trial; nor is one before whose day no time of
    that length was over, as there is no base rate.
    """
    rounds = sorted(history.of(kind), key=lambda held: held.date)
    if not rounds:
        return
    days = list(_firsts(rounds[0].date, history.known_to))
    lowest = {months: {day: _lowest(rounds, day, months) for day in days} for months in MONTHS}
    for on in days:
        found = outlook(history, kind, on, book)
        if not isinstance(found, Outlook):
            continue
        for months in MONTHS:
            past = [lowest[months][day] for day in days if add_months(day, months) <= on]
            if past and add_months(on, months) <= history.known_to:
                came = lowest[months][on]
                for score in SCORES:
                    rate = sum(score > each for each in past) / len(past)
                    yield ChanceTrial(on, months, score, found.chance(score, months), rate, score > came)


def _firsts(start: date, end: date) -> Iterator[date]:
    day = add_months(start.replace(day=1), 1)
    while day <= end:
        yield day
        day = add_months(day, 1)


def _lowest(rounds: Sequence[Round], on: date, months: int) -> int:
    end = add_months(on, months)
    return min((held.cut_off for held in rounds if on < held.date <= end), default=NO_ROUND)
