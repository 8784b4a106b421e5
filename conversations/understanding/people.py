"""Age and birth of the one who tells and of the partner."""

from __future__ import annotations

import re
from datetime import date

from conversations.answers.calendar import Stamp, find
from conversations.answers.text import plain
from conversations.answers.words import with_digits
from conversations.understanding.telling import GAP, Telling

LEAST_AGE, MOST_AGE = 16, 75
_BORN = re.compile(
    r"\b(?:born|dob|d\.o\.b|date of birth|birth ?date|birthday|nee?|naissance|ne le|nee le|date de naissance"
    r"|anniversaire)\b[\s:,]*(?:on |is |in |the |le |en |est )*"
)
_BORN_AT = re.compile(r".{0,2}|(?:a|au|aux|en|in|at)\s[a-z' -]{2,30}?[\s,]+(?:(?:le|on|in|en|the)\s)?\s?")
"""Between *né* and the day: nothing, or where that was."""
_UNIT = r"(?:\s*-?\s*(?:years?[- ]old|years? of age|ans d'age|yrs?[- ]old|year[- ]old|y/o|yo\b|y\.o\.?))"
_AGES = (
    re.compile(rf"(?<![\d.,])(?P<age>\d{{2}}){_UNIT}"),
    re.compile(
        r"\b(?:i'?\s?a?m|im|age|aged|je suis age de|je suis agee de|agee? de|age is|mon age est|age:"
        r"|age :)\s*:?\s*(?P<age>\d{2})(?![\d.,]*\d)(?!\s*(?:months?|mois|k\b|%|h\b|-?days|minutes|points?"
        r"|weeks))"
    ),
    re.compile(
        r"\b(?:i'?\s?a?m|im|name is|myself|je suis|je m'appelle)\s+(?!(?:in|at|on|over|under|about|almost|nearly"
        r"|turning|above|around"
        r"|earning|making|working|studying|scoring|having|with|for|a|an|the|not|only|now|since|from|to|en|au|a|dans"
        r"|sur|depuis)\b)"
        r"[a-z]{2,14},?\s+(?P<age>\d{2})(?![\d.,:/]*\d)(?!\s*(?:hours?|hrs?|h\b|years? (?:of|as|in|exp)|yrs? (?:of|as"
        r"|in|exp)"
        r"|months?|mois|weeks?|days?|%|k\b|points?|ans (?:de|d'|comme|en)))"
    ),
    re.compile(r"\bj'?\s?(?:ai|e)\s+(?P<age>\d{2})\s*ans\b(?!\s*(?:d'|de |en |comme |au |aux |a ))"),
    re.compile(
        r"\b(?:femme|homme|fille|garcon|gars|personne|woman|man|girl|guy|person|mother|father|mere|pere)\s+(?:\w+\s+)?"
        r"(?:de|of|agee? de|aged)\s+(?P<age>\d{2})(?:\s*(?:ans|years?)\b)?(?![\d.,]*\d)"
        r"(?!\s*(?:kids|children|enfants|mois))"
    ),
    re.compile(
        r"\b(?:j'ai eu|viens d'avoir|turned|fete mes|eu mes)\s+(?P<age>\d{2})(?:\s*ans)?\b"
        r"(?!\s*(?:months?|mois|points?))"
    ),
    re.compile(
        r"\b(?:moi|me|elle|lui|him|her)(?:\s+c'est)?[\s:,]{1,3}(?P<age>\d{2})(?:\s*(?:ans|years?(?: old)?|yo)\b"
        r"|(?=\s*,)|(?=\s+(?!mois|months?|years?|yrs?|ans|h\b|hours?|heures?|points?|kids|weeks?|days?|jours?|semaines?)[a-z]))"
    ),
    re.compile(r"(?<![a-z0-9.,])(?P<age>\d{2})\s?(?P<sex>[mf])(?![a-z0-9'])"),
    re.compile(
        r"(?<![a-z0-9.,])(?P<age>\d{2})\s*(?:,\s*)?(?P<sex>(?:fe)?male|homme|femme)\b(?!\s*(?:colleagues|coworkers"
        r"|nurses|patients))"
    ),
    re.compile(r"(?<![a-z0-9])(?P<sex>[mf])\s?(?P<age>\d{2})(?![a-z0-9.,])"),
    re.compile(
        r"\b(?:he|she|il|elle|who|qui|wife|husband|spouse|partner|femme|mari|epouse|epoux|conjointe?)\s*(?:is|'s"
        r"|a)\s+(?P<age>\d{2})(?:\s*(?:ans"
        r"|years?)\b)?(?![\d.,]*\d)(?!\s*(?:months?|mois|d'|k\b))"
    ),
)
_ALONE = re.compile(
    r"\s*(?:(?:me|moi|myself)?\s*[-–:=]\s*)?(?:and |et |age |both |each |chacun |tous les deux |toutes les deux |i am "
    r"|je suis )?(?P<age>\d{2})(?:\s*(?:ans|yrs?|years?))?\s*"
)
_TURNS = re.compile(
    r"\b(?:turn(?:ing|s)?|will be|je vais avoir|j'aurai|aurai|bientot|almost|nearly"
    r"|presque|(?:i|je)'?\s?(?:will|ll|shall|am going to) be|will turn"
    r"|turn)\s+(?P<age>\d{2})(?:\s*ans)?\b(?P<when>[^,.;\n]{0,30})"
    r"|(?<![\d.,])(?P<age2>\d{2})(?:\s*ans)?\s+(?P<when2>next (?:week|month|year|\w+day)|soon|in (?:a|one|two"
    r"|\d+) (?:weeks?|months?|days?)|la semaine prochaine|le mois prochain|bientot|tomorrow|demain|dans (?:un"
    r"|une|deux|\d+) (?:semaines?|mois|jours?))"
)
_YEARS = r"(?:\s*(?:ans|years? old|yo)\b)?"
_CORRECTED = re.compile(
    rf"(?<!\d)(?P<age>\d{{2}}){_YEARS},?\s*(?:and |et )?(?:not|pas|instead of|au lieu de)\s+(?P<wrong>\d{{2}})"
    rf"{_YEARS}(?!\d)"
    rf"|(?<!\d)(?P<wrong2>\d{{2}}){_YEARS}[\s,.;-]*(?:(?:oh |ah |euh |uh )?(?:non|no)\s*[,:.;]|(?:non |no )?(?:sorry"
    r"|wait|pardon|desolee?|oops|oups|i mean|je veux dire|plutot|rather|euh|enfin|correction))"
    rf"[\s,:]*(?P<age2>\d{{2}}){_YEARS}(?!\d)"
)
_EITHER = re.compile(rf"(?<!\d)(?P<one>\d{{2}}){_YEARS},?\s+(?:non|no|or|ou)\s+(?P<other>\d{{2}}){_YEARS}(?!\d)")


