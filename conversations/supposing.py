"""A supposition in a sentence, `what if I get CLB 9`: which of the changes that are worked out it means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from conversations.answers.text import clean, normal, spaced, standing
from conversations.lexicon import Lexicon, is_negated
from scoring.whatif import WhatIf

MOST_WORDS = 24
"""A longer text tells something, and supposes nothing."""
_LEVEL = re.compile(
    r"\b(?:clb|nclc|level|niveau|ielts|celpip|tef|tcf|english|anglais|french|francais)\s*(?:a|of|de)?\s*(1[0-2]|[4-9])\b"
)
_BAND = re.compile(r"\b(a2|b1|b2|c1|c2)\b")
BANDS = {"a2": 4, "b1": 5, "b2": 7, "c1": 9, "c2": 10}
"""Levels of the European frame as they are usually set beside the NCLC: general knowledge, only to find a change."""
LANGUAGE = frozenset({"language", "french", "english"})
_IDS: dict[str, tuple[str, ...]] = {
    "french": ("french.", "language_fr."),
    "english": ("english.", "language_en."),
    "language": ("english.", "language_en.", "french.", "language_fr."),
    "work": ("work.",),
    "eca": ("eca.",),
    "study": ("credential.",),
    "nomination": ("nomination",),
    "certificate": ("trade_certificate",),
    "partner": ("partner_",),
    "partner_test": ("partner_test.",),
    "swap": ("partner_as_principal",),
    "alone": ("partner_not_accompanying",),
}
"""How the ids of the changes begin that a kind of supposition means."""
MOST_MEANT = 4


class Supposed(NamedTuple):
    """What is supposed: kinds of change, the level and the place of work that were named, and whether one waits."""

    kinds: tuple[str, ...]
    level: int | None = None
    place: str | None = None
    wait: bool = False


def supposed(text: str, lexicon: Lexicon, *, surely: bool = False) -> Supposed | None:
    """What a sentence supposes; None where it supposes nothing that is worked out. `surely`: it does."""
    cleaned = clean(text)
    if len(cleaned.split()) > MOST_WORDS:
        return None
    named = _named(cleaned, "change", lexicon)
    if is_negated(normal(text)) and "alone" not in named:
        return None
    if not named or not (surely or _leads(cleaned, lexicon)):
        return None
    places = {"canada", "abroad"} & set(named)
    kinds = tuple(dict.fromkeys(name for name in _kinds(named) if name in _IDS))
    wait = "wait" in named
    if not kinds and not wait:
        return None
    return Supposed(kinds, _level(spaced(cleaned)), places.pop() if len(places) == 1 else None, wait)


def _leads(cleaned: str, lexicon: Lexicon) -> bool:
    """Whether words stand in a text that lead to a supposition, some of them only at its beginning."""
    phrases = {phrase.spaced: phrase.stands_for for phrase in lexicon.choices("supposing")}
    return any(name == "yes" or place.start == 0 for place, name in standing(cleaned, phrases))


def _named(cleaned: str, group: str, lexicon: Lexicon) -> list[str]:
    phrases = {phrase.spaced: phrase.stands_for for phrase in lexicon.choices(group)}
    return [name for _, name in standing(cleaned, phrases)]


def _kinds(named: list[str]) -> Iterable[str]:
    """The kinds of change; what is supposed of the partner is the partner's, and a test by its language no other."""
    found = set(named)
    if found & {"swap", "alone"}:
        return [name for name in named if name in ("swap", "alone")]
    if "partner" in found:
        return ["partner_test"] if found & LANGUAGE else ["partner"]
    if found & {"french", "english"}:
        found -= {"language"}
    return [name for name in named if name in found]


def _level(said: str) -> int | None:
    number, band = _LEVEL.search(said), _BAND.search(said)
    return int(number[1]) if number else BANDS[band[1]] if band else None


W = TypeVar("W", bound=WhatIf)


def meant(found: Supposed, changes: Iterable[W]) -> list[W]:
    """Of the changes that were worked out, those that a supposition means, the best first; the nearest level up."""
    begins = tuple(each for kind in found.kinds for each in _IDS[kind])
    chosen = [change for change in changes if begins and change.id.startswith(begins)]
    if found.place is not None:
        chosen = [each for each in chosen if not each.id.startswith("work.") or each.id == f"work.{found.place}"]
    if found.level is not None:
        chosen = _of_level(chosen, found.level)
    # a test that is held already comes before one in another language
    return sorted(chosen, key=lambda each: not each.id.startswith("language_"))[:MOST_MEANT]


def _of_level(changes: list[W], level: int) -> list[W]:
    """Whole tests at the lowest level that is enough; where there are none, single abilities that reach it."""
    whole = {each.id: int(each.values["level"]) for each in changes if _is_whole(each)}
    enough = [reached for reached in whole.values() if reached >= level]
    if enough:
        return [each for each in changes if whole.get(each.id) == min(enough)]
    return [each for each in changes if not _is_whole(each) and each.values.get("level", 0) >= level]


def _is_whole(change: WhatIf) -> bool:
    """Whether a change is a test at one level in all abilities."""
    return "ability" not in change.values and isinstance(change.values.get("level"), int)
