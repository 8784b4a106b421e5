"""How long somebody worked in all: of which so long in a country; and that they never worked, there or anywhere."""

from __future__ import annotations

import re
from typing import Any

from conversations.answers.countries import codes_of, find_countries
from conversations.answers.jobs import told_of_job
from conversations.answers.words import with_digits
from conversations.understanding.pieces import Job
from conversations.understanding.telling import Telling
from conversations.understanding.titled import named

_OF_WHICH = re.compile(
    r"(?<![\w.,])\d{1,2}(?:[.,]\d)?\s*\+?\s*(?:years?|yrs?|ans|annees?)\b(?P<as>[^.;\n]{0,40}?)"
    r"(?P<join>\b(?:out of which|of which|of them|including|incl|dont)\b)[^.;\n]*"
)
_PART = re.compile(
    r"(?:only|just|the|last|past|les?|derniere?s?|seulement|about|environ|\s|,)*"
    r"(?P<count>\d{1,2}(?:[.,]\d)?)\s*(?P<unit>years?|yrs?|ans|annees?|months?|mois)?\b"
)
_PART_BEFORE = re.compile(r"(?P<count>\d{1,2}(?:[.,]\d)?)\s*(?P<unit>years?|yrs?|ans|annees?|months?|mois)?\s*$")
_IN_YEAR = 12


def shared(telling: Telling) -> list[Job]:
    """*8 years, 2 of which in Canada*: those two there, and the others where that is to be asked.

    Where no country is named, or the numbers do not say how much is left, none of it is a job yet.
    """
    jobs: list[Job] = []
    for found in _OF_WHICH.finditer(with_digits(telling.said)):
        parts = _parts(telling, found)
        if parts:
            jobs += parts
            telling.note("jobs", found.start(), found.end())
        else:
            telling.keep("years_in_all", None, telling.text[found.start() : found.end()])
            telling.empty(found.start(), found.end())
    return jobs


def _parts(telling: Telling, found: re.Match[str]) -> list[Job]:
    said, join = found.group(), found.start("join") - found.start()
    before, behind = said[:join], said[found.end("join") - found.start() :]
    part = _PART.match(behind) or _PART_BEFORE.search(before)
    head = telling.text[found.start() : found.start() + (part.start() if part and part.string is before else join)]
    told = told_of_job(head, telling.today, telling.vocabulary.lexicon)
    codes = codes_of(find_countries(telling.text[found.start("join") : found.end()], telling.vocabulary.lexicon))
    months = told.value.get("months")
    if part is None or len(codes) != 1 or not months:
        return []
    there = float(part["count"].replace(",", "."))
    there = there if (part["unit"] or "").startswith("mo") else _IN_YEAR * there
    if not 0 < there < months:
        return []
    stated_on = telling.today.isoformat()
    title = named(telling, told.title, head)
    lengths = ((there, {"country": codes.pop()}), (months - there, dict[str, Any]()))
    return [
        Job(
            telling.whose(found.start()),
            found.start(),
            title,
            {"months": _whole(length), "stated_on": stated_on, **where},
            timed=True,
        )
        for length, where in lengths
    ]


def _whole(months: float) -> int | float:
    return int(months) if months == int(months) else months


_AT_SOMETHING = re.compile(
    r"\s*(?:as|in|for|with|at|there|under|outside|abroad|comme|en|chez|dans|pour|a l'etranger|hors)\b"
)
"""*Never worked as a nurse* denies one job only."""


def unworked(telling: Telling) -> str | None:
    """Whose message says that they never worked, anywhere; none in Canada, or abroad, is kept as it was said."""
    nothing = None
    for place, where in telling.vocabulary.find(telling.left, "no_work"):
        if where == "any" and _AT_SOMETHING.match(telling.said, place.end):
            continue
        if where == "any":
            nothing = telling.whose(place.start)
        else:
            name = "canadian_work_years" if where == "canada" else "foreign_work_years"
            telling.keep(name, 0, telling.text[place.start : place.end])
        telling.note("jobs", place.start, place.end)
    return nothing