def read_birth(telling: Telling) -> None:
    """The birth date, else the age; of the partner where the partner is told of."""
    said = telling.said
    born = _BORN.search(said)
    if born is not None:
        for stamp in find(said, None):
            if stamp.start >= born.end() and _BORN_AT.fullmatch(said, born.end(), stamp.start):
                _born(telling, born.start(), stamp)
                break
    _corrected(telling)
    _still(telling)
    _about(telling)
    _turning(telling)
    for pattern in _AGES:
        for found in pattern.finditer(with_digits(telling.said)):
            _aged(telling, found)


def _born(telling: Telling, start: int, stamp: Stamp) -> None:
    whose = telling.whose(start)
    earliest = date(telling.today.year - MOST_AGE - 25, 1, 1)
    if stamp.short:
        telling.ask("year_two_digits", f"/{whose}/birth_date", stamp.text)
    else:
        day = telling.day(stamp, f"/{whose}/birth_date")
        if day is not None and date.fromisoformat(day) >= earliest:
            telling.people[whose].setdefault("birth_date", day)
    telling.note("birth_date", start, stamp.end)


def _corrected(telling: Telling) -> None:
    """*32 not 31*: the first is meant; *34, no, 35*: the second; *34 ans non 35* may be either."""
    found = _CORRECTED.search(telling.said)
    if found and not _of_age(telling.said, found):
        found = None
    if found and _plausible(age := int(found["age"] or found["age2"])):
        _keep_age(telling, age, found.start(), found.end())
    either = _EITHER.search(telling.said)
    if either and all(_plausible(int(age)) for age in either.groups()):
        _dispute(telling, either.start(), either.end(), [int(age) for age in either.groups()])


_SAYS_AGE = re.compile(r"\b(?:age|aged|agee?|i'?\s?a?m|j'?\s?ai|years old|yo|ans?|years?|turn\w*|birthday)\b")


def _of_age(said: str, found: re.Match[str]) -> bool:
    """Whether a number that is put right is an age: it says so, or nothing else stands in the message."""
    alone = not re.sub(r"[\W\d_]|(?:not|non|no|pas|sorry|wait|oops|pardon|actually)", "", said)
    return alone or (bool(_SAYS_AGE.search(said[: found.end()])) and not _OTHER_COUNT.search(said))


_OTHER_COUNT = re.compile(r"\b(?:hours?|hrs?|heures?|h|weeks?|semaines?|months?|mois|points?|days?|jours?)\b")


