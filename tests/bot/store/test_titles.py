"""Job titles that were added: kept once each, beside those before or in their place."""

from __future__ import annotations

from bot.store import Store
from bot.store.titles import Added, Title
from tests.bot.store.conftest import Opener

NURSE, NURSES, COOK = Title("31301", "Ward nurse"), Title("31301", "Infirmière"), Title("63200", "Line cook")


async def test_titles_are_kept_over_a_new_start_by_code_and_title(open_store: Opener) -> None:
    store = await open_store()
    assert await store.titles() == []
    assert await store.add_titles([COOK, NURSE, NURSES]) == Added(3, 3)
    await store.close()
    assert await (await open_store()).titles() == [NURSES, NURSE, COOK]


async def test_a_title_that_is_known_already_stays_once(store: Store) -> None:
    await store.add_titles([NURSE, NURSE])
    assert await store.add_titles([NURSE, COOK]) == Added(1, 2)
    assert await store.titles() == [NURSE, COOK]


async def test_titles_in_place_of_others_leave_none_of_them(store: Store) -> None:
    await store.add_titles([NURSE, COOK])
    assert await store.add_titles([NURSE, NURSES], replace=True) == Added(1, 2)
    assert await store.titles() == [NURSES, NURSE]
