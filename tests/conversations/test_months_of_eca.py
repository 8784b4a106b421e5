"""An ECA of which only the month is told: it counts from the first day, but where that may be a day too late."""

from datetime import date
from typing import Any

import pytest

from bot.build import lexicon, reader
from conversations.context import Context
from conversations.dossier import Dossier
from conversations.events import Said
from conversations.machine import step
from conversations.months_of_eca import counted_from
from conversations.session import Session
from conversations.understanding.placing import placed

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("month", "day"),
    [
        ("2024-06", "2024-06-01"),
        ("2026-11", "2026-11-01"),
        ("2026-12", None),
        ("2021-12", "2021-12-01"),
        ("2021-11", None),
        ("2021-10", "2021-10-01"),
    ],
)
def test_a_month_counts_from_its_first_day_where_all_its_days_say_the_same(month: str, day: str | None) -> None:
    assert counted_from(month, TODAY) == day


@pytest.mark.parametrize("today", [date(2026, 11, 1), date(2026, 11, 30)])
def test_the_month_five_years_ago_is_asked_on_its_first_and_last_day(today: date) -> None:
    assert counted_from("2021-11", today) == (None if today.day == 1 else "2021-11-01")


@pytest.mark.parametrize("said", ["June 2024", "juin 2024", "yes, in June 2024", "06/2024"])
@pytest.mark.parametrize(("id", "value"), [("eca", {"issued_on": "2024-06-01"}), ("eca_issued", "2024-06-01")])
def test_a_month_answers_the_question(said: str, id: str, value: Any) -> None:
    there: dict[str, Any] = {"c.level.0": "bachelor", "c.level_country.0": "IN"} | (
        {"c.eca.0": {}} if id == "eca_issued" else {}
    )
    session = Session(language="en", consented=True, goal="score", asked=f"c.{id}.0", answers=there)
    after, _ = step(session, Said(said), Context(TODAY, lexicon(), reader=reader()))
    assert after.answers.get(f"c.{id}.0") == value


@pytest.mark.parametrize("said", ["bachelor's from India, WES ECA June 2024", "licence du Maroc, EDE WES de juin 2024"])
def test_a_month_told_among_other_things_is_read_back(said: str) -> None:
    found = placed(reader().understand(said, TODAY), Dossier({}))
    assert {str(key): value for key, value in found.answers.items()}["c.eca.0"] == {"issued_on": "2024-06-01"}
