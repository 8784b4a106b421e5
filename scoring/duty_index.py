"""What one does, by its words: how much of a description stands in what is known of each unit group.

A title says what somebody is, a description what they do, with verbs in any form and small words in between. So words
are compared by how they begin: *repairing*, *repaired* and *répare* with *repair* and *réparer*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import log

from scoring.job_words import plain_words

_LETTERS = 5
"""So many letters at its beginning know a word: measured to find as many groups as a stemmer of either language."""
_ENDING = re.compile(r"(?<=...)(?:er|re|ez|es|ed|e|s|r)$")
"""What is left off a short word: *pose* and *poser*, *vends* and *vendre*."""
_OF_TITLE = 0.7
"""What a word that stands only in a title of the group is worth beside one of the line on what one does."""
_EACH_WORD, _MOST = 0.15, 0.9
"""How much each telling word adds to the say of the description, of what is missing to a whole, and the most."""
_MOST_WORDS = 12
_SMALL = frozenset(
    [
        *("me", "you", "he", "she", "we", "they", "their", "his", "her", "hers", "them", "our", "your", "its", "this"),
        *("these", "those", "when", "not", "does", "did", "doing", "how", "what", "where", "there", "here", "being"),
        *("has", "had", "can", "could", "would", "will", "may", "very", "so", "also", "all", "any", "some", "people"),
        *("person", "tell", "get", "gets"),
        *("ce", "ces", "cet", "cette", "il", "elle", "nous", "vous", "ils", "elles", "leur", "leurs", "lui", "se"),
        *("sa", "ses", "ne", "pas", "que", "quand", "plus", "dont", "sont", "fait", "fais", "faire", "qu", "si", "on"),
        *("tout", "tous", "toute", "toutes", "nos", "notre", "votre", "vos", "moi", "te", "avoir", "sous"),
        *("entre", "gens", "comment"),
    ]
)
"""Words that say nothing of what one does."""


class DutyIndex:
    """The words of the lines and titles of every unit group, of both languages together."""

    def __init__(self, lines: Iterable[tuple[str, str]], titles: Iterable[tuple[str, str]]) -> None:
        """Take (code, line) pairs on what one does, and (code, title) pairs."""
        self._groups: dict[str, dict[str, float]] = {}
        codes = set()
        for worth, pairs in ((1.0, lines), (_OF_TITLE, titles)):
            for code, text in pairs:
                codes.add(code)
                for word in _beginnings(text):
                    self._groups.setdefault(word, {}).setdefault(code, worth)
        self._most_telling = log(1 + len(codes))
        self._telling = {word: log(1 + len(codes) / len(found)) for word, found in self._groups.items()}

    def likeness(self, text: str) -> dict[str, float]:
        """How much what is known of each group adds to its nearness, of what is missing to a whole (0 to 0.9).

        The more telling words a text has, the more it is a description, and the more this counts.
        """
        words = _beginnings(text)[:_MOST_WORDS]
        found: dict[str, float] = {}
        for word in words:
            for code, worth in self._groups.get(word, {}).items():
                found[code] = found.get(code, 0) + worth * self._telling[word]
        whole = sum(self._telling.get(word, self._most_telling) for word in words)
        say = min(_MOST, _EACH_WORD * len(words))
        return {code: say * worth / whole for code, worth in found.items()}


def _beginnings(text: str) -> list[str]:
    return list(dict.fromkeys(_ENDING.sub("", word[:_LETTERS]) for word in plain_words(text) if word not in _SMALL))
