"""Test scores to CLB / NCLC, which results are valid on a day, and which results an assessment may rest on.

Charts: `rules/language.toml`. A TEF Canada result counts by its old-score column only; a score out of 699 is unknown,
and its likely levels are shown apart.
"""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any, NamedTuple

from scoring.abilities import ABILITIES, NO_CLB, TEST_LANGUAGE, Clbs, Official
from scoring.calendar import add_years, years_before
from scoring.case import Completion, Side
from scoring.ends import Ends, one
from scoring.profile import LanguageResult, score_domain
from scoring.provisions import Chart
from scoring.rulebook import Rules

OFFICIAL: tuple[Official, ...] = ("en", "fr")


class Reading(NamedTuple):
    """One usable result: the language, its levels, the day of the test (ordinal; 0 when stated), whether estimated."""

    spoken: Official
    clbs: Clbs
    taken: int
    estimate: bool
    path: str

    @property
    def lowest(self) -> int:
        """The level of the weakest ability."""
        return min(self.clbs)


class Choice(NamedTuple):
    """The results that an assessment rests on: at most one per language, and which language is first."""

    first: Official
    en: Reading | None
    fr: Reading | None

    def of(self, spoken: Official) -> Reading | None:
        """The result in one language."""
        return self.en if spoken == "en" else self.fr

    @property
    def first_reading(self) -> Reading | None:
        """The result in the first official language."""
        return self.of(self.first)

    @property
    def second_reading(self) -> Reading | None:
        """The result in the other official language."""
        return self.fr if self.first == "en" else self.en

    @property
    def later(self) -> tuple[int, int, bool]:
        """What decides between equals: the later tests, then English first."""
        days = sorted((reading.taken for reading in (self.en, self.fr) if reading), reverse=True)
        return (days[0] if days else 0, days[1] if len(days) > 1 else 0, self.first == "en")


class LanguageFact(NamedTuple):
    """The choices that some results leave open, with values for what was unknown."""

    choices: tuple[Choice, ...]
    completion: Completion


def chart_for(result: LanguageResult, rules: Rules) -> Chart | None:
    """The chart that Express Entry reads for a result on the day; None when it accepts no such test then."""
    return rules.charts.get((result.test, "old_score" if result.test == "tef_canada" else ""))


def is_valid(taken_on: date, rules: Rules) -> bool:
    """Whether a result is under its age limit on the day: over on the anniversary (language.toml)."""
    return rules.on < add_years(taken_on, rules.language_years)


def expires(taken_on: date, rules: Rules) -> date:
    """The first day on which a result no longer counts."""
    return add_years(taken_on, rules.language_years)


def scores(result: LanguageResult) -> tuple[float | None, ...]:
    """The raw scores in the order of the abilities."""
    return (result.listening, result.reading, result.writing, result.speaking)


def is_old_score(result: LanguageResult) -> bool:
    """Whether its scores stand in the column that Express Entry reads; only TEF Canada has another."""
    return result.test != "tef_canada" or result.scale == "old_score"


def is_complete(result: LanguageResult) -> bool:
    """Whether its levels and its validity are fully known."""
    return (
        None not in scores(result)
        and is_old_score(result)
        and (result.spoken is not None if result.test == "stated_clb" else result.taken_on is not None)
    )


def levels(result: LanguageResult, rules: Rules) -> Clbs | None:
    """The CLB / NCLC of each ability; None when the test is not accepted on the day. All four scores must be known."""
    raw = scores(result)
    if result.test == "stated_clb":
        return tuple(int(value or 0) for value in raw)  # type: ignore[return-value]
    chart = chart_for(result, rules)
    if chart is None:
        return None
    return tuple([chart.level(ability, value or 0) for ability, value in zip(ABILITIES, raw, strict=True)])  # type: ignore[return-value]


def likely_levels(result: LanguageResult, rules: Rules) -> dict[str, int] | None:
    """What a TEF value out of 699 likely comes to, by the chart for other programs: to show, never to count.

    None unless the scale is said to be `score_699` and there is a chart for the day of the test.
    """
    if result.test != "tef_canada" or result.scale != "score_699" or result.taken_on is None:
        return None
    charts = [chart for chart in rules.book.entries("language", "chart", Chart) if chart.scale == "score_699"]
    chart = next((chart for chart in charts if chart.holds(result.taken_on)), None)
    if chart is None:
        return None
    return {
        ability: chart.level(ability, value)
        for ability, value in zip(ABILITIES, scores(result), strict=True)
        if value is not None
    }


