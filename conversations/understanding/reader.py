"""The front door: one message to its intent and its facts, as `tirage understand` prints them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from conversations.lexicon import Lexicon
from conversations.understanding.meaning import Asked, Match, Meanings
from conversations.understanding.phrasebook import Phrasebook
from conversations.understanding.tongue import Tongue, tongue

MOST_TEXT = 2_000
"""Characters that are looked at: a longer message is a story, and its beginning says what it is about."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What one message says.

    `intent`: what it asks for, or None; `confidence`: how sure that is, 0 to 1; `lang`: its language. `facts`: a
    partial profile. `other`: what was said and has no place in a profile. `ambiguous`: what has to be asked.
    `matched`: by what each was understood.
    """

    intent: str | None
    confidence: float
    lang: Tongue
    facts: dict[str, Any] = field(default_factory=dict)
    other: list[dict[str, Any]] = field(default_factory=list)
    ambiguous: list[dict[str, Any]] = field(default_factory=list)
    matched: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Plain data, as it is printed."""
        return {name: getattr(self, name) for name in self.__slots__}


class Reader:
    """Reads messages by the words of a lexicon and the wordings of a phrasebook."""

    def __init__(self, lexicon: Lexicon, book: Phrasebook) -> None:
        """Take the words that people type."""
        self.lexicon, self.book, self.meanings = lexicon, book, Meanings(book)

    def understand(self, text: str, today: date, language: Literal["en", "fr"] = "en") -> Understanding:
        """What a message says. `language`: the one that is spoken, for a message whose words are of both."""
        del today
        text = text[:MOST_TEXT]
        asked = self.asked(text)
        between = {"code": "intent", "read": text[:MOST_TOLD], "options": list(asked.between)}
        return Understanding(
            asked.intent,
            round(asked.confidence, 2) if asked.intent or asked.between else 0.0,
            tongue(text, self.book.of_language, language),
            ambiguous=[between] if asked.between else [],
            matched=[_told(match) for match in asked.matched],
        )

    def asked(self, text: str) -> Asked:
        """What a message asks for: its very words first, then what is like them."""
        exact = self.meanings.exactly(text)
        if exact is not None:
            return exact
        name = self.lexicon.exactly(text)
        if name is not None and name not in self.book.elsewhere:
            name = self.book.renamed.get(name, name)
            return Asked(name, 1.0, (Match(name, text[:MOST_TOLD], 1.0, tuple(text[:MOST_TOLD].split())),))
        return self.meanings.near(text)


MOST_TOLD = 80
"""Characters of what was read that are told."""


def _told(match: Match) -> dict[str, Any]:
    return {
        "kind": "intent",
        "intent": match.intent,
        "phrase": match.phrase,
        "likeness": match.likeness,
        "words": list(match.words),
    }