def _dispute(telling: Telling, start: int, end: int, ages: list[int]) -> None:
    """Ask for an age that was told in two ways; none of them is kept."""
    whose = telling.whose(start)
    telling.people[whose].pop("age", None)
    telling.people[whose].pop("stated_on", None)
    telling.disputed.add(whose)
    stated_on = telling.today.isoformat()
    telling.ask("age", f"/{whose}/age", telling.text[start:end], ages, stated_on=stated_on)
    telling.note("age", start, end)


_STILL = re.compile(
    r"(?<![\d.,])(?P<age>\d{2})(?:\s*(?:ans|years? old|yo))?\s+(?:until|till|jusqu'?\s?(?:a|en"
    r"|au))\s+(?P<when>[a-z]+)\b"
    r"|\bnot (?P<next>\d{2}) yet\b|\bpas encore (?P<prochain>\d{2}) ans\b"
)


def _turning(telling: Telling) -> None:
    """*30 next week*: the age is one less until then, and the birth date is worth asking."""
    found = _TURNS.search(with_digits(telling.said))
    age = int(found["age"] or found["age2"]) if found else 0
    if found is None or not _plausible(age):
        return
    whose = telling.whose(found.start())
    when = (found["when"] or found["when2"] or "").strip()
    telling.keep("age_turns", age, found.group())
    if when:
        telling.keep("birthday", "_".join(when.split()), telling.text[found.start() : found.end()])
    telling.ask("birth_date_wanted", f"/{whose}/birth_date", telling.text[found.start() : found.end()])
    _keep_age(telling, age - 1, found.start(), found.end())


_DECADE = re.compile(
    r"\b(?:(?:(?:i'?\s?a?m )?in (?:my )?|my |i'?\s?a?m )?(?:early|mid|late)[- ]*(?:my )?|in my "
    r"|i'?\s?a?m (?:in )?(?:my )?)"
    r"(?:[2-5]0'?s|twenties|thirties|forties|fifties)\b"
    r"|\b(?:je suis |dans |la |ma |debut |fin |de )*(?:vingtaine|trentaine|quarantaine|cinquantaine)\b(?! d[e'])"
)
_SHORT_YEAR = re.compile(r"\b(?:born|nee?)\s+(?:in |en )?['’]?(?P<year>\d{2})\b(?![\d/.:-])")


def _about(telling: Telling) -> None:
    """*Mid 30s*, *born in '88*: no age and no day, and so asked for."""
    for pattern in (_DECADE, _SHORT_YEAR):
        found = pattern.search(telling.said)
        if found is not None and telling.left[found.start() : found.end()].strip(GAP):
            whose = telling.whose(found.start())
            telling.ask("birth_date_wanted", f"/{whose}/birth_date", telling.text[found.start() : found.end()])
            telling.empty(found.start(), found.end())


def _still(telling: Telling) -> None:
    """*29 until February*: of that age now; *not 30 yet* says at most that much, and leaves the age open."""
    for found in _STILL.finditer(with_digits(telling.said)):
        if found["age"] and _plausible(int(found["age"])) and _MONTHS_AHEAD.match(found["when"]):
            _keep_age(telling, int(found["age"]), found.start(), found.end())
        elif not found["age"]:
            telling.empty(found.start(), found.end())


_MONTHS_AHEAD = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|next|my|fev|avr|mai|juin|juil|aout|mon|ma|le|the|end|fin)"
)


def _plausible(age: int) -> bool:
    return LEAST_AGE <= age <= MOST_AGE


def _keep_age(telling: Telling, age: int, start: int, end: int) -> None:
    whose = telling.whose(start)
    person = telling.people[whose]
    if person.get("age", age) != age:
        _dispute(telling, start, end, [person["age"], age])
        return
    if "birth_date" not in person and whose not in telling.disputed:
        person |= {"stated_on": telling.today.isoformat(), "age": age}
    telling.note("age", start, end)


def _aged(telling: Telling, found: re.Match[str]) -> None:
    if _plausible(int(found["age"])) and telling.left[found.start("age") : found.end("age")].strip(GAP):
        _keep_age(telling, int(found["age"]), found.start("age"), found.end())


def read_bare_age(telling: Telling) -> None:
    """A number alone between two signs, where no age was told otherwise: `..., 41, common law, ...`."""
    for fragment in telling.fragments():
        found = _ALONE.fullmatch(with_digits(plain(fragment.text)))
        start = fragment.end - len(fragment.text.lstrip())
        whose = telling.whose(start)
        if found and _plausible(int(found["age"])) and not {"age", "birth_date"} & telling.people[whose].keys():
            _keep_age(telling, int(found["age"]), start, fragment.end)
