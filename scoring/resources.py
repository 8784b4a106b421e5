"""The only place of this package that reads files: its own data, shipped beside the code."""

from __future__ import annotations

import csv
import io
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def toml(name: str) -> dict[str, Any]:
    """The parsed TOML file `name` of this package, such as `rules/crs.toml`.

    Raises FileNotFoundError when there is no such file, tomllib.TOMLDecodeError when it is not TOML.
    """
    return tomllib.loads(files("scoring").joinpath(name).read_text("utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    """The rows of the CSV file `name` of this package, such as `data/rounds.csv`; the header gives the keys."""
    return list(csv.DictReader(io.StringIO(files("scoring").joinpath(name).read_text("utf-8"))))
