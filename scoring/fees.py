"""The government fees of an application received on a day, by who comes along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from scoring.calendar import whole_years
from scoring.case import Case, open_case
from scoring.experience import Tri
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
    """The fees of a day, and the table that they stand in. `children_told`: whether the children are known."""

    table: FeeTable
    fees: list[Fee]
    low: int
    high: int
    children_told: bool


class Count(NamedTuple):
    """How many there are at least and at most."""

    least: int
    most: int


def fees(profile: Profile, on: date, *, all_children: bool | None = None, book: Rulebook | None = None) -> Fees:
    """What is paid for those who come; that nothing is paid for who stays behind is confirmed by no text that was read.

    `all_children`: whether every child comes; *no* leaves at least one behind, None is not known. Raises NoRulesError
    where the day has no table.
    """
    table = fee_table(on, book)
    case = open_case(profile, (book or shipped()).on(on))
    found = list(_fees(table, case, all_children))
    low, high = sum(fee.low for fee in found), sum(fee.high for fee in found)
    return Fees(table, found, low, high, case.dependants is not None)


def _fees(table: FeeTable, case: Case, every: bool | None) -> Iterator[Fee]:
    partners, children = _partners(case), _children(case, every)
    yield _fee("principal", table.principal, Count(1, 1))
    yield from (_fee("partner", table.partner, partners),) if partners.most else ()
    yield from (_fee("child", table.child, children),) if children.most else ()
    yield _fee("landing", table.landing, Count(1 + partners.least, 1 + partners.most))
    giving = _giving(table, case, partners, children)
    low, high = (min(count * table.biometrics, table.biometrics_family) for count in giving)
    yield Fee("biometrics", table.biometrics, *giving, low, high)


def _fee(name: str, each: int, count: Count) -> Fee:
    return Fee(name, each, *count, count.least * each, count.most * each)


def _partners(case: Case) -> Count:
    partner = case.profile.partner
    if case.partner is None:
        return Count(0, 0)
    if not isinstance(partner, Partner):
        return Count(0, 1)
    if partner.canadian_or_permanent_resident or partner.accompanying is False:
        return Count(0, 0)
    return Count(1, 1) if partner.accompanying else Count(0, 1)


def _children(case: Case, every: bool | None) -> Count:
    """Dependent children who come. Where not every child does, at least one of those told stays."""
    told = case.dependants or ()
    depend = [is_dependent(child, case.rules) for _, child in told]
    least, most = sum(each is True for each in depend), sum(each is not False for each in depend)
    if every is False:
        most = min(most, max(0, len(told) - 1))
    return Count(least if every else 0, most)


def _giving(table: FeeTable, case: Case, partners: Count, children: Count) -> Count:
    """Who gives biometrics: whoever comes and is of the age for it, or may be."""
    depend = [child for _, child in case.dependants or () if is_dependent(child, case.rules) is not False]
    ages = [_of_age(child.birth_date, table, case.on) for child in depend]
    may, must = sum(each is not False for each in ages), sum(each is True for each in ages)
    # where some stay behind, those who come may be the ones who give none
    least = max(0, children.least - (len(ages) - must))
    own = _adult(case.candidate.facts.birth_date, table, case.on, Count(1, 1))
    other = _adult(case.partner.facts.birth_date, table, case.on, partners) if case.partner else partners
    return Count(own.least + other.least + least, own.most + other.most + min(may, children.most))


def _adult(born: date | None, table: FeeTable, on: date, coming: Count) -> Count:
    """A grown person gives them unless too old; who does not tell an age is taken to."""
    return Count(0, 0) if _of_age(born, table, on) is False else coming


def _of_age(born: date | None, table: FeeTable, on: date) -> Tri:
    youngest, oldest = table.biometrics_ages
    return None if born is None else youngest <= whole_years(born, on) <= oldest
