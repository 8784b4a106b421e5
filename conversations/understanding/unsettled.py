"""What is named and is no fact: planned, wanted, under way, not finished, expired, or denied.

The words stand in `told` of the phrases: `unsettled` leads to what is named (*I will finish my*) with `leading` words
between, `unfinished` follows it (*not finished*) with `between` words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from conversations.answers.calendar import find
from conversations.answers.scores import without
from conversations.answers.text import plain, standing
from conversations.lexicon import Lexicon
from conversations.understanding.telling import Telling

Kind = Literal["ahead", "late", "denied", "over", "settled"]
"""Planned or wanted; under way or not finished; not there; expired; or words that only look like these."""
NOT_YET, DENIED = "not_yet", "denied"
"""As which it is kept beside the facts: what is planned or under way, and what is not there."""
_FARTHEST = 60
"""Characters before and behind a name that are looked at."""
_BREAK = re.compile(r"[^a-z0-9\s':./+&-]")
_CLAUSE = re.compile(r"[,;()]|\b(?:because|due to|so|but|although|car|parce|mais|donc)\b")
_OTHER = re.compile(r"[:;]|\b(?:and|et|work\w*|job|exp\w*|permit|travail\w*|emploi|permis|i|je|j)\b")
_NUMBER = re.compile(r"[lrws]?\d+")


class Unsettled(NamedTuple):
    """Why something is no fact, and the place of the words that say so, up to its name or from it."""

    kind: Kind
    start: int
    end: int


def unsettled(telling: Telling, start: int, end: int) -> Unsettled | None:
    """Why a credential that is named from `start` to `end` is no fact; None where it is one."""
    found = before(telling, start)
    if found is None:
        found = after(telling, end, subject=True)
        return found if found and found.kind in ("late", "ahead") else None
    return found if found.kind != "settled" else None


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


def after(telling: Telling, end: int, *, subject: bool = False) -> Unsettled | None:
    """What the words make of a name that stand behind it, where they end what is said of it.

    `subject`: whether what was studied may stand between, *phd in physics not finished*.
    """
    if supposes(telling):
        return None
    text = telling.text[end : min(telling.sentence(end - 1).end, end + _FARTHEST)]
    for place, kind in telling.vocabulary.find(text, "unfinished"):
        gap = text[: place.start]
        if not _only(telling, gap, "between") and not (subject and _is_subject(telling, gap)):
            return None
        end_of_it = _end_of_clause(telling, text, place.end)
        if end_of_it is not None:
            return Unsettled(cast(Kind, kind), end, end + end_of_it)
    return None


def _is_subject(telling: Telling, gap: str) -> bool:
    """Whether a text may say what was studied and where, and names nothing else of which something can be said."""
    vocabulary = telling.vocabulary
    others: list[object] = [*standing(gap, vocabulary.lexicon.levels), *standing(gap, vocabulary.lexicon.test_names)]
    others += vocabulary.find(gap, "assessed")
    return not others and not _CLAUSE.search(gap) and not _OTHER.search(plain(gap))


def leave_out(telling: Telling, name: str, start: int, end: int) -> None:
    """Keep what was said of something that is no fact, by the clause that says it, and take it out of what is left."""
    begin, close = telling.around(start).start, telling.around(end - 1).end
    telling.keep(name, None, telling.text[begin : max(close, end)])
    telling.note(name, start, end)


def _end_of_clause(telling: Telling, text: str, start: int) -> int | None:
    """Where a clause ends in which nothing more is said from `start` on than when and where; None where more is."""
    stop = _CLAUSE.search(plain(text), start)
    rest = text[start : stop.start() if stop else len(text)]
    places = [(stamp.start, stamp.end) for stamp in find(plain(rest), telling.today)]
    places += [(each.start, each.end) for each in telling.vocabulary.places(rest)]
    if not _only(telling, without(rest, places), "between"):
        return None
    return start + max((end for _, end in places), default=0)


def _only(telling: Telling, text: str, group: str) -> bool:
    """Whether a text has no words but those of a group, and numbers."""
    return telling.vocabulary.only(_NUMBER.sub(" ", plain(text)), group)


def supposes(telling: Telling) -> bool:
    """Whether a message supposes something: what it names is then told as if it were so."""
    return _supposes(telling.text, telling.vocabulary.lexicon)


@lru_cache(maxsize=64)
def _supposes(text: str, lexicon: Lexicon) -> bool:
    return any(name == "yes" or place.start == 0 for place, name in standing(text, _supposing(lexicon)))


@lru_cache(maxsize=4)
def _supposing(lexicon: Lexicon) -> Mapping[str, str]:
    return {each.spaced: each.stands_for for each in lexicon.choices("supposing")}
