"""Pictures that Telegram has already: the last `file_id` of each, and not without end."""

from __future__ import annotations

import pytest

from bot.store import Store, sent_sqlite
from tests.bot.store.conftest import Opener


async def test_a_picture_is_known_by_its_fingerprint_after_a_new_start_too(open_store: Opener) -> None:
    store = await open_store()
    assert await store.picture("one") is None
    await store.keep_picture("one", "AgAC1")
    await store.close()
    store = await open_store()
    assert (await store.picture("one"), await store.picture("other")) == ("AgAC1", None)


async def test_a_newer_file_id_takes_the_place_of_the_one_before(store: Store) -> None:
    await store.keep_picture("one", "AgAC1")
    await store.keep_picture("one", "AgAC2")
    assert await store.picture("one") == "AgAC2"


async def test_of_many_the_oldest_are_forgotten(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sent_sqlite, "MOST", 3)
    for name in ("a", "b", "c", "a", "d"):
        await store.keep_picture(name, f"id {name}")
    assert [await store.picture(name) for name in "abcd"] == ["id a", None, "id c", "id d"]
