"""Which words of a piece are the title of a job: what the search knows, or what is led to as one."""

from __future__ import annotations

import re

from conversations.answers.text import plain, spaced
from conversations.understanding.mentions import CHILD, MINE, NOBODY, PARTNER, RELATIVE, SIBLING, STRANGER, TWINS
from conversations.understanding.pieces import Piece
from conversations.understanding.telling import GAP, Telling
from conversations.understanding.titles import EMPLOYER, clean_title

MOST_WORDS, MOST_SEARCHED = 8, 5
SURE, SURE_WITH_MORE, DOUBTFUL, LIKELY = 95, 85, 60, 45
"""How sure the search has to be that some words are a job: alone; where studies are told of, or since when and
where; where a length of time stands beside them; where words of work lead to them."""
LEAST_DESCRIBED, MOST_DESCRIBED, DESCRIBED = 3, 12, 65
"""Words of a sentence that tells what one did, with its dates; how sure the search has to be of it."""
PEOPLE = (PARTNER, SIBLING, RELATIVE, STRANGER)
"""No title names one of them: *two sisters in Canada*."""
INTRODUCED = re.compile(
    r"\b(?:i am an?|i'?\s?m an?|im an?|as an?|work(?:ing|ed)? as|job is|job:|title:|occupation:?|profession:?|hired as"
    r"|je suis|comme|en tant que?|metier:?|poste de|emploi de|employed as|by profession|(?:job|emploi|travail|metier"
    r"|profession|poste) (?:c'est|est|is)|moi|(?:he|she|wife|husband|spouse|partner)(?:\s+\w+)?(?: is| was|'s) an?"
    r"|(?:il|elle|mari|femme|epouse|epoux|conjointe?)(?:\s+\w+)? (?:est|etait))\b"
)
_SAYS_WHO = re.compile(
    r"\b(?:je suis|i'?\s?a?m an?|moi|(?:he|she|wife|husband|spouse|partner)(?:\s+\w+)?(?: is| was|'s) an?"
    r"|\w+ (?:est|etait))\b"
)
"""*Je suis marocain*: leads to much that is no job."""
OF_STUDY = re.compile(
    r"\b(?:stud\w*|etudi\w*|etudes?|school|ecole|college|cours|program\w*|formation|univ\w*|fac|lycee)\b"
)
_BEHIND_AS = re.compile(r"^.*\b(?:(?:comme|as an?|as|en tant que)\s+|en tant qu'\s?)(?:une?\s+|an?\s+)?", re.IGNORECASE)
"""What stands before *as*: *in a restaurant as a dishwasher*."""
_AS = re.compile(r"\b(?:(?:comme|as an?|as|en tant que)\s+|en tant qu'\s?)(?:une?\s+|an?\s+|d')?$")
_AT_WORK = re.compile(
    r"\b(?:chez|at|with|for|pour|a la|a l'|au sein d[e'u])\s+(?:le |la |les |the |an? |une? )?(?:[a-z'-]+\s)?$"
)
_OF_A_TRADE = re.compile(r"[\s\x1f]*(?:in|for|as|en|de|comme)\b")
"""*Red seal in welding* tells of no job."""
"""What stands behind is an employer: *volunteer at the Red Cross*."""


_AT_NAMED = re.compile(r"\b(?:au|aux|a la)\s+$")
"""*Au Tim Hortons*: in large letters, an employer."""


def named(telling: Telling, told: str, text: str) -> str:
    """The title among what is left of a piece: what stands behind *as* in `text`, else the first words that may be."""
    parts = [part.strip() for part in told.split(",") if part.strip()]
    behind_as = [_BEHIND_AS.sub("", part) for part in parts if _BEHIND_AS.search(part)]
    behind_as += [part for part in parts if _AS.search(plain(text.partition(part)[0]))]
    titles = [title for part in (*behind_as, *parts) if (title := clean_title(part))]
    likely = (each for each in titles if not (telling.vocabulary.only_empty(each) or _no_title(telling, each)))
    return next(likely, titles[0] if titles else "")


