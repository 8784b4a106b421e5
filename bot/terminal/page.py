"""The page in a terminal: who speaks, wrapped text in its styles, and choices with their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from rich.console import Console
from rich.style import Style
from rich.text import Text

from bot.terminal.markup import Run, runs
from bot.terminal.screen import Option, Rows
from bot.terminal.wrapping import wrapped

MOST_COLUMNS = 88
INDENT = 2
NAME = "Tirage"
_STYLES = {"b": Style(bold=True), "i": Style(italic=True), "code": Style(color="cyan"), "a": Style(underline=True)}
_SPEAKER = Style(color="cyan", bold=True)
_MARK = Style(color="cyan", bold=True)
_QUIET = Style(dim=True)
_BETWEEN = Text("   ")


class Page(Protocol):
    """Where the assistant's messages are shown."""

    def show(self, html: str, rows: Rows) -> None:
        """One message and its choices."""

    def note(self, text: str) -> None:
        """A line of the channel itself, such as where a file was saved."""

    def sketch(self, text: str) -> None:
        """A picture made of text, no wider than `width`: its lines stay as they are."""

    def width(self) -> int:
        """How many columns there are for a text."""

    def start(self) -> None:
        """The assistant begins to speak."""


class RichPage:
    """Shows messages with rich, wrapped at words; colours and styles as far as the terminal has them."""

    def __init__(self) -> None:
        self.console = Console(highlight=False, markup=False, emoji=False)

    def start(self) -> None:
        """The name of who speaks."""
        self.console.print()
        self.console.print(Text(NAME, _SPEAKER))

    def show(self, html: str, rows: Rows) -> None:
        """One message, its choices as they stand in rows, and the ways round it in one quieter line."""
        self._print(_text(runs(html)))
        answers = [[option for option in row if not option.aside] for row in rows]
        aside = [option for row in rows for option in row if option.aside]
        if rows:
            self.console.print()
        for row in filter(None, answers):
            self._row(row)
        if aside:
            self._row(aside, _QUIET)
        self.console.print()

    def note(self, text: str) -> None:
        """A quiet line."""
        self._print(Text(text, _QUIET))
        self.console.print()

    def sketch(self, text: str) -> None:
        """A picture, as it stands."""
        for line in text.split("\n"):
            self.console.print(Text(" " * INDENT + line if line else ""), soft_wrap=True)
        self.console.print()

    def width(self) -> int:
        """The columns between the edges of the page."""
        return min(self.console.width, MOST_COLUMNS) - INDENT

    def _row(self, row: list[Option], style: Style | None = None) -> None:
        """Options side by side, none broken; one below the other where one of them is longer than a line."""
        named = [_named(option, unbroken=len(row) > 1) for option in row]
        if any(each.cell_len > self.width() for each in named):
            lines = [_named(option, unbroken=False) for option in row]
        else:
            lines = [_BETWEEN.join(named)]
        for line in lines:
            self._print(Text(line.plain, style) if style else line)

    def _print(self, text: Text) -> None:
        for line in wrapped(text.plain, self.width()):
            shown = text[line.start : line.end]
            self.console.print(Text(" " * (INDENT + line.indent) if shown else "") + shown, soft_wrap=True)


def _text(pieces: Iterable[Run]) -> Text:
    text = Text()
    for run in pieces:
        style = Style.combine([Style.null(), *(_STYLES[tag] for tag in sorted(run.tags))])
        text.append(run.text, style + Style(link=run.href) if run.href else style)
    return text


def _named(option: Option, unbroken: bool) -> Text:
    """An option with its name; `unbroken`: as one word for the wrapping, as it stands beside others."""
    label = option.label.replace(" ", "\N{NO-BREAK SPACE}") if unbroken else option.label
    space = "\N{NO-BREAK SPACE}" if unbroken else " "
    if option.mark == option.label:
        return Text(label, _MARK)
    return Text.assemble((f"{option.mark}.", _MARK), space, label)
