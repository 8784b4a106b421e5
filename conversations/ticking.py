"""`I have the police certificate from India already`: a paper of one's list is ticked off in words."""

from __future__ import annotations

from conversations.answers.countries import find_countries
from conversations.answers.text import clean, normal
from conversations.lexicon import is_negated
from conversations.talk import Talk
from conversations.topics import documents
from scoring.documents import UNITED_STATES, Paper

MOST_WORDS = 14
"""A longer text tells a story."""


def ticked(talk: Talk, text: str) -> bool:
    """Tick off the one paper that a text says is there, once the person was invited; False where it says so of none."""
    if len(text.split()) > MOST_WORDS or is_negated(normal(text)) or documents.invited_on(talk) is None:
        return False
    named = _named(text, talk, "paper")
    if not named or not _named(text, talk, "having"):
        return False
    abroad = {code for each in find_countries(clean(text), talk.context.lexicon) for code in each.codes}
    if UNITED_STATES in abroad and "police" in named:
        named.add("fbi")
    done = set(talk.session.ticked)
    open_ones = [paper for paper in documents.tickable(talk) if paper.id not in done]
    meant = [paper for paper in open_ones if paper.kind in named and _from(paper, abroad)]
    return len(meant) == 1 and documents.tick(talk, meant[0].id)


def _named(text: str, talk: Talk, group: str) -> set[str]:
    return {name for _, name in talk.context.lexicon.named_in(clean(text), group)}


def _from(paper: Paper, abroad: set[str]) -> bool:
    """Whether a paper is of one of the countries that were named; one that is of no country is of all."""
    country = paper.values.get("country")
    return not abroad or country is None or country in abroad
