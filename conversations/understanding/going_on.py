"""Where a piece of a message goes on to another job: *and 8 months in Ottawa*, *puis à Toronto depuis 2023*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conversations.answers.countries import find_countries
from conversations.answers.periods import find_period
from conversations.answers.text import plain
from conversations.understanding.telling import Fragment, Telling

LENGTH_UNIT = re.compile(r"\b(?:years?|yrs?|ans|annees?|months?|mois)\b")
_THEN = re.compile(r"\s(?:(?:and|et) )?(?:then|puis|pis|ensuite|et|and|but|mais)\s")


def goes_elsewhere(telling: Telling, text: str) -> Iterator[int]:
    """Where a text goes on to another time and place, or to work no more."""
    return (found.start() for found in _THEN.finditer(plain(text)) if _goes_elsewhere(telling, text, found))


def behind_credential(telling: Telling, fragment: Fragment, found: re.Match[str]) -> bool:
    """Whether a length of time follows what was studied: *licence en soins infirmiers et 7 ans d'expérience*."""
    cut, clause = found.start(), telling.around(fragment.start)
    read = [start for fact, start, _ in telling.spans if fact == "credentials"]
    length = LENGTH_UNIT.search(plain(fragment.text)[cut:])
    return bool(length) and any(clause.start <= start < fragment.start + cut for start in read)


def _goes_elsewhere(telling: Telling, text: str, found: re.Match[str]) -> bool:
    """Whether a time and a place stand on each side: *en France de 2019 à 2022 puis à Montréal depuis 2023*.

    Behind *puis* a time is enough, or that one works no more.
    """
    before, behind = text[: found.start()], text[found.end() :]
    if _NO_MORE.match(plain(behind)):
        return find_period(before, telling.today, in_line=True) is not None
    for side in (before, behind):
        timed = find_period(side, telling.today, in_line=True) is not None or _GOES_ON.search(plain(side))
        placed = _NEXT.search(found.group()) or find_countries(side, telling.vocabulary.lexicon)
        if not timed or not placed:
            return False
    return True


_NEXT = re.compile(r"\b(?:then|puis|pis|ensuite)\b", re.IGNORECASE)
_NO_MORE = re.compile(
    r"(?:(?:i|i've|i have|j'ai|je|now|maintenant|depuis)\s*)*(?:lost|perdu|quit|quitte|demissionne|cherche"
    r"|suis sans emploi|sans emploi|suis au chomage|unemployed|am looking|looking)\b"
)
_GOES_ON = re.compile(
    r"\b(?:since then|depuis|until now|till now|to date|jusqu'a (?:aujourd'hui|maintenant|present))\b"
)
