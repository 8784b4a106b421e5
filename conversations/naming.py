"""A question called by its name: `change my birth date`, `modifier mon test`."""

from __future__ import annotations

from conversations.dossier import Dossier
from conversations.keys import Key
from conversations.lexicon import Lexicon


def named_question(text: str, dossier: Dossier, lexicon: Lexicon) -> Key | None:
    """The question whose answer a text asks to change, or None where it asks no such thing.

    Where there are several of a kind (jobs, tests), the last one that was answered is meant; the others are a tap
    away in the summary.
    """
    name = lexicon.to_change(text)
    if name is None:
        return None
    given = [key for key in dossier.given() if key.id == name]
    return given[-1] if given else None
