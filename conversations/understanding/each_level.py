"""Levels that are told one by one: *CO NCLC 8, CE NCLC 9, EO NCLC 7, EE NCLC 7* are one result, and no four."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from conversations.answers.language_tests import STATED
from conversations.answers.result import Result, Unclear, Understood
from conversations.answers.scores import LABELS
from conversations.answers.text import Place, plain, standing
from conversations.questions import TESTS
from conversations.understanding.telling import Telling
from scoring.abilities import ABILITIES

_ABILITY = re.compile("|".join(rf"(?P<{name}>(?<![a-z'])(?:l')?(?:{LABELS[name]}))" for name in ABILITIES))
_LEVEL = re.compile(r"\s*(?:[:=-]|(?:a|at|de|of|is)\b)?\s*(?P<level>\d{1,2})(?![\d/]|[.,]\d)")
_PAIR = re.compile(
    r"[\s,;/:=]*(?:(?:and|et)\s+)?(?P<level>\d{1,2})(?![\d/]|[.,]\d)\s*"
    rf"(?:(?:en|in|a|au|for|pour)\s+(?:l')?|a\s?l')?(?:{_ABILITY.pattern})(?![a-z])"
)
_MORE = re.compile(r"[\s,;]*(?:(?:and|et|but|mais)\s+)?(?:\d|(?:le |the |les )?(?:rest|others?|autres?|partout|all)\b)")
"""What says more of the four."""
_FARTHEST = 48
"""Characters between the name of an ability and its level."""
_FRENCH = re.compile(r"\bnclc\b|(?<![a-z])(?:c[oe]|e[eo])(?![a-z])|\b(?:francais|french)\b")
_ENGLISH = re.compile(r"\b(?:english|anglais)\b")


def read_each_level(telling: Telling) -> None:
    """Read levels each of which stands beside the name of its ability; what is missing of the four is asked."""
    said = telling.said
    named = [place for place, test in standing(telling.left, telling.vocabulary.lexicon.test_names) if test == STATED]
    if len(named) == 1 and (few := _few(said, named[0])):
        _incomplete(telling, few, named[0].start)
        return
    read = [found for place in named if (found := _LEVEL.match(said, place.end))]
    if len(read) < len(("one", "another")) or len(read) != len(named):
        return
    levels = _levels(said, named, read)
    if levels is None:
        return
    start, end = _span(said, named, read)
    if len(levels) < len(ABILITIES):
        _incomplete(telling, _Few(levels, end), start)
        return
    whose = telling.whose(named[0].start)
    result = _stated(telling, start, end) | {ability: levels[ability] for ability in ABILITIES}
    telling.people[whose].setdefault("language_results", []).append(result)
    telling.pass_over(start, end)
    telling.note("language_results", start, end)


class _Few(NamedTuple):
    """Levels of some abilities, and where the last of them ends."""

    levels: dict[str, int]
    end: int


def _stated(telling: Telling, start: int, end: int) -> dict[str, Any]:
    """Levels of the language that a part of the text names, without a number."""
    text = plain(telling.text[start:end])
    french = bool(_FRENCH.search(text)) and not _ENGLISH.search(text)
    return dict(TESTS[f"stated_{'fr' if french else 'en'}"])


def _few(said: str, place: Place) -> _Few | None:
    """Levels that are each of one ability behind the name, and not of all: *NCLC 5 oral, 6 écrit*."""
    levels, end = dict[str, int](), place.end
    while found := _PAIR.match(said, end):
        levels[found.lastgroup or ""] = int(found["level"])
        end = found.end()
    return _Few(levels, end) if 0 < len(levels) < len(ABILITIES) and not _MORE.match(said, end) else None


def _incomplete(telling: Telling, few: _Few, start: int) -> None:
    """Ask for the four levels where some were told."""
    whose = telling.whose(start)
    about = f"/{whose}/language_results/{len(telling.people[whose].get('language_results', []))}"
    missing = [ability for ability in ABILITIES if ability not in few.levels]
    values = {"count": len(few.levels), "missing": missing, "test": STATED}
    telling.ask("scores_count", about, telling.text[start : few.end], values=values)
    telling.people[whose].setdefault("language_results", []).append(_stated(telling, start, few.end))
    telling.pass_over(start, few.end)
    telling.note("language_results", start, few.end)


MOST_LEVEL = 12
"""The highest level of the Canadian scale."""


def levels_in(read: Result, said: str) -> dict[str, Any] | None:
    """The four numbers beside a TEF as levels, where they are too low for its scores: *TEF CO 8 CE 9 EO 7 EE 7*.

    `said`: the words of the numbers, with their abilities; without these it is open of which ability each is.
    """
    line = read.options[0] if isinstance(read, Unclear) else read.value if isinstance(read, Understood) else {}
    scores = line.get("scores", {})
    if not scores or max(scores.values()) > MOST_LEVEL or not _ABILITY.search(said):
        return None
    return {**TESTS["stated_fr"], **scores}


def _levels(said: str, named: Sequence[Place], read: Sequence[re.Match[str]]) -> dict[str, int] | None:
    """Each level by its ability, whose name stands before it, or behind it, all along."""
    ends = [found.end() for found in read]
    leads = zip([0, *ends], named, strict=False)
    before = [(max(start, place.start - _FARTHEST), place.start) for start, place in leads]
    starts = [*(place.start for place in named[1:]), len(said)]
    behind = [(end, min(start, end + _FARTHEST)) for end, start in zip(ends, starts, strict=True)]
    for spans, last in ((before, True), (behind, False)):
        names = [list(_ABILITY.finditer(said, *span)) for span in spans]
        if all(names):
            told = [each[-1 if last else 0].lastgroup or "" for each in names]
            levels = [int(found["level"]) for found in read]
            return dict(zip(told, levels, strict=True)) if len(set(told)) == len(told) else None
    return None


def _span(said: str, named: Sequence[Place], read: Sequence[re.Match[str]]) -> tuple[int, int]:
    """From the first name of an ability, or of a level, to the last."""
    begin = max(0, named[0].start - _FARTHEST)
    leading = list(_ABILITY.finditer(said, begin, named[0].start))
    behind = _ABILITY.search(said, read[-1].end(), read[-1].end() + _FARTHEST)
    return (leading[-1].start() if leading else named[0].start), (
        behind.end() if behind and not leading else read[-1].end()
    )
