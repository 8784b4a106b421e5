"""Numbers written as words, in both languages."""

from __future__ import annotations

import re
from functools import cache

from conversations.answers.text import listed

_ENGLISH = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_ENGLISH_TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty"}
_FRENCH = listed(
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf"
)
_FRENCH_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 70: "septante"}
_FRENCH_SCORES = {60: "soixante", 80: "quatre-vingt"}
"""Where the counting goes on past nineteen: soixante-dix-sept, quatre-vingt-dix-sept."""


@cache
def number_words() -> dict[str, int]:
    """Every number from 0 to 99 by its words without accents, spaces where hyphens may stand (`vingt et un`)."""
    words = {word: value for value, word in enumerate(_ENGLISH)}
    words |= {word: value for value, word in enumerate(_FRENCH)}
    for ten, word in (_ENGLISH_TENS | {90: "ninety"}).items():
        words |= {word: ten} | {f"{word} {_ENGLISH[unit]}": ten + unit for unit in range(1, 10)}
    for ten, word in (_FRENCH_TENS | {80: "huitante", 90: "nonante"}).items():
        words |= {word: ten} | {f"{word} {_FRENCH[unit]}": ten + unit for unit in range(1, 10)}
        words |= {f"{word} et un": ten + 1}
    for score, word in _FRENCH_SCORES.items():
        words |= {f"{word} {_FRENCH[unit]}": score + unit for unit in range(1, 20)} | {f"{word} et onze": score + 11}
    words |= {"une": 1, "quatre-vingt": 80, "quatre-vingts": 80, "vingt et une": 21}
    return {word.replace("-", " "): value for word, value in words.items()}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(number_words(), key=len, reverse=True)
    either = "|".join(word.replace(" ", "[ -]") for word in longest_first)
    return re.compile(rf"(?<![a-z0-9])(?:{either})(?![a-z0-9])")


def with_digits(plain: str) -> str:
    """A plain text in which numbers written as words stand as digits, every other word in its old place.

    `twenty-one years` becomes `21         years`.
    """
    return _pattern().sub(_padded, plain)


def _padded(found: re.Match[str]) -> str:
    words = found.group()
    return str(number_words()[words.replace("-", " ")]).ljust(len(words))
