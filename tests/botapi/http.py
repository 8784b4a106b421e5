"""HTTP in and out: paths, tokens, files, and trouble on the way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import StreamReader, web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http import RawRequestMessage
from pydantic_core import from_json, to_json

from tests.botapi.args import MAX_BODY, read_args
from tests.botapi.errors import ApiError, bad_request
from tests.botapi.faults import GATEWAY_PAGE, Fault
from tests.botapi.model import Call

if TYPE_CHECKING:
    from tests.botapi.server import BotApi

JSON_TYPE = {"Content-Type": "application/json"}
CONTROL = "/control/"


class CutError(Exception):
    """The connection is to be broken without an answer."""


class Front:
    """The server's face: a request to a call, a call's result to a response."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._prefix = f"/bot{api.token}/"

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Every request there is."""
        path = request.path
        try:
            if path.startswith(self._prefix):
                return await self._call(request, path[len(self._prefix) :].lower())
            if path.startswith("/file/"):
                return self._download(path)
            if self._api.control is not None and path.startswith(CONTROL):
                given = from_json(await request.read())
                return web.Response(
                    body=await self._api.control.ask(path.removeprefix(CONTROL), given), headers=JSON_TYPE
                )
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
        begin = f"/file/bot{self._api.token}/"
        file = self._api.state.files.by_path.get(path.removeprefix(begin)) if path.startswith(begin) else None
        if file is None:
            raise ApiError(404, "Not Found")
        return web.Response(body=file.data, content_type="application/octet-stream")

    async def _call(self, request: web.BaseRequest, method: str) -> web.Response:
        args = await read_args(request)
        self._api.state.counts[method] += 1
        if self._api.state.keep:
            self._api.state.calls.append(Call(method, args.values))
        fault = self._api.faults.pick(method, args) if self._api.faults.all else None
        if fault is not None and not fault.accepted:
            page = await _suffer(fault)
            if page is not None:
                return page
        if self._api.latency:
            await asyncio.sleep(self._api.latency / 2)
        result = await self._api.run(method, args)
        self._api.moves.tell()
        if self._api.latency:
            await asyncio.sleep(self._api.latency / 2)
        if fault is not None and fault.accepted:
            page = await _suffer(fault)
            if page is not None:
                return page
        return web.Response(body=b'{"ok":true,"result":' + result + b"}", headers=JSON_TYPE)


def new_request(
    message: RawRequestMessage,
    payload: StreamReader,
    protocol: web.RequestHandler,
    writer: AbstractStreamWriter,
    task: asyncio.Task[None],
) -> web.BaseRequest:
    """A request whose body may be as large as Telegram takes it."""
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
