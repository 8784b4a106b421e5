"""The assistant goes by the rounds that the store knows, also where another process brought them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from bot.latest import Latest
from bot.store.sqlite import SqliteStore
from scoring.draws import History, Round, shipped

NOW = datetime(2026, 11, 22, tzinfo=UTC)
HELD = Round("903", date(2026, 11, 18), "cec", "", "Canadian Experience Class", 2468, 512, "")


async def test_what_another_process_brought_is_learnt_once(tmp_path: Path) -> None:
    learnt: list[History] = []
    async with await SqliteStore.open(tmp_path / "t.db") as ours, await SqliteStore.open(tmp_path / "t.db") as other:
        await ours.seed(shipped(), NOW)
        latest = Latest(ours, learnt.append)
        before = [await latest(), await latest()]
        assert [history.get("903") for history in learnt] == [None]
        known = shipped()
        await other.seed(History((*known.rounds, HELD), known.known_to, known.snapshots), NOW)
        after = [await latest(), await latest()]
    assert [history.get("903") for history in learnt] == [None, HELD]
    assert before[0] == before[1] < after[0] == after[1]
