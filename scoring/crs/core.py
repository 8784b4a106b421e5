"""Section A, core human capital (MI s. 6 to 15; crs.yaml of IRCC: "A. Core / human capital factors")."""

from __future__ import annotations

from scoring.abilities import ABILITIES
from scoring.crs.facts import CrsFacts, Part, capped, clbs_of
from scoring.language import Choice
from scoring.rulebook import Rules

FIRST = tuple(f"first_language_{ability}" for ability in ABILITIES)
SECOND = tuple(f"second_language_{ability}" for ability in ABILITIES)


def core(facts: CrsFacts, choice: Choice, rules: Rules) -> list[Part]:
    """The parts of section A, in the column that applies; a negative part for each cap that bites."""
    applies = facts.partner.applies
    parts = [
        Part("age", rules.age.points(facts.age.years, applies), rules.age.max.of(applies)),
        Part(
            "education",
            rules.education.levels[facts.education.level].of(applies),
            rules.education.max.of(applies),
        ),
        *first_language(choice, applies, rules),
        *second_language(choice, applies, rules),
        Part(
            "canadian_work",
            rules.canadian_work.points(facts.work.years.canadian, applies),
            rules.canadian_work.max.of(applies),
        ),
    ]
    return capped(parts, "core_cap", rules.core.max.of(applies))


def first_language(choice: Choice, applies: bool, rules: Rules) -> list[Part]:
    """First official language: points per ability."""
    table = rules.first_language
    most = table.max.of(applies) // len(ABILITIES)
    return [
        Part(factor, table.points(clb, applies), most)
        for factor, clb in zip(FIRST, clbs_of(choice, first=True), strict=True)
    ]


def second_language(choice: Choice, applies: bool, rules: Rules) -> list[Part]:
    """Second official language: points per ability, the total capped by column."""
    table = rules.second_language
    most = table.steps[-1].points
    parts = [
        Part(factor, table.points(clb), most) for factor, clb in zip(SECOND, clbs_of(choice, first=False), strict=True)
    ]
    return capped(parts, "second_language_cap", table.max.of(applies))
