"""Category-based selection: whether the facts of a profile meet each category in force on the day (IRPA 10.3).

A category filters the pool: whoever meets its facts must meet one of the three programs too, or is not in the pool.
"""

from __future__ import annotations

from datetime import date

from scoring import experience
from scoring.case import Case, Side
from scoring.education import RANK, education_ends
from scoring.experience import Tri, all_of, any_of
from scoring.months import Counted, Measure, Need, criterion, leaves
from scoring.profile import Job, Military
from scoring.programs.common import Languages, all_four, of_ends, one_language, unique, worst_and_best
from scoring.provisions import CategoryVersion
from scoring.reasons import Criterion, Reason

JOBS = "/candidate/jobs"
MILITARY = "/candidate/military"


def facts_of(case: Case, category: CategoryVersion, languages: Languages) -> list[Criterion]:
    """The criteria of one category version, without the condition of the pool."""
    if category.kind == "language":
        return [french(languages, category, case)]
    if category.kind == "military":
        return military(case, category)
    return [listed_work(case, category)]


def french(languages: Languages, category: CategoryVersion, case: Case) -> Criterion:
    """NCLC at the minimum in all four abilities, shown by a French test."""
    fact, need = "/candidate/language_results", all_four(category.min_level)
    readings = unique(fr for _, fr in languages.pairs())
    found = [
        Criterion("near", Reason("french_test_missing", fact, need=dict(need), missing=dict(need)))
        if reading is None
        else one_language(reading, need, case.rules.near)
        for reading in readings
    ]
    if len({item.status for item in found}) == 1:
        return found[0]
    return Criterion("unknown", Reason("language_unknown", fact, need=dict(need)), worst_and_best(found))


def needed(category: CategoryVersion) -> Need:
    """The months that a category asks for, in one listed unit group."""
    return Need(category.months, category.window_years, one_group=True, continuous=category.continuous)


def counts(job: Job, category: CategoryVersion) -> Tri:
    """Whether a job is paid work in a listed unit group, in Canada for a Canadian employer where that is asked."""
    listed = None if job.noc is None else job.noc in category.nocs
    if listed is False:
        return False
    here = all_of(experience.in_canada(job), job.canadian_employer) if category.canada_only else True
    return all_of(listed, job.paid, here)


def is_judgement(job: Job) -> Tri:
    """Student, self-employed and unauthorized work: the texts of the categories are silent on it."""
    return any_of(job.self_employed, job.full_time_student, experience.is_unauthorized(job))


def counted(side: Side, category: CategoryVersion) -> list[Counted]:
    """The jobs that count for a category, or may."""
    found = []
    for path, job in side.jobs or ():
        count = counts(job, category)
        if count is not False:
            found.append(Counted(path, job, count, is_judgement(job)))
    return found


def listed_work(case: Case, category: CategoryVersion) -> Criterion:
    """The months in one listed unit group within the window."""
    need = needed(category)
    if case.candidate.jobs is None:
        return Criterion("unknown", Reason("listed_work_unknown", JOBS, need=need.months))
    jobs = counted(case.candidate, category)
    if not jobs:
        return Criterion("failed", Reason("no_listed_work", JOBS, have=0, need=need.months, missing=need.months))
    return criterion(Measure(jobs, need, case.rules).result(), "listed_work", JOBS, need)


def leaves_on(case: Case, category: CategoryVersion) -> date | None:
    """The first day soon on which months leave the window and the category no longer fits; None when none does."""
    return leaves(counted(case.candidate, category), needed(category), case.rules, case.rules.near.expiring_days)


# --- military -------------------------------------------------------------------------------------------------------


def military(case: Case, category: CategoryVersion) -> list[Criterion]:
    """An offer of the Canadian Armed Forces, continuous foreign service, work in a listed group, and a credential."""
    held = case.candidate.military
    if held is None:
        unknown = Criterion("unknown", Reason("military_unknown", MILITARY))
        return [unknown, _aligned(case, category), _credential(case, category)]
    if not isinstance(held, Military):
        return [Criterion("failed", Reason("no_military_offer", MILITARY, have=False, need=True))]
    offer_listed = None if held.offer_noc is None else held.offer_noc in category.nocs
    return [
        _at_least("offer_years", held.offer_years, category.offer_years),
        _flag("offer_listed", "offer_noc", offer_listed, held.offer_noc),
        _flag("offer_full_time", "offer_full_time", held.offer_full_time, held.offer_full_time),
        _at_least("service_years", held.service_years, category.service_years),
        _flag("service_continuous", "continuous", held.continuous, held.continuous),
        _flag("serving", "serving", held.serving, held.serving),
        _aligned(case, category),
        _credential(case, category),
    ]


def _at_least(name: str, have: float | None, need: int) -> Criterion:
    fact = f"{MILITARY}/{name}"
    if have is None:
        return Criterion("unknown", Reason(f"{name}_unknown", fact, need=need))
    if have >= need:
        return Criterion("met", Reason(f"{name}_met", fact, have=have, need=need))
    return Criterion("failed", Reason(f"{name}_short", fact, have, need, need - have))


def _flag(name: str, key: str, holds: Tri, have: object) -> Criterion:
    fact = f"{MILITARY}/{key}"
    if holds is None:
        return Criterion("unknown", Reason(f"{name}_unknown", fact, need=True))
    return Criterion("met" if holds else "failed", Reason(f"{name}_{'met' if holds else 'missing'}", fact, have, True))


def _aligned(case: Case, category: CategoryVersion) -> Criterion:
    """Some work of any length in a listed unit group."""
    jobs = case.candidate.jobs
    listed: Tri = None
    if jobs is not None:
        listed = any_of(False, *(None if job.noc is None else job.noc in category.nocs for _, job in jobs))
    if listed is None:
        return Criterion("unknown", Reason("listed_work_unknown", JOBS))
    return Criterion("met" if listed else "failed", Reason("listed_work_met" if listed else "no_listed_work", JOBS))


def _credential(case: Case, category: CategoryVersion) -> Criterion:
    """A post-secondary credential of the least level, assessed when it is foreign."""
    fact, need = "/candidate/credentials", category.education_minimum

    def status(level: str, assessed: str) -> Criterion:
        if RANK[level] >= RANK[need]:
            return Criterion("met", Reason("education_met", fact, have=level, need=need))
        if RANK[assessed] >= RANK[need]:
            return Criterion("near", Reason("eca_missing", fact, need="eca", missing="eca", estimate=True))
        return Criterion("failed", Reason("education_short", fact, have=level, need=need))

    ends = education_ends(case.candidate, case.rules)
    low, high = ends.low[0], ends.high[0]
    return of_ends(
        status(low.level, low.assessed), status(high.level, high.assessed), Reason("education_unknown", fact, need=need)
    )
