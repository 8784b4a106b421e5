"""Quiet hours, and the place whose clock they are counted by."""

from __future__ import annotations

from dataclasses import replace

from conversations.answers import Misread, Unclear, Understood
from conversations.answers.clock import read_quiet
from conversations.answers.places import read_zone
from conversations.replies import Choice
from conversations.subscription import DEFAULT_ZONE, Quiet
from conversations.talk import Row, Talk
from conversations.topics.alerts import HOURS, ZONES, alerts, keep, subscription

QUIET, ZONE = "alert_quiet", "alert_zone"
"""What a typed text is an answer to while one of these pages is open; each is the name of its template too."""


def quiet(talk: Talk, *, miss: str | None = None) -> None:
    """In which hours nothing is sent."""
    talk.change(asked=None, pending={"kind": QUIET})
    now = subscription(talk)
    taps = [Choice("quiet_hours", f"s:quiet:{each.begins}:{each.ends}", _as_told(each)) for each in HOURS]
    rows: list[Row] = [(taps[0], taps[1]), (taps[2], Choice("alerts.no_quiet", "s:quiet:none"))]
    rows.append((Choice("alerts.zone", "s:zone"), Choice("alerts.settings", "s:show")))
    values = {"quiet": None if now.quiet is None else _as_told(now.quiet), "zone": now.zone, "miss": miss}
    talk.page(QUIET, {**values, "default": DEFAULT_ZONE}, rows, numbers=True)


def _as_told(hours: Quiet) -> dict[str, int]:
    return {"begins": hours.begins, "ends": hours.ends}


def set_quiet(talk: Talk, hours: Quiet | None) -> None:
    """Keep quiet hours, or none; who has no place yet is asked for it, because the hours hang on it."""
    keep(talk, replace(subscription(talk), quiet=hours))
    if hours is not None and subscription(talk).zone is None:
        zone(talk)
    else:
        alerts(talk, note="set")


def zone(talk: Talk, *, miss: str | None = None, options: tuple[str, ...] = ()) -> None:
    """Where one lives, for the hours; `options`: the places that a text may have meant."""
    talk.change(asked=None, pending={"kind": ZONE})
    now = subscription(talk)
    taps = [Choice("place", f"s:zone:{name}", {"zone": name}) for name in options or ZONES]
    rows: list[Row] = [tuple(taps[at : at + 2]) for at in range(0, len(taps), 2)]
    rows.append((Choice("alerts.settings", "s:show"),))
    values = {"zone": now.zone, "quiet": None if now.quiet is None else _as_told(now.quiet), "miss": miss}
    talk.page(ZONE, {**values, "default": DEFAULT_ZONE, "open": bool(options)}, rows)


def set_zone(talk: Talk, name: str) -> None:
    """Keep the place."""
    keep(talk, replace(subscription(talk), zone=name))
    alerts(talk, note="set")


def typed(talk: Talk, kind: str, text: str) -> bool:
    """Read a text while one of the two pages is open; False where it is nothing of the kind."""
    found = (
        read_quiet(text, talk.context.lexicon)
        if kind == QUIET
        else read_zone(text, talk.context.zones, talk.context.lexicon, talk.context.now)
    )
    if isinstance(found, Understood):
        if kind == QUIET:
            set_quiet(talk, None if found.value is None else Quiet(**found.value))
        else:
            set_zone(talk, found.value)
        return True
    if isinstance(found, Unclear):
        zone(talk, options=found.options)
        return True
    return _missed(talk, kind, found)


def _missed(talk: Talk, kind: str, found: Misread) -> bool:
    """A text that is nearly an answer gets the page again; any other may be a wish."""
    if found.code in NOT_ONE:
        return False
    (quiet if kind == QUIET else zone)(talk, miss=found.code)
    return True


NOT_ONE = frozenset({"no_hours", "no_place"})
"""What is said of a text in which there is nothing of the kind."""
