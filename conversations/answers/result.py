"""What comes of reading an answer: a value, a choice between values, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

JSON = Any
"""Plain JSON data: what a profile holds, and what a session keeps."""

MOST_OPTIONS = 5
"""More values than this are no choice that a person can make at a glance."""
CONFIRMED = frozenset({"score_order"})
"""Codes of which one value alone is a choice as well: it is that one, or another that is not listed."""
MOST_READ = 80
"""What was read is told by its beginning."""


@dataclass(frozen=True, slots=True)
class Understood:
    """One value. `told` says what was read, and what was taken for granted, so that it can be read back."""

    value: JSON
    told: Mapping[str, JSON] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unclear:
    """Two to five values that the text may mean; `code` says what is open. To be asked, never guessed.

    One value is enough where the code is one of `CONFIRMED`.
    """

    code: str
    read: str
    options: tuple[JSON, ...]

    def __post_init__(self) -> None:
        """Refuse what is no choice."""
        least = 1 if self.code in CONFIRMED else 2
        if not least <= len(self.options) <= MOST_OPTIONS:
            raise ValueError(f"a choice is between {least} to {MOST_OPTIONS} values, not {len(self.options)}")
        object.__setattr__(self, "read", shortened(self.read))


@dataclass(frozen=True, slots=True)
class Misread:
    """No value: `code` says what is wrong with what was read, `values` what the wording needs to say how to mend it."""

    code: str
    read: str
    values: Mapping[str, JSON] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep what was read short."""
        object.__setattr__(self, "read", shortened(self.read))


Result = Understood | Unclear | Misread


def shortened(read: str) -> str:
    """A text by its beginning, at most `MOST_READ` characters."""
    return read if len(read) <= MOST_READ else read[: MOST_READ - 1] + "…"
