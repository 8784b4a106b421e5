"""Somebody who is called by a first name alone: *Ahmed has a bachelor's*. It is not the one who tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from conversations.answers.text import plain
from conversations.understanding.vocabulary import Vocabulary

_NAME = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ'-]+"
_SUBJECT = re.compile(
    rf"(?:^|[.;:!?\n,(]\s*|\b(?:and|et|but|mais|while|whereas|then|puis|so|donc|also|aussi|alors que|tandis que)\s+)"
    rf"(?P<name>{_NAME}(?:\s+{_NAME})?)(?P<rest>\s)",
)
_DOES = re.compile(
    r"(?:also |aussi |currently |now |already |still )*"
    r"(?:(?:has|had) (?:an? |one |two |three |no |been |done |worked|studied|taken |passed|got |his |her |the |\d"
    r"|(?:ielts|celpip|pte|tef|tcf|clb|nclc|eca|wes|bachelor|master|phd)\b)"
    r"|(?:holds|works|speaks|teaches|studies|earned|turns|turned|was born)\b"
    r"|(?:worked|studied|taught|graduated|scored|took|passed|got|did|finished|completed) "
    r"|is (?:an? |\d\d\b|the |from |my |working|studying|employed|canadian|single|married)"
    r"|a (?:une? |le |la |un |son |sa |ses |fait|etudie|travaille|enseigne|obtenu|passe|eu |deux |trois |\d)"
    r"|est (?:une? |ne\b|nee\b|mon |ma |titulaire|diplome|[a-z]+(?:ier|iere|eur|euse|ien|ienne|ant|ante|ist|iste)\b)"
    r"|(?:parle|travaille|travaillait|possede|detient|enseigne|exerce|etudie)\b)"
)
_CALLED = re.compile(rf"\b(?:named|called|(?:name|prenom) (?:is|est)|s'appelle|nomme|prenomme)e?\s+(?P<name>{_NAME})")
"""*My wife is called Ana*."""


class Named(NamedTuple):
    """Where a first name stands of which something is said, and where the words about it begin."""

    start: int
    end: int
    name: str


def first_names(text: str, vocabulary: Vocabulary) -> Iterator[Named]:
    """The first names in a cleaned text that open a clause and of which something is said that only people do.

    A word that means something else is none: a country, a school, a test, *Experience*, *Nobody*.
    """
    said, places = plain(text), vocabulary.places(text)
    for found in _SUBJECT.finditer(text):
        start, end = found.span("name")
        if not _DOES.match(said, found.end("rest")) or any(each.start < end and start < each.end for each in places):
            continue
        if not any(vocabulary.knows(word) for word in re.split(r"[\s'-]+", found["name"])):
            yield Named(start, end, plain(found["name"].split()[0]))


def called(text: str) -> frozenset[str]:
    """The first names by which somebody is said to be called, as they compare."""
    return frozenset(plain(found["name"]) for found in _CALLED.finditer(text))
