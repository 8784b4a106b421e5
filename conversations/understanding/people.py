"""Who tells: age and birth, the partner, and whether they come."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from conversations.answers.calendar import Stamp, find
from conversations.answers.countries import find_countries
from conversations.answers.text import plain
from conversations.answers.words import with_digits
from conversations.understanding.telling import Telling
from scoring.profile import WITH_PARTNER

LEAST_AGE, MOST_AGE = 16, 75
_BORN = re.compile(
    r"\b(?:born|dob|d\.o\.b|date of birth|birth ?date|birthday|nee?|naissance|ne le|nee le|date de naissance"
    r"|anniversaire)\b[\s:,]*(?:on |is |in |the |le |en |est )*"
)
_UNIT = r"(?:\s*-?\s*(?:years?[- ]old|years? of age|ans d'age|yrs?[- ]old|year[- ]old|y/o|yo\b|y\.o\.?))"
_AGES = (
    re.compile(rf"(?<![\d.,])(?P<age>\d{{2}}){_UNIT}"),
    re.compile(
        r"\b(?:i'?\s?a?m|im|age|aged|je suis age de|je suis agee de|agee? de|age is|mon age est|age:"
        r"|age :)\s*:?\s*(?P<age>\d{2})(?![\d.,]*\d)(?!\s*(?:months?|mois|k\b|%|h\b|-?days|minutes|points?"
        r"|weeks))"
    ),
    re.compile(r"\bj'?\s?(?:ai|e)\s+(?P<age>\d{2})\s*ans\b(?!\s*(?:d'|de |en |comme |au |aux |a ))"),
    re.compile(r"(?<![a-z0-9.,])(?P<age>\d{2})\s?(?P<sex>[mf])(?![a-z0-9'])"),
    re.compile(r"(?<![a-z0-9])(?P<sex>[mf])\s?(?P<age>\d{2})(?![a-z0-9.,])"),
    re.compile(
        r"\b(?:he|she|il|elle|who|qui|wife|husband|spouse|partner|femme|mari|epouse|epoux|conjointe?)\s*(?:is|'s|a)\s+(?P<age>\d{2})(?:\s*(?:ans"
        r"|years?)\b)?(?![\d.,]*\d)(?!\s*(?:months?|mois|d'|k\b))"
    ),
)
_ALONE = re.compile(r"\s*(?:and |et |age |i am |je suis )?(?P<age>\d{2})(?:\s*(?:ans|yrs?|years?))?\s*")
_TURNS = re.compile(
    r"\b(?:turn(?:ing|s)?|will be|je vais avoir|j'aurai|aurai|bientot|almost|nearly"
    r"|presque)\s+(?P<age>\d{2})(?:\s*ans)?\b(?P<when>[^,.;\n]{0,30})"
    r"|(?<![\d.,])(?P<age2>\d{2})(?:\s*ans)?\s+(?P<when2>next (?:week|month|year|\w+day)|soon|in (?:a|one|two"
    r"|\d+) (?:weeks?|months?|days?)|la semaine prochaine|le mois prochain|bientot|tomorrow|demain|dans (?:un"
    r"|une|deux|\d+) (?:semaines?|mois|jours?))"
)
_CORRECTED = re.compile(
    r"(?<!\d)(?P<age>\d{2})(?:\s*ans)?,?\s*(?:and |et )?(?:not|pas|instead of"
    r"|au lieu de)\s+(?P<wrong>\d{2})(?:\s*ans)?(?!\d)"
)


def read_birth(telling: Telling) -> None:
    """The birth date, else the age; of the partner where the partner is told of."""
    said = telling.said
    born = _BORN.search(said)
    if born is not None:
        for stamp in find(said, None):
            if born.end() <= stamp.start <= born.end() + 2:
                _born(telling, born.start(), stamp)
                break
    _corrected(telling)
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
    """*32 not 31*: the first is meant."""
    found = _CORRECTED.search(telling.said)
    if found and _plausible(int(found["age"])):
        _keep_age(telling, int(found["age"]), found.start(), found.end())


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
        telling.keep("birthday", when.replace(" ", "_"), found.group())
    telling.ask("birth_date_wanted", f"/{whose}/birth_date", found.group())
    _keep_age(telling, age - 1, found.start(), found.end())


def _plausible(age: int) -> bool:
    return LEAST_AGE <= age <= MOST_AGE


def _keep_age(telling: Telling, age: int, start: int, end: int) -> None:
    person = telling.people[telling.whose(start)]
    if "birth_date" not in person:
        person.setdefault("stated_on", telling.today.isoformat())
        if person.setdefault("age", age) != age:
            telling.ask("age", f"/{telling.whose(start)}/age", telling.text[start:end], [person["age"], age])
    telling.note("age", start, end)


_NAMES_PARTNER = re.compile(r"wife|husband|spouse|partner|femme|mari|epou|conjoint")


def _aged(telling: Telling, found: re.Match[str]) -> None:
    if _plausible(int(found["age"])) and telling.left[found.start() : found.end()].strip():
        start = found.start("age") if _NAMES_PARTNER.match(found.group()) else found.start()
        _keep_age(telling, int(found["age"]), start, found.end())


def read_bare_age(telling: Telling) -> None:
    """A number alone between two signs, where no age was told otherwise: `..., 41, common law, ...`."""
    for fragment in telling.fragments():
        found = _ALONE.fullmatch(plain(fragment.text))
        whose = telling.whose(fragment.start)
        if found and _plausible(int(found["age"])) and not {"age", "birth_date"} & telling.people[whose].keys():
            _keep_age(telling, int(found["age"]), fragment.start, fragment.end)


# -- partner


_HAS = re.compile(
    r"^[\s,]*(?:also |too |aussi )?(?:has|have|had|holds|with|is \d|is an? (?!canadian|citizen|pr\b|permanent"
    r"|perm)|works|worked|did|took|speaks|studied|scored|got|a (?:un|une|fait|\d|travaille|obtenu|passe"
    r"|etudie)|est (?:un |une )?(?!canadien|citoyen|resident|rp)[a-z]+(?:eur|euse|ier|iere|ien|ienne|iste"
    r"|cien|e)\b|travaille|parle|\d{2}\b|age|:)"
)
_MINE = re.compile(
    r"[,.;\n]\s*(?:and |et |but |mais )?(?:i |i'|im |my |me |je |j'|moi|mon |ma |mes |we |nous |our |notre )"
    r"|\b(?:and|et) (?:i |i'|je |j'|we |nous )"
)


def find_zones(telling: Telling) -> None:
    """Where the text tells of the partner: from *my wife has* to the end of the sentence, or to the next *I*."""
    said = plain(telling.text)
    for place, _ in telling.vocabulary.find(telling.text, "partner"):
        if not _HAS.match(said[place.end :]):
            continue
        end = telling.sentence(place.start).end
        back = _MINE.search(said, place.end, end)
        telling.partner_zones.append((place.start, back.start() if back else end))


def read_partner(telling: Telling) -> None:
    """Marital status, and whether a partner comes, or is a citizen or permanent resident."""
    named = telling.vocabulary.find(telling.left, "marital")
    explicit = list(dict.fromkeys(meant for _, meant in named))
    partners = telling.vocabulary.find(telling.left, "partner")
    status = _status(telling, explicit, partners)
    for place, _ in named:
        telling.note("marital_status", place.start, place.end)
    for place, _ in telling.vocabulary.find(telling.left, "partner"):
        _about_partner(telling, place.start)
    for place, coming in telling.vocabulary.find(telling.left, "coming"):
        if status in WITH_PARTNER or partners:
            telling.partner_status.setdefault("accompanying", coming == "yes")
            telling.note("accompanying", place.start, place.end)
    if status in WITH_PARTNER:
        _by_pronoun(telling)
    if status is not None:
        telling.household["marital_status"] = status


_PRONOUN = re.compile(r"^\s*(?:and |et |who |qui )?(?:he|she|they|il|elle)\s*(?:is|are|'s|'re|est)\s")


def _together(telling: Telling, clause: str) -> bool:
    """*Common-law with a citizen*: a status and a person of whom it is said."""
    return bool(telling.vocabulary.find(clause, "marital") and re.search(r"\b(?:with|w/|to|avec|a) ", plain(clause)))


def _by_pronoun(telling: Telling) -> None:
    """*He is a PR*: of the partner, where one was named before."""
    for place, _ in telling.vocabulary.find(telling.left, "resident"):
        clause = telling.around(place.start)
        if (_PRONOUN.match(plain(clause.text)) or _together(telling, clause.text)) and not telling.vocabulary.find(
            clause.text, "sibling"
        ):
            telling.partner_status.setdefault("canadian_or_permanent_resident", " not " not in plain(clause.text))
            telling.note("canadian_or_permanent_resident", place.start, place.end)


def _status(telling: Telling, explicit: list[str], partners: list[Any]) -> str | None:
    together = [each for each in explicit if each in WITH_PARTNER]
    if len(set(explicit)) > 1 and set(explicit) != set(together):
        telling.ask("marital_status", "/household/marital_status", telling.text, explicit)
        return None
    if explicit:
        return "common_law" if "common_law" in explicit else explicit[0]
    implied = {meant for _, meant in partners}
    return "married" if "married" in implied else None


def _about_partner(telling: Telling, start: int) -> None:
    """What the clause says in which the partner is named."""
    clause = telling.around(start)
    for place, _ in telling.vocabulary.find(telling.left[clause.start : clause.end], "resident"):
        negated = re.search(r"\b(?:not|pas|isn't|n'est)\b", plain(clause.text))
        telling.partner_status.setdefault("canadian_or_permanent_resident", not negated)
        telling.keep("spouse_canadian", which_status(place.words), clause.text)
        telling.note("canadian_or_permanent_resident", clause.start + place.start, clause.start + place.end)
        break
    for place, coming in telling.vocabulary.find(telling.left[clause.start : clause.end], "coming"):
        telling.partner_status.setdefault("accompanying", coming == "yes")
        telling.note("accompanying", clause.start + place.start, clause.start + place.end)
        if coming == "no":
            _stays_in(telling, clause.start, clause.end)
        break
    named = re.compile(r"\b(?:my |the |mon |ma |her |his )?$").search(plain(telling.left[:start]))
    end = start + len(re.match(r"[\w'-]+", telling.left[start:]).group())  # type: ignore[union-attr]
    telling.note("partner", named.start() if named else start, end)


def _stays_in(telling: Telling, start: int, end: int) -> None:
    for country in find_countries(telling.left[start:end], telling.vocabulary.lexicon):
        telling.keep("spouse_country", next(iter(country.codes)), telling.text[start:end])
        telling.note("spouse_country", start + country.place.start, start + country.place.end)


def which_status(words: str) -> str:
    """Whether the words of a status say citizen or permanent resident."""
    return "citizen" if re.search(r"citi|citoy|canad|natural", words) else "permanent_resident"
