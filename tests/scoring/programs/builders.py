"""Profiles and answers for the tests of programs, categories and deadlines.

A case says what is different about a candidate who fits the Federal Skilled Worker Program. Its words:

- `jobs`: "21231 IN 2020-06-01..2023-05-31 40h", "72200 CA 2024-06-01.. student", "21231 IN 14m@2026-05-01"; `?` is an
  unknown occupation or day; then any of `unpaid self student unauthorized foreign-employer public private`,
  `qualified=2019-01-01`, and `?paid` (and so on) for a fact that is unknown.
- `credentials`: "masters IN eca", "masters IN eca=2021-06-01", "masters IN no-eca", "masters IN ?eca", "one_year CA".
- `offers`: "21231 a", then `part-time`, `short`, `?full_time`; `?` for an unknown occupation or route.
- `english`, `french`: four levels in the order listening, reading, writing, speaking; "none" for no result at all.
- `partner`: a table of the same words, with `accompanying` and `canadian`; `children`: their birth dates.
- `set`: {"candidate.nomination": ...} for everything else, "absent" to take a fact away, "null" for null.
"""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from scoring.assessment import Assessment, Fit, assess
from scoring.calendar import add_months, add_years
from scoring.profile import read
from scoring.programs.grid import GridScore
from scoring.reasons import Reason
from scoring.rulebook import Rulebook

CASES = Path(__file__).resolve().parent.parent / "cases"
ON = date(2026, 6, 1)
"""A Monday; every case that names no other day is looked at on it."""

Words = Mapping[str, Any]
Json = dict[str, Any]

ABILITIES = ("listening", "reading", "writing", "speaking")
# What a test prints at (or just at) a level: CELPIP prints the level itself.
TCF: dict[str, dict[int, int]] = {
    "listening": {0: 100, 4: 331, 5: 369, 6: 398, 7: 458, 8: 503, 9: 523, 10: 549},
    "reading": {0: 100, 4: 342, 5: 375, 6: 406, 7: 453, 8: 499, 9: 524, 10: 549},
    "writing": {0: 0, 4: 4, 5: 6, 6: 7, 7: 10, 8: 12, 9: 14, 10: 16},
    "speaking": {0: 0, 4: 4, 5: 6, 6: 7, 7: 10, 8: 12, 9: 14, 10: 16},
}

FITS: Json = {
    "age": 30,
    "english": "9 9 9 9",
    "credentials": ["masters IN eca"],
    "jobs": ["21231 IN 2020-06-01.. 40h"],
    "funds": 100_000,
    "authorized": False,
}
"""On 2026-06-01: education 23, language 24, six years of work 15, age 12: 74 points of the grid, all is met."""


