"""The score: sections, and one line per factor. The lines add up to the total."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from scoring.case import Completion
from scoring.crs.additional import additional
from scoring.crs.core import FIRST, SECOND, core
from scoring.crs.facts import CrsFacts, Scored
from scoring.crs.partner import LANGUAGE, partner
from scoring.crs.transferability import transferability
from scoring.language import Choice, Reading
from scoring.provisions import Provision
from scoring.reasons import Line, Why
from scoring.rulebook import Rules

SECTIONS = ("core", "partner", "transferability", "additional")


def scored(facts: CrsFacts, choice: Choice, rules: Rules) -> Scored:
    """The parts of the four sections for one completion and one choice of language."""
    return (
        core(facts, choice, rules),
        partner(facts, rules),
        transferability(facts, choice, rules),
        additional(facts, choice, rules),
    )


class SectionScore(NamedTuple):
    """One section: its points (None while its ends differ), its own ends, and its cap."""

    points: int | None
    low: int
    high: int
    max: int


@dataclass(frozen=True, slots=True)
class CrsScore:
    """The CRS of a profile: a total, or the exact range while something that counts is unknown."""

    total: int | None
    low: int
    high: int
    low_with: Completion
    high_with: Completion
    sections: dict[str, SectionScore]
    lines: list[Line]


def section_max(applies: bool, rules: Rules) -> tuple[int, int, int, int]:
    """The caps of the four sections, with a partner who applies or without."""
    return (
        rules.core.max.of(applies),
        rules.partner.max if applies else 0,
        rules.transferability.max,
        rules.additional.max,
    )


def lines(facts: CrsFacts, choice: Choice, parts: Scored, rules: Rules) -> list[Line]:
    """One line per part: why it pays what it pays, whether that rests on an estimate, and the reference."""
    reference, whys = _references(rules), _whys(facts, choice, rules)
    told = []
    for section in parts:
        for factor, points, most in section:
            if factor in whys:
                code, values, estimate = whys[factor]
            else:  # a cap: it rests on the lines above it
                code, values, estimate = _CAP, {"over": -points}, False
            told.append(Line(factor, points, most, Why(code, values), estimate, reference[factor]))
    return told


_CAP = "over_the_cap"
_Found = tuple[str, dict[str, Any], bool]


def _language_whys(factors: tuple[str, ...], found: Reading | None, spoken: str) -> dict[str, _Found]:
    if found is None:
        return dict.fromkeys(factors, ("no_valid_result", {"language": spoken}, False))
    return {
        factor: ("level", {"language": found.spoken, "level": clb, "result": found.path}, found.estimate)
        for factor, clb in zip(factors, found.clbs, strict=True)
    }


def _whys(facts: CrsFacts, choice: Choice, rules: Rules) -> dict[str, _Found]:
    who, work, education = facts.partner, facts.work, facts.education
    first, second = choice.first_reading, choice.second_reading
    first_estimate = bool(first and first.estimate)
    other = "fr" if choice.first == "en" else "en"
    lowest = first.lowest if first else 0
    french_estimate = any(found.estimate for found in (choice.en, choice.fr) if found)
    level = {"level": education.level}
    most = rules.transferability.foreign_work_tiers[-1].at
    abroad = {"years": work.years.foreign, "or_more": work.years.foreign >= most}
    whys: dict[str, _Found] = {
        "age": ("age", {"years": facts.age.years}, facts.age.estimate),
        "education": ("level_of_education", level, False),
        "canadian_work": ("years", {"years": work.years.canadian}, work.canadian_estimate),
        "education_and_language": (
            "education_and_language",
            {**level, "lowest": lowest},
            first_estimate,
        ),
        "education_and_canadian_work": (
            "education_and_work",
            {**level, "years": work.years.canadian},
            work.canadian_estimate,
        ),
        "foreign_work_and_language": (
            "work_and_language",
            {**abroad, "lowest": lowest},
            work.foreign_estimate or first_estimate,
        ),
        "foreign_work_and_canadian_work": (
            "foreign_and_canadian_work",
            {**abroad, "canadian_years": work.years.canadian},
            work.foreign_estimate or work.canadian_estimate,
        ),
        "certificate_and_language": (
            "certificate",
            {"held": facts.certificate.holds, "lowest": lowest},
            facts.certificate.holds and first_estimate,
        ),
        "nomination": ("nomination", {"held": facts.nomination.holds}, False),
        "sibling": ("sibling", {"own": facts.sibling.holds, "partners": who.applies and who.sibling}, False),
        "french": (
            "french",
            {
                "french": choice.fr.lowest if choice.fr else None,
                "english": choice.en.lowest if choice.en else None,
            },
            french_estimate,
        ),
        "canadian_study": ("canadian_study", {"level": education.study}, False),
        "job_offer": ("job_offer", {"noc": facts.offer.noc or None}, False),
        "high_wage_canadian_work": ("high_wage", {}, work.canadian_estimate),
        "high_wage_job_offer": ("high_wage", {"noc": facts.offer.noc or None}, False),
        **_language_whys(FIRST, first, choice.first),
        **_language_whys(SECOND, second, other),
    }
    if who.applies:
        whys["partner_education"] = ("level_of_education", {"level": who.level}, False)
        whys["partner_canadian_work"] = ("years", {"years": who.years}, who.work_estimate)
        for factor, clb in zip(LANGUAGE, who.clbs, strict=True):
            whys[factor] = ("level", {"language": who.spoken, "level": clb}, who.language_estimate)
    return whys


def _references(rules: Rules) -> dict[str, str]:
    found: dict[str, str] | None = rules.memo.get("references")
    if found is None:
        found = {factor: cite(provision) for factor, provision in _provisions(rules).items()}
        rules.memo["references"] = found
    return found


def cite(provision: Provision) -> str:
    """The reference of a provision, with its address."""
    return f"{provision.reference} <{provision.url}>"


def _provisions(rules: Rules) -> dict[str, Provision]:
    table = rules.transferability
    return {
        "age": rules.age,
        "education": rules.education,
        **dict.fromkeys(FIRST, rules.first_language),
        **dict.fromkeys((*SECOND, "second_language_cap"), rules.second_language),
        "canadian_work": rules.canadian_work,
        "core_cap": rules.core,
        "partner_education": rules.partner_education,
        **dict.fromkeys(LANGUAGE, rules.partner_language),
        "partner_canadian_work": rules.partner_work,
        "partner_cap": rules.partner,
        **dict.fromkeys(
            (
                "education_and_language",
                "education_and_canadian_work",
                "transferability_education_cap",
                "foreign_work_and_language",
                "foreign_work_and_canadian_work",
                "transferability_foreign_work_cap",
                "certificate_and_language",
                "transferability_cap",
            ),
            table,
        ),
        "nomination": rules.nomination,
        "sibling": rules.sibling,
        "french": rules.french,
        "canadian_study": rules.canadian_study,
        "job_offer": rules.job_offer,
        "high_wage_canadian_work": rules.high_wage,
        "high_wage_job_offer": rules.high_wage,
        "additional_cap": rules.additional,
    }
