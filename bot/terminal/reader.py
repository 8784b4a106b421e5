"""What reads the person's lines."""

from __future__ import annotations

from typing import Protocol

from bot.terminal.screen import Screen


class Interrupted(Exception):  # noqa: N818  # a key, not an error
    """Ctrl-C was pressed; `typed`: on a line that had something on it."""

    def __init__(self, typed: bool) -> None:
        super().__init__()
        self.typed = typed


class Reader(Protocol):
    """Reads one message at a time."""

    async def read(self, screen: Screen) -> str | None:
        """What the person typed, or None where there is no more. Raises Interrupted at Ctrl-C."""

    def forget(self) -> None:
        """Keep nothing of what was typed before: the person had everything deleted."""
