"""Work from afar, and work without leave, in free text: where the employer is, is not where the work was done."""

from __future__ import annotations

import re
from typing import Any

from conversations.answers.countries import find_countries
from conversations.answers.text import plain
from conversations.understanding.telling import GAP
from conversations.understanding.vocabulary import Vocabulary

EMPLOYER, ALLOWED = "canadian_employer", "authorized"
_REMOTE = re.compile(
    r"\b(?:remote(?:ly)?|from home|wfh|home[- ]office|online for|en teletravail|teletravail\w*|a distance)\b"
)
_FOR = re.compile(r"\b(?:for|with|pour|chez|d'une?|of)\s+(?:an? |the |my |une? |la |le |mon |ma |l')?")
_FROM = re.compile(r"\b(?:from|since|depuis|as an?|comme)\b")
_COMPANY = re.compile(
    r"[^,.;]{0,24}?\b(?:company|companies|firm|employer|startup|start-up|clients?|agency|business|bank|entreprise"
    r"|societe|compagnie"
    r"|agence|employeur|boite)\b"
)
_ABROAD = re.compile(
    r"\b(?:foreign|overseas|abroad|us|usa|u\.s\.|american|uk|british|indian|european|australian|etranger\w*"
    r"|americaine?s?"
    r"|francaise?s?|europeenne?s?|back home)\b"
)
_CANADIAN = re.compile(r"\b(?:canadian|canadienne?s?)\b")
_NOT_ALLOWED = re.compile(
    r"\b(?:under the table|off the books|illegally|without (?:an? |any )?(?:valid )?(?:work )?(?:permit"
    r"|authori[sz]ation|papers)"
    r"|au noir|illegalement|sans (?:permis|papiers|autorisation)(?: de travail(?:ler)?)?)\b"
)


def apart(vocabulary: Vocabulary, text: str) -> tuple[str, dict[str, Any]]:
    """A piece without the words of where an employer is, and whether work was allowed; with what these say of a job."""
    value = dict[str, Any]()
    said = plain(text)
    for found in list(_NOT_ALLOWED.finditer(said)):
        value[ALLOWED] = False
        text = _without(text, found.start(), found.end())
    if _REMOTE.search(said) is None:
        return text, value
    for found in list(_REMOTE.finditer(said)):
        text = _without(text, found.start(), found.end())
    lead = _FOR.search(plain(text))
    if lead is None:
        return text, value
    from_where = _FROM.search(plain(text), lead.end())
    end = from_where.start() if from_where else len(text)
    named = [each for each in find_countries(text, vocabulary.lexicon) if lead.start() <= each.place.start < end]
    employer = plain(text)[lead.start() : end]
    if _CANADIAN.search(employer) or any("CA" in each.codes for each in named):
        value[EMPLOYER] = True
    elif _ABROAD.search(employer) or named:
        value[EMPLOYER] = False
    company = _COMPANY.match(employer, lead.end() - lead.start())
    if company:
        text = _without(text, lead.start(), lead.start() + company.end())
    for each in named:
        text = _without(text, each.place.start, each.place.end)
    return text, value


def _without(text: str, start: int, end: int) -> str:
    return f"{text[:start]}{GAP * (end - start)}{text[end:]}"
