"""Completed years of Canadian and foreign work, for the CRS: exact, or the best and the worst that they can be.

Canadian work comes first each day and foreign work takes what remains of full time, so a partly known job can help one
and hurt the other. The ends of a range are found by cutting the space of what is unknown into boxes and dropping those
that cannot beat what was already found: years rise with every day and hour of their own kind, so the corners of a box
bound all that is inside it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

from scoring import experience
from scoring.calendar import MONTHS_IN_YEAR, add_years, years_before
from scoring.case import Completion, Side
from scoring.ends import Ends, one
from scoring.experience import Stint
from scoring.extent import ABROAD, Extent, Kind, extent, kinds, noc_of
from scoring.profile import Job
from scoring.rulebook import Rules


class Years(NamedTuple):
    """Completed years as far as the tables tell them apart, and the points of the high-wage factor."""

    canadian: int
    foreign: int
    high_wage: int


class WorkFact(NamedTuple):
    """Completed years, with what they rest on."""

    years: Years
    canadian_estimate: bool
    foreign_estimate: bool
    completion: Completion


class Settled(NamedTuple):
    """One job of which all that counts is known."""

    kind: Kind
    stint: Stint
    job: Job


NO_WORK = WorkFact(Years(0, 0, 0), False, False, {})


def work_ends(side: Side, rules: Rules) -> Ends[WorkFact]:
    """The ends of a person's work experience in the ten years before the day (crs.yaml, section 6; MI s. 15, 19)."""
    if side.jobs is None:
        facts = whole_lists(side, rules)
        return Ends(facts[:1], facts[-1:])
    if not side.jobs:
        return one(NO_WORK)
    return _Search(side.jobs, rules).ends()


def settled(side: Side, rules: Rules) -> list[Settled] | None:
    """Each job as the one thing that it is; None while anything about the jobs that counts is unknown."""
    search = _Search(side.jobs or [], rules)
    if not search.exact:
        return None
    return [Settled(next(iter(box.kinds)), box.extent.most(), box.extent.job) for box in search.box]


def years_with(side: Side, rules: Rules, shift: int) -> tuple[set[Years], set[Years]]:
    """The least and the greatest years, if there were `shift` ticks more (or, negative, less) of each kind of work."""
    ends = _Search(side.jobs or [], rules, shift).ends()
    return {fact.years for fact in ends.low}, {fact.years for fact in ends.high}


def highest_years(rules: Rules) -> Years:
    """The completed years above which no table pays more, and the most that the high-wage factor pays."""
    return Years(
        rules.canadian_work.steps[-1].at,
        rules.transferability.foreign_work_tiers[-1].at,
        max((level.points_canadian_work for level in rules.high_wage.levels), default=0),
    )


def whole_lists(side: Side, rules: Rules) -> list[WorkFact]:
    """An outcome for every combination that a whole list of jobs can come to, the worst first and the best last."""
    top = highest_years(rules)
    tiers = [step.at for step in rules.transferability.foreign_work_tiers]
    levels = sorted({0, *(level.points_canadian_work for level in rules.high_wage.levels)})
    estimate = not rules.noc_in_use
    return [
        WorkFact(
            Years(canadian, foreign, wage if canadian else 0),
            estimate and canadian > 0,
            estimate and foreign > 0,
            {f"{side.path}/jobs": _list_of(canadian, foreign, wage, rules)},
        )
        for canadian in range(top.canadian + 1)
        for foreign in tiers
        for wage in (levels if canadian else [0])
    ]


def _list_of(canadian: int, foreign: int, wage: int, rules: Rules) -> list[dict[str, Any]]:
    plain = noc_of(rules.counting.teers, True, rules.physicians.nocs if rules.physicians else frozenset())
    listed = [min(level.nocs) for level in rules.high_wage.levels if level.points_canadian_work == wage and level.nocs]
    weekly = rules.counting.full_time_hours
    jobs: list[dict[str, Any]] = []
    here = years_before(rules.on, canadian)
    if canadian:
        jobs.append(
            {
                "noc": listed[0] if wage and listed else plain,
                "country": "CA",
                "started_on": here.isoformat(),
                "ended_on": None,
                "hours_per_week": weekly,
                "paid": True,
                "self_employed": False,
                "full_time_student": False,
                "authorized": True,
                "canadian_employer": True,
            }
        )
    if foreign:
        jobs.append(
            {
                "noc": plain,
                "country": ABROAD,
                "started_on": years_before(here, foreign).isoformat(),
                "ended_on": (here - timedelta(1)).isoformat(),
                "hours_per_week": weekly,
                "paid": True,
            }
        )
    return jobs


