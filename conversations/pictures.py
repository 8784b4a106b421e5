"""Pictures as data: what a chart shows, in plain JSON. Whoever draws it needs nothing else, and the text says the same.

`cut_offs`: {kind, series: [{type, points: [[day, cut-off], ...]}], score, since, known_to}, the series in the order
asked for, their points oldest first; a type without a name of its own also has its `label`, {en, fr}. `score`: {kind,
sections: [{id, low, high, max}], low, high, on}. `pool`: {kind, as_on, bands: [[low, high, candidates], ...], total,
score}, the highest band first. A `score` is {low, high}, both included, or null.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from scoring.assessment import Assessment
from scoring.calendar import add_months
from scoring.draws import History, is_known

Picture = dict[str, Any]

MOST_SERIES = 5
"""Types that one picture shows: more lines than that cannot be told apart on a phone."""
MONTHS_SHOWN = 24
"""How far back the cut-offs go: older rounds were held among other candidates, and under other rules."""
APART = "pnp"
"""A nomination is worth 600 points, so these cut-offs lie far above all others and would press them flat."""


def cut_offs(
    history: History, kinds: Iterable[str], on: date, score: Mapping[str, Any] | None = None
) -> Picture | None:
    """The cut-offs of some types over the two years up to a day, with a score ({low, high}) to hold against them.

    The first five of the types that were drawn in these years are shown; provincial nominees only where no other type
    is asked for. None where no round of them was held in these years.
    """
    since = add_months(on, -MONTHS_SHOWN)
    asked = list(dict.fromkeys(kinds))
    together = [kind for kind in asked if kind != APART] or asked
    series = [_series(history, kind, found) for kind in together if (found := _points(history, kind, since, on))]
    if not series:
        return None
    return {
        "kind": "cut_offs",
        "series": series[:MOST_SERIES],
        "score": _ends(score),
        "since": since.isoformat(),
        "known_to": min(history.known_to, on).isoformat(),
    }


def _points(history: History, kind: str, since: date, on: date) -> list[list[Any]]:
    return [[held.date.isoformat(), held.cut_off] for held in history.of(kind) if since <= held.date <= on]


def _series(history: History, kind: str, points: list[list[Any]]) -> Picture:
    """A type with its points; one that the rules do not know by a name carries the label of its last round."""
    if is_known(kind):
        return {"type": kind, "points": points}
    last = history.of(kind)[-1]
    return {"type": kind, "label": {"en": last.label_en, "fr": last.label_fr or last.label_en}, "points": points}


def score(found: Assessment) -> Picture:
    """How a score is made up: each section with its ends and its cap, without those that cannot pay."""
    sections = [
        {"id": name, "low": section.low, "high": section.high, "max": section.max}
        for name, section in found.crs.sections.items()
        if section.max
    ]
    return {
        "kind": "score",
        "sections": sections,
        "low": found.crs.low,
        "high": found.crs.high,
        "on": found.on.isoformat(),
    }


def pool(history: History, on: date, score: Mapping[str, Any] | None = None) -> Picture | None:
    """How many candidates stood in each range of scores when IRCC last counted before a day, and where a score stands.

    None where no count is known.
    """
    snapshot = history.pool(on)
    if snapshot is None:
        return None
    return {
        "kind": "pool",
        "as_on": snapshot.as_on.isoformat(),
        "bands": [list(band) for band in snapshot.bands],
        "total": snapshot.total,
        "score": _ends(score),
    }


def is_personal(picture: Mapping[str, Any]) -> bool:
    """Whether a picture shows the score of a person."""
    return picture["kind"] == "score" or picture["score"] is not None


def _ends(score: Mapping[str, Any] | None) -> dict[str, int] | None:
    return None if score is None else {"low": score["low"], "high": score["high"]}
