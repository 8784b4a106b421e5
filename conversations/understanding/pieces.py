"""What a piece of a message says of a job, and a job as it comes together from such pieces."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from conversations.understanding.telling import Fragment

IN_WORDS = "hours_in_words"
"""Marks hours that were told as *full time*."""
PERIOD = ("months", "stated_on", "started_on", "ended_on")


@dataclass
class Piece:
    """What one fragment says of a job."""

    fragment: Fragment
    title: str
    value: dict[str, Any]
    open: dict[str, str]
    introduced: bool = False
    of_work: bool = False
    """Whether it speaks of work; a length of time alone may be of anything."""
    untold: bool = False
    """Whether it has words of which it is not known what they are: perhaps those of another title."""
    bare: bool = False
    """Whether it says when, where and how, and has no other words."""
    earlier: bool = False
    """Whether it begins with *before that*: it is of another job than the one told so far."""
    doubtful: bool = False
    """Whether its title is one only if how long it took stands beside it."""

    @property
    def timed(self) -> bool:
        """Whether it says how long."""
        return any(name in self.value for name in PERIOD) or "period" in self.open


@dataclass
class Job:
    """A job as it comes together from the fragments."""

    whose: str
    start: int
    title: str = ""
    value: dict[str, Any] = field(default_factory=dict)
    open: dict[str, str] = field(default_factory=dict)
    timed: bool = False
    untold: bool = False
    earlier: bool = False
    """Whether *before that* led to it: it is not the one that was told right before."""
    end: int = 0

    def add(self, piece: Piece) -> None:
        """Put what a fragment says to what is there; a number of hours says more than *full time*."""
        if IN_WORDS in self.value and "hours_per_week" in piece.value and IN_WORDS not in piece.value:
            del self.value["hours_per_week"], self.value[IN_WORDS]
        self.value = piece.value | self.value
        self.open |= piece.open
        self.title = self.title or piece.title
        self.timed = self.timed or piece.timed
        self.untold = self.untold or piece.untold

    def lacks(self, piece: Piece) -> bool:
        """Whether a piece says of the job what is not known of it yet, and nothing that is."""
        if (piece.title and self.title) or (piece.timed and self.timed):
            return False
        both = {name for name in piece.value.keys() & self.value.keys() if piece.value[name] != self.value[name]}
        if IN_WORDS in {**piece.value, **self.value}:
            both -= {"hours_per_week", IN_WORDS}
        return not both - {"stated_on"}
