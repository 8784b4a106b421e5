"""Rounds and the pool in tables, on a connection whose transaction somebody else opened."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256

from bot.feed.merge import ALERT_AGE, Kept, Known, Merge, Source
from bot.feed.parsed import Oddity
from bot.store.draws import Announce, Decide, FeedFile, Merged
from scoring.draws import History, Reading, Round, shipped
from scoring.pool import Band, Snapshot, snapshot

MOST_ODDITIES = 200
"""So many oddities of a feed are kept: what is broken from end to end need not be kept row by row."""
_COLUMNS = (
    "number, date, type, version, label_en, invitations, cut_off, tie_break_utc, label_fr,"
    " tie_break_raw, source, first_seen_at"
)
_KEEP = f"insert or replace into rounds ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_CHANGED = """
    update rounds set date = ?, type = ?, version = ?, label_en = ?, invitations = ?, cut_off = ?, tie_break_utc = ?,
        label_fr = ?, tie_break_raw = ? where number = ?
"""
# What a file brought begins anew with the live feed: people are told of it now.
_CONFIRM = """
    update rounds set first_seen_at = iif(source = 'file', ?, first_seen_at), source = 'feed' where number = ?
"""
_LOG = """
    insert into round_changes (number, field, before, after, source, changed_at) values (?, ?, ?, ?, ?, ?)
"""
_SNAPSHOT = "insert or replace into pool (as_on, bands) values (?, ?)"
_META = "insert or replace into rounds_meta (key, value) values (?, ?)"
_FILE = """
    insert or replace into feed_files (url, etag, last_modified, hash, last_ok_at, error, failing_since)
    values (?, ?, ?, ?, ?, ?, ?)
