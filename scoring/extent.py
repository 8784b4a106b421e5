"""What a partly known job can be: which kind of experience it counts as, and how long and how full it was.

Used for exact ranges. Every value chosen for an unknown fact is kept, so that a range can show what reaches its ends.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, Literal, NamedTuple

from scoring import experience
from scoring.calendar import add_years
from scoring.case import Completion
from scoring.experience import Stint
from scoring.occupations import teer, unit_groups
from scoring.profile import Job
from scoring.rulebook import Rules

Kind = Literal["canadian", "foreign", "none"]
ABROAD = "US"
"""Any country but Canada: the rules tell no other two apart."""


@cache
def noc_of(teers: tuple[int, ...], inside: bool, avoid: frozenset[str]) -> str:
    """Some unit group whose TEER is (or is not) one of `teers`, outside of `avoid`."""
    return next(code for code in unit_groups() if (teer(code) in teers) is inside and code not in avoid)


def kinds(job: Job, rules: Rules, prefer: frozenset[str] = frozenset()) -> dict[Kind, dict[str, Any]]:
    """The kinds that a job can be, each with values for unknown facts that make it so.

    `prefer` are unit groups to choose from when the occupation is unknown and a skilled one is wanted.
    """
    canadian = experience.counts_as_canadian(job, rules)
    if canadian:
        return {"canadian": {}}
    foreign = experience.counts_as_foreign(job, rules)
    if foreign:
        return {"foreign": {}}
    found: dict[Kind, dict[str, Any]] = {}
    if canadian is None:
        found["canadian"] = _as_canadian(job, rules, prefer)
    if foreign is None:
        found["foreign"] = _as_foreign(job, rules, prefer)
    as_none = _as_none(job, rules)
    if as_none is not None:
        found["none"] = as_none
    return found


def _absent(job: Job, values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if getattr(job, key) is None}


def _skilled(rules: Rules, prefer: frozenset[str]) -> str:
    if prefer:
        return min(prefer)
    return noc_of(rules.counting.teers, True, rules.physicians.nocs if rules.physicians else frozenset())


def _as_canadian(job: Job, rules: Rules, prefer: frozenset[str]) -> dict[str, Any]:
    values = {
        "noc": _skilled(rules, prefer),
        "country": "CA",
        "paid": True,
        "self_employed": False,
        "full_time_student": False,
        "authorized": True,
        "canadian_employer": True,
    }
    if job.self_employed and rules.physicians is not None:
        values.update(noc=min(rules.physicians.nocs), publicly_funded=True)
    return _absent(job, values)


def _as_foreign(job: Job, rules: Rules, prefer: frozenset[str]) -> dict[str, Any]:
    values = {"noc": _skilled(rules, prefer), "paid": True, "country": ABROAD}
    if job.country == "CA":
        values["canadian_employer"] = False
    return _absent(job, values)


def _as_none(job: Job, rules: Rules) -> dict[str, Any] | None:
    skilled = experience.is_skilled(job, rules)
    if skilled is False or job.paid is False:
        return {}
    if skilled is None:
        return {"noc": noc_of(rules.counting.teers, False, frozenset())}
    if job.paid is None:
        return {"paid": False}
    if experience.in_canada(job) is False or job.canadian_employer is False:
        return None
    here = _absent(job, {"country": "CA", "canadian_employer": True})
    if job.authorized is not True:
        return here | _absent(job, {"authorized": False})
    if job.full_time_student is not False:
        return here | _absent(job, {"full_time_student": True})
    if job.self_employed is not False and experience.is_public_physician(job, rules) is not True:
        return here | _absent(job, {"self_employed": True, "publicly_funded": False})
    return None


class Extent(NamedTuple):
    """The box of what a job can be: bounds of its first day, of the day after its last, and of its weekly hours.

    Days are ordinals within the window, hours in hundredths, at most full time.
    """

    path: str
    job: Job
    first: tuple[int, int]
    after: tuple[int, int]
    hours: tuple[int, int]

    def most(self) -> Stint:
        """The longest and fullest it can be."""
        return Stint(self.first[0], self.after[1], self.hours[1])

    def least(self) -> Stint:
        """The shortest and emptiest it can be; an end before the start is no day at all."""
        return Stint(self.first[1], self.after[0], self.hours[0])

    @property
    def exact(self) -> bool:
        """Whether the box is a single point."""
        return self.first[0] == self.first[1] and self.after[0] == self.after[1] and self.hours[0] == self.hours[1]

    def halves(self) -> tuple[Extent, Extent] | None:
        """The box cut in two along its widest side; None when it is a single point."""
        width, name = max((high - low, name) for name, (low, high) in self._sides().items())
        if not width:
            return None
        low, high = self._sides()[name]
        middle = (low + high) // 2
        return self._with(name, (low, middle)), self._with(name, (middle + 1, high))

    def _sides(self) -> dict[str, tuple[int, int]]:
        return {"first": self.first, "after": self.after, "hours": self.hours}

    def _with(self, name: str, side: tuple[int, int]) -> Extent:
        sides = self._sides() | {name: side}
        return Extent(self.path, self.job, sides["first"], sides["after"], sides["hours"])

    def completion(self, stint: Stint, on: date) -> Completion:
        """Values for the unknown dates and hours that make the job this stint."""
        job, values = self.job, Completion()
        if job.hours_per_week is None:
            values["hours_per_week"] = stint.hours / experience.HUNDREDTHS
        if job.months is None:
            dates = self._nowhere(on) if stint.start >= stint.end else self._dates(stint, on)
            values |= dates
        return {f"{self.path}/{key}": value for key, value in values.items()}

    def _dates(self, stint: Stint, on: date) -> Completion:
        values = Completion()
        if self.job.started_on is None:
            values["started_on"] = date.fromordinal(stint.start).isoformat()
        if self.job.ended_on is None and not self.job.goes_on:
            last = date.fromordinal(stint.end - 1)
            values["ended_on"] = None if stint.end >= on.toordinal() else last.isoformat()
        return values

    def _nowhere(self, on: date) -> Completion:
        """Dates that leave nothing inside the window."""
        job = self.job
        if job.started_on is None and job.ended_on is None and not job.goes_on:
            long_ago = add_years(on, -_LONG_AGO).isoformat()
            return {"started_on": long_ago, "ended_on": long_ago}
        if job.started_on is None:
            day = on if job.ended_on is None else job.ended_on
            return {"started_on": day.isoformat()}
        if job.ended_on is None and not job.goes_on:
            return {"ended_on": job.started_on.isoformat()}
        return {}


_LONG_AGO = 40


def extent(path: str, job: Job, on: date, window_start: int, full: int) -> Extent:
    """The box of a job as seen on `on`. One that is stated in months has no days, only hours."""
    hours = (0, full) if job.hours_per_week is None else (experience.hundredths(job.hours_per_week),) * 2
    if job.months is not None:
        return Extent(path, job, (0, 0), (0, 0), hours)
    today = on.toordinal()
    if job.started_on is not None:
        start = job.started_on.toordinal()
        if job.ended_on is not None:
            after = (job.ended_on.toordinal() + 1,) * 2
        else:
            after = (today, today) if job.goes_on else (min(start + 1, today), today)
        return Extent(path, job, (start, start), after, hours)
    if job.ended_on is not None:
        last = job.ended_on.toordinal()
        return Extent(path, job, (min(window_start, last), last), (last + 1, last + 1), hours)
    if job.goes_on:
        return Extent(path, job, (window_start, today), (today, today), hours)
    return Extent(path, job, (window_start, today), (window_start, today), hours)
