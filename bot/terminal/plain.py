"""Plain text: for a script, for a terminal without styles, for a screen reader."""

from __future__ import annotations

import shutil
import signal
import sys
from collections.abc import Callable, Mapping
from typing import TextIO

from bot.terminal.markup import plain
from bot.terminal.page import MOST_COLUMNS
from bot.terminal.reader import Interrupted
from bot.terminal.screen import Option, Rows, Screen
from bot.terminal.wrapping import fold

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


class PlainPage:
    """Prints each message as text, its choices as `[1] Label`, and an empty line.

    `wrap`: whether lines are wrapped to the terminal; a program gets them whole.
    """

    def __init__(self, out: TextIO, wrap: bool) -> None:
        self.out, self.wrap = out, wrap

    def start(self) -> None:
        """Nothing: the text speaks."""

    def show(self, html: str, rows: Rows) -> None:
        """One message and its choices."""
        self._print("\n".join([plain(html), *(_named(option) for row in rows for option in row)]))

    def note(self, text: str) -> None:
        """A line of the channel itself."""
        self._print(text)

    def sketch(self, text: str) -> None:
        """A picture made of text."""
        print(text, end="\n\n", file=self.out, flush=True)

    def width(self) -> int:
        """The columns of the terminal; for a program, those of a usual one."""
        return min(shutil.get_terminal_size().columns, MOST_COLUMNS)

    def _print(self, text: str) -> None:
        print(fold(text, self.width()) if self.wrap else text, end="\n\n", file=self.out, flush=True)


class PlainReader:
    """Reads one message a line. In a terminal it prints who is to speak; for a script, nothing."""

    def __init__(self, say: Callable[[], Mapping[str, str]], prompt: bool) -> None:
        self.say, self.prompt = say, prompt

    async def read(self, screen: Screen) -> str | None:  # noqa: ARG002  # the same for every reader
        """The next line, or None at the end. Raises Interrupted at Ctrl-C in a terminal.

        Nothing else runs in the meantime: the chat waits for the person.
        """
        handler = signal.getsignal(signal.SIGINT)
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            if self.prompt:
                print(self.say()["chat_you"], end=" ", flush=True)
            line = sys.stdin.buffer.readline()
        except KeyboardInterrupt:
            if not self.prompt:
                raise
            print()
            raise Interrupted(typed=False) from None
        finally:
            signal.signal(signal.SIGINT, handler)
        return line.decode("utf-8", "replace").removeprefix(BOM).rstrip("\r\n") if line else None

    def forget(self) -> None:
        """Nothing is kept."""


def _named(option: Option) -> str:
    return f"[{option.mark}]" if option.mark == option.label else f"[{option.mark}] {option.label}"
