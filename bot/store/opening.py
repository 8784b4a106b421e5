"""A file is opened, checked and brought up to date; or it is said why not."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

from bot.store.errors import StoreError, from_sqlite
from bot.store.migrations import migrations, pending, unknown
from bot.store.without_numpy import Database

OWN_FOLDER = 0o700
OWN_FILE = 0o600
"""The file holds what people told about themselves: for its owner's eyes only. SQLite gives -wal and -shm the same."""
_OTHERS = 0o077
_NOT_WRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS}
_PAUSE = 0.02
"""Seconds between two tries of what SQLite does not wait for by itself."""


def open_writer(path: Path, patience: float) -> sqlite3.Connection:
    """The connection that writes. Folder and file are made where they are missing, the tables brought up to date.

    `patience`: seconds to wait for another process that holds the file. Raises StoreError.
    """
    with told(path):
        _make(path)
    connection = _connect(path, "rw", patience)
    try:
        with told(path):
            _set_up(connection, path, patience)
    except StoreError:
        connection.close()
        raise
    return connection


def open_reader(path: Path, patience: float) -> sqlite3.Connection:
    """A connection that only reads; the file has to exist. Raises StoreError."""
    with told(path):
        if path.is_dir():
            raise StoreError("folder", path)
    connection = _connect(path, "ro", patience)
    try:
        with told(path):
            connection.execute("pragma query_only = on")
            _check(_database(connection), path)
    except StoreError:
        connection.close()
        raise
    return connection


def open_to_write(path: Path, patience: float) -> None:
    """Take the lock of a writer for a moment and write nothing. Raises StoreError where that cannot be done."""
    writable(path, path)
    writable(path.parent, path)
    with closing(_connect(path, "rw", patience)) as connection, told(path):
        connection.execute("begin immediate")
        connection.execute("rollback")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What SQLite or the system raises inside comes out as StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        raise from_sqlite(error, path) from error
    except OSError as error:
        code = "read_only" if error.errno in _NOT_WRITABLE else "cannot_open"
        raise StoreError(code, path, reason=_reason(error)) from error


def _make(path: Path) -> None:
    """The folder and an empty file of our own, where there is none.

    A file that is there is not opened here: closing it would let go the locks that this process holds on it elsewhere.
    """
    try:
        path.parent.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError("no_folder", path, folder=str(path.parent), reason=_reason(error)) from error
    if path.is_dir():
        raise StoreError("folder", path)
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, OWN_FILE))
    except FileExistsError:
        writable(path, path)
        writable(path.parent, path)


def writable(place: Path, path: Path) -> None:
    """Raise StoreError where this file or folder of the store at `path` may not be written.

    SQLite tells of such a file, and of a folder in which it can put no log, in several other ways.
    """
    if not os.access(place, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise StoreError("read_only", path, reason="EACCES")


def _close_to_others(path: Path) -> None:
    """Take away what others may do with the files, where they are ours; doctor tells where they are not."""
    for file in files(path):
        if file.exists() and open_to_others(file):
            with suppress(PermissionError):
                file.chmod(OWN_FILE)


def files(path: Path) -> list[Path]:
    """The file, and those that SQLite may put beside it."""
    return [path.with_name(path.name + end) for end in ("", "-wal", "-shm")]


def open_to_others(path: Path) -> bool:
    """Whether anybody but the owner may read or write the file."""
    return os.name == "posix" and bool(path.stat().st_mode & _OTHERS)


def _reason(error: OSError) -> str:
    """The system's name for it, the same in every language."""
    return errno.errorcode.get(error.errno or 0, type(error).__name__)


def _connect(path: Path, mode: str, patience: float) -> sqlite3.Connection:
    # The connection moves to the thread that owns it, which is not the one that opens it.
    with told(path):
        return sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=patience,
            isolation_level=None,
            check_same_thread=False,
        )


def _database(connection: sqlite3.Connection) -> Database:
    return Database(connection, execute_plugins=False)


def _set_up(connection: sqlite3.Connection, path: Path, patience: float) -> None:
    db = _database(connection)
    _check(db, path)
    _close_to_others(path)
    _write_ahead(db, patience)
    # A commit is on the disk when it returns. NORMAL survives a killed process; FULL a machine that loses its power
    # too, for one fsync more, which all turns of a commit share.
    connection.execute("pragma synchronous = full")
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma secure_delete = on")
    if pending(db):
        _migrate(db, path)


def _check(db: Database, path: Path) -> None:
    """Refuse what another program wrote, or a newer version of this one."""
    found = unknown(db)
    if found:
        raise StoreError("newer", path, found=", ".join(found))
    if db.table_names() and not migrations.applied(db):
        raise StoreError("not_ours", path, found=", ".join(db.table_names()[:3]))


def _write_ahead(db: Database, patience: float) -> None:
    """Readers beside the writer (WAL). SQLite does not wait for a process that is just doing the same."""
    until = monotonic() + patience
    while True:
        try:
            db.enable_wal()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(_PAUSE)
        else:
            return


def _migrate(db: Database, path: Path) -> None:
    """All pending steps in one transaction; what another process did meanwhile is seen inside it."""
    db.execute("begin immediate")
    try:
        _check(db, path)
        migrations.apply(db)
        db.commit()
    finally:
        db.rollback()
