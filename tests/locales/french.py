"""How French is set in Canada, and how English is told from it: the rules that texts are tried against."""

from __future__ import annotations

import re

NB = "\N{NO-BREAK SPACE}"
MISSET = {
    "a space before ; ! or ?": re.compile(r"\s[;!?]"),
    "no no-break space before a colon": re.compile(rf"(?<!{NB}):(?!//)"),
    "no no-break space after «": re.compile(rf"«(?!{NB})"),
    "no no-break space before »": re.compile(rf"(?<!{NB})»"),
    "a straight apostrophe": re.compile(r"'"),
    "a straight quote": re.compile(r'"'),
    "three dots": re.compile(r"\.\.\."),
    "an English quotation mark": re.compile(r"[“”]"),
    "a plain space before $ or %": re.compile(r"\d [$%]"),
    "two spaces": re.compile(r"  "),
    "a capital without its accent": re.compile(r"\b(?:Etat|Evaluation|Etude|Echeance|Etranger|A l)"),
}
"""What may not stand in a French text, by what is wrong with it."""

ENGLISH = re.compile(
    r"\b(?:the|and|of|your|you|is|are|with|for|not|that|this|from|has|have|one|year|years|months?|days?|missing|"
    r"needed|work|job|language|short|enough|partner|education|unknown|known|yes|no|level)\b",
    re.IGNORECASE,
)
"""Words that English cannot do without, and French does not have."""


def misset(text: str) -> list[str]:
    """What is wrong with how a text is set."""
    return [rule for rule, pattern in MISSET.items() if pattern.search(text)]


def english_in(text: str) -> list[str]:
    """The English words in a French text."""
    return ENGLISH.findall(text)
