"""The server: HTTP in and out, troubles on the way, and the front door `BotApi`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from aiohttp import StreamReader, web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http import RawRequestMessage
from pydantic_core import from_json, to_json

from tests.botapi import messages, profile
from tests.botapi.args import MAX_BODY, Args, read_args
from tests.botapi.clock import Clock
from tests.botapi.control import Control
from tests.botapi.errors import ApiError, bad_request
from tests.botapi.faults import GATEWAY_PAGE, Fault, Faults, Flood, http_error
from tests.botapi.feed import Moves
from tests.botapi.people import PATIENCE, Group, User
from tests.botapi.polling import Polling
from tests.botapi.state import Call, State

TOKEN = "7000000001:AAEtests_only_0123456789abcdefghijk"

METHODS: dict[str, Callable[[State, Args], Any]] = {
    "getme": profile.get_me,
    "logout": profile.log_out,
    "close": profile.close,
    "sendmessage": messages.send_message,
    "sendphoto": messages.send_photo,
    "senddocument": messages.send_document,
    "sendchataction": messages.send_chat_action,
    "editmessagetext": messages.edit_message_text,
    "editmessagecaption": messages.edit_message_caption,
    "editmessagemedia": messages.edit_message_media,
    "editmessagereplymarkup": messages.edit_message_reply_markup,
    "deletemessage": messages.delete_message,
    "answercallbackquery": messages.answer_callback_query,
    "getfile": profile.get_file,
    "getchat": profile.get_chat,
    "setmycommands": profile.set_my_commands,
    "getmycommands": profile.get_my_commands,
    "deletemycommands": profile.delete_my_commands,
    "setmyname": profile.set_my_name,
    "getmyname": profile.get_my_name,
    "setmydescription": profile.set_my_description,
    "getmydescription": profile.get_my_description,
    "setmyshortdescription": profile.set_my_short_description,
    "getmyshortdescription": profile.get_my_short_description,
    "setchatmenubutton": profile.set_chat_menu_button,
    "getchatmenubutton": profile.get_chat_menu_button,
}

JSON_TYPE = {"Content-Type": "application/json"}


class CutError(Exception):
    """The connection is to be broken without an answer."""


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
        self._prefix = f"/bot{token}/"
        self._awaited = {
            "setwebhook": self.polling.set_webhook,
            "deletewebhook": self.polling.delete_webhook,
        }

    async def __aenter__(self) -> Self:
        server = web.Server(self._handle, request_factory=_request, handler_cancellation=True, access_log=None)
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

    # HTTP.

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        try:
            if path.startswith(self._prefix):
                return await self._call(request, path[len(self._prefix) :].lower())
            if path.startswith("/file/"):
                return self._download(path)
            if self.control is not None and path.startswith("/control/"):
                given = from_json(await request.read())
                return web.Response(body=await self.control.ask(path[9:], given), headers=JSON_TYPE)
            raise self._bad_path(path)
        except ApiError as error:
            return web.Response(body=to_json(error.body()), status=error.code, headers=JSON_TYPE)
        except CutError:
            return _broken(request)

    def _bad_path(self, path: str) -> ApiError:
        """401 for a token that looks like one, else 404."""
        token = path.removeprefix("/bot").split("/")[0]
        number, _, secret = token.partition(":")
        well_formed = path.startswith("/bot") and number.isdigit() and bool(secret)
        return ApiError(401, "Unauthorized") if well_formed else ApiError(404, "Not Found")

    def _download(self, path: str) -> web.Response:
        begin = f"/file/bot{self.token}/"
        file = self.state.files.by_path.get(path.removeprefix(begin)) if path.startswith(begin) else None
        if file is None:
            raise ApiError(404, "Not Found")
        return web.Response(body=file.data, content_type="application/octet-stream")

    async def _call(self, request: web.BaseRequest, method: str) -> web.Response:
        args = await read_args(request)
        self.state.counts[method] += 1
        if self.state.keep:
            self.state.calls.append(Call(method, args.values))
        fault = self.faults.pick(method, args) if self.faults.all else None
        if fault is not None and not fault.accepted:
            page = await _suffer(fault)
            if page is not None:
                return page
        if self.latency:
            await asyncio.sleep(self.latency / 2)
        result = await self.run(method, args)
        self.moves.tell()
        if self.latency:
            await asyncio.sleep(self.latency / 2)
        if fault is not None and fault.accepted:
            page = await _suffer(fault)
            if page is not None:
                return page
        return web.Response(body=b'{"ok":true,"result":' + result + b"}", headers=JSON_TYPE)

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


def _request(
    message: RawRequestMessage,
    payload: StreamReader,
    protocol: web.RequestHandler,
    writer: AbstractStreamWriter,
    task: asyncio.Task[None],
) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=MAX_BODY)


async def _suffer(fault: Fault) -> web.Response | None:
    """What a fault does to a call: raises ApiError or CutError, answers with a page, or lets it go on later."""
    if fault.kind == "cut":
        raise CutError
    if fault.kind == "hang":
        await fault.hang()
        return None
    error = fault.error or bad_request("")
    if fault.page:
        text = GATEWAY_PAGE.format(f"{error.code} {error.description}")
        return web.Response(text=text, status=error.code, content_type="text/html")
    raise error


def _broken(request: web.BaseRequest) -> web.Response:
    """Break the connection; the response that is returned reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
