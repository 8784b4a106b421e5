"""Whether a text that can be read as an answer surely is one: a question, a plan, somebody else's fact may not be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from conversations.answers.text import clean, spaced
from conversations.keys import Key
from conversations.lexicon import Lexicon
from conversations.understanding.first_names import first_names
from conversations.understanding.vocabulary import Vocabulary

ABOUT_A_PERSON = frozenset(
    {"birth_date", "level", "completed_on", "eca", "test", "scores", "taken_on", "job", "partner"}
)
"""Questions to which a word for somebody else makes an answer doubtful."""
DONE = frozenset({"level", "completed_on", "eca", "test", "scores", "taken_on"})
"""Questions about what is there already: what is planned, wanted or needed is no answer."""


Doubt = Literal["question", "plan", "somebody"]


def doubt(text: str, key: Key, lexicon: Lexicon, vocabulary: Vocabulary | None = None) -> Doubt | None:
    """Why what a text says in answer to a question is not kept as it stands; None where there is no doubt.

    It is put as a question, tells of a plan where something done was asked for, or names a person whom the question is
    not about. The words are the lexicon's (`choices.doubt`, `choices.whose`). `vocabulary`: the words by which a first
    name is known to be one; without, nobody is looked for by name.
    """
    kinds = set(_kinds(text, lexicon))
    if "question" in kinds:
        return "question"
    if "plan" in kinds and key.id in DONE:
        return "plan"
    if key.id not in ABOUT_A_PERSON:
        return None
    named = key.scope == "c" and (_of_partner(text, lexicon) or _by_first_name(text, vocabulary))
    return "somebody" if named or "somebody" in kinds else None


def _kinds(text: str, lexicon: Lexicon) -> Iterator[str]:
    if text.rstrip().endswith("?"):
        yield "question"
    for place, kind in lexicon.named_in(clean(text), "doubt"):
        # a word of asking asks only at the beginning: *how* may stand anywhere
        if kind != "question" or place.start == 0:
            yield kind


def _by_first_name(text: str, vocabulary: Vocabulary | None) -> bool:
    return vocabulary is not None and any(first_names(clean(text), vocabulary))


def _of_partner(text: str, lexicon: Lexicon) -> bool:
    words = {phrase.spaced for phrase in lexicon.choices("whose")}
    return not words.isdisjoint(spaced(text).split())
