"""Which dates one is reminded of, on which days, and that a changed date is another reminder."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.case import ASSUMABLE
from scoring.profile import read
from scoring.reminders import AHEAD, EVERY, OWN, Dates, Reminder, dates, kind_of, leads, past_reminding
from tests.locales import sources

DAY = timedelta(1)
ON = date(2026, 11, 22)
PERSON: dict[str, Any] = {
    "candidate": {
        "birth_date": "1994-05-02",
        "first_official_language": "en",
        "language_results": [
            {
                "test": "ielts_general", "taken_on": "2025-03-01", "listening": 8.0, "reading": 7.0, "writing": 7.0,
                "speaking": 7.5,
            }
        ],
        "credentials": [
            {"level": "bachelor", "country": "IN", "completed_on": "2016-06-30", "eca": {"issued_on": "2022-01-10"}}
        ],
        "jobs": [
            {
                "noc": "21231", "country": "CA", "started_on": "2026-02-01", "ended_on": None, "hours_per_week": 40,
                "paid": True, "self_employed": False, "full_time_student": False, "authorized": True,
                "canadian_employer": True,
            }
        ],
        "work_permit_ends_on": "2027-05-31",
    },
    "partner": False,
    "household": {"intends_quebec": False},
    "express_entry": {"profile_submitted_at": "2026-04-01T14:05:09Z", "invitation": None},
}  # fmt: skip


def seen(on: date, person: dict[str, Any] = PERSON) -> Dates:
    return dates(read(person), on, assume_absent=ASSUMABLE)


def with_fact(pointer: str, value: Any) -> dict[str, Any]:
    changed = deepcopy(PERSON)
    *path, last = pointer.split(".")
    place: Any = changed
    for name in path:
        place = place[int(name) if name.isdigit() else name]
    place[last] = value
    return changed


def due(found: Dates, on: date) -> set[tuple[str, str]]:
    return {(each.deadline.id, str(each.lead)) for each in found.coming if each.due_on == on}


@pytest.mark.parametrize(
    ("on", "deadline", "lead"),
    [
        (date(2026, 12, 1), "language_result_expires", "3m"),
        (date(2027, 2, 1), "language_result_expires", "1m"),
        (date(2026, 12, 10), "eca_expires", "1m"),
        (date(2027, 1, 31), "profile_expires", "60d"),
        (date(2027, 3, 2), "profile_expires", "30d"),
        (date(2027, 3, 25), "profile_expires", "7d"),
        (date(2027, 3, 3), "birthday", "60d"),
        (date(2027, 4, 18), "birthday", "14d"),
        (date(2026, 12, 1), "work_permit_ends", "6m"),
        (date(2027, 2, 1), "canadian_year_completes", "0d"),
    ],
)
@pytest.mark.parametrize("off", [-1, 0, 1])
def test_a_reminder_is_due_on_its_day_and_on_no_other(on: date, deadline: str, lead: str, off: int) -> None:
    found = seen(on)
    assert ((deadline, lead) in due(found, on + off * DAY)) is (off == 0)


@pytest.mark.parametrize("number", [7, 30, 45, 55, 58])
def test_an_invitation_is_told_of_on_days_7_30_45_55_and_58(number: int) -> None:
    on = date(2026, 11, 1) + number * DAY
    invited = with_fact("express_entry.invitation", {"on": "2026-11-01"})
    assert [each.deadline.id for each in seen(on, invited).coming if each.due_on == on].count("invitation_expires") == 1


def test_the_birthday_is_told_with_the_points_that_it_costs() -> None:
    (first, _) = [each for each in seen(date(2027, 3, 3)).coming if each.deadline.id == "birthday"]
    assert first.deadline.points == -6


def test_a_year_that_completes_today_is_seen_today_and_gone_tomorrow() -> None:
    day = date(2027, 2, 1)
    for on, stands in ((day - DAY, True), (day, True), (day + DAY, False)):
        keys = {each.deadline.id for each in seen(on).coming if each.deadline.on == day}
        assert ("canadian_year_completes" in keys) is stands


def test_months_that_leave_the_three_years_end_the_year_of_the_cec() -> None:
    """From 1 February 2024 to 1 February 2025: the first of these days leaves the window on 2 February 2027."""
    worked = with_fact("candidate.jobs.0.started_on", "2024-02-01")
    worked["candidate"]["jobs"][0]["ended_on"] = "2025-01-31"
    (found,) = {each.deadline for each in seen(date(2026, 12, 20), worked).coming if each.kind == "window"}
    assert (found.id, found.on) == ("cec_leaves_window", date(2027, 2, 2))


def test_a_changed_fact_makes_other_reminders_and_one_that_goes_takes_them_with_it() -> None:
    before = {each.key for each in seen(ON).coming if each.kind == "permit"}
    later = with_fact("candidate.work_permit_ends_on", "2027-06-30")
    after = {each.key for each in seen(date(2026, 12, 1), later).coming if each.kind == "permit"}
    assert before
    assert after
    assert not before & after
    gone = deepcopy(PERSON)
    del gone["candidate"]["work_permit_ends_on"]
    assert [each for each in seen(ON, gone).coming if each.kind == "permit"] == []


def test_other_facts_leave_a_reminder_what_it_is() -> None:
    other = with_fact("candidate.credentials.0.level", "masters")
    assert {each.key for each in seen(ON, other).coming} == {each.key for each in seen(ON).coming}


@pytest.mark.parametrize(("on", "past"), [(ON, False), (date(2027, 1, 31), False), (date(2027, 2, 1), True)])
def test_a_date_is_past_reminding_from_its_last_reminder_on(on: date, past: bool) -> None:
    deadlines = [each.deadline for each in seen(on).coming]
    assert ("language_result_expires" in {each.id for each in past_reminding(deadlines, on)}) is past


def test_every_deadline_is_of_exactly_one_kind() -> None:
    for name in sources.arguments_of("_due", 1):
        assert [each["kind"] for each in OWN["reminder"] if name.endswith(each["of"])] == [kind_of(name)]


def test_lead_times_are_told_longest_first_each_with_a_reason() -> None:
    day = date(2030, 1, 1)
    for found in leads().values():
        told = [each.before(day) for each in found]
        assert told == sorted(set(told))
    assert all(each["reason"] for each in OWN["reminder"])
    assert EVERY < AHEAD


def test_a_chat_without_facts_has_no_reminder() -> None:
    assert seen(ON, {}).coming == []


def look(person: dict[str, Any], days: int) -> None:
    """Compare who looks when told to with who looks every day, for so many days from `ON` on."""
    put_down: dict[str, Reminder] = {}
    on, end = ON, ON + days * DAY
    while on < end:
        found = seen(on, person)
        put_down.update({each.key: each for each in found.coming if each.due_on > on})
        on = found.look_again
    told = {(each.deadline.id, each.deadline.fact, each.due_on) for each in put_down.values()}
    assert len(told) == len(put_down)
    expected: set[str] = set()
    for number in range(1, days + 1):
        on = ON + number * DAY
        coming = seen(on, person).coming
        assert {each.key for each in coming if each.due_on == on} & expected <= put_down.keys()
        expected = {each.key for each in coming if each.due_on == on + DAY}


LIVES = {
    "started": st.dates(date(2024, 1, 1), date(2026, 11, 1)),
    "worked": st.one_of(st.none(), st.integers(200, 900)),
    "born": st.dates(date(1982, 1, 1), date(2000, 12, 31)),
    "taken": st.dates(date(2025, 1, 1), date(2026, 11, 1)),
    "submitted": st.dates(date(2026, 1, 1), date(2026, 11, 1)),
}


def life(started: date, worked: int | None, born: date, taken: date, submitted: date) -> dict[str, Any]:
    """Somebody with these dates; `worked` so many days, or until now."""
    person = with_fact("candidate.birth_date", born.isoformat())
    job = person["candidate"]["jobs"][0]
    job["started_on"] = started.isoformat()
    job["ended_on"] = None if worked is None else min(started + worked * DAY, ON).isoformat()
    person["candidate"]["language_results"][0]["taken_on"] = taken.isoformat()
    person["express_entry"]["profile_submitted_at"] = f"{submitted}T12:00:00Z"
    return person


@settings(max_examples=4, deadline=None)
@given(**LIVES)
def test_who_looks_when_told_to_misses_nothing_that_a_look_on_each_day_sees(**days: Any) -> None:
    look(life(**days), 50)


@pytest.mark.soak
@settings(max_examples=25, deadline=None)
@given(**LIVES)
def test_nothing_is_missed_in_two_years(**days: Any) -> None:
    look(life(**days), 730)
