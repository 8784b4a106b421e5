"""Police certificates: from which countries, by the stays that a person tells of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from scoring.calendar import add_months, add_years
from scoring.paper_rules import PoliceRule
from scoring.profile import Residence

HOME = "CA"
Need = Literal["needed", "verify", "too_short", "unknown"]
"""`verify`: long enough since the age, but not within the last years: whether it is asked for was read both ways.

`unknown`: a day of it is not known.
"""


@dataclass(frozen=True, slots=True)
class Lived:
    """One country, and what the longest stay there in a row asks for. `here`: the person lives there now."""

    country: str
    need: Need
    here: bool
    first: date | None = None
    last: date | None = None


class Stay(NamedTuple):
    """Days of one stay in a row, both inclusive."""

    first: date
    last: date


def lived(residences: Iterable[Residence], born: date | None, on: date, rule: PoliceRule) -> list[Lived]:
    """Every country or territory but Canada that a person lived in, in the order told, each once.

    Days before the age of the rule do not count; where the birth date is not known, all of them do. Stays that follow
    each other without a day between are one stay; others are never added up.
    """
    told = [each for each in residences if each.country not in (None, HOME)]
    return [
        _country(country, [each for each in told if each.country == country], born, on, rule)
        for country in dict.fromkeys(each.country for each in told if each.country)
    ]


def _country(country: str, told: list[Residence], born: date | None, on: date, rule: PoliceRule) -> Lived:
    here = any(each.goes_on for each in told)
    of_age = date.min if born is None else add_years(born, rule.since_age)
    window = max(of_age, add_years(on, -rule.years))
    stays = list(joined(told, on))
    recent = [stay for each in stays if (stay := _cut(each, window)) and is_long(stay, rule.months)]
    if recent:
        return Lived(country, "needed", here, recent[-1].first, recent[-1].last)
    older = [stay for each in stays if (stay := _cut(each, of_age)) and is_long(stay, rule.months)]
    if older:
        return Lived(country, "verify", here, older[-1].first, older[-1].last)
    return Lived(country, "unknown" if len(list(_dated(told, on))) < len(told) else "too_short", here)


def is_long(stay: Stay, months: int) -> bool:
    """Whether a stay lasts so many calendar months, its last day included."""
    return add_months(stay.first, months) <= stay.last + timedelta(1)


def joined(told: Iterable[Residence], on: date) -> Iterator[Stay]:
    """The stays in one country by their days, those without a day between them as one; what is ahead is left out."""
    open_stay: Stay | None = None
    for stay in sorted(_dated(told, on)):
        if open_stay is not None and stay.first <= open_stay.last + timedelta(1):
            open_stay = Stay(open_stay.first, max(open_stay.last, stay.last))
            continue
        if open_stay is not None:
            yield open_stay
        open_stay = stay
    if open_stay is not None:
        yield open_stay


def _dated(told: Iterable[Residence], on: date) -> Iterator[Stay]:
    for each in told:
        last = on if each.goes_on else each.until
        if each.from_ is not None and last is not None and each.from_ <= on:
            yield Stay(each.from_, min(last, on))


def _cut(stay: Stay, since: date) -> Stay | None:
    return Stay(max(stay.first, since), stay.last) if stay.last >= since else None
