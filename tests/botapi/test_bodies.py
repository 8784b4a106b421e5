"""The same call in every form that Telegram reads, and what is answered to nonsense."""

import io
import json
from typing import Any

import pytest
from aiohttp import ClientSession, FormData

from tests.botapi import BotApi, png

MARKUP = {"inline_keyboard": [[{"text": "é", "callback_data": "a&b=c"}]]}
TEXT = {"chat_id": "42", "text": "été & 1+1=2", "reply_markup": json.dumps(MARKUP)}


def forms() -> dict[str, dict[str, Any]]:
    multipart = FormData(default_to_multipart=True)
    for name, value in TEXT.items():
        multipart.add_field(name, value)
    return {
        "json": {"json": {**TEXT, "chat_id": 42, "reply_markup": MARKUP}},
        "json with text inside": {"json": TEXT},
        "urlencoded": {"data": TEXT},
        "multipart": {"data": multipart},
        "query": {"params": TEXT},
        "query and body": {"params": {"chat_id": "42"}, "json": {"text": TEXT["text"], "reply_markup": MARKUP}},
    }


@pytest.mark.parametrize("form", list(forms()))
async def test_every_form_says_the_same(api: BotApi, http: ClientSession, form: str) -> None:
    user = api.user(42, known=True)
    async with http.post(f"{api.base_url}{api.token}/sendMessage", **forms()[form]) as answer:
        assert (answer.status, (await answer.json())["result"]["text"]) == (200, TEXT["text"])
    assert user.last.text == TEXT["text"]
    assert [(button.text, button.data) for button in user.last.buttons] == [("é", "a&b=c")]


async def test_get_with_a_query_works_and_methods_are_read_without_case(api: BotApi, http: ClientSession) -> None:
    api.user(42, known=True)
    async with http.get(f"{api.base_url}{api.token}/SENDmessage", params=TEXT) as answer:
        assert (await answer.json())["ok"] is True


@pytest.mark.parametrize("attached", ["photo", "attach://elsewhere"])
async def test_upload_stands_under_its_name_or_where_attach_points(
    api: BotApi, http: ClientSession, attached: str
) -> None:
    user = api.user(42, known=True)
    body = FormData()
    body.add_field("chat_id", "42")
    name = attached.removeprefix("attach://")
    if attached != name:
        body.add_field("photo", attached)
    body.add_field(name, png(3, 3), filename="a.png", content_type="image/png")
    async with http.post(f"{api.base_url}{api.token}/sendPhoto", data=body) as answer:
        assert answer.status == 200
    assert user.last.now.file is not None
    assert (user.last.now.file.name, user.last.now.file.mime, user.last.now.file.width) == ("a.png", "image/png", 3)


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        ("/bot{token}/makeCoffee", 404, "Not Found"),
        ("/bot{token}/", 404, "Not Found"),
        ("/bot7000000001:wrong/getMe", 401, "Unauthorized"),
        ("/bot123:abc/getMe", 401, "Unauthorized"),
        ("/botnonsense/getMe", 404, "Not Found"),
        ("/elsewhere", 404, "Not Found"),
        ("/control/counts", 404, "Not Found"),
        ("/file/bot{token}/documents/none.txt", 404, "Not Found"),
        ("/file/bot123:abc/documents/none.txt", 404, "Not Found"),
    ],
)
async def test_unknown_paths_methods_and_tokens(
    api: BotApi, http: ClientSession, path: str, status: int, description: str
) -> None:
    async with http.post(api.url + path.format(token=api.token)) as answer:
        assert answer.status == status
        assert await answer.json() == {"ok": False, "error_code": status, "description": description}


@pytest.mark.parametrize(
    ("kind", "body", "description"),
    [
        ("application/json", b"{", "Bad Request: can't parse JSON object"),
        ("application/json", b"[1]", "Bad Request: can't parse JSON object"),
        ("application/json", b"", "Bad Request: message text is empty"),
        ("application/x-www-form-urlencoded", b"text=%ff", "Bad Request: strings must be encoded in UTF-8"),
        ("multipart/form-data", b"x", "Bad Request: can't parse multipart body"),
        ("multipart/form-data; boundary=b", b"--b\r\n\r\n", "Bad Request: can't parse multipart body"),
        ("text/plain", b"text=x", "Bad Request: message text is empty"),
        ("application/json", b'{"text": "x"}', "Bad Request: chat_id is empty"),
        ("application/json", b'{"text": "x", "chat_id": "@nobody"}', "Bad Request: chat not found"),
    ],
)
async def test_body_that_cannot_be_read_is_refused(
    api: BotApi, http: ClientSession, kind: str, body: bytes, description: str
) -> None:
    url = f"{api.base_url}{api.token}/sendMessage"
    async with http.post(url, data=body, headers={"Content-Type": kind}) as answer:
        assert (answer.status, (await answer.json())["description"]) == (400, description)


async def test_body_of_several_megabytes_is_read(api: BotApi, http: ClientSession) -> None:
    user = api.user(42, known=True)
    body = FormData()
    body.add_field("chat_id", "42")
    body.add_field("document", io.BytesIO(b"x" * 3_000_000), filename="a.bin")
    async with http.post(f"{api.base_url}{api.token}/sendDocument", data=body) as answer:
        assert answer.status == 200
    assert user.last.now.file is not None
    assert len(user.last.now.file.data) == 3_000_000
    text = io.BytesIO(b"text=" + b"x" * 2_000_000)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    async with http.post(f"{api.base_url}{api.token}/sendMessage", data=text, headers=form) as answer:
        assert (await answer.json())["description"] == "Bad Request: message is too long"
