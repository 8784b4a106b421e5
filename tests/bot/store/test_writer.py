"""The thread that writes: what shares a commit, and what happens to the others when one of them, or all, fail."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from bot.store import writer as module
from bot.store.errors import StoreError
from bot.store.opening import open_writer
from bot.store.writer import Writer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tirage.db"


@pytest.fixture
async def writer(path: Path) -> AsyncIterator[Writer]:
    connection = open_writer(path, 1.0)
    connection.execute("create table notes (note text not null)")
    made = Writer(connection, path, asyncio.get_running_loop())
    yield made
    await made.close()


def note(text: str | None) -> Callable[[sqlite3.Connection], str | None]:
    def write(connection: sqlite3.Connection) -> str | None:
        connection.execute("insert into notes values (?)", (text,))
        return text

    return write


def notes(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [text for (text,) in connection.execute("select note from notes order by rowid")]


class Held:
    """A job that keeps the writer busy until it is let go: what is submitted meanwhile shares a commit with it."""

    def __init__(self) -> None:
        self.began, self.go = Event(), Event()

    def __call__(self, _: sqlite3.Connection) -> None:
        self.began.set()
        self.go.wait()


async def together(writer: Writer, jobs: list[Callable[[sqlite3.Connection], str | None]]) -> list[object]:
    """What comes of jobs that all wait when the writer turns to them."""
    held = Held()
    first = writer.submit(held)
    await asyncio.to_thread(held.began.wait)
    waiting = [writer.submit(job) for job in jobs]
    held.go.set()
    done = await asyncio.gather(first, *waiting, return_exceptions=True)
    return list(done[1:])


async def test_what_waits_shares_one_commit(writer: Writer, path: Path) -> None:
    seen: list[list[str]] = []

    def look(_: sqlite3.Connection) -> None:
        seen.append(notes(path))

    await together(writer, [note("a"), note("b"), look])
    assert seen == [[]]  # from outside nothing was to be seen while it ran
    assert notes(path) == ["a", "b"]


async def test_nobody_is_told_before_the_commit(writer: Writer, path: Path) -> None:
    seen: list[list[str]] = []
    futures = [writer.submit(note(text)) for text in "abc"]
    futures[0].add_done_callback(lambda _: seen.append(notes(path)))
    await asyncio.gather(*futures)
    assert "a" in seen[0]


async def test_a_commit_takes_in_no_more_than_a_bounded_number(
    writer: Writer, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    seen: list[int] = []
    await together(writer, [note("a"), note("b"), lambda _: seen.append(len(notes(path))), note("c")])
    assert seen == [2]


async def test_a_commit_takes_in_no_more_after_a_while(
    writer: Writer, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LONGEST", -1.0)
    seen: list[int] = []
    await together(writer, [note("a"), note("b"), lambda _: seen.append(len(notes(path)))])
    assert seen == [2]


async def test_a_job_that_fails_after_it_wrote_takes_back_its_own_writing_alone(writer: Writer, path: Path) -> None:
    def write_and_fail(connection: sqlite3.Connection) -> None:
        note("lost")(connection)
        raise LookupError("no")

    done = await together(writer, [note("a"), write_and_fail, note("b")])
    assert done[::2] == ["a", "b"]
    assert isinstance(done[1], LookupError)
    assert notes(path) == ["a", "b"]


async def test_a_statement_that_fails_is_told_as_an_error_of_the_store(writer: Writer, path: Path) -> None:
    done = await together(writer, [note("a"), note(None)])
    assert isinstance(done[1], StoreError)
    assert (done[1].code, done[1].values["reason"]) == ("failed", "SQLITE_CONSTRAINT_NOTNULL")
    assert isinstance(done[1].__cause__, sqlite3.IntegrityError)
    assert notes(path) == ["a"]


async def test_where_sqlite_gives_up_the_transaction_all_in_it_are_refused_and_the_next_one_works(
    writer: Writer, path: Path
) -> None:
    def give_up(connection: sqlite3.Connection) -> None:
        connection.execute("insert or rollback into notes values (null)")

    done = await together(writer, [note("a"), give_up, note("b")])
    assert [isinstance(error, StoreError) and error.code for error in done[:2]] == ["failed", "failed"]
    # The one behind it came too late for that transaction, and has its own.
    assert done[2] == "b"
    assert notes(path) == ["b"]


async def test_a_full_disk_is_told_and_loses_nothing(writer: Writer, path: Path) -> None:
    def no_more_room(connection: sqlite3.Connection) -> None:
        (pages,) = connection.execute("pragma page_count").fetchone()
        connection.execute(f"pragma max_page_count = {pages}")

    await writer.submit(note("a"))
    await writer.submit(no_more_room)
    with pytest.raises(StoreError) as caught:
        await writer.submit(note("x" * 100_000))
    assert caught.value.code == "full"
    assert await writer.submit(note("b")) == "b"
    assert notes(path) == ["a", "b"]


async def test_an_exit_asked_for_in_a_job_does_not_end_the_writer(writer: Writer) -> None:
    def leave(_: sqlite3.Connection) -> None:
        raise GeneratorExit

    with pytest.raises(GeneratorExit):
        await writer.submit(leave)
    assert await writer.submit(note("a")) == "a"


async def test_jobs_submitted_before_the_end_are_done_and_none_after_it(writer: Writer, path: Path) -> None:
    done = [writer.submit(note(str(number))) for number in range(20)]
    await asyncio.gather(writer.close(), writer.close())
    assert [future.result() for future in done] == [str(number) for number in range(20)]
    with pytest.raises(StoreError, match="closed"):
        writer.submit(note("late"))
    assert len(notes(path)) == 20


async def test_a_writer_whose_connection_is_lost_refuses_what_waits_and_what_comes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: list[BaseException | None] = []
    monkeypatch.setattr("threading.excepthook", lambda args: failed.append(args.exc_value))
    writer = Writer(open_writer(path, 1.0), path, asyncio.get_running_loop())
    done = await together(writer, [lambda connection: connection.close(), lambda _: None])
    assert [isinstance(error, StoreError) and error.code for error in done] == ["closed", "closed"]
    with pytest.raises(StoreError, match="closed") as caught:
        writer.submit(lambda _: None)
    await writer.close()
    assert isinstance(failed[0], sqlite3.ProgrammingError)
    assert caught.value.__cause__ is failed[0]


def test_a_loop_that_is_gone_does_not_end_the_writer(path: Path) -> None:
    held = Held()
    opened: list[Writer] = []

    async def leave() -> None:
        opened.append(Writer(open_writer(path, 1.0), path, asyncio.get_running_loop()))
        opened[0].submit(held)
        await asyncio.to_thread(held.began.wait)

    asyncio.run(leave())
    held.go.set()
    asyncio.run(opened[0].close())
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
