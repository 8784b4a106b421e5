"""The loop: when it looks, how long it waits, whom it tells, and that nothing ends it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.feed.check import Look, Urls
from bot.feed.fetch import Client, Fetched, FetchError, Validators
from bot.feed.poll import JITTER, LONGEST, QUIETER, WATCH, Poll, busy
from bot.store.sqlite import SqliteStore
from bot.telegram.backoff import Pause
from scoring.draws import History, history_of
from tests.bot.feed.samples import NOW, ROWS, TODAY, file_of, held
from tests.feedrows import row, row_of
from tests.feedserver import FeedServer

EVERY = 300.0
OLD = [held(str(number), TODAY - timedelta(60 - number)) for number in range(1, 20)]
FILE = file_of([*ROWS, *(row_of(each) for each in reversed(OLD))])


class Served:
    """A fetch that gives what is put into it; every look asks for both files."""

    def __init__(self) -> None:
        self.body = FILE
        self.error: FetchError | None = None
        self.looks = 0
        self.asked: list[Validators] = []

    async def __call__(self, url: str, known: Validators) -> Fetched:
        if url == "en":
            self.looks += 1
            self.asked.append(known)
            if self.error is not None:
                raise self.error
        return Fetched(self.body, f"tag {len(self.body)}", "")


class Time:
    """Stands still but for the pauses; ends the loop after so many looks."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now
        self.pauses: list[float] = []
        self.ends_after = 1.0

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += timedelta(seconds=seconds)
        if sum(self.pauses) >= self.ends_after:
            raise asyncio.CancelledError


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    async with await SqliteStore.open(tmp_path / "tirage.db") as opened:
        await opened.seed(history_of(OLD, TODAY - timedelta(30)), NOW - timedelta(days=1))
        yield opened


def polling(
    store: SqliteStore,
    served: Served | Client,
    time: Time,
    *,
    every: float = EVERY,
    urls: Urls = Urls("en", "fr"),  # noqa: B008  # a tuple of texts
    on_change: Callable[[History], None] = lambda _: None,
    today: Callable[[], date] = lambda: TODAY,
    pause: Pause | None = None,
) -> Poll:
    look = Look(store, served, urls)
    return Poll(look, every, now=lambda: time.now, today=today, pause=pause or time.pause, on_change=on_change)


async def run(poll: Poll) -> None:
    with suppress(asyncio.CancelledError):
        await poll.run()


@pytest.mark.parametrize(
    ("moment", "is_busy"),
    [
        *(("2031-03-13T13:00:00+00:00", True), ("2031-03-13T12:59:59+00:00", False)),
        *(("2031-03-13T22:59:59+00:00", True), ("2031-03-13T23:00:00+00:00", False)),
        *(("2031-03-14T14:00:00+00:00", True), ("2031-03-15T14:00:00+00:00", False)),  # Friday, Saturday
        *(("2031-03-16T14:00:00+00:00", False), ("2031-03-17T14:00:00+00:00", True)),  # Sunday, Monday
        ("2031-03-13T09:00:00-05:00", True),
    ],
)
def test_rounds_are_published_in_canadian_office_hours(moment: str, is_busy: bool) -> None:
    assert busy(datetime.fromisoformat(moment)) == is_busy


@pytest.mark.parametrize(("hour", "times"), [(15, 1), (3, QUIETER)])
async def test_it_looks_every_few_minutes_in_busy_hours_and_every_hour_else(
    store: SqliteStore, hour: int, times: int
) -> None:
    poll = polling(store, Served(), Time(NOW.replace(hour=hour)))
    waits = [await poll.once() for _ in range(20)]
    assert all(EVERY * times * JITTER[0] <= wait <= EVERY * times * JITTER[1] for wait in waits)
    assert len(set(waits)) > 1


async def test_after_failures_it_waits_longer_and_longer_up_to_an_hour_and_then_as_usual(store: SqliteStore) -> None:
    served = Served()
    served.error = FetchError("network", reason="x")
    poll = polling(store, served, Time())
    waits = [await poll.once() for _ in range(10)]
    assert waits[0] <= EVERY * JITTER[1]
    assert 2 * EVERY * JITTER[0] <= waits[1] <= 2 * EVERY * JITTER[1]
    assert LONGEST * JITTER[0] <= waits[9] <= LONGEST * JITTER[1]
    served.error = None
    assert await poll.once() <= EVERY * JITTER[1]


async def test_a_server_that_asks_for_patience_gets_it(store: SqliteStore) -> None:
    served = Served()
    served.error = FetchError("busy", 5_000.0, status="429")
    assert await polling(store, served, Time()).once() == 5_000.0


