"""Words of a level of education in free text, where they are of a diploma and not of a job, a month or a school."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conversations.answers.choices import EITHER
from conversations.answers.education import IN_CAPITALS, is_small
from conversations.answers.text import Place, listed, plain, standing
from conversations.understanding.telling import Telling

NONE = "none"
Levels = list[tuple[Place, str]]
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
_OF_STATE = re.compile(r"e? d'etat\b")
"""*Infirmier diplômé d'État* is a title."""
_OF_SCHOOL = re.compile(r"\s+(?:of|from|in|at)\s+(?:my |the )?(?:high|secondary|middle|primary|grade|school)\b")
"""Who dropped out of a university has finished school."""
_LICENSED = re.compile(
    r"\b(?:driv\w+|driver'?s|nurs\w+|rn|professional|teach\w+|pilot'?s?|medical|trade|practi\w+|truck|security"
    r"|pharmacy|cpa|cdl"
    r"|(?:my|no|full|valid|canadian|class [a-z0-9]+|az|dz|g[12]?))\s*$"
)
_TO_PRACTISE = re.compile(r"\s+(?:to (?:practi|driv|teach|work)|number|plate|exam|from the|pending)")
_LICENCE = re.compile(r"\blicen[cs]e\b")
_OF_SOMETHING = re.compile(
    r"\b(?:nomination|nominee|pnp|oinp|sinp|aaip|mpnp|nsnp|nbpnp|bcpnp|birth|marriage|police|medical|language|trade"
    r"|death|lmia"
    r"|csq|tax)\)?\s*$"
)
"""*My nomination certificate*: a paper, and no diploma."""
_LARGE = frozenset(listed("md ba no non cap docteur docteure these terminale medecine")) | IN_CAPITALS
"""Short words that are a degree in large letters, or after *a*."""
_GENERAL = frozenset(
    listed(
        "degree degrees university universite universitaire universitaires diplome diplomes etudes college collegial"
        " cegep program programme year years an ans annee annees d de of one two three four un une deux trois quatre"
    )
)
"""Words that name no level by themselves: beside one that does they tell of the same credential."""
_PARTED = re.compile(r"[,;+&/\n]|\b(?:and|et|plus|then|puis)\b")
_SCHOOL = re.compile(
    r"(?:\b(?:from|at|de|a|of)\s+|\b[dl]'\s*|(?P<sign>[,(])\s*)(?:the\s+|l'\s?)?(?P<name>(?!(?:an?|une?|the|my|your|in"
    r"|from|at|of|de|l'|and|then|after|college|high|public|private)\b)"
    r"[a-z.'-]{2,}(?:\s[a-z.'-]{2,})?\s+(?:university|college|institute|polytechnic)|universit(?:y|e)\s+(?:of|de|d'|du)"
    r"\s*(?:la\s|l')?[a-z'-]+|college\s+of\s+[a-z'-]+)"
)
_AT_MY = re.compile(r"\b(?:from|at|in|by|de|a|par|dans)\s+(?:my|the|our|mon|ma|mes|notre|l')\s*$")
_DOCTOR_IN = re.compile(r"docteure? (?:en|es) [a-z]")
"""*Docteur en chimie*: a degree; *docteur* alone is who heals."""
_OF_A_SCHOOL = frozenset(listed("university college universite polytechnic"))


def levels_in(telling: Telling) -> Iterator[tuple[Place, str]]:
    """Every word of a level that is of a diploma, in the order of the text."""
    for place, level in standing(telling.left, telling.vocabulary.lexicon.levels):
        if (level != NONE or " " in place.words) and not _is_other(telling, place):
            yield place, level


def leave_licences(telling: Telling) -> None:
    """Take out the licence to drive, or to practise, that is no diploma: *my nursing licence*."""
    for found in _LICENCE.finditer(telling.said):
        before, behind = telling.said[: found.start()], telling.said[found.end() :]
        of_a_trade = _LICENSED.search(before)
        if of_a_trade or _TO_PRACTISE.match(behind):
            telling.empty(of_a_trade.start() if of_a_trade else found.start(), found.end())


