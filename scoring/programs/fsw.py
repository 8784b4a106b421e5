"""Federal Skilled Worker Program (IRPR 75 to 83): minimums, the 67-point grid, and settlement funds."""

from __future__ import annotations

from scoring import experience
from scoring.case import Case
from scoring.education import RANK, EducationFact, education_ends
from scoring.experience import all_of
from scoring.funds import funds
from scoring.months import Counted, Measure, Need, criterion
from scoring.offers import any_skilled
from scoring.profile import Eca
from scoring.programs.common import Languages, all_four, language, no_rules, of_ends, outside_quebec
from scoring.programs.grid import Grid
from scoring.provisions import FswRules
from scoring.reasons import Criterion, Reason

JOBS, CREDENTIALS, GRID = "/candidate/jobs", "/candidate/credentials", "/candidate"


def fsw(case: Case, languages: Languages, grid: Grid | None) -> list[Criterion]:
    """The criteria of the FSWP: work, language, education, the grid, funds, and the intent to live outside Quebec."""
    rules, exemption = case.rules.fsw, case.rules.exemption
    if rules is None or grid is None or not case.rules.noc_in_use:
        return [no_rules("fsw")]
    return [
        work(case, rules),
        language(languages, [all_four(rules.language_minimum)], case.rules, "/candidate/language_results"),
        education(case, grid, rules),
        grid_criterion(grid, rules),
        funds(case, any_skilled(case, exemption.fsw_routes) if exemption else None),
        outside_quebec(case),
    ]


def needed(rules: FswRules) -> Need:
    """One year without a break, in one unit group (IRPR 75(2)(a))."""
    return Need(rules.work_months, rules.window_years, one_group=True, continuous=True)


def counted(case: Case) -> list[Counted]:
    """The jobs as the FSWP counts them: self-employed and student work too; unauthorized work is a judgement."""
    return [
        Counted(
            path,
            job,
            all_of(experience.is_skilled(job, case.rules), job.paid),
            experience.is_unauthorized(job),
        )
        for path, job in case.candidate.jobs or ()
    ]


def work(case: Case, rules: FswRules) -> Criterion:
    """The continuous year in one occupation."""
    need = needed(rules)
    if case.candidate.jobs is None:
        return Criterion("unknown", Reason("continuous_work_unknown", JOBS, need=need.months))
    return criterion(Measure(counted(case), need, case.rules).result(), "continuous_work", JOBS, need)


def _unknown_education(case: Case, rules: FswRules) -> Reason:
    """What is open about the education: all of it, or only whether a level that was told counts."""
    for path, credential in case.candidate.credentials or ():
        undated = isinstance(credential.eca, Eca) and credential.eca.issued_on is None
        if credential.level is not None and credential.country != "CA" and (credential.eca is None or undated):
            at = "eca/issued_on" if undated else "country" if credential.country is None else "eca"
            fact = f"{path}/{at}"
            return Reason("eca_unknown", fact, have=credential.level, need=rules.education_minimum)
    return Reason("education_unknown", CREDENTIALS, need=rules.education_minimum)


def education(case: Case, grid: Grid, rules: FswRules) -> Criterion:
    """A secondary diploma or more, Canadian or with a valid ECA; one that the pass mark hangs on is missing."""
    ends = education_ends(case.candidate, case.rules)
    unknown = _unknown_education(case, rules)
    low, high = (
        _education(fact, rules, hangs=mark >= rules.pass_mark > mark - missing)
        for fact, mark, missing in zip((ends.low[0], ends.high[0]), grid.judged()[:2], grid.missing_eca, strict=True)
    )
    return of_ends(low, high, unknown)


def _education(fact: EducationFact, rules: FswRules, *, hangs: bool) -> Criterion:
    """`hangs`: whether the pass mark is reached only with an ECA that is missing."""
    need = rules.education_minimum
    if RANK[fact.level] >= RANK[need] and not hangs:
        return Criterion("met", Reason("education_met", CREDENTIALS, have=fact.level, need=need))
    if fact.awaits_eca or RANK[fact.level] >= RANK[need]:
        return Criterion("near", Reason("eca_missing", CREDENTIALS, need="eca", missing="eca", estimate=True))
    return Criterion("failed", Reason("education_short", CREDENTIALS, have=fact.level, need=need))


def grid_criterion(grid: Grid, rules: FswRules) -> Criterion:
    """The pass mark, with the missing ECA counted and the missing test at the program's minimum."""
    low, high, high_judged = grid.judged()
    unknown = Reason("grid_unknown", GRID, have=low, need=rules.pass_mark)
    found = of_ends(_passes(low, grid, rules), _passes(high, grid, rules), unknown)
    best = _passes(high_judged, grid, rules).status
    if found.status == "unknown":
        return Criterion("unknown", unknown, (found.may[0], best))
    if best != found.status:
        return Criterion("advice", Reason("needs_advice", JOBS, have=low, need=rules.pass_mark), (found.status, best))
    return found


def _passes(points: int, grid: Grid, rules: FswRules) -> Criterion:
    short = rules.pass_mark - points
    if short <= 0:
        reason = Reason("grid_met", GRID, have=points, need=rules.pass_mark, estimate=grid.is_estimate)
        return Criterion("met", reason)
    near = short <= grid.case.rules.near.grid_points
    reason = Reason("grid_short", GRID, points, rules.pass_mark, short, grid.is_estimate)
    return Criterion("near" if near else "failed", reason)
