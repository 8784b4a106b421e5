"""Scores in free text beside which no test is named, and a score that is corrected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from conversations.answers.labelled import read_correction, read_labelled, tests_of
from conversations.answers.text import plain
from conversations.questions import TESTS
from conversations.understanding.telling import ELSE, Telling
from conversations.understanding.unsettled import before, supposes
from scoring.abilities import ABILITIES

CORRECTED = "score_corrected"
"""As which a correction is kept beside the facts: whose, of which ability, and the score that is right."""
MOST_STOPS = 12
_LONG = (
    r"(?:listening|reading|writing|speaking|(?:comprehension|compr\.?|expression|expr\.?|production) (?:de l'|des )?"
    r"(?:orale?|ecrite?s?)"
    r"|ecoute|lecture|ecriture|redaction)"
)
_LABEL = rf"(?:{_LONG}|(?:[lrws]|c[oe]|e[eo])(?![a-z]))"
_NUMBER = r"\d{1,3}(?:[.,]\d)?"
_SMALL = r"(?:in|on|is|was|at|for|and|my|of|the|scores?|en|a|au|et|est|etait|de|mon|ma|got|have|ai|j'ai|eu)(?![a-z])"
_RUN = re.compile(
    rf"(?<![a-z0-9])(?:{_LABEL}|{_NUMBER})(?:[\s,:;/=()|.+-]*(?:[ld]'|{_LABEL}|{_NUMBER}|{_SMALL}))*", re.IGNORECASE
)
_PART = re.compile(rf"(?<![a-z0-9]){_LABEL}|{_NUMBER}")
_FRENCH = re.compile(
    r"\b(?:co|ce|ee|eo|comprehension|compr|expression|expr|production|ecoute|lecture|ecriture|redaction)\b"
)
_OF_FRENCH = frozenset({"tef_old", "tef_699", "tcf_canada"})


def read_unnamed(telling: Telling) -> None:
    """Read four scores that stand with their abilities, and then a correction of one."""
    if supposes(telling):
        return
    for found in list(_RUN.finditer(telling.said)):
        for start, end in _within(telling.said, found):
            scores = read_labelled(telling.text[start:end])
            if scores is not None:
                _scored(telling, scores, start, end)
                break
    _corrected(telling)


def _within(said: str, found: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Where four scores may stand in a run of names and numbers, the longest first."""
    parts = list(_PART.finditer(said, found.start(), found.end()))
    labels = [index for index, part in enumerate(parts) if not part.group()[0].isdigit()]
    if len(labels) < len(ABILITIES) or len(parts) < 2 * len(ABILITIES):
        return
    starts = (each - back for each in labels[:MOST_STOPS] for back in (0, 1, len(ABILITIES)) if each >= back)
    for begin in dict.fromkeys(starts):
        for stop in range(min(len(parts), begin + MOST_STOPS), begin + 2 * len(ABILITIES) - 1, -1):
            yield parts[begin].start(), parts[stop - 1].end()


def _scored(telling: Telling, scores: Mapping[str, Any], start: int, end: int) -> None:
    """Put scores to the test that they are of, where that is one; else ask which."""
    if before(telling, start) is not None:
        return
    tests = _tests(scores, plain(telling.text[start:end]))
    whose = telling.whose(start)
    results = telling.people[whose].get("language_results", [])
    bare = [each for each in results if not set(ABILITIES) & each.keys() and _is_one_of(each, tests)]
    if len(bare) == 1:
        bare[0].update(scores)
        _of_scale(telling, scores)
    elif len(tests) == 1:
        telling.people[whose].setdefault("language_results", []).append({**TESTS[tests[0]], **scores})
    elif tests:
        options = [{**TESTS[test], **scores} for test in tests]
        telling.ask("which_test", f"/{whose}/language_results/{len(results)}", telling.text[start:end], options)
    if tests:
        telling.note("language_results", start, end)


def _of_scale(telling: Telling, scores: Mapping[str, Any]) -> None:
    """Put scores to each column of a TEF whose column is asked."""
    for asked in telling.ambiguous:
        if asked["code"] == "tef_scale":
            asked["options"] = [{**option, **scores} for option in asked["options"]]


def _tests(scores: Mapping[str, Any], said: str) -> list[str]:
    """The tests, as one chooses them, whose scores these can be; French names are of French tests."""
    tests = tests_of(scores)
    french = _FRENCH.search(said) is not None
    own = [test for test in tests if not french or test in _OF_FRENCH or test == "stated"] or list(tests)
    return [f"stated_{'fr' if french else 'en'}" if test == "stated" else test for test in own]


def _is_one_of(result: Mapping[str, Any], tests: list[str]) -> bool:
    return any(
        all(TESTS[test].get(name) == value for name, value in result.items() if name in ("test", "scale"))
        for test in tests
    )


def _corrected(telling: Telling) -> None:
    """*Writing was 7, not 6.5*: of the one result of the message, else kept for those that are known."""
    found = read_correction(telling.left)
    if found is None:
        return
    whose = telling.whose(found.start)
    scored = [each for each in telling.people[whose].get("language_results", ()) if found.ability in each]
    if len(scored) == 1:
        scored[0][found.ability] = found.right
    elif whose != ELSE:
        telling.keep(CORRECTED, {"whose": whose, found.ability: found.right}, telling.around(found.start).text)
    clause = telling.around(found.start)
    alone = not re.search(r"\d", telling.left[clause.start : found.start])
    telling.note("language_results", clause.start if alone else found.start, found.end)
