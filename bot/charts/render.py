"""A picture as PNG."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from bot.charts.words import chart_words
from conversations.session import Language

if TYPE_CHECKING:
    from bot.charts.sheet import Sheet

LOOKS = 1
"""Goes up when the same data come to look different: what was kept of a picture is then no longer it."""
KINDS = ("cut_offs", "score", "pool")


def render(spec: Mapping[str, Any], language: Language) -> bytes:
    """The picture of some data (`conversations.pictures`) as PNG, 1080 pixels wide: the same bytes each time.

    Takes some tenths of a second, at first longer: not for an event loop. Raises ValueError for another kind of
    picture, KeyError and UnknownWordError for what is no such data.
    """
    return draw(spec, language).png()


def draw(spec: Mapping[str, Any], language: Language) -> Sheet:
    """The picture before it is a file. Raises as `render`."""
    if spec["kind"] not in KINDS:
        raise ValueError(f"no such kind of picture: {spec['kind']!r}")
    drawn: Sheet = import_module(f"bot.charts.{spec['kind']}").draw(spec, chart_words(language))
    return drawn


def fingerprint(spec: Mapping[str, Any], language: Language) -> str:
    """What the same picture has the same, and no other: a hash of its data, its language and its look."""
    told = json.dumps([LOOKS, language, spec], sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(told.encode()).hexdigest()
