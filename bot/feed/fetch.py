"""One file of the feed over the network: politely, and with limits to what may come back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar
from yarl import URL

TOTAL = 60.0
CONNECT = 20.0
"""Seconds for a whole file, and for the connection."""
MOST_BYTES = 16_000_000
"""The English file has 0.8 MB; twenty times that, unpacked, is no list of rounds."""
MOST_REDIRECTS = 3
LONGEST_RETRY = 86_400.0
"""Seconds; a server that asks for more patience is asked again after a day."""
_CHUNK = 65_536


class Fetched(NamedTuple):
    """A file as it came; `body` is None where it is the one that the validators name."""

    body: bytes | None
    etag: str
    last_modified: str


class Validators(NamedTuple):
    """What the server gave with the file that is known, to be sent back with the next request."""

    etag: str = ""
    last_modified: str = ""


class FetchError(Exception):
    """A file did not come; `code` says why, `retry_after` how many seconds the server asks to wait.

    Codes: forbidden (403), busy (429), failing (5xx), status (any other), redirect, network, slow, too_big.
    """

    def __init__(self, code: str, retry_after: float | None = None, **values: str) -> None:
        super().__init__(" ".join([code, *values.values()]))
        self.code = code
        self.retry_after = retry_after
        self.values = values

    def told(self, say: Mapping[str, str]) -> str:
        """Why it did not come and what to do, in the language of these words of the command."""
        return say[f"feed_{self.code}"].format(**self.values)


Fetch = Callable[[str, Validators], Awaitable[Fetched]]
"""Gets the file at an address. Raises FetchError."""


class Client:
    """Fetches files. `contact`: who runs this bot, told to the server. `total`, `connect`: seconds.

    Cookies are not kept; a proxy is taken from the environment, as other programs take it.
    """

    def __init__(self, contact: str = "", *, total: float = TOTAL, connect: float = CONNECT) -> None:
        self._agent = user_agent(contact)
        self._timeout = ClientTimeout(total=total, connect=connect)

    async def __call__(self, url: str, known: Validators = Validators()) -> Fetched:  # noqa: B008  # a tuple of texts
        """The file at an address, followed over redirects on its own host only. Raises FetchError."""
        headers = {"User-Agent": self._agent, "Accept": "application/json", "Accept-Encoding": "gzip"}
        headers |= {"If-None-Match": known.etag} if known.etag else {}
        headers |= {"If-Modified-Since": known.last_modified} if known.last_modified else {}
        try:
            async with (
                asyncio.timeout(self._timeout.total),
                ClientSession(timeout=self._timeout, cookie_jar=DummyCookieJar(), trust_env=True) as session,
            ):
                return await _follow(session, URL(url), headers)
        except TimeoutError as error:
            raise FetchError("slow", seconds=f"{self._timeout.total:g}") from error
        except (ClientError, OSError, ValueError) as error:  # ValueError: an address or a header that makes no sense
            raise FetchError("network", reason=type(error).__name__) from error


async def _follow(session: ClientSession, url: URL, headers: Mapping[str, str]) -> Fetched:
    for _ in range(MOST_REDIRECTS + 1):
        async with session.get(url, headers=headers, allow_redirects=False) as answer:
            if not 300 <= answer.status < 400 or answer.status == 304:
                return await _read(answer)
            to = url.join(URL(answer.headers.get("Location", "")))
        if not _same_place(url, to):
            raise FetchError("redirect", host=str(to.host or ""))
        url = to
    raise FetchError("redirect", host=str(url.host or ""))


def _same_place(url: URL, to: URL) -> bool:
    """Whether a redirect stays on its host, and does not leave https."""
    return to.host == url.host and (to.scheme == "https" or (to.scheme, to.port) == (url.scheme, url.port))


async def _read(answer: ClientResponse) -> Fetched:
    etag, modified = answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", "")
    if answer.status == 304:
        return Fetched(None, etag, modified)
    _check(answer)
    body = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > MOST_BYTES:
            raise FetchError("too_big", megabytes=str(MOST_BYTES // 1_000_000))
    return Fetched(bytes(body), etag, modified)


def _check(answer: ClientResponse) -> None:
    status = answer.status
    if status == 200:
        return
    code = {403: "forbidden", 429: "busy"}.get(status, "failing" if status >= 500 else "status")
    raise FetchError(code, _seconds(answer.headers.get("Retry-After", "")), status=str(status))


def _seconds(retry_after: str) -> float | None:
    """The patience that a server asks for: seconds, or a moment."""
    if retry_after.isascii() and retry_after.isdigit():
        return min(float(retry_after), LONGEST_RETRY)
    with suppress(ValueError, TypeError):
        moment = parsedate_to_datetime(retry_after)
        wait = (moment - datetime.now(UTC)).total_seconds() if moment.tzinfo else 0.0
        return min(max(wait, 0.0), LONGEST_RETRY)
    return None


def user_agent(contact: str) -> str:
    """How we name ourselves: Tirage/0.1.0 (+contact)."""
    try:
        name = f"Tirage/{version('tirage')}"
    except PackageNotFoundError:  # run from its folder, without having been installed
        name = "Tirage"
    return f"{name} (+{contact})" if contact else name
