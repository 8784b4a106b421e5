"""Who wants to hear of a round, and what became of telling them; on a connection in somebody else's transaction.

A chat stands in `concerned` under every type of which it wants to hear: "*" for all of them, "?" for types that nobody
knows yet. Whom a round concerns is one look at that index. What a profile is worth is kept in `worth`, with the day on
which it may change next; a chat whose day has come, or whose answers changed, is worked out anew and no other.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from bot.store import reminders, rounds
from bot.store.notices import RANKS, Audience, Notice, Refreshed, Stale, State, Subject, Subscriber
from scoring.draws import Round, is_known

EVERY, UNKNOWN = "*", "?"
"""Instead of a type: every round, and rounds of a type that is new."""
AT_ONCE = ""
"""Instead of the day of the next change: the answers changed, look again."""
IN_LINE = (State.WAITING, State.EDIT)
IN_QUEUE = (*IN_LINE, State.LATER)

_WANTED = """
    select chat from concerned where type = :every and chat > :after
    union all select chat from concerned where type = :kind and chat > :after
    order by chat limit :most
"""
_RANKED = f"""
    select wanted.chat as chat, case
        when json_extract(worth.verdicts, :verdict) is not 'fits' then 2
        when worth.low > :cut_off then 0 when worth.high >= :cut_off then 1 else 2 end as rank
    from ({_WANTED}) as wanted join subscribers on subscribers.chat = wanted.chat and not subscribers.silent
    left join worth on worth.chat = wanted.chat
"""
_ENQUEUE = f"""
    insert into notices (subject, chat, rank, state)
    select :subject, chat, rank, {State.WAITING} from ({_RANKED}) where true on conflict do nothing
"""
_AUDIENCE = f"""
    select rank, coalesce(json_extract(chats.session, '$.language'), 'en') as language, count(*)
    from ({_RANKED}) as ranked join chats on chats.chat = ranked.chat group by rank, language
"""
_LAST = f"select max(chat), count(*) from ({_WANTED})"
_SUBSCRIBE = """
    insert into subscribers (chat, wants, listed, zone, quiet_begins, quiet_ends, reminders, silent)
    values (?, ?, ?, ?, ?, ?, ?, 0)
    on conflict (chat) do update set wants = excluded.wants, listed = excluded.listed, zone = excluded.zone,
        quiet_begins = excluded.quiet_begins, quiet_ends = excluded.quiet_ends, reminders = excluded.reminders,
        silent = 0
"""
_STALE = """
    select worth.chat, worth.seq, worth.kept, worth.rules, chats.session, subscribers.wants,
        worth.next_change
    from worth join chats on chats.chat = worth.chat join subscribers on subscribers.chat = worth.chat
"""
# a reminder waits while the answers of its chat are to be worked out: its date may be another one
_TO_SEND = """
    select notices.subject, coalesce(announced.kind, 'reminder'), notices.chat, notices.state, notices.message_id,
        notices.digest, notices.payload, iif(subscribers.chat is null, null, chats.session), subscribers.zone,
        subscribers.quiet_begins, subscribers.quiet_ends
    from notices left join announced on announced.subject = notices.subject
    left join chats on chats.chat = notices.chat
    left join subscribers on subscribers.chat = notices.chat and not subscribers.silent
        and iif(announced.kind is null, subscribers.reminders, subscribers.wants <> 'off')
    where (announced.kind is not null or notices.chat not in (select chat from worth where next_change = ''))
