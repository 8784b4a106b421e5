"""The chat with one person who sits at this machine: show, read, turn, and again."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from bot.store import Outbound, Store
from bot.store.errors import StoreError
from bot.terminal.files import save
from bot.terminal.gallery import Gallery
from bot.terminal.page import Page
from bot.terminal.reader import Interrupted, Reader
from bot.terminal.screen import Screen, screens
from bot.words import LANGUAGES, words
from conversations.events import Event, Said

CHAT = "terminal"
"""The chat's name in the store."""
QUIT = ("quit", "quitter")
"""What leaves the chat, with a slash before it."""


IN_NO_OUTBOX = 0
"""The number of a message that is kept elsewhere; those of the outbox begin at 1."""


class Turns(Protocol):
    """What answers: `bot.assistant.Assistant`."""

    store: Store

    async def turn(self, chat: str, event: Event) -> list[Outbound] | None:
        """One turn of a chat: what to show now."""


class Bulletin(Protocol):
    """What waits to be told to a chat: `bot.alerts.Bulletin`."""

    async def news(self, chat: str) -> Sequence[Any]:
        """What is to be shown now."""

    async def shown(self, news: Sequence[Any]) -> None:
        """It was shown."""


class Chat:
    """One run of the chat."""

    def __init__(
        self, turns: Turns, page: Page, lang: str, folders: Sequence[Path], bulletin: Bulletin | None = None
    ) -> None:
        """`lang`: the language until the person has chosen one. `folders`: a file goes into the first that takes it.

        `bulletin`: where what waits to be told is looked up, once at the start.
        """
        self.turns, self.page, self.lang, self.folders, self.bulletin = turns, page, lang, folders, bulletin
        self.language, self.kept, self.screen, self.failed = lang, False, Screen(), False
        self.gallery = Gallery(page, folders)

    def say(self) -> Mapping[str, str]:
        """The channel's own words, in the language of the chat."""
        return words(self.language)

    async def run(self, reader: Reader, goodbye: bool) -> bool:
        """Open the chat, and go on until the person leaves. Returns whether every turn was answered.

        `goodbye`: whether leaving is answered by a word.
        """
        waiting = [message for message in await self.turns.store.unsent() if message.chat == CHAT]
        await self._look()
        news = await self.bulletin.news(CHAT) if self.bulletin and self.kept else []
        told = [Outbound(IN_NO_OUTBOX, CHAT, message) for each in news for message in each.messages]
        await self._turn(Said("/resume" if self.kept else "/start", self.lang), [*waiting, *told])
        if self.bulletin and news:
            await self.bulletin.shown(news)
        await self._listen(reader)
        if goodbye:
            self.page.note(self.say()["chat_goodbye"])
        return not self.failed

    async def _listen(self, reader: Reader) -> None:
        interrupted = False
        while True:
            try:
                line = await reader.read(self.screen)
            except Interrupted as key:
                if interrupted and not key.typed:
                    return
                interrupted = True
                self.page.note(self.say()["chat_interrupted"])
                continue
            interrupted = False
            if line is None or is_quit(line):
                return
            if line.strip():
                await self._turn(self.screen.read(line, self.lang))
            if not self.kept:
                reader.forget()

    async def _turn(self, event: Event, before: Sequence[Outbound] = ()) -> None:
        """Answer an event; `before`: what an interrupted run did not show."""
        problem = None
        try:
            answers = await self.turns.turn(CHAT, event) or []
        except StoreError as error:
            answers, problem = [], error.told(self.say())
        except Exception as error:  # the chat goes on; what the error holds may be what the person typed
            answers, problem = [], self.say()["chat_failed"]
            print(*traceback.format_tb(error.__traceback__), type(error).__name__, sep="", file=sys.stderr)
        await self._look()
        await self._show([*before, *answers])
        if problem:
            self.failed = True
            self.page.note(problem)

    async def _look(self) -> None:
        """Learn whether anything of the chat is kept, and its language."""
        saved = await self.turns.store.load(CHAT)
        language = self.lang if saved is None else saved.get("language")
        self.language = language if language in LANGUAGES else self.lang
        self.kept = saved is not None

    async def _show(self, messages: Sequence[Outbound]) -> None:
        if not messages:
            return
        shown = [message.message for message in messages]
        options = screens(shown)
        self.page.start()
        for message, rows in zip(shown, options, strict=True):
            if message.get("picture") and not await self.gallery.show(message["picture"], self.say()):
                self.failed = True
            self.page.show(message["text"], rows)
            if message.get("file"):
                self._save(message["file"])
        self.screen = Screen(tuple(option for rows in options for row in rows for option in row))
        await self.turns.store.sent([message.id for message in messages])

    def _save(self, file: Mapping[str, str]) -> None:
        try:
            path = save(file["name"], file["content"], self.folders)
        except OSError as error:
            self.failed = True
            self.page.note(self.say()["chat_not_saved"].format(name=file["name"], reason=error.strerror))
            return
        self.page.note(self.say()["chat_saved"].format(path=path))


def is_quit(line: str) -> bool:
    """Whether a line leaves the chat."""
    return line.strip().casefold() in {f"/{name}" for name in QUIT}
