"""What a step may know besides the session and the event."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from conversations.explained import NOTHING_EXPLAINED, Explained
from conversations.lexicon import Lexicon
from conversations.understanding.reader import Reader
from conversations.zones import NO_ZONES, Zones
from scoring.draws import History, shipped
from scoring.search import Titles, shipped_titles


@dataclass(frozen=True, slots=True)
class Context:
    """The day of the turn, the words that people type, the rounds, places and job titles that are known, and a mark.

    `mark`: a few letters that no other turn of any chat has; a button that confirms carries it. `now`: the moment of
    the turn, where it is known: whoever says what time it is says where they are. `reader`: what understands free
    text; without it, a text is a command, an answer, or words of the lexicon.
    """

    today: date
    lexicon: Lexicon
    mark: str = ""
    history: History = field(default_factory=shipped)
    zones: Zones = NO_ZONES
    titles: Titles = field(default_factory=shipped_titles)
    explained: Explained = NOTHING_EXPLAINED
    now: datetime | None = None
    reader: Reader | None = None
