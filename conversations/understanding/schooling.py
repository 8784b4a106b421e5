"""Diplomas in free text: level, country, day, and whether they were assessed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from conversations.answers import Unclear, Understood, read_education
from conversations.answers.calendar import Stamp, find
from conversations.answers.choices import EITHER
from conversations.answers.countries import find_countries
from conversations.answers.text import Place, plain, standing
from conversations.understanding.telling import GAP, Fragment, Telling

NONE = "none"
MOST_CREDENTIALS = 10
_OF_A_JOB = re.compile(
    r"^[\s-]*(?:school )?(?:teachers?|instructors?|professors?|lecturers?|students?|candida(?:te|t)s?"
    r"|principals?|counsell?ors?"
    r"|electricians?|plumbers?|chefs?|mechanics?|assistants?|technicians?|prof\b|enseignante?s?)"
)
_WORKS_AT = re.compile(
    r"\b(?:teach(?:es|er|ing)?|professor|lecturer|enseignante?|prof|professeure?|works?|working|travaille"
    r"|instructor|educat\w+)\b[^,;.]{0,24}\b(?:at|in|for|au|aux|a|dans|en)\s+(?:an? |une? |la |le |l'|the )?$"
)
_TEACHES = re.compile(
    r"\b(?:prof|professeure?|enseignante?|teacher|director|directeur|directrice|instituteur|institutrice|secretaire"
    r"|surveillante?|conseillere?|principal)\s+(?:de |en |of |d'|du |au |a la |in )\s*$"
)
_MONTH_AHEAD = re.compile(r"^\.?\s?\d")
_JOINED = re.compile(
    r"^\s*(?:\+|&|and|et|,|/|plus|also|aussi|then|puis|ainsi qu[e'])?\s*(?:an?|une?|my|ma|mon|the)?\s*$"
)
_BOTH = re.compile(r"\b(?:both|all|each|les deux|toutes?|tous|two|deux)\b")
_BODY_GAP, _DATE_AHEAD, _LATE = (
    12,
    40,
    re.compile(r"\b(?:pending|in progress|en cours|waiting|applied|attente|en attente)\b"),
)
_SEVERAL = frozenset({"evalues", "evaluees", "ecas"})


def read_schooling(telling: Telling) -> None:
    """Every credential that is told, the highest first as told, and the assessments that go with them."""
    levels = _levels(telling)
    told: list[tuple[int, str, dict[str, Any]]] = []
    for clause, found in list(_by_clause(telling, levels))[:MOST_CREDENTIALS]:
        told += _credentials(telling, clause, found)
    _assessed(telling, told)
    for _, whose, credential in told:
        telling.people[whose].setdefault("credentials", []).append(credential)


def _by_clause(telling: Telling, levels: list[tuple[Place, str]]) -> Iterator[tuple[Fragment, list[tuple[Place, str]]]]:
    """The levels of each clause together; clauses that only join two levels (`master + licence`) are one."""
    said, clauses = plain(telling.text), list[tuple[int, int, list[tuple[Place, str]]]]()
    for place, level in levels:
        own = telling.around(place.start)
        start, end, found = clauses[-1] if clauses else (0, 0, [])
        if found and (own.start < end or _JOINED.match(said[found[-1][0].end : place.start])):
            clauses[-1] = (start, max(end, own.end), [*found, (place, level)])
        else:
            clauses.append((own.start, own.end, [(place, level)]))
    for start, end, found in clauses:
        yield Fragment(start, end, telling.text[start:end]), found


def _levels(telling: Telling) -> list[tuple[Place, str]]:
    """The words of a level, where they are of a diploma and not of a job or a month."""
    said, found = telling.said, []
    for place, level in standing(telling.left, telling.vocabulary.lexicon.levels):
        if level == NONE and " " not in place.words:
            continue
        if place.words == "dec" and (
            _MONTH_AHEAD.match(said[place.end :]) or re.search(r"\d\s*$", said[: place.start])
        ):
            continue
        if place.words in (
            "md",
            "ma",
            "ba",
            "no",
            "non",
            "cap",
            "docteur",
            "docteure",
            "these",
            "terminale",
            "medecine",
        ) and not _spelt_large(telling, place):
            continue
        if (
            _OF_A_JOB.match(said[place.end :])
            or _WORKS_AT.search(said[: place.start])
            or _TEACHES.search(said[: place.start])
        ):
            continue
        if _NAMED_SCHOOL.match(said[place.start :]) or _in_a_name(telling, place):
            continue
        found.append((place, level))
    return found


_NAMED_SCHOOL = re.compile(r"universit(?:y|e) (?:of|de|d'|du)\b")


def _in_a_name(telling: Telling, place: Place) -> bool:
    """Whether a word is part of the name of a school: *Lakehead University*."""
    near = telling.vocabulary.find(telling.left, "school_in_canada")
    return any(each.start <= place.start and place.end <= each.end for each, _ in near)


def _spelt_large(telling: Telling, place: Place) -> bool:
    """Whether a short word stands in large letters, or after *a*: it is then a degree."""
    written = telling.left[place.start : place.end]
    return written.isupper() or bool(
        re.search(r"\b(?:an?|une?|en|have|ai|degree|diplome) (?:de |d')?$", telling.said[: place.start])
    )


def _credentials(
    telling: Telling, clause: Fragment, found: list[tuple[Place, str]]
) -> list[tuple[int, str, dict[str, Any]]]:
    """The credentials of one clause: each clear level is one; an open word beside a clear one is no other."""
    clear = [each for each in found if EITHER not in each[1]] or found[:1]
    told: list[tuple[int, str, dict[str, Any]]] = []
    country_of_all = _country(telling, clause.text)
    for index, (place, level) in enumerate(clear):
        begin = clause.start if index == 0 else place.start
        end = clear[index + 1][0].start if index + 1 < len(clear) else clause.end
        whose = telling.whose(place.start)
        if level == NONE:
            telling.people[whose].setdefault("credentials", [])
            telling.note("credentials", place.start, place.end)
            continue
        read = read_education(telling.left[begin:end].replace(GAP, " "), telling.today, telling.vocabulary.lexicon)
        value: dict[str, Any] = dict(read.value) if isinstance(read, Understood) else {}
        if isinstance(read, Unclear) or (isinstance(read, Understood) and read.value["level"] == NONE):
            value = {}
            if isinstance(read, Unclear):
                options = [option["level"] for option in read.options]
                telling.ask("level", f"/{whose}/credentials", clause.text, options)
        elif not value:
            value = {"level": level} if EITHER not in level else {}
        country = (
            value.get("country")
            or _country(telling, telling.text[begin:end])
            or (country_of_all if _shared(telling, clear, clause) else None)
        )
        if country:
            value["country"] = country
        if index + 1 == len(clear):
            _further(telling, clause.end, whose, value)
        told.append((place.start, whose, value))
        _take(telling, begin, end, place)
    for place, _ in found:
        telling.note("credentials", place.start, place.end)
    return told


def _further(telling: Telling, end: int, whose: str, value: dict[str, Any]) -> None:
    """The country and the day of a diploma in the pieces right behind it: `master, Senegal, 15 July 2016`."""
    for fragment in telling.fragments():
        if fragment.start < end or telling.left[end : fragment.start].strip(" ,;()\n"):
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
            return
        else:
            return
        end = fragment.end


def _is_all(text: str, place: Place | Stamp) -> bool:
    """Whether a piece is a name or a date and nothing else."""
    return not plain(f"{text[: place.start]}{text[place.end :]}").strip(" .()")


def _shared(telling: Telling, found: list[tuple[Place, str]], clause: Fragment) -> bool:
    """Whether what stands at the end of a clause is said of all its levels: *masters and bachelors from India*."""
    del clause
    said = plain(telling.text)
    pairs = itertools.pairwise(found)
    return len(found) > 1 and all(_JOINED.match(said[a.end : b.start]) for (a, _), (b, _) in pairs)


def _country(telling: Telling, text: str) -> str | None:
    if next(iter(telling.vocabulary.find(text, "school_in_canada")), None) or _here(telling, text):
        return "CA"
    codes = {code for named in find_countries(text, telling.vocabulary.lexicon) for code in named.codes}
    return codes.pop() if len(codes) == 1 else None


def _here(telling: Telling, text: str) -> bool:
    return any(meant == "here" and "canada" in place.words for place, meant in telling.vocabulary.find(text, "here"))


def _take(telling: Telling, begin: int, end: int, level: Place) -> None:
    """Keep the place of study, and take the words of it out of what is left."""
    text = telling.left[begin:end]
    named = [each.place for each in find_countries(text, telling.vocabulary.lexicon)]
    named += [place for place, _ in telling.vocabulary.find(text, "school_in_canada")]
    if named:
        first, last = min(each.start for each in named), max(each.end for each in named)
        telling.keep("education_place", text[first:last].replace(GAP, " ").strip())
        if any("here" in place.words or "ici" in place.words for place, _ in telling.vocabulary.find(text, "here")):
            first = min(first, *(place.start for place, _ in telling.vocabulary.find(text, "here")))
        telling.note("credentials", begin + first, begin + last)
    for stamp in find(plain(text), None, short=False):
        if stamp.precision in ("day", "month", "year"):
            telling.note("completed_on", begin + stamp.start, begin + stamp.end)
            if stamp.precision != "day":
                telling.keep("completed", stamp.text, text.replace(GAP, " "))
    del level


def _assessed(telling: Telling, told: list[tuple[int, str, dict[str, Any]]]) -> None:
    """The assessments: of the credential before them, or of all where both are said to be assessed."""
    for place, _ in telling.vocabulary.find(telling.left, "not_assessed"):
        _give(telling, told, place, False)
        telling.note("eca", place.start, place.end)
    for place, _ in telling.vocabulary.find(telling.left, "assessed"):
        _give(telling, told, place, _eca(telling, place))
        telling.note("eca", place.start, place.end)


def _give(telling: Telling, told: list[tuple[int, str, dict[str, Any]]], place: Place, eca: Any) -> None:
    near = telling.text[max(0, place.start - _BODY_GAP) : place.end + _BODY_GAP]
    clause = telling.around(place.start).text
    abroad = [each for each in told if each[2].get("country") != "CA"]
    before = [each for each in abroad if each[0] < place.start] or abroad
    if not before:
        telling.keep("eca", "yes" if eca is not False else "no", near)
        return
    of_all = _BOTH.search(plain(clause)) or eca is False or place.words in _SEVERAL
    for _, _, credential in before if of_all else before[-1:]:
        credential.setdefault("eca", dict(eca) if isinstance(eca, dict) else eca)


def _eca(telling: Telling, place: Place) -> Any:
    """The day and the body of an assessment that stand near its name; one that is pending is not there yet."""
    start, end = max(0, place.start - _BODY_GAP), place.end + _DATE_AHEAD
    sentence = telling.around(place.start)
    text = telling.left[start:end]
    if _LATE.search(plain(telling.text[sentence.start : sentence.end])):
        telling.keep("eca", "pending", sentence.text)
        return False
    eca: dict[str, Any] = {}
    for each, body in telling.vocabulary.find(text, "assessor"):
        eca["body"] = body
        telling.empty(start + each.start, start + each.end)
        break
    for stamp in find(plain(text), telling.today):
        if stamp.start >= place.end - start and stamp.precision in ("day", "month", "year"):
            day = telling.day(stamp, "/candidate/credentials/0/eca/issued_on")
            if day:
                eca["issued_on"] = day
            telling.empty(start + stamp.start, start + stamp.end)
            break
    return eca
