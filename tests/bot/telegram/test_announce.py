"""What Telegram shows of the bot: set at start in both languages, where it differs."""

import pytest

from bot.wording import Wording
from conversations.session import Language
from tests.bot.telegram.conftest import Run
from tests.botapi import BotApi

SETTERS = ("setMyCommands", "setMyDescription", "setMyShortDescription")
GETTERS = ("getMyCommands", "getMyDescription", "getMyShortDescription")


async def announced(api: BotApi, run: Run) -> None:
    """Run a bot until it has said what it is."""
    last = api.hang("getMyShortDescription", after=1)
    async with run() as running:
        await last.struck()
        last.release()
        await running.said()


@pytest.mark.parametrize(("code", "language"), [("en", "en"), ("fr", "fr"), ("pa", "en"), (None, "en")])
async def test_each_person_sees_the_menu_in_their_language(
    api: BotApi, run: Run, code: str | None, language: Language
) -> None:
    await announced(api, run)
    expected = Wording().command_words(language).commands
    assert [(one["command"], one["description"]) for one in api.user(1, language_code=code).commands] == expected


async def test_the_descriptions_are_set_in_both_languages(api: BotApi, run: Run) -> None:
    await announced(api, run)
    words = Wording().command_words
    described = {call.get("language_code", ""): call["description"] for call in api.calls("setMyDescription")}
    short = {call.get("language_code", ""): call["short_description"] for call in api.calls("setMyShortDescription")}
    assert described == {"": words("en").description, "fr": words("fr").description}
    assert short == {"": words("en").short_description, "fr": words("fr").short_description}


async def test_a_group_is_shown_no_menu(api: BotApi, run: Run) -> None:
    await announced(api, run)
    assert {call["scope"]["type"] for call in api.calls("setMyCommands")} == {"all_private_chats"}


async def test_what_is_as_it_should_be_is_not_set_again(api: BotApi, run: Run) -> None:
    await announced(api, run)
    before = [api.count(setter) for setter in SETTERS]
    await announced(api, run)
    assert before == [2, 2, 2]
    assert [api.count(setter) for setter in SETTERS] == before


@pytest.mark.parametrize("failing", [*SETTERS, *GETTERS])
async def test_what_cannot_be_set_is_logged_and_no_more(
    api: BotApi, run: Run, caplog: pytest.LogCaptureFixture, failing: str
) -> None:
    api.fail(failing, 400, times=None)
    async with run():
        assert (await api.user(42).ask("hello")).text == "1: hello"
    assert "could not set the" in caplog.text
