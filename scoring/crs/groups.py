"""The ends of every group of facts that the CRS looks at. Groups do not depend on one another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from scoring.abilities import NO_CLB, Clbs
from scoring.age import AgeFact, known_age, possible_ages
from scoring.case import Case, Completion, Side
from scoring.crs.facts import NO_PARTNER, Flag, OfferFact, PartnerFact
from scoring.crs.work import WorkFact, work_ends
from scoring.education import EducationFact, education_ends
from scoring.ends import Ends, one
from scoring.experience import Tri, all_of
from scoring.extent import noc_of
from scoring.language import LanguageFact, language_ends
from scoring.occupations import teer, unit_groups
from scoring.offers import ROUTES, in_teers, is_lasting
from scoring.profile import Certificate, JobOffer, Nomination, Partner
from scoring.rulebook import Rules


class Groups(NamedTuple):
    """The ends of each group, in the order of `CrsFacts`."""

    age: Ends[AgeFact]
    education: Ends[EducationFact]
    language: Ends[LanguageFact]
    work: Ends[WorkFact]
    certificate: Ends[Flag]
    nomination: Ends[Flag]
    sibling: Ends[Flag]
    offer: Ends[OfferFact]
    partner: Ends[PartnerFact]

    @property
    def known(self) -> bool:
        """Whether every group has only one outcome."""
        return all(ends.known for ends in self)


YES, NO = one(Flag(True, {})), one(Flag(False, {}))
NO_OFFER = OfferFact(0, 0, "", {})


def groups_of(case: Case) -> Groups:
    """The ends of every group of a profile on the day."""
    side, rules = case.candidate, case.rules
    return Groups(
        age_ends(side, rules),
        education_ends(side, rules),
        language_ends(side, rules),
        work_ends(side, rules),
        certificate_ends(side),
        nomination_ends(side),
        flag_ends(side.sibling, f"{side.path}/sibling_in_canada"),
        offer_ends(side, rules),
        partner_ends(case),
    )


def age_ends(side: Side, rules: Rules) -> Ends[AgeFact]:
    """The known age, or the ages that pay least and most. Both columns pay ages in the same order."""
    known = known_age(side, rules)
    if known is not None:
        return one(known)
    ages = sorted(possible_ages(side, rules), key=lambda fact: rules.age.points(fact.years, False))
    return Ends(ages[:1], ages[-1:])


def flag_ends(value: bool | None, path: str) -> Ends[Flag]:
    """A fact that is so, is not, or is unknown."""
    if value is None:
        return Ends([Flag(False, {path: False})], [Flag(True, {path: True})])
    return YES if value else NO


def certificate_ends(side: Side) -> Ends[Flag]:
    """Whether there is a certificate of qualification in a trade from a Canadian authority."""
    if side.certificate is None:
        path = f"{side.path}/trade_certificate"
        return Ends([Flag(False, {path: False})], [Flag(True, {path: {}})])
    return YES if isinstance(side.certificate, Certificate) else NO


def nomination_ends(side: Side) -> Ends[Flag]:
    """Whether there is an enhanced nomination; a base nomination brings nothing in Express Entry."""
    path, found = f"{side.path}/nomination", side.nomination
    if found is None:
        return Ends([Flag(False, {path: False})], [Flag(True, {path: {"enhanced": True}})])
    if isinstance(found, Nomination):
        return flag_ends(found.enhanced, f"{path}/enhanced")
    return NO


def qualifies(offer: JobOffer, rules: Rules) -> Tri:
    """Whether a job offer is of the kind that brought points (programs.yaml; MI 2015 and 2016, s. 29)."""
    return all_of(in_teers(offer, rules.job_offer.teers), is_lasting(offer, rules.job_offer.routes))


def offer_ends(side: Side, rules: Rules) -> Ends[OfferFact]:
    """What the best offer brings on the day; known to be nothing where offers bring nothing."""
    table, levels = rules.job_offer, rules.high_wage.levels
    pays = table.points or table.points_senior_managers or any(level.points_job_offer for level in levels)
    if not pays or side.offers == []:
        return one(NO_OFFER)
    path = f"{side.path}/job_offers"
    items = side.offers
    if items is None:
        best = max(
            (_offer_fact(_whole({}, noc), rules, {path: [_whole({}, noc)]}) for noc in _telling_nocs(rules)), key=_worth
        )
        return Ends([OfferFact(0, 0, "", {path: []})], [best])
    if all(qualifies(offer, rules) is False or (qualifies(offer, rules) and offer.noc) for _, offer in items):
        sure = [_offer_fact(offer.model_dump(), rules, {}) for _, offer in items if qualifies(offer, rules)]
        return one(max(sure, key=_worth, default=NO_OFFER))
    return Ends([_end(items, rules, best=False)], [_end(items, rules, best=True)])


def _worth(fact: OfferFact) -> int:
    return fact.points + fact.high_wage


def _telling_nocs(rules: Rules) -> list[str]:
    """A unit group for each way in which offers can differ: senior manager, listed at a level, and any other."""
    senior = next(code for code in _codes(rules) if code.startswith(rules.job_offer.senior_managers_prefix))
    listed = [min(level.nocs) for level in rules.high_wage.levels if level.nocs]
    return [senior, *listed, noc_of(rules.job_offer.teers, True, frozenset({senior}))]


def _codes(rules: Rules) -> Iterable[str]:
    return (code for code in unit_groups() if teer(code) in rules.job_offer.teers)


def _whole(offer: dict[str, Any], noc: str) -> dict[str, Any]:
    whole = {"noc": noc, "full_time": True, "permanent_or_one_year": True, "route": "a"}
    return whole | {key: value for key, value in offer.items() if value is not None}


def _offer_fact(offer: dict[str, Any], rules: Rules, completion: Completion) -> OfferFact:
    table, noc = rules.job_offer, offer["noc"]
    senior = noc.startswith(table.senior_managers_prefix)
    wage = max((level.points_job_offer for level in rules.high_wage.levels if noc in level.nocs), default=0)
    return OfferFact(table.points_senior_managers if senior else table.points, wage, noc, completion)


def _end(items: list[tuple[str, JobOffer]], rules: Rules, *, best: bool) -> OfferFact:
    completion = Completion()
    facts = [NO_OFFER]
    for path, offer in items:
        possible = qualifies(offer, rules)
        given = offer.model_dump()
        if possible is False:
            continue
        if best:
            nocs = [offer.noc] if offer.noc else _telling_nocs(rules)
            values, fact = max(
                ((_whole(given, noc), _offer_fact(_whole(given, noc), rules, {})) for noc in nocs),
                key=lambda pair: _worth(pair[1]),
            )
            facts.append(fact)
        else:
            values = _whole(given, noc_of(rules.job_offer.teers, True, frozenset()))
            if possible is None:
                values |= _spoiled(offer, rules)
            else:
                facts.append(_offer_fact(values, rules, {}))
        completion |= {f"{path}/{key}": value for key, value in values.items() if given.get(key) is None}
    return max(facts, key=_worth)._replace(completion=completion)


def _spoiled(offer: JobOffer, rules: Rules) -> dict[str, Any]:
    """A value for one unknown fact of an offer that keeps it from bringing points."""
    if offer.full_time is None:
        return {"full_time": False}
    if offer.permanent_or_one_year is None:
        return {"permanent_or_one_year": False}
    if offer.noc is None:
        return {"noc": noc_of(rules.job_offer.teers, False, frozenset())}
    unpaid = [route for route in ROUTES if route not in rules.job_offer.routes]
    return {"route": unpaid[0]} if unpaid else {}


# --- the partner ---------------------------------------------------------------------------------------------------


def partner_ends(case: Case) -> Ends[PartnerFact]:
    """Whether a partner applies, and what they bring at least and at most (crs.yaml, section 1)."""
    side = case.partner
    if side is None:
        return one(NO_PARTNER)
    facts = side.facts
    assert isinstance(facts, Partner)
    may_apply = facts.accompanying is not False and facts.canadian_or_permanent_resident is not True
    surely = case.partner_known and facts.accompanying is True and facts.canadian_or_permanent_resident is False
    outside = [] if surely else [NO_PARTNER._replace(completion=_not_applying(case, facts))]
    if not may_apply:
        return one(NO_PARTNER)
    applying = {
        f"{side.path}/{name}": value
        for name, value in (("accompanying", True), ("canadian_or_permanent_resident", False))
        if getattr(facts, name) is None
    }
    ends = applying_ends(case, side)
    if surely and ends.known:
        return ends
    return Ends(
        [*outside, *(fact._replace(completion=applying | fact.completion) for fact in ends.low)],
        [*outside, *(fact._replace(completion=applying | fact.completion) for fact in ends.high)],
    )


def _not_applying(case: Case, facts: Partner) -> Completion:
    if not case.partner_known:
        return {"/partner": False}
    if facts.accompanying is None:
        return {"/partner/accompanying": False}
    return {"/partner/canadian_or_permanent_resident": True}


def applying_ends(case: Case, side: Side) -> Ends[PartnerFact]:
    """The ends of a partner who applies: their education, their one language, their Canadian work, a sibling."""
    rules = case.rules
    education, language, work = education_ends(side, rules), language_ends(side, rules), work_ends(side, rules)
    sibling = flag_ends(side.sibling, f"{side.path}/sibling_in_canada")
    low = _applying(
        education.low[0],
        min((_spoken(fact, rules) for fact in language.low), key=lambda spoken: spoken[0]),
        min(work.low, key=lambda fact: fact.years.canadian),
        sibling.low[0],
    )
    if education.known and language.known and work.known and sibling.known:
        return one(low)
    high = _applying(
        education.high[0],
        max((_spoken(fact, rules) for fact in language.high), key=lambda spoken: spoken[0]),
        max(work.high, key=lambda fact: fact.years.canadian),
        sibling.high[0],
    )
    return Ends([low], [high])


_Spoken = tuple[int, Clbs, str, bool, Completion]


def _spoken(fact: LanguageFact, rules: Rules) -> _Spoken:
    """The one language that pays a partner most: (points, levels, language, estimated, values chosen)."""
    best: _Spoken = (-1, NO_CLB, "", False, fact.completion)
    for choice in fact.choices:
        found = choice.first_reading
        clbs = found.clbs if found else NO_CLB
        points = sum(rules.partner_language.points(clb) for clb in clbs)
        if points > best[0]:
            best = (points, clbs, choice.first, bool(found and found.estimate), fact.completion)
    return best


def _applying(education: EducationFact, spoken: _Spoken, work: WorkFact, sibling: Flag) -> PartnerFact:
    return PartnerFact(
        True,
        education.level,
        spoken[1],
        spoken[2],
        work.years.canadian,
        sibling.holds,
        spoken[3],
        work.canadian_estimate,
        {**education.completion, **spoken[4], **work.completion, **sibling.completion},
    )
