"""`BotApi`: the server as a test holds it in its hands."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from aiohttp import web
from pydantic_core import to_json

from tests.botapi.args import Args
from tests.botapi.clock import Clock
from tests.botapi.control import Control
from tests.botapi.errors import ApiError
from tests.botapi.faults import Fault, Faults, Flood, http_error
from tests.botapi.feed import Moves
from tests.botapi.http import Front, new_request
from tests.botapi.methods import METHODS
from tests.botapi.people import Group, User
from tests.botapi.polling import Polling
from tests.botapi.room import PATIENCE
from tests.botapi.state import State

TOKEN = "7000000001:AAEtests_only_0123456789abcdefghijk"


class BotApi:
    """A Bot API server on 127.0.0.1 for one bot, to be used as `async with`.

    `strict`: also refuse what Telegram's documentation forbids and Telegram passes over in silence (see html, limits).
    `keep`: False keeps no chats and no messages, for benchmarks. `latency`: seconds that every call takes.
    `flood`: Telegram's limits of messages a second. `clock`: the server's time, standing still unless told otherwise.
    `callback_seconds`: how long a tap may be answered. `webhook_delay`: seconds before a webhook's third try.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        port: int = 0,
        clock: Clock | None = None,
        strict: bool = True,
        keep: bool = True,
        latency: float = 0.0,
        flood: bool = False,
        callback_seconds: float = 15.0,
        webhook_delay: float = 1.0,
    ) -> None:
        self.token = token
        self.clock = clock or Clock()
        self.state = State(token, self.clock, strict=strict, keep=keep, callback_seconds=callback_seconds)
        self.moves = Moves(self.explain)
        self.polling = Polling(self.state, self._from_webhook, self.moves.tell, webhook_delay)
        self.faults = Faults()
        self.flood = Flood(self.clock) if flood else None
        self.latency = latency
        self.port = port
        self.users: dict[int, User] = {}
        self.groups: dict[int, Group] = {}
        # Set where the server runs in a process of its own.
        self.control: Control | None = None
        self._runner: web.ServerRunner | None = None
        self._awaited = {
            "setwebhook": self.polling.set_webhook,
            "deletewebhook": self.polling.delete_webhook,
        }

    async def __aenter__(self) -> Self:
        server = web.Server(Front(self).handle, request_factory=new_request, handler_cancellation=True, access_log=None)
        self._runner = web.ServerRunner(server, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, backlog=1024)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.faults.clear()
        await self.polling.close()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        """The root, for a Bot API server setting."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        """python-telegram-bot's `base_url`."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """python-telegram-bot's `base_file_url`."""
        return f"{self.url}/file/bot"

    # Trouble on order.

    def fail(
        self,
        method: str | None = None,
        code: int = 500,
        *,
        chat: int | None = None,
        times: int | None = 1,
        after: int = 0,
        description: str = "",
        retry_after: int | None = None,
        accepted: bool = False,
        page: bool = False,
    ) -> Fault:
        """Order an error; see `Fault`. 429 takes `retry_after`, 403 says by default that the bot was blocked."""
        error = http_error(code, description, retry_after)
        return self.faults.add(Fault("error", method, chat, times, after, accepted, error, page))

    def hang(
        self,
        method: str | None = None,
        *,
        chat: int | None = None,
        times: int | None = 1,
        after: int = 0,
        accepted: bool = False,
    ) -> Fault:
        """Order silence until `release`: before the call is carried out, or `accepted`, after it was."""
        return self.faults.add(Fault("hang", method, chat, times, after, accepted))

    def cut(
        self,
        method: str | None = None,
        *,
        chat: int | None = None,
        times: int | None = 1,
        after: int = 0,
        accepted: bool,
    ) -> Fault:
        """Order a broken connection: `accepted`, the message arrived all the same."""
        return self.faults.add(Fault("cut", method, chat, times, after, accepted))

    # Who talks to the bot.

    def user(
        self,
        number: int,
        *,
        language_code: str | None = "en",
        first_name: str = "Alex",
        username: str | None = None,
        known: bool = False,
    ) -> User:
        """A person, the same one for the same number. `known`: has written to the bot before."""
        if number not in self.users:
            self.users[number] = User(self, number, first_name, language_code, username, known=known)
        return self.users[number]

    def group(self, number: int, *, title: str = "Newcomers", kind: str = "supergroup", privacy: bool = True) -> Group:
        """A group that the bot is in. `privacy`: the bot is told only of what is meant for it, as by default."""
        if number not in self.groups:
            self.groups[number] = Group(self, number, title, kind, privacy=privacy)
        return self.groups[number]

    def calls(self, method: str) -> list[dict[str, Any]]:
        """The parameters of every call of a method, in order (`keep` only)."""
        return [call.params for call in self.state.calls if call.method == method.lower()]

    def count(self, method: str) -> int:
        """How many calls of a method came, refused ones included."""
        return self.state.counts[method.lower()]

    async def polled(self, limit: float = PATIENCE) -> None:
        """As soon as the bot waits in getUpdates. Raises NothingCameError."""
        await self.moves.until(lambda: self.polling.polled, limit)

    async def drained(self, limit: float = PATIENCE) -> None:
        """As soon as the bot has confirmed every update. Raises NothingCameError."""
        await self.moves.until(lambda: not self.polling.updates.waiting, limit)

    async def until(self, met: Callable[[], bool], limit: float = PATIENCE) -> None:
        """As soon as `met` says yes, asked after each call that was carried out. Raises NothingCameError."""
        await self.moves.until(met, limit)

    def explain(self) -> str:
        """What the bot did so far, for a test that waits in vain."""
        polling = self.polling
        how = "a webhook is set" if polling.delivery else "it polls" if polling.polled else "it does not poll"
        waiting = polling.updates.waiting
        first = [update.body.decode()[:200] for update in list(waiting)[:3]]
        calls = dict(self.state.counts)
        return f"The bot: {how}; updates not confirmed: {len(waiting)} {first}; calls so far: {calls}"

    async def run(self, method: str, args: Args) -> bytes:
        """Carry out a call: the result's JSON text. Raises ApiError."""
        self.state.check_alive()
        if method == "getupdates":
            return await self.polling.get_updates(args)
        if self.flood is not None:
            self.flood.check(method, args)
        plain = METHODS.get(method)
        if plain is not None:
            return to_json(plain(self.state, args))
        awaited = self._awaited.get(method)
        if awaited is not None:
            return to_json(await awaited(args))
        if method == "getwebhookinfo":
            return to_json(self.polling.get_webhook_info())
        raise ApiError(404, "Not Found")

    async def _from_webhook(self, call: dict[str, Any]) -> None:
        """A call in a webhook's answer. Its result is told to nobody, and its errors neither."""
        method = str(call["method"]).lower()
        self.state.counts[method] += 1
        if method.startswith("get") or method in {"setwebhook", "deletewebhook", "close", "logout"}:
            return
        try:
            await self.run(method, Args(call))
        except ApiError:
            return
