"""Before applying: whether the score and the facts still meet the round of the invitation (IRPA 11.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from scoring.calendar import add_years, whole_years
from scoring.draws import History, Round
from scoring.invited import Outcome, was_it_me
from scoring.profile import Profile
from scoring.rulebook import Rulebook

DAYS_AFTER = 1
"""Days after a round on which its letters may still arrive."""
Standing = Literal["holds", "short", "cannot_tell"]


@dataclass(frozen=True, slots=True)
class Recheck:
    """The round, how the facts stood to it on its day, and how they stand to it today.

    `today` counts no birthday since the invitation (IRPA 11.2(2)(a)). `standing`: whether both hold.
    """

    held: Round
    then: Outcome
    today: Outcome
    standing: Standing


def recheck(
    profile: Profile,
    held: Round,
    on: date,
    history: History,
    *,
    assume_absent: Iterable[str] = (),
    book: Rulebook | None = None,
) -> Recheck:
    """Check once more against the cut-off and the category of the round of an invitation."""
    assumed = tuple(assume_absent)
    then = was_it_me(profile, held, history, assume_absent=assumed, book=book)
    kept = forgiven(profile, held.date, on)
    today = was_it_me(kept, held._replace(date=on), history, assume_absent=assumed, book=book)
    return Recheck(held, then, today, _worse(_standing(then, held), _standing(today, held)))


def forgiven(profile: Profile, invited_on: date, on: date) -> Profile:
    """The profile with the candidate's age as on the day of the invitation: a birthday since then is forgiven."""
    person = profile.candidate
    if person is None or on < invited_on:
        return profile
    if person.birth_date is not None:
        born = person.birth_date
        later = whole_years(born, on) - whole_years(born, invited_on)
        update = {"birth_date": add_years(born, later)}
    elif person.stated_on is not None:
        later = whole_years(person.stated_on, on) - whole_years(person.stated_on, invited_on)
        update = {"stated_on": add_years(person.stated_on, later)}
    else:
        return profile
    return profile.model_copy(update={"candidate": person.model_copy(update=update)})


def _standing(found: Outcome, held: Round) -> Standing:
    """The cut-off itself is enough once one is invited: the tie was broken already."""
    if found.code == "not_eligible" or (found.high is not None and found.high < held.cut_off):
        return "short"
    fits = found.fit is not None and found.fit.verdict == "fits"
    sure = fits and found.low is not None and found.low >= held.cut_off
    return "holds" if sure and found.code in ("in", "tie_in", "tie_out", "tie_unknown") else "cannot_tell"


def _worse(one: Standing, other: Standing) -> Standing:
    both = (one, other)
    return "short" if "short" in both else "cannot_tell" if "cannot_tell" in both else "holds"


def rounds_near(invited_on: date, history: History) -> list[Round]:
    """The rounds that an invitation of a day may come from: those of the day, else those of the day before."""
    for back in range(DAYS_AFTER + 1):
        found = [each for each in history.rounds if each.date == invited_on - timedelta(back)]
        if found:
            return found
    return []
