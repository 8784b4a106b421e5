"""About whom each part of a text tells: from *my wife has* or *Elle :* to the next *I*, or to where it is not sure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from conversations.understanding.mentions import CANDIDATE, CHILD, PARTNER, Mention
from conversations.understanding.turns import BOTH, OPENS, UNSURE, Turn, Turns
from conversations.understanding.vocabulary import Vocabulary


class Zone(NamedTuple):
    """A part of a text that is about somebody else, or that may be. `person`: who was named there, or before."""

    start: int
    end: int
    who: str
    person: Mention | None = None


_SENTENCE = re.compile(r"(?<![\s.(][a-z])(?<!\bst)(?<!\bsc)(?<!\bdr)(?<!\bmr)(?<!\bmrs)\.(?=\s|$)|[!?;\n]+")
_BOTH = re.compile(r"[,;)]\s*(?:both|each|tous les deux|toutes les deux|chacune?)\b")
_COMMA = re.compile(r"[,(](?!\d)")
_CLAUSE = re.compile(r"[,.;:!?\n()]|\s(?:and|et|but|mais)\s")
_GOES_ON = re.compile(
    r"\s*(?:and|et)\s+(?=(?:has|is|was|works|speaks|holds|did|teaches|studies|lives|stays|goes|earns|owns|runs|makes|takes"
    r"|wants|plans|needs|knows|hasn't|isn't|doesn't|a|est|vit|habite|vient|reste|etudie|enseigne|gagne|veut|va|parle|travaille|possede|fait|ne"
    r"|my|our|the|mes|nos|les|her|his|son|sa)\b|\d)"
)
"""*And works*, *and the kids*: still of the same people."""
_FIELD = re.compile(r"\s*[a-z][a-z ]{1,24}:")
_GROWN_UP = 16
_AGED = re.compile(r"(?<![\d.,])(\d{1,2})\s*(?:ans|years?|yrs?|yo\b|y/o|mois|months?)|(?:is|are|aged?|:)\s+(\d{1,2})\b")


class Zones:
    """The parts of a text that are about somebody else."""

    def __init__(self, text: str, vocabulary: Vocabulary, *, partner: bool = False) -> None:
        """Find who is named in a cleaned text, and how far what is said of each of them reaches.

        `partner`: whether there is one, as is known before.
        """
        turns = Turns(text, vocabulary, partner=partner)
        self.said, self.named, self.turned = turns.said, turns.named, turns.all()
        self.names = [turn.name for turn in self.turned if turn.name]
        self.zones: list[Zone] = []
        ends = [*(turn.start for turn in self.turned[1:]), len(self.said)]
        for turn, until in zip(self.turned, ends, strict=False):
            self.zones += self._of(turn, until)

    def about(self, place: int) -> str:
        """About whom a place of the text tells."""
        return next((zone.who for zone in self.zones if zone.start <= place < zone.end), CANDIDATE)

    def _of(self, turn: Turn, until: int) -> Iterator[Zone]:
        """What is said of those to whom a text turns; behind it, what may be of them."""
        if turn.who == CANDIDATE:
            return
        sentence = next((found.start() for found in _SENTENCE.finditer(self.said, turn.end, until)), until)
        if turn.labelled:
            yield Zone(turn.start, self._end_of_label(turn, until), turn.who, turn.person)
        elif not turn.lasting or self._of_small_child(turn, sentence):
            yield Zone(turn.start, self._end_of_clause(turn, sentence), turn.who, turn.person)
        elif turn.who != PARTNER:
            yield Zone(turn.start, sentence, turn.who, turn.person)
        else:
            comma = _COMMA.search(self.said, turn.end, sentence) if self._told_in_brief(turn.start) else None
            both = _BOTH.search(self.said, turn.end, sentence)
            end = both.start() if both else comma.start() if comma else sentence
            yield Zone(turn.start, end, turn.who, turn.person)
            if both:
                yield Zone(end, sentence, BOTH)
                end = sentence
            if self.said[end:until].strip(" .,;!?\n"):
                yield Zone(end, until, UNSURE)

    def _end_of_label(self, turn: Turn, until: int) -> int:
        """To the next turn; with the line, where the label stands in the line and another field follows."""
        line = self.said.find("\n", turn.end, until)
        if line < 0 or not self.said[turn.end : line].strip(" :=-"):
            return until
        return line if _FIELD.match(self.said, line + 1) else until

    def _end_of_clause(self, turn: Turn, sentence: int) -> int:
        ends = _CLAUSE.finditer(self.said, turn.end, sentence)
        return next((found.start() for found in ends if not _GOES_ON.match(self.said, found.start())), sentence)

    def _of_small_child(self, turn: Turn, sentence: int) -> bool:
        """Whether it tells of a small child, who has no diploma and no job: what comes then is of somebody else."""
        ages = [int(found[1] or found[2]) for found in _AGED.finditer(self.said, turn.start, sentence)]
        return turn.who == CHILD and bool(ages) and min(ages) < _GROWN_UP

    def _told_in_brief(self, start: int) -> bool:
        """Whether the one who tells spoke in the same sentence without *I*: `36 ans, mariée, mon mari a ...`."""
        begin = max((found.end() for found in _SENTENCE.finditer(self.said, 0, start)), default=0)
        return any(self._in_brief(piece) for piece in re.compile(r"[^,]+").finditer(self.said, begin, start))

    def _in_brief(self, piece: re.Match[str]) -> bool:
        turned = any(piece.start() <= turn.start < piece.end() for turn in self.turned)
        said = re.search(r"[a-z0-9]", piece.group()) and not OPENS.fullmatch(piece.group().strip() + " ")
        return bool(said) and not turned and self.about(piece.end() - 1) == CANDIDATE
