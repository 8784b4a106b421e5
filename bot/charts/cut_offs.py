"""Cut-offs over time: a line for each type, named where it ends, and the person's own score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from bot.charts import look
from bot.charts.sheet import Sheet, font
from bot.charts.spread import spread
from bot.charts.words import ChartWords

NAMES = 262
"""Pixels at the right for the names of the lines."""
GAP = 44
"""From the last day to the signs before the names."""
INDENT = 28
"""From the middle of the signs, where the names begin."""
LINE, SMALL_LINE, CAPITAL = 36, 39, 27
"""Pixels from line to line in front of a value and of a name, and the height of a figure."""
REACH = 120
"""Points above the highest and below the lowest cut-off that are shown: a score farther away is only pointed to."""
LOCATOR = MaxNLocator(nbins=7, steps=[1, 2, 2.5, 5, 10], integer=True)
MONTHS_NAMED = (1, 7)


@dataclass(slots=True)
class Name:
    """What stands at the end of a line: its value, its name, the sign before it, and the height it points to."""

    value: str
    name: str
    at: float
    sign: dict[str, Any]
    since: float | None = None


def draw(spec: Mapping[str, Any], words: ChartWords) -> Sheet:
    """The picture of cut-offs."""
    sheet = Sheet(look.SQUARE)
    top = sheet.head(words.said("cut_offs_title", spec), words.said("cut_offs_lead", spec)) + 44
    bottom = sheet.foot(words.said("cut_offs_known", spec), words.said("source", spec)) - 118
    axes = sheet.axes(look.MARGIN + 84, top, look.WIDTH - look.MARGIN - NAMES - GAP, bottom)
    low, high = _heights(spec)
    axes.set_ylim(low, high)
    _days(axes, date.fromisoformat(spec["since"]), date.fromisoformat(spec["known_to"]), words)
    _points(axes, low, high, words)
    names = [_line(axes, series, style, words) for series, style in zip(spec["series"], look.SERIES, strict=False)]
    if spec["score"]:
        names.append(_score(axes, spec["score"], words))
    _named(sheet, axes, names, top, bottom)
    return sheet


def _heights(spec: Mapping[str, Any]) -> tuple[float, float]:
    """The lowest and the highest score that is shown."""
    cut_offs = [points for series in spec["series"] for _, points in series["points"]]
    least, most = min(cut_offs), max(cut_offs)
    shown = [least, most]
    if spec["score"]:
        shown += [end for end in spec["score"].values() if least - REACH <= end <= most + REACH]
    air = max(6.0, (max(shown) - min(shown)) * 0.06)
    return min(shown) - air, max(shown) + air


def _days(axes: Axes, first: date, last: date, words: ChartWords) -> None:
    axes.set_xlim(first.toordinal() - 8, last.toordinal() + 8)
    months = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in MONTHS_NAMED]
    shown = [day for day in months if first <= day <= last]
    axes.set_xticks([day.toordinal() for day in shown], ["\n".join(words.month(day)) for day in shown])
    for label in axes.get_xticklabels():
        label.set_fontproperties(font(look.SMALL))
    axes.grid(True, axis="x", color=look.GRID, linewidth=2)


def _points(axes: Axes, low: float, high: float, words: ChartWords) -> None:
    shown = [int(value) for value in LOCATOR.tick_values(low, high) if low <= value <= high]
    axes.set_yticks(shown, [words.number(value) for value in shown])
    for label in axes.get_yticklabels():
        label.set_fontproperties(font(look.SMALL))
    axes.grid(True, axis="y", color=look.GRID, linewidth=2)
    axes.set_axisbelow(True)


def _line(axes: Axes, series: Mapping[str, Any], style: look.Look, words: ChartWords) -> Name:
    days = [date.fromisoformat(day).toordinal() for day, _ in series["points"]]
    cut_offs = [points for _, points in series["points"]]
    sign: dict[str, Any] = {
        "marker": style.marker,
        "markersize": style.size,
        "markeredgecolor": look.PAPER,
        "markeredgewidth": 1.5,
    }
    axes.plot(days, cut_offs, color=style.colour, linewidth=3.5, label=series["type"], clip_on=False, zorder=3, **sign)
    return Name(words.number(cut_offs[-1]), words.type(series), cut_offs[-1], {**sign, "color": style.colour}, days[-1])


def _score(axes: Axes, score: Mapping[str, int], words: ChartWords) -> Name:
    """The score as a line, or as a band between its ends; where it lies outside, an arrow at the edge."""
    low, high = axes.get_ylim()
    if score["low"] < score["high"]:
        axes.axhspan(max(score["low"], low), min(score["high"], high), facecolor=look.SPAN, alpha=0.75, zorder=1)
    for end in {score["low"], score["high"]}:
        if low < end < high:
            axes.axhline(end, color=look.INK, linewidth=3, linestyle=(0, (4, 2)), zorder=2)
    middle = (score["low"] + score["high"]) / 2
    arrow = "^" if middle > high else "v" if middle < low else ""
    sign: dict[str, Any] = {"color": look.INK, "marker": arrow, "markersize": 20} if arrow else {"color": look.INK}
    return Name(words.said("ends", score), words.said("your_score_name", score), min(max(middle, low), high), sign)


def _named(sheet: Sheet, axes: Axes, names: Sequence[Name], top: float, bottom: float) -> None:
    """The names under each other at the right, each as near to the end of its line as the others let it."""
    left = look.WIDTH - look.MARGIN - NAMES
    told = [sheet.wrapped(name.name, look.SMALL, NAMES - INDENT).split("\n") for name in names]
    heights = [LINE + SMALL_LINE * len(lines) for lines in told]
    wanted = [sheet.height - axes.transData.transform((0, name.at))[1] for name in names]
    places = spread(
        [wish + heights[n] / 2 - LINE / 2 for n, wish in enumerate(wanted)], heights, top - 20, bottom + 110
    )
    for name, lines, height, wish, middle in zip(names, told, heights, wanted, places, strict=True):
        begin = middle - height / 2
        sheet.line(left + INDENT, begin + LINE, name.value, look.LABEL, bold=True, gid="name")
        for number, line in enumerate(lines, 1):
            sheet.line(left + INDENT, begin + LINE + number * SMALL_LINE, line, look.SMALL, gid="name")
        _sign(sheet, axes, name, left, wish, begin + LINE - CAPITAL / 2)


def _sign(sheet: Sheet, axes: Axes, name: Name, left: float, wish: float, at: float) -> None:
    """The marker before a name, and a thin line to it from where the line of the plot ends."""
    end = axes.get_window_extent(sheet.canvas.get_renderer()).x1
    x = end if name.since is None else axes.transData.transform((name.since, 0))[0]
    way = [(x, wish), (max(x, end + 4), wish), (left - 6, at)]
    xs, ys = zip(*(sheet.place(*point) for point in way), strict=True)
    sheet.figure.add_artist(Line2D(xs, ys, color=name.sign["color"], linewidth=1.5, alpha=0.6, zorder=1))
    if "marker" in name.sign:
        sheet.figure.add_artist(Line2D(*([value] for value in sheet.place(left + 6, at)), **name.sign))
    else:
        xs, ys = zip(sheet.place(left - 8, at), sheet.place(left + 18, at), strict=True)
        sheet.figure.add_artist(Line2D(xs, ys, color=look.INK, linewidth=4))
