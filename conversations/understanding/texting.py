"""Words that run together where a message is typed in haste: *jhabite*, *g 37 ans*, *5 ans dexp*."""

from __future__ import annotations

import re

_PARTED = (
    (re.compile(r"\b[jJ]'(?=[b-df-gj-np-tv-xz])"), "je "),
    (
        re.compile(
            r"\b[jJ](?=(?:travaill(?:e|ais)|travaillé|ve[ux]t?|voudrais|vais|vis|fais|peux|dois|compte|parle|passe|pense"
            r"|cherche|r[eé]side|finis|viens|suis|demeure|bosse|bossais)\b)"
        ),
        "je ",
    ),
    (
        re.compile(
            r"\b[jJ](?=(?:habit(?:e|ais)|attends?|[eé]tudi(?:e|ais)|avais|[eé]tais|aimerais|aurai|arrive|enseigne(?:ais)?)\b)"
        ),
        "j'",
    ),
    (
        re.compile(
            r"(?<![\w'])[gG](?=\s(?:\d{1,2}\s(?:ans?|enfants?|gosses?)|une?|des|eu|pas|fait|fini|travaill[eé]|étudi[eé])\b)"
        ),
        "j'ai",
    ),
    (
        re.compile(r"(?<!\bil )(?<![\w'-])[yY] ?a (?=(?:environ |presque )?(?:\d+|une?|deux|trois) (?:ans?|mois)\b)"),
        "il y a ",
    ),
    (re.compile(r"\b[dD](?=(?:exp[eé]riences?|exp|[eé]tudes?|ivoire|anglais|avril|ao[uû]t|octobre)\b)"), "d'"),
    (re.compile(r"\b[lL](?=(?:ielts|ede|eca|anglais|ontario|alberta|universit[eé]|[eé]cole|[eé]tranger)\b)"), "l'"),
)
"""What is written as one word, and what stands for it; only where no other word is written so."""


def parted(cleaned: str) -> str:
    """A cleaned text in which such words are written apart."""
    for together, apart in _PARTED:
        cleaned = together.sub(apart, cleaned)
    return cleaned
