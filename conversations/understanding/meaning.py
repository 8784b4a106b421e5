"""What a message asks for, by the meanings of its words, with how sure that is and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import log

from conversations.answers.text import clean, normal
from conversations.lexicon import is_negated
from conversations.understanding.phrasebook import LITERAL, MOST_WORDS, Phrase, Phrasebook, stems

SURE, LIKELY, CLEAR_OF_ANOTHER = 0.62, 0.5, 0.06
"""How near a wording has to be to be taken, and to be asked about; by how much the best must lead."""
MOST_CANDIDATES = 2
MOST_SAID = 45
"""Words of a message in which a wish is looked for as a whole; of a longer one, only its parts."""
MOST_PARTS = 12
_ALIKE, _LEAST_LETTERS = 79, 4
_KNOWN, _OTHER, _NUMBER = 1.0, 0.6, 0.1
"""What a word of a message weighs that some phrase has, one that none has, and a number."""
_PART = re.compile(r"[.!?;:\n]+|, | - ")
_OF_THE_WHOLE = frozenset({"switch_language", "menu"})
"""Intents of a few common words: what tells against them may stand anywhere in the message."""
_PART_WORTH = 0.9
"""What a wish in a part of a message is worth beside one that is the whole of it."""


@dataclass(frozen=True, slots=True)
class Match:
    """A wording that a message is like: how much (0 to 1), and the words that they share."""

    intent: str
    phrase: str
    likeness: float
    words: tuple[str, ...]
    meanings: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for (None: nothing that is known, or one of `between`), and what it was told by."""

    intent: str | None
    confidence: float
    matched: tuple[Match, ...] = ()
    between: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    meanings: Mapping[str, float]
    weight: float
    small: bool


class Meanings:
    """Compares messages with the wordings of a phrasebook."""

    def __init__(self, book: Phrasebook) -> None:
        """Weigh each meaning by how few intents speak of it."""
        self.book = book
        held: dict[str, set[str]] = {}
        for phrase in book.phrases:
            for meaning in phrase.meanings:
                held.setdefault(meaning, set()).add(phrase.intent)
        intents = len({phrase.intent for phrase in book.phrases})
        self.weights = {meaning: log(1 + intents / len(names)) for meaning, names in held.items()}
        self.by_meaning: dict[str, list[Phrase]] = {}
        for phrase in book.phrases:
            for meaning in phrase.meanings:
                self.by_meaning.setdefault(meaning, []).append(phrase)
        self.totals = {phrase: sum(self.weights[each] for each in phrase.meanings) for phrase in book.phrases}

    @cached_property
    def single(self) -> dict[str, frozenset[str]]:
        """Every single word that means something, with its meanings."""
        literal = {word: frozenset({LITERAL + word}) for word in self.book.literal}
        return literal | {member: names for member, names in self.book.groups.items() if " " not in member}

    @cached_property
    def stemmed(self) -> dict[str, frozenset[str]]:
        """The same by stems."""
        found: dict[str, frozenset[str]] = {}
        for word, names in self.single.items():
            if len(word) >= _LEAST_LETTERS:
                for stem in stems(word):
                    found[stem] = found.get(stem, frozenset()) | names
        return found

    @cached_property
    def mendable(self) -> list[str]:
        """Words that a misspelt word is compared with."""
        return [word for word in self.single if len(word) >= _LEAST_LETTERS]

    def near(self, text: str) -> Asked:
        """What a message asks for by its likeness to phrases; nothing where it may mean what is never guessed."""
        cleaned = clean(text)
        return Asked(None, 0.0) if self._near_what_is_never_guessed(cleaned) else _decided(self._near(cleaned))

    def _near_what_is_never_guessed(self, cleaned: str) -> bool:
        from rapidfuzz import fuzz, process

        said = normal(cleaned).split()
        if len(said) > MOST_SAID:
            return False
        pairs = [" ".join(pair) for pair in pairwise(said)]
        if not self.book.guarded_whole.isdisjoint([*said, *pairs]):
            return True
        long = [word for word in said if len(word) >= _GUARDED_LETTERS]
        return any(
            process.extractOne(word, self.book.guarded, scorer=fuzz.ratio, score_cutoff=_GUARDED) for word in long
        )

    def exactly(self, text: str) -> Asked | None:
        """The very words of a phrase, courtesy apart; what is never guessed is found only so."""
        cleaned = clean(text)
        said = " ".join(self.book.taken_apart(cleaned))
        told = normal(" ".join(_bare(normal(cleaned).split(), self.book.courtesy))) + " "
        for intent, pattern in self.book.exact.items():
            if pattern.fullmatch(told):
                return Asked(intent, 1.0, (Match(intent, told.strip(), 1.0, tuple(told.split())),))
        intent = self.book.whole.get(said, "")
        return Asked(intent, 1.0, (Match(intent, said, 1.0, tuple(said.split())),)) if intent else None

    def _near(self, cleaned: str) -> dict[str, Match]:
        """The best match of each intent."""
        best: dict[str, Match] = {}
        barred = self._barred(self.book.taken_apart(cleaned)) & _OF_THE_WHOLE
        for part, worth in _parts(cleaned):
            words = self.book.taken_apart(part)
            if not words or len(words) > MOST_SAID:
                continue
            for match in self._matches(words, self._says_no(part), worth):
                if match.intent not in barred and match.likeness > best.get(match.intent, _NOTHING).likeness:
                    best[match.intent] = match
        return best

    def _matches(self, words: list[str], negated: bool, worth: float) -> Iterable[Match]:
        tokens = self._tokens(words)
        there: dict[str, float] = {}
        for token in tokens:
            for meaning, likeness in token.meanings.items():
                there[meaning] = max(there.get(meaning, 0), likeness)
        whole = sum(token.weight for token in tokens if not token.small)
        barred = self._barred(words)
        for phrase, shared in self._sharing(there).items():
            if phrase.negated == negated and phrase.intent not in barred:
                yield self._match(phrase, tokens, shared, whole, worth)

    def _barred(self, words: Iterable[str]) -> set[str]:
        """The intents that some words tell against."""
        return {intent for intent, known in self.book.unless.items() if not known.isdisjoint(words)}

    def _sharing(self, there: Mapping[str, float]) -> dict[Phrase, float]:
        """The phrases of which enough stands in a message to be asked about, with the weight of that."""
        shared: dict[Phrase, float] = {}
        for meaning, likeness in there.items():
            for phrase in self.by_meaning.get(meaning, ()):
                shared[phrase] = shared.get(phrase, 0.0) + self.weights[meaning] * likeness
        return {phrase: weight for phrase, weight in shared.items() if weight >= _LEAST_SHARED * self.totals[phrase]}

    def _match(self, phrase: Phrase, tokens: Sequence[_Token], shared: float, whole: float, worth: float) -> Match:
        of_phrase = shared / self.totals[phrase]
        covered = [token for token in tokens if not phrase.meanings.isdisjoint(token.meanings)]
        told_by = sum(token.weight for token in covered)
        whole += sum(token.weight for token in covered if token.small)
        of_text = told_by / whole if whole else 0
        likeness = worth * of_phrase**2 * (0.6 + 0.4 * of_text) * _told_enough(shared)
        if len(phrase.meanings) == 1 and of_text < _MOST_OF_IT:
            likeness *= _ONE_WORD
        told = tuple(token.word for token in covered)
        return Match(phrase.intent, phrase.words, round(min(1.0, likeness), 3), told, phrase.meanings)

    def _says_no(self, part: str) -> bool:
        said = f" {normal(part)} "
        for words in self.book.courtesy:
            if " " in words:
                said = said.replace(f" {words} ", " ")
        return is_negated(said)

    def _tokens(self, words: list[str]) -> list[_Token]:
        """Each word with all that it may mean, alone and with its neighbours."""
        meant: list[dict[str, float]] = [{} for _ in words]
        for start in range(len(words)):
            for length in range(2, MOST_WORDS + 1):
                names = self.book.groups.get(" ".join(words[start : start + length]), ())
                for place in range(start, min(start + length, len(words))):
                    meant[place].update(dict.fromkeys(names, 1.0))
        for place, word in enumerate(words):
            meant[place] |= self._alone(word, known=bool(meant[place]))
        small = [word in self.book.small for word in words]
        weights = [self._weight(word, names) for word, names in zip(words, meant, strict=True)]
        return [_Token(*each) for each in zip(words, meant, weights, small, strict=True)]

    def _alone(self, word: str, *, known: bool) -> dict[str, float]:
        """What one word may mean: as it stands, in another form, or misspelt."""
        if word in self.single:
            return dict.fromkeys(self.single[word], 1.0)
        if word in self.book.small or len(word) < _LEAST_LETTERS:
            return {}
        formed = {name: 0.97 for stem in stems(word) for name in self.stemmed.get(stem, ())}
        return formed or ({} if known or word.isdigit() else self._mended(word))

    def _mended(self, word: str) -> dict[str, float]:
        from rapidfuzz import fuzz, process

        near = process.extract(word, self.mendable, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=3)
        return {name: likeness / 100 for each, likeness, _ in reversed(near) for name in self.single[each]}

    def _weight(self, word: str, meanings: Mapping[str, float]) -> float:
        if meanings:
            return _KNOWN
        if word in self.book.small:
            return 0.0
        return _NUMBER if any(sign.isdigit() for sign in word) else _OTHER


