"""Which language a message is in: English, French, or a mixture of both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from conversations.answers.text import spaced

Tongue = Literal["en", "fr", "mixed"]
LEAST_SHARE, LEAST_WORDS = 0.2, 1
"""Of the words that tell a language, those of the other one from which on a message is a mixture."""
_SURE_SHARE, _SURE_WORDS = 0.1, 4
"""In a longer message that many words of the other language are a mixture, even where they are a smaller part."""


def tongue(text: str, words: Mapping[str, frozenset[str]], default: Literal["en", "fr"] = "en") -> Tongue:
    """The language of a text, by words that only one of the two has; `default` where none of them stands there."""
    said = spaced(text).split()
    english, french = words["en"] - words["fr"], words["fr"] - words["en"]
    counts = {"en": sum(word in english for word in said), "fr": sum(word in french for word in said)}
    total, less = sum(counts.values()), min(counts.values())
    if not total:
        return default
    if less >= LEAST_WORDS and (less / total >= LEAST_SHARE or (less >= _SURE_WORDS and less / total >= _SURE_SHARE)):
        return "mixed"
    return "fr" if counts["fr"] > counts["en"] else "en"
