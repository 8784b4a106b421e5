"""The next cut-off of a draw type, forecast from its own past, and what such forecasts were worth each time.

The forecast is the last cut-off, moved by two things that are known before the next round: its *height* above what is
usual (what is high tends to come down), and the *pull* of the last round, its invitations for each day that passes
until the next (a large round soon followed by another leaves few candidates above the old cut-off). How far each moves
it is fitted to the steps from round to round seen so far, and held towards not at all. docs/chances.md explains it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import floor, log
from statistics import median
from typing import NamedTuple

from scoring.draws import History, Round
from scoring.resources import toml
from scoring.rulebook import Rulebook

OWN = toml("data/chances.toml")
_CUT_OFF, _INTERVAL = OWN["cut_off"], OWN["interval"]
DAY = timedelta(1)
HIGHEST = 1200
"""The highest score there is."""


class Pair(NamedTuple):
    """Height and pull, both about 0 where all is as usual; or the weights of them."""

    height: float
    pull: float


class Forecast(NamedTuple):
    """The next cut-off, told before it: `middle`, and `half` the width of its interval; in points.

    `half` is None while too few steps were seen.
    """

    middle: int
    half: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """From one round of a type to the next.

    `days` lie between them, `pair` is that of the first, `move` the change of the cut-off in points. `forecast` was
    made before the second, `held`; `error` is the cut-off less its middle. `level` is the quantile after it.
    """

    held: Round
    days: int
    pair: Pair
    move: int
    forecast: Forecast
    error: int
    level: float

    @property
    def hit(self) -> bool:
        """Whether the interval that was told held the cut-off; none told is no hit."""
        return self.forecast.half is not None and abs(self.error) <= self.forecast.half


@dataclass(frozen=True, slots=True)
class Track:
    """The rounds of one type, and the steps between them without those over a break; oldest first."""

    rounds: tuple[Round, ...]
    steps: tuple[Step, ...]

    def until(self, day: date) -> Track:
        """What was known on a day: the rounds held up to it, that day included."""
        return Track(
            tuple(held for held in self.rounds if held.date <= day),
            tuple(step for step in self.steps if step.held.date <= day),
        )

    def forecast(self, on: date) -> Forecast:
        """The next cut-off as seen on a day, not before that of the last round. Raises ValueError without a round."""
        if not self.rounds:
            raise ValueError("no round to start from")
        return _forecast(self.rounds, self.steps, on)


@lru_cache(maxsize=128)
def track(history: History, kind: str, book: Rulebook) -> Track:
    """The rounds of a type, each step with the forecast that was made on the eve of it, by what was known then."""
    changed = points_changed(book)
    rounds = sorted(history.of(kind), key=lambda held: held.date)
    steps: list[Step] = []
    for held in rounds[1:]:
        known = Track(tuple(rounds), tuple(steps)).until(held.date - DAY)
        if known.rounds and not breaks(known.rounds[-1], held.date, changed):
            steps.append(_step(known, held))
    return Track(tuple(rounds), tuple(steps))


def points_changed(book: Rulebook) -> tuple[date, ...]:
    """The days from which the points of the Comprehensive Ranking System were others than the day before."""
    days = {entry.in_force_from for topic, _, entry in book.every() if topic == "crs"}
    return tuple(sorted(days)[1:])


def breaks(last: Round, day: date, changed: Sequence[date]) -> bool:
    """Whether a cut-off of `day` compares with that of `last` no more: a long pause, or other points between them."""
    paused = (day - last.date).days > OWN["speak"]["pause_days"]
    return paused or any(last.date < change <= day for change in changed)


def _step(known: Track, held: Round) -> Step:
    last, steps = known.rounds[-1], known.steps
    forecast = known.forecast(held.date - DAY)
    error = held.cut_off - forecast.middle
    days = (held.date - last.date).days
    level = _level(steps)
    if forecast.half is not None:
        level = _moved(level, abs(error) <= forecast.half)
    return Step(held, days, _pair(known.rounds, steps, days), held.cut_off - last.cut_off, forecast, error, level)


def _forecast(known: Sequence[Round], steps: Sequence[Step], on: date) -> Forecast:
    """The day of the next round is not known: it is taken to come when rounds usually do, and never in the past."""
    waited = max(1, (on - known[-1].date).days)
    pair = _pair(known, steps, max(waited, _usual_days(steps, waited)))
    weights = _fitted(steps[-_CUT_OFF["steps"] :])
    moved = _CUT_OFF["unit"] * (weights.height * pair.height + weights.pull * pair.pull)
    return Forecast(round(known[-1].cut_off + moved), _half(steps))


def _pair(known: Sequence[Round], steps: Sequence[Step], days: float) -> Pair:
    last, recent = known[-1], known[-_CUT_OFF["recent"] :]
    height = (last.cut_off - median(held.cut_off for held in recent)) / _CUT_OFF["unit"]
    size = log(last.invitations / median(held.invitations for held in recent))
    return Pair(_bound(height), _bound(size - log(days / _usual_days(steps, days))))


def _usual_days(steps: Sequence[Step], otherwise: float) -> float:
    recent = steps[-_CUT_OFF["recent"] :]
    return float(median(step.days for step in recent)) if recent else otherwise


def _fitted(steps: Sequence[Step]) -> Pair:
    """The weights: least squares with a penalty on their size, so that few steps move little."""
    hh = pp = float(_CUT_OFF["penalty"])
    hp = hm = pm = 0.0
    for step in steps:
        height, pull = step.pair
        move = _bound(step.move / _CUT_OFF["unit"])
        hh, hp, pp = hh + height * height, hp + height * pull, pp + pull * pull
        hm, pm = hm + height * move, pm + pull * move
    scale = hh * pp - hp * hp
    return Pair((hm * pp - pm * hp) / scale, (pm * hh - hm * hp) / scale)


def _half(steps: Sequence[Step]) -> int | None:
    """Half the width: the quantile of the last errors, at the level that hits and misses have moved."""
    if len(steps) < OWN["speak"]["rounds"] - 1:
        return None
    return round(quantile([abs(step.error) for step in steps[-_INTERVAL["errors"] :]], _level(steps)))


def _level(steps: Sequence[Step]) -> float:
    level: float = steps[-1].level if steps else _INTERVAL["level"]
    return level


def _moved(level: float, hit: bool) -> float:
    """Adaptive conformal inference (Gibbs and Candès, 2021): a miss widens what follows, a hit narrows it a little."""
    least, most = _INTERVAL["quantiles"]
    moved: float = min(most, max(least, level + _INTERVAL["learning"] * (_INTERVAL["level"] - hit)))
    return moved


def quantile(values: Sequence[float], share: float) -> float:
    """The value that a share of some values does not exceed, with straight lines between them."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _bound(value: float) -> float:
    most: float = _CUT_OFF["bound"]
    return min(most, max(-most, value))
