"""A supposition in a sentence, `what if I get CLB 9`: what is supposed, of whom, and how much of it.

The words that name a kind of change are the lexicon's; scores, credentials, ages and the like are read as facts are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from conversations.answers.text import clean, normal, plain
from conversations.answers.words import with_digits
from conversations.leading import begins, leads
from conversations.lexicon import Lexicon, is_negated
from conversations.understanding.facts import told_in
from conversations.understanding.reader import Reader
from conversations.understanding.telling import Telling
from scoring.abilities import ABILITIES, Ability
from scoring.calendar import MONTHS_IN_YEAR

MOST_WORDS = 24
"""A longer text tells something, and supposes nothing."""
LANGUAGE = frozenset({"language", "french", "english"})
TONGUES = frozenset({"french", "english"})
MOST_BARE = 5
"""Words of a supposition that names a partner and nothing else: *what if my wife?*"""
ONLY_OF_TWO = frozenset({"swap", "alone", "citizen", "parted"})
"""What is supposed of the two together; other words beside it say how."""
OF_A_PERSON = frozenset({"work", "study"})
LOWEST_LEVEL, MOST_MONTHS = 3, 120
BANDS = {"a2": 4, "b1": 5, "b2": 7, "c1": 9, "c2": 10}
"""Levels of the European frame as they are usually set beside the NCLC: general knowledge, only to find a change."""


@dataclass(frozen=True)
class Supposed:
    """What is supposed: kinds of change in the order of their words, and what is said of each.

    `level`: of CLB or NCLC (`scale`, where it is named); `by_tongue`: the level of each language, where each has its
    own; `score`: a number on the scale of `test`, where one is named.
    `results`: whole results by their raw scores, more than one where the order is open. `more`: further months of work;
    `total`: years of it in all. `wait`: whether one waits, and `until` how many months. No kind, and no waiting:
    something that is not worked out.
    """

    kinds: tuple[str, ...] = ()
    level: int | None = None
    scale: str | None = None
    by_tongue: Mapping[str, int] = field(default_factory=dict)
    score: float | None = None
    test: str | None = None
    abilities: tuple[Ability, ...] = ()
    levels: Mapping[Ability, int] = field(default_factory=dict)
    results: tuple[Mapping[str, Any], ...] = ()
    credentials: tuple[str, ...] = ()
    place: str | None = None
    more: int | None = None
    total: int | None = None
    age: int | None = None
    amount: float | None = None
    partner: bool = False
    wait: bool = False
    until: int | None = None

    @property
    def worked_out(self) -> bool:
        """Whether it is of a kind that can be worked out."""
        return bool(self.kinds) or self.wait

    def as_json(self) -> dict[str, Any]:
        """What is supposed as plain data, without what is not said."""
        said = {each.name: getattr(self, each.name) for each in fields(self)}
        kept = {name: value for name, value in said.items() if value or (value == 0 and value is not False)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in kept.items()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Supposed:
        """What was kept by `as_json`."""
        read: dict[str, Any] = {name: tuple(each) if isinstance(each, list) else each for name, each in kept.items()}
        return cls(**read)


NOT_WORKED_OUT = Supposed()


def supposed(text: str, lexicon: Lexicon, reader: Reader, today: date, *, surely: bool = False) -> Supposed | None:
    """What a sentence supposes; None where it supposes nothing that is worked out. `surely`: it does."""
    cleaned = clean(text)
    if len(cleaned.split()) > MOST_WORDS or not (surely or leads(cleaned, lexicon)):
        return None
    named = dict.fromkeys(_named(cleaned, "change", lexicon))
    if "sibling" in named:
        named.pop("citizen", None)  # *my brother is a permanent resident*
    if is_negated(_OR_NOT.sub(" ", normal(text))) and not ONLY_OF_TWO & set(named):
        # without the change, only time goes on
        changes = set(named) - {"partner"}
        return Supposed(wait=True) if begins(cleaned, lexicon) and changes and "other" not in named else None
    found = _read(cleaned, named, told_in(cleaned, today, reader.vocabulary))
    return found if found.worked_out else None


_OR_NOT = re.compile(r"\b(?:ou|or) (?:pas|not|non|no)\b|\bsi jamais\b")
"""`is French worth it or not`, `si jamais j'ai une offre` say no to nothing."""


def own_score(text: str) -> int | None:
    """The score that a supposition gives oneself: `what if I had 520 points`."""
    found = _OWN_SCORE.search(with_digits(plain(clean(text))))
    return next((int(each) for each in found.groups() if each is not None), None) if found else None


_OWN_SCORE = re.compile(
    r"\b(?:my|ma|mon)\s+(?:crs |scg )?(?:score|note|points?)\b[a-z' ]{0,24}\b([1-9]\d{2}|1[01]\d{2}|1200)\b"
    r"|\b([1-9]\d{2}|1[01]\d{2}|1200)\s+(?:crs |scg )?(?:points|pts)\b"
)


def _named(cleaned: str, group: str, lexicon: Lexicon) -> list[str]:
    return [name for _, name in lexicon.named_in(cleaned, group)]


# --- what is said of it


def _read(cleaned: str, named: Mapping[str, None], telling: Telling) -> Supposed:
    said = with_digits(plain(cleaned))
    partner = "partner" in named
    person = {**telling.people["candidate"], **telling.people["partner"]}
    results = _results(person, telling)
    stated = next((each for each in results if each["test"] == "stated_clb"), None)
    whole = tuple(each for each in results if each["test"] != "stated_clb")
    abilities = _abilities(said)
    levels = {ability: int(stated[ability]) for ability in ABILITIES} if stated is not None and not abilities else {}
    level, score = (None, None) if whole else _number(said)
    credentials = _credentials(person, telling) if "eca" not in named else ()
    told: dict[str, Any] = {
        "age": _age(telling, person, said),
        "amount": telling.household.get("settlement_funds_cad"),
        "results": whole,
        "credentials": credentials,
    }
    by_tongue = _by_tongue(said) if not partner and not abilities else {}
    if by_tongue:
        named = {**dict.fromkeys(by_tongue), **named}
    kinds = _kinds(named, {**told, "score": score, "level": level}, person, telling)
    waits = "wait" in named
    amount = _months(said) if "work" in kinds and not waits else None
    return Supposed(
        kinds=kinds,
        level=level,
        scale=_scale(said),
        by_tongue=by_tongue,
        score=score,
        test=next((each["test"] for each in person.get("language_results", ()) if each["test"] != "stated_clb"), None),
        abilities=abilities,
        levels=levels if len(set(levels.values())) > 1 else {},
        place=_place(named, person, said),
        more=amount if amount is None or not _in_all(said) else None,
        total=None if amount is None or not _in_all(said) else max(1, amount // MONTHS_IN_YEAR),
        partner=partner,
        wait=waits,
        until=_months(said) if waits and _MONTHS.search(said) else None,
        **told,
    )


def _kinds(
    named: Mapping[str, None], told: Mapping[str, Any], person: Mapping[str, Any], telling: Telling
) -> tuple[str, ...]:
    """The kinds of change that words name, then those that only facts tell."""
    if "other" in named:
        return ()
    if ONLY_OF_TWO & set(named):
        return tuple(name for name in named if name in ONLY_OF_TWO)
    facts = {
        "language": bool(told["results"]) or told["level"] is not None or told["score"] is not None,
        "study": bool(told["credentials"]),
        "age": told["age"] is not None,
        "offer": bool(person.get("job_offers")),
        "nomination": bool(person.get("nomination")),
        "certificate": person.get("trade_certificate") not in (None, False),
        "sibling": bool(person.get("sibling_in_canada")),
        "quebec": bool(telling.household.get("intends_quebec")),
        "funds": told["amount"] is not None,
    }
    kinds = [name for name in named if name not in NO_KINDS]
    if TONGUES & set(kinds):
        kinds = [name for name in kinds if name != "language"]
    kinds += [name for name, is_told in facts.items() if is_told and not _is_named(name, kinds)]
    if "partner" in named and not kinds:
        # of a partner something else was said, or nothing but the word
        return ("partner",) if len(telling.text.split()) <= MOST_BARE else ()
    return tuple(kinds)


NO_KINDS = frozenset({"canada", "abroad", "partner", "wait"})
"""Words beside a change: where, whose, when."""


def _is_named(fact: str, kinds: list[str]) -> bool:
    """Whether words named the kind of change that a fact is about."""
    return fact in kinds or (fact == "language" and bool(LANGUAGE & set(kinds)))


def _place(named: Mapping[str, None], person: Mapping[str, Any], said: str) -> str | None:
    """Where one works or studies: by its word, else by the place that was read."""
    places = {"canada", "abroad"} & {*named, *(["canada"] if _IN_CANADA.search(said) else [])}
    if len(places) == 1:
        return places.pop()
    countries = {
        each["country"] for name in ("jobs", "credentials") for each in person.get(name, ()) if each.get("country")
    }
    if len(countries) != 1:
        return None
    return "canada" if countries == {"CA"} else "abroad"


# --- language


_SCALE = re.compile(r"\b(clb|nclc)\b")
_LEVEL = re.compile(
    r"\b(?:clb|nclc|level|niveau|celpip|english|anglais|french|francais)(?:\s+(?:a|of|de|au|to|is|at|niveau|level))*"
    r"\s*(1[0-2]|[3-9])\b(?!\s*(?:years?|yrs?|ans?|months?|mois)\b)"
)
_BAND = re.compile(r"\b(a2|b1|b2|c1|c2)\b")
_EVERYWHERE = r"(?:in (?:all|every|each)|everywhere|each|partout|dans tou|across the board|straight|chacun)"
_ABILITY = {
    "listening": r"listening|ecoute|comprehension orale|compr orale",
    "reading": r"reading|lecture|comprehension ecrite",
    "writing": r"writing|ecriture|ecrit|expression ecrite|redaction",
    "speaking": r"speaking|oral|parler|expression orale",
}
_ANY_ABILITY = "|".join(_ABILITY.values())
_SINGLE = re.compile(
    rf"(?<![\d.])(\d{{1,3}}(?:[.,]5)?)\s+(?:{_EVERYWHERE}|(?:in|on|for|en|a l'|a l |au|pour|points? (?:in|en))\s*"
    rf"(?:the |my |mon |ma |l')?(?:{_ANY_ABILITY})\b)"
    rf"|\b(?:{_ANY_ABILITY})\s+(?:of |at |to |de |a )?(\d{{1,3}}(?:[.,]5)?)(?![\d.])"
    rf"|(?<![\d.])(\d{{1,2}}(?:[.,]5)?)\s+(?:in|on|at|a l'|a l|au|en)\s*(?:the |my )?(?:ielts|pte|celpip)\b"
    rf"|\b(?:ielts|pte)(?: (?:general|core|overall|global))*\s+(?:of |de )?(\d{{1,2}}(?:[.,]5)?)(?![\d.]|\s+\d)"
)


def _number(said: str) -> tuple[int | None, float | None]:
    """The level that is named, or a number whose scale is the test's own."""
    level = _LEVEL.search(said)
    if level is not None:
        return int(level[1]), None
    single = _SINGLE.search(said)
    if single is not None:
        number = next(each for each in single.groups() if each is not None)
        return None, float(number.replace(",", "."))
    band = _BAND.search(said)
    return (BANDS[band[1]], None) if band else (None, None)


