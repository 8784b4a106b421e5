"""JSON pointers into a profile (RFC 6901): read, write, and fold values under what was absent."""

from __future__ import annotations

import copy
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
    """A copy of `data` with `value` at the pointer; objects on the way are made where they are absent."""
    whole = copy.deepcopy(data)
    keys = parts(pointer)
    place = whole
    for key in keys[:-1]:
        if isinstance(place, list):
            place = place[int(key)]
        else:
            if place.get(key) is None:
                place[key] = {}
            place = place[key]
    if isinstance(place, list):
        place[int(keys[-1])] = value
    else:
        place[keys[-1]] = value
    return whole


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
