"""Diplomas in free text: level, country, day, and whether they were assessed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from conversations.answers import Unclear, Understood, read_education
from conversations.answers.calendar import find
from conversations.answers.choices import EITHER
from conversations.answers.countries import find_countries
from conversations.answers.scores import without
from conversations.answers.text import Place, plain
from conversations.understanding.assessing import Credentials, assessments, give
from conversations.understanding.levels import NONE, apart, leave_licences, levels_in
from conversations.understanding.studying import (
    LENGTH,
    Span,
    bracketed,
    length_of,
    lengths_in,
    only_partly,
    study_lengths,
)
from conversations.understanding.telling import GAP, Fragment, Telling
from conversations.understanding.unsettled import DENIED, NOT_YET, Unsettled, leave_out, supposes, unsettled
from conversations.understanding.where_studied import country_in, further, take, with_when_and_where

MOST_CREDENTIALS, MOST_LEVELS, MOST_BRACKETS = 10, 16, 3
Levels = list[tuple[Place, str]]
_JOINED = re.compile(
    r"^\s*(?:\+|&|and|et|,|/|plus|also|aussi|then|puis|ainsi qu[e'])?\s*(?:an?|une?|my|ma|mon|the)?\s*$"
)
_BOTH = re.compile(r"\s*(?:both|all|les deux|tous|toutes|tous les deux)\s+(?:from|in|at|de|d'|du|des|en|au|aux)\b")
_TO_WORK = re.compile(
    r"[\s,]+(?:and|et|then|puis|plus|&|with|avec)\s+(?:i |i've |j'ai |je |(?:elle|il|she|he) (?:a |has )?"
    r"|have |then |now |am |been |about |almost |over )*"
    r"(?:\d+(?:[.,]\d)?\s*\+?\s*(?:years?|yrs?|ans?|mois|months?)\b|work\w*|travail\w*|employed)"
    r"|\s(?:j'habite|je vis|je travaille|je suis|i live|i work|i'm|i am)\b"
)
"""Where a clause goes on to work, or to where one lives: *masters from France and 3 years as a cook*."""
_SEVERAL_OF = {"2": 2, "two": 2, "deux": 2, "3": 3, "three": 3, "trois": 3}
_SEVERAL = re.compile(rf"(?<![a-z0-9.])({'|'.join(_SEVERAL_OF)})\s$")
_BRACKETS = re.compile(r"\s*(?:\([^()\n]{1,40})?\)(?=\s*(?:[a-zA-Z,;]|$))")
_OF_ALL = re.compile(r"[^,.;\n]{0,12},?\s*(?:which |that )?(?:are |were )?(?:both|all|tous|toutes|les deux)\b")
"""*Both evaluated as a master's*: the diplomas stay what they are, and there is no other."""
_EQUALS = re.compile(
    r"(?:[^,.;\n]{0,12},\s*(?:both|all|tous|toutes|les deux)\b)?"
    r"[^,.;\n]{0,30}?\b(?:equal|equals|equivalent|equivalence|considered|recogni[sz]ed|evaluated|assessed|counted"
    r"|equivaut|equivalente?|reconnue?|evaluee?|consideree?)\b"
    r"(?:[\s']+(?:in|by|of|to|as|an?|the|une?|au|a|comme|du|d|de|canada|wes|canadian))*[\s']*"
    r"|[^;\n]{0,30}?\b(?:eca|ede|wes)\b[^,.;\n]{0,12}?\b(?:says?|said|shows?|dit|indique|donne)\b(?:[\s':]+(?:an?|une?))?[\s':]*"
)
"""Between a level and what it counts as in Canada."""
_MY_DEGREES = re.compile(r"(?<![a-z])(?:my|both|all|our|mon|ma|mes|nos)\s+(?:\w+\s+)?$")
_ARE = re.compile(r"s?\s+(?:are|were|have|sont|ont)\b")
"""*My degrees are assessed*, beside their names, tells of none besides."""
_NOT_OF_STUDY = re.compile(r"\b(?:and|et|until|till|apply\w*|expir\w*|valid|turn\w*|postul\w*|jusqu\w*)\b|[,;]")


def read_schooling(telling: Telling) -> None:
    """Every credential that is told, the highest first as told, and the assessments that go with them."""
    for start, stop in study_lengths(telling):
        end = with_when_and_where(telling, stop)
        telling.keep("study_length", None, telling.text[start:end])
        telling.note("credentials", start, end)
    leave_licences(telling)
    assessed = assessments(telling)
    levels, ends = _settled(telling)
    told: Credentials = []
    for clause, found in list(_by_clause(telling, levels, ends))[:MOST_CREDENTIALS]:
        told += _credentials(telling, clause, found)
    for _, whose, credential in told:
        telling.people[whose].setdefault("credentials", []).append(credential)
    _of_both(telling, [each[2] for each in told])
    give(telling, told, assessed)


