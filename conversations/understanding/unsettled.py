"""What is named and is no fact: planned, wanted, under way, not finished, expired, or denied.

The words stand in `told` of the phrases: `unsettled` leads to what is named (*I will finish my*) with `leading` words
between, `unfinished` follows it (*not finished*) with `between` words.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, cast

from conversations.answers.calendar import find
from conversations.answers.text import plain, standing
from conversations.understanding.telling import Telling

Kind = Literal["ahead", "late", "denied", "over", "settled"]
"""Planned or wanted; under way or not finished; not there; expired; or words that only look like these."""
NOT_YET, DENIED = "not_yet", "denied"
"""As which it is kept beside the facts: what is planned or under way, and what is not there."""
_FARTHEST = 60
"""Characters before and behind a name that are looked at."""
_BREAK = re.compile(r"[^a-z0-9\s':./+&-]")
_CLAUSE = re.compile(r"[,;()]|\b(?:because|due to|so|but|although|car|parce|mais|donc)\b")
_NUMBER = re.compile(r"[lrws]?\d+")


class Unsettled(NamedTuple):
    """Why something is no fact, and the place of the words that say so, up to its name or from it."""

    kind: Kind
    start: int
    end: int


def unsettled(telling: Telling, start: int, end: int) -> Unsettled | None:
    """Why what is named from `start` to `end` is no fact; None where it is one."""
    found = before(telling, start) or after(telling, end)
    return None if found is None or found.kind == "settled" else found


def before(telling: Telling, start: int) -> Unsettled | None:
    """What the words make of a name that lead to it."""
    if supposes(telling):
        return None
    begin = max(telling.sentence(start).start, start - _FARTHEST)
    text = telling.text[begin:start]
    for place, kind in reversed(telling.vocabulary.find(text, "unsettled")):
        gap = text[place.end :]
        if _BREAK.search(plain(gap)) or not _only(telling, gap, "leading"):
            return None
        return Unsettled(cast(Kind, kind), begin + place.start, start)
    return None


def after(telling: Telling, end: int) -> Unsettled | None:
    """What the words make of a name that stand behind it, where they end what is said of it."""
    if supposes(telling):
        return None
    text = telling.text[end : min(telling.sentence(end - 1).end, end + _FARTHEST)]
    for place, kind in telling.vocabulary.find(text, "unfinished"):
        if not _only(telling, text[: place.start], "between"):
            return None
        if _says_no_more(telling, text[place.end :]):
            return Unsettled(cast(Kind, kind), end, end + place.end)
    return None


def _says_no_more(telling: Telling, rest: str) -> bool:
    """Whether a clause ends here, but for a date: *in progress*, and not *in progress, as is my ECA*."""
    stop = _CLAUSE.search(plain(rest))
    rest = rest[: stop.start()] if stop else rest
    for stamp in reversed(find(plain(rest), telling.today)):
        rest = f"{rest[: stamp.start]} {rest[stamp.end :]}"
    return _only(telling, rest, "between")


def _only(telling: Telling, text: str, group: str) -> bool:
    """Whether a text has no words but those of a group, and numbers."""
    return telling.vocabulary.only(_NUMBER.sub(" ", plain(text)), group)


def supposes(telling: Telling) -> bool:
    """Whether a message supposes something: what it names is then told as if it were so."""
    phrases = {each.spaced: each.stands_for for each in telling.vocabulary.lexicon.choices("supposing")}
    return any(name == "yes" or place.start == 0 for place, name in standing(telling.text, phrases))
