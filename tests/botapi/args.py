"""The parameters of a call, wherever they stood: query, JSON, form or multipart."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader
from aiohttp.web import BaseRequest
from pydantic_core import from_json

from tests.botapi.errors import ApiError, bad_request
from tests.botapi.files import MAX_UPLOAD, Upload

_WHOLE = re.compile("-?[0-9]{1,18}")
TRUE = {"true", "yes", "1"}
# Room for one file of the largest size and the text around it.
MAX_BODY = MAX_UPLOAD + 1024 * 1024


def whole(text: str) -> int | None:
    """The number that the text is, or None where it is none."""
    return int(text) if _WHOLE.fullmatch(text) else None


class Args:
    """Parameters by name. A value is text (query, form, multipart) or whatever stood in the JSON body."""

    __slots__ = ("files", "values")

    def __init__(self, values: dict[str, Any], files: dict[str, Upload] | None = None) -> None:
        self.values = values
        self.files = files or {}

    def text(self, name: str) -> str:
        """The value as text; nothing where it is absent."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return value if isinstance(value, str) else str(value)

    def required(self, name: str) -> str:
        """The value as text. Raises ApiError where it is absent or empty."""
        value = self.text(name)
        if not value:
            raise bad_request(f'parameter "{name}" is required')
        return value

    def integer(self, name: str, default: int = 0, low: int = -(2**31), high: int = 2**31 - 1) -> int:
        """The value as a number between two ends; what is no number is 0, as Telegram reads it."""
        value = self.text(name).strip()
        return min(max(whole(value) or 0, low), high) if value else default

    def flag(self, name: str) -> bool:
        """Whether the value says yes."""
        return self.text(name).strip().lower() in TRUE

    def json(self, name: str, what: str) -> Any:
        """The value as JSON, or None where it is absent. Raises ApiError where it is none; `what` names it."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return from_json(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None


async def read_args(request: BaseRequest) -> Args:
    """All parameters of a call. Raises ApiError for a body that cannot be read."""
    values: dict[str, Any] = dict(parse_qsl(request.query_string, True)) if request.query_string else {}
    if not request.can_read_body:
        return Args(values)
    kind = request.content_type
    if kind == "multipart/form-data":
        return await _multipart(request, values)
    body = await request.read()
    if kind == "application/json":
        values |= _json_object(body)
    elif kind == "application/x-www-form-urlencoded":
        values |= _form(body)
    return Args(values)


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        found = from_json(body) if body else {}
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise bad_request("can't parse JSON object")
    return found


def _form(body: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(body.decode("utf-8"), True, errors="strict"))
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


async def _multipart(request: BaseRequest, values: dict[str, Any]) -> Args:
    files: dict[str, Upload] = {}
    try:
        reader = await request.multipart()
        while (part := await reader.next()) is not None:
            await _part(part, values, files)
    except (ValueError, AssertionError):
        raise bad_request("can't parse multipart body") from None
    return Args(values, files)


async def _part(part: BodyPartReader | MultipartReader, values: dict[str, Any], files: dict[str, Upload]) -> None:
    if not isinstance(part, BodyPartReader) or part.name is None:
        raise bad_request("can't parse multipart body")
    data = bytes(await part.read(decode=True))
    if len(data) > MAX_UPLOAD:
        raise ApiError(413, "Request Entity Too Large")
    if part.filename is None:
        values[part.name] = data.decode("utf-8")
    else:
        mime = part.headers.get("Content-Type", "application/octet-stream").split(";")[0]
        files[part.name] = Upload(part.filename, data, mime)
