"""Reasons for machines: codes and values, never sentences. Words are made elsewhere, in two languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

Verdict = Literal["does_not_fit", "cannot_tell", "nearly", "fits"]
VERDICTS: tuple[Verdict, ...] = ("does_not_fit", "cannot_tell", "nearly", "fits")
"""From worst to best."""


def worse(*verdicts: Verdict) -> Verdict:
    """The worst of some verdicts."""
    return min(verdicts, key=VERDICTS.index)


def best(*verdicts: Verdict) -> Verdict:
    """The best of some verdicts."""
    return max(verdicts, key=VERDICTS.index)


class Why(NamedTuple):
    """What a line rests on: a code for the wording and the facts behind it."""

    code: str
    values: dict[str, Any]


class Line(NamedTuple):
    """One line of a score: `points` of at most `max`, why, whether it rests on an estimate, and the reference."""

    factor: str
    points: int
    max: int
    why: Why
    estimate: bool
    reference: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a verdict.

    `fact` is the JSON pointer of the fact it rests on; `have`, `need` and `missing` are in the unit that the code
    names (months, levels, points, Canadian dollars). `completes_on`: the day on which time alone completes months that
    are short, where it does; people are told the days until then, and the output for machines leaves it out.
    """

    code: str
    fact: str
    have: Any = None
    need: Any = None
    missing: Any = None
    estimate: bool = False
    completes_on: date | None = None


Status = Literal["met", "near", "failed", "unknown", "advice"]
"""How one criterion stands: `near` is a failure that counts as near, `advice` a judgement that the law leaves open."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """How one criterion of a program or category stands, and why."""

    status: Status
    reason: Reason
    may: tuple[Status, Status] = ("failed", "met")
    """While it is unknown or a judgement: how it stands at worst and at best."""

    @property
    def may_be_met(self) -> bool:
        """Whether it is met, or would be with everything open at its best."""
        return self.status == "met" or (self.status in OPEN and self.may[1] == "met")


MOST_NEAR = 2
"""Three near failures are too many to call a program near (contract, verdicts)."""


OPEN: tuple[Status, ...] = ("unknown", "advice")


def verdict(criteria: list[Criterion]) -> Verdict:
    """One verdict from the criteria (contract, verdicts).

    A known failure that is not near, or too many near ones, decides. What is open makes it `cannot_tell`, unless the
    verdict is the same with everything open at its worst and at its best.
    """
    statuses = [criterion.status for criterion in criteria]
    if "unknown" not in statuses and "advice" not in statuses:
        return _closed(statuses)
    ends = [_closed([item.may[end] if item.status in OPEN else item.status for item in criteria]) for end in (0, 1)]
    return ends[0] if ends[0] == ends[1] else "cannot_tell"


def _closed(statuses: list[Status]) -> Verdict:
    near = statuses.count("near")
    if "failed" in statuses or near > MOST_NEAR:
        return "does_not_fit"
    return "nearly" if near else "fits"
