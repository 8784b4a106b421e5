"""What is to be told to one chat when its moment comes; on a connection in somebody else's transaction.

A reminder is a notice whose subject begins with its day, `reminder:2027-01-03:...`, and which nothing but its own row
knows of: it goes with the chat, and leaves no trace of whose dates they were.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from bot.store.notices import Due, State

PREFIX = "reminder:"
OURS = "subject >= 'reminder:' and subject < 'reminder;'"
"""The reminders among the notices, in the very words of the index that holds them by chat."""
AHEAD = f"state in ({State.DUE}, {State.WAITING}, {State.LATER})"


def remind(connection: sqlite3.Connection, chat: str, due: Sequence[Due]) -> None:
    """These reminders stand, and no other; what was told stays told. What is not `ahead` is kept, but not begun."""
    found = connection.execute(f"select subject from notices where chat = ? and {OURS} and {AHEAD}", (chat,))
    before = {subject for (subject,) in found}
    _remove(connection, chat, before - {each.subject for each in due})
    for each in due:
        if each.subject in before:
            connection.execute(
                f"update notices set due_at = ?, payload = ? where subject = ? and chat = ? and state = {State.DUE}",
                (each.at, json.dumps(each.told), each.subject, chat),
            )
        elif each.ahead:
            connection.execute(
                f"insert into notices (subject, chat, rank, state, due_at, payload) values (?, ?, 1, {State.DUE}, ?, ?)"
                " on conflict do nothing",
                (each.subject, chat, each.at, json.dumps(each.told)),
            )


def _remove(connection: sqlite3.Connection, chat: str, subjects: set[str]) -> None:
    connection.executemany(
        "delete from notices where subject = ? and chat = ?", [(subject, chat) for subject in subjects]
    )


def take_back(connection: sqlite3.Connection, chat: str) -> None:
    """Nobody wants them any more: those that were not told go."""
    connection.execute(f"delete from notices where chat = ? and {OURS} and {AHEAD}", (chat,))


def silence(connection: sqlite3.Connection, chat: str) -> None:
    """Nothing reaches the chat now: what is in line goes out no more, and what has its day ahead stands."""
    connection.execute(
        f"update notices set state = {State.NEVER}, due_at = null, payload = null"
        f" where chat = ? and {OURS} and state in ({State.WAITING}, {State.LATER})",
        (chat,),
    )


def forget(connection: sqlite3.Connection, chat: str) -> None:
    """Remove all of them."""
    connection.execute(f"delete from notices where chat = ? and {OURS}", (chat,))


def kept(connection: sqlite3.Connection, chat: str) -> list[dict[str, Any]]:
    """All of them, as JSON data."""
    rows = connection.execute(
        f"select subject, state, coalesce(sent_at, due_at) from notices where chat = ? and {OURS}", (chat,)
    )
    return [{"about": subject, "state": State(state).name.lower(), "at": at} for subject, state, at in rows]


def wake(connection: sqlite3.Connection, now: int) -> int | None:
    """Put those whose moment has come in line, but of chats that answered since; the next moment (seconds)."""
    connection.execute(
        f"update notices set state = {State.WAITING}, due_at = null where state = {State.DUE} and due_at <= ?"
        " and chat not in (select chat from worth where next_change = '')",
        (now,),
    )
    found = connection.execute(f"select min(due_at) from notices where state = {State.DUE} and due_at > ?", (now,))
    first: int | None = found.fetchone()[0]
    return first


def come(connection: sqlite3.Connection, chat: str, day: str) -> None:
    """Put those of a chat that are of a day (ISO) or an earlier one in line, whatever the hour."""
    connection.execute(
        f"update notices set state = {State.WAITING}, due_at = null where chat = ? and {OURS} and subject < ?"
        f" and state = {State.DUE}",
        (chat, f"{PREFIX}{day};"),
    )


def prune(connection: sqlite3.Connection, before: str) -> None:
    """Forget those of before a day that are settled."""
    connection.execute(
        f"delete from notices where subject >= ? and subject < ? and not {AHEAD}", (PREFIX, PREFIX + before)
    )
