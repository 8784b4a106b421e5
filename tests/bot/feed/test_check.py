"""A look at the live feed, with a real store and a real server: what changed, and what went wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.feed.check import Checked, Look, Urls
from bot.feed.fetch import Client
from bot.store.sqlite import SqliteStore
from scoring.draws import history_of
from tests.bot.feed.samples import FRENCH, NAMES, NOW, POOL, ROWS, TODAY, held
from tests.feedrows import row, row_of
from tests.feedserver import FeedServer

OLD = [held(str(number), TODAY - timedelta(60 - number), cut_off=500 + number) for number in range(1, 20)]
LATER = NOW + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    """Publishes what the store knows."""
    async with FeedServer([row_of(each) for each in reversed(OLD)]) as feed:
        yield feed


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    async with await SqliteStore.open(tmp_path / "tirage.db") as opened:
        await opened.seed(history_of(OLD, TODAY - timedelta(30)), NOW - timedelta(days=1))
        yield opened


@pytest.fixture
def look(store: SqliteStore, server: FeedServer) -> Look:
    return Look(store, Client(total=5.0), Urls(server.url_en, server.url_fr))


def statuses(server: FeedServer) -> list[str]:
    return [f"{asked.lang} {asked.status}" for asked in server.asked]


async def test_a_new_round_is_taken_with_its_french_name(look: Look, server: FeedServer, store: SqliteStore) -> None:
    server.publish(ROWS[1], NAMES["904b"])
    checked = await look(NOW, TODAY)
    assert checked.merge is not None
    assert [each.number for each in checked.merge.announce] == ["904b"]
    taken = (await store.history()).get("904b")
    assert taken is not None
    assert (taken.label_en, taken.label_fr) == (FRENCH, NAMES["904b"])
    assert (await store.history()).pool(TODAY) == POOL
    assert (await store.history()).known_to == TODAY


async def test_a_feed_that_did_not_change_is_asked_for_and_not_sent(look: Look, server: FeedServer) -> None:
    await look(NOW, TODAY)
    await look(LATER, TODAY)
    assert statuses(server) == ["en 200", "fr 200", "en 304", "fr 304"]


async def test_without_validators_the_same_bytes_are_the_same(look: Look, server: FeedServer) -> None:
    server.validators = False
    first, again = await look(NOW, TODAY), await look(LATER, TODAY)
    assert first.merge is not None
    assert first.merge.whole
    assert again.merge is not None
    assert not again.merge.whole


async def test_a_look_anew_takes_both_files_whole(look: Look, server: FeedServer) -> None:
    await look(NOW, TODAY)
    checked = await look(LATER, TODAY, anew=True)
    assert statuses(server) == ["en 200", "fr 200"] * 2
    assert checked.merge is not None
    assert checked.merge.whole


async def test_a_name_that_stood_in_the_french_file_before_its_round_is_found(
    look: Look, server: FeedServer, store: SqliteStore
) -> None:
    server.rows.insert(0, ROWS[0])
    server.labels_fr["905"] = NAMES["905"]
    english = server.rows
    server.rows = english[1:]  # the English file lags
    server.trouble("bytes", body=server.body("en"), lang="en")
    server.rows = english
    await look(NOW, TODAY)
    assert (await store.history()).get("905") is None
    await look(LATER, TODAY)
    taken = (await store.history()).get("905")
    assert taken is not None
    assert taken.label_fr == NAMES["905"]


@pytest.mark.parametrize("kind", ["html", "truncate", "status", "cut", "slow"])
async def test_a_broken_french_file_holds_nothing_up_and_its_names_come_later(
    server: FeedServer, store: SqliteStore, kind: str
) -> None:
    look = Look(store, Client(total=0.5), Urls(server.url_en, server.url_fr))
    server.publish(ROWS[0], NAMES["905"])
    server.trouble(kind, 503, lang="fr")  # type: ignore[arg-type]
    checked = await look(NOW, TODAY)
    assert checked.trouble is None
    assert checked.trouble_fr is not None
    taken = (await store.history()).get("905")
    assert taken is not None
    assert taken.label_fr == ""
    server.calm()
    checked = await look(LATER, TODAY)
    taken = (await store.history()).get("905")
    assert taken is not None
    assert taken.label_fr == NAMES["905"]
    assert checked.merge is not None
    assert [each.number for each in checked.merge.corrected] == ["905"]


@pytest.mark.parametrize(
    ("kind", "code"),
    [("html", "not_json"), ("truncate", "not_json"), ("status", "failing"), ("cut", "network"), ("slow", "slow")],
)
async def test_a_broken_english_file_changes_nothing_and_the_next_good_one_is_taken(
    server: FeedServer, store: SqliteStore, kind: str, code: str
) -> None:
    look = Look(store, Client(total=0.5), Urls(server.url_en, server.url_fr))
    await look(NOW, TODAY)
    before = await store.history()
    server.publish(ROWS[0])
    server.trouble(kind, 503, lang="en")  # type: ignore[arg-type]
    checked = await look(LATER, TODAY)
    assert checked.merge is None
    assert checked.trouble is not None
    assert checked.trouble.code == code
    assert await store.history() is before
    file = await store.feed_file(server.url_en)
    assert (file.error, file.failing_since, file.last_ok) == (code, LATER, NOW)
    server.calm()
    checked = await look(LATER, TODAY)
    assert checked.merge is not None
    assert [each.number for each in checked.merge.announce] == ["905"]
    assert (await store.feed_file(server.url_en)).error == ""


async def test_a_feed_that_lacks_a_round_is_asked_for_whole_until_it_has_it_again(
    look: Look, server: FeedServer, store: SqliteStore
) -> None:
    await look(NOW, TODAY)
    lost = server.rows[3]
    server.withdraw(lost["drawNumber"])
    server.publish(ROWS[0])
    for _ in range(2):
        checked = await look(LATER, TODAY)
        assert checked.trouble is not None
        assert checked.trouble.code == "lacks"
    assert (await store.history()).get("905") is None
    assert statuses(server)[-4:] == ["en 200", "fr 200"] * 2
    server.rows.append(lost)
    checked = await look(LATER, TODAY)
    assert checked.merge is not None
    assert [each.number for each in checked.merge.announce] == ["905"]


async def test_a_dry_look_tells_what_would_change_and_writes_nothing(
    look: Look, server: FeedServer, store: SqliteStore
) -> None:
    before = await store.history()
    server.publish(row("906", TODAY, "Lighthouse keepers"), "Gens de phare")
    checked = await look(NOW, TODAY, dry=True)
    assert checked.merge is not None
    assert [each.number for each in checked.merge.new] == ["906"]
    assert [oddity.code for oddity in checked.fresh] == ["unknown_label"]
    assert await store.history() is before
    assert (await store.feed_file(server.url_en)).hash == ""
    server.trouble("status", 403)
    refused: Checked = await look(NOW, TODAY, dry=True)
    assert refused.trouble is not None
    assert (await store.feed_file(server.url_en)).error == ""


async def test_rounds_published_one_by_one_are_each_announced_once(look: Look, server: FeedServer) -> None:
    announced: list[str] = []
    for number in range(30, 40):
        server.publish(row(str(number), TODAY))
        for _ in range(3):
            checked = await look(NOW, TODAY)
            assert checked.merge is not None
            announced += [each.number for each in checked.merge.announce]
    assert announced == [str(number) for number in range(30, 40)]
