"""Pictures for a program that has more to do: drawn outside of its event loop, and the last ones remembered."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bot.charts.render import fingerprint, render
from bot.telegram.logs import where
from conversations.pictures import is_personal
from conversations.session import Language

log = logging.getLogger(__name__)

KEPT = 64
"""Pictures that are remembered, of some 40 kB each: those without anybody's score."""
Render = Callable[[Mapping[str, Any], Language], bytes]


class NotDrawnError(Exception):
    """A picture that could not be drawn."""


class Pictures:
    """Draws pictures of data. What shows somebody's score is not remembered here: nothing has to be forgotten."""

    def __init__(self, render: Render = render) -> None:
        """`render`: what draws. The thread starts with the first picture."""
        self._render = render
        self._thread = ThreadPoolExecutor(1, "pictures")
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    async def png(self, spec: Mapping[str, Any], language: Language) -> bytes:
        """The picture as PNG. Raises NotDrawnError where it cannot be drawn; why is in the log, without its data."""
        key = fingerprint(spec, language)
        known = self._kept.get(key)
        if known is not None:
            self._kept.move_to_end(key)
            return known
        try:
            png = await asyncio.get_running_loop().run_in_executor(self._thread, self._render, spec, language)
        except Exception as error:
            log.error("a picture of %s was not drawn: %s", spec.get("kind"), where(error))
            raise NotDrawnError from None
        if not is_personal(spec):
            self._kept[key] = png
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return png

    def close(self) -> None:
        """Draw nothing more; what is being drawn is not waited for."""
        self._thread.shutdown(wait=False, cancel_futures=True)