def _of_both(telling: Telling, told: list[dict[str, Any]]) -> None:
    """*Both from Pakistan*: the country of every credential that has none."""
    for fragment in telling.fragments():
        lead = _BOTH.match(plain(fragment.text))
        named = find_countries(fragment.text, telling.vocabulary.lexicon) if lead else []
        if lead and len(named) == 1 and len(named[0].codes) == 1 and len(told) > 1:
            for credential in told:
                credential.setdefault("country", named[0].codes[0])
            telling.note("credentials", fragment.start, fragment.end)


def _settled(telling: Telling) -> tuple[Levels, list[int]]:
    """The levels that somebody has, and where others begin: those that are planned, under way or denied."""
    settled, left_out = Levels(), list[int]()
    last = -1
    for place, level in list(itertools.islice(levels_in(telling), MOST_LEVELS)):
        found = None if level == NONE else unsettled(telling, place.start, place.end) or _to_come(telling, place)
        partly = only_partly(telling, place, level) if found is None else None
        if partly:
            found = Unsettled("late", *partly)
        if found is None and last >= 0 and not telling.said[last : place.start].strip(f"{GAP} "):
            found = Unsettled("ahead", place.start, place.end)
        if found is None:
            settled.append((place, level))
        else:
            left_out.append(_left_out(telling, place, level, found))
            last = place.end
    return _without_equals(telling, settled), left_out


def _without_equals(telling: Telling, levels: Levels) -> Levels:
    """The levels without those that an assessment has made another one of: *my diploma is equal to a bachelor's*."""
    said = plain(telling.text)
    kept: Levels = []
    for place, level in levels:
        if kept and _EQUALS.fullmatch(said, kept[-1][0].end, place.start):
            if _OF_ALL.match(said, kept[-1][0].end):
                continue
            gone, former = kept.pop()
            length = length_of(telling, gone, former)
            telling.note("credentials", min(gone.start, length[0] if length else gone.start), place.start)
        kept.append((place, level))
    sure = [each for each in kept if EITHER not in each[1] and each[1] != NONE]
    return [each for each in kept if each in sure or not sure or not _names_none(telling, each[0], sure)]


def _names_none(telling: Telling, place: Place, sure: Levels) -> bool:
    """Whether *my degree* only says of what an assessment is, or something of degrees that are named elsewhere.

    *Two degrees* are those two that follow.
    """
    if _count(telling, place) > 1:
        end = telling.sentence(place.start).end
        return sum(place.start < each.start < end for each, _ in sure) == _count(telling, place)
    said = plain(telling.text)
    start, end = _clause_of(telling, place)
    assessed = any(fact == "eca" and start <= each < end for fact, each, _ in telling.spans)
    return bool(_MY_DEGREES.search(said[: place.start]) and (assessed or _ARE.match(said[place.end :])))


def _to_come(telling: Telling, place: Place) -> Unsettled | None:
    """A credential beside which a day, a month or a year stands that is not there yet."""
    if supposes(telling):
        return None
    end = _clause_of(telling, place)[1]
    for stamp in find(plain(telling.left[place.end : end]), None, short=False):
        day = stamp.dated("day_first") or stamp.dated("month_first") if stamp.precision != "no_year" else None
        if _NOT_OF_STUDY.search(telling.said[place.end : place.end + stamp.start]):
            return None
        if day is not None and day > telling.today:
            return Unsettled("late", place.end, place.end + stamp.end)
    return None


def _left_out(telling: Telling, place: Place, level: str, found: Unsettled) -> int:
    """Keep what is said of a credential that is not there, and take it out of what is left; where it begins."""
    start, end = min(place.start, found.start), max(place.end, found.end)
    length = length_of(telling, place, level)
    if length:
        start, end = min(start, length[0]), max(end, length[1])
    end = with_when_and_where(telling, end)
    leave_out(telling, DENIED if found.kind == "denied" else NOT_YET, start, end)
    return start


def _clause_of(telling: Telling, place: Place) -> Span:
    """The clause in which a level stands.

    No full stop of an abbreviation ends it (`B.Sc. from India`), nor do brackets (`MSc (2 years) in France`).
    """
    text = telling.text
    start, end = telling.around(place.start).start, telling.around(place.end - 1).end
    if text[end : end + 1] == "." and end == place.end and "." in text[place.start : end]:
        end = telling.around(min(end + 1, len(text) - 1)).end
    for _ in range(MOST_BRACKETS):
        brackets = _BRACKETS.match(text, end)
        if brackets is None:
            break
        end = telling.around(brackets.end()).end if brackets.end() < len(text) else brackets.end()
    work = _TO_WORK.search(plain(text), place.end, end)
    return start, max(work.start() if work else end, place.end)


