"""How good the estimates have been: forecasts made at each past moment from what was known then, beside what came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import mean

from scoring.chances import MONTHS
from scoring.cutoffs import OWN
from scoring.draws import History
from scoring.rulebook import Rulebook, shipped
from scoring.trials import SCORES, ChanceTrial, CutOffTrial, chance_trials, cut_off_trials

TOGETHER = ("cec", "french", "healthcare")
"""The types whose rounds are many and go on; their error is also told together."""
CONFIDENCE_95 = 1.959964
"""The quantile of the normal distribution for a confidence of 95 %."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some trials held, and the 95 % confidence interval of the share (Wilson)."""

    held: int
    of: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Naive:
    """A naive band about the last cut-off, on the `rounds` where it exists; `own_half` is half our width on them."""

    band: str
    rounds: int
    share: float
    half: float
    own_half: float


@dataclass(frozen=True, slots=True)
class Brier:
    """Mean squared error of chances within some months, beside that of the base rate known on the same days.

    `days` are origins, each asked for every score of the grid; None where there was no trial.
    """

    months: int
    days: int
    chances: float | None
    base_rate: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """How good the estimates were for some types: errors and half widths in points.

    `rounds` were held, `told` had a forecast on their eve; the figures are about these, and None where there are none.
    """

    types: tuple[str, ...]
    rounds: int
    told: int
    error: float | None
    last_value_error: float | None
    coverage: Share | None
    half_width: float | None
    naive: tuple[Naive, ...]
    brier: tuple[Brier, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """What was tried from `since` on: a row for each type that had a round, some types together, and all together.

    A type of which nothing was ever told has a row without figures and is not in `all`.
    """

    since: date
    rows: tuple[Row, ...]
    together: Row
    all: Row


@dataclass(frozen=True, slots=True)
class Backtest:
    """A backtest of a history known up to a day, for some periods; `level` is the share its intervals aim at."""

    known_to: date
    rounds: int
    level: float
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Trials:
    """What was tried for one type, and the days of all its rounds."""

    days: tuple[date, ...]
    cut_offs: tuple[CutOffTrial, ...]
    chances: tuple[ChanceTrial, ...]

    def since(self, day: date) -> Trials:
        """The trials of rounds and origins from a day on."""
        return Trials(
            tuple(each for each in self.days if each >= day),
            tuple(trial for trial in self.cut_offs if trial.held.date >= day),
            tuple(trial for trial in self.chances if trial.on >= day),
        )


def backtest(history: History, since: Iterable[date] = (), book: Rulebook | None = None) -> Backtest:
    """Try every type of a history, and tell how good the estimates were from each of some days on.

    Without a day: since the first round of all.
    """
    tried = {kind: trials(history, kind, book or shipped()) for kind in sorted(history.by_type)}
    days = list(since) or [min((held.date for held in history.rounds), default=history.known_to)]
    periods = tuple(_period(tried, day) for day in days)
    return Backtest(history.known_to, len(history.rounds), OWN["interval"]["level"], periods)


def trials(history: History, kind: str, book: Rulebook) -> Trials:
    """Everything that was tried for one type."""
    return Trials(
        tuple(held.date for held in history.of(kind)),
        tuple(cut_off_trials(history, kind, book)),
        tuple(chance_trials(history, kind, book)),
    )


def _period(tried: Mapping[str, Trials], since: date) -> Period:
    later = {kind: found.since(since) for kind, found in tried.items()}
    spoke = [kind for kind, found in later.items() if found.cut_offs or found.chances]
    return Period(
        since,
        tuple(_row(later, [kind]) for kind, found in later.items() if found.days or kind in spoke),
        _row(later, [kind for kind in TOGETHER if kind in later]),
        _row(later, spoke),
    )


def _row(tried: Mapping[str, Trials], kinds: Sequence[str]) -> Row:
    cut_offs = [trial for kind in kinds for trial in tried[kind].cut_offs]
    chances = [trial for kind in kinds for trial in tried[kind].chances]
    held = sum(trial.inside for trial in cut_offs)
    return Row(
        types=tuple(kinds),
        rounds=sum(len(tried[kind].days) for kind in kinds),
        told=len(cut_offs),
        error=_mean(trial.error for trial in cut_offs),
        last_value_error=_mean(trial.last_error for trial in cut_offs),
        coverage=share(held, len(cut_offs)) if cut_offs else None,
        half_width=_mean(trial.half for trial in cut_offs),
        naive=tuple(_naive(cut_offs)),
        brier=tuple(_brier(chances, months) for months in MONTHS),
    )


def _naive(cut_offs: Sequence[CutOffTrial]) -> Iterable[Naive]:
    for band in ("naive_12", "naive_2023"):
        found = [(trial, half) for trial in cut_offs if (half := getattr(trial, band)) is not None]
        if found:
            yield Naive(
                band,
                len(found),
                mean(trial.last_error <= half for trial, half in found),
                mean(half for _, half in found),
                mean(trial.half for trial, _ in found),
            )


def _brier(chances: Sequence[ChanceTrial], months: int) -> Brier:
    found = [trial for trial in chances if trial.months == months]
    return Brier(
        months,
        len(found) // len(SCORES),
        _mean((trial.chance - trial.invited) ** 2 for trial in found),
        _mean((trial.base_rate - trial.invited) ** 2 for trial in found),
    )


def share(held: int, of: int) -> Share:
    """A share of some trials with its 95 % confidence interval (Wilson). Raises ZeroDivisionError for no trial."""
    z = CONFIDENCE_95
    seen = held / of
    middle = (seen + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * sqrt(seen * (1 - seen) / of + z * z / (4 * of * of))
    return Share(held, of, seen, max(0.0, middle - half), min(1.0, middle + half))


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return mean(found) if found else None