_GUARDED, _GUARDED_LETTERS = 84, 6
"""How like a guarded word a word is, at least, that may be a slip in it; and how long."""
_LEAST_SHARED = 0.65
"""Of the weight of a wording, what has to stand in a message before the two are compared."""
_NOTHING = Match("", "", 0.0, ())
_MOST_OF_IT, _ONE_WORD = 0.5, 0.75
"""A wording of one word that is less than so much of a message is worth so much less."""
_ENOUGH = 6.0
"""Weight of shared meanings that tells enough; less is worth less."""


def _told_enough(shared: float) -> float:
    return min(1.0, 0.85 + 0.15 * shared / _ENOUGH)


def _bare(words: list[str], courtesy: frozenset[str]) -> list[str]:
    return [word for word in words if word not in courtesy]


def _parts(cleaned: str) -> list[tuple[str, float]]:
    parts = [part for part in _PART.split(cleaned) if part.strip()][:MOST_PARTS]
    return [(cleaned, 1.0), *((part, _PART_WORTH) for part in parts if len(parts) > 1)]


def _rivals(best: Match, other: Match) -> bool:
    """Whether another wording is about as near; not where the best says all that it does, and more."""
    return best.likeness - other.likeness < CLEAR_OF_ANOTHER and not set(other.words) < set(best.words)


def _decided(best: Mapping[str, Match]) -> Asked:
    ranked = sorted(best.values(), key=lambda match: (-match.likeness, match.intent))
    if not ranked or ranked[0].likeness < LIKELY:
        return Asked(None, ranked[0].likeness if ranked else 0.0, tuple(ranked[:1]))
    close = [ranked[0], *(match for match in ranked[1:] if _rivals(ranked[0], match))][:MOST_CANDIDATES]
    if len(close) > 1:
        return Asked(None, ranked[0].likeness, tuple(close), tuple(match.intent for match in close))
    if ranked[0].likeness < SURE:
        return Asked(None, ranked[0].likeness, tuple(close))
    return Asked(ranked[0].intent, ranked[0].likeness, tuple(close))