def _by_clause(telling: Telling, levels: Levels, ends: list[int]) -> Iterator[tuple[Fragment, Levels]]:
    """The levels of each clause together; clauses that only join two levels (`master + licence`) are one.

    `ends`: where something begins that is not said of the level before it.
    """
    said, clauses = plain(telling.text), list[tuple[int, int, Levels]]()
    for place, level in levels:
        begin, close = _clause_of(telling, place)
        close = min([close, *(each for each in ends if each >= place.end)])
        start, end, found = clauses[-1] if clauses else (0, 0, [])
        same = bool(found) and telling.whose(found[-1][0].start) == telling.whose(place.start)
        if found and not same:
            turn = next((each.start for each in telling.zones if found[-1][0].end <= each.start <= place.start), begin)
            clauses[-1], begin = (start, min(end, turn), found), max(begin, turn)
        if same and (begin < end or _joined(said[found[-1][0].end : place.start])):
            clauses[-1] = (start, max(end, close), [*found, (place, level)])
        else:
            clauses.append((begin, close, [(place, level)]))
    for start, end, found in clauses:
        yield Fragment(start, end, telling.text[start:end]), found


def _joined(between: str) -> bool:
    """Whether nothing but a sign, a small word or a length stands between two levels."""
    return _JOINED.match(LENGTH.sub(" ", between)) is not None


def _credentials(telling: Telling, clause: Fragment, found: Levels) -> Credentials:
    """The credentials of one clause, each with what stands from its name, or its length, to the next one."""
    lengths = {place: span for place, level in found if (span := length_of(telling, place, level))}
    named = [(place.start, place.end) for place, _ in found]
    own = apart(telling, found)
    begins = [min(place.start, lengths.get(place, (place.start, 0))[0]) for place, _ in own]
    ends = [*begins[1:], clause.end]
    shared = country_in(telling, clause.text) if _shared(telling, own) else None
    told: Credentials = []
    for index, (place, level) in enumerate(own):
        whose = telling.whose(place.start)
        begin, end = begins[index] if index else min(clause.start, begins[0]), ends[index]
        if level == NONE:
            telling.people[whose].setdefault("credentials", [])
            telling.note("credentials", place.start, place.end)
            continue
        text = _studied(telling, begin, end, [*named, *lengths.values()])
        country = country_in(telling, telling.text[begin:end])
        value = _value(telling, text, level, f"/{whose}/credentials", _hints(telling, place, end, country))
        country = value.get("country") or country or shared
        if country:
            value["country"] = country
        if index + 1 == len(own):
            further(telling, clause.end, whose, value)
        again = (
            {name: each for name, each in value.items() if name != "country"} if _ONE_OF.search(plain(text)) else value
        )
        told += [(place.start, whose, dict(again) if more else value) for more in range(_count(telling, place))]
        take(telling, begin, end)
    for start, end in [*named, *lengths.values()]:
        telling.note("credentials", start, end)
    return told


_ONE_OF = re.compile(r"\b(?:one|1|un|une)\b (?:of (?:them|which) )?(?:is |was )?(?:from|in|at|by|de|du|au|aux|en|a)\b")
"""*Two masters (one from Canada)*: where the other is from is not said."""


def _count(telling: Telling, place: Place) -> int:
    """How many credentials a name stands for: *two masters*."""
    found = _SEVERAL.search(plain(telling.text)[: place.start])
    return _SEVERAL_OF[found[1]] if found else 1


def _studied(telling: Telling, begin: int, end: int, own: list[Span]) -> str:
    """What is said of one credential, without lengths of time that are not its own."""
    text = telling.left[begin:end].replace(GAP, " ")
    others = [
        (start, stop)
        for start, stop in lengths_in(text)
        if not any(span[0] < begin + stop and begin + start < span[1] for span in own)
    ]
    return without(text, others)


def _hints(telling: Telling, place: Place, end: int, country: str | None) -> str:
    """What may settle an open level: *cégep (3 ans)*, a school that is known to be in Canada."""
    length = bracketed(telling, place.end, end)
    return f"{length} {'Canada' if country == 'CA' else ''}".strip()


def _value(telling: Telling, text: str, level: str, about: str, hints: str) -> dict[str, Any]:
    """Level, country and day of a credential; its level is asked where it is open, with hints too."""
    read = read_education(text, telling.today, telling.vocabulary.lexicon)
    if isinstance(read, Unclear) and hints:
        read = read_education(f"{text} {hints}", telling.today, telling.vocabulary.lexicon)
    if isinstance(read, Unclear):
        telling.ask("level", about, text, [option["level"] for option in read.options])
        return {}
    if isinstance(read, Understood):
        return dict(read.value) if read.value["level"] != NONE else {}
    return {"level": level} if EITHER not in level else {}


def _shared(telling: Telling, found: Levels) -> bool:
    """Whether what stands at the end of a clause is said of all its levels: *masters and bachelors from India*."""
    said = plain(telling.text)
    return len(found) > 1 and all(_joined(said[a.end : b.start]) for (a, _), (b, _) in itertools.pairwise(found))
