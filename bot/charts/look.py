"""How pictures look: sizes in pixels of the picture, colours that one tells apart, and markers that do so without them.

A picture is shown about 330 points wide on a phone, a third of its pixels: what is 36 here is 11 there. It has a light
ground of its own, so that it reads in a dark chat as well.
"""

from __future__ import annotations

from typing import NamedTuple

WIDTH = 1080
SQUARE, TALL = 1080, 1350
MARGIN = 52

TITLE, LEAD, LABEL, SMALL = 50, 36, 36, 30
"""Sizes of text."""

PAPER, INK, QUIET = "#FBFAF7", "#1B1B1B", "#55524C"
"""The ground, the text, and text that may be read last."""
GRID, TRACK = "#E2DED5", "#E7E3DA"
HIGHLIGHT, PLAIN = "#C1440E", "#6F93AD"
"""What concerns the person, and what does not."""
SPAN = "#E9D9A8"
"""The band of a score of which only the ends are known."""


class Look(NamedTuple):
    """How a line is told from the others."""

    colour: str
    marker: str
    size: int
    sign: str


SERIES = (
    Look("#0077BB", "o", 15, "●"),
    Look("#C1440E", "s", 14, "■"),
    Look("#3B0764", "^", 18, "▲"),
    Look("#00806A", "D", 14, "◆"),
    Look("#6D28D9", "X", 18, "✖"),
)
"""Colours far apart for every kind of sight (see the test), each with a marker, and with a sign for text."""