"""


def known(connection: sqlite3.Connection) -> Known:
    """All that is known; the shipped history where nothing was ever taken in."""
    day = _meta(connection, "known_to")
    if not day:
        return of_shipped(shipped(), datetime.min.replace(tzinfo=UTC))
    rounds = (_kept(row) for row in connection.execute(f"select {_COLUMNS} from rounds"))
    return Known(
        {kept.held.number: kept for kept in rounds},
        {each.as_on: each for each in map(_snapshot, connection.execute("select as_on, bands from pool"))},
        date.fromisoformat(day),
    )


def readings(connection: sqlite3.Connection, known: Known) -> dict[str, Reading]:
    """When each round of the live feed was first read, and as it stood then where that was corrected.

    Of rounds that were old when they came nobody was told, and the moment says nothing: they may have shipped.
    """
    first: dict[str, dict[str, str | int]] = {}
    for number, name, before in connection.execute(
        "select number, field, before from round_changes where source = 'feed' and field in"
        " ('invitations', 'cut_off', 'tie_break_utc') order by id desc"
    ):  # the oldest change of a field comes last, and stays
        first.setdefault(number, {})[name] = before if name == "tie_break_utc" else int(before)
    return {
        number: Reading(kept.first_seen, kept.held._replace(**first[number]) if number in first else None)  # type: ignore[arg-type]
        for number, kept in known.rounds.items()
        if kept.source == "feed" and kept.first_seen.date() - kept.held.date <= ALERT_AGE
    }


def known_to(connection: sqlite3.Connection) -> date:
    """The day up to which rounds are known."""
    day = _meta(connection, "known_to")
    return date.fromisoformat(day) if day else shipped().known_to


def of_shipped(history: History, at: datetime) -> Known:
    """What is known where only a shipped history is."""
    return Known(
        {held.number: Kept(held, held.tie_break_utc, "shipped", at) for held in history.rounds},
        {each.as_on: each for each in history.snapshots},
        history.known_to,
    )


def version(connection: sqlite3.Connection) -> int:
    """How often what is known has changed."""
    return int(_meta(connection, "version") or 0)


def seed(connection: sqlite3.Connection, history: History, at: datetime) -> None:
    """Take in a shipped history: see `Rounds.seed`."""
    mark = fingerprint(history)
    if _meta(connection, "seeded") == mark:
        return
    sources = dict(connection.execute("select number, source from rounds"))
    ours = [held for held in history.rounds if sources.get(held.number, "shipped") == "shipped"]
    _keep(connection, (Kept(held, held.tie_break_utc, "shipped", at) for held in ours))
    days = {as_on for (as_on,) in connection.execute("select as_on from pool")}
    _keep_pool(connection, (each for each in history.snapshots if each.as_on.isoformat() not in days))
    day = _meta(connection, "known_to")
    _know_to(connection, max(history.known_to, date.fromisoformat(day)) if day else history.known_to)
    connection.execute(_META, ("seeded", mark))
    _grow(connection)


def fingerprint(history: History) -> str:
    """The same for the same history, and no other."""
    return sha256(repr((history.rounds, history.snapshots, history.known_to)).encode()).hexdigest()


def merge(connection: sqlite3.Connection, decide: Decide, at: datetime, announce: Announce) -> Merged:
    """Write what a feed changes: see `Rounds.merge`."""
    if not _meta(connection, "known_to"):
        seed(connection, shipped(), at)
    before = known(connection)
    decided = decide(before)
    _keep(connection, (Kept(held, decided.tie_breaks.get(held.number, ""), decided.source, at) for held in decided.new))
    _change(connection, decided, at)
    _keep_pool(connection, decided.snapshots)
    fresh = _keep_oddities(connection, decided, at) if decided.whole else (*decided.quarantined, *decided.warnings)
    _know_to(connection, decided.known_to)
    if _changes_anything(decided) or decided.known_to != before.known_to:
        _grow(connection)
    if decided.announce or decided.corrected:
        announce(connection, decided.announce, decided.corrected)
    return Merged(decided, fresh)


def _changes_anything(decided: Merge) -> bool:
    return bool(decided.new or decided.changes or decided.snapshots or decided.withdrawn)


def _change(connection: sqlite3.Connection, decided: Merge, at: datetime) -> None:
    moment = at.isoformat()
    for held in decided.changed:
        raw = decided.tie_breaks.get(held.number, held.tie_break_utc)
        connection.execute(_CHANGED, (held.date.isoformat(), *held[2:], raw, held.number))
    connection.executemany(_LOG, [(*change, decided.source, moment) for change in decided.changes])
    connection.executemany(_LOG, [(gone.number, "number", *_gone(gone), moment) for gone in decided.withdrawn])
    connection.executemany("delete from rounds where number = ?", [(gone.number,) for gone in decided.withdrawn])
    connection.executemany(_CONFIRM, [(moment, number) for number in decided.confirmed])
    if decided.confirmed:
        texts = [(decided.tie_breaks[number], number) for number in decided.confirmed]
        connection.executemany("update rounds set tie_break_raw = ? where number = ?", texts)


def _gone(held: Round) -> tuple[str, str, str]:
    """A round that goes, as the log of changes keeps it."""
    return json.dumps([*map(str, held)], ensure_ascii=False), "", "feed"


def _keep_oddities(connection: sqlite3.Connection, decided: Merge, at: datetime) -> tuple[Oddity, ...]:
    """The oddities of the live feed as it is now; those that were not there before."""
    found = dict.fromkeys(decided.quarantined, 1) | dict.fromkeys(decided.warnings, 0)
    present = dict(list(found.items())[:MOST_ODDITIES])
    first = {Oddity(*row[:3]): row[3] for row in connection.execute(f"select {_ODD}, first_seen_at from feed_oddities")}
    connection.execute("delete from feed_oddities")
    connection.executemany(
        f"insert into feed_oddities ({_ODD}, set_aside, first_seen_at) values (?, ?, ?, ?, ?)",
        [(*oddity, aside, first.get(oddity, at.isoformat())) for oddity, aside in present.items()],
    )
    return tuple(oddity for oddity in present if oddity not in first)


_ODD = "code, subject, raw"


def oddities(connection: sqlite3.Connection, set_aside: bool) -> list[Oddity]:
    """Rows of the live feed that are set aside, or what else is odd about it."""
    rows = connection.execute(f"select {_ODD} from feed_oddities where set_aside = ?", (int(set_aside),))
    return [Oddity(*row) for row in rows]


def feed_file(connection: sqlite3.Connection, url: str) -> FeedFile:
    """What is known about a file of the feed."""
    found = connection.execute(
        "select etag, last_modified, hash, last_ok_at, error, failing_since from feed_files where url = ?", (url,)
    ).fetchone()
    if found is None:
        return FeedFile()
    etag, last_modified, hash_, ok, error, since = found
    return FeedFile(etag, last_modified, hash_, _moment(ok), error, _moment(since))


def keep_feed_file(connection: sqlite3.Connection, url: str, file: FeedFile) -> None:
    """Keep what is known about a file of the feed."""
    ok, since = (moment and moment.isoformat() for moment in (file.last_ok, file.failing_since))
    connection.execute(_FILE, (url, file.etag, file.last_modified, file.hash, ok, file.error, since))


def forget_feed_files(connection: sqlite3.Connection) -> None:
    """The next check takes the files as if they had never been seen."""
    connection.execute("update feed_files set etag = '', last_modified = '', hash = ''")


def _keep(connection: sqlite3.Connection, rounds: Iterable[Kept]) -> None:
    rows = [
        (held.number, held.date.isoformat(), *held[2:], raw, source, first.isoformat())
        for held, raw, source, first in rounds
    ]
    connection.executemany(_KEEP, rows)


def _keep_pool(connection: sqlite3.Connection, snapshots: Iterable[Snapshot]) -> None:
    connection.executemany(_SNAPSHOT, [(each.as_on.isoformat(), json.dumps(each.bands)) for each in snapshots])


def _kept(row: Sequence[str | int]) -> Kept:
    number, day, *facts, raw, source, first = row
    held = Round(number, date.fromisoformat(str(day)), *facts)  # type: ignore[arg-type]  # as the strict table holds them
    return Kept(held, str(raw), _source(str(source)), datetime.fromisoformat(str(first)))


def _source(text: str) -> Source:
    return "feed" if text == "feed" else "file" if text == "file" else "shipped"


def _snapshot(row: tuple[str, str]) -> Snapshot:
    return snapshot(date.fromisoformat(row[0]), (Band(*band) for band in json.loads(row[1])))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _meta(connection: sqlite3.Connection, key: str) -> str:
    found = connection.execute("select value from rounds_meta where key = ?", (key,)).fetchone()
    return found[0] if found else ""


def _know_to(connection: sqlite3.Connection, day: date) -> None:
    connection.execute(_META, ("known_to", day.isoformat()))


def _grow(connection: sqlite3.Connection) -> None:
    connection.execute(_META, ("version", str(version(connection) + 1)))
