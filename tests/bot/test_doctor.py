"""What doctor looks at, what it says, and its exit status."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from babel import Locale, UnknownLocaleError
from pydantic import SecretStr

from bot import doctor
from bot.doctor import Finding, as_json, as_text, examine, feed, names, python, read, rules, sick, store, telegram
from bot.feed.merge import merge
from bot.feed.parsed import Oddity, ParsedFeed
from bot.getme import NoAnswerError, username
from bot.settings import Mistake, Settings, variables
from bot.store.draws import FeedFile
from bot.store.sqlite import SqliteStore
from bot.words import LANGUAGES, words
from scoring.draws import shipped
from tests.bot.store.turns import count

TOKEN = "123456789:AAbbccDDeeFFggHHiiJJkkLLmmNNoo"
TODAY = date(2026, 11, 22)
ME = {"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "Tirage", "username": "tirage_bot"}}
SAY = words("en")
Serve = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (*variables(), "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def sayable(finding: Finding) -> Finding:
    """The finding, after it was said in both languages."""
    for lang in LANGUAGES:
        say = words(lang)
        assert finding.message(say)
        assert TOKEN not in as_text([finding], say) + as_json([finding], say)
        if finding.level != "ok" and finding.told is None:
            assert finding.todo(say)
    return finding


# Python, settings, rules, words


@pytest.mark.parametrize(
    ("version", "level"), [((3, 10, 14), "problem"), ((3, 11, 0), "ok"), ((3, 13, 2), "ok"), ((4, 0, 0), "ok")]
)
def test_python_has_to_be_recent(version: tuple[int, int, int], level: str) -> None:
    assert sayable(python(version)).level == level


def test_a_name_that_means_nothing_is_a_warning() -> None:
    found = [sayable(finding) for finding in names(["TIRAGE_TOKEN", "TIRAGE_FROBNICATE", "TIRAGE_DB", "HOME"])]
    assert [(finding.level, finding.code, finding.values["variable"]) for finding in found] == [
        ("warning", "unknown", "TIRAGE_FROBNICATE"),
        ("warning", "misspelt", "TIRAGE_TOKEN"),
    ]


def test_each_setting_that_cannot_be_used_is_a_problem() -> None:
    mistakes = [Mistake("TIRAGE_LOG_LEVEL", "loud", "debug, info"), Mistake("TIRAGE_TELEGRAM_TOKEN", None, "")]
    found = read(Settings(), mistakes, SAY)
    assert [finding.level for finding in found] == ["problem", "problem"]
    assert "loud" in sayable(found[0]).message(SAY)


def test_settings_that_can_be_used_are_named() -> None:
    assert [sayable(finding).code for finding in read(Settings(), [], SAY)] == ["defaults"]
    (finding,) = read(Settings(log_level="debug", telegram_token=SecretStr(TOKEN)), [], SAY)
    assert sayable(finding).values["given"] == "TIRAGE_LOG_LEVEL, TIRAGE_TELEGRAM_TOKEN"


@pytest.mark.parametrize(
    ("today", "level", "code"),
    [
        (date(2026, 11, 22), "ok", "rules"),
        (date(2030, 1, 1), "warning", "rules_stale"),
        (date(2001, 1, 1), "problem", "rules_none"),
    ],
)
def test_rules_are_in_force_and_not_checked_too_long_ago(today: date, level: str, code: str) -> None:
    finding = sayable(rules(today))
    assert (finding.level, finding.code) == (level, code)


def test_stale_rules_are_named_and_counted() -> None:
    finding = rules(date(2030, 1, 1))
    assert len(finding.values["stale"].split(", ")) == int(finding.values["count"]) > 0
    assert finding.values["days"] == "90"


def test_french_loads() -> None:
    assert sayable(doctor.words()).level == "ok"


def test_without_the_data_of_babel_french_is_left_unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> Locale:
        raise UnknownLocaleError("fr_CA")

    monkeypatch.setattr(Locale, "parse", missing)
    finding = sayable(doctor.words())
    assert (finding.level, finding.code) == ("warning", "no_babel")


def test_french_that_does_not_load_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr("bot.wording.Wording.command_words", missing)
    finding = sayable(doctor.words())
    assert (finding.level, finding.values["reason"]) == ("problem", "FileNotFoundError")


# The store


async def test_a_store_in_order_is_told_with_its_size(tmp_path: Path) -> None:
    path = tmp_path / "tirage.db"
    async with await SqliteStore.open(path) as opened:
        await opened.turn("tg:1", 1, count)
    finding = sayable(store(path, SAY))
    assert (finding.level, finding.code, finding.values["chats"]) == ("ok", "store", "1")
    path.chmod(0o644)
    assert sayable(store(path, SAY)).code == "store_open"


def test_a_store_that_is_not_there_yet_is_in_order(tmp_path: Path) -> None:
    assert sayable(store(tmp_path / "a" / "tirage.db", SAY)).code == "store_new"
    assert not (tmp_path / "a").exists()


def test_a_store_of_an_earlier_version_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "tirage.db").touch(0o600)
    finding = sayable(store(tmp_path / "tirage.db", SAY))
    assert (finding.level, finding.code) == ("warning", "store_old")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_store_that_cannot_be_opened_is_a_problem_in_the_language_of_the_command(tmp_path: Path, lang: str) -> None:
    finding = store(tmp_path, words(lang))
    assert (finding.level, finding.code) == ("problem", "folder")
    assert finding.message(words(lang)) == words(lang)["store_folder"].format(path=tmp_path)


async def test_a_store_that_somebody_holds_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "PATIENCE", 0.01)
    path = tmp_path / "tirage.db"
    async with await SqliteStore.open(path) as opened:
        looked: list[Finding] = []
        await opened._writer.submit(lambda _: looked.append(store(path, SAY)))
    assert [(finding.level, finding.code) for finding in looked] == [("warning", "locked")]


# The feed

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
FEED = Settings(feed_url_en="http://127.0.0.1:1/en.json", feed_url_fr="http://127.0.0.1:1/fr.json")
GOOD = FeedFile("", "", "0123", NOW - timedelta(hours=2))
BAD = FeedFile("", "", "", NOW - timedelta(days=2), "lacks", NOW - timedelta(hours=30))


async def looked_at(path: Path, english: FeedFile, french: FeedFile = GOOD, feed: ParsedFeed | None = None) -> None:
    """A store after a look at the feed."""
    async with await SqliteStore.open(path) as opened:
        await opened.seed(shipped(), NOW)
        await opened.keep_feed_file(FEED.feed_url_en, english)
        await opened.keep_feed_file(FEED.feed_url_fr, french)
        if feed is not None:
            whole = replace(feed, rounds=shipped().rounds, tie_breaks={each.number: "" for each in shipped().rounds})
            await opened.merge(lambda known: merge(known, whole, NOW, NOW.date()), NOW)


def codes(path: Path, settings: Settings = FEED) -> list[tuple[str, str]]:
    return [(finding.level, finding.code) for finding in map(sayable, feed(settings, path, NOW))]


async def test_a_feed_that_was_taken_today_is_in_order(tmp_path: Path) -> None:
    path = tmp_path / "tirage.db"
    await looked_at(path, GOOD, feed=ParsedFeed(()))
    (finding,) = feed(FEED, path, NOW)
    assert (sayable(finding).level, finding.code) == ("ok", "feed")
    assert finding.values == {"known_to": "2026-11-22", "last_ok": "2026-11-22 13:00 UTC", "hours": "2.0"}


async def test_a_feed_that_was_never_looked_at_or_is_not_to_be_is_in_order(tmp_path: Path) -> None:
    assert codes(tmp_path / "none.db") == [("ok", "feed_never")]
    (tmp_path / "old.db").touch(0o600)
    assert codes(tmp_path / "old.db") == [("ok", "feed_never")]
    assert codes(tmp_path / "none.db", FEED.model_copy(update={"feed_every": 0})) == [("ok", "feed_off")]


@pytest.mark.parametrize(("hours", "level"), [(24, "ok"), (25, "warning")])
async def test_a_feed_that_was_not_taken_for_a_day_is_a_warning(tmp_path: Path, hours: int, level: str) -> None:
    await looked_at(tmp_path / "tirage.db", GOOD._replace(last_ok=NOW - timedelta(hours=hours)))
    assert [found for found, _ in codes(tmp_path / "tirage.db")] == [level]


async def test_what_is_wrong_and_odd_with_the_feed_is_told(tmp_path: Path) -> None:
    path = tmp_path / "tirage.db"
    aside = tuple(Oddity("cut_off", str(number), "{}") for number in range(448, 455))
    odd = (Oddity("unknown_label", "Lighthouse keepers"), Oddity("unknown_version", "Trades, 2031-Version 4"))
    await looked_at(
        path, BAD, BAD, ParsedFeed((), quarantined=aside, warnings=(*odd, Oddity("pool_sum", "2026-11-15")))
    )
    failing, french, rows, labels = feed(FEED, path, NOW)
    assert codes(path) == [("warning", f"feed_{code}") for code in ("failing", "french", "aside", "unknown")]
    assert failing.values["since"] == "2026-11-21 09:00 UTC"
    assert failing.values["reason"] == french.values["reason"] == "lacks"
    assert rows.values["count"] == "7"
    assert rows.values["rows"].startswith("448 (cut_off); 449 (cut_off)")
    assert rows.values["rows"].endswith("; ...")
    assert labels.values["labels"] == "Lighthouse keepers; Trades, 2031-Version 4"


def test_of_a_store_that_cannot_be_read_the_feed_is_not_told(tmp_path: Path) -> None:
    assert feed(FEED, tmp_path, NOW) == []


# The token


def answering(status: int, body: Any) -> Serve:
    async def serve(_: web.Request) -> web.Response:
        return web.Response(status=status, text=body if isinstance(body, str) else json.dumps(body))

    return serve


class Server:
    """A Bot API server on the loopback interface that answers what a test wants, and notes what it was asked."""

    def __init__(self) -> None:
        self.serve: Serve = answering(200, ME)
        self.asked: list[str] = []
        self.root = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(f"{request.method} {request.path_qs}")
        return await self.serve(request)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    made = Server()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", made.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.root = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


def given(root: str, token: str | None = TOKEN) -> Settings:
    return Settings(telegram_api_url=root, telegram_token=None if token is None else SecretStr(token))


async def test_a_token_that_the_server_knows_is_in_order(server: Server) -> None:
    (finding,) = await telegram(given(server.root))
    assert (sayable(finding).level, finding.values["name"]) == ("ok", "tirage_bot")
    assert server.asked == [f"GET /bot{TOKEN}/getMe"]


async def test_a_server_below_a_path_is_asked_there(server: Server) -> None:
    await username(f"{server.root}/telegram", SecretStr(TOKEN))
    assert server.asked == [f"GET /telegram/bot{TOKEN}/getMe"]


@pytest.mark.parametrize(
    ("status", "body", "level", "code"),
    [
        (401, {"ok": False, "error_code": 401, "description": "Unauthorized"}, "problem", "token"),
        (404, {"ok": False, "error_code": 404, "description": "Not Found"}, "problem", "token"),
        (429, {"ok": False, "error_code": 429, "parameters": {"retry_after": 3}}, "warning", "busy"),
        (500, {"ok": False, "error_code": 500, "description": "Internal Server Error"}, "problem", "failing"),
        (502, "<html>Bad Gateway</html>", "problem", "failing"),
        (404, "<html>Not Found</html>", "problem", "address"),
        (200, "<html>Welcome</html>", "problem", "address"),
        (200, "[]", "problem", "address"),
        (200, {"ok": True, "result": []}, "problem", "address"),
        (200, {"ok": True, "result": {"is_bot": False, "username": "x"}}, "problem", "address"),
        (302, "", "problem", "address"),
    ],
)
async def test_a_refusal_is_told_apart_by_its_cause(
    server: Server, status: int, body: Any, level: str, code: str
) -> None:
    server.serve = answering(status, body)
    (finding,) = await telegram(given(server.root))
    assert (sayable(finding).level, finding.code) == (level, f"telegram_{code}")
    assert finding.values["status"] == str(status)


async def test_a_redirection_is_not_followed(server: Server) -> None:
    async def away(_: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(f"{server.root}/elsewhere")

    server.serve = away
    (finding,) = await telegram(given(server.root))
    assert sayable(finding).code == "telegram_address"
    assert len(server.asked) == 1


async def test_a_server_that_does_not_answer_is_told_when_the_time_is_up(server: Server) -> None:
    release = asyncio.Event()

    async def wait(_: web.Request) -> web.StreamResponse:
        await release.wait()
        return web.Response()

    server.serve = wait
    with pytest.raises(NoAnswerError) as caught:
        await username(server.root, SecretStr(TOKEN), time_limit=0.05)
    release.set()
    assert (caught.value.code, caught.value.values) == ("slow", {"seconds": "0.05"})
    sayable(Finding("telegram", "problem", "telegram_slow", {"root": server.root, **caught.value.values}))


async def test_a_connection_cut_short_is_a_matter_of_the_network(server: Server) -> None:
    async def cut(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    server.serve = cut
    (finding,) = await telegram(given(server.root))
    assert sayable(finding).code == "telegram_network"


async def test_a_server_that_is_not_there_is_a_matter_of_the_network() -> None:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))  # bound, not listening: nobody else takes the port meanwhile
        (finding,) = await telegram(given(f"http://127.0.0.1:{free.getsockname()[1]}"))
    assert sayable(finding).code == "telegram_network"
    assert "ECONNREFUSED" in finding.message(SAY)


async def test_a_proxy_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free.getsockname()[1]}")
        (finding,) = await telegram(given("http://telegram.invalid"))
    assert sayable(finding).code == "telegram_proxy"


async def test_what_is_raised_holds_no_token() -> None:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(NoAnswerError) as caught:
            await username(f"http://127.0.0.1:{free.getsockname()[1]}", SecretStr(TOKEN))
    assert caught.value.__cause__ is caught.value.__context__ is None
    assert TOKEN not in f"{caught.value!r} {caught.value.values}"


async def test_a_password_in_the_address_is_not_shown(server: Server) -> None:
    (finding,) = await telegram(given(server.root.replace("//", "//me:hunter2@")))
    assert "hunter2" not in sayable(finding).message(SAY)


async def test_without_a_token_the_bot_does_not_run_and_the_chat_does(server: Server) -> None:
    (finding,) = await telegram(given(server.root, None))
    assert (sayable(finding).level, finding.code) == ("warning", "no_token")
    assert server.asked == []


@pytest.mark.parametrize("variable", ["TIRAGE_TELEGRAM_TOKEN", "TIRAGE_TELEGRAM_API_URL"])
async def test_nobody_is_asked_with_a_token_or_at_an_address_that_is_wrong(server: Server, variable: str) -> None:
    assert await telegram(given(server.root), [Mistake(variable, None, "")]) == []
    assert server.asked == []


# All of it, and the command


async def test_every_part_is_looked_at_and_named(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TIRAGE_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("TIRAGE_TELEGRAM_API_URL", server.root)
    monkeypatch.setenv("TIRAGE_DB", str(tmp_path / "from the settings.db"))
    found = await examine(SAY, TODAY, None)
    assert [finding.about for finding in found] == ["python", "settings", "store", "feed", "rules", "words", "telegram"]
    assert {finding.level for finding in found} == {"ok"}
    assert found[2].values["path"] == str(tmp_path / "from the settings.db")
    named = await examine(SAY, TODAY, tmp_path / "named.db")
    assert named[2].values["path"] == str(tmp_path / "named.db")


def test_only_a_problem_makes_it_sick() -> None:
    assert not sick([Finding("a", "ok", "words"), Finding("b", "warning", "no_token")])
    assert sick([Finding("a", "ok", "words"), Finding("b", "problem", "words_broken")])


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "doctor", *arguments],
        env={"PATH": "", "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_command_says_what_to_do_in_the_language_asked_for(tmp_path: Path) -> None:
    done = run("--lang", "fr", "--db", str(tmp_path / "tirage.db"))
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert lines[0].startswith("en ordre   Python ")
    assert lines[-2].startswith("attention  TIRAGE_TELEGRAM_TOKEN ")
    assert lines[-1].startswith(" " * len("attention  ") + "Pour un robot sur Telegram")


def test_the_command_fails_where_there_is_a_problem(tmp_path: Path) -> None:
    done = run("--db", str(tmp_path), TIRAGE_TOKEN="x", TIRAGE_LOG_LEVEL="loud")
    assert done.returncode == 1
    assert "Was TIRAGE_TELEGRAM_TOKEN meant?" in done.stdout
    assert "TIRAGE_LOG_LEVEL: read loud; one of: debug, info, warning, error" in done.stdout
    assert words("en")["store_folder"].format(path=tmp_path) in done.stdout


def test_the_command_prints_json_for_a_program(tmp_path: Path) -> None:
    done = run("--json", "--db", str(tmp_path), "--lang", "fr", TIRAGE_TELEGRAM_TOKEN=TOKEN[:15])
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert [set(row) for row in found] == [{"about", "level", "code", "values", "message", "todo"}] * 5
    levels = {row["about"]: row["level"] for row in found if row["about"] != "rules"}  # theirs depends on the day
    assert levels == {"python": "ok", "settings": "problem", "store": "problem", "words": "ok"}
    assert TOKEN[:15] not in done.stdout


def test_the_command_never_prints_the_token(tmp_path: Path) -> None:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        root = f"http://127.0.0.1:{free.getsockname()[1]}"
        done = run(*("--db", str(tmp_path / "tirage.db")), TIRAGE_TELEGRAM_TOKEN=TOKEN, TIRAGE_TELEGRAM_API_URL=root)
    assert done.returncode == 1
    assert root in done.stdout
    assert TOKEN not in done.stdout + done.stderr
    assert done.stderr == ""
