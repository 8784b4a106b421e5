"""Children by their number, brothers and sisters in Canada, other relatives there."""

from __future__ import annotations

import re

from conversations.answers.countries import find_countries
from conversations.answers.text import plain
from conversations.answers.words import with_digits
from conversations.understanding.people import which_status
from conversations.understanding.telling import Telling

MOST_CHILDREN = 20


def read_family(telling: Telling) -> None:
    """Children by their number, brothers and sisters in Canada, other relatives there."""
    for place, _ in telling.vocabulary.find(telling.left, "childless"):
        telling.household["dependants"] = []
        telling.note("dependants", place.start, place.end)
    _children(telling)
    for group, fact in (("sibling", "sibling_in_canada"), ("relative", "relative_in_canada")):
        for place, _ in telling.vocabulary.find(telling.left, group):
            _relative(telling, place.start, place.end, fact)


_HOW_MANY = re.compile(
    r"(?:\b(?:the|my|our|les|mes|nos|with|avec)\s+)*(?:\b(?P<count>\d{1,2}|a|an|un|une)\s+)(?:(?:the|my|our"
    r"|small|little|young|jeunes?|petits?|minor|dependent)\s+)*$"
)


def _children(telling: Telling) -> None:
    count, spans = 0, []
    for place, _ in telling.vocabulary.find(telling.left, "children"):
        before = with_digits(plain(telling.left[: place.start]))
        found = _HOW_MANY.search(before)
        if found is None:
            continue
        count += int(found["count"]) if found["count"].isdigit() else 1
        spans.append((found.start(), place.end))
    if 0 < count <= MOST_CHILDREN and "dependants" not in telling.household:
        telling.household["dependants"] = [{} for _ in range(count)]
    for start, end in spans:
        telling.note("dependants", start, end)


def _relative(telling: Telling, start: int, end: int, fact: str) -> None:
    """A brother in Canada is one whose clause names Canada or a place there, or a status there."""
    clause = telling.around(start)
    text = telling.left[clause.start : clause.end]
    negated = re.search(r"\b(?:no|not|pas|aucune?|without|sans|don't|dont)\b", plain(text))
    places = list(find_countries(text, telling.vocabulary.lexicon))
    resident = telling.vocabulary.find(text, "resident")
    there = bool(resident) or any("CA" in each.codes for each in places)
    if not there:
        return
    person = telling.people[telling.whose(start)]
    person.setdefault(fact, not negated)
    if not negated and fact == "sibling_in_canada":
        if resident:
            telling.keep("sibling_status", which_status(resident[0][0].words), clause.text)
        else:
            telling.ask(
                "sibling_status",
                "/candidate/sibling_in_canada",
                clause.text,
                ["citizen", "permanent_resident", "neither"],
            )
        for each in places:
            telling.keep("sibling_place", text[each.place.start : each.place.end], clause.text)
    telling.note(fact, start, end)
    for each in places:
        telling.empty(clause.start + each.place.start, clause.start + each.place.end)
    for place, _ in resident:
        telling.empty(clause.start + place.start, clause.start + place.end)
