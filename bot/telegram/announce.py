"""What Telegram shows of the bot before anybody writes to it: the menu of commands and the two descriptions."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats

from bot.telegram.logs import where
from bot.wording.labels import CommandWords
from conversations.session import Language

log = logging.getLogger(__name__)

LANGUAGES: Sequence[tuple[Language, str | None]] = (("en", None), ("fr", "fr"))
"""Each of our languages, and the language of a person's device that Telegram shows it for: None is every other one."""
PRIVATE = BotCommandScopeAllPrivateChats()


class Words(Protocol):
    """What says them (`bot.wording.Wording`)."""

    def command_words(self, language: Language) -> CommandWords:
        """The commands of the menu, and the two descriptions."""


async def announce(bot: Bot, words: Words) -> None:
    """Set what differs from what Telegram has, in both languages. What fails is logged; the bot talks without it."""
    for language, code in LANGUAGES:
        said = words.command_words(language)
        for name, step in (
            ("commands", lambda said=said, code=code: _commands(bot, said, code)),
            ("description", lambda said=said, code=code: _description(bot, said, code)),
            ("short description", lambda said=said, code=code: _short_description(bot, said, code)),
        ):
            await _tried(f"{name} in {language}", step)


async def _tried(name: str, step: Callable[[], Awaitable[bool]]) -> None:
    try:
        if await step():
            log.info("set the %s", name)
    except Exception as error:  # whatever it is, people can be talked with all the same
        log.warning("could not set the %s: %s", name, where(error))


async def _commands(bot: Bot, said: CommandWords, code: str | None) -> bool:
    wanted = [BotCommand(command, description) for command, description in said.commands]
    if list(await bot.get_my_commands(PRIVATE, code)) == wanted:
        return False
    return await bot.set_my_commands(wanted, PRIVATE, code)


async def _description(bot: Bot, said: CommandWords, code: str | None) -> bool:
    if (await bot.get_my_description(code)).description == said.description:
        return False
    return await bot.set_my_description(said.description, code)


async def _short_description(bot: Bot, said: CommandWords, code: str | None) -> bool:
    if (await bot.get_my_short_description(code)).short_description == said.short_description:
        return False
    return await bot.set_my_short_description(said.short_description, code)
