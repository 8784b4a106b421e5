"""The front door: one message to its intent and its facts, as `tirage understand` prints them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from conversations.answers.text import plain, spaced
from conversations.lexicon import Lexicon
from conversations.understanding.canada import NOMINATION_APPLIED
from conversations.understanding.facts import profile_in, told_in, unread
from conversations.understanding.meaning import Asked, Match, Meanings
from conversations.understanding.phrasebook import Phrasebook
from conversations.understanding.telling import Telling
from conversations.understanding.tongue import Tongue, tongue
from conversations.understanding.unsettled import NOT_YET, supposes
from conversations.understanding.vocabulary import Vocabulary
from scoring.abilities import ABILITIES
from scoring.search import Titles

MOST_TEXT = 2_000
"""Characters that are looked at: a longer message is a story, and its beginning says what it is about."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What one message says.

    `intent`: what it asks for, or None; `confidence`: how sure that is, 0 to 1; `lang`: its language. `facts`: a
    partial profile. `other`: what was said and has no place in a profile. `ambiguous`: what has to be asked.
    `matched`: by what each was understood.
    """

    intent: str | None
    confidence: float
    lang: Tongue
    facts: dict[str, Any] = field(default_factory=dict)
    other: list[dict[str, Any]] = field(default_factory=list)
    ambiguous: list[dict[str, Any]] = field(default_factory=list)
    matched: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Plain data, as it is printed."""
        return {name: getattr(self, name) for name in self.__slots__}


class Reader:
    """Reads messages by the words of a lexicon and the wordings of a phrasebook."""

    def __init__(self, lexicon: Lexicon, book: Phrasebook) -> None:
        """Take the words that people type."""
        self.lexicon, self.book, self.meanings = lexicon, book, Meanings(book)
        self.vocabulary = Vocabulary(book.told, lexicon, book.slang)

    def understand(
        self,
        text: str,
        today: date,
        language: Literal["en", "fr"] = "en",
        titles: Titles | None = None,
        *,
        partner: bool = False,
    ) -> Understanding:
        """What a message says.

        `language`: the one that is spoken, for a message whose words are of both. `titles`: the job titles that are
        known; without, those that ship. `partner`: whether a partner is known of, whom *he* and *she* mean where the
        message names nobody.
        """
        text = text[:MOST_TEXT]
        asked = self.asked(text)
        too = asked.intent in SUPPOSING
        telling = told_in(text, today, self.vocabulary, titles, asked=too, partner=partner)
        facts = profile_in(telling)
        if _only_told(asked, telling):
            asked = Asked(None, 0.0)
        if _only_wished(asked, facts):
            facts, telling.matched = {}, []
        supposed = [{"id": "supposed", "value": facts}] if asked.intent in SUPPOSING and facts else []
        between = {"code": "intent", "read": text[:MOST_TOLD], "options": list(asked.between)}
        return Understanding(
            asked.intent,
            round(asked.confidence, 2) if asked.intent or asked.between else 0.0,
            tongue(text, self.book.of_language, language),
            facts={} if supposed else facts,
            other=[*supposed, *telling.other, *_unread(telling, asked)],
            ambiguous=[*([between] if asked.between else []), *telling.ambiguous],
            matched=[*(_told(match) for match in asked.matched), *telling.matched],
        )

    def asked(self, text: str) -> Asked:
        """What a message asks for: its very words first, then what is like them."""
        exact = self.meanings.exactly(text)
        if exact is not None:
            return exact
        name = self.lexicon.exactly(text)
        if name is None:
            return self.meanings.near(text)
        near = self.meanings.near(text) if name in self.book.elsewhere else None
        if near is not None and near.intent is not None:
            return near
        name = self.book.renamed.get(name, name)
        return Asked(name, 1.0, (Match(name, text[:MOST_TOLD], 1.0, tuple(text[:MOST_TOLD].split())),))


