"""What every page about rounds shares: a round as plain data, the name of its type, what changed since the last one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from conversations.replies import Choice
from scoring.draws import History, Round, is_known, order

NUMBERED = "r"
"""How a tap names a type that the rules do not know: by the number of a round of it, which is short and stays."""


def kind(name: str, history: History) -> dict[str, Any]:
    """A type as the wording wants it: its id, and the labels of its last round where the rules do not know it."""
    held = history.of(name)[-1] if history.of(name) else None
    if is_known(name) or held is None:
        return {"id": name, "label_en": None, "label_fr": None}
    return {"id": name, "label_en": held.label_en, "label_fr": held.label_fr or None}


def told(held: Round, history: History) -> dict[str, Any]:
    """A round as plain data."""
    labels = {"label_en": held.label_en, "label_fr": held.label_fr or None}
    return {
        "number": held.number,
        "date": held.date.isoformat(),
        "type": kind(held.type, history) if is_known(held.type) else {"id": held.type, **labels},
        "invitations": held.invitations,
        "cut_off": held.cut_off,
        "tie_break": held.tie_break_utc or None,
    }


def since_last(held: Round, history: History) -> dict[str, Any] | None:
    """The round of the same type before one, and what changed: points of the cut-off, invitations, days between.

    None for the first round of its type.
    """
    earlier = [each for each in history.of(held.type) if order(each.number) < order(held.number)]
    if not earlier:
        return None
    last = earlier[-1]
    return {
        **told(last, history),
        "points": held.cut_off - last.cut_off,
        "more": held.invitations - last.invitations,
        "days": (held.date - last.date).days,
    }


def named(name: str, history: History) -> str:
    """What a tap calls a type; an id of any length comes back from it (`type_named`)."""
    held = history.of(name)
    return name if is_known(name) or not held else f"{NUMBERED}{held[-1].number}"


def type_named(text: str, history: History) -> str | None:
    """The type that a tap calls so; None where there is none: a tap may be old, or anybody's."""
    if is_known(text):
        return text
    held = history.get(text.removeprefix(NUMBERED)) if text.startswith(NUMBERED) else None
    return held.type if held else None


def type_taps(names: Iterable[str], history: History, tap: str = "t:draws") -> list[tuple[Choice, ...]]:
    """A button for each type, two in a row."""
    taps = [Choice("round_type", f"{tap}:{named(name, history)}", kind(name, history)) for name in names]
    return [tuple(taps[at : at + 2]) for at in range(0, len(taps), 2)]
