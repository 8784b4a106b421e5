"""Opening a file: what is made, and what is said where it cannot be opened."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.store.checkup import look
from bot.store.errors import StoreError
from bot.store.migrations import migrations
from bot.store.opening import files
from bot.store.sqlite import SqliteStore
from bot.words import LANGUAGES, words
from tests.bot.store.turns import count, keep

NOBODY = 65534
STEPS = ["0001_chats_inbox_outbox", "0002_rounds", "0003_alerts", "0004_pictures", "0005_titles", "0006_reminders"]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def refused(path: Path, patience: float = 1.0) -> StoreError:
    with pytest.raises(StoreError) as caught:
        await SqliteStore.open(path, patience=patience)
    for lang in LANGUAGES:
        assert str(path) in caught.value.told(words(lang))
    return caught.value


@pytest.fixture
async def made(tmp_path: Path) -> Path:
    """The file of a store with one chat in it."""
    path = tmp_path / "tirage.db"
    async with await SqliteStore.open(path) as store:
        await store.turn("tg:1", 1, count)
    return path


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that every user of the machine can look into, which pytest's own is not."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def unprivileged() -> Iterator[None]:
    """As a user to whom permissions apply; tests may run as one to whom they do not."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)


async def test_folder_and_files_are_made_for_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "tirage.db"
    before = os.umask(0)
    try:
        async with await SqliteStore.open(path) as store:
            await store.turn("tg:1", 1, count)
            assert {file.name: mode(file) for file in files(path)} == {file.name: 0o600 for file in files(path)}
    finally:
        os.umask(before)
    assert mode(path.parent) == 0o700


async def test_a_file_that_others_could_read_is_closed_to_them(made: Path) -> None:
    made.chmod(0o644)
    await (await SqliteStore.open(made)).close()
    assert mode(made) == 0o600


async def test_after_closing_one_file_is_left_which_can_be_copied(made: Path) -> None:
    assert [file.exists() for file in files(made)] == [True, False, False]


async def test_commits_reach_the_disk_and_what_is_removed_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "tirage.db"
    async with await SqliteStore.open(path) as store:

        def settings(connection: sqlite3.Connection) -> dict[str, int | str]:
            names = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
            return {name: connection.execute(f"pragma {name}").fetchone()[0] for name in names}

        assert await store._writer.submit(settings) == {
            "journal_mode": "wal",
            "synchronous": 2,  # full
            "secure_delete": 1,
            "foreign_keys": 1,
        }


async def test_those_who_read_cannot_write(made: Path) -> None:
    async with await SqliteStore.open(made) as store:
        with pytest.raises(StoreError) as caught:
            await store.read(lambda connection: connection.execute("delete from chats"))
        assert caught.value.code == "read_only"


async def test_migrations_are_recorded_and_taken_once(made: Path) -> None:
    with closing(Database(made)) as db:
        first = migrations.applied(db)
    assert [step.name for step in first] == STEPS
    async with await SqliteStore.open(made) as store:
        assert await store.load("tg:1") == {"count": 1}
    with closing(Database(made)) as db:
        assert migrations.applied(db) == first


async def test_a_file_that_many_open_for_the_first_time_at_once_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "tirage.db"
    stores = await asyncio.gather(*(SqliteStore.open(path) for _ in range(8)))
    await asyncio.gather(*(store.turn("tg:1", None, count) for store in stores))
    assert await stores[0].load("tg:1") == {"count": 8}
    for store in stores:
        await store.close()


async def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    async with await SqliteStore.open(path) as store:
        assert await store.chats() == 0


async def test_a_path_may_begin_with_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    await (await SqliteStore.open("~/odd name?#%20.db")).close()
    assert (tmp_path / "odd name?#%20.db").is_file()


async def test_a_file_of_another_kind_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear sir or madam, " * 500)
    path.chmod(0o644)
    assert (await refused(path)).code == "not_a_database"
    assert path.read_text() == "Dear sir or madam, " * 500
    assert mode(path) == 0o644


async def test_the_database_of_another_program_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(Database(path)) as db:
        db.table("bookmarks").insert({"url": "https://example.org"})
    path.chmod(0o644)
    before = path.read_bytes()
    error = await refused(path)
    assert (error.code, error.values["found"]) == ("not_ours", "bookmarks")
    assert path.read_bytes() == before
    assert mode(path) == 0o644


