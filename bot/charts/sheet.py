"""An empty picture, and how text is put on it: in pixels, from the top left."""

from __future__ import annotations

import logging
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from bot.charts import look

COLOURS = 64
"""Different ones in a file: few enough to make it a third as large, and still no edge that one sees."""
DPI = 72
"""So that a point is a pixel."""

# Where there is no folder to keep its cache in, the library says so at every start, and takes a temporary one.
logging.getLogger("matplotlib").setLevel(logging.ERROR)

import matplotlib  # noqa: E402
from matplotlib.axes import Axes  # noqa: E402
from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402
from matplotlib.font_manager import FontProperties  # noqa: E402
from matplotlib.text import Text  # noqa: E402
from PIL import Image  # noqa: E402

# What somebody set up for their own plots has no say here.
matplotlib.rcdefaults()

FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"


@cache
def font(size: float, *, bold: bool = False) -> FontProperties:
    """The font that comes with the library, with every accent of both languages."""
    return FontProperties(fname=FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"), size=size)


class Sheet:
    """A picture that is being made."""

    def __init__(self, height: int) -> None:
        """An empty one, `look.WIDTH` wide."""
        self.height = height
        self.figure = Figure((look.WIDTH / DPI, height / DPI), DPI, facecolor=look.PAPER)
        self.canvas: Any = FigureCanvasAgg(self.figure)

    def text(self, x: float, y: float, text: str, size: float, *, bold: bool = False, **how: Any) -> Text:
        """Put text on the picture; `x` and `y` in pixels from the top left, `y` at the top of the text."""
        style = {"va": "top", "color": look.INK, "linespacing": 1.15, "parse_math": False, **how}
        return self.figure.text(*self.place(x, y), text, fontproperties=font(size, bold=bold), **style)

    def line(self, x: float, y: float, text: str, size: float, *, bold: bool = False, **how: Any) -> Text:
        """Put one line of text on the picture, its baseline at `y`."""
        return self.text(x, y, text, size, bold=bold, va="baseline", **how)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A place in shares of the picture, as the library counts: from the bottom left."""
        return x / look.WIDTH, 1 - y / self.height

    def axes(self, left: float, top: float, right: float, bottom: float) -> Axes:
        """Room to plot in, without a frame."""
        x, y = self.place(left, bottom)
        made = self.figure.add_axes((x, y, (right - left) / look.WIDTH, (bottom - top) / self.height))
        made.set_facecolor(look.PAPER)
        for spine in made.spines.values():
            spine.set_visible(False)
        made.tick_params(length=0, labelcolor=look.INK, pad=10)
        return made

    def size(self, text: Text) -> tuple[float, float]:
        """The width and the height of a text."""
        box = text.get_window_extent(self.canvas.get_renderer())
        return box.width, box.height

    def bottom(self, text: Text) -> float:
        """Where a text ends, from the top."""
        return float(self.height - text.get_window_extent(self.canvas.get_renderer()).y0)

    def wrapped(self, text: str, size: float, width: float, *, bold: bool = False) -> str:
        """The text in lines that are no wider than that; a word that is stands alone."""
        lines: list[str] = []
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self._width(longer, size, bold) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return "\n".join(lines)

    def _width(self, text: str, size: float, bold: bool) -> float:
        measured = Text(0, 0, text, fontproperties=font(size, bold=bold), parse_math=False, figure=self.figure)
        return self.size(measured)[0]

    def head(self, title: str, lead: str, *, strong: bool = False) -> float:
        """The title, and what it is about or, `strong`, what it comes to; returns where they end."""
        room = look.WIDTH - 2 * look.MARGIN
        titled = self.text(
            look.MARGIN, 44, self.wrapped(title, look.TITLE, room, bold=True), look.TITLE, bold=True, gid="title"
        )
        size, colour = (look.TITLE, look.INK) if strong else (look.LEAD, look.QUIET)
        told = self.wrapped(lead, size, room)
        return self.bottom(self.text(look.MARGIN, self.bottom(titled) + 16, told, size, color=colour))

    def foot(self, *texts: str) -> float:
        """Where it comes from and up to when, at the bottom; returns where it begins."""
        room = look.WIDTH - 2 * look.MARGIN
        told = "\n".join(self.wrapped(text, look.SMALL, room) for text in texts)
        text = self.text(look.MARGIN, self.height - 36, told, look.SMALL, va="bottom", color=look.QUIET)
        return self.bottom(text) - self.size(text)[1]

    def png(self) -> bytes:
        """The picture as a file; the same each time, for it holds neither a day nor a program's name."""
        self.canvas.draw()
        whole = Image.frombuffer("RGBA", self.canvas.get_width_height(), self.canvas.buffer_rgba(), "raw", "RGBA", 0, 1)
        out = BytesIO()
        whole.convert("RGB").quantize(COLOURS).save(out, "PNG", optimize=True)
        return out.getvalue()
