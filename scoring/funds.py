"""Settlement funds: the amount by family size, who is counted, and who is exempt (IRPR 76(1)(b), 87.2(5))."""

from __future__ import annotations

from scoring.calendar import whole_years
from scoring.case import Case
from scoring.experience import Tri, all_of, any_of, negated
from scoring.profile import MOST_ITEMS, Dependant
from scoring.programs.common import no_rules, of_ends
from scoring.reasons import Criterion, Reason
from scoring.rulebook import Rules

FUNDS = "/household/settlement_funds_cad"


def is_dependent(child: Dependant, rules: Rules) -> Tri:
    """Whether a child counts: under 22 without a partner, or older and dependent by condition (IRPR 2)."""
    young = (
        None if child.birth_date is None else whole_years(child.birth_date, rules.on) < rules.dependent_child.under_age
    )
    return any_of(all_of(young, negated(child.has_partner)), all_of(negated(young), child.dependent_by_condition))


def family_size(case: Case) -> tuple[int, int]:
    """The least and the greatest family size: everybody counts, coming to Canada or not."""
    low = high = 1
    if case.partner is not None:
        high += 1
        low += case.partner_known
    if case.dependants is None:
        return low, high + MOST_ITEMS
    for _, child in case.dependants:
        depends = is_dependent(child, case.rules)
        low += depends is True
        high += depends is not False
    return low, high


def funds(case: Case, offer: Tri) -> Criterion:
    """Whether the settlement funds are enough.

    `offer`: whether there is a job offer by a route that exempts together with authorization to work in Canada now; an
    offer alone does not exempt.
    """
    rules = case.rules
    exempt = all_of(case.candidate.facts.authorized_to_work_in_canada, offer)
    if exempt:
        return Criterion("met", Reason("funds_exempt", "/candidate/job_offers"))
    table = rules.funds
    if table is None:
        return no_rules("funds")
    have = case.fact("household", "settlement_funds_cad")
    smallest, largest = family_size(case)
    unknown = Reason("funds_unknown", FUNDS, have=have, need=table.needed(smallest))
    if have is None:
        return Criterion("unknown", unknown)
    poorer, richer = _enough(have, table.needed(largest), rules), _enough(have, table.needed(smallest), rules)
    # where both fall short, what is surely missing is told: that of the smallest family that is possible
    found = richer if poorer.status == richer.status else of_ends(poorer, richer, unknown)
    if exempt is None and found.status != "met":
        reason = Reason("funds_exemption_unknown", FUNDS, have=have, need=table.needed(smallest))
        return Criterion("unknown", reason, (poorer.status, "met"))
    return found


def _enough(have: float, need: int, rules: Rules) -> Criterion:
    if have >= need:
        return Criterion("met", Reason("funds_met", FUNDS, have=have, need=need))
    near = need - have <= need * rules.near.funds_share
    return Criterion("near" if near else "failed", Reason("funds_short", FUNDS, have, need, need - have))
