"""A picture as text, for a terminal: the same numbers, in columns of equally wide signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.charts.bands import holds
from bot.charts.look import SERIES
from bot.charts.words import ChartWords, chart_words
from conversations.session import Language

LEAST = 40
"""Columns below which nothing is drawn any narrower."""
ROWS = 12
"""Lines of a plot."""
FULL, OPEN, EMPTY, RULE, OWN = "█", "▒", "░", "┄", "◀"


def sketch(spec: Mapping[str, Any], language: Language, width: int) -> str:
    """The text of a picture, no wider than `width` columns (40 at least), lines ended by nothing but a line end."""
    words = chart_words(language)
    drawn = {"cut_offs": _cut_offs, "score": _score, "pool": _pool}[spec["kind"]](spec, words, max(width, LEAST))
    return "\n".join(line.rstrip() for line in drawn)


def _cut_offs(spec: Mapping[str, Any], words: ChartWords, width: int) -> list[str]:
    return [words.said("cut_offs_title", spec), "", *_plot(spec, words, width), "", *_key(spec, words)]


def _plot(spec: Mapping[str, Any], words: ChartWords, width: int) -> list[str]:
    """Points of each type by its sign, the days from left to right; a score within as a dotted line."""
    cut_offs: list[int] = [points for series in spec["series"] for _, points in series["points"]]
    low, high = min(cut_offs), max(cut_offs)
    first, last = (date.fromisoformat(spec[end]).toordinal() for end in ("since", "known_to"))
    edge = len(words.number(high))
    columns = width - edge - 2

    def row(points: int) -> int:
        return round((high - points) / max(high - low, 1) * (ROWS - 1))

    grid = [[" "] * columns for _ in range(ROWS)]
    for end in (spec["score"] or {}).values():
        if low <= end <= high:
            grid[row(end)] = [RULE] * columns
    for series, look in zip(spec["series"], SERIES, strict=False):
        for day, points in series["points"]:
            across = (date.fromisoformat(day).toordinal() - first) / max(last - first, 1)
            grid[row(points)][round(across * (columns - 1))] = look.sign
    named = {row(value): words.number(value) for value in (low, (low + high) // 2, high)}
    lines = [f"{named.get(place, ''):>{edge}} │{''.join(line)}" for place, line in enumerate(grid)]
    begin, end = (" ".join(words.month(date.fromisoformat(spec[name]))) for name in ("since", "known_to"))
    return [*lines, f"{'':>{edge}} └{'─' * columns}", f"{'':>{edge + 2}}{begin}{end:>{columns - len(begin)}}"]


def _key(spec: Mapping[str, Any], words: ChartWords) -> list[str]:
    """What each sign stands for, and the last cut-off."""
    told = []
    for series, look in zip(spec["series"], SERIES, strict=False):
        day, cut_off = series["points"][-1]
        told.append(f"{look.sign} {words.type(series)}  {words.number(cut_off)}  ({words.day(day)})")
    return told if spec["score"] is None else [*told, f"{RULE} {words.said('your_score', spec['score'])}"]


def _score(spec: Mapping[str, Any], words: ChartWords, width: int) -> list[str]:
    lines = [words.said("score_title", spec), words.said("score_lead", spec)]
    for section in spec["sections"]:
        sure, most = (round(section[end] / section["max"] * width) for end in ("low", "high"))
        bar = FULL * sure + OPEN * (most - sure) + EMPTY * (width - most)
        name, points = words.section(section["id"]), words.said("score_part", section)
        beside = len(name) + 2 + len(points) <= width
        lines += ["", f"{name}{points:>{width - len(name)}}" if beside else f"{name}\n{points:>{width}}", bar]
    return lines


def _pool(spec: Mapping[str, Any], words: ChartWords, width: int) -> list[str]:
    bands: Sequence[Any] = spec["bands"]
    names = [words.said("pool_band", band) for band in bands]
    counts = [words.number(band[2]) for band in bands]
    edge, tail = max(map(len, names)), max(map(len, counts))
    own = [holds(band, spec["score"]) for band in bands]
    columns = width - edge - tail - 4
    most = max(band[2] for band in bands)
    lines = [words.said("pool_title", spec), words.said("pool_lead", spec), words.said("pool_known", spec), ""]
    for band, name, count, is_own in zip(bands, names, counts, own, strict=True):
        bar = FULL * round(band[2] / most * columns)
        lines.append(f"{name:>{edge}} {bar} {count}{' ' + OWN if is_own else ''}")
    return lines if spec["score"] is None else [*lines, "", f"{OWN} {words.said('your_score', spec['score'])}"]
