"""The exact range of a partial profile: the ends of every group combined, and the completions that reach them.

More of a good thing never lowers the score, so the least total lies among the least outcomes of the groups and the
greatest among the greatest. Where outcomes cannot be compared (Canadian against foreign work, a partner who applies or
not) every combination is scored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from scoring.case import Completion
from scoring.crs.facts import CrsFacts, Scored, points
from scoring.crs.groups import Groups
from scoring.crs.score import SECTIONS, CrsScore, SectionScore, lines, scored, section_max
from scoring.language import Choice
from scoring.pointers import folded
from scoring.profile import Profile
from scoring.rulebook import Rules


class End(NamedTuple):
    """One end of the range: what it comes to, and what was taken for unknown facts."""

    total: int
    facts: CrsFacts
    choice: Choice
    parts: Scored
    sums: tuple[int, ...]


class Span(NamedTuple):
    """Both ends, and each section's own ends."""

    low: End
    high: End
    sections_low: tuple[int, ...]
    sections_high: tuple[int, ...]
    columns: frozenset[bool]
    """The columns that may apply: with a partner who applies, and without."""
    choices_low: tuple[Choice, ...]
    choices_high: tuple[Choice, ...]
    """The choices of language that the least and the greatest outcomes make."""

    @property
    def width(self) -> int:
        """How many points are open."""
        return self.high.total - self.low.total


def span(groups: Groups, rules: Rules, keep: Sequence[Choice] | None = None) -> Span:
    """The range over everything unknown. `keep`: the only choices of language to look at, where known."""
    low, sections_low, choices_low = _extreme(groups, rules, keep, best=False)
    columns = frozenset(fact.applies for side in groups.partner for fact in side)
    if groups.known:
        return Span(low, low, sections_low, sections_low, columns, choices_low, choices_low)
    high, sections_high, choices_high = _extreme(groups, rules, keep, best=True)
    return Span(low, high, sections_low, sections_high, columns, choices_low, choices_high)


_Extreme = tuple[End, tuple[int, ...], tuple[Choice, ...]]
"""The end, the sections' own ends, and the choices of language that the outcomes make."""


def _extreme(groups: Groups, rules: Rules, keep: Sequence[Choice] | None, *, best: bool) -> _Extreme:
    found: End | None = None
    sections: tuple[int, ...] | None = None
    choices: dict[Choice, None] = {}
    pick = max if best else min
    for facts in outcomes(groups, best=best):
        end = chosen(facts, keep or facts.language.choices, rules)
        sums = end.sums
        choices[end.choice] = None
        sections = sums if sections is None else tuple(map(pick, sections, sums))
        if found is None or pick(end.total, found.total) != found.total:
            found = end
    assert found is not None
    assert sections is not None
    return found, sections, tuple(choices)


def outcomes(groups: Groups, *, best: bool) -> Iterator[CrsFacts]:
    """Every combination of the groups' greatest (or least) outcomes."""
    for outcome in product(*(ends.high if best else ends.low for ends in groups)):
        yield CrsFacts(*outcome)  # type: ignore[arg-type]  # groups stand in the order of the facts


def chosen(facts: CrsFacts, choices: Sequence[Choice], rules: Rules) -> End:
    """The choice of language that pays most; ties go to the later test, then to English first."""
    if len(choices) == 1:
        return _end(facts, choices[0], rules)
    ends = [_end(facts, choice, rules) for choice in choices]
    return max(ends, key=lambda end: (end.total, end.choice.later))


def _end(facts: CrsFacts, choice: Choice, rules: Rules) -> End:
    parts = scored(facts, choice, rules)
    sums: tuple[int, ...] = tuple(map(points, parts))
    return End(sum(sums), facts, choice, parts, sums)


def crs_score(found: Span, rules: Rules, profile: Profile) -> CrsScore:
    """The range as it is told: total or ends, sections, and the lines of the total (or of the low end).

    Values for unknown facts are told at the shallowest place that was absent.
    """
    low, high = found.low, found.high
    exact = low.total == high.total
    caps = [max(pair) for pair in zip(*(section_max(applies, rules) for applies in found.columns), strict=True)]
    sections = {
        name: SectionScore(least if least == most else None, least, most, cap)
        for name, least, most, cap in zip(SECTIONS, found.sections_low, found.sections_high, caps, strict=True)
    }
    return CrsScore(
        low.total if exact else None,
        low.total,
        high.total,
        _told(low, profile),
        _told(high, profile),
        sections,
        lines(low.facts, low.choice, low.parts, rules),
    )


def _told(end: End, profile: Profile) -> Completion:
    values = end.facts.completion
    return folded(values, profile.model_dump(mode="json", by_alias=True, exclude_unset=True)) if values else values