def reading(path: str, result: LanguageResult, rules: Rules) -> Reading | None:
    """A complete result as it counts on the day; None when expired, or when the test is not accepted then."""
    clbs = levels(result, rules)
    spoken = result.spoken
    if clbs is None or spoken is None:
        return None
    if result.test == "stated_clb":
        return Reading(spoken, clbs, 0, True, path)
    assert result.taken_on is not None
    return Reading(spoken, clbs, result.taken_on.toordinal(), False, path) if is_valid(result.taken_on, rules) else None


def choices(declared: Official | None, readings: list[Reading]) -> tuple[Choice, ...]:
    """Every choice that some valid readings leave: one result per language, and which is first (contract, facts)."""
    if len(readings) < 2:  # the common case, kept quick
        only = readings[0] if readings else None
        spoken = only.spoken if only else "en"
        return (Choice(declared or spoken, *((only, None) if spoken == "en" else (None, only))),)
    per_language: dict[Official, list[Reading | None]] = {}
    for spoken in OFFICIAL:
        tests = [item for item in readings if item.spoken == spoken and not item.estimate]
        stated = [item for item in readings if item.spoken == spoken and item.estimate]
        per_language[spoken] = [*_best_readings(tests or stated)] or [None]
    spoken_at_all = [spoken for spoken in OFFICIAL if per_language[spoken] != [None]]
    firsts = [declared] if declared else (spoken_at_all or ["en"])
    return tuple(Choice(first, en, fr) for first in firsts for en in per_language["en"] for fr in per_language["fr"])


def _best_readings(readings: list[Reading]) -> list[Reading]:
    """The readings of one language but those that a later one, or one of the same day, equals in every ability."""
    kept: list[Reading] = []
    for reading in sorted(readings, key=lambda item: (item.taken, sum(item.clbs)), reverse=True):
        if not any(all(a >= b for a, b in zip(other.clbs, reading.clbs, strict=True)) for other in kept):
            kept.append(reading)
    return kept


def language_ends(side: Side, rules: Rules) -> Ends[LanguageFact]:
    """The ends of a person's language results on the day."""
    declared = side.facts.first_official_language
    if side.results is None:
        top = (highest(rules),) * 4
        # no test at all, and tests at the bottom of their scales: a program tells them apart, the CRS does not
        low = [_whole_list(side, rules, NO_CLB, NO_CLB), _lowest_list(side, rules)]
        return Ends(low, [_whole_list(side, rules, top, top)])
    known: list[Reading] = []
    partial: list[tuple[str, LanguageResult]] = []
    for path, result in side.results:
        if not is_complete(result):
            partial.append((path, result))
        elif (found := reading(path, result, rules)) is not None:
            known.append(found)
    if not partial:
        return one(LanguageFact(choices(declared, known), {}))
    low = [
        LanguageFact(choices(declared, known + readings), completion)
        for readings, completion in _variants(partial, rules, best=False)
    ]
    high = [
        LanguageFact(choices(declared, known + readings), completion)
        for readings, completion in _variants(partial, rules, best=True)
    ]
    return Ends(low, high)


_Variant = tuple[list[Reading], Completion]


def highest(rules: Rules) -> int:
    """The level above which the CRS tells no levels apart."""
    return rules.first_language.steps[-1].at


def whole_lists(side: Side, rules: Rules) -> list[LanguageFact]:
    """An outcome for every way in which whole lists of results differ for the CRS: uniform, and one weak ability."""
    patterns: list[Clbs] = [NO_CLB]
    top = highest(rules)
    for step in rules.first_language.steps[1:]:
        patterns += [(step.at,) * 4, (step.at, top, top, top)]
    return [_whole_list(side, rules, en, fr) for en in patterns for fr in patterns]


def _whole_list(side: Side, rules: Rules, en: Clbs, fr: Clbs) -> LanguageFact:
    """A list with at most one result per language, at (or just at) some levels; none for a language of no level."""
    results: list[dict[str, Any]] = []
    readings: list[Reading] = []
    taken = rules.on
    for test, clbs in (("celpip_general", en), ("tcf_canada", fr)):
        chart = rules.charts.get((test, ""))
        if chart is None or clbs == NO_CLB:
            continue
        raw: dict[str, float] = {
            ability: next(low for low, level in chart.levels[ability] if level >= clb)
            for ability, clb in zip(ABILITIES, clbs, strict=True)
        }
        results.append({"test": test, "taken_on": taken.isoformat(), **raw})
        path = f"{side.path}/language_results/{len(readings)}"
        readings.append(Reading(TEST_LANGUAGE[test], clbs, taken.toordinal(), False, path))
    return LanguageFact(
        choices(side.facts.first_official_language, readings), {f"{side.path}/language_results": results}
    )


def _lowest_list(side: Side, rules: Rules) -> LanguageFact:
    path = f"{side.path}/language_results"
    values: dict[str, Any] = {"test": "celpip_general", "taken_on": rules.on.isoformat(), **dict.fromkeys(ABILITIES, 0)}
    reading = Reading("en", NO_CLB, rules.on.toordinal(), False, f"{path}/0")
    return LanguageFact(choices(side.facts.first_official_language, [reading]), {path: [values]})


