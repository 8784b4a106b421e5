"""A server of IRCC's two files on 127.0.0.1, which publishes rounds one by one and makes trouble on order.

In a test: `async with FeedServer(rows) as feed`, then `feed.url_en`, `feed.publish(row(...), "étiquette")`,
`feed.trouble("status", 503)`. As a process of its own: `python -m tests.feedserver --port 8090` prints its address; it
begins with the shipped history, and POST /control with JSON does the rest:

    {"do": "publish", "number": "448", "date": "2026-11-25", "label": "...", "size": 100, "cut_off": 500,
     "tie": "November 1, 2026 at 10:00:00 UTC", "label_fr": "..."}
    {"do": "edit", "number": "448", "fields": {"drawCRS": "501"}}      {"do": "withdraw", "number": "448"}
    {"do": "trouble", "kind": "status", "status": 503, "times": 2, "lang": "en", "retry_after": 5}
    {"do": "asked"}        how often each file was asked for, by status
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from types import TracebackType
from typing import Any, Literal, Self

import click
from aiohttp import web

from scoring import draws
from tests.feedrows import Row, french, row, rows_of

Kind = Literal["status", "html", "truncate", "cut", "slow", "bytes", "redirect", "bomb"]
HTML = b"<!DOCTYPE html><html><body>The web page cannot be found.</body></html>"
BOMB = 128
"""Megabytes into which a small body swells."""


@dataclass
class Trouble:
    """What goes wrong `times` times; `lang` limits it to one file."""

    kind: Kind
    status: int = 200
    times: int = 1
    lang: str | None = None
    retry_after: str | None = None
    body: bytes = b""
    location: str = ""


@dataclass(frozen=True)
class Asked:
    """One request as it came, and the status that answered it."""

    lang: str
    headers: dict[str, str]
    status: int


class FeedServer:
    """Both files over one list of rows, newest first, to be used as `async with`.

    `validators`: whether ETag and Last-Modified are given, and conditional requests answered by 304.
    `encoding`: that of the French file.
    """

    def __init__(
        self,
        rows: Iterable[Row] = (),
        labels_fr: dict[str, str] | None = None,
        *,
        port: int = 0,
        validators: bool = True,
    ) -> None:
        self.rows = list(rows)
        self.labels_fr = labels_fr or {}
        self.port = port
        self.validators = validators
        self.encoding = "utf-8"
        self.asked: list[Asked] = []
        self.release = asyncio.Event()
        self._troubles: list[Trouble] = []
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/{lang:en|fr}.json", self._file)
        app.router.add_post("/control", self._control)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release.set()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url_en(self) -> str:
        """The English file."""
        return f"http://127.0.0.1:{self.port}/en.json"

    @property
    def url_fr(self) -> str:
        """The French file."""
        return f"http://127.0.0.1:{self.port}/fr.json"

    def publish(self, new: Row, label_fr: str = "") -> None:
        """Put a round at the top of both files."""
        self.rows.insert(0, new)
        if label_fr:
            self.labels_fr[new["drawNumber"]] = label_fr

    def edit(self, number: str, **fields: str) -> None:
        """Change fields of a round that stands in the files."""
        next(each for each in self.rows if each["drawNumber"] == number).update(fields)

    def withdraw(self, number: str) -> None:
        """Take a round out of both files."""
        self.rows = [each for each in self.rows if each["drawNumber"] != number]

    def trouble(self, kind: Kind, status: int = 200, **more: Any) -> Trouble:
        """Order trouble for the next requests; see `Trouble`."""
        ordered = Trouble(kind, status, **more)
        self._troubles.append(ordered)
        return ordered

    def calm(self) -> None:
        """No more trouble; who was kept waiting is let go."""
        self._troubles.clear()
        self.release.set()

    def body(self, lang: str) -> bytes:
        """A file as it would be sent now."""
        rows = self.rows if lang == "en" else french(self.rows, self.labels_fr)
        text = json.dumps({"classes": "wb-tables", "rounds": rows}, ensure_ascii=lang == "en", indent=4)
        return text.replace("\n", "\r\n").encode("utf-8" if lang == "en" else self.encoding)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        lang = request.match_info["lang"]
        answer = await self._answer(request, lang)
        self.asked.append(Asked(lang, dict(request.headers), answer.status))
        return answer

    async def _answer(self, request: web.Request, lang: str) -> web.StreamResponse:
        body = self.body(lang)
        for trouble in self._troubles:
            if trouble.times > 0 and trouble.lang in (None, lang):
                trouble.times -= 1
                return await self._troubled(request, trouble, body)
        if not self.validators:
            return web.Response(body=body, content_type="application/json")
        tag = f'"{sha256(body).hexdigest()[:16]}"'
        headers = {"ETag": tag, "Last-Modified": "Thu, 13 Mar 2031 15:00:00 GMT"}
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers=headers)
        return web.Response(body=body, content_type="application/json", headers=headers)

    async def _troubled(self, request: web.Request, trouble: Trouble, body: bytes) -> web.StreamResponse:
        match trouble.kind:
            case "html":
                return web.Response(body=HTML, content_type="text/html")
            case "truncate":
                return web.Response(body=body[: len(body) // 2], content_type="application/json")
            case "bytes":
                return web.Response(body=trouble.body, content_type="application/json")
            case "redirect":
                return web.Response(status=302, headers={"Location": trouble.location})
            case "bomb":
                return web.Response(body=bomb(), headers={"Content-Encoding": "gzip"}, content_type="application/json")
            case "slow":
                await self.release.wait()
            case "cut":
                return await self._cut(request, body)
        headers = {"Retry-After": trouble.retry_after} if trouble.retry_after else {}
        return web.Response(status=trouble.status, body=HTML, content_type="text/html", headers=headers)

    async def _cut(self, request: web.Request, body: bytes) -> web.StreamResponse:
        """Promises the whole body, sends half of it, and hangs up."""
        answer = web.StreamResponse(headers={"Content-Length": str(len(body))})
        await answer.prepare(request)
        await answer.write(body[: len(body) // 2])
        if request.transport is not None:
            request.transport.close()
        return answer

    async def _control(self, request: web.Request) -> web.Response:
        asked: dict[str, Any] = await request.json()
        match asked.pop("do"):
            case "publish":
                label_fr = asked.pop("label_fr", "")
                day = date.fromisoformat(asked.pop("date"))
                self.publish(row(asked.pop("number"), day, **asked), label_fr)
            case "edit":
                self.edit(asked["number"], **asked["fields"])
            case "withdraw":
                self.withdraw(asked["number"])
            case "trouble":
                self.trouble(**asked)
            case "calm":
                self.calm()
            case "asked":
                return web.json_response(Counter(f"{each.lang} {each.status}" for each in self.asked))
            case unknown:
                raise web.HTTPBadRequest(text=f"cannot do {unknown}")
        return web.json_response({"rounds": len(self.rows)})


@cache
def bomb() -> bytes:
    """Made in pieces, so that it takes the memory of nobody but of who unpacks it."""
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    pieces = [packer.compress(b" " * 1_000_000) for _ in range(BOMB)]
    return b"".join([*pieces, packer.flush()])


def of_history(history: draws.History, *, port: int = 0) -> FeedServer:
    """A server that has published a whole history, under its French names where they are known."""
    names = {held.number: held.label_fr for held in history.rounds if held.label_fr}
    return FeedServer(rows_of(history), names, port=port)


@click.command(context_settings={"show_default": True})
@click.option("--port", type=int, default=0, help="0: any that is free.")
@click.option("--empty", is_flag=True, help="Begin without rounds instead of with the shipped history.")
def main(port: int, empty: bool) -> None:
    """Serve the feed on 127.0.0.1, and its control under /control, until a signal."""
    asyncio.run(_serve(port, empty))


async def _serve(port: int, empty: bool) -> None:
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, over.set)
    async with FeedServer(port=port) if empty else of_history(draws.shipped(), port=port) as feed:
        click.echo(f"http://127.0.0.1:{feed.port}")
        sys.stdout.flush()
        await over.wait()


if __name__ == "__main__":
    main()
