"""What the CRS looks at: one value per group of facts, for one completion of a profile."""

from __future__ import annotations

from operator import itemgetter
from typing import NamedTuple

from scoring.abilities import NO_CLB, Clbs
from scoring.age import AgeFact
from scoring.case import Completion
from scoring.crs.work import WorkFact
from scoring.education import Education, EducationFact
from scoring.language import Choice, LanguageFact


class Flag(NamedTuple):
    """A fact that is so or not."""

    holds: bool
    completion: Completion


class OfferFact(NamedTuple):
    """What the best job offer brings, while offers bring anything."""

    points: int
    high_wage: int
    noc: str
    completion: Completion


class PartnerFact(NamedTuple):
    """The partner as far as the CRS counts them; `applies` decides the column."""

    applies: bool
    level: Education
    clbs: Clbs
    spoken: str
    years: int
    sibling: bool
    language_estimate: bool
    work_estimate: bool
    completion: Completion


NO_PARTNER = PartnerFact(False, "none", NO_CLB, "", 0, False, False, False, {})


class CrsFacts(NamedTuple):
    """One value per group: everything the CRS needs."""

    age: AgeFact
    education: EducationFact
    language: LanguageFact
    work: WorkFact
    certificate: Flag
    nomination: Flag
    sibling: Flag
    offer: OfferFact
    partner: PartnerFact

    @property
    def completion(self) -> Completion:
        """All values chosen for unknown facts."""
        merged = Completion()
        for group in self:
            merged |= group.completion
        return merged


class Part(NamedTuple):
    """One line of points before its words: the factor, the points and the most it can give."""

    factor: str
    points: int
    max: int


Scored = tuple[list[Part], list[Part], list[Part], list[Part]]
"""Core, partner, transferability, additional."""


_POINTS = itemgetter(1)


def points(parts: list[Part]) -> int:
    """The sum of some parts."""
    return sum(map(_POINTS, parts))


def total(scored: Scored) -> int:
    """The sum of all parts."""
    return sum(map(points, scored))


def clbs_of(choice: Choice, *, first: bool) -> Clbs:
    """The levels of the first (or second) official language, all zero without a valid result."""
    found = choice.first_reading if first else choice.second_reading
    return found.clbs if found else NO_CLB


def capped(parts: list[Part], factor: str, most: int) -> list[Part]:
    """The parts, and a negative line where their sum is over the cap."""
    over = points(parts) - most
    return [*parts, Part(factor, -over, 0)] if over > 0 else parts