def _variants(partial: list[tuple[str, LanguageResult]], rules: Rules, *, best: bool) -> list[_Variant]:
    """The ways in which partly known results can be at their worst, or at their best.

    A result is at its worst with its lowest scores; one whose day is unknown may also have expired, which is worse
    still unless that lets stated levels speak. Several such results at once: all expired, or all but one.
    """
    by_language: list[list[_Variant]] = []
    for spoken in OFFICIAL:
        own = [(path, result) for path, result in partial if result.spoken == spoken]
        by_language.append(_variants_of_one(own, rules, best=best))
    unnamed = [(path, result) for path, result in partial if result.spoken is None]
    for path, result in unnamed:  # stated levels of an unknown language: of either
        by_language.append([_named(path, result, spoken, rules, best=best) for spoken in OFFICIAL])
    return [_joined(list(combination)) for combination in product(*by_language)]


def _named(path: str, result: LanguageResult, spoken: Official, rules: Rules, *, best: bool) -> _Variant:
    named = result.model_copy(update={"language": spoken})
    readings, values = _completed(path, named, rules, best=best, expired=False)
    return readings, {f"{path}/language": spoken, **values}


def _variants_of_one(partial: list[tuple[str, LanguageResult]], rules: Rules, *, best: bool) -> list[_Variant]:
    """The ways of partly known results in one language: all undated ones expired, or all but one, or (best) none."""
    settled: list[_Variant] = []
    undated: list[tuple[_Variant, _Variant]] = []
    for path, result in partial:
        valid = _completed(path, result, rules, best=best, expired=False)
        if result.test == "stated_clb" or result.taken_on is not None:
            settled.append(valid)
        else:
            undated.append((valid, _completed(path, result, rules, best=best, expired=True)))
    combinations: list[list[_Variant]] = [[expired for _, expired in undated]]
    combinations += [
        [valid if index == place else expired for index, (valid, expired) in enumerate(undated)]
        for place in range(len(undated))
    ]
    if best:
        combinations.append([valid for valid, _ in undated])
    told: dict[tuple[tuple[Clbs, int, bool], ...], _Variant] = {}
    for combination in combinations:  # results that are alike give variants that are alike: one of each is enough
        readings, values = _joined([*settled, *combination])
        told.setdefault(tuple(sorted((item.clbs, item.taken, item.estimate) for item in readings)), (readings, values))
    return list(told.values())


def _joined(variants: list[_Variant]) -> _Variant:
    readings: list[Reading] = []
    completion = Completion()
    for some, values in variants:
        readings += some
        completion |= values
    return readings, completion


def language_between(side: Side, rules: Rules, at: list[int]) -> list[LanguageFact]:
    """Results that are partly known with their unknown scores just at some levels, and their unknown days valid."""
    known: list[Reading] = []
    partial: list[tuple[str, LanguageResult]] = []
    for path, result in side.results or ():
        if not is_complete(result):
            partial.append((path, result))
        elif (found := reading(path, result, rules)) is not None:
            known.append(found)
    facts = []
    for level in at if partial else ():
        variants = [_completed(path, result, rules, best=True, expired=False, level=level) for path, result in partial]
        readings, values = _joined(variants)
        facts.append(LanguageFact(choices(side.facts.first_official_language, known + readings), values))
    return facts


def _completed(
    path: str, result: LanguageResult, rules: Rules, *, best: bool, expired: bool, level: int | None = None
) -> _Variant:
    """A partly known result with its unknown scores at one end (or just at a level), its day valid or expired."""
    values: dict[str, Any] = {}
    forget = not is_old_score(result)
    if forget:
        values["scale"] = "old_score"
    for ability, value in zip(ABILITIES, scores(result), strict=True):
        if value is None or forget:
            domain = score_domain(result.test, "old_score" if forget else result.scale, ability)
            values[ability] = domain.max if best else domain.min
            if level is not None:
                values[ability] = _raw_at(result, ability, level, rules)
    if result.test != "stated_clb" and result.taken_on is None:
        values["taken_on"] = years_before(rules.on, rules.language_years) if expired else rules.on
    whole = result.model_copy(update=values)
    found = reading(path, whole, rules)
    shown = {f"{path}/{key}": value.isoformat() if isinstance(value, date) else value for key, value in values.items()}
    return ([found] if found else []), shown


def _raw_at(result: LanguageResult, ability: str, level: int, rules: Rules) -> float:
    """The lowest raw score that reaches a level."""
    chart = chart_for(result, rules)
    if chart is None:
        return float(level)
    return next(low for low, reached in chart.levels[ability] if reached >= level)
