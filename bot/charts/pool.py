"""The pool of candidates: how many stand in each range of scores, and in which one the person's score falls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.charts import look
from bot.charts.bands import holds
from bot.charts.sheet import Sheet, font
from bot.charts.words import ChartWords

RANGES = 210
"""Pixels at the left for the ranges."""
COUNTS = 150
"""Pixels at the right of the longest bar for its number."""


def draw(spec: Mapping[str, Any], words: ChartWords) -> Sheet:
    """The picture of the pool, the highest scores on top. The ranges are those that are published: not equally wide."""
    sheet = Sheet(look.TALL)
    top = sheet.head(words.said("pool_title", spec), words.said("pool_lead", spec)) + 26
    if spec["score"]:
        key = sheet.wrapped(words.said("pool_key", spec), look.LEAD, look.WIDTH - 2 * look.MARGIN, bold=True)
        top = sheet.bottom(sheet.text(look.MARGIN, top, key, look.LEAD, bold=True, color=look.HIGHLIGHT)) + 26
    bottom = sheet.foot(words.said("pool_known", spec), words.said("source", spec)) - 20
    axes = sheet.axes(look.MARGIN + RANGES, top, look.WIDTH - look.MARGIN - COUNTS, bottom)
    places = range(len(spec["bands"]))
    axes.set_ylim(len(spec["bands"]) - 0.5, -0.5)
    most = max(count for _, _, count in spec["bands"])
    gap = most * 0.015
    axes.set_xlim(0, most)
    axes.set_xticks([])
    axes.set_yticks(places, [words.said("pool_band", band) for band in spec["bands"]])
    for place, band, label in zip(places, spec["bands"], axes.get_yticklabels(), strict=True):
        own = holds(band, spec["score"])
        label.set_fontproperties(font(look.SMALL, bold=own))
        label.set_verticalalignment("center_baseline")
        axes.barh(place, band[2], 0.72, color=look.HIGHLIGHT if own else look.PLAIN)
        axes.text(
            band[2] + gap, place, words.number(band[2]), fontproperties=font(look.SMALL, bold=own),
            va="center_baseline", color=look.INK, parse_math=False, gid="name",
        )  # fmt: skip
    return sheet
