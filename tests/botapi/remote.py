"""A server in a process of its own, started and used by a parent: for bots that are killed, and for benchmarks."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from aiohttp import ClientSession, ClientTimeout
from pydantic import TypeAdapter
from pydantic_core import from_json, to_json

from tests.botapi.load import Played
from tests.botapi.model import Answer, Button, Shown
from tests.botapi.room import PATIENCE
from tests.botapi.server import TOKEN

T = TypeVar("T")

_SHOWN = TypeAdapter(Shown)
_HISTORIES = TypeAdapter(list[list[Shown]])
_ANSWERS = TypeAdapter(list[Answer])
_PLAYED = TypeAdapter(Played)


class RemoteError(AssertionError):
    """The server could not do what it was asked; the text says why."""


class Remote:
    """The control of a server at an address."""

    def __init__(self, url: str, token: str, http: ClientSession) -> None:
        self.url = url
        self.token = token
        self.base_url = f"{url}/bot"
        self.base_file_url = f"{url}/file/bot"
        self._http = http

    async def ask(self, name: str, **given: Any) -> bytes:
        """One control: the JSON answer. Raises RemoteError."""
        async with self._http.post(f"{self.url}/control/{name}", data=to_json(given)) as answer:
            body = await answer.read()
            if answer.status != 200:
                raise RemoteError(f"{name}: {body.decode()}")
            return body

    async def user(self, number: int, **about: Any) -> RemoteUser:
        """A person; `about` as for BotApi.user."""
        await self.ask("user", user=number, **about)
        return RemoteUser(self, number)

    async def fault(self, kind: str, **given: Any) -> int:
        """Order trouble: "error", "hang" or "cut", with what BotApi.fail, .hang and .cut take. Returns its number."""
        return int(await self.ask("fault", kind=kind, **given))

    async def struck(self, fault: int, limit: float = PATIENCE) -> int:
        """Wait until a call got it. Returns how many did."""
        return int(await self.ask("struck", fault=fault, limit=limit))

    async def release(self, fault: int) -> None:
        """This trouble ends; what hangs goes on."""
        await self.ask("release", fault=fault)

    async def clear(self) -> None:
        """All trouble ends."""
        await self.ask("clear")

    async def advance(self, seconds: float) -> None:
        """Move the server's time ahead."""
        await self.ask("advance", seconds=seconds)

    async def latency(self, seconds: float) -> None:
        """How long every call takes from now on."""
        await self.ask("latency", seconds=seconds)

    async def counts(self) -> dict[str, Any]:
        """Calls by method (small letters), updates that wait, and whether the bot polls now."""
        found: dict[str, Any] = from_json(await self.ask("counts"))
        return found

    async def polled(self, limit: float = PATIENCE) -> None:
        """As soon as the bot waits in getUpdates."""
        await self.ask("polled", limit=limit)

    async def drained(self, limit: float = PATIENCE) -> None:
        """As soon as the bot has confirmed every update."""
        await self.ask("drained", limit=limit)

    async def load(self, chats: int, steps: Sequence[str], **given: Any) -> Played:
        """Play a load in the server (see tests.botapi.load); `limit` in seconds of real time."""
        return _PLAYED.validate_json(await self.ask("load", chats=chats, steps=list(steps), **given))


class RemoteUser:
    """A person who writes to the bot through the server in the other process."""

    def __init__(self, remote: Remote, number: int) -> None:
        self.id = number
        self._remote = remote

    async def do(self, deed: str, **given: Any) -> int | None:
        """What a User does (`send`, `start`, `block`, `send_photo`, ...). Returns the number of the message."""
        found = from_json(await self._remote.ask("do", user=self.id, deed=deed, **{"with": given}))
        return None if found is None else int(found)

    async def send(self, text: str) -> int | None:
        """Type a message."""
        return await self.do("send", text=text)

    async def start(self, payload: str = "") -> int | None:
        """Open the chat."""
        return await self.do("start", payload=payload)

    async def edit(self, message_id: int, text: str) -> None:
        """Change a message that this person typed."""
        await self._remote.ask("edit", user=self.id, message_id=message_id, text=text)

    async def tap(self, button: str | Button, *, on: Shown | None = None) -> str:
        """Tap a button, by what it says, by its data, or itself. Returns the number of the query."""
        if isinstance(button, str) and on is not None:
            button = on.button(button)
        if isinstance(button, str):
            return str(from_json(await self._remote.ask("tap", user=self.id, button=button)))
        given = {"button": button.text, "data": button.data, "message_id": button.message_id}
        return str(from_json(await self._remote.ask("tap", user=self.id, **given)))

    async def next(self, limit: float = PATIENCE) -> Shown:
        """The next message that the bot sends or edits and that was not read yet."""
        return _SHOWN.validate_json(await self._remote.ask("next", user=self.id, limit=limit))

    async def wait(self, n: int = 1, limit: float = PATIENCE) -> list[Shown]:
        """The next `n` messages that the bot sends or edits."""
        return [await self.next(limit) for _ in range(n)]

    async def skip(self) -> None:
        """Take all that came so far as read."""
        await self.do("skip")

    async def ask(self, text: str, limit: float = PATIENCE) -> Shown:
        """Type a message, and read the next one of the bot's."""
        await self.skip()
        await self.send(text)
        return await self.next(limit)

    async def inbox(self) -> list[list[Shown]]:
        """The bot's messages that stand in the chat, oldest first, each with its versions."""
        return _HISTORIES.validate_json(await self._remote.ask("inbox", user=self.id))

    async def answers(self) -> list[Answer]:
        """The bot's answers to this person's taps."""
        return _ANSWERS.validate_json(await self._remote.ask("answers", user=self.id))

    async def commands(self) -> list[dict[str, str]]:
        """The commands that the app shows this person."""
        found: list[dict[str, str]] = from_json(await self._remote.ask("commands", user=self.id))
        return found


@asynccontextmanager
async def spawn(*options: str, token: str = TOKEN) -> AsyncIterator[Remote]:
    """A server in a process of its own, with the options of `python -m tests.botapi`; it ends with the block.

    It also ends when the parent is killed: its standard input closes. Raises RemoteError where it does not start.
    """
    command = [sys.executable, "-m", "tests.botapi", "--port", "0", "--token", token, "--until-eof", *options]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        url = (await process.stdout.readline()).decode().strip()
        if not url:
            raise RemoteError("the server did not start; its error is above")
        async with ClientSession(timeout=ClientTimeout(total=None)) as http:
            yield Remote(url, token, http)
    finally:
        process.stdin.close()
        await process.wait()
