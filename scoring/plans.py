"""What to do next: what a change takes, the two changes that bring most together, and what waiting brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from typing import NamedTuple

from scoring.calendar import add_months
from scoring.case import open_case
from scoring.profile import Profile
from scoring.reasons import Verdict
from scoring.resources import toml
from scoring.rulebook import Rulebook, Rules, shipped
from scoring.steady import events
from scoring.whatif import Bench, WhatIf, WhatIfs, changes
from scoring.worth import Worth, worth

MOST_PLANNED = 6
"""Plans are looked for among the changes that bring most."""
HORIZON_MONTHS = 24
MOST_LOOKED = 48
"""Days that are looked at, at most."""
DAY, PROBED_MONTHS = timedelta(1), 3
"""Where the score may move every day, one looks at least so often."""


class Effort(NamedTuple):
    """What a change takes: its kind, and the months it usually takes at best and at worst. Our own estimate."""

    kind: str
    low: int
    high: int


@cache
def _efforts() -> dict[str, Effort]:
    return {each["change"]: Effort(each["kind"], *each["months"]) for each in toml("data/efforts.toml")["effort"]}


def effort(change: str, months: int | None = None, held: int | None = None) -> Effort | None:
    """What a change takes, by its id; None of one that takes nothing by itself, such as a birthday.

    `months`: how many months of work were supposed, where that is the change. `held`: the NCLC of somebody's weakest
    ability, where the change is better French: only the way from there is left.
    """
    known = _efforts()
    found = known.get(change) or known.get(change.partition(".")[0])
    if found is None:
        return None
    if months:
        return found._replace(low=months, high=months)
    there = known.get(f"french.nclc_{held}") if change.startswith("french.") else None
    return found if there is None else _left(found, there, one=change == f"french.nclc_{(held or 0) + 1}")


def _left(whole: Effort, there: Effort, *, one: bool) -> Effort:
    """What is left of a way; for one level only, a better day at the test may do."""
    low = LEAST_MONTHS if one else max(LEAST_MONTHS, whole.low - there.low)
    return whole._replace(low=low, high=max(low, whole.high - there.high))


LEAST_MONTHS = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """Two changes, what they bring together at the low end of the score, and what each brings by itself."""

    ids: tuple[str, str]
    gain: int
    apart: int
    low: int


def best_plan(profile: Profile, told: WhatIfs, rules: Rules, assume_absent: tuple[str, ...] = ()) -> Plan | None:
    """The two changes that bring most together, the whole profile assessed with both; None where there are none."""
    tried = [each for each in told.changes if joins(each)][:MOST_PLANNED]
    known = {frozenset(pair.ids): pair.gain for pair in told.pairs}
    pairs = [(one, other) for one, other in combinations(tried, 2) if _family(one.id) != _family(other.id)]
    if not pairs:
        return None

    def guessed(pair: tuple[WhatIf, WhatIf]) -> int:
        return known.get(frozenset(each.id for each in pair), sum(each.gain_low for each in pair))

    one, other = max(pairs, key=guessed)
    low, now = _together(profile, (one.id, other.id), rules, assume_absent)
    apart = one.gain_low + other.gain_low
    return Plan((one.id, other.id), low - now, apart, low) if low - now > max(one.gain_low, other.gain_low) else None


def joins(change: WhatIf) -> bool:
    """Whether a change brings points and can be joined to another; a nomination is no step, a province decides it."""
    return change.gain_low > 0 and change.warning is None and change.id not in ("partner_as_principal", "nomination")


def _family(change: str) -> str:
    name = change.partition(".")[0]
    return {"language_fr": "french", "language_en": "english"}.get(name, name)


def _together(profile: Profile, ids: tuple[str, str], rules: Rules, assumed: tuple[str, ...]) -> tuple[int, int]:
    """The low end of the score with both changes, and without any."""
    bench = Bench(profile, rules, assumed)
    made = {change.id: change for change in changes(bench.profile, bench.now)}
    return bench.tried(*(made[each] for each in ids)).low, bench.now.span.low.total


# --- waiting


class Turned(NamedTuple):
    """A verdict that a day turns."""

    id: str
    before: Verdict
    after: Verdict


@dataclass(frozen=True, slots=True)
class Step:
    """One day ahead on which time alone moves something: the ends of the score, each factor, the verdicts.

    `before`, `before_high`: the ends until then. `latest`: it is a birthday of which only the age was told, and falls
    on that day or in the year before it.
    """

    on: date
    before: int
    low: int
    high: int
    lines: dict[str, int]
    turned: list[Turned]
    latest: bool = False
    before_high: int | None = None


def waiting(
    profile: Profile, on: date, *, assume_absent: Iterable[str] = (), book: Rulebook | None = None
) -> list[Step]:
    """What time alone does to a profile, day by day, within two years: birthdays, years of work, papers that expire.

    Raises NoRulesError where the CRS has no table for the day.
    """
    ahead = _Ahead(profile, tuple(assume_absent), book, add_months(on, HORIZON_MONTHS))
    steps: list[Step] = []
    now = ahead.worth(on)
    while (day := ahead.next_day(now)) is not None and ahead.looked < MOST_LOOKED:
        later = ahead.first_moved(now, ahead.worth(day))
        step = _step(now, later)
        if step is not None:
            steps.append(replace(step, latest=_is_birthday_at_latest(profile, step)))
        now = later
    return steps


class _Ahead:
    """Looks at a profile on days to come: on the day on which something may move; half known, on fixed days.

    With facts half known the ends may move on every day: then it looks at the days on which a fact begins or ends to
    count, at those before them, and every few months.
    """

    def __init__(self, profile: Profile, assumed: tuple[str, ...], book: Rulebook | None, horizon: date) -> None:
        self.profile, self.assumed, self.book, self.horizon = profile, assumed, book, horizon
        self.looked = 0

    def worth(self, day: date) -> Worth:
        self.looked += 1
        return worth(self.profile, day, assume_absent=self.assumed, book=self.book)

    def next_day(self, now: Worth) -> date | None:
        day = now.next_change
        if day is not None and day - now.on <= DAY:
            day = min((each for each in self._fixed(now.on) if each > now.on), default=None)
        return day if day is not None and day <= self.horizon else None

    def _fixed(self, on: date) -> Iterator[date]:
        case = open_case(self.profile, (self.book or shipped()).on(on), self.assumed)
        for day in events(case):
            yield from (day - DAY, day)
        yield add_months(on, PROBED_MONTHS)
        yield self.horizon

    def first_moved(self, now: Worth, later: Worth) -> Worth:
        """The first day after `now` that is found to differ from it, where the days until `later` were passed over."""
        if now.next_change is None or now.next_change - now.on > DAY:
            return later
        last = now.on
        while _differ(now, later) and later.on - last > DAY and self.looked < MOST_LOOKED:
            middle = self.worth(last + (later.on - last) // 2)
            last, later = (last, middle) if _differ(now, middle) else (middle.on, later)
        return later


def _differ(one: Worth, other: Worth) -> bool:
    return (one.low, one.high, one.verdicts) != (other.low, other.high, other.verdicts)


def _is_birthday_at_latest(profile: Profile, step: Step) -> bool:
    """Whether a day moves the points of an age that was told without a birth date."""
    own = profile.candidate
    return own is not None and own.birth_date is None and "age" in step.lines


def _step(now: Worth, later: Worth) -> Step | None:
    names = dict.fromkeys((*now.lines, *later.lines))
    moved = {name: later.lines.get(name, 0) - now.lines.get(name, 0) for name in names}
    turned = [
        Turned(name, now.verdicts[name], verdict)
        for name, verdict in later.verdicts.items()
        if name in now.verdicts and now.verdicts[name] != verdict
    ]
    if (now.low, now.high) == (later.low, later.high) and not turned:
        return None
    lines = {name: points for name, points in moved.items() if points}
    return Step(later.on, now.low, later.low, later.high, lines, turned, before_high=now.high)
