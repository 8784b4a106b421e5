"""The ranges of scores in which the pool is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def holds(band: Sequence[int], score: Mapping[str, int] | None) -> bool:
    """Whether a range (low, high, candidates) holds a score, or a part of what it may be."""
    return score is not None and score["low"] <= band[1] and score["high"] >= band[0]
