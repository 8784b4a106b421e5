"""An answer that denies, and goes on to tell: *none, but 2 years in Laval*."""

from __future__ import annotations

import re

from conversations.answers.text import plain
from conversations.answers.words import with_digits

_NONE_FIRST = re.compile(
    r"\s*(?:no experience|pas d'experience|none|zero|no|nope|nothing|nil|0|aucune?|rien|non|never)\b[\s,.;:!()-]*"
    r"(?P<but>(?:but|except|only|just|mais|sauf|seulement|juste)\b\s*)?"
)
_SO_LONG = re.compile(r"\d\s*(?:years?|yrs?|months?|ans|annees?|mois)\b")


def told_behind_none(text: str) -> str:
    """What an answer goes on to tell: of *none, but 2 years in Laval* the two years, and of any other text all."""
    said = plain(text)
    found = _NONE_FIRST.match(said)
    rest = said[found.end() :] if found else ""
    return text[found.end() :] if found and (found["but"] or _SO_LONG.search(with_digits(rest))) and rest else text
