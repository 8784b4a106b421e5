"""Where and when somebody studied: beside the name of a credential, and in the pieces right behind it."""

from __future__ import annotations

import re
from typing import Any

from conversations.answers.calendar import Stamp, find
from conversations.answers.countries import codes_of, find_countries
from conversations.answers.text import Place, plain
from conversations.understanding.levels import schools_in
from conversations.understanding.studying import Span, is_length
from conversations.understanding.telling import GAP, Fragment, Telling

_SCHOOL = re.compile(
    r"\s*(?:[a-z.'-]+\s){0,3}(?:university|college|institute|polytechnic)(?:\sof(?:\s[a-z]+){1,3})?\s*"
    r"|\s*(?:universit[ye]|institut|ecole|faculte)(?:\s[a-z.'-]+){1,4}\s*"
)
_HERE = re.compile(r"^(?:here|ici)\s+(?:(?:at|in|au|a|à|en)\s+)?", re.IGNORECASE)
_UNTIL = re.compile(r"\s*(?:-|–|—|/|to|until|till|a|au|jusqu'?(?:a|en|au)?)\s*(?:en\s+)?")
_NOT_FINISHED_THEN = re.compile(
    r"\b(?:came|arrived|moved|landed|immigrated|since|started|began|born|work\w*|venue?s?|arrivee?s?|depuis|commence"
    r"|debute|nee?"
    r"|travaill\w*)\b[^,.;]{0,24}$"
)
"""A day on which somebody came, or began, is none on which they finished."""
_TO_PLACE = re.compile(r"[\s'-]*(?:(?:in|at|from|of|the|en|au|aux|a|l|la|le|de|du|d|des|\()[\s'-]*)*")


def country_in(telling: Telling, text: str) -> str | None:
    """The one country that a text names, by its name, a school or *here in Canada*."""
    if next(iter(telling.vocabulary.find(text, "school_in_canada")), None) or _here(telling, text):
        return "CA"
    codes = codes_of(find_countries(text, telling.vocabulary.lexicon))
    return codes.pop() if len(codes) == 1 else None


def _here(telling: Telling, text: str) -> bool:
    return any(meant == "here" and "canada" in place.words for place, meant in telling.vocabulary.find(text, "here"))


def further(telling: Telling, end: int, whose: str, value: dict[str, Any]) -> None:
    """The country and the day of a diploma in the pieces right behind it: `master, Senegal, 15 July 2016`."""
    behind = [each for each in telling.fragments() if each.start >= end]
    for index, fragment in enumerate(behind):
        if telling.left[end : fragment.start].strip(" ,;()\n"):
            continue
        named = find_countries(fragment.text, telling.vocabulary.lexicon)
        stamps = find(plain(fragment.text), None, short=False)
        if named and "country" not in value and _is_all(fragment.text, named[0].place) and len(named[0].codes) == 1:
            value["country"] = named[0].codes[0]
            telling.keep("education_place", fragment.text.strip())
            telling.note("credentials", fragment.start, fragment.end)
        elif stamps and _is_all(fragment.text, stamps[0]) and stamps[0].precision in ("day", "month", "year"):
            day = telling.day(stamps[0], f"/{whose}/credentials") if stamps[0].precision == "day" else None
            if day:
                value["completed_on"] = day
            telling.note("completed_on", fragment.start, fragment.end)
        elif _SCHOOL.fullmatch(plain(fragment.text)):
            telling.keep("education_place", fragment.text.strip())
            telling.note("credentials", fragment.start, fragment.end)
        elif is_length(fragment.text) and _places_alone(telling, behind[index + 1 : index + 2], value):
            telling.note("credentials", fragment.start, fragment.end)
            return
        else:
            return
        end = fragment.end


def _places_alone(telling: Telling, ahead: list[Fragment], value: dict[str, Any]) -> bool:
    """Whether nothing, or only the place of study, stands behind a length: `bachelor, 4 years, from Lagos`."""
    for fragment in ahead:
        places = telling.vocabulary.places(fragment.text)
        lead = re.match(r"\s*(?:from|in|at|de|du|des|d'|en|au|aux|a)\b", plain(fragment.text))
        if not places or not lead or fragment.text[places[-1].end :].strip():
            return False
        country = country_in(telling, fragment.text)
        value |= {"country": country} if country and "country" not in value else {}
        telling.note("credentials", fragment.start, fragment.end)
    return True


def _is_all(text: str, place: Place | Stamp) -> bool:
    """Whether a piece is a name or a date and nothing else."""
    return not plain(f"{text[: place.start]}{text[place.end :]}").strip(" .()")


def take(telling: Telling, begin: int, end: int) -> None:
    """Keep the place of study, and take the words of it out of what is left."""
    text = telling.left[begin:end]
    for first, last in _runs(telling, text):
        telling.keep("education_place", _HERE.sub("", text[first:last].replace(GAP, " ").strip()))
        telling.note("credentials", begin + first, begin + last)
    stamps = find(plain(text), None, short=False)
    for index, stamp in enumerate(stamps):
        before = plain(text[: stamp.start])
        if _NOT_FINISHED_THEN.search(before) or _OF_ANOTHER_DAY.search(before):
            continue
        if index + 1 < len(stamps) and _UNTIL.fullmatch(plain(text[stamp.end : stamps[index + 1].start])):
            telling.empty(begin + stamp.start, begin + stamp.end)
        elif stamp.precision in ("day", "month", "year"):
            telling.note("completed_on", begin + stamp.start, begin + stamp.end)
            if stamp.precision != "day":
                telling.keep("completed", stamp.text, text.replace(GAP, " "))


_OF_ANOTHER_DAY = re.compile(r"\b(?:until|till|jusqu'?\s?(?:en|au|a)|depuis|since|expire\w*(?: (?:en|in|le|on))?)\s*$")
"""What leads to a day on which no diploma was given."""


def _runs(telling: Telling, text: str) -> list[Span]:
    """The places that a text names; those that follow each other are one: *Conestoga in Ontario*."""
    runs: list[Span] = []
    for each in sorted([*telling.vocabulary.places(text), *schools_in(text)]):
        if runs and _TO_PLACE.fullmatch(plain(text[runs[-1][1] : each.start]).replace(",", " ")):
            runs[-1] = (runs[-1][0], max(runs[-1][1], each.end))
        elif not runs or each.start >= runs[-1][1]:
            runs.append((each.start, each.end))
    return runs


def with_when_and_where(telling: Telling, end: int) -> int:
    """The end of what follows right behind a credential of when and where: *in Canada in June 2027*."""
    text = telling.left[end : telling.sentence(end - 1).end]
    spans = [(each.start, each.end) for each in find(plain(text), None, short=False)]
    spans += [(each.start, each.end) for each in telling.vocabulary.places(text)]
    reached = 0
    for start, stop in sorted(spans):
        if start >= reached and _TO_PLACE.fullmatch(plain(text[reached:start])):
            reached = stop
    return end + reached
