"""A file over a real connection on loopback: polite, and with limits."""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from bot.feed.fetch import LONGEST_RETRY, MOST_BYTES, Client, FetchError, Validators, user_agent
from bot.words import LANGUAGES, words
from tests.bot.feed.samples import NAMES, ROWS
from tests.feedserver import FeedServer


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer(ROWS, NAMES) as feed:
        yield feed


async def refusal(url: str, client: Client | None = None) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await (client or Client())(url)
    for lang in LANGUAGES:
        assert caught.value.told(words(lang))
    return caught.value


async def test_a_file_comes_with_its_validators_and_is_asked_for_with_them_again(server: FeedServer) -> None:
    client = Client()
    first = await client(server.url_en)
    assert first.body == server.body("en")
    assert first.etag
    again = await client(server.url_en, Validators(first.etag, first.last_modified))
    assert again.body is None
    sent = server.asked[-1].headers
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == (first.etag, first.last_modified)
    assert [asked.status for asked in server.asked] == [200, 304]


async def test_where_no_validators_were_given_none_are_sent(server: FeedServer) -> None:
    server.validators = False
    found = await Client()(server.url_en)
    assert (found.etag, found.last_modified) == ("", "")
    await Client()(server.url_en, Validators(found.etag, found.last_modified))
    assert not {"If-None-Match", "If-Modified-Since"} & server.asked[-1].headers.keys()


async def test_we_say_who_we_are_and_how_to_reach_who_runs_us(server: FeedServer) -> None:
    await Client("mailto:me@example.org")(server.url_en)
    sent = server.asked[-1].headers
    assert re.fullmatch(r"Tirage/[0-9.]+ \(\+mailto:me@example\.org\)", sent["User-Agent"])
    assert sent["Accept"] == "application/json"
    assert re.fullmatch(r"Tirage/[0-9.]+", user_agent(""))


@pytest.mark.parametrize(
    ("status", "code"),
    [(403, "forbidden"), (429, "busy"), (500, "failing"), (503, "failing"), (404, "status"), (204, "status")],
)
async def test_what_is_no_file_is_an_error_with_its_status(server: FeedServer, status: int, code: str) -> None:
    server.trouble("status", status)
    error = await refusal(server.url_en)
    assert (error.code, error.values, error.retry_after) == (code, {"status": str(status)}, None)


@pytest.mark.parametrize(
    ("header", "seconds"), [("120", 120.0), ("0", 0.0), ("99999999", LONGEST_RETRY), ("soon", None), ("-5", None)]
)
async def test_the_patience_that_a_server_asks_for_is_told(
    server: FeedServer, header: str, seconds: float | None
) -> None:
    server.trouble("status", 429, retry_after=header)
    assert (await refusal(server.url_en)).retry_after == seconds


async def test_the_patience_may_be_a_moment(server: FeedServer) -> None:
    moment = datetime.now(UTC) + timedelta(hours=1)
    server.trouble("status", 503, retry_after=format_datetime(moment, usegmt=True))
    asked = (await refusal(server.url_en)).retry_after
    assert asked is not None
    assert 3_500 < asked <= 3_600


async def test_a_file_that_does_not_come_in_time_is_given_up(server: FeedServer) -> None:
    server.trouble("slow")
    assert (await refusal(server.url_en, Client(total=0.2))).code == "slow"


async def test_a_connection_that_ends_early_is_an_error(server: FeedServer) -> None:
    server.trouble("cut")
    assert (await refusal(server.url_en)).code == "network"


async def test_a_server_that_is_not_there_is_an_error(server: FeedServer) -> None:
    url = server.url_en
    await server.__aexit__(None, None, None)
    assert (await refusal(url)).code == "network"


async def test_a_small_body_that_swells_is_given_up_before_it_fills_the_memory(server: FeedServer) -> None:
    server.trouble("bomb")
    tracemalloc.start()
    try:
        assert (await refusal(server.url_en)).code in ("too_big", "network")
        assert tracemalloc.get_traced_memory()[1] < 64_000_000
    finally:
        tracemalloc.stop()


async def test_a_file_that_is_too_large_is_given_up(server: FeedServer) -> None:
    server.trouble("bytes", body=b" " * (MOST_BYTES + 1))
    assert (await refusal(server.url_en)).code == "too_big"
    server.trouble("bytes", body=b" " * MOST_BYTES)
    found = await Client()(server.url_en)
    assert len(found.body or b"") == MOST_BYTES


@pytest.mark.parametrize(
    "place",
    ["http://localhost:{port}/en.json", "http://127.0.0.1:1/en.json", "ftp://127.0.0.1/en.json", "http://example.org/"],
)
async def test_a_redirect_to_another_place_is_not_followed(server: FeedServer, place: str) -> None:
    server.trouble("redirect", location=place.format(port=server.port))
    error = await refusal(server.url_en)
    assert error.code == "redirect"
    assert len(server.asked) == 1


async def test_a_redirect_on_the_same_host_is_followed_and_a_ring_is_not(server: FeedServer) -> None:
    server.trouble("redirect", location="/fr.json")
    found = await Client()(server.url_en)
    assert found.body == server.body("fr")
    server.trouble("redirect", location="/en.json", times=100)
    assert (await refusal(server.url_en)).code == "redirect"


async def test_headers_that_make_no_sense_are_an_error_of_the_network() -> None:
    bad: dict[str, Any] = {"url": "http://127.0.0.1:1/", "known": Validators("a\nb")}
    with pytest.raises(FetchError, match="network"):
        await Client()(**bad)
