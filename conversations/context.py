"""What a step may know besides the session and the event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conversations.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Context:
    """The day of the turn, and the words that people type."""

    today: date
    lexicon: Lexicon
