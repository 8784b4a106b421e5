"""One of a few choices: by its number, by its words, or by words very like them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from conversations.answers.result import MOST_OPTIONS, Misread, Result, Unclear, Understood
from conversations.answers.text import clean, listed, normal, plain, standing

if TYPE_CHECKING:
    from conversations.lexicon import Lexicon, Phrase

_NUMBER = re.compile(r"(?:no\.?|number|numero|option|choice|choix|#|n°|nº)?\s?(\d{1,2})\s?[.)]?")
_LEADING = re.compile(r"([a-z]{1,6})\s?[,.;:!]")
_SHORT = 4
DOES_NOT_KNOW = "unknown"
"""The intent of somebody who does not know: no choice."""
_LIGHT = frozenset(
    listed("i do don t not have haven am m no yes oui non je n en ai pas suis ne l c est she he is they are did")
)
EITHER = "|"
"""As in the lexicon: between the choices that a phrase may equally stand for."""


def read_choice(text: str, group: str, allowed: Sequence[str], lexicon: Lexicon) -> Result:
    """One of `allowed`, by its number in that list (from 1), its words in either language, or words very like them.

    Raises KeyError for a group that the lexicon does not have.
    """
    cleaned = clean(text)
    numbered = _NUMBER.fullmatch(plain(cleaned))
    if numbered:
        return _by_number(cleaned, int(numbered[1]), allowed)
    phrases = [phrase for phrase in lexicon.choices(group) if among(phrase.stands_for, allowed)]
    said = normal(text)
    exact = {phrase.words: phrase.stands_for for phrase in phrases} | {normal(key): key for key in allowed}
    leading = _LEADING.match(plain(cleaned))
    for typed in (said, leading[1] if leading else ""):
        if typed in exact:
            return chosen(cleaned, [exact[typed]], allowed)
    telling = [phrase for phrase in phrases if _tells(phrase)]
    if lexicon.exactly(text) == DOES_NOT_KNOW:
        return _no_choice(cleaned, allowed)
    inside = _inside(cleaned, said, telling)
    if inside:
        return chosen(cleaned, inside, allowed)
    whole = [phrase for phrase in telling if set(phrase.stands_for.split(EITHER)) <= set(allowed)]
    return _alike(cleaned, likeness(said, whole), allowed)


def among(stands_for: str, allowed: Sequence[str]) -> list[str]:
    """Of the choices that a phrase may stand for (`a|b`), those that are allowed."""
    return [choice for choice in stands_for.split(EITHER) if choice in allowed]


def chosen(read: str, meant: Iterable[str], allowed: Sequence[str]) -> Result:
    """The one choice that is meant, or the question which one; there is at least one."""
    choices = list(dict.fromkeys(choice for stands_for in meant for choice in among(stands_for, allowed)))
    return Understood(choices[0]) if len(choices) == 1 else Unclear("choice", read, tuple(choices[:MOST_OPTIONS]))


def _by_number(read: str, number: int, allowed: Sequence[str]) -> Result:
    if 1 <= number <= len(allowed):
        return Understood(allowed[number - 1])
    return Misread("no_such_choice", read, {"most": len(allowed), "number": number})


def _inside(cleaned: str, said: str, phrases: Iterable[Phrase]) -> list[str]:
    """The choices whose words stand in the text; a no in the text wants a no in the words."""
    from conversations.lexicon import is_negated

    known = {phrase.spaced: phrase for phrase in phrases if len(phrase.words) >= _SHORT}
    found = [phrase for _, phrase in standing(cleaned, known)]
    negated = is_negated(said) and any(not phrase.negated for phrase in found)
    return list(dict.fromkeys(phrase.stands_for for phrase in found if not negated or phrase.negated))


def _tells(phrase: Phrase) -> bool:
    """Whether a phrase means the same wherever it stands: *I don't* does not, before *know*."""
    return not _LIGHT.issuperset(phrase.spaced.split())


def likeness(said: str, phrases: Sequence[Phrase]) -> Mapping[str, float]:
    """What a whole normal text, or one long word of it, is like: what phrases stand for, best first."""
    from conversations.lexicon import Shelf, likely

    scores = dict(likely(said, Shelf(phrases))) if len(said) >= _SHORT else {}
    single = Shelf(phrase for phrase in phrases if " " not in phrase.words)
    for word in said.split() if not scores else ():
        if len(word) > _SHORT:
            for choice, score in likely(word, single).items():
                scores[choice] = max(scores.get(choice, 0), score)
    return dict(sorted(scores.items(), key=lambda item: -item[1]))


def _alike(cleaned: str, scores: Mapping[str, float], allowed: Sequence[str]) -> Result:
    from conversations.lexicon import CLEAR_OF_ANOTHER, SURE

    best = max(scores.values(), default=0)
    close = [stands_for for stands_for, score in scores.items() if best - score < CLEAR_OF_ANOTHER]
    if len(close) > 1 or (close and best >= SURE):
        read = chosen(cleaned, close, allowed)
        return Understood(read.value, {"from": cleaned}) if isinstance(read, Understood) else read
    return _no_choice(cleaned, allowed, *(among(close[0], allowed)[:1] if close else ()))


def _no_choice(read: str, allowed: Sequence[str], suggestion: str | None = None) -> Misread:
    return Misread("not_a_choice", read, {"allowed": list(allowed), "suggestion": suggestion})
