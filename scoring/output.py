"""An assessment as plain JSON data."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

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
    if is_dataclass(value):
        told = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {key: as_json(item) for key, item in told if item is not None or key not in OPTIONAL}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key: as_json(item) for key, item in value._asdict().items()}
    return [as_json(item) for item in value]
