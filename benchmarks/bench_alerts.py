"""What a round costs where a million people want to hear of it, and what a night costs; on one SQLite file, in one run.

The subscribers are written by plain SQL: to talk with a million people would take the better part of a day. What is
measured then is the store and the Herald of `tirage run`. BENCH_SUBSCRIBERS takes another number than a million.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bot.alerts import Herald
from bot.store import Turned
from bot.store.alerts import EVERY, UNKNOWN
from bot.store.opening import open_writer
from bot.store.sqlite import SqliteStore
from bot.worth import made_under
from conversations.session import Session
from conversations.subscription import Subscription
from scoring.draws import Round
from scoring.rulebook import shipped

TODAY, LATER = date(2026, 11, 22), "2027-05-02"
SUBSCRIBERS = int(os.environ.get("BENCH_SUBSCRIBERS", "1000000"))
TARGET_SECONDS = 15.0
COLUMNS = {
    "chats": "chat, session, updated_on",
    "subscribers": "chat, wants, listed, zone, quiet_begins, quiet_ends, silent",
    "concerned": "type, chat",
    "worth": "chat, seq, next_change, rules, low, high, verdicts, kept",
}
DUE = (200, 400, 800)
ROUND = Round("448", TODAY, "cec", "", "Canadian Experience Class", 3000, 510, "")


def main() -> None:
    """Print the figures of the alerts."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tirage.db"
        _fill(path)
        asyncio.run(_measure(path))


def _fill(path: Path) -> None:
    """Half want every round, a quarter those that concern them, a quarter two types of their choice."""
    with closing(open_writer(path, 10.0)) as connection:
        connection.execute("begin")
        for table, columns in COLUMNS.items():
            marks = ", ".join("?" * (columns.count(",") + 1))
            connection.executemany(f"insert into {table} ({columns}) values ({marks})", _rows(table))
        connection.execute("commit")
        connection.execute("pragma wal_checkpoint(truncate)")
    print(f"{SUBSCRIBERS:,} subscribers in a file of {path.stat().st_size / 2**20:,.0f} MB")


def _rows(table: str) -> Iterator[tuple[object, ...]]:
    rules = made_under(shipped())
    verdicts = json.dumps({"cec": "fits", "french": "nearly", "general": "fits"})
    for number in range(SUBSCRIBERS):
        chat, wants = f"tg:{number:09}", ("all", "mine", "all", "types")[number % 4]
        listed = {"all": [EVERY], "mine": ["cec", "general", "trades", UNKNOWN], "types": ["cec", "pnp"]}[wants]
        if table == "chats":
            yield chat, _session(wants), TODAY.isoformat()
        elif table == "subscribers":
            yield chat, wants, json.dumps(listed), "America/Toronto", 1320, 420, 0
        elif table == "concerned":
            yield from ((kind, chat) for kind in listed)
        else:
            low = 400 + number % 200
            kept = {
                "on": TODAY.isoformat(),
                "low": low,
                "high": low,
                "verdicts": {},
                "concerns": [],
                "lines": {},
                "next_change": LATER,
            }
            yield chat, 0, LATER, rules, low, low, verdicts, json.dumps(kept)


def _session(wants: str) -> str:
    answers = {"c.birth_date": {"birth_date": "1994-05-02"}, "h.partner": "none", "c.level.0": "bachelor"}
    told = Subscription("all" if wants == "all" else "mine").as_json()
    return json.dumps(Session(language="en", consented=True, answers=answers, alerts=told).as_json())


async def _measure(path: Path) -> None:
    async with await SqliteStore.open(path) as store:
        herald = Herald(store, lambda: TODAY)
        await _night(herald)  # the first look reads the rules too
        nothing = await _night(herald)
        print(f"a night on which nobody's day has come: {nothing * 1000:.1f} ms")
        await _nights(path, herald, nothing)
        await _round(store, herald)


async def _nights(path: Path, herald: Herald, nothing: float) -> None:
    costs = []
    for due in DUE:
        _let_come(path, due)
        took = await _night(herald)
        costs.append((took - nothing) / due)
        print(f"a night on which {due:,} are due: {took:.2f} s, {costs[-1] * 1000:.2f} ms each")
    print(f"each of {DUE[-1]:,} costs {costs[-1] / costs[0]:.2f} of what each of {DUE[0]:,} does (proportional: 1.00)")


def _let_come(path: Path, due: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(
            "update worth set next_change = ? where chat in (select chat from worth limit ?)", (TODAY.isoformat(), due)
        )


async def _night(herald: Herald) -> float:
    begin = perf_counter()
    await herald.settle()
    return perf_counter() - begin


async def _round(store: SqliteStore, herald: Herald) -> None:
    await store.announce([ROUND])
    before = _peak()
    done = asyncio.Event()
    waits = asyncio.create_task(_turns(store, done))
    begin = perf_counter()
    await herald.settle()
    took = perf_counter() - begin
    done.set()
    longest, turns = await waits
    queued = (await store.waiting_notices())["waiting"]
    print(f"a round put into {queued:,} queues: {took:.1f} s (at most {TARGET_SECONDS:.0f} for a million)")
    print(f"  memory grew by {_peak() - before:.0f} MB")
    print(f"  {turns} turns meanwhile, the longest of which waited {longest * 1000:.0f} ms")
    begin = perf_counter()
    first = await store.to_send("tg:", 100)
    print(f"  the first {len(first)} to send are found in {(perf_counter() - begin) * 1000:.1f} ms")


async def _turns(store: SqliteStore, done: asyncio.Event) -> tuple[float, int]:
    """Somebody else talks meanwhile."""
    longest, turns = 0.0, 0
    while not done.is_set():
        begin = perf_counter()
        await store.turn("tg:-1", None, lambda _: Turned({}))
        longest, turns = max(longest, perf_counter() - begin), turns + 1
        await asyncio.sleep(0.01)
    return longest, turns


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
