"""How a score is made up: a bar for each part, as full as it pays of what it can pay at most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.charts import look
from bot.charts.sheet import Sheet
from bot.charts.words import ChartWords

BAR, ABOVE, GAP = 44, 18, 34
"""Pixels: the height of a bar, from it up to its name, and from it down to the next part."""
ROW = 200
"""Pixels from one part to the next, at most."""
COLOUR = look.SERIES[0].colour


def draw(spec: Mapping[str, Any], words: ChartWords) -> Sheet:
    """The picture of a score. Each bar has a scale of its own: beside 600 points for a nomination none would show."""
    sheet = Sheet(look.SQUARE)
    top = sheet.head(words.said("score_title", spec), words.said("score_lead", spec), strong=True) + 30
    foot = sheet.foot(words.said("score_key", spec), words.said("score_known", spec), words.said("source", spec))
    axes = sheet.axes(look.MARGIN, top, look.WIDTH - look.MARGIN, foot - 20)
    height = foot - 20 - top
    axes.set_xlim(0, 1)
    axes.set_ylim(height, 0)
    axes.set_xticks([])
    axes.set_yticks([])
    row = min(ROW, height / len(spec["sections"]))
    for place, section in enumerate(spec["sections"]):
        end = (place + 1) * row - GAP
        _part(sheet, top + end - BAR - ABOVE, section, words)
        low, high = section["low"] / section["max"], section["high"] / section["max"]
        at = end - BAR / 2
        axes.barh(at, 1, BAR, color=look.TRACK)
        axes.barh(at, low, BAR, color=COLOUR)
        if high > low:
            axes.barh(at, high - low, BAR, left=low, facecolor=look.PAPER, edgecolor=COLOUR, hatch="//", linewidth=2)
    return sheet


def _part(sheet: Sheet, baseline: float, section: Mapping[str, Any], words: ChartWords) -> None:
    """What stands above a bar: the name of the part, in as many lines as it takes, and its points."""
    right = look.WIDTH - look.MARGIN
    points = sheet.line(
        right, baseline, words.said("score_part", section), look.LABEL, bold=True, ha="right", gid="name"
    )
    room = right - look.MARGIN - sheet.size(points)[0] - 30
    lines = sheet.wrapped(words.section(section["id"]), look.SMALL, room).split("\n")
    for number, line in enumerate(reversed(lines)):
        sheet.line(look.MARGIN, baseline - number * 36, line, look.SMALL, gid="name")
