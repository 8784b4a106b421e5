"""The data files of `locales/`, each read once per process."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def toml(name: str) -> dict[str, Any]:
    """The parsed file `name` of `locales/`, such as `lexicon.toml`; whoever is given it changes nothing in it."""
    return tomllib.loads(files("locales").joinpath(name).read_text("utf-8"))
