"""The message that reminds of one date: what it is about, how far it is, and one next step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from conversations.context import Context
from conversations.replies import Choice, Reply
from conversations.session import Session

OFF = Choice("reminders.off", "s:reminders:off")
STEPS: Mapping[str, Choice] = MappingProxyType(
    {
        "language": Choice("goal.deadlines", "m:g:deadlines"),
        "eca": Choice("goal.deadlines", "m:g:deadlines"),
        "profile": Choice("nav.export", "m:t:export"),
        "invitation": Choice("goal.invited", "m:g:invited"),
        "birthday": Choice("goal.whatif", "m:g:whatif"),
        "work": Choice("goal.score", "m:g:score"),
        "window": Choice("goal.which", "m:g:which"),
        "permit": Choice("goal.deadlines", "m:g:deadlines"),
        "too_early": Choice("nav.licensed", "m:e:c:too_early"),
    }
)
"""The button of the next step, by the kind of reminder. It leaves the message where it stands."""


def reminder(session: Session, told: Mapping[str, Any], context: Context) -> Reply | None:
    """Say a reminder on the day `context.today` of its person; None once its date is past.

    `told`: {kind, lead, deadline}, as it was worked out.
    """
    left = (date.fromisoformat(told["deadline"]["on"]) - context.today).days
    if left < 0:
        return None
    values = {"kind": told["kind"], "deadline": {**told["deadline"], "days_left": left}}
    return Reply("reminder", session.language or "en", values, ((STEPS[told["kind"]],), (OFF,)))
