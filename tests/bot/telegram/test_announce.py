"""What Telegram shows of the bot: set at start in both languages, where it differs."""

import pytest
from telegram import Bot

from bot.telegram.announce import announce
from bot.telegram.transport import Transport
from bot.wording import Wording
from conversations.session import Language
from tests.bot.telegram.conftest import Run
from tests.botapi import BotApi

SETTERS = ("setMyCommands", "setMyDescription", "setMyShortDescription")
GETTERS = ("getMyCommands", "getMyDescription", "getMyShortDescription")


async def announced(api: BotApi) -> None:
    """A bot says what it is."""
    async with Bot(api.token, api.base_url, request=Transport(), get_updates_request=Transport()) as bot:
        await announce(bot, Wording())


@pytest.mark.parametrize(("code", "language"), [("en", "en"), ("fr", "fr"), ("pa", "en"), (None, "en")])
async def test_each_person_sees_the_menu_in_their_language(api: BotApi, code: str | None, language: Language) -> None:
    await announced(api)
    expected = Wording().command_words(language).commands
    assert [(one["command"], one["description"]) for one in api.user(1, language_code=code).commands] == expected


async def test_the_descriptions_are_set_in_both_languages(api: BotApi) -> None:
    await announced(api)
    words = Wording().command_words
    described = {call.get("language_code", ""): call["description"] for call in api.calls("setMyDescription")}
    short = {call.get("language_code", ""): call["short_description"] for call in api.calls("setMyShortDescription")}
    assert described == {"": words("en").description, "fr": words("fr").description}
    assert short == {"": words("en").short_description, "fr": words("fr").short_description}


async def test_a_group_is_shown_no_menu(api: BotApi) -> None:
    await announced(api)
    assert {call["scope"]["type"] for call in api.calls("setMyCommands")} == {"all_private_chats"}


async def test_what_is_as_it_should_be_is_not_set_again(api: BotApi) -> None:
    await announced(api)
    before = [api.count(setter) for setter in SETTERS]
    await announced(api)
    assert before == [2, 2, 2]
    assert [api.count(setter) for setter in SETTERS] == before


@pytest.mark.parametrize("failing", [*SETTERS, *GETTERS])
async def test_what_cannot_be_set_is_logged_and_the_rest_is_set(
    api: BotApi, caplog: pytest.LogCaptureFixture, failing: str
) -> None:
    api.fail(failing, 400, times=None)
    await announced(api)
    assert caplog.text.count("could not set the") == 2
    assert sum(api.count(setter) for setter in SETTERS if setter != failing) == 4


async def test_a_bot_says_what_it_is_when_it_starts(api: BotApi, run: Run) -> None:
    last = api.hang("setMyShortDescription", after=1, accepted=True)
    async with run():
        await last.struck()
    assert api.user(1).commands
