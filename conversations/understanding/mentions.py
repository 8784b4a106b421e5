"""Who is named in a text beside the one who tells: partner, brothers and sisters, children, others.

The words stand in `told` of the phrases, with the gender and the number that a pronoun goes by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from conversations.answers.text import Place, listed, plain
from conversations.understanding.vocabulary import Vocabulary

CANDIDATE, PARTNER, SIBLING, CHILD, RELATIVE, STRANGER = (
    "candidate",
    "partner",
    "sibling",
    "children",
    "relative",
    "stranger",
)
KINDS = (PARTNER, SIBLING, CHILD, RELATIVE, STRANGER)
NOBODY, MINE, TWINS = "nobody", "mine", "twins"
"""What some words say: they name no one (*business partner*), or somebody only where *my* leads to them (*my boss*)."""
_DETERMINER = re.compile(
    r"(?:\b(?P<own>my|our|mon|ma|mes|notre|nos)|\b(?P<others>his|her|their|son|sa|ses|leurs?)|(?<![a-z])l'"
    r"|\b(?:the|an?|one|both|all|two|three|four|some|une?|les?|la|des|deux|trois|quatre|tous)|(?<![\d.,])\d{1,2})"
    r"(?:\s*\b(?:old|older|elder|eldest|oldest|younger|youngest|little|big|baby|own|dear|best|good|close|former|new"
    r"|first|second|twin|half|step|only|future|grande?s?|petite?s?|jeunes?|propre|chere?|meilleure?s?|bonne?|autres?"
    r"|nouvel(?:le)?|vieux|vieille|other|two|three|four|deux|trois|quatre|\d{1,2})\b)*[\s-]*$"
)
_OF_WHOM = re.compile(
    r"(?P<owner_first>(?:'s|s')\s+(?:\w+ )?)|\s+(?:de|d'|of)\s*(?:ma |mon |my |mes |sa |son |la |l')?"
)
_IS = re.compile(r"\s*(?:,?\s*(?:who|qui) )?(?:is|has|was|are|have|a|est|ont|sont|reste|vient|m'|ne|vit|habite)\b")

_LABEL = re.compile(r"\s*[:=]")
_AGED = re.compile(r"\s*[(,]?\s*(?:aged? )?\d{1,2}\b(?!\s*(?:years? (?:as|of exp|in)|ans (?:de|comme|en)))")
"""*Son 17*: a child; *son 2e diplôme* is none."""
_LABELS = frozenset(listed("partner partenaire epoux"))
"""Words that name somebody with a colon too; *femme : 31 ans* may be of the one who tells."""


class Mention(NamedTuple):
    """A person who is named: from where (what leads to it included, then the word itself) to where, and as whom.

    `owner`: whose brother, child or friend that is: of the one who tells, of the partner, or of somebody else.
    """

    start: int
    noun: int
    end: int
    kind: str
    words: str
    owner: str
    mine: bool
    led_to: bool
    gender: str
    many: bool


def mentions(text: str, vocabulary: Vocabulary) -> list[Mention]:
    """The people who are named in a cleaned text, in its order; *my wife's brother* is one of them."""
    said, found = plain(text), list[Mention]()
    for place, kind, meant in _places(text, vocabulary):
        mention = _mention(said, place, kind, meant, vocabulary)
        if mention is None:
            continue
        joined = _joined(said, found[-1], mention) if found else None
        if joined is not None:
            found[-1] = joined
        else:
            found.append(mention)
    return found


def _places(text: str, vocabulary: Vocabulary) -> Iterator[tuple[Place, str, str]]:
    """The words for people, the longest at each place; those that name no one hide the others inside of them."""
    places = [(place, kind, meant) for kind in KINDS for place, meant in vocabulary.find(text, kind)]
    end = 0
    for place, kind, meant in sorted(places, key=lambda each: (each[0].start, -each[0].end, each[2] == NOBODY)):
        if place.start >= end:
            end = place.end
            if meant != NOBODY:
                yield place, kind, meant


def _mention(said: str, place: Place, kind: str, meant: str, vocabulary: Vocabulary) -> Mention | None:
    before = _DETERMINER.search(said[max(0, place.start - 40) : place.start])
    if meant == MINE and not (before and before["own"]):
        return None
    labelled = kind == PARTNER and place.words in _LABELS and _LABEL.match(said[place.end :])
    labelled = labelled or (place.words == "son" and _AGED.match(said[place.end :]))
    if before is None and place.words in vocabulary.group("led_to") and not (labelled or _IS.match(said[place.end :])):
        return None
    led = len(before.group()) if before else 0
    gender = vocabulary.group("gender").get(place.words, "")
    return Mention(
        start=place.start - led,
        noun=place.start,
        end=place.end,
        kind=kind,
        words=place.words,
        owner=STRANGER if before and before["others"] else CANDIDATE,
        mine=bool(before and before["own"]),
        led_to=before is not None,
        gender="" if gender == "many" else gender,
        many=gender == "many",
    )


def _joined(said: str, first: Mention, second: Mention) -> Mention | None:
    between = _OF_WHOM.fullmatch(said[first.end : second.noun])
    if between is None:
        return None
    whole, whose = (second, first) if between["owner_first"] else (first, second)
    owner = PARTNER if whose.kind == PARTNER and whose.owner == CANDIDATE else STRANGER
    return whole._replace(start=first.start, end=second.end, owner=owner, led_to=True)
