"""Scores that are told where something else was asked: which answers they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from conversations.answers import Understood, read_test_line
from conversations.answers.labelled import read_correction, read_labelled
from conversations.dossier import NONE, Dossier
from conversations.keys import Key, Scope
from conversations.lexicon import Lexicon
from conversations.questions import MOST_TESTS
from conversations.reading import Facts, test_answers
from conversations.rescored import corrected, either_day, labelled
from scoring.abilities import ABILITIES

_NUMBERS = re.compile(r"\d+")


def test_line(key: Key, text: str, dossier: Dossier, today: date, lexicon: Lexicon) -> Facts | None:
    """Scores, said where something else was asked: the answers for the same person's list of tests.

    They are of a test that is named, else of the one that is known and can have them; or one of them is corrected. None
    where the text is no such line, where the question is about this test itself, or where the list is full; there,
    the scores of another test than the one whose scores are asked for take its place.
    """
    retold = _retold(key, text, dossier)
    if retold is not None:
        return retold
    if key.id == "test" or key.scope not in ("c", "p") or len(_NUMBERS.findall(text)) < len(ABILITIES):
        return None
    told = read_test_line(text, today, lexicon)
    if not isinstance(told, Understood) or not told.value.get("scores"):
        return None
    if key.id == "scores" and not _of_another(key, told.value, dossier):
        return None
    heads = [Key(key.scope, "test", place) for place in range(MOST_TESTS)]
    given = [each for each in heads if dossier.get(each) not in (None, NONE)]
    answers = test_answers(heads[0], told.value)
    same = next((each for each in given if dossier.get(each) == answers[heads[0]]), None)
    in_its_place = key.to("test") if key.id == "scores" else None
    place = same or next((each for each in heads if each not in given), in_its_place)
    return Facts(test_answers(place, told.value), open=either_day(place, text, today)) if place else None


def _of_another(key: Key, line: Mapping[str, Any], dossier: Dossier) -> bool:
    """Whether scores that are told name another test than the one whose scores are asked for."""
    asked = key.to("test")
    return bool(dossier.get(asked) != test_answers(asked, line)[asked])


def _retold(key: Key, text: str, dossier: Dossier) -> Facts | None:
    """A score that is corrected, or four scores beside which no test is named, where they are of one test."""
    if key.scope not in ("c", "p", "h"):
        return None
    scope: Scope = "p" if key.scope == "p" else "c"
    change = read_correction(text)
    if change is not None:
        found = corrected(dossier, scope, change.ability, change.right)
        return Facts({found[0][0]: found[0][2]}) if len(found) == 1 else None
    scores = read_labelled(text) if key.id not in ("test", "scores") else None
    found = labelled(dossier, scope, scores) if scores is not None else []
    return Facts({found[0][0]: found[0][2]}) if len(found) == 1 else None
