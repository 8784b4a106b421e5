"""The few calls that every turn makes, straight over the transport, and what a refusal means."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from aiohttp import ClientTimeout, FormData
from telegram.error import NetworkError, TelegramError
from yarl import URL

from bot.telegram.transport import Transport

TOO_MANY, SERVER = 429, 500
BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, CONFLICT = 400, 401, 403, 404, 409

REASONS = {
    "message is not modified": "not_modified",
    "message to edit not found": "nothing_to_edit",
    "message can't be edited": "cannot_edit",
    "message_id_invalid": "nothing_to_edit",
    "query is too old": "query_expired",
    "query_id_invalid": "query_expired",
    "blocked by the user": "blocked",
    "user is deactivated": "deactivated",
    "can't initiate conversation": "never_started",
    "chat not found": "no_chat",
    "peer_id_invalid": "no_chat",
    "kicked": "kicked",
    "can't parse": "cannot_parse",
    "too long": "too_long",
    "webhook is active": "webhook",
    "other getupdates": "other_poller",
}
"""What Telegram says, and what is kept of it: the rest of its words may quote a message."""


class RefusedError(Exception):
    """Telegram said no: the HTTP status, a name of REASONS or "other", and the seconds to wait where it said them."""

    def __init__(self, code: int, reason: str, retry_after: float | None = None) -> None:
        super().__init__(f"{code} {reason}")
        self.code, self.reason, self.retry_after = code, reason, retry_after


class File(NamedTuple):
    """A file to upload as the field `field`."""

    field: str
    name: str
    content: bytes


class Api:
    """The methods of one bot. `base` is what stands before the token, such as "https://api.telegram.org/bot"."""

    def __init__(self, transport: Transport, base: str, token: str) -> None:
        self._transport = transport
        self._root = f"{base}{token}/"
        self._urls: dict[str, URL] = {}

    async def call(self, method: str, params: Mapping[str, Any], file: File | None = None) -> Any:
        """One call: the `result` of the answer.

        Raises RefusedError, or what `Transport.exchange` raises where there was no answer of the Bot API.
        """
        body: bytes | FormData = json.dumps(params).encode()
        timeout: ClientTimeout | None = None
        if file is not None:
            body, timeout = _form(params, file), self._transport.uploading()
        status, answer = await self._transport.exchange(self._url(method), body, timeout=timeout)
        return _result(status, answer)

    def _url(self, method: str) -> URL:
        url = self._urls.get(method)
        if url is None:
            url = self._urls[method] = URL(self._root + method, encoded=True)
        return url


def _form(params: Mapping[str, Any], file: File) -> FormData:
    form = FormData()
    for name, value in params.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    form.add_field(file.field, file.content, filename=file.name, content_type="application/octet-stream")
    return form


def _result(status: int, body: bytes) -> Any:
    try:
        answer = Transport.parse_json_payload(body)
    except TelegramError:
        if status < BAD_REQUEST:
            raise NetworkError("no JSON object in the answer") from None
        raise RefusedError(status, "other") from None
    if status < BAD_REQUEST and answer.get("ok"):
        return answer.get("result")
    described = str(answer.get("description", "")).lower()
    reason = next((name for words, name in REASONS.items() if words in described), "other")
    wait = (answer.get("parameters") or {}).get("retry_after")
    raise RefusedError(status, reason, None if wait is None else float(wait))
