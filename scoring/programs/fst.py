"""Federal Skilled Trades Program (IRPR 87.2): two years in one trade in five, and a certificate or an offer."""

from __future__ import annotations

from scoring import experience
from scoring.case import Case
from scoring.experience import Tri, all_of, any_of
from scoring.funds import funds
from scoring.months import Counted, Measure, Need, criterion
from scoring.offers import is_lasting
from scoring.profile import Certificate, Job
from scoring.programs.common import Languages, language, no_rules, outside_quebec
from scoring.provisions import FstRules
from scoring.reasons import VERDICTS, Criterion, Reason, verdict
from scoring.rulebook import Rules

JOBS = "/candidate/jobs"
ANY_TRADE = ""
"""The trade of work whose unit group is unknown."""


def fst(case: Case, languages: Languages) -> list[Criterion]:
    """The criteria of the FSTP for the trade that stands best."""
    return max(readings(case, languages), key=lambda criteria: VERDICTS.index(verdict(criteria)))


def readings(case: Case, languages: Languages) -> list[list[Criterion]]:
    """The criteria of the FSTP for each trade that the jobs are in, or may be in."""
    rules, exemption = case.rules.fst, case.rules.exemption
    if rules is None or not case.rules.noc_in_use:
        return [[no_rules("fst")]]
    waived = exemption.fst_routes if exemption else ()
    spoken = language(languages, [rules.language], case.rules, "/candidate/language_results")
    return [
        [
            work(case, trade, rules),
            qualification(case, trade, rules),
            spoken,
            funds(case, has_offer(case, trade, waived)),
            outside_quebec(case),
        ]
        for trade in trades(case, rules)
    ]


def needed(rules: FstRules) -> Need:
    """Two years in one trade, in several stretches, since qualified."""
    return Need(rules.work_months, rules.window_years, one_group=True, continuous=False, qualified=True)


def trades(case: Case, rules: FstRules) -> list[str]:
    """The trades that the jobs are in, or may be in."""
    if not case.candidate.jobs:
        return [ANY_TRADE]
    known = dict.fromkeys(
        job.noc or ANY_TRADE for _, job in case.candidate.jobs if job.noc is None or rules.is_trade(job.noc)
    )
    return list(known) or [ANY_TRADE]


def counts(job: Job, trade: str, rules: FstRules, law: Rules) -> Tri:
    """Whether a job is paid work in the trade, by somebody qualified in it."""
    if job.noc is None:
        in_trade: Tri = None
    else:
        in_trade = rules.is_trade(job.noc) and trade in (job.noc, ANY_TRADE)
    qualified = None if job.qualified_since is None else job.qualified_since <= law.on
    return all_of(in_trade, job.paid, qualified)


def is_judgement(job: Job) -> Tri:
    """Self-employed, student and unauthorized work: IRCC's page and the regulations differ, or are silent."""
    return any_of(job.self_employed, job.full_time_student, experience.is_unauthorized(job))


def work(case: Case, trade: str, rules: FstRules) -> Criterion:
    """The two years in the trade."""
    need = needed(rules)
    if case.candidate.jobs is None:
        return Criterion("unknown", Reason("trade_work_unknown", JOBS, need=need.months))
    return criterion(measure(case, trade, rules).result(), "trade_work", JOBS, need)


def measure(case: Case, trade: str, rules: FstRules) -> Measure:
    """The measure of the work in a trade."""
    jobs = [
        Counted(path, job, counts(job, trade, rules, case.rules), is_judgement(job))
        for path, job in case.candidate.jobs or ()
    ]
    return Measure(jobs, needed(rules), case.rules)


def qualification(case: Case, trade: str, rules: FstRules) -> Criterion:
    """A Canadian certificate of qualification in that trade, or a job offer in it from up to two employers."""
    certified, offered = has_certificate(case, trade, rules), has_offer(case, trade, rules.routes)
    either = any_of(certified, offered)
    if either:
        fact = "/candidate/trade_certificate" if certified else "/candidate/job_offers"
        return Criterion("met", Reason("certificate_or_offer_met", fact))
    if either is None:
        fact = "/candidate/trade_certificate" if certified is None else "/candidate/job_offers"
        return Criterion("unknown", Reason("certificate_or_offer_unknown", fact))
    return Criterion("failed", Reason("certificate_or_offer_missing", "/candidate/trade_certificate"))


def has_certificate(case: Case, trade: str, rules: FstRules) -> Tri:
    """Whether the certificate is of the trade."""
    held = case.candidate.certificate
    if not isinstance(held, Certificate):
        return None if held is None else False
    if held.noc is None:
        return None
    if trade == ANY_TRADE:
        return None if rules.is_trade(held.noc) else False
    return held.noc == trade


def has_offer(case: Case, trade: str, routes: tuple[str, ...]) -> Tri:
    """Whether there is an offer in the trade by one of some routes of 87.2(3)(d)(ii) to (v)."""
    if case.candidate.offers is None:
        return None
    held = [
        all_of(
            is_lasting(offer, routes),
            None if offer.noc is None or not trade else offer.noc == trade,
        )
        for _, offer in case.candidate.offers
    ]
    return any_of(False, *held)
