"""Numbers of the law that an explanation names, taken from the rules of the day: no number stands in two places.

In a text, `{fsw.pass_mark}` stands for the figure of that name. Only the names of `PATHS` and `WORKED_OUT` mean
something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from scoring.paper_rules import FeeTable, fee_table
from scoring.provisions import CategoryVersion, JobOfferTable
from scoring.rulebook import NoRulesError, Rules

Kind = Literal["number", "money", "day"]
Value = float | date | None
BETWEEN_BRACES = re.compile(r"\{([^{}]*)\}")
BY_OCCUPATION = "healthcare"
"""The category whose version tells how much work the categories by occupation ask for."""


def names_in(text: str) -> list[str]:
    """What stands between braces in a text, in order."""
    return BETWEEN_BRACES.findall(text)


def is_figure(name: str) -> bool:
    """Whether a name is that of a figure."""
    return name in PATHS or name in WORKED_OUT


def figures(names: Iterable[str], rules: Rules) -> dict[str, dict[str, Any]]:
    """Each figure with its kind and its value in force: a number, Canadian dollars, or a day as ISO text.

    Raises NoRulesError for a figure that the rules of that day do not have, KeyError for a name that is no figure.
    """
    return {name: _figure(name, rules) for name in names}


def _figure(name: str, rules: Rules) -> dict[str, Any]:
    kind, value = ("number", _at(rules, PATHS[name])) if name in PATHS else _worked_out(name, rules)
    if value is None:
        raise NoRulesError(name, rules.on, None)
    return {"kind": kind, "value": value.isoformat() if isinstance(value, date) else value}


def _worked_out(name: str, rules: Rules) -> tuple[Kind, Value]:
    kind, take = WORKED_OUT[name]
    return kind, take(rules)


def _at(rules: Rules, path: str) -> Value:
    """What stands at a dotted path of the rules; None where the day has no such rules."""
    found: Any = rules
    for name in path.split("."):
        if found is None:
            return None
        found = found[name] if isinstance(found, Mapping) else getattr(found, name)
    return found  # type: ignore[no-any-return]  # PATHS leads to numbers only


def _offer(rules: Rules, name: str) -> Value:
    """Something of the last table that gave points for a job offer."""
    entries = rules.book.entries("crs", "job_offer", JobOfferTable)
    last = next((each for each in reversed(entries) if each.points and each.in_force_from <= rules.on), None)
    return getattr(last, name, None)


def _gone(rules: Rules) -> Value:
    """The day from which a job offer gives no points."""
    return None if rules.job_offer.points else rules.job_offer.in_force_from


def _version(rules: Rules, place: int, name: str) -> Value:
    """Something of a version of a category by occupation: -1 for the newest of the day, -2 for the one before it."""
    entries = rules.book.entries("categories", "category", CategoryVersion)
    known = [each for each in entries if each.category == BY_OCCUPATION and each.in_force_from <= rules.on]
    return getattr(known[place], name) if len(known) >= -place else None


def _tef(rules: Rules, scale: str, ability: str) -> Value:
    """The lowest TEF score, on one of its scales, that reaches the level which the French points ask for."""
    chart = rules.charts.get(("tef_canada", scale))
    pairs = chart.levels[ability] if chart else ()
    return next((raw for raw, level in pairs if level == rules.french.minimum), None)


def _year_hours(rules: Rules) -> Value:
    return rules.counting.month_hours * rules.cec.work_months if rules.cec else None


def _fees(name: str) -> tuple[Kind, Callable[[Rules], Value]]:
    """An amount of the table of fees."""
    return "money", lambda rules: _of_fees(rules, lambda table: float(getattr(table, name)))


def _of_fees(rules: Rules, take: Callable[[FeeTable], Value]) -> Value:
    try:
        return take(fee_table(rules.on, rules.book))
    except NoRulesError:
        return None


def _alone(table: FeeTable) -> float:
    """What one adult pays who comes alone."""
    return table.principal + table.landing + table.biometrics


def _funds(size: int) -> tuple[Kind, Callable[[Rules], Value]]:
    """The settlement funds of a family of some size."""
    return "money", lambda rules: rules.funds.needed(size) if rules.funds else None


class Ages(NamedTuple):
    """The first and the last age that bring the most points, and the first from which on there are none."""

    first: int
    last: int
    none: int


def _ages(steps: Sequence[tuple[int, int]]) -> Ages:
    """From (age, points from that age upward)."""
    most = max(points for _, points in steps)
    best = [at for at, points in steps if points == most]
    after = next(at for at, points in steps if at > best[-1])
    return Ages(best[0], after - 1, steps[-1][0])


def _crs_ages(rules: Rules) -> Ages:
    return _ages([(step.at, step.without) for step in rules.age.steps])


def _grid_ages(rules: Rules) -> Ages | None:
    return _ages([(step.at, step.points) for step in rules.fsw_grid.age]) if rules.fsw_grid else None


def _reported(rules: Rules) -> Value:
    return next((each.since for each in rules.book.reported()), None)


def _chart(scale: str, ability: str) -> tuple[Kind, Callable[[Rules], Value]]:
    return "number", lambda rules: _tef(rules, scale, ability)


PATHS: Mapping[str, str] = MappingProxyType(
    {
        "crs.total": "total.max",
        "crs.core": "core.max.without",
        "crs.core_partner": "core.max.with_",
        "crs.partner": "partner.max",
        "crs.transferability": "transferability.max",
        "crs.group": "transferability.group_max",
        "crs.certificate": "transferability.certificate_max",
        "crs.additional": "additional.max",
        "crs.nomination": "nomination.points",
        "crs.sibling": "sibling.points",
        "crs.french_alone": "french.points_alone",
        "crs.french_english": "french.points_with_english",
        "crs.study_short": "canadian_study.levels.one_year",
        "crs.study_long": "canadian_study.levels.bachelor",
        "french.level": "french.minimum",
        "french.english": "french.english_minimum",
        "fsw.months": "fsw.work_months",
        "fsw.window": "fsw.window_years",
        "fsw.language": "fsw.language_minimum",
        "fsw.pass_mark": "fsw.pass_mark",
        "fsw.grid_max": "fsw_grid.max",
        "grid.first": "fsw_grid.first_language_max",
        "grid.second": "fsw_grid.second_language.points",
        "grid.education": "fsw_grid.education_max",
        "grid.experience": "fsw_grid.experience_max",
        "grid.age": "fsw_grid.age_max",
        "grid.offer": "fsw_grid.arranged_employment",
        "grid.adaptability": "fsw_grid.adaptability.max",
        "grid.offer_adaptability": "fsw_grid.adaptability.arranged_employment",
        "cec.months": "cec.work_months",
        "cec.window": "cec.window_years",
        "cec.upper": "cec.language_by_teer.1",
        "cec.lower": "cec.language_by_teer.3",
        "fst.months": "fst.work_months",
        "fst.window": "fst.window_years",
        "fst.speaking": "fst.language.speaking",
        "fst.reading": "fst.language.reading",
        "fst.offers": "fst.offers_up_to",
        "work.months": "cec.work_months",
        "work.week": "counting.full_time_hours",
        "test.years": "language_years",
        "eca.years": "eca_years",
        "profile.months": "profile_validity.months",
        "invitation.days": "invitation.days",
        "child.age": "dependent_child.under_age",
        "age.most": "age.max.without",
        "age.most_partner": "age.max.with_",
    }
)
"""Figures that stand in the rules as they are: by name, where."""

WORKED_OUT: Mapping[str, tuple[Kind, Callable[[Rules], Value]]] = MappingProxyType(
    {
        "crs.offer_before": ("number", lambda rules: _offer(rules, "points")),
        "crs.offer_senior_before": ("number", lambda rules: _offer(rules, "points_senior_managers")),
        "crs.offer_until": ("day", lambda rules: _offer(rules, "in_force_until")),
        "crs.offer_gone": ("day", _gone),
        "work.hours": ("number", _year_hours),
        "tef.reading": _chart("old_score", "reading"),
        "tef.listening": _chart("old_score", "listening"),
        "tef.writing": _chart("old_score", "writing"),
        "tef.speaking": _chart("old_score", "speaking"),
        "tef.reading_699": _chart("score_699", "reading"),
        "tef.listening_699": _chart("score_699", "listening"),
        "tef.writing_699": _chart("score_699", "writing"),
        "tef.speaking_699": _chart("score_699", "speaking"),
        "funds.one": _funds(1),
        "funds.two": _funds(2),
        "funds.three": _funds(3),
        "funds.four": _funds(4),
        "funds.five": _funds(5),
        "funds.six": _funds(6),
        "funds.seven": _funds(7),
        "funds.more": ("money", lambda rules: rules.funds.each_additional if rules.funds else None),
        "funds.since": ("day", lambda rules: rules.funds.in_force_from if rules.funds else None),
        "fee.principal": _fees("principal"),
        "fee.partner": _fees("partner"),
        "fee.child": _fees("child"),
        "fee.landing": _fees("landing"),
        "fee.biometrics": _fees("biometrics"),
        "fee.biometrics_family": _fees("biometrics_family"),
        "fee.single": ("money", lambda rules: _of_fees(rules, _alone)),
        "fee.since": ("day", lambda rules: _of_fees(rules, lambda table: table.in_force_from)),
        "biometrics.first": ("number", lambda rules: _of_fees(rules, lambda table: table.biometrics_ages[0])),
        "biometrics.last": ("number", lambda rules: _of_fees(rules, lambda table: table.biometrics_ages[1])),
        "age.first": ("number", lambda rules: _crs_ages(rules).first),
        "age.last": ("number", lambda rules: _crs_ages(rules).last),
        "age.none": ("number", lambda rules: _crs_ages(rules).none),
        "grid.age_last": ("number", lambda rules: getattr(_grid_ages(rules), "last", None)),
        "grid.age_none": ("number", lambda rules: getattr(_grid_ages(rules), "none", None)),
        "category.months": ("number", lambda rules: _version(rules, -1, "months")),
        "category.window": ("number", lambda rules: _version(rules, -1, "window_years")),
        "category.since": ("day", lambda rules: _version(rules, -1, "in_force_from")),
        "category.months_before": ("number", lambda rules: _version(rules, -2, "months")),
        "reported.since": ("day", _reported),
    }
)
"""Figures that are found by asking more than one thing: by name, what they are and how."""
