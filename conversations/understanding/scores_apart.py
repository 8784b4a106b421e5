"""Scores that stand apart from the name of their test: four numbers alone, and *mine is* after somebody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from conversations.answers import Understood
from conversations.answers.scores import DOMAINS, read_scores
from conversations.answers.text import Place
from conversations.questions import TESTS
from conversations.understanding.mentions import CANDIDATE, PARTNER
from conversations.understanding.telling import Telling
from scoring.abilities import ABILITIES

ORDERS = (
    ("listening", "reading", "writing", "speaking"),
    ("listening", "reading", "speaking", "writing"),
    ("reading", "listening", "writing", "speaking"),
)
"""In which order people write their scores, the commonest first."""


def orders_of(result: Mapping[str, Any], numbers: list[float]) -> list[dict[str, Any]]:
    """What four numbers come to in each order, without repeating."""
    found: list[dict[str, Any]] = []
    for order in ORDERS:
        option = {**{k: v for k, v in result.items() if k not in ABILITIES}, **dict(zip(order, numbers, strict=True))}
        if option not in found:
            found.append(option)
    return found


_FOUR_ALONE = re.compile(r"\s*\d{1,3}(?:[.,]\d)?(?:[ /-]+\d{1,3}(?:[.,]\d)?){3}\s*")


def four_alone(telling: Telling) -> None:
    """*My IELTS came yesterday! 8 8.5 7.5 7.5*: four numbers, and one test that was named without any."""
    asked = {each["about"] for each in telling.ambiguous}
    bare = [
        (whose, index, result)
        for whose in (CANDIDATE, PARTNER)
        for index, result in enumerate(telling.people[whose].get("language_results", ()))
        if not set(ABILITIES) & result.keys() and f"/{whose}/language_results/{index}" not in asked
    ]
    alone = [each for each in telling.fragments() if _FOUR_ALONE.fullmatch(each.text)]
    if len(bare) != 1 or len(alone) != 1:
        return
    whose, index, result = bare[0]
    tests = [name for name, known in TESTS.items() if known.items() <= result.items()]
    read = read_scores(alone[0].text, tests[0]) if len(tests) == 1 and tests[0] in DOMAINS else None
    if isinstance(read, Understood):
        numbers = list(read.value.values())
        if len(set(numbers)) == 1:
            result.update(read.value)
        else:
            telling.ask("score_order", f"/{whose}/language_results/{index}", alone[0].text, orders_of(result, numbers))
        telling.note("language_results", alone[0].start, alone[0].end)


AGAIN = re.compile(
    r"\b(?P<whose>mine|hers|his|theirs|le mien|les miens|la mienne|le sien|les siens)"
    r"(?=\s*(?:(?:is|are|was|were|est|sont|c'est|:|=|-)\s*){0,2}\d)"
)


def same_again(names: list[tuple[Place, str]], said: str) -> Iterator[tuple[Place, str]]:
    """*My wife's IELTS is ..., mine is ...*: the same test again, of somebody else."""
    for found in AGAIN.finditer(said):
        before = [each for each in names if each[0].end <= found.start()]
        if before:
            yield Place(found.start(), found.end(), before[-1][0].words), before[-1][1]
