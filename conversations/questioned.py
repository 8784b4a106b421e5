"""Whether a text is put as a question: by its sign, or by the words that it begins with."""

from __future__ import annotations

from conversations.answers.text import clean
from conversations.lexicon import Lexicon

MOST_WORDS = 20
"""Words of a question; a longer text tells something."""


def is_question(text: str, lexicon: Lexicon) -> bool:
    """Whether a short text is put as a question."""
    return len(text.split()) <= MOST_WORDS and (text.rstrip().endswith("?") or begins_as_question(text, lexicon))


def begins_as_question(text: str, lexicon: Lexicon) -> bool:
    """Whether a text begins with a word of asking: `is PTE accepted`, `dois-je`."""
    cleaned = clean(text)
    asks = (each for group in ("doubt", "asking") for each in lexicon.named_in(cleaned, group))
    return any(kind == "question" and place.start == 0 for place, kind in asks)


def asks_anywhere(text: str, lexicon: Lexicon) -> bool:
    """Whether a short text has a word of asking anywhere in it: `police clearance from which countries`."""
    if len(text.split()) > MOST_WORDS:
        return False
    return any(kind == "question" for _, kind in lexicon.named_in(clean(text), "doubt"))
