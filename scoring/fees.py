"""The government fees of an application received on a day, by who comes along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scoring.case import open_case
from scoring.funds import is_dependent
from scoring.paper_rules import FeeTable, fee_table
from scoring.profile import Partner, Profile
from scoring.rulebook import Rulebook, shipped


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee: what one costs, for how many at least and at most, and what that comes to, in Canadian dollars."""

    id: str
    each: int
    least: int
    most: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Fees:
    """The fees of a day, and the table that they stand in."""

    table: FeeTable
    fees: list[Fee]
    low: int
    high: int


def fees(profile: Profile, on: date, *, all_children: bool | None = None, book: Rulebook | None = None) -> Fees:
    """What is paid for those who come; who stays behind pays nothing, which is general knowledge, not a text read.

    `all_children`: whether every child comes; None where it is not known. Raises NoRulesError where the day has no
    table.
    """
    table = fee_table(on, book)
    found = list(_fees(table, _partners(profile), _children(profile, on, all_children, book)))
    return Fees(table, found, sum(fee.low for fee in found), sum(fee.high for fee in found))


def _fees(table: FeeTable, partners: tuple[int, int], children: tuple[int, int]) -> Iterator[Fee]:
    adults = (1 + partners[0], 1 + partners[1])
    yield _fee("principal", table.principal, (1, 1))
    yield from (_fee("partner", table.partner, partners),) if partners[1] else ()
    yield from (_fee("child", table.child, children),) if children[1] else ()
    yield _fee("landing", table.landing, adults)
    low = table.biometrics if adults[0] == 1 else table.biometrics_family
    # small children give none, and how old each one is may not be known
    high = table.biometrics if adults[1] + children[1] == 1 else table.biometrics_family
    yield Fee("biometrics", table.biometrics, adults[0], adults[1] + children[1], low, high)


def _fee(name: str, each: int, count: tuple[int, int]) -> Fee:
    return Fee(name, each, *count, count[0] * each, count[1] * each)


def _partners(profile: Profile) -> tuple[int, int]:
    partner = profile.partner
    if partner is None:
        return 0, 1
    if not isinstance(partner, Partner) or partner.canadian_or_permanent_resident or partner.accompanying is False:
        return 0, 0
    return (1, 1) if partner.accompanying else (0, 1)


def _children(profile: Profile, on: date, every: bool | None, book: Rulebook | None) -> tuple[int, int]:
    rules = (book or shipped()).on(on)
    told = open_case(profile, rules).dependants or ()
    depend = [is_dependent(child, rules) for _, child in told]
    least, most = sum(each is True for each in depend), sum(each is not False for each in depend)
    return (least if every else 0), most
