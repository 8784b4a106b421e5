"""A reply without words: which template says it, with what values, and what one can tap.

Words are made last, from `locales/`, in the language of the session. Every value is plain JSON data, so that a reply
can be kept, compared and read in a test.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from conversations.session import Language

MOST_DATA = 64
"""Bytes that a tap may carry (Bot API, InlineKeyboardButton.callback_data)."""

Place = Literal["new", "edit"]
"""Whether a reply is a message of its own, or takes the place of the one whose button was tapped."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One button: the key of its label, what a tap on it sends, and the values that its label shows."""

    label: str
    data: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what Telegram would refuse."""
        if not 0 < len(self.data.encode()) <= MOST_DATA:
            raise ValueError(f"a tap carries 1 to {MOST_DATA} bytes, not {self.data!r}")


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: `key` names its template, `rows` are its buttons, `attach` names a file that goes with it.

    `picture` is what a chart shows beside the text (`conversations.pictures`), the same numbers as the text.
    `numbers`: a bare number typed in answer is a fact (an age, a line), not the number of a button.
    """

    key: str
    language: Language
    values: Mapping[str, Any] = field(default_factory=dict)
    rows: tuple[tuple[Choice, ...], ...] = ()
    place: Place = "new"
    attach: Literal["export"] | None = None
    numbers: bool = False
    picture: Mapping[str, Any] | None = None

    def taps(self) -> Iterable[Choice]:
        """Every button, in reading order."""
        return (choice for row in self.rows for choice in row)
