"""What a person does: say something, tap a button, or open the chat."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """A typed message; a command is a message that begins with a slash.

    `language_code`: what the person's device says of its language ("fr-CA"), where the channel knows it.
    """

    text: str
    language_code: str | None = None


@dataclass(frozen=True, slots=True)
class Tapped:
    """A tap on a button: the data that its choice carries. The button may be an old one."""

    data: str
    language_code: str | None = None


Event = Said | Tapped
