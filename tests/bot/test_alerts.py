"""From a subscription in the conversation to the words of an alert: the real store, the real conversation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.alerts import Bulletin, Composer, Herald
from bot.assistant import Assistant
from bot.build import context_of
from bot.store import Turned
from bot.store.sqlite import SqliteStore
from bot.wording import Wording
from conversations.events import Event, Said, Tapped
from conversations.facts import profile_of
from conversations.seen import assumptions
from scoring.draws import History, Round, history_of, shipped
from scoring.resources import toml
from scoring.rulebook import Rulebook
from scoring.rulebook import shipped as shipped_rules
from scoring.worth import worth

TODAY = date(2026, 11, 22)
CHAT = "terminal"
CEC = Round("448", date(2026, 11, 20), "cec", "", "Canadian Experience Class", 3000, 300, "2026-08-01T10:00:00Z")
FRENCH = Round("449", TODAY, "french", "2026-v2", "French-Language proficiency 2026-Version 2", 4000, 400, "")
ANSWERS = {
    "c.birth_date": {"birth_date": "1994-05-02"},
    "h.partner": "none",
    "c.test.0": "celpip_general",
    "c.scores.0": {"listening": 9, "reading": 9, "writing": 9, "speaking": 9},
    "c.taken_on.0": "2026-03-01",
    "c.level.0": "bachelor",
    "c.level_country.0": "CA",
    "c.job.0": {"noc": "21231", "title": "developer"},
    "c.job_country.0": "CA",
    "c.job_period.0": {"started_on": "2023-06-01", "ended_on": None},
    "c.job_hours.0": 40,
}


class Desk:
    """An assistant with its store, and one person who talks with it."""

    def __init__(self, store: SqliteStore) -> None:
        self.store, self.today = store, TODAY
        self.assistant = Assistant(store, Wording(), lambda: self.today, context_of(TODAY, shipped()))
        self.go_by(shipped_rules())

    def go_by(self, book: Rulebook) -> None:
        """Start again under these rules."""
        self.herald = Herald(self.store, lambda: self.today, book=book)
        composer = Composer(Wording(), self.assistant.now)
        self.bulletin = Bulletin(self.store, self.herald, composer, lambda: 1_795_000_000)

    async def does(self, *events: Event) -> None:
        for event in events:
            await self.assistant.turn(CHAT, event)

    async def tells(self, answers: dict[str, Any]) -> None:
        """What was answered before, as a session keeps it."""
        await self.does(Said("/start", "en"), Tapped("c:yes"))
        saved = await self.store.load(CHAT)
        assert saved is not None
        await self.store.turn(CHAT, None, lambda _: _kept({**saved, "answers": answers}))

    async def hears(self, *rounds: Round) -> list[str]:
        """What the bulletin shows once these rounds were announced."""
        self.assistant.learn(_with(*rounds))
        await self.store.announce(rounds)
        news = await self.bulletin.news(CHAT)
        await self.bulletin.shown(news)
        return [message["text"] for each in news for message in each.messages]


def _kept(session: dict[str, Any]) -> Turned:
    return Turned(session, changed=True)


def _with(*rounds: Round) -> History:
    known = shipped()
    return history_of([*known.rounds, *rounds], TODAY, known.snapshots)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with await SqliteStore.open(tmp_path / "tirage.db") as store:
        yield Desk(store)


async def test_a_person_who_wants_all_rounds_is_told_of_each_once(desk: Desk) -> None:
    await desk.tells(ANSWERS)
    await desk.does(Tapped("s:all"))
    (text,) = await desk.hears(CEC)
    assert "300" in text
    assert await desk.hears(CEC) == []


async def test_a_person_who_wants_what_concerns_them_hears_of_the_types_they_fit(desk: Desk) -> None:
    await desk.tells(ANSWERS)
    await desk.does(Tapped("s:mine"))
    texts = await desk.hears(CEC, FRENCH)
    assert len(texts) == 1
    assert "Canadian Experience Class" in texts[0]


async def test_the_score_is_that_of_the_day_of_the_round(desk: Desk) -> None:
    """On the 30th birthday the score falls: a round of the day before is told with the score of the day before."""
    await desk.tells({**ANSWERS, "c.birth_date": {"birth_date": "1996-11-21"}})
    await desk.does(Tapped("s:all"))
    eve, day = (CEC._replace(number=str(number), date=date(2026, 11, number - 430)) for number in (450, 451))
    texts = await desk.hears(eve, day)
    scores = [await _score(desk, each.date) for each in (eve, day)]
    assert scores[0] > scores[1]
    for text, score in zip(texts, scores, strict=True):
        assert str(score) in text


async def _score(desk: Desk, on: date) -> int:
    saved = await desk.store.load(CHAT)
    assert saved is not None
    return worth(profile_of(saved["answers"]), on, assume_absent=assumptions(saved["answers"])).low


async def test_a_muted_person_hears_nothing_and_a_deleted_one_leaves_nothing(desk: Desk) -> None:
    await desk.tells(ANSWERS)
    await desk.does(Tapped("s:all"), Tapped("s:mute"))
    assert await desk.hears(CEC) == []
    assert (await desk.store.everything(CHAT))["worth"] is None


async def test_what_a_profile_is_worth_is_worked_out_again_when_its_day_has_come_and_not_before(desk: Desk) -> None:
    await desk.tells(ANSWERS)
    await desk.does(Tapped("s:mine"))
    await desk.herald.settle()
    kept = (await desk.store.everything(CHAT))["worth"]
    ahead = date.fromisoformat(kept["next_change"])
    assert ahead > TODAY
    for desk.today in (date.fromordinal(ahead.toordinal() - 1), ahead):
        await desk.herald.settle()
        looked = (await desk.store.everything(CHAT))["worth"]["on"]
        assert looked == (ahead.isoformat() if desk.today == ahead else TODAY.isoformat())


async def test_a_change_of_the_rules_is_told_once_with_the_lines_before_and_after(desk: Desk) -> None:
    await desk.tells(ANSWERS)
    await desk.does(Tapped("s:all"))
    await desk.herald.settle()
    before = (await desk.store.everything(CHAT))["worth"]
    desk.go_by(_poorer())
    (text,) = await desk.hears()
    after = (await desk.store.everything(CHAT))["worth"]
    assert (after["low"], after["high"]) == (before["low"] - 1, before["high"] - 1)
    assert f"{before['low']} to {before['high']} → <b>{after['low']} to {after['high']}</b>" in text
    assert "Education: 120 → 119" in text
    assert await desk.hears() == []


def _poorer() -> Rulebook:
    """The rules with one figure put right: a degree of three years pays a point less."""
    crs = deepcopy(toml("rules/crs.toml"))
    for levels in (table["levels"] for table in crs["education"]):
        levels["bachelor"] = {who: points - 1 for who, points in levels["bachelor"].items()}
    return Rulebook({"crs": crs})


async def test_an_export_holds_what_was_told(desk: Desk) -> None:
    await desk.tells(ANSWERS)
    await desk.does(Tapped("s:all"))
    await desk.hears(CEC)
    sent = await desk.assistant.turn(CHAT, Tapped("t:export"))
    assert sent is not None
    assert '"about": "round:448"' in sent[-1].message["file"]["content"]
