"""The title of a job in what is left of a fragment: without the words that led to it."""

from __future__ import annotations

import re

from conversations.answers.text import plain

EMPLOYER = re.compile(
    r"\s+(?:at|for|with(?= an? )|chez|dans(?= une? )|pour(?= une? )|au sein d[e'u]"
    r"|(?:au|à la|a la)(?= [A-Z]))\s+(?P<name>[\w&'. -]+)$"
)

_LEADS = re.compile(
    r"^(?:(?:i|am|im|i'm|ive|we|my|ive|i've|got|have|had|do|did|was|is|it|that|full|time|paid|some|only|just|about"
    r"|over|around"
    r"|more than|post|de|d'|as|an?|the|je|ai|j'ai|c'est|comme|experience|exp|years?|yrs?|ans|total|worked"
    r"|working|hello|hi|also|now|currently|actuellement|current|job|of|in|on|with|to|from|and|et|plus|new|was"
    r"|being|been|en tant que|qualite de)\s+|(?:en tant qu|qualite d|l)'\s?)+"
)


_IT = re.compile(r"\bIT\b")
"""In capitals it is a field, and no small word: *IT support*."""


def clean_title(title: str) -> str:
    """A title without the words that led to it."""
    return next((cleaned for part in title.split(",") if (cleaned := _without_leads(part))), "")


def _without_leads(part: str) -> str:
    part = part.strip(" -:.'\"")
    lead = _LEADS.match(plain(_IT.sub("..", part)) + " ")
    if lead:
        part = part[min(lead.end(), len(part)) :]
    part = re.sub(r"\s+(?:experience|exp)\.?$", "", part, flags=re.IGNORECASE)
    return part.strip(" -:.'\"") if sum(sign.isalpha() for sign in part) > 1 else ""