def table(name: str) -> Json:
    """The TOML file of cases `name`."""
    return tomllib.loads((CASES / name).read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    """The rows of the CSV file of cases `name`."""
    return list(csv.DictReader((CASES / name).read_text(encoding="utf-8").splitlines()))


def examples(name: str) -> list[Json]:
    """The JSON file of cases `name`."""
    found: list[Json] = json.loads((CASES / name).read_text(encoding="utf-8"))
    return found


def cases(name: str, key: str = "case") -> list[Json]:
    """The cases of a TOML file, each with what its `[base]` says under what it says itself."""
    whole = table(name)
    base = whole.get("base", {})
    return [{**base, **case, "set": {**base.get("set", {}), **case.get("set", {})}} for case in whole[key]]


def say(case: Words) -> str:
    """The rule that a case states, as the name of its test."""
    return str(case["says"])


# --- a profile from the words of a case ------------------------------------------------------------------------------

JOB_FACTS: dict[str, tuple[str, bool]] = {
    "unpaid": ("paid", False),
    "self": ("self_employed", True),
    "student": ("full_time_student", True),
    "unauthorized": ("authorized", False),
    "foreign-employer": ("canadian_employer", False),
    "public": ("publicly_funded", True),
    "private": ("publicly_funded", False),
}


def job(words: str) -> Json:
    """One job."""
    noc, country, when, *rest = words.split()
    made: Json = {
        "noc": noc,
        "country": country,
        "paid": True,
        "self_employed": False,
        "full_time_student": False,
        "authorized": True,
        "canadian_employer": country == "CA",
        "hours_per_week": 40.0,
    }
    if "m@" in when:
        months, stated = when.split("m@")
        made |= {"months": float(months), "stated_on": stated}
    else:
        start, end = when.split("..")
        made |= {"started_on": start, "ended_on": end or None}
    for fact in rest:
        if fact in JOB_FACTS:
            key, value = JOB_FACTS[fact]
            made[key] = value
        elif fact.startswith("qualified="):
            made["qualified_since"] = fact.removeprefix("qualified=")
        elif fact.startswith("?"):
            made.pop(fact[1:])
        else:
            made["hours_per_week"] = float(fact.removesuffix("h"))
    return {key: value for key, value in made.items() if value != "?"}


def credential(words: str, on: date) -> Json:
    """One credential; an ECA is fourteen months old where its day is not told."""
    level, country, *rest = words.split()
    made: Json = {"level": level, "country": country, "full_time_in_canada": "study" in rest, "eca": False}
    for fact in rest:
        if fact == "eca":
            made["eca"] = {"issued_on": add_months(on, -14).isoformat()}
        elif fact.startswith("eca="):
            made["eca"] = {"issued_on": fact.removeprefix("eca=")}
        elif fact == "?eca":
            made.pop("eca")
    return {key: value for key, value in made.items() if value != "?"}


def offer(words: str) -> Json:
    """One job offer: full-time and lasting unless told otherwise."""
    noc, route, *rest = words.split()
    made: Json = {
        "noc": noc,
        "route": route,
        "full_time": "part-time" not in rest,
        "permanent_or_one_year": "short" not in rest,
    }
    return {key: value for key, value in made.items() if value != "?" and f"?{key}" not in rest}


def result(test: str, levels: str, taken: str) -> Json:
    """One sitting of CELPIP or TCF at the given levels, or the levels as a person states them."""
    clbs = {ability: int(level) for ability, level in zip(ABILITIES, levels.split(), strict=True)}
    if test == "tcf_canada":
        clbs = {ability: TCF[ability][level] for ability, level in clbs.items()}
    return {"test": test, "taken_on": taken, **clbs}


def person(words: Words, on: date) -> Json:
    """The facts about one of two people."""
    taken = str(words.get("taken", add_months(on, -8)))
    tests = (("english", "celpip_general"), ("french", "tcf_canada"))
    made: Json = {
        "birth_date": str(words["born"])
        if "born" in words
        else add_months(add_years(on, -words["age"]), -4).isoformat(),
        "language_results": [
            result(test, words[spoken], taken) for spoken, test in tests if words.get(spoken, "none") != "none"
        ],
        "credentials": [credential(some, on) for some in words.get("credentials", ())],
        "jobs": [job(some) for some in words.get("jobs", ())],
        "trade_certificate": False,
        "nomination": False,
        "job_offers": [offer(some) for some in words.get("offers", ())],
        "military": False,
        "sibling_in_canada": False,
        "relative_in_canada": words.get("relative", False),
        "two_years_study_in_canada": words.get("study", False),
        "authorized_to_work_in_canada": words.get("authorized", False),
    }
    if "certificate" in words:
        made["trade_certificate"] = {"noc": words["certificate"]}
    if "stated" in words:
        spoken, _, levels = words["stated"].partition(" ")
        stated = {ability: int(level) for ability, level in zip(ABILITIES, levels.split(), strict=True)}
        made["language_results"].append({"test": "stated_clb", "language": spoken, **stated})
    return made


def day(case: Words) -> date:
    """The day on which a case is looked at."""
    found = case.get("on", ON)
    assert isinstance(found, date)
    return found


def profile(case: Words) -> Json:
    """The whole profile of a case: everything known, unless the case takes it away."""
    on, words = day(case), {**FITS, **case}
    partner = words.get("partner")
    made: Json = {
        "candidate": person(words, on),
        "partner": False,
        "household": {
            "marital_status": "single" if partner is None else "married",
            "dependants": [
                {"birth_date": str(born), "has_partner": False, "dependent_by_condition": False}
                for born in words.get("children", ())
            ],
            "settlement_funds_cad": words["funds"],
            "intends_quebec": words.get("quebec", False),
        },
        "express_entry": {"profile_submitted_at": None, "invitation": None},
    }
    if partner is not None:
        made["partner"] = {
            **person({"age": 30, **partner}, on),
            "accompanying": partner.get("accompanying", True),
            "canadian_or_permanent_resident": partner.get("canadian", False),
        }
    for where, value in words.get("set", {}).items():
        put(made, where.split("."), value)
    return made


def put(made: Json, keys: Sequence[str], value: object) -> None:
    """Set one fact in place, or take it away."""
    place: Any = made
    for key in keys[:-1]:
        place = place[int(key)] if isinstance(place, list) else place.setdefault(key, {})
    last: Any = int(keys[-1]) if isinstance(place, list) else keys[-1]
    if value == "absent":
        del place[last]
        return
    if isinstance(place, list) and last == len(place):
        place.append(None)
    place[last] = None if value == "null" else plain(value)


def plain(value: object) -> object:
    """What JSON would hold for a value of TOML."""
    if isinstance(value, date):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


# --- what is said about it -------------------------------------------------------------------------------------------


def assessed(case: Words, *, without: str | None = None) -> Assessment:
    """The assessment of a case; `without` a topic of the rules, as if nothing were known about it."""
    return assess(
        read(profile(case)),
        day(case),
        assume_absent=case.get("assume", ()),
        book=None if without is None else lacking(without),
    )


@cache
def lacking(table_name: str) -> Rulebook:
    """The shipped rules without one table, such as `programs.cec`."""
    topic, _, name = table_name.partition(".")
    sources = tomllib.loads(
        (CASES.parents[2] / "scoring" / "rules" / f"{topic}.toml").read_text(encoding="utf-8"),
    )
    return Rulebook({topic: {key: value for key, value in sources.items() if key != name}})


def program(found: Assessment, name: str) -> Fit:
    """How a program stands."""
    return next(fit for fit in found.programs if fit.id == name)


def category(found: Assessment, name: str) -> Fit:
    """How a category stands."""
    return next(fit for fit in found.categories if fit.id == name)


def draw_type(found: Assessment, name: str) -> Fit:
    """How a draw type stands."""
    return next(fit for fit in found.draw_types if fit.id == name)


def grid(found: Assessment) -> GridScore:
    """The 67-point grid."""
    assert found.fsw_grid is not None
    return found.fsw_grid


def points(found: Assessment) -> dict[str, int]:
    """The points of the grid by line."""
    return {line.factor: line.points for line in grid(found).lines}


def codes(fit: Fit) -> list[str]:
    """The codes of a verdict's reasons."""
    return [reason.code for reason in fit.reasons]


def reason(fit: Fit, code: str) -> Json:
    """One reason, as a plain object without what it does not say."""
    assert codes(fit).count(code) == 1, codes(fit)
    told = next(reason for reason in fit.reasons if reason.code == code)
    return {key: value for key, value in spoken(told).items() if key != "code"}


def spoken(some: Reason) -> Json:
    """A reason as a plain object; `estimate` only where it rests on one."""
    return {
        key: value for key, value in asdict(some).items() if value is not None and (key, value) != ("estimate", False)
    }


def told(fit: Fit) -> list[Json]:
    """Every reason, as plain objects without what they do not say."""
    return [spoken(each) for each in fit.reasons]


def check(case: Words, fit: Fit) -> None:
    """Hold a verdict against what a case expects.

    `verdict`; `fits_from` (none when it is not told); `because`: {code: what the reason says, as far as told};
    `unsaid`: codes that must not be there; `reasons`: all of them, in full and in order.
    """
    assert fit.verdict == case["verdict"], told(fit)
    assert fit.fits_from == case.get("fits_from"), told(fit)
    for code, expected in case.get("because", {}).items():
        said = reason(fit, code)
        assert {key: said.get(key) for key in expected} == expected
    assert not set(case.get("unsaid", ())) & set(codes(fit))
    if "reasons" in case:
        assert told(fit) == case["reasons"]


def ids(some: Iterable[Words]) -> list[str]:
    """The names of the tests of some cases."""
    return [say(case) for case in some]
