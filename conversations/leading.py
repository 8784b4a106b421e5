"""What leads to a supposition: `what if`, `suppose`, `si`; some of it only where a text begins with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from conversations.answers.text import clean, plain, spaced
from conversations.lexicon import Lexicon


def leads(cleaned: str, lexicon: Lexicon) -> bool:
    """Whether words stand in a text that lead to a supposition, some of them only at its beginning."""
    said, start = plain(cleaned), _beginning(cleaned)
    joined = _JOINS.search(said[:start]) is not None and _BARE_WITH.fullmatch(said[start:]) is not None
    if joined or _WITH.match(said[start:]):
        return True
    if _COUNTS.search(said):
        return any(name == "yes" for _, name in _leading(cleaned, lexicon))
    return any(name == "yes" or place.start <= start for place, name in _leading(cleaned, lexicon))


def _beginning(cleaned: str) -> int:
    """Where a text begins, greetings and small words apart."""
    found = _BEFORE.match(plain(cleaned))
    return found.end() if found is not None else 0


_BEFORE = re.compile(
    r"(?:(?:hi|hello|hey|ok|okay|and|but|so|also|well|et|mais|alors|donc|bonjour|salut|allo|bon)\b[\s,!.]*)*"
)
_COUNTS = re.compile(
    r"\b(?:does|do|will|would|is|are) (?:it|that|they) (?:still |even )?(?:count|valid|accepted|allowed|ok)\b"
    r"|\b(?:ca|il|elle) (?:compte|est (?:valide|valable|accepte))\b|\best-ce (?:valide|valable|accepte|que ca compte)"
)
"""`if my test is from 2023 does it count`: a question about a rule, and no change."""
_WITH = re.compile(
    r"(?:with|avec)\s+"
    r"(?!.*\b(?:am|can|could|do|is|are|what|which|how|puis|suis|ai|est-ce|quel|quelle|combien)\b)(?:\S+\s+){0,8}?"
    r"(?:\S*\?|more\b|de plus\b|additional\b|extra\b|supplementaires?\b)"
)
_BARE_WITH = re.compile(r"(?:with|avec) (?:\S+\s*){1,5}")
_JOINS = re.compile(r"\b(?:and|et|but|mais|so|alors)\b")
"""`with a nomination?`, `avec deux ans de plus`: a change that is named, and nothing else."""


def begins(text: str, lexicon: Lexicon) -> bool:
    """Whether a text begins with words that only lead to a supposition, and goes on."""
    return led_to(text, lexicon) is not None


def led_to(text: str, lexicon: Lexicon) -> str | None:
    """What follows the words that only lead to a supposition, where a text begins with them; None where it does not."""
    cleaned = clean(text)
    start = _beginning(cleaned)
    led = (place for place, name in _leading(cleaned, lexicon) if name != "begins" and place.start <= start)
    return next((spaced(cleaned[place.end :]) for place in led), "") or None


def _leading(cleaned: str, lexicon: Lexicon) -> Iterator[tuple[Any, str]]:
    return lexicon.named_in(cleaned, "supposing")
