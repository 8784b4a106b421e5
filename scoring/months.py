"""Whether months of work reach a minimum: now, never, or on which day if time alone passes.

One measure serves the three programs and the categories: what differs is which jobs count, over which window, whether
the months must lie in one unit group, and whether they must be in a row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from scoring import experience
from scoring.calendar import add_months, add_years
from scoring.experience import Stint, Tri
from scoring.extent import Extent, extent
from scoring.profile import Job
from scoring.reasons import Criterion, Reason, Status
from scoring.rulebook import Rules


class Counted(NamedTuple):
    """How one job stands: whether it counts, and whether that is a judgement the law leaves open."""

    path: str
    job: Job
    counts: Tri
    advice: Tri


@dataclass(frozen=True, slots=True)
class Need:
    """A minimum of months."""

    months: int
    window_years: int
    one_group: bool
    continuous: bool
    qualified: bool = False
    """Whether only days since the person qualified in the occupation count."""


class Work(NamedTuple):
    """Dated work in a unit group; `goes_on` when it has no end, `group` empty when the occupation is unknown."""

    group: str
    stint: Stint
    goes_on: bool


class Sure(NamedTuple):
    """The outcome of measuring: how it stands, how many months there surely are, and when complete."""

    status: Status
    months: float
    complete_on: date | None
    estimate: bool
    may: tuple[Status, Status] = ("failed", "met")
    """While it is open: how it stands at worst and at best."""


class Measure:
    """Measures jobs against a need, on the day of the rules."""

    def __init__(self, jobs: list[Counted], need: Need, rules: Rules) -> None:
        """Take the jobs, as far as any of them may count."""
        self.need, self.rules, self.unit = need, rules, experience.units(rules)
        self.needed = need.months * self.unit.month
        self.jobs = [counted for counted in jobs if counted.counts is not False]

    def result(self) -> Sure:
        """How the need stands (contract, verdicts)."""
        if not self.jobs:
            return Sure("failed", 0.0, None, False)
        sure = self.sure()
        ticks = self._most(sure, self.rules.on, lenient=False)
        have = experience.months(ticks, self.unit)
        if ticks >= self.needed:
            return Sure("met", have, None, False)
        stated = any(item.job.months is not None for item in self.jobs)
        exact = not stated and all(_is_known(item) for item in self.jobs)
        if exact and not any(item.advice for item in self.jobs) and not self.need.continuous:
            return self._short(sure, have)
        every = self._works(lambda _: True, most=True)
        worst = self._short(sure, have)
        if self._may_reach(every):
            return worst._replace(
                status=self._open(exact), complete_on=None, estimate=stated, may=(worst.status, "met")
            )
        best = self._short(every, have, generous=True)
        if best.status == worst.status:
            return worst._replace(estimate=stated)
        open_status: Status = "advice" if exact else "unknown"
        return worst._replace(status=open_status, complete_on=None, estimate=stated, may=(worst.status, best.status))

    def sure(self) -> list[Work]:
        """The work that surely counts, at its least."""
        return self._works(lambda item: item.counts is True and item.advice is False, most=False)

    def enough(self, works: list[Work], on: date) -> bool:
        """Whether some work is enough on a day, if what has no end goes on."""
        return self._reaches(works, on, lenient=False)

    def _may_reach(self, every: list[Work]) -> bool:
        """Whether everything at its most is enough; unknown hours are tried just under full time too."""
        if self._reaches(every, self.rules.on, lenient=True, stated=True):
            return True
        if all(item.job.hours_per_week is not None for item in self.jobs):
            return False
        under = [
            work._replace(stint=work.stint._replace(hours=min(work.stint.hours, self.unit.full - 1))) for work in every
        ]
        return self._reaches(under, self.rules.on, lenient=True, stated=True)

    def complete_on(self) -> date | None:
        """The first day ahead on which the need is met by time alone; None when it is met, or time does not do it."""
        sure = self.sure()
        if not any(self._lasts(work) for work in sure) or self._reaches(sure, self.rules.on, lenient=False):
            return None
        return self.completes(sure)

    def bounds(self) -> tuple[int, int]:
        """The least and the most months that can count on the day, in ticks."""
        least = self._most(self.sure(), self.rules.on, lenient=False)
        most = self._most(self._works(lambda _: True, most=True), self.rules.on, lenient=True, stated=True)
        return least, max(least, most + most // experience.PART_TIME_ROOM)

    def _open(self, exact: bool) -> Status:
        """Why months that may be enough are not surely enough: a judgement, or something unknown."""
        if exact:
            return "advice"
        judged = self._works(lambda item: item.counts is True, most=False)
        plain = self._works(lambda item: item.advice is not True, most=True)
        if self._reaches(judged, self.rules.on, lenient=True) and not self._reaches(
            plain, self.rules.on, lenient=False, stated=True
        ):
            return "advice"
        return "unknown"

    def _short(self, works: list[Work], have: float, *, generous: bool = False) -> Sure:
        """Too few: near when time alone completes them soon."""
        complete_on = self.completes(works, generous=generous)
        near = complete_on is not None and complete_on <= add_months(self.rules.on, self.rules.near.months)
        return Sure("near" if near else "failed", have, complete_on, False)

    def _works(self, wanted: Callable[[Counted], bool], *, most: bool) -> list[Work]:
        start = add_years(self.rules.on, -self.need.window_years).toordinal()
        works = []
        for item in self.jobs:
            if not wanted(item) or item.job.months is not None:
                continue
            box: Extent = extent(item.path, item.job, self.rules.on, start, self.unit.full)
            stint = box.most() if most else box.least()
            if self.need.qualified and item.job.qualified_since is not None:
                stint = stint._replace(start=max(stint.start, item.job.qualified_since.toordinal()))
            goes_on = item.job.goes_on or (most and item.job.ended_on is None)
            works.append(Work(item.job.noc or "", stint, goes_on))
        return works

    def _reaches(self, works: list[Work], on: date, *, lenient: bool, stated: bool = False) -> bool:
        return self._most(works, on, lenient=lenient, stated=stated) >= self.needed

    def _most(self, works: list[Work], on: date, *, lenient: bool, stated: bool = False) -> int:
        """The most months, in ticks, that count together on a day."""
        extra = self._stated() if stated else {}
        if not works and not extra:
            return 0
        if not self.need.one_group:
            return self._ticks(works, on, lenient) + sum(extra.values())
        anywhere = extra.get("", 0)
        return max(
            self._ticks([work for work in works if work.group in (group, "")], on, lenient)
            + (extra.get(group, 0) if group else 0)
            + anywhere
            for group in {work.group for work in works} | set(extra)
        )

    def _stated(self) -> dict[str, int]:
        """Months stated without dates, as if all of them counted, by unit group."""
        by_group: dict[str, int] = {}
        for item in self.jobs:
            if item.job.months is not None:
                hours = (
                    self.unit.full
                    if item.job.hours_per_week is None
                    else experience.hundredths(item.job.hours_per_week)
                )
                group = item.job.noc or ""
                by_group[group] = by_group.get(group, 0) + experience.stated_ticks(item.job, hours, self.unit)
        return by_group

    def _ticks(self, works: list[Work], on: date, lenient: bool) -> int:
        start, end = add_years(on, -self.need.window_years).toordinal(), on.toordinal()
        today = self.rules.on.toordinal()
        stints = [work.stint._replace(end=end) if work.goes_on and end > today else work.stint for work in works]
        some = experience.runs(stints, start, end, self.unit.full)
        if self.need.continuous:
            return experience.longest_stretch(some, self.rules, self.unit, lenient=lenient)
        return experience.ticks(some, self.unit)

    def _lasts(self, work: Work) -> bool:
        """Whether days are still to come: it has no end, or today is its last day and counts from tomorrow on."""
        return work.goes_on or work.stint.end > self.rules.on.toordinal()

    def completes(self, works: list[Work], *, generous: bool = False) -> date | None:
        """The first day on which the need is met if jobs without an end go on and nothing else changes, or None.

        A month of work needs at least 28 days to pass, so days that cannot be enough are leapt over. `generous`:
        doubtful gaps are bridged and months stated without dates counted.
        """
        if not any(self._lasts(work) for work in works):
            return None
        on, last = self.rules.on, add_months(self.rules.on, self.rules.near.horizon_months)
        day = on
        while day <= last:
            ticks = self._most(works, day, lenient=generous, stated=generous)
            if ticks >= self.needed:
                return day
            missing = (self.needed - ticks) * _SHORTEST_MONTH // self.unit.month
            day += timedelta(max(1, missing - _SLACK))
        return None


_SHORTEST_MONTH = 28
_SLACK = 4
"""Left-over days can turn into a whole month up to three days early (28 days of February against 30.4)."""


def _is_known(item: Counted) -> bool:
    return item.counts is not None and item.advice is not None and experience.is_exact(item.job)


def leaves(jobs: list[Counted], need: Need, rules: Rules, within_days: int) -> date | None:
    """The first day, at most `within_days` ahead, on which months that are enough today no longer are; else None."""
    measure = Measure(jobs, need, rules)
    works = measure.sure()
    if not measure.enough(works, rules.on):
        return None
    start = add_years(rules.on, -need.window_years).toordinal()
    if all(work.goes_on or work.stint.start > start + within_days for work in works):
        return None  # nothing ends, and nothing reaches the edge of the window
    days = (rules.on + timedelta(ahead) for ahead in range(1, within_days + 1))
    return next((day for day in days if not measure.enough(works, day)), None)


def criterion(found: Sure, code: str, fact: str, need: Need) -> Criterion:
    """The outcome as a criterion: codes `<code>_met`, `_short`, `_unknown`, `_needs_advice`."""
    if found.status == "met":
        return Criterion("met", Reason(f"{code}_met", fact, have=_shown(found.months), need=need.months))
    if found.status in ("near", "failed"):
        missing = _shown(need.months - found.months)
        reason = Reason(f"{code}_short", fact, _shown(found.months), need.months, missing, found.estimate)
        return Criterion(found.status, reason)
    why = "needs_advice" if found.status == "advice" else f"{code}_unknown"
    return Criterion(
        found.status,
        Reason(why, fact, have=_shown(found.months), need=need.months, estimate=found.estimate),
        found.may,
    )


def _shown(months: float) -> float:
    return round(months, 2)
