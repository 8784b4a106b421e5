"""Labels under each other that do not touch."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

GAP = 16
"""Pixels between two labels at least."""


def spread(wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """The middles of labels of some heights, moved as little as can be so that none touches another.

    They keep their order, stand `GAP` apart, and lie between top and bottom; where there is no room for that they
    begin at the top all the same.
    """
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    sizes = [heights[place] for place in order]
    # Where each would be if all stood as close as they may, counted from the first edge of the first.
    begins = [0.0, *accumulate(size + GAP for size in sizes)][: len(sizes)]
    offsets = [begin + size / 2 for begin, size in zip(begins, sizes, strict=True)]
    last = bottom - (begins[-1] + sizes[-1]) if sizes else bottom
    moved = _rising([wanted[place] - offset for place, offset in zip(order, offsets, strict=True)])
    middles = dict(
        zip(order, (max(min(at, last), top) + offset for at, offset in zip(moved, offsets, strict=True)), strict=True)
    )
    return [middles[place] for place in range(len(wanted))]


def _rising(values: Sequence[float]) -> list[float]:
    """The numbers nearest to these, by the sum of squares, none of which is less than the one before it."""
    blocks: list[tuple[float, int]] = []
    for value in values:
        mean, count = value, 1
        while blocks and blocks[-1][0] > mean:
            before, many = blocks.pop()
            mean, count = (before * many + mean * count) / (many + count), many + count
        blocks.append((mean, count))
    return [mean for mean, count in blocks for _ in range(count)]
