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
from scoring.passing import Amount, leap
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


class Course(NamedTuple):
    """Some reading of the jobs that an outcome rests on, as it goes on from the day of the rules.

    `tells_near`: whether the day on which it completes says if the outcome is near.
    """

    works: list[Work]
    lenient: bool
    stated: bool
    tells_near: bool


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
        exact = self._exact()
        if self._plain(exact):
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

    def _exact(self) -> bool:
        return all(item.job.months is None and _is_known(item) for item in self.jobs)

    def _plain(self, exact: bool) -> bool:
        """Whether nothing is open: no fact, no judgement, no gap."""
        return exact and not any(item.advice for item in self.jobs) and not self.need.continuous

    def courses(self) -> list[Course]:
        """Every reading of the jobs that `result` looks at."""
        sure = Course(self.sure(), lenient=False, stated=False, tells_near=True)
        exact = self._exact()
        if self._plain(exact):
            return [sure]
        every = self._works(lambda _: True, most=True)
        found = [sure, Course(every, lenient=True, stated=True, tells_near=True)]
        if any(item.job.hours_per_week is None for item in self.jobs):
            found.append(Course(self._under(every), lenient=True, stated=True, tells_near=False))
        if not exact:
            judged, plain = self._judged(), self._unjudged()
            found.append(Course(judged, lenient=True, stated=False, tells_near=False))
            found.append(Course(plain, lenient=False, stated=True, tells_near=False))
        return found

    def amount(self, course: Course, limit: date) -> Amount:
        """The months of a course on any day up to `limit`."""
        edge = add_years(limit, -self.need.window_years).toordinal()
        return Amount(
            lambda day: self._most(course.works, day, lenient=course.lenient, stated=course.stated),
            any(self._lasts(work) for work in course.works),
            any(work.stint.start < edge and work.stint.end > work.stint.start for work in course.works),
        )

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
        return self._reaches(self._under(every), self.rules.on, lenient=True, stated=True)

    def _under(self, works: list[Work]) -> list[Work]:
        """The same work a hundredth of an hour under full time."""
        most = self.unit.full - 1
        return [work._replace(stint=work.stint._replace(hours=min(work.stint.hours, most))) for work in works]

    def _judged(self) -> list[Work]:
        return self._works(lambda item: item.counts is True, most=False)

    def _unjudged(self) -> list[Work]:
        return self._works(lambda item: item.advice is not True, most=True)

    def complete_on(self) -> date | None:
        """The first day ahead on which the need is met by time alone; None when it is met, or time does not do it."""
        sure = self.sure()
        if not any(self._lasts(work) for work in sure) or self._reaches(sure, self.rules.on, lenient=False):
            return None
        return self.completes(sure)

    def soonest(self) -> date | None:
        """The first day, today included, on which the need is met if all that may count does and goes on; or None.

        Unknown hours are tried just under full time too.
        """
        every = self._works(lambda _: True, most=True)
        open_hours = any(item.job.hours_per_week is None for item in self.jobs)
        readings = [every, self._under(every)] if open_hours else [every]
        days = [self.completes(works, generous=True) for works in readings]
        return min((day for day in days if day is not None), default=None)

    def at_most(self) -> float:
        """The most months that may count together today, as days on the calendar make them up."""
        every = self._works(lambda _: True, most=True)
        return _shown(experience.months(self._most(every, self.rules.on, lenient=True, stated=True), self.unit))

    def bounds(self) -> tuple[int, int]:
        """The least and the most months that can count on the day, in ticks."""
        least = self._most(self.sure(), self.rules.on, lenient=False)
        most = self._most(self._works(lambda _: True, most=True), self.rules.on, lenient=True, stated=True)
        return least, max(least, most + most // experience.PART_TIME_ROOM)

    def _open(self, exact: bool) -> Status:
        """Why months that may be enough are not surely enough: a judgement, or something unknown."""
        if exact:
            return "advice"
        if self._reaches(self._judged(), self.rules.on, lenient=True) and not self._reaches(
            self._unjudged(), self.rules.on, lenient=False, stated=True
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

    def completes(self, works: list[Work], *, generous: bool = False, last: date | None = None) -> date | None:
        """The first day on which the need is met if jobs without an end go on and nothing else changes, or None.

        `last`: how far to look; by default the horizon of the rules.

        Days that cannot be enough are leapt over. `generous`: doubtful gaps are bridged and months stated without
        dates counted.
        """
        if not any(self._lasts(work) for work in works):
            return None
        day = self.rules.on
        last = last or add_months(day, self.rules.near.horizon_months)
        while day <= last:
            ticks = self._most(works, day, lenient=generous, stated=generous)
            if ticks >= self.needed:
                return day
            day += timedelta(leap(self.needed - ticks, self.unit.month))
        return None


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
        have = _shown(found.months)
        reason = Reason(f"{code}_short", fact, have, need.months, missing, found.estimate, found.complete_on)
        return Criterion(found.status, reason)
    why = "needs_advice" if found.status == "advice" else f"{code}_unknown"
    return Criterion(
        found.status,
        Reason(why, fact, have=_shown(found.months), need=need.months, estimate=found.estimate),
        found.may,
    )


def _shown(months: float) -> float:
    return round(months, 2)
