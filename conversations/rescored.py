"""Scores beside the tests that are known: of which test they are, which of them is corrected, on which day it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from conversations.answers import Unclear
from conversations.answers.days import settle
from conversations.answers.labelled import tests_of
from conversations.answers.scores import earliest_test, find_dates, prints
from conversations.answers.text import clean
from conversations.dossier import Dossier
from conversations.keys import Key, Scope
from scoring.abilities import ABILITIES

WHICH_TEST = "which_test"
"""The code of the question of which test scores are."""
Scored = list[tuple[Key, str, dict[str, Any]]]
"""The key of the scores of a test that is known, its name, and the scores that it would have."""


def labelled(dossier: Dossier, scope: Scope, scores: Mapping[str, Any]) -> Scored:
    """The tests that are known and can have such scores: those without any, if there is one."""
    able = {_domain(test) for test in tests_of(scores)}
    fits = [(key.to("scores"), test, dict(scores)) for key, test in _tests(dossier, scope) if _domain(test) in able]
    return [each for each in fits if dossier.get(each[0]) is None] or fits


def corrected(dossier: Dossier, scope: Scope, ability: str, score: float) -> Scored:
    """The tests with scores in which that of one ability may be another one."""
    found: Scored = []
    for key, test in _tests(dossier, scope):
        there = dossier.get(key.to("scores"))
        if isinstance(there, Mapping) and set(ABILITIES) <= there.keys() and prints(_domain(test), ability, score):
            found.append((key.to("scores"), test, {**there, ability: score}))
    return found


def options_of(found: Scored) -> list[dict[str, Any]]:
    """The same as values to choose from; each names its place in the list of tests."""
    return [{"test": test, "scores": scores, "place": key.place} for key, test, scores in found]


def _tests(dossier: Dossier, scope: Scope) -> Iterator[tuple[Key, str]]:
    return ((Key(scope, "test", place), str(test)) for place, test in dossier.items(scope, "test"))


def _domain(test: str) -> str:
    """A test as its scores are read, by its name as it is chosen."""
    return "stated" if test.startswith("stated") else test


def either_day(key: Key, text: str, today: date) -> tuple[Mapping[str, Any], ...]:
    """The day of a test that stands beside its scores and can be read in two ways, as it waits to be asked."""
    days = [stamp for stamp in find_dates(clean(text), today) if stamp.precision == "day"]
    read = settle(days[0], earliest_test(today), today) if len(days) == 1 else None
    if not isinstance(read, Unclear):
        return ()
    asked = {"kind": "options", "key": str(key.to("taken_on")), "code": read.code, "read": read.read}
    return ({**asked, "options": list(read.options)},)


def born_by(dossier: Dossier, scope: Scope) -> date | None:
    """The day on which somebody was born, or one before which they surely were not."""
    told = dossier.get(Key(scope, "birth_date"))
    if not isinstance(told, Mapping):
        return None
    if told.get("birth_date"):
        return date.fromisoformat(told["birth_date"])
    stated = date.fromisoformat(told["stated_on"])
    return stated.replace(year=stated.year - int(told["age"]) - 1, day=min(stated.day, LAST_OF_ANY_MONTH))


LAST_OF_ANY_MONTH = 28
