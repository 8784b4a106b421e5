"""The process of `tirage run`: how it starts and ends, and what it says meanwhile."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.words import words
from tests.botapi import TOKEN, BotApi
from tests.project import ROOT

SECRET = "my-distinctive-answer"


@asynccontextmanager
async def process(*command: str, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A Python process in the project, with its standard error open; it is killed where it has not ended."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("TIRAGE_")}
    bot = await asyncio.create_subprocess_exec(
        sys.executable, *command, cwd=ROOT, env=inherited | environment, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield bot
    finally:
        if bot.returncode is None:
            bot.kill()
        await bot.wait()


def counting(api: BotApi, tmp_path: Path, level: str = "debug") -> tuple[str, ...]:
    return "-m", "tests.bot.telegram", api.url, api.token, str(tmp_path / "tirage.db"), level


async def said(bot: asyncio.subprocess.Process) -> str:
    """What it wrote to standard error, once it ended."""
    _, errors = await bot.communicate()
    return errors.decode()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_it_after_what_is_under_way(api: BotApi, tmp_path: Path, number: signal.Signals) -> None:
    user = api.user(42)
    silence = api.hang("sendMessage")
    async with process(*counting(api, tmp_path)) as bot:
        await user.send("hello")
        await silence.struck()
        bot.send_signal(number)
        silence.release()
        errors = await said(bot)
        assert bot.returncode == 0
    assert [message.text for message in user.inbox] == ["1: hello"]
    assert errors.rstrip().endswith("stopped")


async def test_a_second_signal_ends_it_at_once(api: BotApi, tmp_path: Path) -> None:
    silence = api.hang("sendMessage")
    async with process(*counting(api, tmp_path)) as bot:
        await api.user(42).send("hello")
        await silence.struck()
        bot.send_signal(signal.SIGTERM)
        assert bot.stderr is not None
        while b"asked to stop" not in await bot.stderr.readline():
            pass
        bot.send_signal(signal.SIGTERM)
        assert await bot.wait() == -signal.SIGTERM


async def test_its_log_holds_neither_the_token_nor_a_text_nor_a_chat(api: BotApi, tmp_path: Path) -> None:
    user, group = api.user(4242424242), api.group(-10010010010)
    async with process(*counting(api, tmp_path)) as bot:
        shown = await user.ask(SECRET)
        await user.tap("Edit", on=shown)
        await user.wait(1)
        api.fail("sendMessage", 500)
        api.cut("sendMessage", accepted=False)
        api.fail("sendMessage", 400, description=f"Bad Request: can't parse entities: {SECRET}")
        await user.send(f"html <{SECRET}>")
        await user.send("boom")
        await user.wait(1)
        await group.send(user, f"@{(await bot_name(api))} {SECRET}")
        await group.next()
        bot.send_signal(signal.SIGTERM)
        errors = await said(bot)
    assert "400 cannot_parse" in errors
    assert "ValueError at" in errors
    for never in (TOKEN, TOKEN.split(":")[1], SECRET, "boom", "4242424242", "10010010010"):
        assert never not in errors


async def bot_name(api: BotApi) -> str:
    return str(api.state.bot()["username"])


@pytest.mark.parametrize("lang", ["en", "fr"])
async def test_without_a_token_it_says_what_to_do(lang: str) -> None:
    async with process("-m", "bot", "run", "--lang", lang) as bot:
        errors = await said(bot)
    assert bot.returncode == 2
    assert "@BotFather" in errors
    assert words(lang)["run_no_token"] in errors


async def test_a_token_that_telegram_refuses_is_told_and_not_shown(api: BotApi, tmp_path: Path) -> None:
    token = "7000000001:AAEanother_token_0123456789abcdefg"
    db = str(tmp_path / "tirage.db")
    environment = {"TIRAGE_TELEGRAM_TOKEN": token, "TIRAGE_TELEGRAM_API_URL": api.url, "TIRAGE_LOG_LEVEL": "debug"}
    async with process("-m", "bot", "run", "--db", db, **environment) as bot:
        errors = await said(bot)
    assert bot.returncode == 2
    assert words("en")["run_token_refused"].format(root=api.url) in errors
    assert token not in errors


async def test_other_commands_do_not_load_it() -> None:
    heavy = ("telegram", "aiohttp", "sqlite_utils", "jinja2")
    async with process("-c", f"import sys, bot.cli; sys.exit(any(name in sys.modules for name in {heavy}))") as bot:
        assert await bot.wait() == 0
