"""The papers that one person needs after an invitation to apply: each with why, and where it was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from scoring.calendar import whole_years
from scoring.case import Case, open_case
from scoring.funds import family_size, funds, is_dependent
from scoring.offers import any_skilled
from scoring.paper_rules import PaperRule, medical, papers, police
from scoring.profile import WITH_PARTNER, Job, Nomination, Partner, Profile
from scoring.reasons import Criterion
from scoring.rulebook import Rulebook, shipped
from scoring.stays import HOME, Lived, lived

Status = Literal["needed", "cannot_tell", "exempt", "if_asked", "later"]
"""`cannot_tell`: an open fact decides. `exempt`: a letter that says why takes its place. `later`: on instruction."""
UNITED_STATES = "US"
ADULT = 18
"""The age from which somebody of the family has a certificate of their own; the same as in `[[police]]`."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. `id` is the same from day to day, for ticking off; `kind` chooses its words; `rule`: where read."""

    id: str
    kind: str
    status: Status
    values: dict[str, Any]
    rule: PaperRule


@dataclass(slots=True)
class _Desk:
    """What the papers are made from."""

    case: Case
    on: date
    sources: dict[str, PaperRule]
    book: Rulebook | None = None
    program: str | None = None
    made: list[Paper] = field(default_factory=list)

    def add(self, name: str, kind: str, status: Status = "needed", source: str | None = None, **values: Any) -> None:
        rule = self.sources.get(source or kind)
        if rule is not None:
            self.made.append(Paper(name, kind, status, values, rule))


def documents(
    profile: Profile, on: date, *, assume_absent: Iterable[str] = (), book: Rulebook | None = None
) -> list[Paper]:
    """The papers for an application under the program of the invitation, in the order of how long they take.

    Raises NoRulesError where the day has no rules.
    """
    case = open_case(profile, (book or shipped()).on(on), tuple(assume_absent))
    desk = _Desk(case, on, papers(on, book), book, case.invitation.program if case.invitation else None)
    _police(desk)
    _letters(desk)
    desk.add("medical", "medical", "needed" if medical(on, book).upfront else "later")
    _funds(desk)
    _studies(desk)
    _family(desk)
    _claims(desk)
    for name in ("passport", "history", "fees"):
        desk.add(name, name)
    return desk.made


def countries(case: Case, book: Rulebook | None = None) -> list[Lived] | None:
    """Where the candidate lived, and what that asks for; None where it was not told."""
    told = case.fact("household", "residences")
    rule = police(case.on, book)
    return None if told is None else lived(told, case.candidate.facts.birth_date, case.on, rule)


def _police(desk: _Desk) -> None:
    found, rule = countries(desk.case, desk.book), police(desk.on, desk.book)
    if found is None:
        desk.add("police", "police", "cannot_tell", country=None, months=rule.months, years=rule.years)
    for each in found or ():
        values: dict[str, Any] = {
            "country": each.country,
            "here": each.here,
            "last": each.last,
            "fresh_months": rule.fresh_months,
        }
        status: Status | None = {"needed": "needed", "verify": "if_asked", "unknown": "cannot_tell"}.get(each.need)  # type: ignore[assignment]
        if status is None:
            continue
        us = each.country == UNITED_STATES
        desk.add(f"police.{each.country}", "fbi" if us else "police", status, **values)
        if us:
            desk.add("us_state", "us_state", "if_asked")
    if any(_grown(desk)):
        desk.add("police_family", "police_family", source="police", months=rule.months, years=rule.years)


def _grown(desk: _Desk) -> Iterator[bool]:
    """Whether somebody of the family has certificates of their own: a partner who is not Canadian, a grown child."""
    partner = desk.case.profile.partner
    yield isinstance(partner, Partner) and not partner.canadian_or_permanent_resident
    for _, child in desk.case.dependants or ():
        yield child.birth_date is not None and whole_years(child.birth_date, desk.on) >= ADULT and _depends(desk, child)


def _depends(desk: _Desk, child: Any) -> bool:
    return is_dependent(child, desk.case.rules) is not False


def _letters(desk: _Desk) -> None:
    jobs = desk.case.candidate.jobs
    if jobs is None:
        desk.add("letter", "letter", "cannot_tell", job=None)
    for path, job in jobs or ():
        if job.paid is False:
            continue
        kind = "own_business" if job.self_employed else "letter"
        desk.add(f"letter.{path.rpartition('/')[2]}", kind, job=_job(job), canadian=job.country == HOME)


def _job(job: Job) -> dict[str, Any]:
    return {"noc": job.noc, "title": job.title, "country": job.country}


def _funds(desk: _Desk) -> None:
    """CEC asks for none; the other two do, without authorization to work and an offer together (IRPR 76, 87.2)."""
    table = desk.case.rules.funds
    smallest, _ = family_size(desk.case)
    have = desk.case.fact("household", "settlement_funds_cad")
    values: dict[str, Any] = {"need": table.needed(smallest) if table else None, "size": smallest, "have": have}
    values["program"] = desk.program
    if desk.program == "cec":
        desk.add("funds", "funds", "exempt", why="cec", **values)
    elif exempt_by_offer(desk.case, desk.program):
        desk.add("funds", "funds", "exempt", why="offer", **values)
    else:
        asked: Status = "needed" if desk.program in ("fsw", "fst") else "cannot_tell"
        desk.add("funds", "funds", asked, why=None, **values)


def exempt_by_offer(case: Case, program: str | None) -> bool:
    """Whether authorization to work and a job offer by the right route, both together, exempt from funds."""
    exemption = case.rules.exemption
    if exemption is None:
        return False
    routes = exemption.fst_routes if program == "fst" else exemption.fsw_routes
    found: Criterion = funds(case, any_skilled(case, routes))
    return found.reason.code == "funds_exempt"


def _studies(desk: _Desk) -> None:
    side = desk.case.candidate
    desk.add("language", "language", "needed", tests=[result.test for _, result in side.results or ()])
    for path, item in side.credentials or ():
        values: dict[str, Any] = {"level": item.level, "foreign": item.country != HOME, "eca": item.eca is not False}
        desk.add(f"education.{path.rpartition('/')[2]}", "education", **values)


def _family(desk: _Desk) -> None:
    status = desk.case.fact("household", "marital_status")
    partner = desk.case.profile.partner
    if status in WITH_PARTNER:
        desk.add(status, status, source="status")
    elif status in ("separated", "divorced", "widowed"):
        desk.add("ended", "ended", source="status", status=status)
    elif status is None and partner is not False:
        desk.add("civil", "civil", "cannot_tell", source="status")
    if isinstance(partner, Partner):
        coming = bool(partner.accompanying) and not partner.canadian_or_permanent_resident
        desk.add("partner", "partner_papers", source="family", coming=coming)
    children = [child for _, child in desk.case.dependants or () if _depends(desk, child)]
    if children:
        desk.add("children", "children", source="family", count=len(children))
    elif desk.case.dependants is None:
        desk.add("children", "children", "cannot_tell", source="family", count=None)


def _claims(desk: _Desk) -> None:
    side = desk.case.candidate
    if isinstance(side.nomination, Nomination) or desk.program == "pnp":
        desk.add("nomination", "nomination")
    if side.offers:
        desk.add("offer", "offer")
