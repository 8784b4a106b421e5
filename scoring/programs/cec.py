"""Canadian Experience Class (IRPR 87.1): a year of skilled Canadian work in the last three, and language by TEER."""

from __future__ import annotations

from functools import partial

from scoring import experience
from scoring.case import Case
from scoring.months import Counted, Measure, Need, Sure, criterion
from scoring.occupations import teer
from scoring.programs.common import Languages, all_four, language, no_rules, outside_quebec
from scoring.provisions import CecRules
from scoring.reasons import Criterion, Reason
from scoring.rulebook import Rules

JOBS = "/candidate/jobs"


def cec(case: Case, languages: Languages) -> list[Criterion]:
    """The criteria of the CEC: work, language, and the intent to live outside Quebec. No funds, no education."""
    rules = case.rules.cec
    if rules is None or not case.rules.noc_in_use:
        return [no_rules("cec")]
    need = needed(rules)
    return [
        work(case, need),
        language(
            languages, [all_four(level) for level in levels(case, rules)], case.rules, "/candidate/language_results"
        ),
        outside_quebec(case),
    ]


def needed(rules: CecRules) -> Need:
    """Months in several occupations add up and need not be in a row."""
    return Need(rules.work_months, rules.window_years, one_group=False, continuous=False)


def counted(case: Case) -> list[Counted]:
    """The jobs as the CEC counts them: nothing here is left to a judgement."""
    count = partial(experience.counts_as_canadian, rules=case.rules)
    return [Counted(path, job, count(job), False) for path, job in case.candidate.jobs or ()]


def measured(case: Case, need: Need) -> Sure:
    """How the months stand."""
    return Measure(counted(case), need, case.rules).result()


def work(case: Case, need: Need) -> Criterion:
    """The year of Canadian work."""
    if case.candidate.jobs is None:
        return Criterion("unknown", Reason("canadian_work_unknown", JOBS, need=need.months))
    return criterion(measured(case, need), "canadian_work", JOBS, need)


def levels(case: Case, rules: CecRules) -> list[int]:
    """The language minimums that can apply: that of the unit group with most months, the higher one on a tie.

    Each unit group is capped alone (contract, counting time). While jobs are unknown, every minimum that can be.
    """
    if case.candidate.jobs is None:
        return sorted(set(rules.language_by_teer.values()))
    counting = [item for item in counted(case) if item.counts is not False]
    if not counting:
        return [min(rules.language_by_teer.values())]
    if any(item.job.noc is None for item in counting):
        return sorted(set(rules.language_by_teer.values()))
    bounds = _bounds_by_group(counting, rules, case.rules)
    if _is_exact(counting):
        return [max((low, _level(noc, rules)) for noc, (low, _) in bounds.items())[1]]
    surest = max(low for low, _ in bounds.values())
    return sorted({_level(noc, rules) for noc, (_, high) in bounds.items() if high >= surest})


def margin(case: Case, rules: CecRules) -> int | None:
    """How many ticks lie, at the least, between two unit groups whose order decides `levels`; None when none does."""
    counting = [item for item in counted(case) if item.counts is not False]
    if any(item.job.noc is None for item in counting):
        return None
    bounds = _bounds_by_group(counting, rules, case.rules)
    if len({_level(noc, rules) for noc in bounds}) < 2:
        return None
    if _is_exact(counting):
        lead, level = max((low, _level(noc, rules)) for noc, (low, _) in bounds.items())
        return min(lead - low for noc, (low, _) in bounds.items() if _level(noc, rules) != level)
    leader = max(bounds, key=lambda noc: bounds[noc][0])
    surest = bounds[leader][0]
    others = [ends for noc, ends in bounds.items() if noc != leader]
    return min(min(surest - low, abs(high - surest)) for low, high in others)


def _is_exact(counting: list[Counted]) -> bool:
    return all(item.counts and experience.is_exact(item.job) and item.job.months is None for item in counting)


def _level(noc: str, rules: CecRules) -> int:
    return rules.language_by_teer[str(teer(noc))]


def _bounds_by_group(counting: list[Counted], rules: CecRules, law: Rules) -> dict[str, tuple[int, int]]:
    """The least and the most months of each unit group, in ticks."""
    by_group: dict[str, list[Counted]] = {}
    for item in counting:
        by_group.setdefault(item.job.noc or "", []).append(item)
    return {noc: Measure(items, needed(rules), law).bounds() for noc, items in by_group.items()}
