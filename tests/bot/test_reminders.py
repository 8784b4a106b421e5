"""From "remind me" in the conversation to the message on its morning: the real store, the real conversation."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.alerts import Bulletin, Composer, Herald
from bot.assistant import Assistant
from bot.build import context_of
from bot.reminders import day_of, moment, morning
from bot.store import Turned
from bot.store.sqlite import SqliteStore
from bot.wording import Wording
from conversations.events import Said, Tapped
from scoring.draws import shipped
from scoring.rulebook import Rulebook
from tests.bot.test_alerts import ANSWERS

START = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
DAY = timedelta(days=1)
PERMIT = {**ANSWERS, "x.submitted": "none", "c.authorized": "yes", "c.permit": "2027-06-22"}
"""Reminded of on 2026-12-22, half a year before the permit ends."""


class Person:
    """One chat over a file, and the clock of the machine that serves it."""

    def __init__(self, path: Path, chat: str = "tg:1") -> None:
        self.path, self.chat, self.now = path, chat, START

    async def __aenter__(self) -> Person:
        self.store = await SqliteStore.open(self.path)
        known = context_of(self.now.date(), shipped())
        self.assistant = Assistant(self.store, Wording(), lambda: self.now.date(), known, clock=lambda: self.now)
        self.herald = Herald(self.store, self.assistant.today, clock=lambda: self.now)
        self.composer = Composer(Wording(), self.assistant.now)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.store.close()

    async def restarts(self) -> None:
        await self.__aexit__()
        await self.__aenter__()

    async def begins(self, answers: Mapping[str, Any], *taps: str, language: str = "en") -> None:
        await self.assistant.turn(self.chat, Said("/start", language))
        await self.assistant.turn(self.chat, Tapped("c:yes"))
        await self.answers(answers)
        await self.taps(*taps)

    async def taps(self, *taps: str) -> None:
        for tap in taps:
            await self.assistant.turn(self.chat, Tapped(tap))

    async def answers(self, answers: Mapping[str, Any]) -> None:
        saved = await self.store.load(self.chat)
        assert saved is not None
        await self.store.turn(self.chat, None, lambda _: Turned({**saved, "answers": answers}, changed=True))

    async def hears(self) -> list[str]:
        """What is sent at this moment, as the sender of Telegram takes it from the store."""
        await self.herald.settle()
        await self.store.wake(int(self.now.timestamp()))
        said = []
        for notice in await self.store.to_send("tg:", 100):
            messages = self.composer.compose(notice)
            if messages is None:
                await self.store.never(notice)
            else:
                said.append(_plain(messages[0]["text"]))
                await self.store.delivered(notice, 1, "", int(self.now.timestamp()))
        return said

    async def hears_at(self, at: datetime) -> list[str]:
        self.now = at
        return await self.hears()


def _plain(text: str) -> str:
    return html.unescape(re.sub("<[^>]+>", "", text)).replace("\u00a0", " ")


@pytest.fixture
async def person(tmp_path: Path) -> AsyncIterator[Person]:
    async with Person(tmp_path / "tirage.db") as found:
        yield found


# -- when


@pytest.mark.parametrize(
    ("zone", "at"),
    [
        ("Pacific/Kiritimati", datetime(2026, 12, 21, 19, 0, tzinfo=UTC)),  # UTC+14
        ("Pacific/Pago_Pago", datetime(2026, 12, 22, 20, 0, tzinfo=UTC)),  # UTC-11
        ("America/Toronto", datetime(2026, 12, 22, 14, 0, tzinfo=UTC)),
        ("Asia/Kathmandu", datetime(2026, 12, 22, 3, 15, tzinfo=UTC)),
    ],
)
async def test_a_reminder_comes_on_the_morning_of_its_day_where_the_person_lives(
    person: Person, zone: str, at: datetime
) -> None:
    await person.begins(PERMIT, f"s:zone:{zone}", "s:reminders:on")
    assert await person.hears() == []
    assert await person.hears_at(at - timedelta(seconds=1)) == []
    (text,) = await person.hears_at(at)
    assert text.startswith("22 June 2027 (in 182 days): your work permit ends.")
    for later in (timedelta(hours=1), DAY, 30 * DAY):
        assert [told for told in await person.hears_at(at + later) if "182 days" in told] == []


@pytest.mark.parametrize(
    ("day", "utc"),
    [(date(2027, 3, 13), 14), (date(2027, 3, 14), 13), (date(2027, 11, 6), 13), (date(2027, 11, 7), 14)],
)
def test_the_morning_is_nine_on_the_wall_when_the_clocks_change_too(day: date, utc: int) -> None:
    assert morning(day, "America/Toronto") == datetime(day.year, day.month, day.day, utc, tzinfo=UTC)


@pytest.mark.parametrize(
    ("clock", "today", "taken"),
    [
        (START, date(2026, 11, 22), START),
        (START, date(2026, 11, 21), START),
        (START, date(2026, 11, 23), START),
        (START, date(2026, 11, 24), datetime(2026, 11, 24, 12, tzinfo=UTC)),
        (None, date(2026, 11, 22), datetime(2026, 11, 22, 12, tzinfo=UTC)),
    ],
)
def test_a_day_to_take_for_today_goes_before_the_clock(clock: datetime | None, today: date, taken: datetime) -> None:
    assert moment(clock, today) == taken


def test_it_is_another_day_in_another_place() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert [day_of(zone, late).day for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", None)] == [23, 22, 22]


async def test_to_move_east_past_the_morning_loses_nothing(person: Person) -> None:
    """It is 6 in the morning in Toronto, and past 9 in London."""
    await person.begins(PERMIT, "s:zone:America/Toronto", "s:reminders:on")
    await person.hears()
    assert await person.hears_at(datetime(2026, 12, 22, 11, 0, tzinfo=UTC)) == []
    await person.taps("s:zone:Europe/London")
    assert len(await person.hears()) == 1
    await person.taps("s:zone:America/Toronto")
    assert await person.hears_at(datetime(2026, 12, 22, 15, 0, tzinfo=UTC)) == []


# -- once, moved, gone


async def test_a_changed_date_moves_the_reminder(person: Person) -> None:
    await person.begins(PERMIT, "s:reminders:on")
    await person.hears()
    person.now = datetime(2026, 12, 22, 13, 59, tzinfo=UTC)
    await person.answers({**PERMIT, "c.permit": "2027-06-25"})
    assert await person.hears_at(datetime(2026, 12, 22, 14, 0, tzinfo=UTC)) == []
    (text,) = await person.hears_at(datetime(2026, 12, 25, 14, 0, tzinfo=UTC))
    assert text.startswith("25 June 2027")


async def test_a_date_that_goes_takes_its_reminder_with_it(person: Person) -> None:
    await person.begins(PERMIT, "s:reminders:on")
    await person.hears()
    await person.answers({key: value for key, value in PERMIT.items() if key != "c.permit"})
    assert await person.hears_at(datetime(2026, 12, 22, 14, 0, tzinfo=UTC)) == []


async def test_a_reminder_that_could_not_go_out_before_its_date_never_does(person: Person) -> None:
    soon = {**PERMIT, "c.permit": "2026-12-22"}
    await person.begins(soon, "s:reminders:on")
    await person.hears()
    assert [text for text in await person.hears_at(START + 31 * DAY) if "permit" in text] == []


async def test_to_turn_them_on_sends_nothing_of_what_should_have_come_before(person: Person) -> None:
    """The permit ends in three weeks: the month, the three and the six are past."""
    await person.begins({**PERMIT, "c.permit": "2026-12-10"}, "s:reminders:on")
    for days in range(3):
        assert await person.hears_at(START + days * DAY) == []


@pytest.mark.parametrize("taps", [("s:reminders:off",), ("s:reminders:kind:permit",)])
async def test_nothing_comes_of_what_was_turned_off(person: Person, taps: tuple[str, ...]) -> None:
    await person.begins(PERMIT, "s:reminders:on")
    await person.hears()
    await person.taps(*taps)
    assert await person.hears_at(datetime(2026, 12, 22, 14, 0, tzinfo=UTC)) == []


@pytest.mark.parametrize("taps", [("s:all", "s:mute"), ()])
async def test_reminders_come_without_alerts_too(person: Person, taps: tuple[str, ...]) -> None:
    await person.begins(PERMIT, "s:reminders:on", *taps)
    await person.hears()
    assert len(await person.hears_at(datetime(2026, 12, 22, 14, 0, tzinfo=UTC))) == 1


async def test_where_no_rules_are_known_reminders_of_the_same_answers_stand_and_of_others_do_not(
    person: Person,
) -> None:
    await person.begins(PERMIT, "s:reminders:on")
    await person.hears()
    person.herald = Herald(person.store, person.assistant.today, book=Rulebook({"crs": {}}), clock=lambda: person.now)
    assert len(await person.hears_at(datetime(2026, 12, 22, 14, 0, tzinfo=UTC))) == 1
    await person.answers({**PERMIT, "c.permit": "2027-06-23"})
    assert await person.hears_at(datetime(2027, 3, 22, 14, 0, tzinfo=UTC)) == []


async def test_who_deleted_everything_is_reminded_of_nothing(person: Person) -> None:
    await person.begins(PERMIT, "s:reminders:on")
    await person.hears()
    await person.store.turn(person.chat, None, lambda _: Turned(None))
    assert await person.hears_at(datetime(2026, 12, 22, 14, 0, tzinfo=UTC)) == []
    assert (await person.store.everything(person.chat))["notices"] == []


async def test_an_export_holds_the_reminders(person: Person) -> None:
    await person.begins(PERMIT, "s:reminders:on")
    await person.hears()
    sent = await person.assistant.turn(person.chat, Tapped("t:export"))
    assert sent is not None
    content = sent[-1].message["file"]["content"]
    assert "reminder:2026-12-22:work_permit_ends:/candidate/work_permit_ends_on:6m:2027-06-22" in content
    assert '"reminders": true' in content


async def test_a_session_of_before_there_were_reminders_is_read(person: Person) -> None:
    await person.begins(PERMIT, "s:all")
    saved = await person.store.load(person.chat)
    assert saved is not None
    for name in ("reminders", "without"):
        del saved["alerts"][name]
    await person.store.turn(person.chat, None, lambda _: Turned(saved))
    await person.taps("s:reminders:on")
    await person.hears()
    assert len(await person.hears_at(datetime(2026, 12, 22, 14, 0, tzinfo=UTC))) == 1


# -- two years


YEARS = {
    **ANSWERS,
    "c.job_period.0": {"started_on": "2026-02-01", "ended_on": None},
    "c.job_employer.0": "yes",
    "c.job_authorized.0": "yes",
    "h.quebec": "no",
    "h.residence": "CA",
    "c.authorized": "yes",
    "x.submitted": "2026-04-01",
    "c.permit": "2027-06-22",
}
TOLD = [
    ("2026-12-22", "your work permit ends"),
    ("2027-01-02", "invitation under this program comes too early: Canadian"),
    ("2027-01-25", "invitation under this program comes too early: Canadian"),
    ("2027-01-31", "profile expires"),
    ("2027-02-01", "one more year of work in Canada is complete"),
    ("2027-03-02", "profile expires"),
    ("2027-03-03", "birthday takes away 6 points"),
    ("2027-03-22", "your work permit ends"),
    ("2027-03-25", "profile expires"),
    ("2027-04-18", "birthday takes away 6 points"),
    ("2027-05-22", "your work permit ends"),
    ("2027-09-01", "language test no longer counts"),
    ("2027-12-01", "language test no longer counts"),
    ("2028-02-01", "one more year of work in Canada is complete"),
    ("2028-02-01", "language test no longer counts"),
    ("2028-03-03", "birthday takes away"),
    ("2028-04-18", "birthday takes away"),
]


async def test_over_two_years_each_comes_once_on_its_day_and_none_is_lost(person: Person) -> None:
    """The bot is started anew every few weeks, and writes of other answers come in between."""
    await person.begins(YEARS, "s:reminders:on")
    heard = []
    at = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
    for number in range(1, 731):
        person.now = at + number * DAY
        if number % 40 == 0:
            await person.restarts()
        if number % 90 == 0:
            await person.answers({**YEARS, "c.job_hours.0": 38 + number % 4})
        heard += [(person.now.date().isoformat(), text.splitlines()[0]) for text in await person.hears()]
    assert [day for day, _ in heard] == [day for day, _ in TOLD], "\n".join(map(str, heard))
    for day, part in TOLD:
        assert any(part in text for when, text in heard if when == day), (day, part)


# -- the terminal


async def test_the_terminal_shows_them_on_their_day_at_any_hour_and_once(tmp_path: Path) -> None:
    async with Person(tmp_path / "tirage.db", "terminal") as person:
        await person.begins(PERMIT, "s:reminders:on", language="fr")
        bulletin = Bulletin(person.store, person.herald, person.composer, lambda: int(person.now.timestamp()))
        assert await bulletin.news("terminal") == []
        person.now = datetime(2026, 12, 22, 6, 0, tzinfo=UTC)
        (news,) = await bulletin.news("terminal")
        assert "votre permis de travail" in _plain(news.messages[0]["text"])
        await bulletin.shown([news])
        assert await bulletin.news("terminal") == []
