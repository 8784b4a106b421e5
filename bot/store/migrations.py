"""The tables, one step after another; a file that was made earlier is brought up to date step by step.

A step that was published is never edited: what has to change is a new step below it.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

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


def pending(db: Database) -> list[str]:
    """The names of the steps that this file has not had yet; writes nothing."""
    return [step.name for step in migrations.pending(db)]


def unknown(db: Database) -> list[str]:
    """The names of the steps that this file has had and this code does not know: a newer version wrote it."""
    known = {step.name for step in migrations.pending(Database(memory=True, execute_plugins=False))}
    return [step.name for step in migrations.applied(db) if step.name not in known]
