"""Will it be me? What the past of a draw type says of the next cut-off and the months to come, or why it is silent.

Nothing here is a promise: which type comes next, how many are invited and what the rules will be is decided by people.
The method, its measured errors and what it cannot know: docs/chances.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice
from statistics import mean, median
from typing import Literal

from scoring.calendar import add_months
from scoring.cutoffs import HIGHEST, OWN, Step, Track, points_changed, track
from scoring.draws import History
from scoring.provisions import CategoryVersion
from scoring.rulebook import Rulebook, shipped

Code = Literal["nominee", "retired", "stale", "few_rounds", "paused", "points_changed"]
"""Why nothing is said.

`nominee`: every nominee is invited, and the cut-off is that of the lowest of them. `retired`: no version of the
category is in force. `stale`: the history ends too long ago. `few_rounds`: fewer comparable rounds than needed.
`paused`: no round for longer than a year. `points_changed`: no round yet under the points in force.
"""

NOMINEES = "pnp"
MONTHS: tuple[int, ...] = tuple(OWN["chance"]["months"])


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing can be said of a type, and why.

    `have` and `need` count comparable rounds: those of the type, in any version, less one for each pause and each
    change of the points between two of them. `since`: the day of the last round, or the day from which the points are
    others, or the last day of the history, as the code has it; None where there is no such day.
    """

    type: str
    on: date
    known_to: date
    code: Code
    have: int
    need: int
    since: date | None


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included, in points; `level` is the share of such intervals that is to hold."""

    low: int
    middle: int
    high: int
    level: float


@dataclass(frozen=True, slots=True)
class HitRate:
    """How many of the intervals told for this type so far, each on the eve of its round, did hold the cut-off."""

    held: int
    told: int


@dataclass(frozen=True, slots=True)
class Basis:
    """What an outlook rests on: comparable rounds, the days of the first and the last round of the type.

    `days_between` and `invitations` are medians of the last rounds.
    """

    rounds: int
    first: date
    last: date
    days_between: float
    invitations: float


@dataclass(frozen=True, slots=True)
class Caveat:
    """What makes past rounds compare less well: `points_changed`, or `reported_change` with the id of the report."""

    code: Literal["points_changed", "reported_change"]
    since: date
    id: str = ""


@dataclass(frozen=True, slots=True)
class Within:
    """The lowest cut-off within so many months in each way things went before; ways without any round have none."""

    months: int
    ways: int
    lowest: tuple[float, ...]

    def share(self, invited: int) -> float:
        """The chance where so many of the ways would have invited.

        Laplace's rule of succession: a few ways prove neither that it is certain nor that it cannot be.
        """
        return (invited + 1) / (self.ways + 2)


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance of at least one round above whose cut-off the score stands, between 0 and 1, at either end of it.

    `least`: what is told where none of the ways would have invited. Then it is only known not to be more.
    """

    months: int
    at_low: float
    at_high: float
    least: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the past of a type says on a day. `known_to`: the last day whose rounds went into it.

    `next_cut_off` is about the first round after `known_to`, the months of `within` begin after `on`.
    """

    type: str
    on: date
    known_to: date
    next_cut_off: Interval
    hit_rate: HitRate
    based_on: Basis
    caveats: tuple[Caveat, ...]
    within: tuple[Within, ...]

    def chance(self, score: int, months: int) -> float:
        """The chance of an invitation for a score within 3, 6 or 12 months of `on`, between 0 and 1 and never either.

        At the cut-off itself the moment of submission would decide; it counts as no invitation. Raises ValueError for
        another number of months.
        """
        for span in self.within:
            if span.months == months:
                return span.share(sum(score > lowest for lowest in span.lowest))
        raise ValueError(f"no chance is told for {months} months")

    def chances(self, low: int, high: int | None = None) -> tuple[Chance, ...]:
        """The chances of a score from `low` to `high` (the same when left out), the shortest time first."""
        top = low if high is None else high
        return tuple(
            Chance(
                span.months,
                self.chance(low, span.months),
                self.chance(top, span.months),
                span.share(0),
            )
            for span in self.within
        )


def outlook(history: History, kind: str, on: date, book: Rulebook | None = None) -> Outlook | Silence:
    """What the rounds held up to a day say of a type, or why they say nothing.

    The rounds after that day are not looked at, nor are the size and the day of the next one, which nobody knows.
    """
    rules = book or shipped()
    known_to = min(on, history.known_to)
    known = track(history, kind, rules).until(known_to)
    silence = _silence(known, kind, on, known_to, rules)
    return silence or _outlook(known, kind, on, known_to, rules)


def _silence(known: Track, kind: str, on: date, known_to: date, book: Rulebook) -> Silence | None:
    speak = OWN["speak"]
    have = len(known.steps) + 1 if known.rounds else 0
    last = known.rounds[-1].date if known.rounds else None
    changed = [day for day in points_changed(book) if last is not None and last < day <= on]

    def because(code: Code, since: date | None) -> Silence:
        return Silence(kind, on, known_to, code, have, speak["rounds"], since)

    if kind == NOMINEES:
        return because("nominee", last)
    if _retired(kind, on, book):
        return because("retired", last)
    if (on - known_to).days > speak["stale_days"]:
        return because("stale", known_to)
    if have < speak["rounds"] or last is None:
        return because("few_rounds", last)
    if (known_to - last).days > speak["pause_days"]:
        return because("paused", last)
    return because("points_changed", changed[-1]) if changed else None


def _retired(kind: str, on: date, book: Rulebook) -> bool:
    versions = [each for each in book.entries("categories", "category", CategoryVersion) if each.category == kind]
    return bool(versions) and not any(version.holds(on) for version in versions)


def _outlook(known: Track, kind: str, on: date, known_to: date, book: Rulebook) -> Outlook:
    forecast = known.forecast(known_to)
    half = forecast.half
    assert half is not None, "silent before"
    told = [step for step in known.steps if step.forecast.half is not None]
    recent = known.rounds[-OWN["cut_off"]["recent"] :]
    return Outlook(
        type=kind,
        on=on,
        known_to=known_to,
        next_cut_off=Interval(
            max(0, forecast.middle - half),
            forecast.middle,
            min(HIGHEST, forecast.middle + half),
            OWN["interval"]["level"],
        ),
        hit_rate=HitRate(sum(step.hit for step in told), len(told)),
        based_on=Basis(
            len(known.steps) + 1,
            known.rounds[0].date,
            known.rounds[-1].date,
            median(step.days for step in known.steps[-OWN["cut_off"]["recent"] :]),
            median(held.invitations for held in recent),
        ),
        caveats=tuple(_caveats(known, on, book)),
        within=_within(known, on, known_to),
    )


def _caveats(known: Track, on: date, book: Rulebook) -> Iterator[Caveat]:
    """Changes since the first of the steps that the chances are made of."""
    first = known.steps[-OWN["chance"]["steps"] :][0].held.date
    for day in points_changed(book):
        if first < day <= on:
            yield Caveat("points_changed", day)
    for report in book.reported():
        if first < report.since <= on:
            yield Caveat("reported_change", report.since, report.id)


def _within(known: Track, on: date, known_to: date) -> tuple[Within, ...]:
    ends = [add_months(on, months) for months in MONTHS]
    ways = [list(way) for way in _ways(known, known_to, ends[-1])]
    spans = []
    for months, end in zip(MONTHS, ends, strict=True):
        lowest = [min((cut_off for day, cut_off in way if on < day <= end), default=None) for way in ways]
        spans.append(Within(months, len(ways), tuple(sorted(each for each in lowest if each is not None))))
    return tuple(spans)


def _ways(known: Track, known_to: date, end: date) -> Iterator[Iterator[tuple[date, float]]]:
    """The last steps walked again from today, in their order and round and round, each of them once as the first."""
    steps = known.steps[-OWN["chance"]["steps"] :]
    trend = mean(step.move for step in steps)
    middle = known.forecast(known_to).middle
    last = known.rounds[-1].date
    waited = (known_to - last).days
    for start in range(len(steps)):
        yield _way(steps[start:] + steps[:start], last, waited, middle, trend, end)


def _way(
    steps: Sequence[Step], last: date, waited: int, middle: int, trend: float, end: date
) -> Iterator[tuple[date, float]]:
    """The days and cut-offs of one way, up to the last day that is asked for.

    The first cut-off is off the forecast as the first step's was off its own; the later ones move as they moved then,
    without the trend of the whole, which is not taken to go on.
    """
    first = steps[0]
    # where more time has gone by without a round than that step took, the wait begins anew
    day = last + timedelta(first.days + (waited if first.days <= waited else 0))
    cut_off = float(middle + first.error)
    for step in islice(cycle(steps), 1, None):
        if day > end:
            return
        yield day, cut_off
        day += timedelta(step.days)
        cut_off += step.move - trend
