"""Whether anybody can have taken a test on the day that was told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from conversations.answers.scores import earliest_test
from conversations.understanding.telling import Telling


def check_days(telling: Telling) -> None:
    """Ask for the day of a test that nobody can have taken so early; the ages have been read by then."""
    for whose, person in telling.people.items():
        earliest = earliest_test(telling.today, _born_by(telling, person))
        for index, result in enumerate(person.get("language_results", ())):
            taken = result.get("taken_on")
            if taken is not None and date.fromisoformat(taken) < earliest:
                del result["taken_on"]
                values = {"day": taken, "earliest": earliest.isoformat(), "latest": None}
                telling.ask("too_early", f"/{whose}/language_results/{index}/taken_on", taken, values=values)


def _born_by(telling: Telling, person: Mapping[str, Any]) -> date | None:
    """A day on which somebody was born, or before which they surely were not."""
    if "birth_date" in person:
        return date.fromisoformat(person["birth_date"])
    if "age" in person:
        today = telling.today
        return today.replace(year=today.year - person["age"] - 1, day=min(today.day, 28))
    return None
