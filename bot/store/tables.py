"""What is written and read, one function a job, on a connection whose transaction somebody else opened.

Statements are plain SQL that the connection keeps prepared: this is the way of every message.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from bot.store import Handle, Inbound, Outbound, Saved, Turned, alerts

KEPT_NUMBERS = 100_000
"""How many numbers of handled updates are remembered; Telegram repeats an update for a day at most, and soon after."""
PRUNED_EVERY = 1_000

_KNOWN = """
    select inbox.received, inbox.handled, chats.session from (select ? as chat, ? as update_id) as asked
    left join inbox on inbox.update_id = asked.update_id left join chats on chats.chat = asked.chat
"""
_KEEP = """
    insert into chats (chat, session, updated_on) values (?, ?, ?)
    on conflict (chat) do update set session = excluded.session, updated_on = excluded.updated_on
"""
_RECEIVE = """
    insert into inbox (update_id, chat, payload, handled) values (?, ?, ?, 0)
    on conflict (update_id) do nothing
"""
_HANDLED = "update inbox set handled = 1, chat = null, payload = null where received = ?"
_HANDLED_UNSEEN = "insert into inbox (update_id, handled) values (?, 1)"
_PRUNE = "delete from inbox where handled and received <= ?"
_SEND = "insert into outbox (chat, message, update_id) values (?, ?, ?)"
_SENT = "delete from outbox where id = ?"


def receive(connection: sqlite3.Connection, updates: Sequence[Inbound]) -> list[int]:
    """Write down the updates that are new; their numbers."""
    return [
        update.update_id
        for update in updates
        if connection.execute(_RECEIVE, (update.update_id, update.chat, update.payload)).rowcount
    ]


def turn(
    connection: sqlite3.Connection, chat: str, update_id: int | None, handle: Handle, today: str
) -> list[Outbound] | None:
    """One turn: see `Store.turn`. Everything that can fail in `handle` or in its data comes before the first write."""
    received, handled, session = connection.execute(_KNOWN, (chat, update_id)).fetchone()
    if handled:
        return None
    turned = handle(None if session is None else json.loads(session))
    outgoing = turned.finish(alerts.kept(connection, chat)) if turned.finish else turned.outgoing
    messages = [_text(message) for message in outgoing]
    kept = None if turned.saved is None else _text(turned.saved)
    if update_id is not None:  # before anything is forgotten: its own number has to stay, and only that
        _mark(connection, update_id, received)
    if kept is None:
        _forget(connection, chat)
    else:
        connection.execute(_KEEP, (chat, kept, today))
        _follow(connection, chat, turned)
    ids = [connection.execute(_SEND, (chat, message, update_id)).lastrowid for message in messages]
    return [Outbound(id, chat, message) for id, message in zip(ids, outgoing, strict=True) if id is not None]


def _follow(connection: sqlite3.Connection, chat: str, turned: Turned) -> None:
    """What a turn means for the alerts of its chat."""
    alerts.spoke(connection, chat)
    if turned.subscription is not None:
        alerts.subscribe(connection, chat, turned.subscription)
    elif turned.changed:
        alerts.changed(connection, chat)


def drop(connection: sqlite3.Connection, update_id: int) -> None:
    """Mark an update handled, whether it was written down before or not."""
    found = connection.execute("select received, handled from inbox where update_id = ?", (update_id,)).fetchone()
    received, handled = found or (None, 0)
    if not handled:
        _mark(connection, update_id, received)


def _mark(connection: sqlite3.Connection, update_id: int, received: int | None) -> None:
    """Of a handled update its bare number stays; now and then the oldest of these numbers go."""
    if received is None:
        received = connection.execute(_HANDLED_UNSEEN, (update_id,)).lastrowid or 0
    else:
        connection.execute(_HANDLED, (received,))
    if received % PRUNED_EVERY == 0:
        connection.execute(_PRUNE, (received - KEPT_NUMBERS,))


def _forget(connection: sqlite3.Connection, chat: str) -> None:
    """Remove a chat, what it sent and waits for an answer, and what waits to be sent to it."""
    for statement in (
        "delete from chats where chat = ?",
        "delete from inbox where chat = ?",
        "delete from outbox where chat = ?",
    ):
        connection.execute(statement, (chat,))
    alerts.forget(connection, chat)
    connection.execute(f"pragma user_version = {removals(connection) + 1}")


def removals(connection: sqlite3.Connection) -> int:
    """How many chats were removed whose traces are still to be wiped; the file's `user_version` counts them."""
    count: int = connection.execute("pragma user_version").fetchone()[0]
    return count


def sent(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Forget messages that went out."""
    connection.executemany(_SENT, [(id,) for id in ids])


def waiting(connection: sqlite3.Connection) -> list[Inbound]:
    """What was received and not handled, oldest first."""
    rows = connection.execute("select update_id, chat, payload from inbox where chat is not null order by received")
    return [Inbound(*row) for row in rows]


def unsent(connection: sqlite3.Connection) -> list[Outbound]:
    """What was not marked sent, oldest first."""
    rows = connection.execute("select id, chat, message from outbox order by id")
    return [Outbound(id, chat, json.loads(message)) for id, chat, message in rows]


def load(connection: sqlite3.Connection, chat: str) -> Saved | None:
    """The session of a chat."""
    found = connection.execute("select session from chats where chat = ?", (chat,)).fetchone()
    return None if found is None else _saved(found[0])


def chats(connection: sqlite3.Connection) -> int:
    """How many chats are kept."""
    count: int = connection.execute("select count(*) from chats").fetchone()[0]
    return count


def everything(connection: sqlite3.Connection, chat: str) -> dict[str, Any]:
    """All that is kept about a chat, as JSON data."""
    kept = connection.execute("select session, updated_on from chats where chat = ?", (chat,)).fetchone()
    received = connection.execute("select update_id, payload from inbox where chat = ? order by received", (chat,))
    to_send = connection.execute("select id, message from outbox where chat = ? order by id", (chat,))
    return {
        "chat": chat,
        "updated_on": kept and kept[1],
        "session": kept and _saved(kept[0]),
        "inbox": [{"update_id": update_id, "payload": payload} for update_id, payload in received],
        "outbox": [{"id": id, "message": json.loads(message)} for id, message in to_send],
        **alerts.kept(connection, chat),
    }


def _saved(session: str) -> Saved:
    saved: Saved = json.loads(session)
    return saved


def _text(data: dict[str, Any]) -> str:
    """As JSON in ASCII: half of a surrogate pair, which a person can send, is no text that a database takes."""
    return json.dumps(data, separators=(",", ":"), allow_nan=False)