SUPPOSING = frozenset({"what_if", "what_if_french"})
"""Wishes in which facts are supposed, not told."""
SURE_OF_A_WISH = 0.8
"""How sure a wish is, at least, beside a whole line of scores."""
SURELY_WISHED = 0.9
"""How sure a wish is, at least, whose words are not read as the name of a job besides."""
LEAST_TOLD = 3
"""Facts in one message from which on a wish has to be said in other words than theirs."""
MOST_TOLD = 80
"""Characters of what was read that are told."""


def _unread(telling: Telling, asked: Asked) -> list[dict[str, Any]]:
    """What was read as nothing; the words of a wish were read."""
    wished = {word for match in asked.matched for word in match.words} if asked.intent or asked.between else set()
    return [each for each in unread(telling) if wished.isdisjoint(spaced(each["said"]).split())]


def _only_told(asked: Asked, telling: Telling) -> bool:
    """Whether the words of a wish are those of facts: *nomination from Nova Scotia came* among many others."""
    if asked.intent is not None and asked.confidence < SURE_OF_A_WISH and _holds_scores(telling):
        return True
    if (
        asked.intent in SUPPOSING
        and asked.confidence < 1.0
        and _holds_scores(telling, STATED)
        and not supposes(telling)
    ):
        return True
    if asked.intent is not None and asked.intent not in SUPPOSING and _in_words_told(asked, telling):
        return True
    if asked.intent in SUPPOSING and asked.confidence < 1.0 and not supposes(telling) and _told_as_past(telling):
        return True
    facts = {each["fact"] for each in telling.matched}
    if len(facts) < LEAST_TOLD or not asked.matched or asked.confidence == 1.0:
        return False
    told = set(spaced(" ".join(each["words"] for each in telling.matched)).split())
    return len(told & set(asked.matched[0].words)) * 2 >= len(asked.matched[0].words)


_PAST = re.compile(
    r"\b(?:j'ai (?:deja )?(?:passe|fait|eu|obtenu)|i (?:already )?(?:took|passed|wrote|did|have taken))\b"
)


def _told_as_past(telling: Telling) -> bool:
    """Whether a test was taken, and nothing is asked: *j'ai passé le TCF il y a 3 ans* supposes nothing."""
    asks = "?" in telling.text or telling.vocabulary.find(telling.text, "question")
    return not asks and _PAST.search(plain(telling.text)) is not None


_PLANNED = frozenset({NOT_YET, NOMINATION_APPLIED})


def _in_words_told(asked: Asked, telling: Telling) -> bool:
    """Whether a wish that is not sure is all in the words of a fact or a plan: *je vais finir mon master*."""
    if asked.confidence >= SURE_OF_A_WISH or not asked.matched or "?" in telling.text:
        return False
    # any words may be the name of a job
    said = [each["words"] for each in telling.matched if each.get("fact") not in (*_PLANNED, "jobs")]
    said += [each["said"] for each in telling.other if each["id"] in _PLANNED]
    return set(asked.matched[0].words) <= set(spaced(" ".join(said)).split())


STATED = "stated_clb"


def _holds_scores(telling: Telling, but: str = "") -> bool:
    """Whether a whole line of scores is told: its words, such as *passé* and *score*, are near many a wish.

    `but`: a test whose scores are none; levels are supposed more often than told.
    """
    told = [result for facts in telling.people.values() for result in facts.get("language_results") or ()]
    told += [option for each in telling.ambiguous for option in each["options"] if isinstance(option, dict)]
    return any(set(ABILITIES) <= result.keys() and result.get("test") != but for result in told)


def _only_wished(asked: Asked, facts: dict[str, Any]) -> bool:
    """Whether all that was read is the bare name of a job, in a message that is surely a wish: *documents*."""
    jobs = facts.get("candidate", {}).get("jobs", ())
    return (
        asked.intent is not None
        and asked.confidence >= SURELY_WISHED
        and facts == {"candidate": {"jobs": jobs}}
        and all(job.keys() == {"title"} for job in jobs)
    )


def _told(match: Match) -> dict[str, Any]:
    return {
        "kind": "intent",
        "intent": match.intent,
        "phrase": match.phrase,
        "likeness": match.likeness,
        "words": list(match.words),
    }
