"""Alerts: which rounds one is told about, in which hours not, and off in one tap."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from conversations.interview import ready
from conversations.replies import Choice
from conversations.seen import assessed
from conversations.subscription import Quiet, Subscription, Wants
from conversations.talk import Row, Talk
from conversations.topics import rounds
from conversations.topics.common import MENU
from conversations.topics.reminder import OFF
from scoring.assessment import Assessment, concerning
from scoring.calendar import add_months
from scoring.rulebook import NoRulesError

HOUR = 60
HOURS: tuple[Quiet, ...] = (
    Quiet(22 * HOUR, 7 * HOUR),
    Quiet(21 * HOUR, 8 * HOUR),
    Quiet(23 * HOUR, 8 * HOUR),
)
"""Quiet hours that are offered as buttons; any others can be typed."""
ZONES = (
    "America/St_Johns",
    "America/Halifax",
    "America/Toronto",
    "America/Winnipeg",
    "America/Edmonton",
    "America/Vancouver",
)
"""Places in Canada that are offered as buttons, from east to west; any other place can be typed."""
RECENT_MONTHS = 24
"""A type without rules today is offered where a round of it was held in these months."""


def subscription(talk: Talk) -> Subscription:
    """What the chat subscribed to."""
    return Subscription.from_json(talk.session.alerts)


def hears(talk: Talk) -> bool:
    """Whether anything comes to the chat by itself."""
    now = subscription(talk)
    return now.wants != "off" or now.reminders


def keep(talk: Talk, now: Subscription) -> None:
    """Keep a subscription."""
    talk.change(alerts=now.as_json())


def alerts(talk: Talk, *, note: str | None = None) -> None:
    """What one is told about now, and what else there is. `note`: what was just done."""
    talk.change(asked=None, pending=None)
    now, found = subscription(talk), _found(talk)
    values = {
        **_as_told(talk, now),
        "note": note,
        "mine": [rounds.kind(name, talk.context.history) for name in (concerning(found) if found else ())],
        "ready": ready("which", talk.dossier),
    }
    talk.page("alerts", values, _rows(now, values["ready"]))


def _as_told(talk: Talk, now: Subscription) -> dict[str, Any]:
    return {
        "wants": now.wants,
        "muted": now.before_mute,
        "types": [rounds.kind(name, talk.context.history) for name in now.types],
        "quiet": _hours(now),
        "zone": now.zone,
    }


def _hours(now: Subscription) -> dict[str, int] | None:
    return None if now.quiet is None else {"begins": now.quiet.begins, "ends": now.quiet.ends}


def _found(talk: Talk) -> Assessment | None:
    try:
        return assessed(talk.session.answers, talk.today, talk.context.history)
    except NoRulesError:  # alerts can be had on any day; which rounds concern one has to wait for rules
        return None


def _rows(now: Subscription, known: bool) -> list[Row]:
    ways: list[Row] = [] if now.wants != "off" or now.before_mute is None else [(Choice("alerts.on", "s:on"),)]
    ways += [(_way("all", now),), (_way("mine", now),), (_way("types", now),)]
    if now.wants == "mine" and not known:
        ways.append((Choice("goal.which", "g:which"),))
    if now.wants != "off":
        ways.append((Choice("alerts.quiet", "s:quiet"), Choice("alerts.zone", "s:zone")))
        ways.append((Choice("alerts.mute", "s:mute"),))
    ways.append((Choice("reminders.settings", "s:reminders"),))
    return [*ways, (Choice("nav.rounds", "t:draws"), *MENU)]


def _way(wants: Wants, now: Subscription) -> Choice:
    return Choice(f"alerts.{wants}{'_chosen' if now.wants == wants else ''}", f"s:{wants}")


# -- which rounds


def want(talk: Talk, wants: Wants) -> None:
    """Subscribe to every round, to those that concern one, or (with `types`) go and choose."""
    now = subscription(talk)
    if wants == "types":
        types(talk)
        return
    keep(talk, replace(now, wants=wants, before_mute=None))
    alerts(talk, note="set")


def types(talk: Talk) -> None:
    """A button for each type of round; a tap turns it on or off."""
    talk.change(asked=None, pending=None)
    now, history = subscription(talk), talk.context.history
    on = set(now.types) if now.wants == "types" else set()
    taps = [
        Choice("alert_type", f"s:type:{rounds.named(name, history)}", {**rounds.kind(name, history), "on": name in on})
        for name in offered(talk)
    ]
    rows: list[Row] = [*((tap,) for tap in taps), (Choice("alerts.done", "s:show"), *MENU)]
    talk.page("alert_types", _as_told(talk, now), rows)


def offered(talk: Talk) -> list[str]:
    """The types that one can choose: those with rules today, and those of which a round was held lately."""
    history = talk.context.history
    since = add_months(talk.today, -RECENT_MONTHS)
    lately = [held.type for held in history.rounds if since <= held.date <= talk.today]
    chosen = subscription(talk).types
    found = _found(talk)
    held = [fit.id for fit in found.draw_types] if found else []
    return list(dict.fromkeys([*held, *reversed(lately), *chosen]))


def toggle(talk: Talk, name: str) -> None:
    """Turn one type on or off; without any left, no alerts are sent."""
    now = subscription(talk)
    chosen = now.types if now.wants == "types" else ()
    left = tuple(each for each in chosen if each != name)
    if len(left) == len(chosen):
        left = (*chosen, name)
    keep(talk, replace(now, wants="types" if left else "off", types=left, before_mute=None))
    types(talk)


def include(talk: Talk, name: str) -> None:
    """Somebody asked in words to be told of one type: it joins those that were chosen, unless every round is wanted."""
    now = subscription(talk)
    if now.wants == "all":
        alerts(talk, note="all_already")
        return
    chosen = now.types if now.wants == "types" else ()
    keep(talk, replace(now, wants="types", types=tuple(dict.fromkeys([*chosen, name])), before_mute=None))
    alerts(talk, note="set")


# -- off, and on again


def mute(talk: Talk) -> None:
    """No alerts any more, in one tap; one more tap brings back what was wanted."""
    now = subscription(talk)
    if now.wants != "off":
        keep(talk, replace(now, wants="off", before_mute=now.wants))
    talk.change(pending=None)
    rows: list[Row] = [(OFF,)] if now.reminders else []
    if subscription(talk).before_mute:
        rows.insert(0, (Choice("alerts.on", "s:on"), Choice("alerts.settings", "s:show")))
    talk.say("muted", {"before": now.wants, "reminders": now.reminders}, [*rows, MENU])


def unmute(talk: Talk) -> None:
    """What was wanted before the alerts were muted."""
    now = subscription(talk)
    if now.wants == "off" and now.before_mute is not None:
        keep(talk, replace(now, wants=now.before_mute, before_mute=None))
    alerts(talk, note="set" if subscription(talk).wants != "off" else None)


def ask_stop(talk: Talk) -> None:
    """Something like stopping was said, and stopping is never guessed: buttons for what there is to stop."""
    talk.change(pending=None)
    now = subscription(talk)
    told = {"alerts": now.wants != "off", "reminders": now.reminders}
    rows: list[Row] = [(OFF,)] if now.reminders else []
    if told["alerts"] or not now.reminders:
        rows.insert(0, (Choice("alerts.mute", "s:mute"),))
    kept = "alerts.keep"
    if now.reminders:
        kept = "alerts.keep_all" if told["alerts"] else "reminders.keep"
    talk.say("alerts_stop", told, [*rows, (Choice(kept, "s:show"),)])
