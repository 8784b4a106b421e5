"""Whether a text is a plain yes or no, or says what the button of consent says."""

from __future__ import annotations

from conversations.answers import Understood, read_choice
from conversations.talk import Talk


def consents(talk: Talk, text: str) -> bool:
    """Whether a text says in words what the button of consent says."""
    return isinstance(read_choice(text, "consent", ("agree",), talk.context.lexicon), Understood)


MOST_WORDS = 6
"""A longer text says more than a plain yes or no."""


def declined(talk: Talk, text: str) -> bool:
    """Whether a text is a plain no."""
    return _plainly(talk, text) == "no"


def agreed(talk: Talk, text: str) -> bool:
    """Whether a text is a plain yes."""
    return _plainly(talk, text) == "yes"


def _plainly(talk: Talk, text: str) -> str | None:
    if len(text.split()) > MOST_WORDS or text.strip().isdigit():
        return None
    found = read_choice(text, "yes_no", ("yes", "no"), talk.context.lexicon)
    return str(found.value) if isinstance(found, Understood) else None
