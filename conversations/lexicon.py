"""The words that people type: for an intent, for a choice, for a test, for a country.

The words are data (`locales/lexicon.toml`); whoever starts the program reads them and hands them over. Here they are
only compared. What destroys or throws away (`NEVER_GUESSED`) is understood from its own words alone, never from near
ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from conversations.answers.result import MOST_OPTIONS, Unclear, Understood
from conversations.answers.text import Place, listed, normal, spaced, standing
from scoring.profile import countries

NEVER_GUESSED = frozenset({"delete", "cancel", "restart", "alerts_off"})
LANGUAGES = ("en", "fr")

SURE, LIKELY, CLEAR_OF_ANOTHER = 86, 75, 5
"""Likeness (0 to 100) that is taken, that is asked about, and by which the best must lead."""
LEAST_LETTERS = 5
"""A shorter phrase is too like other words to be mended: *back* and *black*, *home* and *homme*."""
_LONGEST_REQUEST = 120
"""Letters of a message that asks for one thing; a longer one tells something."""
_LEAST_COVER = 0.65
"""Of what was typed, the part that a phrase inside of it must make up where other words of weight stand beside it."""
_SMALL = frozenset(
    listed(
        "so what is are do does the a an then now to for of me my i it this that here about with in on as and but can"
        " alors est que la le les un une de du des pour moi mon ma mes je ca ce cette ici maintenant et mais avec en a"
    )
)
_NOT = frozenset(
    listed(
        "not dont doesnt didnt never no nor without cant wont isnt arent havent hasnt pas jamais non sans ni aucun"
        " aucune"
    )
)
_NO_MORE = re.compile(r"\bne \w+ plus\b")
"""*Je ne veux plus*: with *ne*, *plus* is no more."""
_FILLERS = frozenset(
    listed("please pls plz svp stp hey hi hello bonjour salut merci thanks ok okay so well just alors donc bon hum")
)


_REQUEST = re.compile(
    r"(?:can|could|would|will) you |i (?:want|would like|need|wish)(?: you)?(?: to)? |id like(?: to)? |let me "
    r"|(?:give|tell|show) me |(?:je veux|je voudrais|jaimerais|pouvez vous|peux tu|puis je) "
    r"|est ce que (?:vous pouvez|tu peux|je peux) "
)
"""The polite beginning of a request. What is never guessed is not looked for behind it."""


class LexiconError(ValueError):
    """The lexicon does not hold what it should: where, and what is wrong with it."""


class Phrase(NamedTuple):
    """One phrase as it is compared whole (`words`) and inside of a text (`spaced`), and what it stands for."""

    words: str
    spaced: str
    stands_for: str
    negated: bool


class Shelf:
    """Phrases that a text is compared with, in the forms that comparing wants."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases = tuple(phrases)
        self.words = [phrase.words for phrase in self.phrases]
        self.longer = {phrase.words: phrase for phrase in self.phrases if " " in phrase.words}


class Lexicon:
    """The phrases of both languages, ready to be compared."""

    def __init__(
        self,
        intents: Sequence[Phrase],
        choices: Mapping[str, Sequence[Phrase]],
        tests: Sequence[Phrase],
        countries: Mapping[str, tuple[str, ...]],
        guarded: Iterable[str] = (),
    ) -> None:
        """Take the phrases by what they are for; `from_data` makes them from the file.

        `countries`: other names of countries, as `spaced` writes them, with the codes that they may mean. `guarded`:
        words that only what is never guessed has, such as *delete*.
        """
        self.intents, self.tests, self.countries = tuple(intents), tuple(tests), dict(countries)
        self.guarded = tuple(normal(word) for word in guarded)
        self._choices = {group: tuple(phrases) for group, phrases in choices.items()}
        self._spoken: dict[str, Mapping[str, str]] = {}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Lexicon:
        """The lexicon of a parsed `lexicon.toml`.

        Raises LexiconError where a phrase has no word, stands for two intents or for two choices of one group, or where
        a name is given to a country that there is not.
        """
        return cls(
            _phrases("intents", data["intents"]),
            {group: _phrases(f"choices.{group}", words) for group, words in data["choices"].items()},
            _phrases("tests", data["tests"]),
            _aliases(data["aliases"]),
            data["guarded"]["words"],
        )

    def choices(self, group: str) -> tuple[Phrase, ...]:
        """The phrases of a group of choices. Raises KeyError for a group that there is not."""
        return self._choices[group]

    def named_in(self, cleaned: str, group: str) -> Iterator[tuple[Place, str]]:
        """What the phrases of a group of choices stand for that stand in a cleaned text, with their places.

        Raises KeyError for a group that there is not.
        """
        return standing(cleaned, self.spoken(group))

    def spoken(self, group: str) -> Mapping[str, str]:
        """What each phrase of a group stands for, as `standing` looks for it. Raises KeyError as `choices` does."""
        if group not in self._spoken:
            self._spoken[group] = {phrase.spaced: phrase.stands_for for phrase in self.choices(group)}
        return self._spoken[group]

    @property
    def levels(self) -> Mapping[str, str]:
        """Each level of education by its phrases."""
        return self.spoken("level")

    @cached_property
    def test_names(self) -> dict[str, str]:
        """Each language test by its phrases."""
        return {phrase.spaced: phrase.stands_for for phrase in self.tests}

    def intent(self, text: str) -> Understood | Unclear | None:
        """What a message asks for, by its id; `told["score"]` is the likeness, 100 for the very words.

        Unclear where two intents are about as like; None where none is.
        """
        exact = self.exactly(text)
        if exact:
            return Understood(exact, {"score": 100})
        said = normal(text)
        if not said or len(said) > _LONGEST_REQUEST or self._near_what_is_never_guessed(said):
            return None
        asked = _REQUEST.sub("", _bare(said) or said, count=1)
        return _decided(said, likely(asked or said, self._guessable))

    def exactly(self, text: str) -> str | None:
        """The intent whose very words were said, courtesy apart; None where there is none."""
        said = normal(text)
        return self._exact.get(said) or self._exact.get(_bare(said))

    @cached_property
    def _exact(self) -> dict[str, str]:
        return {phrase.words: phrase.stands_for for phrase in self.intents}

    @cached_property
    def _guessable(self) -> Shelf:
        return Shelf(phrase for phrase in self.intents if phrase.stands_for not in NEVER_GUESSED)

    def _near_what_is_never_guessed(self, said: str) -> bool:
        from rapidfuzz import fuzz, process

        words = [word for word in said.split() if len(word) >= LEAST_LETTERS]
        return bool(self.guarded) and any(
            process.extractOne(word, self.guarded, scorer=fuzz.ratio, score_cutoff=SURE) for word in words
        )


