"""A country, by its name in either language, another name, its code or its flag."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from conversations.answers.result import MOST_OPTIONS, Misread, Result, Unclear, Understood
from conversations.answers.text import Place, clean, listed, spaced, standing
from scoring.profile import countries

if TYPE_CHECKING:
    from conversations.lexicon import Lexicon

SURE, LIKELY, CLEAR_OF_ANOTHER = 84, 76, 6
_LEAST_LETTERS = 4
_FIRST_FLAG, _LAST_FLAG = ord("🇦"), ord("🇿")
_WORDS_LIKE_CODES = frozenset(listed("am an as at be by de do et il in is it la ma me my no pa so st to us"))
"""Two small letters that are a word before they are a country."""
_UNITED_STATES = re.compile(r"\b(?:from|in|to|at|of)\s+(?:the\s+)?(US)(?![\w'])")
"""In capitals, behind a word that leads to a place; *us* is a word."""
_LEADING = listed("in from at the en au aux a la le l de du des d dans ici here i live je vis j habite chez")


class Named(NamedTuple):
    """A country that stands in a text: its place, and the codes that its name may mean."""

    place: Place
    codes: tuple[str, ...]


def read_country(text: str, lexicon: Lexicon) -> Result:
    """The ISO 3166 two-letter code of a country."""
    cleaned = clean(text)
    code = _flag(cleaned) or _code(cleaned)
    if code:
        return Understood(code)
    found = list(dict.fromkeys(code for named in find_countries(cleaned, lexicon) for code in named.codes))
    if len(found) == 1:
        return Understood(found[0])
    if 1 < len(found) <= MOST_OPTIONS:
        return Unclear("country", cleaned, tuple(found))
    return Misread("several_countries", cleaned) if found else _misspelt(cleaned, lexicon)


def find_countries(cleaned: str, lexicon: Lexicon) -> list[Named]:
    """Every country named in a cleaned text, exactly as one of its names is spelt."""
    found = [Named(place, codes) for place, codes in standing(cleaned, names(lexicon))]
    states = [] if cleaned.isupper() else list(_UNITED_STATES.finditer(cleaned))
    found += [Named(Place(each.start(1), each.end(1), "us"), ("US",)) for each in states]
    return sorted(found) if states else found


def codes_of(named: Iterable[Named]) -> set[str]:
    """The codes that several names come to: of *Kingston, Jamaica* the one that both may mean, else all of them."""
    each = [set(name.codes) for name in named]
    common = set.intersection(*each) if each else set()
    return common or {code for codes in each for code in codes}


def _flag(cleaned: str) -> str | None:
    letters = [chr(ord(char) - _FIRST_FLAG + ord("A")) for char in cleaned if _FIRST_FLAG <= ord(char) <= _LAST_FLAG]
    return _known("".join(letters))


def _code(cleaned: str) -> str | None:
    typed = cleaned.strip(" .()")
    return None if typed in _WORDS_LIKE_CODES else _known(typed.upper())


def _known(code: str) -> str | None:
    return code if code in countries() else None


@lru_cache(maxsize=4)
def names(lexicon: Lexicon) -> Mapping[str, tuple[str, ...]]:
    """The codes of every country by its names: those of both languages, then those of the lexicon."""
    from babel import Locale

    known: dict[str, tuple[str, ...]] = {}
    for language in ("en", "fr"):
        territories = Locale(language).territories
        known |= {
            name: (code,) for code, said in territories.items() if code in countries() for name in _spellings(said)
        }
    return known | lexicon.countries


def _spellings(name: str) -> set[str]:
    """A name as it stands, with its & said in both languages, and without what is in brackets."""
    return {
        spaced(name),
        spaced(name.replace("&", " and ")),
        spaced(name.replace("&", " et ")),
        spaced(name.partition("(")[0]),
        spaced(name.replace("St.", "Saint")),
    }


def _misspelt(cleaned: str, lexicon: Lexicon) -> Result:
    near = alike(cleaned, lexicon)
    if not near:
        return Misread("no_country", cleaned, {"suggestion": None})
    best = max(near.values())
    close = [code for code, score in near.items() if best - score < CLEAR_OF_ANOTHER]
    if len(close) > 1:
        return Unclear("country", cleaned, tuple(close[:MOST_OPTIONS]))
    if best >= SURE:
        return Understood(close[0], {"from": cleaned})
    return Misread("no_country", cleaned, {"suggestion": close[0]})


def alike(cleaned: str, lexicon: Lexicon) -> dict[str, float]:
    """Countries whose name is like the whole text, without the words that lead to a name, with their likeness."""
    from rapidfuzz import fuzz, process

    said = spaced(cleaned).split()
    while said and said[0] in _LEADING:
        said = said[1:]
    if len("".join(said)) < _LEAST_LETTERS:
        return {}
    known = names(lexicon)
    near = process.extract(" ".join(said), known.keys(), scorer=fuzz.ratio, score_cutoff=LIKELY, limit=8)
    return _by_code((known[name], score) for name, score, _ in near)


def _by_code(near: Iterable[tuple[tuple[str, ...], float]]) -> dict[str, float]:
    scores: dict[str, float] = {}
    for codes, score in near:
        for code in codes:
            scores[code] = max(scores.get(code, 0), score)
    return scores
