"""What is kept of one chat between two messages. The state is computed from it, never stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

Language = Literal["en", "fr"]
LANGUAGES: Mapping[str, Language] = {"en": "en", "fr": "fr"}
VERSION = 1
"""Of the saved form; a session saved by an older version is brought up to this one when it is read."""


_LISTED = ("skipped", "ticked", "waiting")
"""What is a tuple here, and a list where it is kept; a session from before has none of it."""


@dataclass(frozen=True, slots=True)
class Session:
    """One person's chat.

    `answers` holds what was answered, by the key of the question (`c.birth_date`), in the order given; null = the
    person does not know. `asked` is the question that the last message put. `focus` is a question opened by hand (a
    correction, an offer taken up), which comes before the one that follows from the answers. `skipped`: questions
    passed over in this round, which stay as they are. `pending` is what waits for a yes, or for one of several things
    to be picked. `more`: the person goes on with the questions that are not needed for a first answer. `turn` counts
    messages: a button that confirms carries it, so that an old one never confirms anything. `alerts`: which rounds to
    be told about, as `conversations.subscription` keeps it; null = never asked for.
    """

    language: Language | None = None
    consented: bool = False
    goal: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    asked: str | None = None
    focus: str | None = None
    skipped: tuple[str, ...] = ()
    pending: Mapping[str, Any] | None = None
    more: bool = False
    misses: int = 0
    turn: int = 0
    alerts: Mapping[str, Any] | None = None
    ticked: tuple[str, ...] = ()
    """Papers of the list after an invitation that are there, by their ids."""
    waiting: tuple[Mapping[str, Any], ...] = ()
    """What was said and confirmed, and is open: to be asked one thing at a time, before the next question."""
    wondered: Mapping[str, Any] | None = None
    """What was supposed before the first questions were answered, as it was read: to be answered after them."""
    forgotten: bool = False
    """Set by a confirmed deletion: everything about the chat is to be removed, this session too."""

    def as_json(self) -> dict[str, Any]:
        """Plain data, as it is kept."""
        # the values are plain data already: no copy is needed to write them down
        saved = {each.name: getattr(self, each.name) for each in fields(self)}
        return {"version": VERSION, **saved, **{name: list(getattr(self, name)) for name in _LISTED}}

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> Session:
        """The session that was kept. Raises ValueError for a version that this code does not know."""
        if saved["version"] != VERSION:
            raise ValueError(f"a session of version {saved['version']}, where {VERSION} is known")
        known = {key: value for key, value in saved.items() if key != "version"}
        listed = {name: tuple(known.get(name, ())) for name in _LISTED}
        return cls(**{**known, **listed})