def _is_other(telling: Telling, place: Place) -> bool:
    """Whether the words of a level are part of a month, a word of small letters, a job or the name of a school."""
    said = telling.said
    before, behind = said[: place.start], said[place.end :]
    if place.words == "dec" and (_MONTH_AHEAD.match(behind) or re.search(r"\d\s*$", before)):
        return True
    if place.words in _LARGE and not (_spelt_large(telling, place) or _DOCTOR_IN.match(telling.said, place.start)):
        return True
    if place.words == "diplome" and _OF_STATE.match(behind) and telling.text[place.end - 1] in "éÉ":
        return True
    if place.words == "dropped out" and not _OF_SCHOOL.match(behind):
        return True
    if place.words in ("certificate", "certificat") and _OF_SOMETHING.search(before):
        return True
    if place.words in _OF_A_SCHOOL and _AT_MY.search(before):
        return True
    if _OF_A_JOB.match(behind) or _WORKS_AT.search(before) or _TEACHES.search(before):
        return True
    return _in_a_name(telling, place)


def _in_a_name(telling: Telling, place: Place) -> bool:
    """Whether a word is part of the name of a school: *Lakehead University*."""
    near = [each for each, _ in telling.vocabulary.find(telling.left, "school_in_canada")]
    if place.words in _OF_A_SCHOOL:
        near += schools_in(telling.left)
    return any(each.start <= place.start and place.end <= each.end for each in near)


def schools_in(text: str) -> list[Place]:
    """The names of schools in a text, as far as they can be told: *from Anna university*, *l'université de Dakar*."""
    said = plain(text)
    return [
        Place(found.start("name"), found.end("name"), found["name"])
        for found in _SCHOOL.finditer(said)
        if not found["sign"] or text[found.start("name")].isupper()
    ]


def _spelt_large(telling: Telling, place: Place) -> bool:
    """Whether a short word stands in large letters, or after *a*: it is then a degree."""
    written = telling.left[place.start : place.end]
    if place.words in IN_CAPITALS:
        return not is_small(place, telling.text)
    return written.isupper() or bool(
        re.search(r"\b(?:an?|une?|en|have|ai|degree|diplome) (?:de |d')?$", telling.said[: place.start])
    )


def apart(telling: Telling, found: Levels) -> Levels:
    """The levels of a clause that are credentials of their own: a general word beside a clear one is no other."""
    sure = [each for each in found if EITHER not in each[1] and not _is_general(each[0])]
    known = {level for _, level in sure}
    kept: Levels = []
    for index, each in enumerate(found):
        place, level = each
        options = set(level.split(EITHER))
        if _in_brackets_again(telling, found, index) or _said_again(telling, found, index):
            continue
        if each in sure or not (sure or kept):
            kept.append(each)
        elif _is_general(place):
            if not options & (known | {level for _, level in kept}) and EITHER not in level:
                kept.append(each)
        elif _stands_apart(telling, found, index):
            kept.append(each)
    return [each for each in kept if each in sure or not _is_general(each[0]) or not _shares(each, known)]


def _said_again(telling: Telling, found: Levels, index: int) -> bool:
    """Whether a level only says the one right before it in other words: *JD law degree*."""
    if index == 0 or found[index][1] != found[index - 1][1]:
        return False
    return not telling.text[found[index - 1][0].end : found[index][0].start].strip()


def _in_brackets_again(telling: Telling, found: Levels, index: int) -> bool:
    """Whether a level only says the one before it again: *Master of Science in Nursing (MSN)*, *maîtrise (bac+4)*."""
    if index == 0:
        return False
    between = telling.text[found[index - 1][0].end : found[index][0].start]
    alone = between.strip() == "("
    return (
        (alone or found[index][1] == found[index - 1][1])
        and "(" in between
        and ")" not in between
        and telling.text[found[index][0].end :].lstrip(" .").startswith(")")
    )


def _is_general(place: Place) -> bool:
    return all(word in _GENERAL or word.isdigit() for word in place.words.split())


def _shares(each: tuple[Place, str], known: set[str]) -> bool:
    return bool(set(each[1].split(EITHER)) & known)


def _stands_apart(telling: Telling, found: Levels, index: int) -> bool:
    """Whether a sign or *and* parts a level from the one before it, or the first from the next."""
    said = plain(telling.text)
    near = found[index - 1][0], found[index][0]
    if index == 0:
        near = found[0][0], found[1][0]
    return _PARTED.search(said[near[0].end : near[1].start]) is not None
