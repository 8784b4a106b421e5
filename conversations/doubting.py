"""Whether a text that can be read as an answer surely is one: a question, a plan, somebody else's fact may not be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from conversations.answers.text import clean, spaced
from conversations.keys import Key
from conversations.lexicon import Lexicon

ABOUT_A_PERSON = frozenset(
    {"birth_date", "level", "completed_on", "eca", "test", "scores", "taken_on", "job", "partner"}
)
"""Questions to which a word for somebody else makes an answer doubtful."""
DONE = frozenset({"level", "completed_on", "eca", "test", "scores", "taken_on"})
"""Questions about what is there already: what is planned, wanted or needed is no answer."""


Doubt = Literal["question", "plan", "somebody"]


def doubt(text: str, key: Key, lexicon: Lexicon) -> Doubt | None:
    """Why what a text says in answer to a question is not kept as it stands; None where there is no doubt.

    It is put as a question, tells of a plan where something done was asked for, or names a person whom the question is
    not about. The words are the lexicon's (`choices.doubt`, `choices.whose`).
    """
    kinds = set(_kinds(text, lexicon))
    if "question" in kinds:
        return "question"
    if "plan" in kinds and key.id in DONE:
        return "plan"
    about = key.id in ABOUT_A_PERSON
    return "somebody" if about and ("somebody" in kinds or (key.scope == "c" and _of_partner(text, lexicon))) else None


def _kinds(text: str, lexicon: Lexicon) -> Iterator[str]:
    if text.rstrip().endswith("?"):
        yield "question"
    for place, kind in lexicon.named_in(clean(text), "doubt"):
        # a word of asking asks only at the beginning: *how* may stand anywhere
        if kind != "question" or place.start == 0:
            yield kind


def _of_partner(text: str, lexicon: Lexicon) -> bool:
    words = {phrase.spaced for phrase in lexicon.choices("whose")}
    return not words.isdisjoint(spaced(text).split())
