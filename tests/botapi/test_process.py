"""The server in a process of its own: played by its parent, loaded, and gone with it."""

import asyncio
import os
import signal
import sys

import pytest
from aiohttp import ClientSession
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update

from tests.botapi import BotApi, png
from tests.botapi.load import Load
from tests.botapi.remote import Remote, RemoteError, spawn
from tests.project import ROOT

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Again", callback_data="again")]])


async def echo(bot: Bot, update: Update) -> None:
    """A small bot: an answer to a message, an edit to a tap."""
    query, message = update.callback_query, update.message
    if query is not None:
        await query.answer("noted")
        await query.edit_message_text(f"tapped {update.update_id}", reply_markup=KEYBOARD)
    elif message is not None:
        await bot.send_message(message.chat.id, f"<b>{message.text}</b>", parse_mode="HTML", reply_markup=KEYBOARD)


async def run(bot: Bot) -> None:
    """Poll until cancelled."""
    offset = 0
    while True:
        for update in await bot.get_updates(offset, timeout=50):
            offset = update.update_id + 1
            await echo(bot, update)


async def test_parent_plays_people_orders_trouble_and_reads_inboxes() -> None:
    async with spawn() as remote, Bot(remote.token, base_url=remote.base_url) as bot:
        user = await remote.user(42, language_code="fr")
        running = asyncio.create_task(run(bot))
        await remote.polled()
        assert (await user.ask("hello")).text == "hello"
        await user.tap("Again")
        assert (await user.next()).edited
        (history,) = await user.inbox()
        await user.tap("Again", on=history[0])
        await user.tap(history[0].buttons[0])
        await user.wait(2)
        assert [answer.text for answer in await user.answers()] == ["noted"] * 3
        await remote.drained()
        fault = await remote.fault("hang", method="sendMessage", chat=42)
        number = await user.send("silence")
        assert await remote.struck(fault) == 1
        await remote.release(fault)
        assert (await user.next()).text == "silence"
        assert number is not None
        await remote.drained()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        with pytest.raises(RemoteError, match="LookupError: no button 'Forth'"):
            await user.tap("Forth")
        await user.edit(number, "louder")
        await user.do("send_sticker")
        await user.do("block")
        assert len(await bot.get_updates()) == 3
        with pytest.raises(RemoteError, match="RuntimeError: this person blocked the bot"):
            await user.start()
        with pytest.raises(RemoteError, match="ValueError: a person cannot fly"):
            await user.do("fly")
        counts = await remote.counts()
        assert counts["calls"]["answercallbackquery"] == 3
        assert await user.commands() == []


async def test_file_reaches_the_parent() -> None:
    async with spawn("--latency", "0.001") as remote, Bot(remote.token, base_url=remote.base_url) as bot:
        user = await remote.user(42, known=True)
        await remote.latency(0.0)
        await remote.advance(60)
        await remote.clear()
        await bot.send_photo(42, png(2, 3))
        shown = await user.next()
        assert shown.file is not None
        assert (shown.file.data, shown.file.width, shown.file.height) == (png(2, 3), 2, 3)


async def test_load_is_played_to_its_end() -> None:
    async with spawn("--no-keep") as remote, Bot(remote.token, base_url=remote.base_url) as bot:
        running = asyncio.create_task(run(bot))
        played = await remote.load(5, ["hello", "tap:again"], in_flight=2, replies=1, limit=30)
        assert (played.turns, len(played.waits)) == (10, 10)
        assert played.percentile(0.0) <= played.percentile(0.5) <= played.percentile(1.0)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_load_must_be_one_that_can_be_played() -> None:
    with pytest.raises(ValueError, match="keep=False"):
        Load(BotApi(), 1, ["x"])
    with pytest.raises(ValueError, match="at least one reply"):
        Load(BotApi(keep=False), 1, ["x"], replies=[1, 1])


async def test_server_ends_with_its_parent_when_that_is_killed() -> None:
    code = (
        "import asyncio\nfrom tests.botapi.remote import spawn\n"
        "async def main():\n    async with spawn() as remote:\n"
        "        print(remote.url, flush=True)\n        await asyncio.Event().wait()\nasyncio.run(main())"
    )
    pipe = asyncio.subprocess.PIPE
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=pipe, cwd=ROOT)
    assert parent.stdout is not None
    port = int((await parent.stdout.readline()).decode().rsplit(":", 1)[1])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    os.kill(parent.pid, signal.SIGKILL)
    await parent.wait()
    assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()


async def test_control_is_closed_in_a_server_inside_a_test(api: BotApi, http: ClientSession) -> None:
    with pytest.raises(RemoteError, match="Not Found"):
        await Remote(api.url, api.token, http).counts()