async def test_who_runs_is_given_the_history_at_the_start_and_whenever_it_changes(store: SqliteStore) -> None:
    given: list[int] = []
    served = Served()
    poll = polling(store, served, Time(), on_change=lambda history: given.append(len(history.rounds)))
    await poll.once()
    await poll.once()
    served.body = file_of([row("906", TODAY), *ROWS, *(row_of(each) for each in reversed(OLD))])
    await poll.once()
    assert given == [len(OLD) + 4, len(OLD) + 5]


async def test_what_another_process_brought_is_seen_between_two_looks(store: SqliteStore) -> None:
    given: list[int] = []
    time = Time()
    time.ends_after = EVERY * JITTER[0]

    async def pause(seconds: float) -> None:
        if not time.pauses:
            await store.seed(history_of([*OLD, held("99", TODAY - timedelta(50))], TODAY), NOW)
        await time.pause(seconds)

    given_to = polling(store, Served(), time, on_change=lambda history: given.append(len(history.rounds)), pause=pause)
    await run(given_to)
    assert given == [len(OLD) + 4, len(OLD) + 5]
    assert max(time.pauses) <= WATCH


async def test_the_first_good_look_takes_the_files_whole_and_the_later_ones_ask_what_changed(
    store: SqliteStore,
) -> None:
    served = Served()
    time = Time()
    time.ends_after = 3 * EVERY
    await store.keep_feed_file("en", (await store.feed_file("en"))._replace(etag="old"))
    await run(polling(store, served, time))
    assert served.looks in (3, 4)
    assert served.asked[0] == Validators()
    assert {asked.etag for asked in served.asked[1:]} == {f"tag {len(FILE)}"}


async def test_without_looks_the_history_is_still_watched(store: SqliteStore) -> None:
    given: list[History] = []
    served, time = Served(), Time()
    await run(polling(store, served, time, every=0, on_change=given.append))
    assert served.looks == 0
    assert time.pauses == [WATCH]


# What the operator is told


async def test_each_oddity_is_logged_once(store: SqliteStore, caplog: pytest.LogCaptureFixture) -> None:
    served = Served()
    rows = [row("906", TODAY, "Lighthouse keepers", tie="in March"), row("907", TODAY) | {"drawCRS": "x"}]
    served.body = file_of([*rows, *ROWS, *(row_of(each) for each in reversed(OLD))])
    poll = polling(store, served, Time())
    await poll.once(anew=True)
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert told == [
        "round 906 is of a type that the rules do not know: 'Lighthouse keepers'",
        "odd in the feed: cut_off, 1 times: '907'",
        "odd in the feed: unknown_label, 1 times: 'Lighthouse keepers'",
        "odd in the feed: tie_break, 1 times: '906'",
    ]
    caplog.clear()
    await poll.once(anew=True)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_trouble_is_logged_when_it_begins_and_when_it_ends(
    store: SqliteStore, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    served = Served()
    poll = polling(store, served, Time())
    await poll.once()
    caplog.clear()
    served.error = FetchError("forbidden", status="403")
    await poll.once()
    await poll.once()
    served.error = None
    await poll.once()
    assert [record.getMessage() for record in caplog.records] == [
        "the English feed cannot be used: forbidden (status 403); the last good one is kept",
        "the English feed can be used again",
    ]


async def test_a_feed_that_failed_for_a_day_is_an_error_once(
    store: SqliteStore, caplog: pytest.LogCaptureFixture
) -> None:
    served, time = Served(), Time()
    poll = polling(store, served, time)
    await poll.once()
    served.error = FetchError("slow", seconds="60")
    for _ in range(60):
        time.now += timedelta(hours=1)
        await poll.once()
    errors = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert errors == ["the feed has not been usable for a day (slow); the last good one is kept"]


async def test_a_store_that_is_closed_ends_no_loop(store: SqliteStore, caplog: pytest.LogCaptureFixture) -> None:
    poll = polling(store, Served(), Time())
    await store.close()
    assert await poll.once() > 0
    assert "the store says closed" in caplog.text


async def test_a_fault_of_ours_ends_one_look_and_is_logged_without_words(
    store: SqliteStore, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> date:
        raise LookupError("secret words")

    poll = polling(store, Served(), Time(), today=broken)
    assert await poll.once() > 0
    assert "LookupError at" in caplog.text
    assert "secret" not in caplog.text


async def test_over_a_real_connection_rounds_arrive_one_by_one(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    seen: list[str] = []
    async with FeedServer([row_of(each) for each in reversed(OLD)]) as server:
        urls = Urls(server.url_en, server.url_fr)
        time = Time(datetime(2031, 3, 13, 14, 0, tzinfo=UTC))
        poll = polling(
            store, Client(), time, urls=urls, on_change=lambda history: seen.append(history.rounds[-1].number)
        )
        await poll.once()
        for number in ("30", "31", "32"):
            server.publish(row(number, TODAY))
            server.trouble("html", times=1, lang="en")
            await poll.once()
            await poll.once()
    assert seen == ["19", "30", "31", "32"]
