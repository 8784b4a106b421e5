"""What people write in one piece, or in letters, taken apart before anything is read: `ielts 8777`, *seven*, `w/`."""

from __future__ import annotations

import re

from conversations.answers.text import plain
from conversations.answers.words import number_words

_BAC = re.compile(r"\b(bac) ?\+ ?(\d)\b", re.IGNORECASE)
"""*bac + 2* is one word; a sign that stands alone parts what is told."""
_TWELFTH = re.compile(
    r"(?<![\w.,+])(?:10\s?\+\s?2|\+\s?2)(?=\s*(?:$|[,.;)]|(?:and|passed|pass|completed|done|from|in|only)\b))"
)
"""*+2*, *10+2*: the twelve years of school in South Asia."""
_WITH = re.compile(r"(?<![a-z0-9])w/(o(?![a-z]))?\s?", re.IGNORECASE)
_OLD_SCALE = re.compile(r"\d\s?/\s?(?:300|360|450)\b")
_NEW_SCALE = re.compile(r"\(?\s?\d{1,3}\s?/\s?699\s?\)?")
"""Of a TEF slip whose two columns are both told, the old scores count."""
_TEST = re.compile(
    r"\b(?:ielts|celpip|pte|clb|nclc|tef|tcf|bands?|listening|reading|writing|speaking|overall|comprehension|expression)\b",
    re.IGNORECASE,
)
_GLUED = re.compile(
    r"(?<=[a-z: =-])(?<![\d.,])(?!19|20)(?P<scores>[1-9]{4})(?![\d%]|[.,]\d|\s?(?:\$|k\b|cad\b|usd\b|dollars?|people"
    r"|invit|hours))"
)
_BEHIND_A_TEST = re.compile(
    r"\b(?:ielts|celpip|clb|nclc)\b[\s:=-]*(?:(?:general|training|gt|g|scores?|is|are|was|test|exam|got|of|bands?)\b[\s:=-]*){0,4}$",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"(?<![\w$.,])(\d{1,2}(?:\.\d)?)'?s(?=\s+(?:across|in|on|everywhere|all|for|straight|throughout|each)\b)"
)
"""*9s across the board*."""
_NEAR, _LEAST, _MOST = 48, 4, 12
_POINT = re.compile(r"\s+(?:point|virgule)\s+(?:five|cinq)\b|\s+(?:and a half|et demie?)\b")
_OF_SOMETHING_ELSE = re.compile(
    r"[\s-]*(?:years?|yrs?|months?|weeks?|days?|hours?|kids|children|times?|ans|annees?|mois|semaines?|jours?|heures?"
    r"|enfants?|fois)\b"
)
_DIGIT_BEFORE, _DIGIT_BEHIND = re.compile(r"(?<![.,/\d])\d{1,2}\s+$"), re.compile(r"\.?,?\s*\d")
"""*14 sept 2025*, *seven 7*: part of a date, or said twice."""
_OF_A_MONTH = re.compile(r"\b(?:in|en|since|depuis|from|until|by|mid|fin|debut)\s+$")
_IN_LETTERS = re.compile(
    r"(?<![a-z0-9'-])(?:"
    + "|".join(word for word, value in number_words().items() if _LEAST <= value <= _MOST and " " not in word)
    + r")(?![a-z0-9'-])"
)


def taken_apart(cleaned: str) -> str:
    """A cleaned text as it is read: scores in one piece with spaces between, scores in letters as digits."""
    text = _BAC.sub(r"\1+\2", cleaned)
    text = _TWELFTH.sub("grade 12", text)
    text = _WITH.sub(lambda found: "without " if found[1] else "with ", text)
    if _OLD_SCALE.search(text):
        text = _NEW_SCALE.sub(" ", text)
    if _TEST.search(text):
        text = _EACH.sub(r"\1", text)
        text = _GLUED.sub(lambda found: _parted(text, found), text)
        text = _with_scores_in_digits(text)
    return text


def _parted(text: str, found: re.Match[str]) -> str:
    """Four figures right behind the name of a test are four scores."""
    behind = _BEHIND_A_TEST.search(text[: found.start()])
    return " ".join(found["scores"]) if behind else found.group()


def _with_scores_in_digits(text: str) -> str:
    """*Seven in everything except writing six point five*, where a test or an ability is named close by."""
    said, pieces, reached = plain(text), list[str](), 0
    for found in _IN_LETTERS.finditer(said):
        near = text[max(0, found.start() - _NEAR) : found.end() + _NEAR]
        point = _POINT.match(said, found.end())
        end = point.end() if point else found.end()
        month = found.group() == "sept" and _OF_A_MONTH.search(said[: found.start()])
        dated = month or _DIGIT_BEFORE.search(said[: found.start()]) or _DIGIT_BEHIND.match(said, found.end())
        if _TEST.search(near) and not dated and not _OF_SOMETHING_ELSE.match(said, end) and found.start() >= reached:
            pieces += [text[reached : found.start()], f"{number_words()[found.group()]}{'.5' if point else ''}"]
            reached = end
    return "".join([*pieces, text[reached:]])
