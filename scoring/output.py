"""An assessment as plain JSON data."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, cast

UNTOLD = frozenset({"completes_on"})
"""What only the words of a reason need; the fields of the output are fixed."""
OPTIONAL = frozenset({"facts_verdict", "what_if", "first_official_language"})
"""Keys that are left out while they hold nothing; everything else is always there."""


def as_json(value: Any) -> Any:
    """Dataclasses and named tuples as objects, dates in ISO form, all else as it is."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    names = _names(cast(Hashable, type(value)))
    if names is not None:
        told = ((name, getattr(value, name)) for name in names)
        return {name: as_json(item) for name, item in told if item is not None or name not in OPTIONAL}
    return [as_json(item) for item in value]


@cache
def _names(kind: Any) -> tuple[str, ...] | None:
    """The names of what a dataclass or a named tuple holds; None for any other kind."""
    if is_dataclass(kind):
        return tuple(field.name for field in fields(kind) if field.name not in UNTOLD)
    named: tuple[str, ...] | None = getattr(kind, "_fields", None)
    return named
