"""Which dates somebody is reminded of, and on which days: from deadlines and our own lead times to reminders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from scoring.assessment import View
from scoring.calendar import add_months
from scoring.case import open_case
from scoring.deadlines import Deadline, deadlines
from scoring.profile import Profile
from scoring.resources import toml
from scoring.rulebook import NoRulesError, Rulebook, shipped

DAY = timedelta(1)
OWN = toml("data/reminders.toml")
EVERY = timedelta(OWN["looking"]["every_days"])
"""How long a profile stays without a look at its dates."""
AHEAD = timedelta(OWN["looking"]["ahead_days"])
"""What falls due so soon is told of by `Dates.coming`."""


class Lead(NamedTuple):
    """How long before a date: whole months, or days."""

    months: int
    days: int

    def before(self, day: date) -> date:
        """The day on which to remind of a day."""
        return add_months(day, -self.months) - timedelta(self.days)

    def __str__(self) -> str:
        return f"{self.months}m" if self.months else f"{self.days}d"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One deadline, to be told on the day `due_on`."""

    kind: str
    lead: Lead
    due_on: date
    deadline: Deadline

    @property
    def key(self) -> str:
        """What it is, and stays: another date, or another fact, makes another reminder."""
        of = self.deadline
        return f"{self.due_on}:{of.id}:{of.fact}:{self.lead}:{of.on}"


@cache
def leads() -> Mapping[str, tuple[Lead, ...]]:
    """The lead times of each kind of reminder, longest first."""
    return MappingProxyType(
        {
            each["kind"]: (
                *(Lead(months, 0) for months in each.get("months_before", ())),
                *(Lead(0, days) for days in each.get("days_before", ())),
            )
            for each in OWN["reminder"]
        }
    )


def kind_of(deadline: str) -> str:
    """The kind of reminder that a deadline is told as, by its id."""
    return next(str(each["kind"]) for each in OWN["reminder"] if deadline.endswith(each["of"]))


def reminders(found: Iterable[Deadline]) -> list[Reminder]:
    """Every reminder of some deadlines, those of the past too, soonest first."""
    made = [
        Reminder(kind, lead, lead.before(each.on), each)
        for each in found
        for kind in (kind_of(each.id),)
        for lead in leads()[kind]
    ]
    return sorted(made, key=lambda item: (item.due_on, item.deadline.on, item.key))


def past_reminding(found: Iterable[Deadline], on: date) -> list[Deadline]:
    """The deadlines, today's included, of which no reminder is told any more: the last one was due today or before."""
    return [each for each in found if each.on >= on and leads()[kind_of(each.id)][-1].before(each.on) <= on]


@dataclass(frozen=True, slots=True)
class Dates:
    """What a profile has to be reminded of, as seen on the day `on`.

    `coming`: every reminder that still stands and falls due before `on` + `AHEAD`; those of days before `on` are among
    them while their deadline lies ahead. `look_again`: the day from which other ones may come up.
    """

    on: date
    coming: list[Reminder]
    look_again: date


def dates(profile: Profile, on: date, *, assume_absent: Iterable[str] = (), book: Rulebook | None = None) -> Dates:
    """What a profile has to be reminded of, if nothing but time changes.

    What completes today is no deadline any more: it is seen from the day before. Raises NoRulesError when the CRS has
    no table for the day, UnknownAssumptionError for a name in `assume_absent` that cannot be assumed.
    """
    law, absent = book or shipped(), tuple(assume_absent)
    now = _seen(profile, on, absent, law)
    known = {(each.id, each.fact) for each in now if each.on == on}
    try:
        before = _seen(profile, on - DAY, absent, law)
    except NoRulesError:  # the first day of the tables
        before = []
    today = [each for each in before if each.on == on and (each.id, each.fact) not in known]
    coming = [item for item in reminders([*today, *now]) if item.due_on < on + AHEAD]
    soonest = min((each.on for each in (*today, *now)), default=date.max - DAY)
    return Dates(on, coming, min(on + EVERY, soonest + DAY))


def _seen(profile: Profile, on: date, assume_absent: tuple[str, ...], book: Rulebook) -> list[Deadline]:
    view = View(open_case(profile, book.on(on), assume_absent))
    return deadlines(view.case, view)
