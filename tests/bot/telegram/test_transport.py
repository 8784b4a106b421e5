"""The way to Telegram: python-telegram-bot over it, and what becomes of a request that does not get through."""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from yarl import URL

from bot.telegram.transport import NotSentError, NotSentInTimeError, Transport
from tests.botapi import TOKEN, BotApi

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
Serve = Callable[[Handler], Awaitable[URL]]
SHORT = 0.05
"""Seconds."""


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    runners: list[web.ServerRunner] = []

    async def start(handler: Handler) -> URL:
        runner = web.ServerRunner(web.Server(handler), shutdown_timeout=0.1)
        runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return URL(f"http://127.0.0.1:{runner.addresses[0][1]}/bot{TOKEN}/getMe")

    yield start
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    api.user(42, known=True)
    async with Bot(TOKEN, api.base_url, api.base_file_url, request=Transport(), get_updates_request=Transport()) as bot:
        yield bot


async def test_python_telegram_bot_sends_and_reads_over_it(api: BotApi, bot: Bot) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Ça va", callback_data="é")]])
    sent = await bot.send_message(42, "déjà <b>vu</b>", parse_mode="HTML", reply_markup=keyboard)
    assert (sent.text, api.user(42).last.labels) == ("déjà vu", ["Ça va"])
    await api.user(42).send("hello")
    (update,) = await bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.text == "hello"


async def test_python_telegram_bot_uploads_and_downloads_over_it(api: BotApi, bot: Bot) -> None:
    sent = await bot.send_document(42, b"\x00content", filename="tirage.json", caption="voilà")
    assert sent.document is not None
    file = await sent.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"\x00content"
    assert (api.user(42).last.text, sent.document.file_name) == ("voilà", "tirage.json")


@pytest.mark.parametrize(
    ("code", "raised"),
    [(400, BadRequest), (401, InvalidToken), (403, Forbidden), (409, Conflict), (429, RetryAfter), (502, NetworkError)],
)
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_a_refusal_is_what_python_telegram_bot_says_of_it(
    api: BotApi, bot: Bot, code: int, raised: type[Exception]
) -> None:
    api.fail("sendMessage", code)
    with pytest.raises(raised):
        await bot.send_message(42, "hello")
    await bot.send_message(42, "hello")


async def test_nobody_there_means_not_sent() -> None:
    async with BotApi() as gone:
        url = URL(f"{gone.base_url}{TOKEN}/getMe")
    async with Transport() as transport:
        with pytest.raises(NotSentError):
            await transport.exchange(url, b"{}")


async def test_no_free_connection_in_time_means_not_sent(serve: Serve) -> None:
    came, over = asyncio.Event(), asyncio.Event()

    async def hang(_: web.BaseRequest) -> web.Response:
        came.set()
        await over.wait()
        return web.Response()

    url = await serve(hang)
    async with Transport(most=1, connect=SHORT, pool=SHORT) as transport:
        first = asyncio.create_task(transport.exchange(url, b"{}"))
        await came.wait()
        with pytest.raises(NotSentInTimeError):
            await transport.exchange(url, b"{}")
        over.set()
        assert await first == (200, b"")


async def test_an_answer_that_does_not_come_is_a_timeout(serve: Serve) -> None:
    over = asyncio.Event()

    async def hang(_: web.BaseRequest) -> web.Response:
        await over.wait()
        return web.Response()

    url = await serve(hang)
    async with Transport(read=SHORT) as transport:
        with pytest.raises(TimedOut) as raised:
            await transport.exchange(url, b"{}")
        assert not isinstance(raised.value, NotSentError)
        with pytest.raises(TimedOut):
            await transport.do_request(str(url), "POST", read_timeout=SHORT / 2)
    over.set()


async def test_a_connection_that_is_cut_may_have_been_heard(serve: Serve) -> None:
    async def cut(request: web.BaseRequest) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async with Transport() as transport:
        with pytest.raises(NetworkError) as raised:
            await transport.exchange(await serve(cut), b"{}")
    assert not isinstance(raised.value, NotSentError | TimedOut)


async def test_no_error_holds_the_token(serve: Serve) -> None:
    async def elsewhere(_: web.BaseRequest) -> web.Response:
        return web.Response(status=302, headers={"Location": "http://elsewhere.invalid/"})

    async with Transport(read=SHORT) as transport:
        status, _ = await transport.exchange(await serve(elsewhere), b"{}")
        assert status == 302
        for address in (f"http://127.0.0.1:1/bot{TOKEN}", f"nothing://x/bot{TOKEN}", f"http:///bot{TOKEN}"):
            with pytest.raises(NetworkError) as raised:
                await transport.do_request(address, "POST")
            chain: BaseException | None = raised.value
            while chain is not None:
                assert TOKEN not in str(chain)
                chain = chain.__cause__


async def test_connections_are_kept(serve: Serve) -> None:
    ports = set()

    async def note(request: web.BaseRequest) -> web.Response:
        assert request.transport is not None
        ports.add(request.transport.get_extra_info("peername")[1])
        return web.Response(text="{}")

    url = await serve(note)
    async with Transport() as transport:
        for _ in range(5):
            await transport.exchange(url, b"{}")
    assert len(ports) == 1


async def test_a_proxy_is_taken_from_the_environment(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    async def proxy(request: web.BaseRequest) -> web.Response:
        asked.append(str(request.url))
        return web.Response(text="{}")

    url = await serve(proxy)
    monkeypatch.setenv("http_proxy", str(url.origin()))
    monkeypatch.setenv("no_proxy", "near.invalid")
    async with Transport() as transport:
        assert await transport.exchange(URL("http://far.invalid/botX/getMe"), b"{}") == (200, b"{}")
        with pytest.raises(NotSentError):
            await transport.exchange(URL("http://near.invalid/botX/getMe"), b"{}")
    assert asked == ["http://far.invalid/botX/getMe"]


async def test_it_opens_and_closes_again_and_leaves_nothing_open(serve: Serve) -> None:
    async def answer(_: web.BaseRequest) -> web.Response:
        return web.Response(text="{}")

    url = await serve(answer)
    transport = Transport()
    with pytest.raises(RuntimeError):
        await transport.exchange(url, b"{}")
    for _ in range(2):
        await transport.initialize()
        await transport.initialize()
        assert await transport.exchange(url, b"{}") == (200, b"{}")
        await transport.shutdown()
        await transport.shutdown()
    del transport
    gc.collect()  # whatever was left open warns now, and a warning is an error
