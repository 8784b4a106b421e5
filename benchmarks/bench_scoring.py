"""How fast profiles are scored, as ratios to validating the same profiles with pydantic, all measured in one run."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bot.cli import assessed_lines
from scoring.assessment import assess
from scoring.case import open_case
from scoring.crs.groups import groups_of
from scoring.crs.score import CrsScore
from scoring.crs.span import crs_score, span
from scoring.profile import Profile, read
from scoring.rulebook import shipped

CASES = Path(__file__).parent.parent / "tests" / "scoring" / "cases" / "worked_examples.json"
ON = date(2026, 6, 1)

LINES = 100_000
ROUNDS = 5


def main() -> None:
    """Print the figures of scoring."""
    complete = [json.dumps(case["profile"]) for case in json.loads(CASES.read_text("utf-8"))]
    partial = [json.dumps(_without_jobs(json.loads(text))) for text in complete]
    _speeds("complete profiles", complete)
    _speeds("partial profiles (jobs unknown)", partial)
    _start_up(complete[0])
    _memory(complete)


def _without_jobs(profile: dict[str, Any]) -> dict[str, Any]:
    del profile["candidate"]["jobs"]
    return profile


def crs_of(profile: Profile) -> CrsScore:
    """The CRS of a profile with its lines."""
    rules = shipped().on(ON)
    case = open_case(profile, rules)
    return crs_score(span(groups_of(case), rules), rules, profile)


def best(work: Callable[[], object]) -> float:
    """The least seconds of some rounds: what the machine can do when nothing else disturbs it."""
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def _speeds(name: str, texts: list[str]) -> None:
    profiles = [read(text) for text in texts]
    many = 20
    validate = best(lambda: [Profile.model_validate_json(text) for text in texts * many]) / many
    crs = best(lambda: [crs_of(profile) for profile in profiles * many]) / many
    whole = best(lambda: [assess(profile, ON) for profile in profiles])
    count = len(texts)
    print(f"{name}: {count} profiles, assessed on {ON}")
    print(f"  validations per second           {count / validate:10,.0f}")
    print(f"  itemised CRS scores per second   {count / crs:10,.0f}   {crs / validate:6.1f} x validation (target 6)")
    print(
        f"  whole assessments per second     {count / whole:10,.0f}   {whole / validate:6.1f} x validation (target 60)"
    )


def _start_up(text: str) -> None:
    def run() -> None:
        subprocess.run([sys.executable, "-m", "bot", "assess"], input=text.encode(), check=True, capture_output=True)

    bare = best(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
    whole = best(run)
    print(f"start to answer of `tirage assess`: {whole:.2f} s (target 0.5), {whole / bare:.1f} x an empty interpreter")


def _memory(texts: list[str]) -> None:
    """Peak resident memory while many lines are assessed: at the end against after the first tenth."""
    few = LINES // 10

    def lines() -> Iterator[bytes]:
        for number in range(LINES):
            yield texts[number % len(texts)].encode()

    peaks = []
    start = time.perf_counter()
    for number, answer in enumerate(assessed_lines(lines(), ON, (), what_if=False), start=1):
        assert "error" not in answer
        if number % few == 0:
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    seconds = time.perf_counter() - start
    print(
        f"memory over {LINES:,} lines: peak {peaks[-1] / 1024:.0f} MB at the end, {peaks[-1] / peaks[0]:.2f} x the "
        f"peak after the first tenth ({LINES / seconds:,.0f} lines a second)"
    )
