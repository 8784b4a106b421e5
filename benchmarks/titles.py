"""Changes a job title the ways people do: a typing error, the other gender, another order of its words."""

from __future__ import annotations

import re
import string
from random import Random

PAIRS = (
    ("teur", "trice"), ("eur", "euse"), ("ier", "ière"), ("ien", "ienne"), ("er", "ère"), ("é", "ée"), ("if", "ive"),
    ("el", "elle"), ("ant", "ante"), ("ent", "ente"), ("man", "woman"),
)  # fmt: skip
"""The ends of a word in one gender and in the other; the first that fits is taken."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LEAST_LETTERS = 5
"""Shorter words are not misspelt: another word would come of it."""


def misspelt(title: str, random: Random) -> str:
    """One letter left out, doubled, changed for another or for its neighbour, in one of the longer words."""
    words = [found for found in _WORD.finditer(title) if len(found[0]) >= _LEAST_LETTERS]
    if not words:
        return title
    found = random.choice(words)
    at = random.randrange(found.start() + 1, found.end() - 1)
    letter = random.choice(string.ascii_lowercase)
    new = random.choice(
        ("", title[at] * 2, letter, title[at + 1] + title[at]),
    )
    swapped = len(new) == len("ab") and new != title[at] * 2
    return title[:at] + new + title[at + 1 + swapped :]


def other_gender(title: str) -> str:
    """Each word in the other gender, by its end: *directeur* for *directrice*, and back."""
    return _WORD.sub(lambda found: _other(found[0]), title)


def _other(word: str) -> str:
    for one, other in PAIRS:
        for end, instead in ((other, one), (one, other)):
            if word.endswith(end) and len(word) > len(end) + 1:
                return word[: -len(end)] + instead
    return word


def other_order(title: str, random: Random) -> str:
    """The words in another order."""
    words = title.split()
    random.shuffle(words)
    return " ".join(words)
