"""What waited for one of several things to be picked, and was left for something else: it is asked later, not lost."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from conversations.interview import applies
from conversations.keys import parsed
from conversations.talk import Talk

KEPT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"job": ("kind", "key", "title", "facts", "unclear"), "options": ("kind", "key", "code", "read", "options")}
)
"""What is kept of each kind, to put it once more."""


def put_off(talk: Talk) -> None:
    """Let what this turn left unpicked wait behind what waits already; after a page by the way it is open still."""
    left = talk.left
    if left is None or _settled(talk, left):
        return
    if talk.session.asked == left["key"] and talk.session.pending is None:
        talk.change(pending=left)
        return
    talk.change(waiting=(*talk.session.waiting, _kept(left)))


def keep_typed(talk: Talk) -> None:
    """Put a job that was typed and is not kept yet before everything else: what is asked next would ask for it anew."""
    left, key = talk.left, parsed((talk.left or {}).get("key", ""))
    if left is not None and key is not None and left["kind"] == "job" and not talk.dossier.answered(key):
        talk.change(waiting=(_kept(left), *talk.session.waiting))


def _kept(left: Mapping[str, Any]) -> dict[str, Any]:
    """What is needed to put once more what was left."""
    return {name: left[name] for name in KEPT[left["kind"]]}


def _settled(talk: Talk, left: Mapping[str, Any]) -> bool:
    """Whether it was answered, is open still, waits already, or is of nothing that applies any more."""
    key = parsed(left["key"])
    if key is None or not applies(talk.dossier, key) or (talk.session.pending or {}).get("key") == left["key"]:
        return True
    if any(reply.key == f"ask/{key.id}" for reply in talk.replies):
        return True
    noted = {(each["id"], each["scope"], each["index"]) for each in talk.noted}
    waits = any(each["key"] == left["key"] for each in talk.session.waiting)
    return waits or (key.id, key.scope, key.place) in noted or not talk.session.consented