def _scale(said: str) -> str | None:
    found = _SCALE.search(said)
    return found[1] if found else None


_TONGUE = re.compile(r"\b(english|anglais|ielts|celpip|clb)\b|\b(french|francais|tef|tcf|nclc)\b")
_IN_TONGUE = re.compile(r"(?<![\d.])(1[0-2]|[3-9]) (?:in|en) (?:english|anglais|french|francais)\b")
_JOINED = re.compile(r"\b(?:and|et|plus|avec|with)\b|[,+&]")


def _by_tongue(said: str) -> dict[str, int]:
    """The level of each language, where two are named with one of their own: *NCLC 7 and CLB 9*."""
    found: dict[str, int] = {}
    for part in _JOINED.split(said):
        level, spoken = _LEVEL.search(part) or _IN_TONGUE.search(part), list(_TONGUE.finditer(part))
        # a language that is named says more than the scale: *NCLC 9 en anglais*
        best = next((each for each in spoken if each[0] not in ("clb", "nclc")), spoken[0] if spoken else None)
        if level is not None and best is not None:
            found.setdefault("english" if best[1] else "french", int(level[1]))
    return found if len(found) > 1 else {}


def _abilities(said: str) -> tuple[Ability, ...]:
    return tuple(ability for ability in ABILITIES if re.search(rf"\b(?:{_ABILITY[ability]})\b", said))