class _Option(NamedTuple):
    """One job of a box: the kinds it can still be, and the box of its extent."""

    kinds: dict[Kind, dict[str, Any]]
    extent: Extent

    @property
    def surely_canadian(self) -> bool:
        return len(self.kinds) == 1 and "canadian" in self.kinds

    @property
    def surely_foreign(self) -> bool:
        return len(self.kinds) == 1 and "foreign" in self.kinds


_Box = tuple[_Option, ...]
_Pick = tuple[Kind, Stint]
_MOST_BOXES = 1_000
"""Far above what any list of jobs in the tests needs; beyond it the best found so far is taken."""
_ROOM = 4
"""Days by which one run of work can come out differently when it is split at another day."""


class _Search:
    """The years that a list of jobs can come to."""

    def __init__(self, jobs: list[tuple[str, Job]], rules: Rules, shift: int = 0) -> None:
        """`shift`: ticks more (or, negative, less) of each kind of work than there are."""
        self.rules, self.unit, self.shift = rules, experience.units(rules), shift
        self.on = rules.on
        self.end = rules.on.toordinal()
        self.start = add_years(rules.on, -rules.crs_window.years).toordinal()
        self.top = highest_years(rules)
        self.tiers = [step.at for step in rules.transferability.foreign_work_tiers]
        best = max(rules.high_wage.levels, key=lambda level: level.points_canadian_work, default=None)
        prefer = best.nocs if best else frozenset()
        self.box: _Box = tuple(
            [
                _Option(kinds(job, rules, prefer), extent(path, job, self.on, self.start, self.unit.full))
                for path, job in jobs
            ]
        )

    def ends(self) -> Ends[WorkFact]:
        """The outcomes that none lies below, and those that none lies above."""
        if self.exact:
            return one(self._fact([(next(iter(option.kinds)), option.extent.most()) for option in self.box]))
        return Ends(self._search(best=False), self._search(best=True))

    @property
    def exact(self) -> bool:
        """Whether there is only one outcome."""
        return all(len(option.kinds) == 1 and option.extent.exact for option in self.box)

    # -- exact measure of one point

    def _fact(self, picks: list[_Pick]) -> WorkFact:
        canadian: list[Stint] = []
        foreign: list[Stint] = []
        stated = {"canadian": 0, "foreign": 0}
        by_noc: list[tuple[str, Stint]] = []
        completion = Completion()
        for option, (kind, stint) in zip(self.box, picks, strict=True):
            box = option.extent
            # the kinds of the search's own root box hold the values for every kind
            values = option.kinds[kind]
            for key, value in values.items():
                completion[f"{box.path}/{key}"] = value
            completion |= box.completion(stint, self.on)
            if kind == "none":
                continue
            if box.job.months is not None:
                stated[kind] += self._stated(box.job, stint.hours)
            elif kind == "canadian":
                canadian.append(stint)
                by_noc.append((box.job.noc or values.get("noc", ""), stint))
            else:
                foreign.append(stint)
        years, canadian_runs = self._years(canadian, foreign, stated["canadian"], stated["foreign"])
        early = not self.rules.noc_in_use
        return WorkFact(
            years._replace(high_wage=self._high_wage(by_noc)),
            bool(stated["canadian"]) or (early and bool(canadian_runs)),
            bool(stated["foreign"]) or (early and bool(foreign)),
            completion,
        )

    def _stated(self, job: Job, hours: int) -> int:
        return experience.stated_ticks(job, min(hours, self.unit.full), self.unit)

    def _years(
        self, canadian: list[Stint], foreign: list[Stint], stated_canadian: int, stated_foreign: int
    ) -> tuple[Years, list[experience.Run]]:
        here = experience.runs(canadian, self.start, self.end, self.unit.full)
        abroad = experience.runs(foreign, self.start, self.end, self.unit.full, here)
        at_home = experience.ticks(here, self.unit) + stated_canadian
        away = experience.ticks(abroad, self.unit) + stated_foreign
        return Years(min(self._whole(at_home), self.top.canadian), self._tier(self._whole(away)), 0), here

    def _whole(self, ticks: int) -> int:
        return experience.years(max(0, ticks + self.shift), self.unit)

    def _tier(self, years: int) -> int:
        return max(at for at in self.tiers if at <= years)

    def _high_wage(self, by_noc: list[tuple[str, Stint]]) -> int:
        reached = 0
        for level in self.rules.high_wage.levels:
            stints = [stint for noc, stint in by_noc if noc in level.nocs]
            some = experience.runs(stints, self.start, self.end, self.unit.full)
            if self._whole(experience.ticks(some, self.unit)):
                reached = max(reached, level.points_canadian_work)
        return reached

    # -- bounds of a box

    def _bounds(self, box: _Box, *, best: bool) -> list[Years]:
        """Years that no point of the box lies beyond: one bound for every number of Canadian years.

        The corners of the box bound each kind by itself. Together they are bound as well: a day on which foreign work
        has to give way is a day of Canadian work, so both kinds add up to all that was worked, at least (at most).
        """
        least = self._corner(box, best=best)
        worked = self._worked(box, best=best)
        year = MONTHS_IN_YEAR * self.unit.month
        bounds = []
        for canadian in range(self.top.canadian + 1):
            if best:
                if canadian > least.canadian:
                    break
                foreign = min(least.foreign, self._tier(max(0, worked - canadian * year) // year))
            else:
                if canadian < least.canadian:
                    continue
                left = worked - (canadian + 1) * year if canadian < self.top.canadian else 0
                foreign = max(least.foreign, self._tier(max(0, left) // year))
            bounds.append(Years(canadian, foreign, least.high_wage))
        return bounds

    def _generous(self, box: _Box, ticks: int) -> int:
        """A bound with room for hours just under full time, whose days come to a little more than calendar months."""
        if any(option.extent.hours[0] < option.extent.hours[1] for option in box):
            return ticks + ticks // experience.PART_TIME_ROOM
        return ticks

    def _worked(self, box: _Box, *, best: bool) -> int:
        """Ticks of all work together, at most or at least, with room for months that are split differently."""
        stints, stated = [], 2 * self.shift
        for option in box:
            if not best and "none" in option.kinds:
                continue
            if best and not (option.kinds.keys() & {"canadian", "foreign"}):
                continue
            stint = option.extent.most() if best else option.extent.least()
            if option.extent.job.months is not None:
                stated += self._stated(option.extent.job, stint.hours)
            else:
                stints.append(stint)
        some = experience.runs(stints, self.start, self.end, self.unit.full)
        room = _ROOM * (2 * len(box) + 1) * self.unit.leftover_day
        worked = experience.ticks(some, self.unit) + stated
        return self._generous(box, worked) + room if best else worked - room

    def _corner(self, box: _Box, *, best: bool) -> Years:
        """The bound of each kind of work by itself."""
        canadian: list[Stint] = []
        foreign: list[Stint] = []
        blocking: list[Stint] = []
        stated = {"canadian": 0, "foreign": 0}
        nocs: list[tuple[str, Stint]] = []
        for option in box:
            most, least = option.extent.most(), option.extent.least()
            counted, other = (most, least) if best else (least, most)
            is_canadian = "canadian" in option.kinds if best else option.surely_canadian
            is_foreign = "foreign" in option.kinds if best else option.surely_foreign
            blocks = option.surely_canadian if best else "canadian" in option.kinds
            if option.extent.job.months is not None:
                if is_canadian:
                    stated["canadian"] += self._stated(option.extent.job, counted.hours)
                if is_foreign:
                    stated["foreign"] += self._stated(option.extent.job, counted.hours)
                continue
            if is_canadian:
                canadian.append(counted)
                nocs.append((option.extent.job.noc or option.kinds["canadian"].get("noc", ""), counted))
            if is_foreign:
                foreign.append(counted)
            if blocks:
                blocking.append(other)
        unit = self.unit
        here = experience.runs(canadian, self.start, self.end, unit.full)
        before = experience.runs(blocking, self.start, self.end, unit.full)
        abroad = experience.runs(foreign, self.start, self.end, unit.full, before)
        at_home = experience.ticks(here, unit) + stated["canadian"]
        away = experience.ticks(abroad, unit) + stated["foreign"]
        if best:
            at_home, away = self._generous(box, at_home), self._generous(box, away)
        return Years(
            min(self._whole(at_home), self.top.canadian),
            self._tier(self._whole(away)),
            self._high_wage(nocs) if best else 0,
        )

    # -- the search

    def _search(self, *, best: bool) -> list[WorkFact]:
        found: list[WorkFact] = []
        beats: Callable[[Years, Years], bool] = _covers if best else _under
        boxes = [self.box]

        def beaten(bounds: list[Years]) -> bool:
            return all(any(beats(fact.years, bound) for fact in found) for bound in bounds)

        for _ in range(_MOST_BOXES):
            if not boxes:
                break
            box = boxes.pop()
            bounds = self._bounds(box, best=best)
            if beaten(bounds):
                continue
            for picks in self._samples(box, best=best):
                fact = self._fact(picks)
                if not any(beats(other.years, fact.years) for other in found):
                    found = [other for other in found if not beats(fact.years, other.years)] + [fact]
            if not beaten(bounds):
                boxes.extend(self._cut(box))
        return found

    def _samples(self, box: _Box, *, best: bool) -> list[list[_Pick]]:
        """Points worth trying: Canadian first and foreign first, each with Canadian work at its most and its least."""
        orders: tuple[tuple[Kind, ...], ...] = (
            (("canadian", "foreign", "none"), ("foreign", "canadian", "none"))
            if best
            else (("none", "foreign", "canadian"), ("none", "canadian", "foreign"), ("canadian", "none", "foreign"))
        )
        samples = []
        for order in orders:
            for canadian_most in (best, not best):
                picks: list[_Pick] = []
                for option in box:
                    kind = next(kind for kind in order if kind in option.kinds)
                    most = canadian_most if kind == "canadian" else best
                    picks.append((kind, option.extent.most() if most else option.extent.least()))
                samples.append(picks)
                if best:
                    samples.append(
                        [
                            (kind, self._just_under(option, stint))
                            for option, (kind, stint) in zip(box, picks, strict=True)
                        ]
                    )
        return samples

    def _just_under(self, option: _Option, stint: Stint) -> Stint:
        """The stint a hundredth of an hour under full time, where its hours are unknown."""
        low, high = option.extent.hours
        return stint._replace(hours=self.unit.full - 1) if low < self.unit.full <= high else stint

    def _cut(self, box: _Box) -> list[_Box]:
        for place, option in enumerate(box):
            if len(option.kinds) > 1:
                return [
                    (*box[:place], option._replace(kinds={kind: values}), *box[place + 1 :])
                    for kind, values in option.kinds.items()
                ]
        widest, width = -1, 0
        for place, option in enumerate(box):
            hours = option.extent.hours[1] - option.extent.hours[0]
            if option.surely_canadian:
                sides = (option.extent.first, option.extent.after)
                reach = max(hours, *(high - low for low, high in sides))
            else:  # foreign work at its most (its least) is best (worst), but for hours just under full time
                reach = hours
            if reach > width:
                widest, width = place, reach
        if widest < 0:
            return []
        halves = box[widest].extent.halves()
        assert halves is not None
        return [(*box[:widest], box[widest]._replace(extent=half), *box[widest + 1 :]) for half in halves]


def _covers(above: Years, below: Years) -> bool:
    return all(high >= low for high, low in zip(above, below, strict=True))


def _under(below: Years, above: Years) -> bool:
    return _covers(above, below)
