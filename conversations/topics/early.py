"""Whether the invitation came too early: what the pages after an invitation warn of, whatever else is open."""

from __future__ import annotations

from datetime import date
from typing import Any

from conversations.dossier import NONE
from conversations.facts import profile_of
from conversations.replies import Choice
from conversations.seen import assumptions, so_far
from conversations.talk import Row, Talk
from conversations.topics.common import days_left, plain
from scoring.rulebook import NoRulesError
from scoring.too_early import NOMINEE, Lacking, OnTheDay, on_the_day

HELP: Row = (Choice("nav.licensed", "e:c:too_early"),)
"""What goes with the warning."""
OPEN_LISTS = {
    "canadian_work": "other_jobs",
    "continuous_work": "other_jobs",
    "trade_work": "other_jobs",
    "language": "other_results",
    "education": "other_credentials",
    "eca": "other_credentials",
}
"""What may not have been told, by the beginning of the code of a reason."""


def too_early(talk: Talk) -> dict[str, Any] | None:
    """How the program of the invitation stood on its day, where nothing that is open can have opened it; else None.

    None too where the day or the program is not known, or where the day has no rules. `unless`: the lists that may hold
    more than was told, and on which the reasons rest.
    """
    on, named = talk.session.answers.get("x.invited"), talk.session.answers.get("x.invited_under")
    if on in (None, NONE) or named is None:
        return None
    answers = talk.session.answers
    try:
        found = on_the_day(profile_of(answers), named, date.fromisoformat(on), assume_absent=assumptions(answers))
    except NoRulesError:
        return None
    return _told(found, so_far(answers)) if found.found == "not_met" else None


def _told(found: OnTheDay, open_lists: list[str]) -> dict[str, Any]:
    one = [] if found.program == NOMINEE else [_lacking(each, found.on) for each in found.lacking]
    codes = [reason.code for each in found.lacking for reason in each.reasons]
    rests_on = {name for code in codes for start, name in OPEN_LISTS.items() if code.startswith(start)}
    return {
        "on": found.on.isoformat(),
        "program": found.program,
        "lacking": one,
        "unless": [name for name in open_lists if name in rests_on],
    }


def _lacking(each: Lacking, on: date) -> dict[str, Any]:
    reasons = [{**plain(reason), "days": days_left(reason, on)} for reason in each.reasons]
    return {"program": each.program, "reasons": reasons, "months": plain(each.months)}
