"""Rounds in the store: taken in once, never overwritten by what is older, written all or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from bot.feed.merge import Known, Merge, lay_file, merge
from bot.feed.parsed import FeedError, Oddity, ParsedFeed
from bot.store import Store
from bot.store.draws import FeedFile
from scoring.draws import History, Reading, Round, history_of, shipped
from scoring.pool import Band, snapshot
from tests.bot.store.conftest import Opener

AT = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
TODAY = AT.date()
NEW = Round("448", date(2026, 11, 20), "cec", "", "Canadian Experience Class", 1_000, 510, "2026-10-01T10:00:00Z", "")


def whole(*more: Round, history: History | None = None) -> ParsedFeed:
    """A feed that has all the shipped rounds, and more."""
    rounds = (*(history or shipped()).rounds, *more)
    return ParsedFeed(rounds, {each.number: each.tie_break_utc for each in rounds})


async def test_what_is_known_before_anything_was_taken_in_is_what_ships(store: Store) -> None:
    assert await store.history_version() == 0
    history = await store.history()
    assert (history.rounds, history.snapshots) == (shipped().rounds, shipped().snapshots)
    assert history.known_to == shipped().known_to


async def test_the_shipped_history_is_taken_in_once(store: Store, open_store: Opener) -> None:
    await store.seed(shipped(), AT)
    version = await store.history_version()
    other = await open_store()
    await other.seed(shipped(), AT + timedelta(days=1))
    assert await other.history_version() == version == 1
    history = await other.history()
    assert (history.rounds, history.snapshots) == (shipped().rounds, shipped().snapshots)


async def test_a_newer_shipped_history_adds_and_mends_and_leaves_what_the_feed_said(store: Store) -> None:
    older = history_of(shipped().rounds[:-2], date(2026, 9, 28), shipped().snapshots[:-1])
    await store.seed(older, AT)
    said = older.rounds[-1]._replace(cut_off=1)
    await store.merge(lambda known: merge(known, whole(said, history=_without(older, said)), AT, TODAY), AT)
    mended = shipped().rounds[-1]._replace(label_fr="Autrement dit")
    newer = history_of((*shipped().rounds[:-1], mended), shipped().known_to, shipped().snapshots)
    await store.seed(newer, AT)
    history = await store.history()
    assert len(history.rounds) == len(shipped().rounds)
    assert history.get(said.number) == said
    assert history.get(mended.number) == mended
    assert history.snapshots == shipped().snapshots
    assert history.known_to == TODAY


def _without(history: History, one: Round) -> History:
    return history_of((held for held in history.rounds if held.number != one.number), history.known_to)


async def test_a_history_is_one_object_until_something_changes(store: Store, open_store: Opener) -> None:
    await store.seed(shipped(), AT)
    before = await store.history()
    assert await store.history() is before
    other = await open_store()
    await other.merge(lambda known: lay_file(known, ParsedFeed((NEW,)), TODAY), AT)
    after = await store.history()
    assert after is not before
    assert after.get("448") == NEW
    assert await store.history() is after


async def test_a_look_on_another_day_is_known_and_one_on_the_same_day_changes_nothing(store: Store) -> None:
    await store.merge(lambda known: merge(known, whole(), AT, TODAY), AT)
    version = await store.history_version()
    await store.merge(lambda known: merge(known, whole(), AT, TODAY), AT)
    assert await store.history_version() == version
    await store.merge(lambda known: merge(known, whole(), AT, TODAY + timedelta(1)), AT)
    assert (await store.history()).known_to == TODAY + timedelta(1)
    assert await store.history_version() == version + 1


async def test_new_rounds_are_announced_in_the_transaction_that_writes_them(store: Store) -> None:
    told: list[tuple[Sequence[Round], Sequence[Round]]] = []

    def announce(connection: sqlite3.Connection, new: Sequence[Round], corrected: Sequence[Round]) -> None:
        assert connection.in_transaction
        assert (
            connection.execute("select cut_off from rounds where number = '448'").fetchone()
            == (new or corrected)[0][6:7]
        )
        told.append((new, corrected))

    await store.merge(lambda known: merge(known, whole(NEW), AT, TODAY), AT, announce)
    later = AT + timedelta(minutes=5)
    mended = NEW._replace(cut_off=511)
    await store.merge(lambda known: merge(known, whole(mended), later, TODAY), later, announce)
    await store.merge(lambda known: merge(known, whole(mended), later, TODAY), later, announce)
    assert told == [((NEW,), ()), ((), (mended,))]


async def test_when_nothing_can_be_announced_nothing_is_written(store: Store) -> None:
    def broken(_connection: sqlite3.Connection, _new: Sequence[Round], _corrected: Sequence[Round]) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await store.merge(lambda known: merge(known, whole(NEW), AT, TODAY), AT, broken)
    assert (await store.history()).get("448") is None


async def test_a_feed_that_is_refused_leaves_everything_as_it_was(store: Store) -> None:
    await store.seed(shipped(), AT)
    before = await store.history()
    with pytest.raises(FeedError, match="lacks"):
        await store.merge(lambda known: merge(known, ParsedFeed((NEW,)), AT, TODAY), AT)
    assert await store.history() is before


async def test_where_rounds_are_from_and_when_they_came_is_kept(store: Store) -> None:
    await store.seed(shipped(), AT)
    later = AT + timedelta(hours=1)
    await store.merge(lambda known: lay_file(known, ParsedFeed((NEW,)), TODAY), later)
    kept = (await store.known()).rounds
    assert (kept["447"].source, kept["447"].first_seen) == ("shipped", AT)
    assert (kept["448"].source, kept["448"].first_seen) == ("file", later)
    much_later = AT + timedelta(hours=2)
    await store.merge(lambda known: merge(known, whole(NEW), much_later, TODAY), much_later)
    kept = (await store.known()).rounds
    assert (kept["447"].source, kept["447"].first_seen) == ("feed", AT)
    assert (kept["448"].source, kept["448"].first_seen) == ("feed", much_later)


async def test_changes_and_snapshots_are_written(store: Store) -> None:
    pool = snapshot(date(2026, 11, 15), [Band(0, 600, 5), Band(601, 1200, 7)])
    edited = shipped().rounds[0]._replace(cut_off=885, label_fr="Aucun programme")
    feed = whole(history=history_of((edited, *shipped().rounds[1:]), TODAY))
    merged = await store.merge(lambda known: merge(known, replace(feed, snapshots=(pool,)), AT, TODAY), AT)
    assert [change[:2] for change in merged.merge.changes] == [("1", "cut_off"), ("1", "label_fr")]
    history = await store.history()
    assert history.get("1") == edited
    assert history.pool(TODAY) == pool


async def test_when_a_round_was_read_and_how_it_stood_then_is_told_of_rounds_of_the_live_feed(store: Store) -> None:
    later, latest = AT + timedelta(minutes=10), AT + timedelta(minutes=20)
    await store.merge(lambda known: merge(known, whole(NEW), AT, TODAY), AT)
    assert (await store.history()).readings == {"448": Reading(AT, None)}
    for cut_off, at in ((511, later), (512, latest)):
        await store.merge(partial(merge, feed=whole(NEW._replace(cut_off=cut_off)), now=at, today=TODAY), at)
    history = await store.history()
    assert history.readings["448"] == Reading(AT, NEW)
    held = history.get("448")
    assert held is not None
    assert held.cut_off == 512


async def test_a_round_that_was_withdrawn_is_gone(store: Store) -> None:
    await store.merge(lambda known: merge(known, whole(NEW), AT, TODAY), AT)
    await store.merge(lambda known: merge(known, whole(), AT, TODAY, withdraw=True), AT)
    history = await store.history()
    assert history.rounds == shipped().rounds
    assert history.get("448") is None


async def test_an_oddity_is_fresh_once_and_again_after_it_was_gone(store: Store) -> None:
    odd = Oddity("tie_break", "447", "in March")
    aside = Oddity("date", "448", "{}")
    bad = replace(whole(), warnings=(odd,), quarantined=(aside,))

    async def fresh(feed: ParsedFeed) -> tuple[Oddity, ...]:
        return (await store.merge(lambda known: merge(known, feed, AT, TODAY), AT)).fresh

    assert await fresh(bad) == (aside, odd)
    assert await fresh(bad) == ()
    assert await fresh(whole()) == ()
    assert await fresh(bad) == (aside, odd)


async def test_a_look_that_finds_the_feed_unchanged_leaves_its_oddities(store: Store) -> None:
    odd = Oddity("tie_break", "447", "in March")
    bad = replace(whole(), warnings=(odd,))
    await store.merge(lambda known: merge(known, bad, AT, TODAY), AT)

    def nothing(known: Known) -> Merge:
        return Merge("feed", known.known_to)

    await store.merge(nothing, AT)
    assert (await store.merge(lambda known: merge(known, bad, AT, TODAY), AT)).fresh == ()


async def test_thousands_of_oddities_are_kept_to_a_limit_and_told_once(store: Store) -> None:
    bad = replace(whole(), quarantined=tuple(Oddity("number", "", str(place)) for place in range(5_000)))
    first = await store.merge(lambda known: merge(known, bad, AT, TODAY), AT)
    again = await store.merge(lambda known: merge(known, bad, AT, TODAY), AT)
    assert (len(first.fresh), len(again.fresh)) == (200, 0)


async def test_what_is_known_of_a_file_of_the_feed_is_kept(store: Store, open_store: Opener) -> None:
    assert await store.feed_file("http://a") == FeedFile()
    file = FeedFile('"tag"', "Thu, 13 Mar 2031 15:00:00 GMT", "0123", AT, "slow", AT - timedelta(hours=1))
    await store.keep_feed_file("http://a", file)
    other = await open_store()
    assert await other.feed_file("http://a") == file
    await other.forget_feed_files()
    assert await store.feed_file("http://a") == FeedFile("", "", "", AT, "slow", AT - timedelta(hours=1))
