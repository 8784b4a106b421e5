"""Reminders of one's dates: on and off, of which kinds, and what comes next."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Any

from conversations.replies import Choice
from conversations.seen import assessed
from conversations.subscription import DEFAULT_ZONE, Subscription
from conversations.talk import Row, Talk
from conversations.topics.alerts import keep, subscription
from conversations.topics.common import MENU, plain
from conversations.topics.reminder import OFF
from scoring.deadlines import Deadline
from scoring.reminders import kind_of, leads, past_reminding, reminders
from scoring.rulebook import NoRulesError

NEXT = 3
"""Reminders ahead that the page names."""


def way(now: Subscription) -> Choice:
    """The button that leads here: it turns the reminders on where they are off."""
    return Choice("reminders.settings", "s:reminders") if now.reminders else Choice("reminders.on", "s:reminders:on")


def page(talk: Talk, *, note: str | None = None) -> None:
    """What one is reminded of. `note`: what was just done.

    What is so close that no reminder of it follows is shown once, here.
    """
    talk.change(asked=None, pending=None)
    now = subscription(talk)
    found = [each for each in _deadlines(talk) if kind_of(each.id) not in now.without]
    values = {
        "on": now.reminders,
        "note": note,
        "coming": _coming(talk, found),
        "close": [plain(each) for each in past_reminding(found, talk.today)],
        "zone": now.zone,
        "default": DEFAULT_ZONE,
    }
    talk.page("reminders", values, _rows(now))


def _deadlines(talk: Talk) -> list[Deadline]:
    try:
        return assessed(talk.session.answers, talk.today, talk.context.history).deadlines
    except NoRulesError:  # reminders can be had on any day; which dates there are has to wait for rules
        return []


def _coming(talk: Talk, found: list[Deadline]) -> list[dict[str, Any]]:
    """The next reminders: of each date the soonest, with the day on which it comes."""
    first: dict[tuple[str, str], dict[str, Any]] = {}
    for each in reminders(found):
        if each.due_on > talk.today:
            told = {"due_on": each.due_on.isoformat(), "kind": each.kind, "on": each.deadline.on.isoformat()}
            first.setdefault((each.deadline.id, each.deadline.fact), told)
    return list(islice(first.values(), NEXT))


def _rows(now: Subscription) -> list[Row]:
    back: Row = (Choice("goal.deadlines", "g:deadlines"), *MENU)
    if not now.reminders:
        return [(Choice("reminders.on", "s:reminders:on"),), back]
    kinds = [
        Choice("reminder_kind", f"s:reminders:kind:{kind}", {"kind": kind, "on": kind not in now.without})
        for kind in leads()
    ]
    pairs = [tuple(kinds[at : at + 2]) for at in range(0, len(kinds), 2)]
    return [*pairs, (Choice("alerts.zone", "s:zone"), OFF), back]


def turn_on(talk: Talk) -> None:
    """From now on, of what lies ahead."""
    keep(talk, replace(subscription(talk), reminders=True))
    page(talk, note="on")


def turn_off(talk: Talk) -> None:
    """No reminders any more, in one tap; the kinds stay chosen."""
    before = subscription(talk).reminders
    if before:
        keep(talk, replace(subscription(talk), reminders=False))
    talk.change(pending=None)
    talk.say("reminders_off", {"before": before}, [(Choice("reminders.on", "s:reminders:on"),), MENU])


def toggle(talk: Talk, kind: str) -> bool:
    """Turn one kind on or off; False where there is no such kind. Without any left, the reminders are off."""
    if kind not in leads():
        return False
    now = subscription(talk)
    without = tuple(each for each in leads() if (each in now.without) is not (each == kind))
    if len(without) == len(leads()):
        turn_off(talk)
        return True
    keep(talk, replace(now, reminders=True, without=without))
    page(talk, note="set")
    return True


def setting(talk: Talk, about: str) -> bool:
    """`on`, `off` or `kind:KIND`; False for anything else."""
    what, _, kind = about.partition(":")
    if what == "kind":
        return toggle(talk, kind)
    if about in ("on", "off"):
        (turn_on if about == "on" else turn_off)(talk)
    return about in ("on", "off")
