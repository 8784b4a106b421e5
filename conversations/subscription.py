"""Which rounds and dates a chat wants to hear of, and when not: a setting of the chat, kept with its session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Wants = Literal["off", "all", "mine", "types"]
"""No round, every round, those of the types that one fits, or those of the types chosen."""
MINUTES_IN_DAY = 24 * 60
DEFAULT_ZONE = "America/Toronto"
"""Where the quiet hours are counted for who named no place; it is said with them."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nothing is sent, in minutes after midnight in the chat's zone; it may run over midnight."""

    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Subscription:
    """What one chat subscribed to. `types`: ids of draw types, for `wants` = types. `zone`: an IANA name or None.

    `before_mute`: what was wanted before the alerts were muted, so that one tap brings it back. `reminders`: whether
    to be reminded of one's dates, but of those of the kinds in `without` (`scoring.reminders`).
    """

    wants: Wants = "off"
    types: tuple[str, ...] = ()
    zone: str | None = None
    quiet: Quiet | None = None
    before_mute: Wants | None = None
    reminders: bool = False
    without: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data, as a session keeps it."""
        return {**asdict(self), "types": list(self.types), "without": list(self.without)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> Subscription:
        """What a session kept; None = nothing was ever asked for."""
        if kept is None:
            return cls()
        quiet = kept["quiet"]
        return cls(
            kept["wants"],
            tuple(kept["types"]),
            kept["zone"],
            None if quiet is None else Quiet(quiet["begins"], quiet["ends"]),
            kept["before_mute"],
            kept.get("reminders", False),  # a session of before there were reminders has no such key
            tuple(kept.get("without", ())),
        )
