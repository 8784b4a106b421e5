"""What a profile is worth on a day, and until when: kept beside the profile, and made anew when its day comes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from scoring.assessment import View, glanced
from scoring.case import open_case
from scoring.output import as_json
from scoring.profile import Profile
from scoring.reasons import Verdict
from scoring.rulebook import Rulebook, shipped
from scoring.steady import steady_until


@dataclass(frozen=True, slots=True)
class Worth:
    """The ends of the score, the verdict of each draw type by id, and the points of each factor at the low end.

    `concerns`: the types that concern the profile (`scoring.assessment.concerning`). `next_change`: the first day after
    `on` on which time alone may change the ends or a verdict. Until the day before it, `worth` of any day says the same
    of the same profile; None when time never changes them under these rules.
    """

    on: date
    low: int
    high: int
    verdicts: dict[str, Verdict]
    concerns: tuple[str, ...]
    lines: dict[str, int]
    next_change: date | None

    def as_json(self) -> dict[str, Any]:
        """Plain data, to keep."""
        told: dict[str, Any] = as_json(self)
        return told

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Worth:
        """What `as_json` gave. Raises KeyError, TypeError or ValueError for anything else."""
        ahead = kept["next_change"]
        return cls(
            date.fromisoformat(kept["on"]),
            int(kept["low"]),
            int(kept["high"]),
            dict(kept["verdicts"]),
            tuple(kept["concerns"]),
            {factor: int(points) for factor, points in kept["lines"].items()},
            None if ahead is None else date.fromisoformat(ahead),
        )


def worth(profile: Profile, on: date, *, assume_absent: Iterable[str] = (), book: Rulebook | None = None) -> Worth:
    """What a profile is worth under the rules in force on a day, and until when that holds.

    Raises NoRulesError when the CRS has no table for the day, UnknownAssumptionError for a name in `assume_absent` that
    cannot be assumed.
    """
    view = View(open_case(profile, (book or shipped()).on(on), assume_absent))
    seen = glanced(view)
    return Worth(on, seen.low, seen.high, seen.verdicts, seen.concerns, lines_of(view), steady_until(view))


def lines_of(view: View) -> dict[str, int]:
    """The points of each factor at the low end of the score, which add up to it."""
    return {part.factor: part.points for section in view.span.low.parts for part in section}
