"""Where what is said of work is parted: one piece for each length of time, and for each job that follows another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conversations.answers.countries import find_countries
from conversations.answers.text import plain
from conversations.understanding.going_on import LENGTH_UNIT, behind_credential, goes_elsewhere
from conversations.understanding.telling import GAP, Fragment, Telling

_AND = re.compile(
    r"\s(?:and|et|then|puis|pis|ensuite|plus|but|mais|\+|&)\s(?=(?:about |almost |over |environ |presque |pres de )?"
    r"(?:\d|one |two |three |four |five |six |un |une |deux |trois |quatre |cinq |half ))"
)
_OF_ONE_LENGTH = re.compile(r"\b(?:years?|yrs?|ans?|annees?)\s(?:and|et)\s(?:a half|demie?|\d{1,2} (?:months?|mois))")
_AND_AS = re.compile(r"\s(?:and|et|plus|\+|&)\s(?=(?P<words>[a-z' -]{3,40}?)\d)")
_THEN = re.compile(
    r"\s(?=(?:and |et )?(?:then|after that|afterwards|puis|ensuite|apres)\s+(?:in|at|from|since|as|en|a|au|aux|chez|i"
    r"|je)\b[^;]*\d)"
)
"""Where one job ends and the next is told: *until 2022 then in Doha from 2023*."""
_DIGIT = re.compile(r"\d")
_HOURS = re.compile(r"\d{1,2}(?:[.,]\d)?\s?(?:h\b|hours?\b|hrs?\b|heures?\b)")


def parted(telling: Telling) -> Iterator[Fragment]:
    """The fragments, parted once more where *and* joins two lengths of time."""
    for fragment in telling.fragments():
        start = fragment.start
        said = plain(fragment.text)
        ands = list(_AND.finditer(said))
        ands = [each for each in ands if _two_lengths(said, each) or behind_credential(telling, fragment, each)]
        cuts = [found.start() for found in ands]
        cuts += [found.start() for found in _AND_AS.finditer(said) if _two_jobs(telling, said, found)]
        of_one = [found.span() for found in _OF_ONE_LENGTH.finditer(said)]
        cuts = [cut for cut in cuts if not any(begin < cut < end for begin, end in of_one)]
        cuts += goes_elsewhere(telling, fragment.text)
        cuts += [found.start() for found in _THEN.finditer(said) if _DIGIT.search(said[: found.start()])]
        turned = [place for zone in telling.zones for place in (zone.start, zone.end)]
        places = {fragment.start + cut for cut in cuts} | {
            place for place in turned if fragment.start < place < fragment.end
        }
        for cut in [*sorted(places), fragment.end]:
            if telling.left[start:cut].strip():
                yield Fragment(start, cut, telling.left[start:cut])
            start = cut


def _two_jobs(telling: Telling, said: str, found: re.Match[str]) -> bool:
    """*Barista 20 hours and receptionist 20 hours*: two that each say how long, the second by its name."""
    named = re.sub(r"\b(?:for|about|almost|over|around|pendant|depuis|since|environ)\b", " ", found["words"])
    return bool(
        (LENGTH_UNIT.search(said[: found.start()]) or _HOURS.search(said[: found.start()]))
        and (_LENGTH.match(said[found.end("words") :]) or _HOURS.match(said[found.end("words") :]))
        and not telling.vocabulary.only_empty(named)
    )


_LENGTH = re.compile(r"\d{1,2}(?:[.,]\d)?\s*\+?\s*(?:years?|yrs?|ans|annees?|months?|mois)\b")


def _two_lengths(said: str, found: re.Match[str]) -> bool:
    """Whether an *and* parts two lengths of time, or two numbers of hours."""
    before, behind = said[: found.start()], said[found.end() :]
    return bool(LENGTH_UNIT.search(before) or (_HOURS.search(before) and _HOURS.match(behind)))


_ORIGIN = re.compile(r"\b(?:from|originaire d[e'u])\s+(?:the )?$")


def without_origin(telling: Telling, text: str) -> str:
    """*A nurse from the Philippines working in Dubai*: a job there; where somebody comes from is no place of it."""
    named = find_countries(text, telling.vocabulary.lexicon)
    said = plain(text)
    origins = [each.place for each in named if _ORIGIN.search(said[: each.place.start])]
    if len(named) < 2 or len(origins) != 1 or re.match(r"\s+(?:to|a|au|vers)\b", said[origins[0].end :]):
        return text
    return f"{text[: origins[0].start]}{GAP * (origins[0].end - origins[0].start)}{text[origins[0].end :]}"