"""


# -- who wants what


def subscribe(connection: sqlite3.Connection, chat: str, wanted: Mapping[str, Any]) -> None:
    """Keep what a chat subscribed to (`conversations.subscription`); what waits for who wants nothing any more goes."""
    quiet = wanted["quiet"] or {}
    listed = {"all": [EVERY], "types": list(wanted["types"])}.get(wanted["wants"], [])
    if wanted["wants"] == "mine":  # under which types, is worked out next
        listed = _listed_before(connection, chat, "mine")
    _list(connection, chat, listed)
    hours = (quiet.get("begins"), quiet.get("ends"))
    reminded = bool(wanted.get("reminders"))
    values = (chat, wanted["wants"], json.dumps(listed), wanted["zone"], *hours, reminded)
    connection.execute(_SUBSCRIBE, values)
    if wanted["wants"] == "off":
        _drop_waiting(connection, chat)
    if not reminded:
        reminders.take_back(connection, chat)
    if wanted["wants"] == "off" and not reminded:
        connection.execute("delete from worth where chat = ?", (chat,))
    else:
        connection.execute(
            "insert into worth (chat, seq, next_change, rules) values (?, 0, ?, '') on conflict do nothing",
            (chat, AT_ONCE),
        )
        changed(connection, chat)


def _listed_before(connection: sqlite3.Connection, chat: str, wants: str = "") -> list[str]:
    """Under which types a chat stands (where it wanted this)."""
    found = connection.execute("select listed, wants from subscribers where chat = ?", (chat,)).fetchone()
    return json.loads(found[0]) if found and wants in ("", found[1]) else []


def _list(connection: sqlite3.Connection, chat: str, types: Collection[str]) -> None:
    """Put a chat under these types, and under no other."""
    before = set(_listed_before(connection, chat))
    connection.executemany(
        "delete from concerned where type = ? and chat = ?", [(kind, chat) for kind in before - set(types)]
    )
    connection.executemany(
        "insert into concerned (type, chat) values (?, ?) on conflict do nothing",
        [(kind, chat) for kind in set(types) - before],
    )


def changed(connection: sqlite3.Connection, chat: str) -> None:
    """The answers of a chat changed: what it is worth is to be worked out again."""
    connection.execute("update worth set seq = seq + 1, next_change = ? where chat = ?", (AT_ONCE, chat))


def spoke(connection: sqlite3.Connection, chat: str) -> None:
    """A chat that had blocked the bot speaks again."""
    connection.execute("update subscribers set silent = 0 where chat = ? and silent", (chat,))


def silence(connection: sqlite3.Connection, chat: str) -> None:
    """Telegram says that nothing reaches this chat (403): nothing more is sent; the profile stays."""
    connection.execute("update subscribers set silent = 1 where chat = ?", (chat,))
    _drop_waiting(connection, chat)
    reminders.silence(connection, chat)


def _drop_waiting(connection: sqlite3.Connection, chat: str) -> None:
    connection.execute(
        f"update notices set state = {State.NEVER}, payload = null where chat = ? and state in {_states(IN_QUEUE)}"
        " and subject in (select subject from announced)",
        (chat,),
    )


def forget(connection: sqlite3.Connection, chat: str) -> None:
    """Remove everything about a chat that has to do with alerts."""
    _list(connection, chat, ())
    reminders.forget(connection, chat)
    for statement in (
        "delete from subscribers where chat = ?",
        "delete from worth where chat = ?",
        "delete from notices where chat = ? and subject in (select subject from announced)",
    ):
        connection.execute(statement, (chat,))


def kept(connection: sqlite3.Connection, chat: str) -> dict[str, Any]:
    """All of it, as JSON data."""
    worth = connection.execute("select kept from worth where chat = ? and kept is not null", (chat,)).fetchone()
    told = connection.execute(
        "select subject, state, sent_at from notices where chat = ? and subject in (select subject from announced)",
        (chat,),
    )
    return {
        "worth": worth and json.loads(worth[0]),
        "notices": [
            *({"about": subject, "state": State(state).name.lower(), "at": at} for subject, state, at in told),
            *reminders.kept(connection, chat),
        ],
    }


# -- what a profile is worth


def stale(connection: sqlite3.Connection, today: str, rules: str, most: int) -> list[Stale]:
    """Chats whose worth may have changed: their day has come, they answered, or the rules are other ones."""
    found = connection.execute(
        f"{_STALE} where worth.next_change <= ? order by worth.next_change limit ?", (today, most)
    )
    rows = list(found)
    for other in ("<", ">"):
        if len(rows) < most:  # the plus keeps SQLite from the other index, under which nearly all stand
            others = f"{_STALE} where worth.rules {other} ? and +worth.next_change > ? limit ?"
            rows += connection.execute(others, (rules, today, most - len(rows)))
    return [
        Stale(chat, seq, json.loads(worth) if worth else None, under, json.loads(session), wants, due == AT_ONCE)
        for chat, seq, worth, under, session, wants, due in rows
    ]


def keep_worth(connection: sqlite3.Connection, refreshed: Iterable[Refreshed]) -> None:
    """Keep what profiles are worth, unless their answers changed meanwhile."""
    for each in refreshed:
        kept = connection.execute(
            "update worth set next_change = ?, rules = ?, low = ?, high = ?, verdicts = ?, kept = ?"
            " where chat = ? and seq = ?",
            (each.next_change, each.rules, each.low, each.high, json.dumps(each.verdicts), _json(each.kept),
             each.chat, each.seq),
        )  # fmt: skip
        if kept.rowcount and each.listed is not None:
            _list(connection, each.chat, each.listed)
            listed = json.dumps(list(each.listed))
            connection.execute("update subscribers set listed = ? where chat = ?", (listed, each.chat))
        if kept.rowcount:
            for subject, payload in each.told:
                _tell(connection, subject, each.chat, payload)
            if each.due is not None:
                reminders.remind(connection, each.chat, each.due)


def _json(data: Mapping[str, Any] | None) -> str | None:
    return None if data is None else json.dumps(data)


def _tell(connection: sqlite3.Connection, subject: str, chat: str, payload: Mapping[str, Any]) -> None:
    """A message to one chat about something of its own, once."""
    connection.execute(
        "insert into announced (subject, kind, day, finished) values (?, 'rules', ?, 1) on conflict do nothing",
        (subject, payload["since"]),
    )
    connection.execute(
        f"insert into notices (subject, chat, rank, state, payload) values (?, ?, 1, {State.WAITING}, ?)"
        " on conflict do nothing",
        (subject, chat, json.dumps(payload)),
    )


# -- telling of a round


def announce(connection: sqlite3.Connection, new: Sequence[Round], corrected: Sequence[Round]) -> None:
    """New rounds are to be told; of corrected ones the messages that went out are to be edited."""
    for held in new:
        connection.execute(
            "insert into announced (subject, kind, day, type, cut_off) values (?, 'round', ?, ?, ?)"
            " on conflict do nothing",
            (subject_of(held.number), held.date.isoformat(), held.type, held.cut_off),
        )
    for held in corrected:
        connection.execute(
            f"update notices set state = {State.EDIT} where subject = ? and state = {State.SENT}",
            (subject_of(held.number),),
        )


def subject_of(number: str) -> str:
    """What the notices of a round are about."""
    return f"round:{number}"


def unfinished(connection: sqlite3.Connection) -> list[Subject]:
    """What is still to be put into the queues of those whom it concerns, oldest first."""
    rows = connection.execute(
        "select subject, kind, type, cut_off, reached from announced where not finished order by rowid"
    )
    return [Subject(*row) for row in rows]


def fan_out(connection: sqlite3.Connection, subject: Subject, most: int) -> str | None:
    """Put a round into the queues of the next chats whom it concerns; the last of them, None at the end.

    Those who were likely invited come first: the rank is made from the worth that is kept, the message itself from the
    profile when it is sent.
    """
    values = _wanted(subject, most)
    last, count = connection.execute(_LAST, values).fetchone()
    if count:
        connection.execute(_ENQUEUE, values)
        connection.execute("update announced set reached = ? where subject = ?", (last, subject.subject))
    if count < most:
        connection.execute("update announced set finished = 1 where subject = ?", (subject.subject,))
        return None
    return str(last)


def _wanted(subject: Subject, most: int) -> dict[str, Any]:
    """What the statements about whom a round concerns are given; `most` = -1: all of them."""
    kind = subject.type if is_known(subject.type) else UNKNOWN
    return {
        "subject": subject.subject, "kind": kind, "every": EVERY, "after": subject.reached, "most": most,
        "verdict": f'$."{kind}"', "cut_off": subject.cut_off,
    }  # fmt: skip


def audience(connection: sqlite3.Connection, held: Round) -> Audience:
    """Whom a round would be told to now, by how it likely went for them and by language."""
    subject = Subject(subject_of(held.number), "round", held.type, held.cut_off, "")
    told = connection.execute("select 1 from announced where subject = ?", (subject.subject,)).fetchone()
    counted = Audience(announced=told is not None)
    for rank, language, count in connection.execute(_AUDIENCE, _wanted(subject, -1)):
        counted.by_rank[RANKS[rank]] += count
        counted.by_language[language] = counted.by_language.get(language, 0) + count
    return counted


# -- sending


def to_send(connection: sqlite3.Connection, channel: str, most: int) -> list[Notice]:
    """The next notices of the chats whose names begin so; those who were invited first."""
    rows = connection.execute(
        f"{_TO_SEND} and notices.state in {_states(IN_LINE)} and substr(notices.chat, 1, ?) = ?"
        " order by notices.rank, notices.subject, notices.chat limit ?",
        (len(channel), channel, most),
    )
    return [_notice(*row) for row in rows]


def _notice(
    subject: str, kind: str, chat: str, state: int, message_id: int | None, digest: str | None, payload: str | None,
    session: str | None, zone: str | None, begins: int | None, ends: int | None,
) -> Notice:  # fmt: skip
    subscriber = Subscriber(json.loads(session), zone, begins, ends) if session else None
    told = json.loads(payload) if payload else None
    return Notice(subject, kind, chat, State(state), message_id, digest, told, subscriber)


def wake(connection: sqlite3.Connection, now: int) -> int | None:
    """Put those whose quiet hours ended, or whose moment has come, into the queue; when there are more to wake."""
    connection.execute(
        f"update notices set state = {State.WAITING}, due_at = null where state = {State.LATER} and due_at <= ?", (now,)
    )
    (later,) = connection.execute(f"select min(due_at) from notices where state = {State.LATER}").fetchone()
    return min((at for at in (later, reminders.wake(connection, now)) if at is not None), default=None)


def still(connection: sqlite3.Connection, notice: Notice) -> Notice | None:
    """A notice as it stands now; None where it is not in line any more."""
    found = connection.execute(
        f"{_TO_SEND} and notices.subject = ? and notices.chat = ? and notices.state in {_states(IN_LINE)}",
        (notice.subject, notice.chat),
    ).fetchone()
    return None if found is None else _notice(*found)


def delivered(
    connection: sqlite3.Connection, notice: Notice, message_id: int | None, digest: str, at: int, known: int | None,
    outdated: bool,
) -> bool:  # fmt: skip
    """A notice went out: see `Alerts.delivered`."""
    if known is not None and known != rounds.version(connection):
        return False
    after = State.EDIT if outdated else State.SENT
    connection.execute(
        "update notices set state = case when state = ? then ? else state end,"
        " message_id = ?, digest = ?, sent_at = ?, payload = null where subject = ? and chat = ?",
        (notice.state, after, message_id, digest, at, notice.subject, notice.chat),
    )
    return True


def settle(connection: sqlite3.Connection, notice: Notice, state: State, due_at: int | None = None) -> None:
    """A notice waits until a moment, or goes out no more."""
    connection.execute(
        "update notices set state = ?, due_at = ? where subject = ? and chat = ?",
        (state, due_at, notice.subject, notice.chat),
    )


def prune(connection: sqlite3.Connection, before: str) -> None:
    """Forget what was told of things of before a day; that it was announced stays, so that it is not again."""
    connection.execute(
        f"delete from notices where state not in {_states(IN_QUEUE)}"
        " and subject in (select subject from announced where day < ? and finished)",
        (before,),
    )
    reminders.prune(connection, before)


def by_state(connection: sqlite3.Connection) -> dict[str, int]:
    """How many notices are in which state."""
    rows = connection.execute("select state, count(*) from notices group by state")
    return {State(state).name.lower(): count for state, count in rows}


def _states(states: Iterable[State]) -> str:
    return f"({', '.join(str(int(state)) for state in states)})"
