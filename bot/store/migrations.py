"""The tables, one step after another; a file that was made earlier is brought up to date step by step.

A step that was published is never edited: what has to change is a new step below it.
"""

from __future__ import annotations

from bot.store.without_numpy import Database, Migrations

migrations = Migrations("tirage")


@migrations(name="0001_chats_inbox_outbox")
def _chats_inbox_outbox(db: Database) -> None:
    db.execute("create table chats (chat text primary key, session text not null, updated_on text not null) strict")
    # `received` is the order in which updates came, and so the order in which old numbers are forgotten: Telegram
    # starts again at a random number after a quiet week, so the newest update need not have the highest one.
    db.execute(
        "create table inbox (received integer primary key, update_id integer not null unique,"
        " chat text, payload text, handled integer not null) strict"
    )
    db.execute("create index inbox_chat on inbox (chat) where chat is not null")
    # Autoincrement: no number is given twice, so that a message marked sent late cannot take a newer one with it.
    db.execute(
        "create table outbox (id integer primary key autoincrement, chat text not null, message text not null,"
        " update_id integer) strict"
    )


@migrations(name="0002_rounds")
def _rounds(db: Database) -> None:
    # `source`: shipped, file or feed. `first_seen_at`: when it came into this file, or first came from the live feed.
    db.execute(
        "create table rounds (number text primary key, date text not null, type text not null, version text not null,"
        " label_en text not null, label_fr text not null, invitations integer not null, cut_off integer not null,"
        " tie_break_utc text not null, tie_break_raw text not null, source text not null,"
        " first_seen_at text not null) strict, without rowid"
    )
    db.execute(
        "create table round_changes (id integer primary key, number text not null, field text not null,"
        " before text not null, after text not null, source text not null, changed_at text not null) strict"
    )
    # `bands`: [[lowest score, highest score, candidates], ...] as JSON.
    db.execute("create table pool (as_on text primary key, bands text not null) strict, without rowid")
    # known_to, seeded (which shipped history), version (grows with each change of what is known).
    db.execute("create table rounds_meta (key text primary key, value text not null) strict, without rowid")
    db.execute(
        "create table feed_files (url text primary key, etag text not null, last_modified text not null,"
        " hash text not null, last_ok_at text, error text not null, failing_since text) strict, without rowid"
    )
    # What was odd about the feed when it was last taken; `set_aside` is 1 for a row that was not.
    db.execute(
        "create table feed_oddities (code text not null, subject text not null, raw text not null,"
        " set_aside integer not null, first_seen_at text not null, primary key (code, subject, raw))"
        " strict, without rowid"
    )


@migrations(name="0003_alerts")
def _alerts(db: Database) -> None:
    # `listed`: under which types of `concerned` the chat stands, so that it can be taken out without a search
    db.execute(
        "create table subscribers (chat text primary key, wants text not null, listed text not null, zone text,"
        " quiet_begins integer, quiet_ends integer, silent integer not null) strict, without rowid"
    )
    db.execute("create table concerned (type text, chat text, primary key (type, chat)) strict, without rowid")
    # `seq` counts the changes of the answers: what was worked out from older ones is not kept
    db.execute(
        "create table worth (chat text primary key, seq integer not null, next_change text not null,"
        " rules text not null, low integer, high integer, verdicts text, kept text) strict, without rowid"
    )
    db.execute("create index worth_next_change on worth (next_change)")
    db.execute("create index worth_rules on worth (rules)")
    db.execute(
        "create table announced (subject text primary key, kind text not null, day text not null,"
        " type text not null default '', cut_off integer not null default 0, reached text not null default '',"
        " finished integer not null default 0) strict"
    )
    db.execute(
        "create table notices (subject text, chat text, rank integer not null, state integer not null, due_at integer,"
        " message_id integer, digest text, sent_at integer, payload text, primary key (subject, chat))"
        " strict, without rowid"
    )
    db.execute("create index notices_in_line on notices (rank, subject, chat) where state in (0, 4)")
    db.execute("create index notices_later on notices (due_at) where state = 1")


@migrations(name="0004_pictures")
def _pictures(db: Database) -> None:
    # `kept` is the order in which they were kept, and so the order in which they are forgotten.
    db.execute(
        "create table pictures (kept integer primary key, fingerprint text not null unique,"
        " file_id text not null) strict"
    )


@migrations(name="0005_titles")
def _titles(db: Database) -> None:
    db.execute("create table titles (code text, title text, primary key (code, title)) strict, without rowid")


@migrations(name="0006_reminders")
def _reminders(db: Database) -> None:
    db.execute("alter table subscribers add column reminders integer not null default 0")
    # reminders are notices whose moment is ahead (state 5); they are of one chat each, and are looked up by it
    db.execute("create index notices_due on notices (due_at) where state = 5")
    db.execute(
        "create index notices_reminders on notices (chat, subject)"
        " where subject >= 'reminder:' and subject < 'reminder;'"
    )


def pending(db: Database) -> list[str]:
    """The names of the steps that this file has not had yet; writes nothing."""
    return [step.name for step in migrations.pending(db)]


def unknown(db: Database) -> list[str]:
    """The names of the steps that this file has had and this code does not know: a newer version wrote it."""
    known = {step.name for step in migrations.pending(Database(memory=True, execute_plugins=False))}
    return [step.name for step in migrations.applied(db) if step.name not in known]
