"""The mistakes that cost people their application, each checked against one person's facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Literal

from scoring import draws
from scoring.assessment import PROGRAMS, Fit, assess
from scoring.calendar import add_years
from scoring.case import Case, open_case
from scoring.documents import UNITED_STATES, countries
from scoring.draws import Round
from scoring.education import eca_expires
from scoring.language import expires
from scoring.paper_rules import CheckRule, checks
from scoring.profile import WITH_PARTNER, Eca, Profile
from scoring.provisions import Days
from scoring.rulebook import NoRulesError, Rulebook, shipped
from scoring.too_early import on_the_day

Found = Literal["ok", "look", "cannot_tell"]
HISTORY_YEARS = 10
LONGEST_GAP = 31
"""Days between two jobs that nobody asks about; a longer gap has to be told of."""
STATED = "stated_clb"


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what was found, why by a code, what the words of the code need, and where it was read."""

    id: str
    found: Found
    code: str
    rule: CheckRule
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known beside the profile: the status that was told, who of the children comes, and the round.

    `other_jobs`: whether there may be jobs that were not told.
    """

    marital_status: str | None = None
    all_children: bool | None = None
    held: Round | None = None
    other_jobs: bool = False


@dataclass(frozen=True, slots=True)
class _Looked:
    profile: Profile
    case: Case
    on: date
    told: Answers
    assumed: tuple[str, ...]
    book: Rulebook | None
    history: draws.History | None

    @property
    def invited_on(self) -> date | None:
        return self.case.invitation.on if self.case.invitation else None

    @property
    def last_day(self) -> date | None:
        """The last day to apply; None where the day of the invitation is not known, or has no rule."""
        if self.invited_on is None:
            return None
        law = (self.book or shipped()).all("process", "invitation", Days, self.invited_on)
        return self.invited_on + timedelta(law[-1].days) if law else None

    def fits(self, day: date) -> dict[str, Fit]:
        """The programs and types of draw on a day, by id. Raises NoRulesError where the day has no rules."""
        found = assess(
            self.profile, day, assume_absent=self.assumed, telling=False, book=self.book, history=self.history
        )
        return {fit.id: fit for fit in (*found.draw_types, *found.programs)}


Told = tuple[Found, str, dict[str, Any]]


def mistakes(
    profile: Profile,
    on: date,
    told: Answers | None = None,
    *,
    assume_absent: Iterable[str] = (),
    book: Rulebook | None = None,
    history: draws.History | None = None,
) -> list[Check]:
    """Every check, in the order of `rules/documents.toml`. Raises NoRulesError where the day has no rules."""
    assumed = tuple(assume_absent)
    case = open_case(profile, (book or shipped()).on(on), assumed)
    looked = _Looked(profile, case, on, told or Answers(), assumed, book, history)
    found = []
    for name, rule in checks(on, book).items():
        verdict, code, values = _CHECKS[name](looked)
        found.append(Check(name, verdict, code, rule, values))
    return found


def _police(looked: _Looked) -> Told:
    """Every country lived in for six months or more in a row since 18, in the last ten years."""
    found = countries(looked.case, looked.book)
    if found is None or looked.case.candidate.facts.birth_date is None:
        return "cannot_tell", "no_stays" if found is None else "no_birth_date", {}
    by_need = {need: [each.country for each in found if each.need == need] for need in ("needed", "verify", "unknown")}
    if by_need["unknown"]:
        return "cannot_tell", "stay_not_dated", {"countries": by_need["unknown"]}
    if by_need["needed"]:
        return "look", "certificates", {"countries": by_need["needed"]}
    return ("look", "older_stays", {"countries": by_need["verify"]}) if by_need["verify"] else ("ok", "none", {})


def _united_states(looked: _Looked) -> Told:
    found = countries(looked.case, looked.book)
    if found is None:
        return "cannot_tell", "no_stays", {}
    there = any(each.country == UNITED_STATES and each.need in ("needed", "verify") for each in found)
    return ("look", "fbi", {}) if there else ("ok", "not_there", {})


def _letters(looked: _Looked) -> Told:
    """A letter says dates and hours: what the profile says of each job has to be the same."""
    jobs = looked.case.candidate.jobs
    if jobs is None:
        return "cannot_tell", "no_jobs", {}
    open_jobs = [
        job.title or job.noc
        for _, job in jobs
        if job.noc is None or job.started_on is None or job.hours_per_week is None or job.months is not None
    ]
    if open_jobs:
        return "look", "inexact", {"count": len(open_jobs)}
    return "ok", "exact" if jobs else "no_work", {"count": len(jobs)}


def _too_early(looked: _Looked) -> Told:
    """The program of the invitation has to have been met on its day."""
    day, named = looked.invited_on, looked.case.invitation.program if looked.case.invitation else None
    if day is None or named is None:
        return "cannot_tell", "no_invitation", {}
    try:
        then = on_the_day(looked.profile, named, day, assume_absent=looked.assumed, book=looked.book)
    except NoRulesError:
        return "cannot_tell", "no_rules", {}
    values: dict[str, Any] = {"program": named, "on": day}
    if then.found != "not_met":
        return ("ok", "met", values) if then.found == "met" else ("cannot_tell", "open_program", values)
    months = then.lacking[0].months if len(then.lacking) == 1 else None
    return "look", "not_met", {**values, "months": months, "other_jobs": looked.told.other_jobs}


def _marital(looked: _Looked) -> Told:
    """What was told of each agrees; who has no partner by the status has none to tell of."""
    status, partner = looked.told.marital_status, looked.profile.partner
    if status is None:
        return "cannot_tell", "no_status" if partner is not None else "nothing_told", {}
    if partner is None and status in WITH_PARTNER:
        return "cannot_tell", "no_partner_told", {"status": status}
    if partner is None:
        return "ok", "alone", {"status": status}
    if (status in WITH_PARTNER) != (partner is not False):
        return "look", "contradiction", {"status": status}
    return "ok", "agrees", {"status": status}


def _dependants(looked: _Looked) -> Told:
    told = looked.case.dependants
    if told is None:
        return "cannot_tell", "no_children_told", {}
    staying = told and looked.told.all_children is False
    partner = looked.profile.partner
    left = partner is not None and partner is not False and partner.accompanying is False
    if staying or left:
        return "look", "some_stay", {}
    if told and looked.told.all_children is None:
        return "cannot_tell", "not_said_who_comes", {}
    return "ok", "all_come", {"count": len(told)}


def _validities(looked: _Looked) -> Iterator[tuple[str, date | None]]:
    """What the application rests on that runs out, of both partners, with the first day on which it does not count."""
    case = looked.case
    for side in (case.candidate, *((case.partner,) if case.partner_known and case.partner else ())):
        for _, result in side.results or ():
            if result.test != STATED:
                yield "language", expires(result.taken_on, case.rules) if result.taken_on else None
        for _, item in side.credentials or ():
            if isinstance(item.eca, Eca):
                yield "eca", eca_expires(item.eca.issued_on, case.rules) if item.eca.issued_on else None


def _validity(looked: _Looked) -> Told:
    """Two years for a test, five for an ECA: whether each counts today."""
    return _still(looked, looked.on)


def _expiring(looked: _Looked) -> Told:
    """Whether each counts on the last day to apply still."""
    if looked.last_day is None:
        return "cannot_tell", "no_last_day", {}
    return _still(looked, looked.last_day)


def _still(looked: _Looked, day: date) -> Told:
    found = list(_validities(looked))
    over = sorted((end, what) for what, end in found if end is not None and end <= day)
    if over:
        end, what = over[0]
        return "look", "runs_out", {"what": what, "on": end, "by": day}
    if not found or any(end is None for _, end in found):
        return "cannot_tell", "no_dates", {}
    first = min(end for _, end in found if end is not None)
    return "ok", "holds", {"until": first, "by": day}


def _history(looked: _Looked) -> Told:
    """Ten years without a gap, and an assessment for each foreign diploma that was told."""
    side = looked.case.candidate
    if side.jobs is None:
        return "cannot_tell", "no_jobs", {}
    lacking = [item for _, item in side.credentials or () if item.country not in (None, "CA") and item.eca is False]
    if lacking:
        return "look", "no_eca", {"count": len(lacking)}
    if any(job.started_on is None for _, job in side.jobs):
        return "cannot_tell", "no_job_dates", {}
    gap = next(_gaps(looked), None)
    return ("look", "gap", {"from": gap[0], "until": gap[1]}) if gap else ("ok", "no_gap", {"years": HISTORY_YEARS})


def _gaps(looked: _Looked) -> Iterator[tuple[date, date]]:
    """Days of the last ten years on which no job was told, where they are many in a row."""
    covered = add_years(looked.on, -HISTORY_YEARS)
    spans = sorted(
        (job.started_on, looked.on if job.goes_on else job.ended_on or job.started_on)
        for _, job in looked.case.candidate.jobs or ()
        if job.started_on is not None
    )
    for first, last in [*spans, (looked.on + timedelta(1), looked.on)]:
        if (first - covered).days > LONGEST_GAP:
            yield covered, first - timedelta(1)
        covered = max(covered, last + timedelta(1))


def _category(looked: _Looked) -> Told:
    """Whether the type of the round fits on the day of the check; and whether others would fit too."""
    fits = looked.fits(looked.on)
    known = [name for name, fit in fits.items() if fit.verdict == "fits" and name not in PROGRAMS]
    held = looked.told.held
    if held is None:
        return "cannot_tell", "no_round", {"fits": known}
    fit = fits.get(held.type)
    values = {"type": held.type, "fits": known}
    if fit is None or fit.verdict == "cannot_tell":
        return "cannot_tell", "open_type", values
    return ("ok", "fits", values) if fit.verdict == "fits" else ("look", "does_not_fit", values)


_CHECKS: Mapping[str, Callable[[_Looked], Told]] = MappingProxyType(
    {
        "police": _police,
        "united_states": _united_states,
        "letters": _letters,
        "too_early": _too_early,
        "marital": _marital,
        "dependants": _dependants,
        "validity": _validity,
        "history": _history,
        "category": _category,
        "expiring": _expiring,
    }
)
