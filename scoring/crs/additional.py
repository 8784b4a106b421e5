"""Section D, additional points (MI s. 28 to 31, and the dated history of what they were)."""

from __future__ import annotations

from scoring.crs.facts import CrsFacts, Part, capped
from scoring.language import Choice
from scoring.rulebook import Rules


def additional(facts: CrsFacts, choice: Choice, rules: Rules) -> list[Part]:
    """The parts of section D. Factors that pay nothing on the day have no part."""
    study = rules.canadian_study.levels
    parts = [
        Part("nomination", rules.nomination.points if facts.nomination.holds else 0, rules.nomination.points),
        Part("sibling", rules.sibling.points if has_sibling(facts) else 0, rules.sibling.points),
        Part("french", french(choice, rules), rules.french.points_with_english),
        Part("canadian_study", study.get(facts.education.study, 0), max(study.values(), default=0)),
        Part("job_offer", facts.offer.points, max(rules.job_offer.points, rules.job_offer.points_senior_managers)),
    ]
    levels = rules.high_wage.levels
    if levels:
        parts += [
            Part(
                "high_wage_canadian_work",
                facts.work.years.high_wage,
                max(level.points_canadian_work for level in levels),
            ),
            Part("high_wage_job_offer", facts.offer.high_wage, max(level.points_job_offer for level in levels)),
        ]
    return capped([part for part in parts if part.max], "additional_cap", rules.additional.max)


def has_sibling(facts: CrsFacts) -> bool:
    """A brother or sister in Canada, of the candidate or of a partner who applies."""
    return facts.sibling.holds or (facts.partner.applies and facts.partner.sibling)


def french(choice: Choice, rules: Rules) -> int:
    """Points for French at the minimum in all four abilities, more with English at its minimum in all four.

    French may be the first or the second official language; the two amounts never add up.
    """
    table = rules.french
    if choice.fr is None or min(choice.fr.clbs) < table.minimum:
        return 0
    both = choice.en is not None and min(choice.en.clbs) >= table.english_minimum
    return table.points_with_english if both else table.points_alone
