"""Whether a token works: the Bot API server is asked who the bot is, and a refusal is told apart by its cause."""

from __future__ import annotations

import errno
import json
from typing import Any

import aiohttp
from pydantic import SecretStr

TIME_LIMIT = 10.0
"""Seconds for the whole question."""
_LONGEST = 100_000
"""Bytes of an answer that are read; Telegram's has a few hundred."""


class NoAnswerError(Exception):
    """Nobody said who the bot is. `code` says why, `values` what was read; the token is in neither.

    Codes: token, address, network, proxy, slow, busy, failing.
    """

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code, self.values = code, values


async def username(root: str, token: SecretStr, time_limit: float = TIME_LIMIT) -> str:
    """The name of the bot that a token belongs to, as the server at `root` says. Raises NoAnswerError.

    `time_limit`: seconds for everything together.
    """
    url = f"{root}/bot{token.get_secret_value()}/getMe"
    limit = aiohttp.ClientTimeout(total=time_limit)
    problem = None
    try:
        async with (
            aiohttp.ClientSession(timeout=limit, trust_env=True) as client,
            client.get(url, allow_redirects=False) as answer,
        ):
            return _username(answer.status, await answer.content.read(_LONGEST))
    except (aiohttp.ClientProxyConnectionError, aiohttp.ClientHttpProxyError) as error:
        problem = NoAnswerError("proxy", reason=type(error).__name__)
    except TimeoutError:
        problem = NoAnswerError("slow", seconds=f"{time_limit:g}")
    except aiohttp.InvalidURL:
        problem = NoAnswerError("address", status="-")
    except (aiohttp.ClientError, OSError) as error:
        problem = NoAnswerError("network", reason=_reason(error))
    # Outside, because the causes hold the address, and the address holds the token.
    raise problem


def _reason(error: Exception) -> str:
    """Its kind and the system's name for it; never the words of the error, which may quote the address."""
    cause = getattr(error, "os_error", error)
    number = cause.errno if isinstance(cause, OSError) else None
    kind = type(error).__name__
    return f"{kind}, {name}" if (name := errno.errorcode.get(number or 0)) else kind


def _username(status: int, body: bytes) -> str:
    told = _object(body)
    result = told.get("result")
    if told.get("ok") is True and isinstance(result, dict) and result.get("is_bot") is True:
        return str(result.get("username", ""))
    if told.get("ok") is not False:  # whoever that was, it does not speak the Bot API
        raise NoAnswerError("failing" if status >= 500 else "address", status=str(status))
    # Telegram says 401 to a token it does not know, and 404 to what cannot be one.
    codes = {401: "token", 404: "token", 429: "busy"}
    raise NoAnswerError(codes.get(status, "failing"), status=str(status))


def _object(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