def is_negated(said: str) -> bool:
    """Whether a normal text says no to something."""
    return not _NOT.isdisjoint(said.split()) or _NO_MORE.search(said) is not None


def _bare(said: str) -> str:
    """What was said without the words of courtesy."""
    return " ".join(word for word in said.replace("thank you", "thanks").split() if word not in _FILLERS)


def likely(said: str, shelf: Shelf) -> dict[str, float]:
    """What a normal text may stand for, with its likeness (best first), where that is worth asking about.

    A text that says no is never like a phrase that does not, nor the other way round.
    """
    from rapidfuzz import fuzz, process

    found = [(phrase, _inside(said, phrase.words)) for _, phrase in standing(said, shelf.longer)]
    for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
        near = process.extract(said, shelf.words, scorer=scorer, score_cutoff=LIKELY, limit=12)
        found += [(shelf.phrases[index], score) for _, score, index in near]
    return _best(found, negated=is_negated(said))


def _best(found: Iterable[tuple[Phrase, float]], *, negated: bool) -> dict[str, float]:
    scores: dict[str, float] = {}
    for phrase, score in found:
        if score >= LIKELY and phrase.negated == negated and len(phrase.words) >= LEAST_LETTERS:
            scores[phrase.stands_for] = max(scores.get(phrase.stands_for, 0), score)
    return dict(sorted(scores.items(), key=lambda item: -item[1]))


def _inside(said: str, words: str) -> float:
    """How sure a phrase is that stands word for word in a longer text: 0 where too much else stands there."""
    cover = len(words) / len(said)
    others = set(said.split()) - set(words.split()) - _SMALL
    return SURE + (100 - SURE) * cover if cover >= _LEAST_COVER or not others else 0


def _decided(read: str, scores: Mapping[str, float]) -> Understood | Unclear | None:
    best = next(iter(scores.values()), 0)
    close = [name for name, score in scores.items() if best - score < CLEAR_OF_ANOTHER]
    if len(close) == 1:
        return Understood(close[0], {"score": round(best)}) if best >= SURE else None
    return Unclear("intent", read, tuple(close[:MOST_OPTIONS])) if close else None


def _phrases(section: str, words: Mapping[str, Mapping[str, Iterable[str]]]) -> tuple[Phrase, ...]:
    """Every phrase once; `master's` and `masters` are one when compared whole, and two inside of a text."""
    meant: dict[str, str] = {}
    phrases: dict[Phrase, None] = {}
    for name, said in _said(words):
        phrase = Phrase(normal(said), spaced(said), name, is_negated(normal(said)))
        if not phrase.words:
            raise LexiconError(f"{section}.{name}: {said!r} has no word")
        if meant.setdefault(phrase.words, name) != name:
            raise LexiconError(f"{section}: {said!r} stands for {meant[phrase.words]} and for {name}")
        phrases[phrase] = None
    return tuple(phrases)


def _said(words: Mapping[str, Mapping[str, Iterable[str]]]) -> Iterator[tuple[str, str]]:
    for name, by_language in words.items():
        for language in LANGUAGES:
            for said in by_language.get(language, ()):
                yield name, said


def _aliases(data: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {
        spaced(name): (code,) for code, names in data["countries"].items() for name in names
    }
    names |= {spaced(name): tuple(codes) for name, codes in data["several_countries"].items()}
    unknown = {code for codes in names.values() for code in codes} - countries()
    if unknown:
        raise LexiconError(f"aliases: no such country: {', '.join(sorted(unknown))}")
    return names
