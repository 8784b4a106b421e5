"""What was removed, or handled, is in none of the files any more: looked for byte by byte."""

from __future__ import annotations

import asyncio
import random
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import scrub as module
from bot.store import tables
from bot.store.opening import files, open_writer
from bot.store.scrub import Scrub
from bot.store.sqlite import SqliteStore
from tests.bot.store.turns import count, inbound, keep

MARK = "xq-distinctive-answer-7431"
SEED = 8
"""Without the rewriting of the file, this one leaves copies behind."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tirage.db"


def traces(path: Path, text: str = MARK) -> list[str]:
    """The files in which a text stands."""
    return [file.name for file in files(path) if file.exists() and text.encode() in file.read_bytes()]


@pytest.mark.parametrize("length", [1, 50, 5_000])
async def test_a_removed_chat_is_in_no_file_as_soon_as_its_removal_is_told(path: Path, length: int) -> None:
    long = {"answer": MARK * length}
    async with await SqliteStore.open(path) as store:
        for number in range(50):
            await store.turn(f"tg:{number}", number, keep({"answer": "of somebody else"}, "to somebody else"))
        await store.receive([inbound(100, "tg:777", MARK), inbound(101, "tg:777", MARK)])
        await store.turn("tg:777", 100, keep(long, MARK))
        await store.turn("tg:777", 102, keep({**long, "more": MARK}, MARK))
        assert traces(path) != []
        await store.turn("tg:777", 103, keep(None))
        assert traces(path) == []
        assert traces(path, "tg:777") == []
        assert await store.chats() == 50


async def test_the_text_of_a_handled_update_is_in_no_file_once_the_log_was_emptied(path: Path) -> None:
    async with await SqliteStore.open(path) as store:
        for number in range(0, 300, 3):
            await store.receive([inbound(n, f"tg:{n}", MARK * (1 + n % 40)) for n in range(number, number + 3)])
            await store.turn(f"tg:{number}", number, keep({}))
            await store.turn(f"tg:{number + 1}", number + 1, keep({}))
            await store.drop(number + 2)
    assert traces(path) == []


async def test_a_handled_update_leaves_its_number_alone(path: Path) -> None:
    async with await SqliteStore.open(path) as store:
        await store.receive([inbound(8_123_456, "tg:777")])
        await store.turn("tg:777", 8_123_456, keep(None))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("select update_id, chat, payload, handled from inbox").fetchall() == [
            (8_123_456, None, None, 1)
        ]


async def test_no_copy_stays_behind_where_rows_were_moved_between_pages(path: Path) -> None:
    """Chats grow and go for so long that SQLite leaves copies of some behind, where the file is not written anew."""
    chance = random.Random(SEED)
    marks: dict[str, set[str]] = {}
    gone: set[str] = set()
    async with await SqliteStore.open(path) as store:
        turns = []
        for number in range(4_000):
            chat = f"tg:{chance.randrange(1_000)}"
            if chance.random() < 0.2:
                turns.append(store.turn(chat, None, keep(None)))
                gone |= marks.pop(chat, set())
            else:
                mark = f"<mark-{number:06d}>"
                marks.setdefault(chat, set()).add(mark)
                turns.append(store.turn(chat, None, keep({"answer": mark * chance.choice([1, 10, 50, 100, 150])})))
        await asyncio.gather(*turns)
    found = {text.decode() for text in re.findall(rb"<mark-\d{6}>", path.read_bytes())}
    assert len(gone) > 1_000
    assert found & gone == set()


async def test_old_numbers_go_and_what_waits_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "KEPT_NUMBERS", 10)
    monkeypatch.setattr(tables, "PRUNED_EVERY", 5)
    async with await SqliteStore.open(path) as store:
        # Telegram goes on at a random number after a quiet week: the newest ones are low here.
        await store.receive([inbound(1_000_000)])
        for number in range(900_000, 900_100):
            await store.turn("tg:1", number, count)
        assert await store.waiting() == [inbound(1_000_000)]
        assert await store.turn("tg:1", 900_099, count) is None
        assert await store.turn("tg:1", 900_090, count) is None
    with closing(sqlite3.connect(path)) as connection:
        (kept,) = connection.execute("select count(*) from inbox").fetchone()
    assert kept <= 10 + 5 + 1


# When the files are scrubbed


class Clock:
    now = 0.0

    def __call__(self) -> float:
        self.now += 1.0  # whatever is timed takes a second
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def remove(connection: sqlite3.Connection, chat: str) -> None:
    connection.execute("begin immediate")
    tables.turn(connection, chat, None, keep(None), "2026-11-22")
    connection.execute("commit")


def test_a_removal_is_wiped_at_once_and_the_next_not_before_twenty_times_as_long(path: Path, clock: Clock) -> None:
    with closing(open_writer(path, 1.0)) as connection:
        scrub = Scrub(connection, clock)
        remove(connection, "tg:1")
        scrub.after_commit()
        assert tables.removals(connection) == 0
        assert scrub.wait() is None
        remove(connection, "tg:2")
        scrub.after_commit()
        assert tables.removals(connection) == 1
        assert scrub.wait() == module.QUIET
        clock.now += module.SHARE
        scrub.quiet()
        assert tables.removals(connection) == 0
        assert scrub.wait() is None


def test_at_the_end_a_removal_is_wiped_however_soon_it_comes(path: Path, clock: Clock) -> None:
    with closing(open_writer(path, 1.0)) as connection:
        scrub = Scrub(connection, clock)
        for chat in ("tg:1", "tg:2"):
            remove(connection, chat)
            scrub.after_commit()
        scrub.finish()
        assert tables.removals(connection) == 0


def test_a_removal_by_a_process_that_was_killed_is_wiped_by_the_next(path: Path, clock: Clock) -> None:
    with closing(open_writer(path, 1.0)) as connection:
        remove(connection, "tg:1")
    with closing(open_writer(path, 1.0)) as connection:
        scrub = Scrub(connection, clock)
        assert scrub.wait() == module.QUIET
        scrub.quiet()
        assert tables.removals(connection) == 0


def test_somebody_who_reads_puts_the_wiping_off_until_the_next_commit(
    path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE_MS", 0)
    with closing(open_writer(path, 1.0)) as connection, closing(sqlite3.connect(path)) as reader:
        scrub = Scrub(connection, clock)
        connection.execute("begin immediate")
        tables.turn(connection, "tg:1", None, keep({"answer": MARK}), "2026-11-22")
        connection.execute("commit")
        scrub.quiet()
        reader.execute("begin")
        reader.execute("select * from chats").fetchall()
        remove(connection, "tg:1")
        scrub.after_commit()
        assert traces(path) != []
        assert scrub.wait() == module.QUIET
        scrub.after_commit()
        assert traces(path) != []
        reader.execute("rollback")
        scrub.after_commit()
        assert traces(path) == []
        assert scrub.wait() is None


def test_a_writer_of_another_process_puts_the_wiping_off_and_that_is_logged_once(
    path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "PATIENCE_MS", 0)
    with closing(open_writer(path, 1.0)) as connection, closing(open_writer(path, 1.0)) as other:
        scrub = Scrub(connection, clock)
        remove(connection, "tg:1")
        other.execute("begin immediate")
        scrub.after_commit()
        scrub.after_commit()
        assert tables.removals(connection) == 1
        assert [record.getMessage() for record in caplog.records] == [
            "to wipe what was removed is put off: SQLITE_BUSY"
        ]
        other.execute("rollback")
        clock.now += module.SHARE
        scrub.after_commit()
        assert tables.removals(connection) == 0
        assert connection.execute("pragma busy_timeout").fetchone() == (1000,)


def test_what_another_process_removes_meanwhile_stays_due(path: Path, clock: Clock) -> None:
    with closing(open_writer(path, 1.0)) as connection, closing(open_writer(path, 1.0)) as other:
        remove(connection, "tg:1")
        scrub = Scrub(connection, clock)
        before = clock.now
        connection.set_trace_callback(lambda sql: remove(other, "tg:2") if sql == "begin immediate" else None)
        scrub.after_commit()
        connection.set_trace_callback(None)
        assert tables.removals(connection) == 2
        assert clock.now > before
        assert scrub.wait() == module.QUIET