async def test_a_file_of_a_newer_version_is_refused(made: Path) -> None:
    with closing(Database(made)) as db:
        db.table("_sqlite_migrations").insert(
            {"migration_set": "tirage", "name": "9999_future", "applied_at": "2031-01-01"}
        )
    error = await refused(made)
    assert (error.code, error.values["found"]) == ("newer", "9999_future")


async def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert (await refused(tmp_path)).code == "folder"


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    error = await refused(tmp_path / "file" / "tirage.db")
    assert (error.code, error.values["folder"]) == ("no_folder", str(tmp_path / "file"))


async def test_a_file_cut_short_is_damaged(made: Path) -> None:
    whole = made.read_bytes()
    made.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    assert (await refused(made)).code == "damaged"


async def test_a_file_that_may_not_be_written_is_told(public_folder: Path) -> None:
    path = public_folder / "tirage.db"
    await (await SqliteStore.open(path)).close()
    path.chmod(0o444)
    public_folder.chmod(0o555)
    with unprivileged():
        assert (await refused(path)).code == "read_only"
        assert (await refused(public_folder / "new.db")).code == "read_only"
        with pytest.raises(StoreError, match="read_only"):
            look(path, 1.0)
        with pytest.raises(StoreError, match="read_only"):
            look(public_folder / "new.db", 1.0)


async def test_a_folder_that_may_not_be_entered_is_told(public_folder: Path) -> None:
    public_folder.chmod(0o600)
    with unprivileged():
        assert (await refused(public_folder / "tirage.db")).code == "read_only"
    public_folder.chmod(0o700)


async def test_a_file_that_somebody_holds_is_told_when_patience_ends(made: Path) -> None:
    with closing(sqlite3.connect(made, isolation_level=None)) as holder:
        holder.execute("pragma locking_mode = exclusive")
        holder.execute("begin exclusive")
        assert (await refused(made, patience=0.05)).code == "locked"


async def test_a_writer_that_somebody_holds_up_refuses_all_who_wait_and_recovers(made: Path) -> None:
    async with await SqliteStore.open(made, patience=0.05) as store:
        with closing(sqlite3.connect(made, isolation_level=None)) as holder:
            holder.execute("begin immediate")
            done = await asyncio.gather(*(store.turn("tg:1", n, count) for n in range(2, 7)), return_exceptions=True)
            assert [isinstance(error, StoreError) and error.code for error in done] == ["locked"] * 5
            assert await store.load("tg:1") == {"count": 1}  # who reads is not held up
            holder.execute("rollback")
        assert await store.turn("tg:1", 2, count) is not None


# The look that doctor takes


async def test_a_look_tells_size_and_chats_and_changes_nothing(made: Path) -> None:
    before = made.read_bytes()
    seen = look(made, 1.0)
    assert seen is not None
    assert (seen.chats, seen.pending, seen.open_to_others, seen.bytes) == (1, (), False, len(before))
    assert made.read_bytes() == before
    assert [file.exists() for file in files(made)] == [True, False, False]


async def test_a_look_at_a_store_in_use_counts_what_is_committed(tmp_path: Path) -> None:
    path = tmp_path / "tirage.db"
    async with await SqliteStore.open(path) as store:
        for number in range(3):
            await store.turn(f"tg:{number}", number, keep({}))
        seen = look(path, 1.0)
        assert seen is not None
        assert seen.chats == 3


def test_a_look_at_no_file_makes_none(tmp_path: Path) -> None:
    assert look(tmp_path / "a" / "tirage.db", 1.0) is None
    assert list(tmp_path.iterdir()) == []


def test_a_look_at_an_empty_file_names_the_steps_to_come(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    seen = look(path, 1.0)
    assert seen is not None
    assert list(seen.pending) == STEPS


async def test_a_look_finds_damage_that_opening_does_not(made: Path) -> None:
    with closing(sqlite3.connect(made, isolation_level=None)) as connection:
        (page,) = connection.execute("select rootpage from sqlite_master where name = 'outbox'").fetchone()
        (size,) = connection.execute("pragma page_size").fetchone()
    whole = bytearray(made.read_bytes())
    whole[(page - 1) * size : page * size] = b"\xff" * size
    made.write_bytes(whole)
    with pytest.raises(StoreError, match="damaged"):
        look(made, 1.0)


async def test_a_look_sees_that_others_may_read(made: Path) -> None:
    made.chmod(0o640)
    seen = look(made, 1.0)
    assert seen is not None
    assert seen.open_to_others
