"""A question called by its name: `change my birth date`, `je veux modifier mon test`."""

from __future__ import annotations

from conversations.answers import Understood, read_choice
from conversations.answers.text import normal
from conversations.dossier import NONE, Dossier
from conversations.keys import Key
from conversations.lexicon import Lexicon

MOST_BEFORE = 4
"""Words that may stand before the word of changing: `can you please`, `je voudrais bien`."""


def named_question(text: str, dossier: Dossier, lexicon: Lexicon, verbs: str = "changing") -> Key | None:
    """The question whose answer a text asks to change, or None where it asks no such thing.

    `verbs`: the group of the lexicon that holds the words of changing, or of taking away.

    It is the partner's where the partner is named. Where there are several of a kind (jobs, tests), the last one that
    was answered is meant; the others are a tap away in the summary.
    """
    rest = _after_verb(normal(text), {phrase.words for phrase in lexicon.choices(verbs)})
    if not rest:
        return None
    partners = {phrase.words for phrase in lexicon.choices("whose")}
    own = {phrase.words for phrase in lexicon.choices("possessive")}
    scope = "p" if partners & set(rest) else None
    called = " ".join(word for word in rest if word not in own and word not in (partners if len(rest) > 1 else ()))
    given = [key for key in dossier.given() if (key.scope == "p") == (scope == "p")]
    if not called or not given:
        return None
    named = read_choice(called, "question", list(dict.fromkeys(key.id for key in given)), lexicon)
    if not isinstance(named, Understood) or called[:1].isdigit():
        return None
    called_so = [key for key in given if key.id == named.value]
    # the last answer of a list says that there is no more: it is meant only where nothing stands before it
    return next((key for key in reversed(called_so) if dossier.get(key) != NONE), called_so[-1])


def _after_verb(said: str, verbs: set[str]) -> list[str]:
    """The words after the word of changing; none where there is no such word near the beginning."""
    words = said.split()
    place = next((place for place, word in enumerate(words[: MOST_BEFORE + 1]) if word in verbs), None)
    return [] if place is None else words[place + 1 :]
