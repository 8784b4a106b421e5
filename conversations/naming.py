"""A question called by its name: `change my birth date`, `modifier mon test`."""

from __future__ import annotations

from conversations.answers import Understood, read_choice
from conversations.answers.text import normal
from conversations.dossier import Dossier
from conversations.keys import Key
from conversations.lexicon import Lexicon


def named_question(text: str, dossier: Dossier, lexicon: Lexicon) -> Key | None:
    """The question whose answer a text asks to change, or None where it asks no such thing.

    Where there are several of a kind (jobs, tests), the last one that was answered is meant; the others are a tap
    away in the summary.
    """
    verb, _, rest = normal(text).partition(" ")
    if not rest or verb not in {phrase.words for phrase in lexicon.choices("changing")}:
        return None
    given = list(dossier.given())
    named = read_choice(rest, "question", list(dict.fromkeys(key.id for key in given)), lexicon)
    if not isinstance(named, Understood) or rest[:1].isdigit():
        return None
    return next(key for key in reversed(given) if key.id == named.value)