def title_of(telling: Telling, piece: Piece) -> str:
    """The title of a piece, if it is one: the search knows it, or it is led to as one; else it may be left doubtful."""
    title = piece.title
    if not title or telling.vocabulary.only_empty(title) or _no_title(telling, title):
        return ""
    if not piece.timed and not piece.introduced and not alone(telling, piece):
        return ""
    if not piece.of_work and not piece.introduced and _of_credential(telling, piece):
        return ""
    if not (piece.timed or piece.introduced) and telling.text[: piece.fragment.start].endswith("("):
        return ""
    lead = plain(piece.fragment.text.partition(title)[0])
    if not piece.introduced and (_AT_WORK.search(lead) or (title[0].isupper() and _AT_NAMED.search(lead))):
        return ""
    of_a_trade = _OF_A_TRADE.match(plain(piece.fragment.text)) and "trade_certificate" in _beside(telling, piece)
    if of_a_trade and not (piece.timed or piece.introduced):
        return ""
    searched = EMPLOYER.sub("", title) or title
    short = len(searched.split()) <= MOST_SEARCHED
    if "months" in piece.value and (piece.of_work or (piece.introduced and not short)):
        return title
    if "started_on" in piece.value and LEAST_DESCRIBED <= len(searched.split()) <= MOST_DESCRIBED:
        return title if telling.may_search() and telling.described(searched) >= DESCRIBED else ""
    score = telling.score_of(searched) if short and telling.may_search() else 0
    if score >= _needed(telling, piece):
        return title
    if piece.timed and piece.introduced and _leads_to_work(telling, piece):
        return title
    piece.doubtful = score >= DOUBTFUL and not piece.timed
    return title if piece.doubtful else ""


def _of_credential(telling: Telling, piece: Piece) -> bool:
    """*Licence de 3 ans en comptabilité*: the subject of a credential, and no job."""
    told = plain(piece.fragment.text).strip(f"{GAP} ")
    return "credentials" in _beside(telling, piece) and bool(_SUBJECT.match(told))


_SUBJECT = re.compile(r"(?:(?:de |of )?\d+ \w+ )?(?:en|in)\b")


def _needed(telling: Telling, piece: Piece) -> int:
    """How sure the search has to be of a title: less where words of work or a length of time stand with it."""
    led_to = piece.introduced and _leads_to_work(telling, piece)
    if led_to or "noc" in piece.value:
        return LIKELY
    if OF_STUDY.search(plain(piece.fragment.text)):
        return SURE_WITH_MORE
    if piece.introduced or "months" in piece.value:
        return DOUBTFUL
    lasting = "country" in piece.value and _SINCE.search(plain(piece.fragment.text))
    return SURE_WITH_MORE if lasting else SURE


_SINCE = re.compile(r"\b(?:since|depuis)\b")


def _leads_to_work(telling: Telling, piece: Piece) -> bool:
    """Whether a title is led to by words of work, and not by *je suis* alone."""
    clause = telling.around(piece.fragment.start)
    said = plain(telling.text[clause.start : piece.fragment.end])
    return bool(INTRODUCED.search(_SAYS_WHO.sub(" ", said)))


def _no_title(telling: Telling, title: str) -> bool:
    """Whether words are none of a title, as *mes enfants* or *je suis marocain* are."""
    nothing = telling.vocabulary.group("no_title")
    found = telling.vocabulary.find(title, "no_title")
    people = [(kind, meant) for kind in PEOPLE for _, meant in telling.vocabulary.find(title, kind)]
    if any(kind == RELATIVE or meant not in (NOBODY, MINE) for kind, meant in people):
        return True
    if any(meant == TWINS for _, meant in telling.vocabulary.find(title, CHILD)):
        return True
    bare = spaced(re.sub(r"\d+", " ", EMPLOYER.sub("", title)))
    if not bare or nothing.get(bare) == "whole" or _OF_A_PERSON.search(bare):
        return True
    return any(meant == "word" for _, meant in found)


_OF_A_PERSON = re.compile(
    r"^(?:family|famille) (?:of|de)\b|\b(?:citizen|national|passport holder|native|speaker of \w+|origin|citoyenne?"
    r"|ressortissante?)$"
    r"|\b(?:native|english|french|anglophone|francophone|fluent) speaker$"
)
"""*Indian citizen*, *native English speaker*, *family of four*: what somebody is, and no job."""


BESIDE_TITLES = frozenset(
    {"residence_country", "age", "birth_date", "marital_status", "jobs", "trade_certificate", "work_permit"}
)
"""Facts that are told in one breath with a title; beside others a lone word is theirs: *licence en informatique*."""


def alone(telling: Telling, piece: Piece) -> bool:
    """Whether nothing is told beside a piece that its words may be of as well."""
    beside = _beside(telling, piece)
    return beside <= BESIDE_TITLES or (beside <= {*BESIDE_TITLES, "partner"} and bool(_IS.match(_said_in(piece))))


_IS = re.compile(r"[\s\x1f]*(?:is|was|est|etait)\b")
"""*My wife is dentist*: what she is, and not what she does."""


def _said_in(piece: Piece) -> str:
    return plain(piece.fragment.text)


def _beside(telling: Telling, piece: Piece) -> set[str]:
    """The facts that were read in the clause of a piece."""
    clause = telling.around(piece.fragment.start)
    return {fact for fact, start, end in telling.spans if start < clause.end and end > clause.start}
