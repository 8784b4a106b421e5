"""Reminders in the store: they wait for their moment, stand once, move with their date and go with the chat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.store import Store, Turned
from bot.store.migrations import migrations
from bot.store.notices import Due, Notice, Refreshed
from bot.store.sqlite import SqliteStore
from bot.store.without_numpy import Database
from conversations.subscription import Subscription
from scoring.draws import Round
from tests.bot.store.conftest import Opener

TODAY, RULES, NEVER = "2031-03-12", "rules of today", "9999-12-31"
CEC = Round("903", date(2031, 3, 11), "cec", "", "Canadian Experience Class", 2468, 512, "")


async def wants(store: Store, chat: str, wants: Any = "off", *, reminders: bool = True) -> None:
    told = Subscription(wants, reminders=reminders).as_json()
    await store.turn(chat, None, lambda _: Turned({"who": chat}, subscription=told))


def reminder(name: str, at: int = 1000, day: str = TODAY, *, ahead: bool = True) -> Due:
    return Due(f"reminder:{day}:{name}", at, {"about": name}, ahead)


async def stand(store: Store, chat: str, due: Sequence[Due] | None, wants: str = "off") -> None:
    """Work a chat out, with these reminders."""
    (stale,) = [each for each in await store.stale(NEVER, RULES, 10) if each.chat == chat]
    assert stale.wants == wants
    await store.keep_worth([Refreshed(chat, stale.seq, NEVER, RULES, 1, 1, {}, {}, None, (), due)])


async def in_line(store: Store, now: int = 0) -> list[str]:
    await store.wake(now)
    return [notice.subject.rpartition(":")[2] for notice in await store.to_send("tg:", 10)]


async def only(store: Store, now: int) -> Notice:
    await store.wake(now)
    (notice,) = await store.to_send("tg:", 10)
    return notice


@pytest.mark.parametrize(("now", "told"), [(999, []), (1000, ["test"]), (1001, ["test"])])
async def test_a_reminder_waits_for_its_moment(store: Store, now: int, told: list[str]) -> None:
    await wants(store, "tg:1")
    await stand(store, "tg:1", [reminder("test"), reminder("eca", 5000)])
    assert await store.wake(now) == (5000 if told else 1000)
    assert await in_line(store, now) == told


async def test_it_is_told_once_however_often_it_is_worked_out_and_by_whichever_process(open_store: Opener) -> None:
    first = await open_store()
    await wants(first, "tg:1")
    await stand(first, "tg:1", [reminder("test")])
    await stand(first, "tg:1", [reminder("test")])
    notice = await only(first, 1000)
    assert (notice.kind, notice.told) == ("reminder", {"about": "test"})
    await first.close()
    second = await open_store()
    assert await in_line(second) == ["test"]
    await second.delivered(notice, 7, "d", 1001)
    await stand(second, "tg:1", [reminder("test")])
    assert await in_line(second, 2000) == []
    assert await second.waiting_notices() == {"sent": 1}


async def test_it_goes_with_its_fact_and_moves_with_its_moment(store: Store) -> None:
    await wants(store, "tg:1")
    await stand(store, "tg:1", [reminder("test"), reminder("eca")])
    await stand(store, "tg:1", [reminder("test", 2000)])
    assert await in_line(store, 1000) == []
    assert await in_line(store, 2000) == ["test"]
    await stand(store, "tg:1", [])
    assert await in_line(store, 9999) == []
    assert await store.waiting_notices() == {}


async def test_what_is_past_is_not_begun_but_what_stands_already_is_told(store: Store) -> None:
    await wants(store, "tg:1")
    await stand(store, "tg:1", [reminder("test", ahead=False)])
    assert await in_line(store, 9999) == []
    await stand(store, "tg:1", [reminder("eca", 2000)])
    await stand(store, "tg:1", [reminder("eca", 1500, ahead=False)])
    assert await in_line(store, 1500) == ["eca"]


async def test_a_look_that_cannot_tell_leaves_them(store: Store) -> None:
    await wants(store, "tg:1")
    await stand(store, "tg:1", [reminder("test")])
    await stand(store, "tg:1", None)
    assert await in_line(store, 1000) == ["test"]


async def test_none_goes_out_while_changed_answers_are_to_be_worked_out(store: Store) -> None:
    await wants(store, "tg:1")
    await stand(store, "tg:1", [reminder("early", 500), reminder("test")])
    assert await in_line(store, 500) == ["early"]
    await store.turn("tg:1", None, lambda saved: Turned(saved, changed=True))
    assert await in_line(store, 1000) == []
    await stand(store, "tg:1", [reminder("test")])
    assert await in_line(store, 1000) == ["test"]


@pytest.mark.parametrize("alerts", ["off", "all"])
async def test_to_turn_them_off_takes_back_what_waits_and_leaves_the_alerts(store: Store, alerts: str) -> None:
    await wants(store, "tg:1", alerts)
    await stand(store, "tg:1", [reminder("test"), reminder("eca", 5000)], alerts)
    await store.announce([CEC])
    for subject in await store.unfinished():
        await store.fan_out(subject, 10)
    assert sorted(await in_line(store, 1000)) == ([*(["903"] if alerts == "all" else []), "test"])
    await wants(store, "tg:1", alerts, reminders=False)
    assert await in_line(store, 9999) == (["903"] if alerts == "all" else [])
    assert bool(await store.stale(NEVER, RULES, 10)) is (alerts == "all")


async def test_to_turn_the_alerts_off_leaves_the_reminders(store: Store) -> None:
    await wants(store, "tg:1", "all")
    await stand(store, "tg:1", [reminder("test")], "all")
    await wants(store, "tg:1", "off")
    await stand(store, "tg:1", [reminder("test")])
    notice = await only(store, 1000)
    assert notice.subscriber is not None


async def test_who_blocked_the_bot_is_reminded_again_of_what_is_ahead_when_they_write(store: Store) -> None:
    await wants(store, "tg:1")
    await stand(store, "tg:1", [reminder("now"), reminder("later", 5000)])
    assert await in_line(store, 1000) == ["now"]
    await store.silence("tg:1")
    assert await in_line(store, 1000) == []
    await store.turn("tg:1", None, lambda saved: Turned(saved))
    assert await in_line(store, 5000) == ["later"]


async def test_a_removed_chat_leaves_no_trace_of_its_dates(store: Store, tmp_path: Path) -> None:
    await wants(store, "tg:1")
    await stand(store, "tg:1", [reminder("1994-05-02"), reminder("eca", 5000)])
    await store.delivered(await only(store, 1000), 1, "d", 1001)
    told = (await store.everything("tg:1"))["notices"]
    assert sorted((each["about"], each["state"], each["at"]) for each in told) == [
        (f"reminder:{TODAY}:1994-05-02", "sent", 1001),
        (f"reminder:{TODAY}:eca", "due", 5000),
    ]
    await store.turn("tg:1", None, lambda _: Turned(None))
    assert (await store.everything("tg:1"))["notices"] == []
    assert await store.waiting_notices() == {}
    await store.close()
    db = Database(tmp_path / "kept" / "tirage.db")
    assert not [row for table in db.table_names() for row in db[table].rows if "1994-05-02" in str(row)]


async def test_who_looks_on_the_day_is_shown_those_of_that_day_and_no_later_one(store: Store) -> None:
    await wants(store, "terminal")
    due = [reminder("past", 500, "2031-03-11"), reminder("today", 1000), reminder("tomorrow", 1500, "2031-03-13")]
    await stand(store, "terminal", due)
    await store.come("terminal", TODAY)
    told = [notice.subject for notice in await store.to_send("terminal", 10)]
    assert told == ["reminder:2031-03-11:past", "reminder:2031-03-12:today"]


async def test_what_was_told_is_forgotten_after_a_while_and_what_is_ahead_is_not(store: Store) -> None:
    await wants(store, "tg:1")
    await stand(store, "tg:1", [reminder("told", 1000, "2031-03-11"), reminder("ahead", 5000, "2031-03-11")])
    await store.delivered(await only(store, 1000), 1, "d", 1001)
    await store.prune("2031-03-11")
    assert await store.waiting_notices() == {"sent": 1, "due": 1}
    await store.prune("2031-03-12")
    assert await store.waiting_notices() == {"due": 1}


async def test_a_file_of_before_there_were_reminders_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    old = Database(path)
    migrations.apply(old, stop_before="0006_reminders")
    old.execute("insert into subscribers values ('tg:1', 'all', '[\"*\"]', null, null, null, 0)")
    old.conn.commit()
    old.close()
    path.chmod(0o600)
    async with await SqliteStore.open(path) as store:
        await wants(store, "tg:1", "all")
        await stand(store, "tg:1", [reminder("test")], "all")
        assert await in_line(store, 1000) == ["test"]
