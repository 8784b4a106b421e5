"""Samples of everything that scoring can say: the cases of its own tests, assessed, as plain JSON data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

from scoring.assessment import assess
from scoring.output import as_json
from scoring.profile import read
from scoring.rulebook import shipped
from scoring.whatif import what_if
from tests.project import ROOT
from tests.scoring.crs import builders as crs
from tests.scoring.programs import builders as programs

Json = dict[str, Any]
LANGUAGES = ("en", "fr")
CASES = ROOT / "tests" / "scoring" / "cases"
RULE_TABLES = ("programs.cec", "programs.fsw", "programs.fst", "funds.funds", "funds.exemption")
"""Tables that are taken away, to hear what is said where nothing is known."""
OLD_DAYS = (date(2016, 6, 1), date(2019, 6, 1), date(2022, 3, 1), date(2024, 6, 1))


@cache
def worked_examples() -> tuple[Json, ...]:
    """The worked examples, each with its `profile` and its day `on`."""
    return tuple(json.loads((CASES / "worked_examples.json").read_text("utf-8")))


def _cases() -> Iterator[Json]:
    for folder in ("programs", "categories"):
        for path in sorted((CASES / folder).glob("*.toml")):
            table = programs.table(f"{folder}/{path.name}")
            if isinstance(table.get("case"), list):
                yield from programs.cases(f"{folder}/{path.name}")


@cache
def assessments() -> tuple[Json, ...]:
    """Hundreds of assessments: every case of the programs and categories, old days, lacking rules, every example."""
    found = [programs.assessed(case) for case in _cases() if "candidate" not in case]
    found += [programs.assessed({}, without=table) for table in RULE_TABLES]
    found += [programs.assessed({"on": day}) for day in OLD_DAYS]
    found += [
        assess(read(example["profile"]), date.fromisoformat(example["on"]))
        for example in worked_examples()
        if example["profile"]
    ]
    return tuple(as_json(each) for each in found)


def fits(found: Iterable[Json]) -> Iterator[Json]:
    """Every program, category and draw type."""
    return (fit for each in found for name in ("programs", "categories", "draw_types") for fit in each[name])


@cache
def reasons() -> dict[str, tuple[Json, ...]]:
    """Different reasons by code."""
    return _by("code", (reason for fit in fits(assessments()) for reason in fit["reasons"]))


@cache
def lines() -> dict[str, tuple[Json, ...]]:
    """Different lines of the score and of the selection grid, by factor."""
    told = [line for each in assessments() for line in each["crs"]["lines"]]
    told += [line for each in assessments() if each["fsw_grid"] for line in each["fsw_grid"]["lines"]]
    told += [as_json(line) for line in crs.lines({}).values()]
    return _by("factor", told)


@cache
def deadlines() -> dict[str, tuple[Json, ...]]:
    """Different deadlines by id."""
    return _by("id", (deadline for each in assessments() for deadline in each["deadlines"]))


UNTESTED: Json = {
    "candidate": {
        "birth_date": "1994-05-02",
        "language_results": [],
        "credentials": [{"level": "masters", "country": "IN", "eca": False}],
        "jobs": [],
    },
    "partner": False,
}
"""Somebody who has neither a test nor an assessment yet, and leaves the rest open."""


@cache
def what_ifs() -> tuple[Json, ...]:
    """What single changes would bring: for every third worked example, and for somebody without papers."""
    tried = [(example["profile"], date.fromisoformat(example["on"])) for example in worked_examples()[::3]]
    tried.append((UNTESTED, date(2026, 6, 1)))
    return tuple(as_json(what_if(read(profile), shipped().on(on))) for profile, on in tried)


@cache
def changes() -> dict[str, tuple[Json, ...]]:
    """Different changes by id."""
    return _by("id", (change for each in what_ifs() for change in each["changes"]))


def pairs() -> list[Json]:
    """Pairs of changes."""
    return [pair for each in what_ifs() for pair in each["pairs"]]


MOST = 12
"""Samples that are kept of each code."""


def _by(key: str, items: Iterable[Json]) -> dict[str, tuple[Json, ...]]:
    found: dict[str, dict[str, Json]] = {}
    for item in items:
        kept = found.setdefault(item[key], {})
        if len(kept) < MOST or _shape(item) not in kept:
            kept.setdefault(json.dumps(item, sort_keys=True), item)
            kept.setdefault(_shape(item), item)
    return {code: tuple({json.dumps(item): item for item in kept.values()}.values()) for code, kept in found.items()}


def _shape(item: Json) -> str:
    """What kind of values an item has: a sample of each kind is kept."""
    return json.dumps(_kinds(item), sort_keys=True)


def _kinds(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _kinds(each) for key, each in value.items()}
    return value if value is None or isinstance(value, bool) else type(value).__name__
