"""How long studies took: a length that stands with a credential is the credential's, and no work."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from conversations.answers.text import Place, plain, standing
from conversations.answers.words import with_digits
from conversations.understanding.levels import schools_in
from conversations.understanding.telling import GAP, Telling

Span = tuple[int, int]

LENGTH = re.compile(
    r"(?<![\d.,])(?P<count>\d{1,2}(?:[.,]\d)?)\s*(?:-\s*)?(?P<unit>years?|yrs?|ans?|annees?|months?|mois)\b"
)
_MONTHS, MOST_LENGTHS = 12, 20
_MOST_YEARS = {"secondary": 7, "one_year": 2, "two_year": 3, "bachelor": 6, "masters": 6, "doctorate": 8}
_LONGEST, _LONGEST_BEHIND = 8, {"masters": 3}
"""Years that a credential may take; behind its name fewer, since a length there may be of work."""
_LEADS = re.compile(
    r"[\s-]*(?:(?:of|for|in|a|an|the|my|de|d'|en|pour|du|la|le|ma|mon|full[- ]?time|regular|integrated|honou?rs|hons"
    r"|post[- ]?grad(?:uate)?|postgraduate|graduate|undergraduate|professional|vocational"
    r"|engineering|college|university|degree|course|program(?:me)?|study|studies|etudes?|duration|length)[\s-]*)*"
)
"""Between a length and the name of a credential: *3 years of full-time*."""
_STUDIED = re.compile(
    r"(?:^|\b(?:then|puis|i|did|done|do|doing|studied|completed|finished|have|has|with|had|a|an|my|also|and|in|je"
    r"|j'ai|ai|fait|fais"
    r"|etudie|suivi|un|une|mon|ma|et|avec|my [a-z]+ (?:is|was))\s*|:\s*)$"
)
"""What may stand before such a length; other words are a job's: *accountant 5 years masters*."""
_SUBJECT = re.compile(
    r"[\s(-]*(?:(?:degree|diploma|of|in|en|de|d'|des|du)\b[^,;()\d]{0,40}|is|was|takes|took|lasts|lasted|est"
    r"|dure)?[\s(-]*"
)
"""Between the name of a credential and a length: *bachelor of engineering (4 years)*."""
_MOST_OF_A_SUBJECT, SURE_OF_TITLE = 4, 90
_SIGN = re.compile(r"[^a-z\s&'-]")
_BRACKETED = re.compile(r"\([a-z .]{1,12}\)\s*$")
_AROUND_PLACES = re.compile(
    r"[\s.,()-]*(?:(?:degree|program(?:me)?|course|long|duration|obtained|completed|done|finished|earned|obtenue?"
    r"|faite?"
    r"|suivie?|terminee?|finie?|passee?|from|in|at|of|the|au|aux|en|a|de|du|des|d'|la|le|l'"
    r"|universit[ye]|college|full[- ]?time)[\s.,()-]*)*"
)
_ALSO = re.compile(r"\b(?:puis|then|and|et|plus|ensuite|after that)\b")
_ABOUT_WORK = re.compile(
    r"\b(?:work\w*|job|jobs|exp|experience|as|since|employed|travail\w*|emploi|comme|depuis|ago|old|il y a|i)\b"
)


def length_of(telling: Telling, place: Place, level: str) -> Span | None:
    """Where the length of a credential stands, before its name or behind it; None where none is its own."""
    said = with_digits(telling.said)
    clause = _clause(telling, place)
    for found in LENGTH.finditer(said, clause[0], clause[1]):
        if found.end() <= place.start and _leads(said, found, place, clause[0]) and _takes(found, level, _LONGEST):
            return found.span()
        if found.start() >= place.end and _follows(telling, said, found, place, clause[1]):
            most = _LONGEST_BEHIND.get(level, _LONGEST)
            return found.span() if _takes(found, level, most) else None
    return None


_IN_BRACKETS = re.compile(r"[^()\n]{0,60}\(\s*(?P<length>\d\s*-?(?:years?|ans|annees?))\s*\)")
_MOST_BEYOND = 12
"""Characters of a length in brackets that may stand behind the clause."""


def bracketed(telling: Telling, start: int, end: int) -> str:
    """The length in brackets that stands in the clause of a credential, taken out of what is left; else nothing."""
    found = _IN_BRACKETS.match(with_digits(plain(telling.text)), start, end + _MOST_BEYOND)
    if found is None:
        return ""
    telling.note("credentials", *found.span("length"))
    return found["length"]


def is_length(text: str) -> bool:
    """Whether a text is a length of time that studies may take, and nothing else: *26 ans* is an age."""
    found = LENGTH.fullmatch(with_digits(plain(text)).strip(" ()-"))
    return found is not None and _takes(found, "", _LONGEST)


def only_partly(telling: Telling, place: Place, level: str) -> Span | None:
    """Where it is said that one studied for a part of the time: *two years of bachelor*, *3 of 4 years of it*."""
    said = with_digits(telling.said)[: place.start]
    some, found = _SOME_OF.search(said), _SO_LONG_OF.search(said)
    if some:
        return some.start(), place.end
    short = found and level == "bachelor" and float(found["count"].replace(",", ".")) < _LEAST_OF_A_DEGREE
    return (found.start(), place.end) if found and short else None


