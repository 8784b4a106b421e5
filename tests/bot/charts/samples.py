"""Pictures to draw: of the rounds and the pool that ship, with and without a score, near and far."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from conversations import pictures
from conversations.session import Language
from scoring.draws import Round, history_of, shipped

ON = date(2026, 11, 22)
LANGUAGES: tuple[Language, ...] = ("en", "fr")
ONE, RANGE, FAR, LOW = ({"low": low, "high": high} for low, high in ((478, 478), (441, 489), (1078, 1078), (210, 260)))
MANY = ("cec", "french", "healthcare", "trades", "senior_managers")
WIDE = ("cec", "physicians", "education", "transport", "military")
UNKNOWN = "Candidates with $2 of work experience in Canada's north"


def sections(*each: tuple[str, int, int, int]) -> list[dict[str, Any]]:
    """Sections given as (id, low, high, max)."""
    return [{"id": name, "low": low, "high": high, "max": most} for name, low, high, most in each]


def score(low: int, high: int, *each: tuple[str, int, int, int]) -> dict[str, Any]:
    """How a score is made up."""
    return {"kind": "score", "sections": sections(*each), "low": low, "high": high, "on": ON.isoformat()}


def _cut_offs(*args: Any) -> Mapping[str, Any]:
    found = pictures.cut_offs(shipped(), *args)
    assert found is not None
    return found


def _pool(*args: Any) -> Mapping[str, Any]:
    found = pictures.pool(shipped(), *args)
    assert found is not None
    return found


def _new_type() -> Mapping[str, Any]:
    held = Round("448", date(2026, 10, 20), "new_x", "", UNKNOWN, 10, 300, "")
    found = pictures.cut_offs(history_of([held], ON), ["new_x"], ON)
    assert found is not None
    return found


SAMPLES: Mapping[str, Mapping[str, Any]] = {
    "five_types": _cut_offs(MANY, ON, ONE),
    "range": _cut_offs(("cec", "french"), ON, RANGE),
    "no_score": _cut_offs(("cec", "healthcare", "trades"), ON),
    "far_above": _cut_offs(("cec", "french"), ON, FAR),
    "far_below": _cut_offs(WIDE, ON, LOW),
    "nominees": _cut_offs(("pnp",), ON),
    "one_round": _cut_offs(("military",), ON, ONE),
    "new_type": _new_type(),
    "pool": _pool(ON, ONE),
    "pool_range": _pool(ON, RANGE),
    "pool_alone": _pool(ON),
    "pool_of_2022": _pool(date(2022, 2, 1), ONE),
    "score": score(479, 479, ("core", 354, 354, 500), ("transferability", 75, 75, 100), ("additional", 50, 50, 600)),
    "score_range": score(
        391,
        489,
        ("core", 300, 351, 460),
        ("partner", 20, 40, 40),
        ("transferability", 50, 100, 100),
        ("additional", 0, 30, 600),
    ),
    "nominated": score(
        975,
        975,
        ("core", 300, 300, 460),
        ("partner", 25, 25, 40),
        ("transferability", 50, 50, 100),
        ("additional", 600, 600, 600),
    ),
    "nothing": score(0, 0, ("core", 0, 0, 500), ("transferability", 0, 0, 100), ("additional", 0, 0, 600)),
}
