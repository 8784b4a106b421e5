"""The 67-point selection grid of the Federal Skilled Worker Program (IRPR 78 to 83), line by line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from scoring import experience
from scoring.abilities import ABILITIES, NO_CLB
from scoring.age import known_age, possible_ages
from scoring.calendar import add_years
from scoring.case import Case, Side
from scoring.education import education_ends
from scoring.experience import Stint, Tri, all_of, any_of, negated
from scoring.extent import extent
from scoring.language import LanguageFact, Reading, language_ends
from scoring.offers import ROUTES, any_skilled
from scoring.profile import Job, Partner
from scoring.programs.common import Languages, Levels, all_four, meets, unique
from scoring.provisions import FswGrid, FswRules
from scoring.reasons import Line, Why
from scoring.rulebook import Rules

Pair = tuple[int, int]
"""The least and the most of something."""


class Item(NamedTuple):
    """One line of the grid: its ends, its maximum, and why (at the low end)."""

    factor: str
    low: int
    high: int
    max: int
    code: str
    values: dict[str, Any]
    estimate: bool = False


@dataclass(frozen=True, slots=True)
class GridScore:
    """The grid: a total, or its ends; the lines add up to the total, or to the low end."""

    total: int | None
    low: int
    high: int
    pass_mark: int
    lines: list[Line]


class Grid:
    """The grid of one case: what the criterion needs, and what is told."""

    def __init__(self, case: Case, languages: Languages, law: FswGrid, rules: FswRules) -> None:
        """Take the case and the tables of the day."""
        self.case, self.languages, self.law, self.rules = case, languages, law, rules
        self.education = education_ends(case.candidate, case.rules)
        self.offer = any_skilled(case, ROUTES)
        self.partner = _Partner(case)
        self._own_work = worked_a_year_here(case.candidate, case.rules, skilled=True)
        self._partner_worked = self.partner.worked()
        self._partner_speaks = self.partner.speaks(law.adaptability.partner_language_minimum)
        self._years = {judged: grid_years(case, judged=judged) for judged in (False, True)}
        self._items = self._all_items()

    def score(self) -> GridScore:
        """The grid as it is told: work that a judgement decides is not counted."""
        items = self._items
        low, high = sum(item.low for item in items), sum(item.high for item in items)
        reference = f"{self.law.reference} <{self.law.url}>"
        return GridScore(
            low if low == high else None,
            low,
            high,
            self.rules.pass_mark,
            [
                Line(item.factor, item.low, item.max, Why(item.code, item.values), item.estimate, reference)
                for item in items
                if item.low or item.max
            ],
        )

    def _all_items(self) -> list[Item]:
        return [
            self._education(),
            *self._languages(),
            self._experience(judged=False),
            self._age(),
            self._arranged(),
            *self._adaptability(),
        ]

    def judged(self) -> tuple[int, int, int]:
        """What decides the pass mark: both ends, and the high one with work that a judgement decides.

        The missing ECA is counted and the missing test taken at the program's minimum (contract, verdicts).
        """
        missing = self.missing_eca
        low = sum(item.low for item in self._items) + missing[0]
        high = sum(item.high for item in self._items) + missing[1]
        if self.languages.may_be_untested:
            taken, given = self._languages(missing_at=self.rules.language_minimum), self._languages()
            low += sum(item.low for item in taken) - sum(item.low for item in given)
            high += sum(item.high for item in taken) - sum(item.high for item in given)
        judged, plain = self._experience(judged=True), self._experience(judged=False)
        return low, high, high + judged.high - plain.high

    @property
    def is_estimate(self) -> bool:
        """Whether any line rests on an estimate, or the pass mark is judged with an ECA that is missing."""
        return any(item.estimate for item in self._items) or any(self.missing_eca)

    @property
    def missing_eca(self) -> Pair:
        """Points that only a missing ECA keeps away, at both ends."""
        table = self.law.education
        low, high = self.education.low[0], self.education.high[0]
        return table[low.assessed] - table[low.level], table[high.assessed] - table[high.level]

    def _education(self) -> Item:
        table = self.law.education
        low, high = self.education.low[0], self.education.high[0]
        return Item(
            "grid_education",
            table[low.level],
            table[high.level],
            self.law.education_max,
            "level_of_education",
            {"level": low.level},
        )

    def _languages(self, missing_at: int = 0) -> list[Item]:
        """First language per ability, and the second one, all or nothing; at the best and the worst choice."""
        found = self._language_points(missing_at)
        low = min(found, key=lambda points: sum(points[0]) + points[1])
        high = max(found, key=lambda points: sum(points[0]) + points[1])
        first, second = low[2]
        most = self.law.first_language_max // len(ABILITIES)
        items = [
            Item(
                f"grid_first_language_{ability}",
                low[0][place],
                high[0][place],
                most,
                "level" if first else "no_valid_result",
                {"language": first.spoken, "level": first.clbs[place]} if first else {},
                bool(first and first.estimate),
            )
            for place, ability in enumerate(ABILITIES)
        ]
        items.append(
            Item(
                "grid_second_language",
                low[1],
                high[1],
                self.law.second_language.points,
                "level" if second else "no_valid_result",
                {"language": second.spoken, "level": second.lowest} if second else {},
                bool(second and second.estimate),
            )
        )
        return items

    def _language_points(self, missing_at: int) -> list[tuple[list[int], int, tuple[Reading | None, Reading | None]]]:
        """Points of the first and of the second language for every choice at either end."""
        law = self.law
        found = []
        for choice in unique((*self.languages.low, *self.languages.high)):
            first, second = choice.first_reading, choice.second_reading
            clbs: tuple[int, ...] = first.clbs if first else NO_CLB
            if first is None and second is None and missing_at:
                clbs = (missing_at,) * len(ABILITIES)
            points = [law.points("first_language", clb) for clb in clbs]
            bonus = second is not None and meets(second.clbs, all_four(law.second_language.minimum))
            found.append((points, law.second_language.points if bonus else 0, (first, second)))
        return found

    def _experience(self, *, judged: bool) -> Item:
        low, high, stated = self._years[judged]
        law = self.law
        return Item(
            "grid_experience",
            law.points("experience", low),
            law.points("experience", high),
            law.experience_max,
            "years",
            {"years": low},
            stated,
        )

    def _age(self) -> Item:
        law = self.law
        known = known_age(self.case.candidate, self.case.rules)
        if known is not None:
            points = law.points("age", known.years)
            return Item("grid_age", points, points, law.age_max, "age", {"years": known.years}, known.estimate)
        ages = [law.points("age", fact.years) for fact in possible_ages(self.case.candidate, self.case.rules)]
        return Item("grid_age", min(ages), max(ages), law.age_max, "age", {"years": None})

    def _arranged(self) -> Item:
        points = self.law.arranged_employment
        return _flag("grid_arranged_employment", self.offer, points, "job_offer", "/candidate/job_offers")

    def _adaptability(self) -> list[Item]:
        """The adaptability items and their cap (IRPR 83): at most ten points in all."""
        law, case, partner = self.law.adaptability, self.case, self.partner
        own = case.candidate
        relative = any_of(own.relative, all_of(partner.applies, partner.relative))
        items = [
            _estimated("grid_partner_language", self._partner_speaks, law.partner_language, "level"),
            _flag("grid_own_study", own.study, law.own_study, "study"),
            _flag("grid_partner_study", all_of(partner.applies, partner.study), law.partner_study, "study"),
            _estimated("grid_own_work", self._own_work, law.own_work, "years"),
            _estimated("grid_partner_work", self._partner_worked, law.partner_work, "years"),
            _flag("grid_relative", relative, law.relative, "relative"),
            _flag("grid_adaptability_offer", self.offer, law.arranged_employment, "job_offer"),
        ]
        low, high = sum(item.low for item in items), sum(item.high for item in items)
        if high > law.max:
            items.append(Item("grid_adaptability_cap", min(0, law.max - low), law.max - high, 0, "over_the_cap", {}))
        return items


def _flag(factor: str, holds: Tri, points: int, code: str, fact: str = "") -> Item:
    values: dict[str, Any] = {"holds": holds}
    if fact:
        values["fact"] = fact
    return Item(factor, points if holds else 0, 0 if holds is False else points, points, code, values)


def _estimated(factor: str, found: tuple[Tri, bool], points: int, code: str) -> Item:
    holds, estimate = found
    return _flag(factor, holds, points, code)._replace(estimate=estimate and bool(holds))


class _Partner:
    """What an accompanying partner, neither citizen nor permanent resident, brings to adaptability."""

    def __init__(self, case: Case) -> None:
        self.rules, self.side = case.rules, case.partner
        self.applies: Tri = False
        self.study: Tri = False
        self.relative: Tri = False
        if self.side is None:
            return
        facts = self.side.facts
        assert isinstance(facts, Partner)
        self.applies = all_of(
            True if case.partner_known else None, facts.accompanying, negated(facts.canadian_or_permanent_resident)
        )
        self.study, self.relative = self.side.study, self.side.relative

    def speaks(self, minimum: int) -> tuple[Tri, bool]:
        """Whether the partner reaches the minimum in all four abilities of one language, and whether by estimate."""
        if self.side is None:
            return False, False
        ends, need = language_ends(self.side, self.rules), all_four(minimum)
        low = [_reaching(fact, need) for fact in ends.low]
        high = [_reaching(fact, need) for fact in ends.high]
        reached = True if all(low) else None if any(any(found) for found in (low, high)) else False
        estimate = bool(reached) and not any(reading.estimate is False for found in low for reading in found)
        return all_of(self.applies, reached), estimate

    def worked(self) -> tuple[Tri, bool]:
        """Whether the partner has a year of authorized work in Canada, of any TEER, and whether by estimate."""
        if self.side is None:
            return False, False
        worked, estimate = worked_a_year_here(self.side, self.rules, skilled=False)
        return all_of(self.applies, worked), estimate


def _reaching(fact: LanguageFact, need: Levels) -> list[Reading]:
    """The results of a fact that reach minimum levels."""
    readings = unique(reading for choice in fact.choices for reading in (choice.en, choice.fr))
    return [reading for reading in readings if reading is not None and meets(reading.clbs, need)]


def worked_a_year_here(side: Side, rules: Rules, *, skilled: bool) -> tuple[Tri, bool]:
    """A year of paid, authorized, full-time work in Canada at any time (IRPR 83(3), (4); full-time: 73(1)).

    With whether that rests on months stated without dates.
    """
    if side.jobs is None:
        return None, False
    low, high, stated = _years(side, rules, partial(counts_here, rules=rules, skilled=skilled), date.min)
    return (True if low else False if not high else None), stated


def counts_here(job: Job, rules: Rules, *, skilled: bool) -> Tri:
    """Whether a job is paid, authorized, full-time work in Canada, of TEER 0 to 3 where `skilled`.

    Elsewhere part-time work is converted; here the regulation speaks of full-time work alone.
    """
    fit = experience.is_skilled(job, rules) if skilled else True
    return all_of(experience.in_canada(job), fit, job.paid, job.authorized, experience.is_full_time(job, rules))


def grid_years(case: Case, *, judged: bool) -> tuple[int, int, bool]:
    """(least, most) completed years of paid work of TEER 0 to 3 in ten years, and whether stated months are in them.

    `judged`: whether unauthorized work in Canada counts too; the regulations are silent on it.
    """
    side, rules = case.candidate, case.rules
    if side.jobs is None:
        return 0, rules.fsw_grid.experience[-1].at if rules.fsw_grid else 0, False
    counts = partial(counts_for_grid, rules=rules, judged=judged)
    return _years(side, rules, counts, add_years(rules.on, -grid_window(rules)))


def counts_for_grid(job: Job, rules: Rules, *, judged: bool) -> Tri:
    """Whether a job is paid work of TEER 0 to 3; unauthorized work in Canada only where `judged`."""
    allowed = True if judged else negated(experience.is_unauthorized(job))
    return all_of(experience.is_skilled(job, rules), job.paid, allowed)


def grid_window(rules: Rules) -> int:
    """How many years before the day the grid looks at."""
    return rules.fsw.window_years if rules.fsw else rules.crs_window.years


Counts = Callable[[Job], Tri]


def counted(side: Side, counts: Counts, *, most: bool) -> list[tuple[str, Job]]:
    """The jobs that surely count; with `most`, those that may as well."""
    found = ((path, job, counts(job)) for path, job in side.jobs or ())
    return [(path, job) for path, job, count in found if count or (most and count is None)]


def _years(side: Side, rules: Rules, counts: Counts, since: date) -> tuple[int, int, bool]:
    unit = experience.units(rules)
    start, end = since.toordinal(), rules.on.toordinal()
    ends: list[int] = []
    stated = False
    for most in (False, True):
        stints: list[Stint] = []
        extra = 0
        for path, job in counted(side, counts, most=most):
            box = extent(path, job, rules.on, start, unit.full)
            stint = box.most() if most else box.least()
            if job.months is not None:
                extra += experience.stated_ticks(job, stint.hours, unit)
                stated = True
            else:
                stints.append(stint)
        some = experience.runs(stints, start, end, unit.full)
        ends.append(experience.years(experience.ticks(some, unit) + extra, unit))
    return ends[0], ends[1], stated
