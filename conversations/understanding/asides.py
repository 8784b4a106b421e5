"""What is told of others, or asked: kept as it was said, and taken out before the facts are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from conversations.answers.text import plain
from conversations.understanding.mentions import CANDIDATE, CHILD, PARTNER, RELATIVE, SIBLING, STRANGER
from conversations.understanding.telling import ELSE, Telling
from conversations.understanding.turns import BOTH, UNSURE
from conversations.understanding.zones import Zone

OTHERS = frozenset({SIBLING, CHILD, RELATIVE, STRANGER})
OF_ANOTHER, ASKED = "of_another", "asked"
"""As what is kept what was said of somebody else, and what was asked."""
_OPENS = re.compile(
    r"(?:^|[,.;:!?\n()]|\b(?:and|et|but|mais|so|donc|then|alors|or|ou|also|aussi|hi|hello|bonjour)\s)\s*$"
)
_ENDS = re.compile(r"[,.;:!?\n](?!\d)|\b(?:with|avec)\s")
_TELLS = re.compile(
    r"\b(?:my|our|mon|ma|mes|notre)\s+(?:\w+\s+){0,2}(?:ielts|celpip|pte|tef|tcf|eca|ede|itas?|ipd|invitation|wes"
    r"|profile?|permit|permis)\b|\b(?:19|20)\d\d\b"
)
"""*Is my IELTS of 2024 still good?* asks, and tells that there is one."""


def set_aside(telling: Telling) -> None:
    """Take out what is told of other people than the one who tells and their partner."""
    for start, end in telling.names:
        telling.empty(start, end)
    for zone in telling.zones:
        if zone.person is not None and zone.start < zone.person.start:
            telling.blank(zone.person.start, zone.person.end)
        if zone.who in OTHERS:
            left = telling.left[zone.start : zone.end]
            if not telling.vocabulary.only_empty(left):
                telling.keep(OF_ANOTHER, zone.who, telling.text[zone.start : zone.end])
            telling.pass_over(zone.start, zone.end)


def set_aside_questions(telling: Telling) -> None:
    """Take out what is asked; what it tells by the way is no job."""
    for start, end in _questions(telling):
        if _TELLS.search(plain(telling.text[start:end])):
            telling.asked.append((start, end))
        else:
            telling.keep(ASKED, None, telling.text[start:end])
            telling.pass_over(start, end)


def leave_open(telling: Telling) -> None:
    """Give each of the two what was told of both; what may be of either is kept as it was said, and asked."""
    for name, value in telling.people[BOTH].items():
        for person in (CANDIDATE, PARTNER):
            telling.people[person].setdefault(name, deepcopy(value))
    if not telling.people[ELSE] and not any(fact == "jobs" for fact, _, _ in telling.spans):
        return
    for zone in telling.zones:
        said = telling.text[zone.start : zone.end].strip(" ,.;:?!\n")
        if zone.who == UNSURE and _tells(telling, zone) and len(said.split()) > 1:
            telling.keep(UNSURE, None, said)
            telling.ask("whose", "/candidate", said, [CANDIDATE, PARTNER])


def _tells(telling: Telling, zone: Zone) -> bool:
    """Whether anything was read in a part of the text that is of a person, and not of the household."""
    return any(zone.start <= start < zone.end and fact != "dependants" for fact, start, _ in telling.spans)


_ASKS = re.compile(
    r"(?:^|[,.;:!\n(])\s*(?P<clause>(?:so |and |but |et |mais |alors )?(?:is|are|do|does|did|can|could|will|would"
    r"|should|may|must|has|have|was|were|shall|peut|doit|faut|combien|comment|quand|quelle?s?|ou|pourquoi|qui|est-ce"
    r"|when|why|what"
    r"|which|who|how|where)\b[^,.;:!?\n]*)$"
)


_IF = re.compile(r"(?:^|[,.;:!?\n(])\s*(?P<clause>(?:if|si|s')\b[^,.;:!?\n]*)")


_IF_I_AM = re.compile(r"\b(?:if|si)\s+(?=(?:i'?\s?a?m|im|j'ai|j ai)\s+\d{2}\b)")
"""*What is my score if I'm 29*: an age is told, and not supposed."""


def _soonest(*found: re.Match[str] | None) -> re.Match[str] | None:
    return min((each for each in found if each is not None), key=lambda each: each.start(), default=None)


def _sentence(said: str, place: int) -> int:
    """Where the sentence begins in which a place stands."""
    return max((found.end() - 1 for found in re.finditer(r"[.!?;\n]\s", said[:place])), default=0)


def _questions(telling: Telling) -> Iterator[tuple[int, int]]:
    """The clauses that ask: *dois-je décliner*, *should I wait*; what stands behind *with* is told."""
    said, reached = plain(telling.text), 0
    for mark in re.finditer(r"\?", said):
        clauses = _IF.finditer(said, _sentence(said, mark.start()), mark.start())
        yield from (found.span("clause") for found in clauses if not _IF_I_AM.match(said, found.start("clause")))
        asks = _ASKS.search(said[: mark.start()])
        if asks and asks.end() == mark.start():
            begin = asks.start("clause")
            found = _soonest(_ENDS.search(said, begin), _IF_I_AM.search(said, begin))
            yield asks.start("clause"), min(mark.start(), found.start() if found else mark.start())
    for place, meant in telling.vocabulary.find(telling.text, "question"):
        if place.start < reached or (meant == "opening" and not _OPENS.search(said[: place.start])):
            continue
        found = _soonest(_ENDS.search(said, place.end), _IF_I_AM.search(said, place.end))
        reached = found.start() if found else len(said)
        yield place.start, reached
