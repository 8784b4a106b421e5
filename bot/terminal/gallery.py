"""Pictures in a terminal: sketched on the page as text, and saved as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.charts.pictures import NotDrawnError, Pictures
from bot.charts.sketch import sketch
from bot.terminal.files import save
from bot.terminal.page import Page


class Gallery:
    """Shows the pictures of one chat."""

    def __init__(self, page: Page, folders: Sequence[Path], pictures: Pictures | None = None) -> None:
        """`folders`: a picture goes into the first that takes it. `pictures`: what draws them."""
        self.page, self.folders, self.pictures = page, folders, pictures or Pictures()

    async def show(self, picture: Mapping[str, Any], say: Mapping[str, str]) -> bool:
        """Sketch a picture of the outbox, save it, and tell where; False where it could not be drawn or saved."""
        spec, name = picture["spec"], file_name(picture["spec"])
        self.page.sketch(sketch(spec, picture["language"], self.page.width()))
        try:
            png = await self.pictures.png(spec, picture["language"])
            path = save(name, png, self.folders, same=True)
        except NotDrawnError:
            self.page.note(say["chat_not_drawn"])
            return False
        except OSError as error:
            self.page.note(say["chat_not_saved"].format(name=name, reason=error.strerror))
            return False
        self.page.note(say["chat_saved"].format(path=path))
        return True


def file_name(spec: Mapping[str, Any]) -> str:
    """Under which name a picture is saved."""
    return f"tirage-{spec['kind'].replace('_', '-')}.png"
