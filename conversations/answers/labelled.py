"""Scores that name their abilities and no test, and one score that is corrected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from conversations.answers.assigning import Scores, Token, by_name, without_overall
from conversations.answers.scores import (
    DOMAINS,
    each_reading,
    ordered,
    prints,
    slashes_part,
)
from conversations.answers.text import clean, plain
from conversations.answers.words import with_digits
from scoring.abilities import ABILITIES, Ability
from scoring.profile import score_domain

LEAST_SHARE = 0.1
"""Of the best score, what somebody has at least: 13 is a score of TCF writing, and hardly one out of 699."""
_NOT = r"(?:,?\s*(?:and |et )?(?:not|non|pas|instead of|rather than|au lieu de|plutot que)(?:\s+(?:de|a|an?))?\s+)"
_CORRECTED = (
    re.compile(rf"(?<![\d.,])(?P<right>\d{{1,3}}(?:[.,]\d)?){_NOT}(?P<wrong>\d{{1,3}}(?:[.,]\d)?)(?![\d])"),
    re.compile(
        r"\b(?:not|non|pas)\s+(?:de |a )?(?P<wrong>\d{1,3}(?:[.,]\d)?),?\s*(?:but|mais)\s+(?:de |a )?"
        r"(?P<right>\d{1,3}(?:[.,]\d)?)(?![\d])"
    ),
)
_ABILITY = {
    "listening": r"listening|comprehension orale|compr\.? orale|ecoute",
    "reading": r"reading|comprehension ecrite|compr\.? ecrite|lecture",
    "writing": r"writing|(?:expression|expr\.?|production) ecrite|ecriture|redaction",
    "speaking": r"speaking|(?:expression|expr\.?|production) orale|parler",
}


class Correction(NamedTuple):
    """One score that replaces another, and its place in the text."""

    ability: Ability
    right: int | float
    wrong: int | float
    start: int
    end: int


def read_labelled(text: str) -> Scores | None:
    """Four scores, each beside the name of its ability; None where one has none, or where the commas are open."""
    read = each_reading(with_digits(plain(clean(text))))
    found = [scores for tokens in dict.fromkeys(read) if (scores := _of_all(tokens)) is not None]
    return found[0] if len(found) == 1 else None


def _of_all(tokens: tuple[Token, ...]) -> Scores | None:
    scores = by_name(without_overall(slashes_part(tokens)))
    return ordered(scores) if scores is not None and len(scores) == len(ABILITIES) else None


def tests_of(scores: Mapping[str, float]) -> tuple[str, ...]:
    """The tests (keys of `DOMAINS`) that give such scores, and none that is next to nothing there."""
    return tuple(
        test
        for test, domain in DOMAINS.items()
        if all(
            prints(test, ability, scores[ability])
            and scores[ability] >= LEAST_SHARE * score_domain(*domain, ability).max
            for ability in ABILITIES
        )
    )


def read_correction(text: str) -> Correction | None:
    """`my score in writing was 7 not 6.5`: one ability that is named, and the score that is right."""
    said = plain(text)
    named = [
        (ability, found) for ability, words in _ABILITY.items() for found in re.finditer(rf"\b(?:{words})\b", said)
    ]
    found = next((each for pattern in _CORRECTED if (each := pattern.search(said))), None)
    if found is None or len({ability for ability, _ in named}) != 1:
        return None
    ability, place = named[0]
    start, end = min(found.start(), place.start()), max(found.end(), place.end())
    return Correction(ability, _number(found["right"]), _number(found["wrong"]), start, end)  # type: ignore[arg-type]


def _number(written: str) -> int | float:
    value = float(written.replace(",", "."))
    return int(value) if value == int(value) else value