def lengths_in(text: str) -> Iterator[Span]:
    """Every length of time in a text."""
    return (found.span() for found in LENGTH.finditer(with_digits(plain(text))))


_STUDIES = re.compile(r"\b(?:i |have |j'ai |ai )*(?:studied|studying|etudie|etudiais)\b")
_WORKED = re.compile(r"\b(?:work\w*|job|travail\w*|emploi|as|comme)\b")
_SOME_OF = re.compile(
    r"\b\d\s+(?:years?\s+|ans\s+|annees\s+)?(?:of|out of|sur)\s+(?:the\s+)?\d\s+(?:years?|ans|annees)\s+"
    r"(?:of|de)\s+(?:my |a |the |ma |mon |la )?$"
)
_SO_LONG_OF = re.compile(
    r"(?<![\d.,])(?P<count>\d(?:[.,]\d)?)\s+(?:years|ans|annees)\s+(?:of|de)\s+(?:my |a |the |ma |mon |la )?$"
)
_LEAST_OF_A_DEGREE = 3
_OF_STUDY = re.compile(
    r"\s*(?:of|d'|de|a l'|at|in|en)\s?(?:stud(?:y|ies)|etudes?|universit[ye]|college|school|schooling|education|fac"
    r"|formation|cours)\b(?:\s+(?:superieures|universitaires|apres le bac\w*|after (?:high|secondary) school"
    r"|(?:of|in|en|de|d')\s?[a-z]{4,}))?"
)


def _studied(telling: Telling, said: str, found: re.Match[str]) -> bool:
    """Whether a length is how long somebody studied: *I studied engineering for 4 years*."""
    clause = telling.around(found.start())
    lead, rest = said[clause.start : found.start()], said[found.end() : clause.end]
    return bool(_STUDIES.search(lead)) and not _WORKED.search(lead) and not _WORKED.search(rest)


def _has_length(place: Place) -> bool:
    return LENGTH.search(with_digits(place.words)) is not None


def study_lengths(telling: Telling) -> list[Span]:
    """Where a length of study stands by itself: *five years of study*; not one that is a level's name."""
    said = with_digits(telling.said)
    levels = standing(telling.left, telling.vocabulary.lexicon.levels)
    named = [place for place, _ in levels if _has_length(place)]
    lengths = list(itertools.islice(LENGTH.finditer(said), MOST_LENGTHS))
    found = [(each.start(), _OF_STUDY.match(said, each.end())) for each in lengths]
    spans = [(start, ahead.end()) for start, ahead in found if ahead]
    spans += [each.span() for each in lengths if _studied(telling, said, each)]
    return [span for span in spans if not any(each.start < span[1] and span[0] < each.end for each in named)]


def _clause(telling: Telling, place: Place) -> Span:
    """The part of what is left in which a name stands, up to what was read around it; brackets belong to it."""
    start, end = telling.around(place.start).start, telling.around(place.end - 1).end
    before = telling.left.rfind(GAP, start, place.start)
    behind = re.match(r"\s*\([^()]*\)", telling.text[end:])
    end = end + behind.end() if behind else end
    gap = telling.left.find(GAP, place.end, end)
    return max(start, before + 1), gap if gap >= 0 else end


def _takes(found: re.Match[str], level: str, most: int) -> bool:
    """Whether a credential may take so long."""
    years = float(found["count"].replace(",", "."))
    years = years / _MONTHS if found["unit"].startswith("mo") else years
    return years <= min(most, _MOST_YEARS.get(level, _LONGEST))


def _leads(said: str, found: re.Match[str], place: Place, begin: int) -> bool:
    lead = said[begin : found.start()].strip(" -")
    return bool(_LEADS.fullmatch(said, found.end(), place.start) and _STUDIED.search(lead))


def _follows(telling: Telling, said: str, found: re.Match[str], place: Place, end: int) -> bool:
    """Whether a length behind a name ends what is said of it, but for where it was."""
    between, rest = said[place.end : found.start()], _ALSO.split(said[found.end() : end])[0]
    end = found.end() + len(rest)
    if "," in between or _ABOUT_WORK.search(between) or _ABOUT_WORK.search(rest):
        return False
    if _places(telling, telling.text[place.end : found.start()]):
        return _only_places(telling, place.end, found.start()) and not rest.strip(" .)-")
    return _is_subject(telling, between) and _only_places(telling, found.end(), end)


def _is_subject(telling: Telling, between: str) -> bool:
    """Whether a text may say what was studied: led to by *in* or *of*, or a few words that are no title of a job."""
    words = between.strip(" (-")
    if _SUBJECT.fullmatch(between):
        return True
    if len(words.split()) > _MOST_OF_A_SUBJECT or _SIGN.search(words):
        return False
    return telling.score_of(words) < SURE_OF_TITLE


def _places(telling: Telling, text: str) -> list[Place]:
    return sorted([*telling.vocabulary.places(text), *schools_in(text)])


def _only_places(telling: Telling, start: int, end: int) -> bool:
    """Whether a text says nothing, or nothing but where."""
    text = telling.text[start:end]
    named = _places(telling, text)
    if named:
        text = f"{text[: named[0].start]} {text[max(each.end for each in named) :]}"
    return _AROUND_PLACES.fullmatch(_BRACKETED.sub(" ", plain(text))) is not None
