"""Section B, accompanying spouse or common-law partner (MI s. 16 to 18)."""

from __future__ import annotations

from scoring.abilities import ABILITIES
from scoring.crs.facts import CrsFacts, Part, PartnerFact, capped
from scoring.rulebook import Rules

LANGUAGE = tuple(f"partner_language_{ability}" for ability in ABILITIES)


def partner(facts: CrsFacts, rules: Rules) -> list[Part]:
    """The parts of section B; none when no partner applies."""
    who = facts.partner
    if not who.applies:
        return []
    education, work = rules.partner_education, rules.partner_work
    parts = [
        Part("partner_education", education.levels[who.level], education.max),
        *partner_language(who, rules),
        Part("partner_canadian_work", work.points(who.years), work.max),
    ]
    return capped(parts, "partner_cap", rules.partner.max)


def partner_language(who: PartnerFact, rules: Rules) -> list[Part]:
    """The partner's one official language: points per ability."""
    table = rules.partner_language
    most = table.max // len(ABILITIES)
    return [Part(factor, table.points(clb), most) for factor, clb in zip(LANGUAGE, who.clbs, strict=True)]
