"""A complete default profile, changed by a few short words, and what the CRS says about it."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scoring.assessment import Assessment, assess
from scoring.crs.score import CrsScore
from scoring.pointers import completed, parts
from scoring.profile import read
from scoring.reasons import Line
from scoring.rulebook import Rulebook

Json = dict[str, Any]

CASES = Path(__file__).parents[1] / "cases"
DAY = date(2026, 11, 21)
ABILITIES = ("listening", "reading", "writing", "speaking")
TCF = {
    "listening": {0: 100, 4: 331, 5: 369, 6: 398, 7: 458, 8: 503, 9: 523, 10: 549},
    "reading": {0: 100, 4: 342, 5: 375, 6: 406, 7: 453, 8: 499, 9: 524, 10: 549},
    "writing": {0: 0, 4: 4, 5: 6, 6: 7, 7: 10, 8: 12, 9: 14, 10: 16},
    "speaking": {0: 0, 4: 4, 5: 6, 6: 7, 7: 10, 8: 12, 9: 14, 10: 16},
}
"""The lowest TCF Canada score of each NCLC (reference/language_tests.yaml)."""
NO_POINTS: Json = {"education": "none", "first": [0, 0, 0, 0], "canadian": 0}
"""A partner who comes along and brings nothing."""


@cache
def data(name: str) -> Json:
    """The parsed file `cases/crs/NAME.toml`."""
    return tomllib.loads((CASES / "crs" / f"{name}.toml").read_text("utf-8"))


def rows(name: str, table: str) -> list[Any]:
    """The rows of one table of a file of cases."""
    found = data(name)[table]["rows"]
    assert isinstance(found, list)
    return found


def titled(name: str, key: str = "case") -> list[Any]:
    """The cases of a file as pytest parameters, named by their titles."""
    return [pytest.param(case, id=case["title"]) for case in data(name)[key]]


def years_ago(on: date, years: int) -> date:
    return on.replace(year=on.year - years)


def born(age: int, on: date) -> str:
    """A birth date that makes somebody `age` years old, some months after the birthday where there is room."""
    return (years_ago(on, age) - timedelta(100 if age else 0)).isoformat()


def result(levels: Iterable[int], spoken: str, on: date) -> Json:
    """A test result at some levels, half a year old: CELPIP reads as its own level, TCF by the chart."""
    taken = (on - timedelta(180)).isoformat()
    if spoken == "en":
        return {"test": "celpip_general", "taken_on": taken, **dict(zip(ABILITIES, levels, strict=True))}
    scores = {ability: TCF[ability][level] for ability, level in zip(ABILITIES, levels, strict=True)}
    return {"test": "tcf_canada", "taken_on": taken, **scores}


def credential(level: str, on: date, **changes: Any) -> Json:
    """A foreign credential with an ECA of last year."""
    eca = {"issued_on": (on - timedelta(300)).isoformat(), "body": "WES"}
    whole = {"level": level, "country": "IN", "completed_on": years_ago(on, 8).isoformat(), "eca": eca}
    return {**whole, "full_time_in_canada": False, **changes}


def studied(level: str, on: date) -> Json:
    """A Canadian credential that meets the study conditions."""
    return credential(level, on, country="CA", eca=False, full_time_in_canada=True)


def credentials(level: str, on: date) -> list[Json]:
    if level == "none":
        return []
    levels = ["bachelor", "one_year"] if level == "two_or_more" else [level]
    return [credential(each, on) for each in levels]


def job(country: str, start: date, after: date) -> Json:
    """A complete full-time job as a software engineer from `start` up to the day before `after`."""
    return {
        "noc": "21231",
        "title": "software engineer",
        "country": country,
        "started_on": start.isoformat(),
        "ended_on": (after - timedelta(1)).isoformat(),
        "hours_per_week": 40,
        "paid": True,
        "self_employed": False,
        "full_time_student": False,
        "authorized": True,
        "canadian_employer": country == "CA",
    }


def jobs(canadian: int, foreign: int, on: date) -> list[Json]:
    """Exactly so many years in Canada up to the day, and exactly so many abroad before them."""
    here = years_ago(on, canadian)
    found = [job("CA", here, on)] if canadian else []
    return [*found, job("IN", years_ago(here, foreign), here)] if foreign else found


def detailed(item: Json, on: date) -> Json:
    """A job of a case: like `here` or `abroad` for some `years`, with changes; `drop` leaves facts unknown."""
    country = {"here": "CA", "abroad": "IN"}[item["like"]]
    whole = job(country, years_ago(on, item.get("years", 3)), on)
    whole |= {key: value for key, value in item.items() if key not in ("like", "years", "drop", "goes_on")}
    if item.get("goes_on"):
        whole["ended_on"] = None
    if "months" in item:
        whole = {key: value for key, value in whole.items() if key not in ("started_on", "ended_on")}
        whole["stated_on"] = on.isoformat()
    return {key: value for key, value in whole.items() if key not in item.get("drop", [])}


def person(case: Mapping[str, Any], on: date) -> Json:
    """What both people have."""
    first = case.get("first_is", "en")
    other = "fr" if first == "en" else "en"
    results = [result(case.get("first", [9, 9, 9, 9]), first, on)]
    if "second" in case:
        results.append(result(case["second"], other, on))
    own = credentials(case.get("education", "bachelor"), on)
    worked = case.get("jobs")
    return {
        "birth_date": born(case.get("age", 29), on),
        "first_official_language": first,
        "language_results": results,
        "credentials": [*own, *(studied(level, on) for level in case.get("study", []))],
        "jobs": jobs(case.get("canadian", 0), case.get("foreign", 3), on)
        if worked is None
        else [detailed(item, on) for item in worked],
        "trade_certificate": {"noc": "72200"} if case.get("certificate") else False,
        "nomination": {"province": "ON", "enhanced": True} if case.get("nomination") else False,
        "job_offers": case.get("offers", []),
        "military": False,
        "sibling_in_canada": case.get("sibling", False),
        "relative_in_canada": False,
        "two_years_study_in_canada": False,
    }


def partner_of(case: Mapping[str, Any], on: date) -> Any:
    given = case.get("partner", False)
    if given is False:
        return False
    comes = {"accompanying": True, "canadian_or_permanent_resident": False}
    return {**comes, **person({"foreign": 0, **NO_POINTS, **given}, on)}


def facts(case: Mapping[str, Any]) -> Json:
    """The whole profile of a case. Without a word: single, 29, bachelor's, CLB 9, three years abroad: 429 points.

    `set` puts values at JSON pointers, `drop` leaves out what is at some; both come last.
    """
    on = day(case)
    partner = partner_of(case, on)
    whole = {
        "candidate": person(case, on),
        "partner": partner,
        "household": {"marital_status": "single" if partner is False else "married"},
    }
    for pointer in case.get("drop", []):
        whole = dropped(whole, pointer)
    return dict(completed(whole, case.get("set", {})))


def dropped(whole: Json, pointer: str) -> Json:
    """A copy without what is at the pointer."""
    whole = copy.deepcopy(whole)
    place: Any = whole
    *way, last = parts(pointer)
    for key in way:
        place = place[int(key)] if isinstance(place, list) else place[key]
    del place[int(last) if isinstance(place, list) else last]
    return whole


def day(case: Mapping[str, Any]) -> date:
    return date.fromisoformat(case["on"]) if "on" in case else DAY


def assessed(profile: Json, on: date = DAY, *, book: Rulebook | None = None) -> Assessment:
    """What the rules of the day say about a profile."""
    return assess(read(profile), on, book=book)


def crs(case: Mapping[str, Any] | None = None, *, book: Rulebook | None = None) -> CrsScore:
    """The score of a case."""
    case = case or {}
    return assessed(facts(case), day(case), book=book).crs


def lines(case: Mapping[str, Any] | None = None, *, book: Rulebook | None = None) -> dict[str, Line]:
    """The lines of a case by their factor; no factor has two."""
    found = crs(case, book=book).lines
    by_factor = {line.factor: line for line in found}
    assert len(by_factor) == len(found)
    return by_factor


def points(case: Mapping[str, Any], factor: str) -> int:
    """The points of one factor; 0 where it has no line."""
    found = lines(case).get(factor)
    return found.points if found else 0


def ends(score: CrsScore) -> tuple[int, int]:
    return score.low, score.high
