"""The way to Telegram's servers: python-telegram-bot's request interface over one pool of aiohttp connections."""

from __future__ import annotations

import json
from typing import Any, TypeVar
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    FormData,
    TCPConnector,
)
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

JSON_BODY = {"Content-Type": "application/json"}
Seconds = float | None
T = TypeVar("T")


class NotSentError(NetworkError):
    """The request never left this machine, so that nothing can have come of it."""

    __slots__ = ()


class NotSentInTimeError(NotSentError, TimedOut):
    """No connection came about in time; nothing can have come of the request."""

    __slots__ = ()

    def __init__(self) -> None:
        NotSentError.__init__(self, "no connection in time")


class Transport(BaseRequest):
    """Requests over kept connections. One object belongs to one event loop, from `initialize` to `shutdown`.

    Timeouts are in seconds, None for none: to wait for a free connection of the pool, to connect, to write a request
    (`upload` where it carries a file), to wait for more of an answer. `most` limits the connections. A proxy is taken
    from the environment, as other programs take it.
    """

    __slots__ = ("_connect", "_most", "_pool", "_proxies", "_read", "_session", "_timeout", "_upload", "_write")

    def __init__(
        self,
        *,
        most: int = 256,
        read: Seconds = 20.0,
        write: Seconds = 10.0,
        connect: Seconds = 10.0,
        pool: Seconds = 60.0,
        upload: Seconds = 60.0,
    ) -> None:
        self._most = most
        self._read, self._write, self._connect, self._pool, self._upload = read, write, connect, pool, upload
        self._timeout = _timeout(read, write, connect, pool)
        self._session: ClientSession | None = None
        self._proxies: dict[str, str | None] = {}

    @property
    def read_timeout(self) -> Seconds:
        """Seconds to wait for more of an answer."""
        return self._read

    async def initialize(self) -> None:
        """Open the pool; nothing where it is open."""
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=self._most, limit_per_host=0, keepalive_timeout=30.0),
                cookie_jar=DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT, "Accept-Encoding": "identity"},
                skip_auto_headers=("Accept",),
                timeout=self._timeout,
            )

    async def shutdown(self) -> None:
        """Close the pool and every connection of it; nothing where it is closed."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One request of python-telegram-bot: the status and the body. Raises as `exchange` does."""
        body: bytes | FormData | None = None
        upload = request_data is not None and request_data.contains_files
        if request_data is not None:
            body = _form(request_data) if upload else json.dumps(request_data.parameters).encode()
        timeout = None
        given = (read_timeout, write_timeout, connect_timeout, pool_timeout)
        if upload or any(seconds is not self.DEFAULT_NONE for seconds in given):
            timeout = _timeout(
                self._or(read_timeout, self._read),
                self._or(write_timeout, self._upload if upload else self._write),
                self._or(connect_timeout, self._connect),
                self._or(pool_timeout, self._pool),
            )
        return await self.exchange(URL(url, encoded=True), body, method=method, timeout=timeout)

    def uploading(self) -> ClientTimeout:
        """The time that a request with a file may take."""
        return _timeout(self._read, self._upload, self._connect, self._pool)

    async def exchange(
        self,
        url: URL,
        body: bytes | FormData | None = None,
        *,
        method: str = "POST",
        timeout: ClientTimeout | None = None,
    ) -> tuple[int, bytes]:
        """Send a body (bytes are JSON) and read the whole answer: its status and body.

        Raises NotSentError where the request cannot have arrived, TimedOut and NetworkError where it may have. No error
        names the address, which holds the token.
        """
        if self._session is None:
            raise RuntimeError("the transport is not open")
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                headers=JSON_BODY if isinstance(body, bytes) else None,
                timeout=timeout or self._timeout,
                proxy=self._proxy(url),
                allow_redirects=False,
            ) as answer:
                return answer.status, await answer.read()
        except ConnectionTimeoutError:
            raise NotSentInTimeError from None
        except ClientConnectorError as error:
            raise NotSentError(type(error).__name__) from None
        except TimeoutError:
            raise TimedOut from None
        except (ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The JSON object of an answer. Raises TelegramError, and logs nothing of it: it may hold what people wrote."""
        try:
            answer = json.loads(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer

    def _or(self, given: Any, usual: Seconds) -> Seconds:
        return usual if given is self.DEFAULT_NONE else given

    def _proxy(self, url: URL) -> str | None:
        """The proxy for a server, looked up once: to read the environment for each request costs more than the rest."""
        origin = f"{url.scheme}://{url.raw_authority}"
        if origin not in self._proxies:
            self._proxies[origin] = _environment_proxy(origin)
        return self._proxies[origin]


def _environment_proxy(origin: str) -> str | None:
    parts = urlsplit(origin)
    if proxy_bypass(parts.hostname or ""):
        return None
    proxies = getproxies()
    return proxies.get(parts.scheme) or proxies.get("all")


def _timeout(read: Seconds, write: Seconds, connect: Seconds, pool: Seconds) -> ClientTimeout:
    """The same in aiohttp's terms, which has one time for a free connection and a new one, and none for writing."""
    return ClientTimeout(
        total=_sum(read, write, connect, pool), connect=_sum(connect, pool), sock_connect=connect, sock_read=read
    )


def _sum(*seconds: Seconds) -> Seconds:
    known = [each for each in seconds if each is not None]
    return sum(known) if len(known) == len(seconds) else None


def _form(data: RequestData) -> FormData:
    form = FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, content_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=content_type)
    return form