def _results(person: Mapping[str, Any], telling: Telling) -> tuple[Mapping[str, Any], ...]:
    """Whole results by their scores; every order of them that is possible, where it was not said."""
    told = [each for each in person.get("language_results", ()) if all(ability in each for ability in ABILITIES)]
    asked = [each for each in telling.ambiguous if "/language_results/" in each["about"]]
    open_ = (option for each in asked for option in each["options"] if isinstance(option, Mapping))
    return (*told, *(option for option in open_ if all(ability in option for ability in ABILITIES)))


# --- study, age


def _credentials(person: Mapping[str, Any], telling: Telling) -> tuple[str, ...]:
    """The levels of credentials that are named; those that an open word may mean."""
    levels = [each["level"] for each in person.get("credentials", ()) if "level" in each]
    asked = (each["options"] for each in telling.ambiguous if each["code"] == "level")
    return tuple(dict.fromkeys([*levels, *(str(option) for options in asked for option in options)]))


_BARE_AGE = re.compile(
    r"\b(?:i was|i were|i am|i'm|im|i turn|i become|j'avais|j'aurai)\s+(?:aged? )?([2-6]\d)"
    r"(?:\s*(?:years old|ans))?(?=[\s?!.]*$|,)|\bpoints? (?:at|a|when i am) ([2-6]\d)\b"
    r"|\b([2-6]\d)(?:th|st|nd|rd|e|eme) (?:birthday|anniversaire)\b"
)


