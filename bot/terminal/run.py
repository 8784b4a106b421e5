"""Runs the chat: in a terminal as a page with styles, else as plain text."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TypeVar

from platformdirs import user_documents_path

from bot.terminal import encoding
from bot.terminal.chat import QUIT, Bulletin, Chat, Turns
from bot.terminal.page import Page
from bot.terminal.reader import Reader

T = TypeVar("T", bound=Turns)
Commands = Callable[[str], Sequence[tuple[str, str]]]
"""The assistant's commands with what they do, in a language."""
WITHOUT_STYLES = ("dumb", "unknown")
"""Terminals (TERM) that only print."""


def run(
    opened: Callable[[], AbstractAsyncContextManager[T]],
    commands: Commands,
    lang: str,
    history: Path,
    plain: bool,
    bulletin: Callable[[T], Bulletin] | None = None,
) -> bool:
    """Chat until the person leaves. Returns whether every turn was answered.

    `opened` opens the assistant for one run. `lang`: the language until the person has chosen one. `history`: where
    commands that were typed are kept. `plain`: text without styles in a terminal too. `bulletin` makes of the assistant
    what knows what waits to be told. Raises StoreError where the file cannot be used.
    """
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    encoding.prepare(terminal)
    styled = terminal and not plain and os.environ.get("TERM", "") not in WITHOUT_STYLES
    page = _page(styled, terminal)

    async def chat() -> bool:
        async with opened() as assistant:
            folders = [Path.cwd(), user_documents_path(), Path.home()]
            running = Chat(assistant, page, lang, folders, bulletin(assistant) if bulletin else None)
            reader = _prompt(running, commands, history) if styled else _lines(running, terminal)
            return await running.run(reader, goodbye=terminal)

    try:
        return asyncio.run(chat())
    except BrokenPipeError:
        # Nobody reads any more. What is still in the buffer goes nowhere; else Python would complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False


def _page(styled: bool, terminal: bool) -> Page:
    if styled:
        from bot.terminal.page import RichPage

        return RichPage()
    from bot.terminal.plain import PlainPage

    return PlainPage(sys.stdout, wrap=terminal)


def _lines(chat: Chat, terminal: bool) -> Reader:
    from bot.terminal.plain import PlainReader

    return PlainReader(chat.say, prompt=terminal)


def _prompt(chat: Chat, commands: Commands, history: Path) -> Reader:
    from bot.terminal.prompt import CommandHistory, Prompt

    def known() -> Sequence[tuple[str, str]]:
        said = chat.say()
        return [*commands(chat.language), *((name, said["chat_quit"]) for name in QUIT[:1])]

    def is_command(line: str) -> bool:
        return line in {f"/{name}" for name, _told in known()}

    return Prompt(chat.say, known, CommandHistory(history, is_command))
