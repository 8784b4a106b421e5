"""Criteria that the programs share: language, intent to live outside Quebec, settlement funds, job offers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from scoring.abilities import ABILITIES, Clbs
from scoring.case import Case
from scoring.language import Choice, Reading
from scoring.provisions import Near
from scoring.reasons import Criterion, Reason, Status
from scoring.rulebook import Rules

Levels = Mapping[str, int]
"""Minimum levels by ability."""


def all_four(level: int) -> Levels:
    """The same minimum in every ability."""
    return dict.fromkeys(ABILITIES, level)


@dataclass(frozen=True, slots=True)
class Languages:
    """The choices of results that programs look at: the settled one, or those at the ends of what is unknown."""

    low: tuple[Choice, ...]
    high: tuple[Choice, ...]

    def pairs(self) -> list[tuple[Reading | None, Reading | None]]:
        """(English, French) results of every choice at either end."""
        return unique((choice.en, choice.fr) for choice in (*self.low, *self.high))

    @property
    def may_be_untested(self) -> bool:
        """Whether it is possible that no test is done at all; the grid then takes the program's minimum for it."""
        return any(en is None and fr is None for en, fr in self.pairs())


def settled(choice: Choice) -> Languages:
    """The one choice that is settled."""
    return Languages((choice,), (choice,))


def language(languages: Languages, needs: Sequence[Levels], rules: Rules, fact: str) -> Criterion:
    """The minimum language levels of a program, met in either language (IRPR 74(3)).

    `needs`: the minimums that can apply; several only while the work that decides between them is unknown.
    """
    found = [_language(pair, need, rules.near, fact) for need in needs for pair in languages.pairs()]
    if len({criterion.status for criterion in found}) == 1:
        return found[0]
    highest: Levels = max(needs, key=lambda levels: sum(levels.values()))
    return Criterion("unknown", Reason("language_unknown", fact, need={**highest}), worst_and_best(found))


Item = TypeVar("Item")


def unique(items: Iterable[Item]) -> list[Item]:
    """The items without repeats, in their order."""
    return list(dict.fromkeys(items))


def worst_and_best(found: Sequence[Criterion]) -> tuple[Status, Status]:
    """How a criterion stands at worst and at best, among what it can come to."""
    order = sorted((item.status for item in found), key=_ORDER.index)
    return order[0], order[-1]


def _language(pair: tuple[Reading | None, Reading | None], need: Levels, near: Near, fact: str) -> Criterion:
    done = [reading for reading in pair if reading is not None]
    if not done:
        return Criterion("near", Reason("language_test_missing", fact, need=dict(need), missing=dict(need)))
    return max((one_language(reading, need, near) for reading in done), key=lambda found: _ORDER.index(found.status))


_ORDER: tuple[Status, ...] = ("failed", "near", "met")


def one_language(reading: Reading, need: Levels, near: Near) -> Criterion:
    """How one result stands against minimum levels; near is a level short in one or two abilities, never from CLB 0."""
    have: dict[str, int] = dict(zip(ABILITIES, reading.clbs, strict=True))
    short = {ability: need[ability] - level for ability, level in have.items() if level < need[ability]}
    told: dict[str, object] = {"language": reading.spoken, **have}
    if not short:
        return Criterion(
            "met", Reason("language_met", reading.path, have=told, need=dict(need), estimate=reading.estimate)
        )
    is_near = len(short) <= near.clb_abilities and all(
        gap <= near.clb_levels and have[ability] > 0 for ability, gap in short.items()
    )
    return Criterion(
        "near" if is_near else "failed",
        Reason("language_short", reading.path, told, dict(need), dict(short), reading.estimate),
    )


def meets(clbs: Clbs, need: Levels) -> bool:
    """Whether levels reach a minimum in every ability."""
    return all(level >= need[ability] for ability, level in zip(ABILITIES, clbs, strict=True))


def outside_quebec(case: Case) -> Criterion:
    """Only those who intend to live outside Quebec (IRPR 75(1), 87.1(1), 87.2(1))."""
    path, intends = "/household/intends_quebec", case.fact("household", "intends_quebec")
    if intends is None:
        return Criterion("unknown", Reason("quebec_unknown", path))
    if intends:
        return Criterion("failed", Reason("intends_quebec", path, have=True, need=False))
    return Criterion("met", Reason("outside_quebec", path, have=False, need=False))


def no_rules(topic: str) -> Criterion:
    """A part of the law for which the day has no table."""
    return Criterion("unknown", Reason("no_rules", "", need=topic))


def of_ends(low: Criterion, high: Criterion, unknown: Reason) -> Criterion:
    """One criterion from its ends: what both say, or that it depends on what is unknown."""
    return low if low.status == high.status else Criterion("unknown", unknown, (low.status, high.status))
