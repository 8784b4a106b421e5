"""Whatever is wrong with a feed: no exception but a refusal, no round lost, nobody told what does not stand in it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlite_utils import Database

from bot.feed.merge import Known, merge
from bot.feed.parse import parse, parse_names
from bot.feed.parsed import FeedError
from bot.store import rounds
from bot.store.draws import Merged, to_nobody
from bot.store.migrations import migrations
from scoring.draws import Round, history_of
from tests.bot.feed.mutations import mutated
from tests.bot.feed.samples import NAMES, NOW, POOL, ROWS, TODAY, held
from tests.feedrows import Row, row_of

OLD = [held(str(number), TODAY - timedelta(900 - number), cut_off=number % 400 + 75) for number in range(890, 900)]
GOOD: list[Row] = [*ROWS, *(row_of(each) for each in reversed(OLD))]
# All but the newest round is known; 905 is the one to be told of.
BEFORE = [*parse(json.dumps({"rounds": GOOD[1:]}).encode(), NAMES).rounds]


@pytest.fixture
def store() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrations.apply(Database(connection, execute_plugins=False))
    connection.execute("begin")
    rounds.seed(connection, history_of(BEFORE, TODAY - timedelta(1), [POOL]), NOW - timedelta(days=1))
    yield connection
    connection.close()


def laid(store: sqlite3.Connection, body: bytes) -> Merged | str:
    """What came of a feed, or why it was refused."""
    store.execute("savepoint job")
    try:
        feed = parse(body)
        return rounds.merge(store, lambda known: merge(known, feed, NOW, TODAY), NOW, to_nobody)
    except FeedError as error:
        store.execute("rollback to job")
        return error.code


def standing(body: bytes) -> list[dict[str, Any]]:
    """Everything in a feed that looks like a row, by another way than the one that is tested."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            found = json.loads(body.decode(encoding))["rounds"]
        except UnicodeDecodeError:
            continue
        values = found.values() if isinstance(found, dict) else found
        keys = list(found) if isinstance(found, dict) else [""] * len(found)
        named = zip(keys, values, strict=True)
        return [{"drawNumber": key[1:], **value} for key, value in named if isinstance(value, dict)]
    return []


def stands(held: Round, rows: list[dict[str, Any]]) -> bool:
    """Whether a row says this of a round, each fact of it."""

    def plain(value: object) -> str:
        return re.sub(r"(?<=\d)[ ,\u00a0\u202f](?=\d{3})", "", " ".join(str(value).split()))

    return any(
        plain(row.get("drawNumber")).lower() == held.number
        and plain(row.get("drawDate")) == held.date.isoformat()
        and int("0" + re.sub(r"\D", "", plain(row.get("drawSize")))) == held.invitations
        and plain(row.get("drawCRS")).lstrip("0") == str(held.cut_off)
        and " ".join(str(row.get("drawName")).split()) == held.label_en
        for row in rows
    )


def obeys_the_law(store: sqlite3.Connection, before: Known, body: bytes) -> str:
    """Lay a feed over what is known, check what has to hold whatever it is, and take it back; what came of it."""
    done = laid(store, body)
    after = rounds.known(store)
    if isinstance(done, str):
        assert after == before
        outcome = done
    else:
        rows = standing(body)
        for number, kept in before.rounds.items():
            now = after.rounds[number].held
            assert now == kept.held or stands(now, rows)
        for told in done.merge.announce:
            assert told.number not in before.rounds
            assert stands(told, rows)
            assert -1 <= (TODAY - told.date).days <= 7
        assert after.known_to == TODAY
        outcome = "taken"
        store.execute("rollback to job")
    store.execute("release job")
    return outcome


def check(store: sqlite3.Connection, seeds: range) -> Counter[str]:
    before = rounds.known(store)
    seen: Counter[str] = Counter()
    for seed in seeds:
        body = mutated(GOOD, seed)
        seen[obeys_the_law(store, before, body)] += 1
        try:
            parse_names(body)
        except FeedError as error:
            seen[f"names {error.code}"] += 1
    return seen


def test_the_good_feed_is_taken_and_its_new_round_told(store: sqlite3.Connection) -> None:
    done = laid(store, json.dumps({"rounds": GOOD}).encode())
    assert isinstance(done, Merged)
    assert [each.number for each in done.merge.announce] == ["905"]
    assert done.merge.changes == ()


def test_a_few_hundred_mutated_feeds_lose_no_round_and_tell_nobody_anything_false(store: sqlite3.Connection) -> None:
    seen = check(store, range(600))
    # the law was put to the test on both sides
    assert seen["taken"] > 100
    assert {"not_json", "no_rounds", "lacks", "shrunken", "future", "no_good_row"} <= seen.keys()


@pytest.mark.soak
def test_a_hundred_thousand_mutated_feeds_lose_no_round_and_tell_nobody_anything_false(
    store: sqlite3.Connection,
) -> None:
    seen = check(store, range(1_000, 101_000))
    assert seen["taken"] > 20_000
    assert {
        "encoding",
        "mojibake",
        "not_json",
        "no_rounds",
        "no_good_row",
        "lacks",
        "shrunken",
        "future",
    } <= seen.keys()


def test_after_any_mutated_feed_the_good_one_is_taken_unless_a_round_came_that_it_lacks(
    store: sqlite3.Connection,
) -> None:
    good = json.dumps({"rounds": GOOD}).encode()
    known_good = {each.number: each for each in parse(good).rounds}
    for seed in range(300):
        store.execute("savepoint one")
        laid(store, mutated(GOOD, seed))
        invented = rounds.known(store).rounds.keys() - known_good.keys()
        done = laid(store, good)
        if invented:
            assert done == "lacks"
        else:
            after = {number: kept.held for number, kept in rounds.known(store).rounds.items()}
            assert {number: each._replace(label_fr="") for number, each in after.items()} == known_good
        store.execute("rollback to one")
        store.execute("release one")


def test_the_days_of_the_samples_are_what_the_law_takes_them_for() -> None:
    assert date(2031, 3, 13) == TODAY
    assert max(each.date for each in BEFORE) < TODAY
