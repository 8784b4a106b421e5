"""JSON pointers into a profile (RFC 6901): read, write, and fold values under what was absent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def parts(pointer: str) -> list[str]:
    """The keys of a pointer."""
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def present(data: Any, keys: list[str]) -> int:
    """How many of the keys lead to something that is there (null counts as absent)."""
    for depth, key in enumerate(keys):
        try:
            data = data[int(key)] if isinstance(data, list) else data[key]
        except (KeyError, IndexError, TypeError):
            return depth
        if data is None:
            return depth
    return len(keys)


def put(data: Any, pointer: str, value: Any) -> Any:
    """A copy of `data` with `value` at the pointer; objects on the way are made where they are absent.

    What does not lie on the way is shared with `data`.
    """
    return _put(data, parts(pointer), value)


def _put(data: Any, keys: list[str], value: Any) -> Any:
    if not keys:
        return value
    if isinstance(data, list):
        place = int(keys[0])
        return [*data[:place], _put(data[place], keys[1:], value), *data[place + 1 :]]
    held = {} if data is None else data
    return {**held, keys[0]: _put(held.get(keys[0]), keys[1:], value)}


def completed(data: Any, values: Mapping[str, Any]) -> Any:
    """A copy of `data` with every value at its pointer."""
    for pointer, value in values.items():
        data = put(data, pointer, value)
    return data


def folded(values: Mapping[str, Any], given: Any) -> dict[str, Any]:
    """The same values at the shallowest absent places of `given`: an absent object is told whole."""
    told: dict[str, Any] = {}
    for pointer, value in values.items():
        keys = parts(pointer)
        depth = present(given, keys)
        if depth + 1 >= len(keys):
            told[pointer] = value
            continue
        top = "/" + "/".join(keys[: depth + 1])
        rest = "/" + "/".join(keys[depth + 1 :])
        told[top] = put(told.get(top, {}), rest, value)
    return told