def _age(telling: Telling, person: Mapping[str, Any], said: str) -> int | None:
    turns = next((each["value"] for each in telling.other if each["id"] == "age_turns"), None)
    bare = _BARE_AGE.search(said)
    age = next(
        (each for each in (turns, person.get("age"), bare and (bare[1] or bare[2] or bare[3])) if each is not None),
        None,
    )
    return int(age) if age is not None else None


# --- work


_MONTHS = re.compile(
    r"(?<![\d.,])(\d{1,3}|an?|another|half a)\s+(?:(?:more|additional|extra|further|full|other|autres?|whole|bonnes?"
    r"|complete?s?)\s+)*(years?|yrs?|ans?|annees?|months?|mois)\b"
)
_HALF = 6
_MORE = re.compile(
    r"\b(?:more|additional|extra|further|another|other|add|gain|gagne|ajoute|encore|de plus|supplementaires?|autres?)\b"
)
_IN_CANADA = re.compile(r"\byears? in canada\b|\bans? au canada\b")
"""Years that are said to be in Canada, in words that name the work too."""
_EXPERIENCE = re.compile(r"\bexperience\b|\byears? in canada\b|\bans? au canada\b")
_WORKING = re.compile(r"\b(?:work(?:s|ed|ing)?|travaill\w+|bosse\w*)\b(?! experience)")


def _months(said: str) -> int:
    """How many months of work are spoken of; a year where no number is."""
    found = _MONTHS.search(said)
    if found is None:
        return MONTHS_IN_YEAR
    count, unit = found.groups()
    if count == "half a":
        return _HALF
    number = int(count) if count.isdigit() else 1
    months = number if unit.startswith(("month", "mois")) else number * MONTHS_IN_YEAR
    return max(1, min(months, MOST_MONTHS))


def _in_all(said: str) -> bool:
    """Whether so much work is meant in all, and not further work: *two years of experience*."""
    return bool(
        _EXPERIENCE.search(said) and _MONTHS.search(said) and not _MORE.search(said) and not _WORKING.search(said)
    )
