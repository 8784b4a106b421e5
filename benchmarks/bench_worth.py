"""What it costs to know until when a worth holds, as a ratio to a glance alone, and how many nights look again."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from statistics import mean, median
from typing import Any

from benchmarks.bench_scoring import CASES, best
from scoring.assessment import glance
from scoring.case import ASSUMABLE
from scoring.profile import Profile, read
from scoring.worth import worth

ON = date(2026, 11, 22)
YEAR = timedelta(365)


def main() -> None:
    """Print the figures of worths."""
    examples = [case["profile"] for case in json.loads(CASES.read_text("utf-8"))]
    _figures("complete profiles", [read(each) for each in examples])
    _figures("the same, all jobs going on", [read(_changed(each, _going_on)) for each in examples])
    _figures("the same, weekly hours unknown", [read(_changed(each, _without_hours)) for each in examples])


def _changed(profile: dict[str, Any], change: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    candidate = profile["candidate"]
    return {**profile, "candidate": {**candidate, "jobs": [change(job) for job in candidate["jobs"]]}}


def _going_on(job: dict[str, Any]) -> dict[str, Any]:
    return {**job, "ended_on": None} if "started_on" in job else job


def _without_hours(job: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in job.items() if key != "hours_per_week"}


def _figures(name: str, profiles: list[Profile]) -> None:
    seen = best(lambda: [glance(profile, ON, assume_absent=ASSUMABLE) for profile in profiles])
    kept = best(lambda: [worth(profile, ON, assume_absent=ASSUMABLE) for profile in profiles])
    ahead = [(worth(profile, ON).next_change or ON + 4 * YEAR) - ON for profile in profiles]
    looks = mean(_looks(profile) for profile in profiles)
    each = 1000 / len(profiles)
    print(f"{name}: {len(profiles)} profiles on {ON}")
    print(f"  a worth is {kept / seen:.2f} x a glance ({kept * each:.2f} ms against {seen * each:.2f} ms)")
    print(
        f"  it holds for {median(days.days for days in ahead):.0f} days (median); over a year {looks:.1f} nights look "
        f"again, {looks / YEAR.days:.1%} of the profiles a night"
    )


def _looks(profile: Profile) -> int:
    """How often a profile comes up in the nightly passes of a year."""
    looks, day = 0, ON
    while (ahead := worth(profile, day, assume_absent=ASSUMABLE).next_change) is not None and ahead <= ON + YEAR:
        looks, day = looks + 1, ahead
    return looks
