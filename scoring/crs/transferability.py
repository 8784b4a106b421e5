"""Section C, skill transferability (MI s. 19 to 27): pairs of factors, two capped groups, and the section's cap."""

from __future__ import annotations

from scoring.crs.facts import CrsFacts, Part, capped, clbs_of
from scoring.language import Choice
from scoring.rulebook import Rules


def transferability(facts: CrsFacts, choice: Choice, rules: Rules) -> list[Part]:
    """The parts of section C. Language is the lowest ability of the FIRST official language."""
    table = rules.transferability
    lowest = min(clbs_of(choice, first=True))
    band = table.language_band(lowest)
    learned = table.education_tiers[facts.education.level]
    here = table.canadian_tier(facts.work.years.canadian)
    abroad = table.foreign_tier(facts.work.years.foreign)
    education = capped(
        [
            Part("education_and_language", table.education_language[learned][band], table.group_max),
            Part("education_and_canadian_work", table.education_work[learned][here], table.group_max),
        ],
        "transferability_education_cap",
        table.group_max,
    )
    foreign_work = capped(
        [
            Part("foreign_work_and_language", table.foreign_language[abroad][band], table.group_max),
            Part("foreign_work_and_canadian_work", table.foreign_work[abroad][here], table.group_max),
        ],
        "transferability_foreign_work_cap",
        table.group_max,
    )
    certificate = Part(
        "certificate_and_language",
        table.certificate_points(lowest) if facts.certificate.holds else 0,
        table.certificate_max,
    )
    return capped([*education, *foreign_work, certificate], "transferability_cap", table.max)
