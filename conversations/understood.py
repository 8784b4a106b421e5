"""What free text means where the lexicon knows no such words: facts to be read back, or a wish in other words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from conversations import readback, steering
from conversations.answers import Unclear
from conversations.commands import INTENT_GOALS
from conversations.keys import Key
from conversations.talk import Talk
from conversations.understanding.placing import Placed, placed

MOST_TEXT = 2_000
LEAST_WORDS = 3
"""A shorter message is one answer, or one wish."""
SEVERAL = 2
"""Things told in one message, from which on they are read back, whatever question is open."""
SURE_OF_A_WISH = 0.8
"""How sure a wish has to be where any words may be an answer, such as the name of a job."""

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "which_category": "which",
        "my_score": "score",
        "latest_draw": "draws",
        "alerts_on": "alerts",
        "edit_answer": "change",
        "what_if_french": "whatif",
        "what_if": "whatif",
        "expiry": "deadlines",
        "my_profile": "profile",
        "export_data": "export",
        "delete_data": "delete",
    }
)
"""What a wish is called where it is done, where that is another name."""
TOLD_AND_WISHED = frozenset({"which", "score", "eligible", "chances", "standing"})
"""Wishes that go with the facts that were told beside them."""


def told(talk: Talk, text: str, asked: Key | None, *, anything: bool = False) -> bool:
    """Read back what a message tells, where it tells several things, or one that answers no question that is open.

    `anything`: the text was no answer to the open question, so that one fact about something else is enough.
    """
    reader = talk.context.reader
    if reader is None or len(text.split()) < LEAST_WORDS:
        return False
    understood = reader.understand(text, talk.today, talk.language)
    found = placed(understood, talk.dossier)
    wish = TOPICS.get(understood.intent or "", understood.intent)
    alone = found.told == 1 and wish in (None, "change") and (asked is None or (anything and _beside(found)))
    if found.told < SEVERAL and not alone:
        return False
    goal = INTENT_GOALS.get(wish) if wish in TOLD_AND_WISHED else None
    readback.offer(talk, found, understood.other, goal)
    return True


def _beside(found: Placed) -> bool:
    """Whether facts were told in so many words: any word at all may be the name of a job."""
    return any(not key.id.startswith("job") for key in found.answers)


def wish(talk: Talk, text: str, least: float = 0.0) -> str | None:
    """The wish that a message has in other words than those of the lexicon, by the name of what does it."""
    reader = talk.context.reader
    if reader is None:
        return None
    found = reader.asked(text)
    if found.intent is None or found.confidence < least:
        return None
    if found.intent == "switch_language":
        return _language(talk, text)
    return TOPICS.get(found.intent, found.intent)


def _language(talk: Talk, text: str) -> str | None:
    """The language that is named; the other one where none is."""
    reader = talk.context.reader
    named = {meant for _, meant in reader.vocabulary.find(text, "tongue")} if reader else set()
    return f"language_{named.pop()}" if len(named) == 1 else "language"


def between(talk: Talk, text: str) -> bool:
    """Ask which of two wishes was meant, where they are about as near."""
    reader = talk.context.reader
    found = reader.asked(text) if reader is not None else None
    if found is None or len(found.between) < SEVERAL:
        return False
    options = tuple(dict.fromkeys(TOPICS.get(each, each) for each in found.between))
    if len(options) < SEVERAL:
        return False
    steering.which_intent(talk, Unclear("intent", text, options))
    return True
