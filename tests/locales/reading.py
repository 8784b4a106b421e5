"""How hard a text is to read: sentences, their length, and a formula for each language (textstat)."""

from __future__ import annotations

import re

import textstat  # type: ignore[import-untyped]

MARKER = re.compile(r"^(?:•|\d+\.)\s*", re.MULTILINE)
SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n")
CLOSED = re.compile(r"[.!?:;][ »”)]*$|[.!?]\s")


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line ends one, and so does what a colon or a semicolon closes."""
    return [each for each in SENTENCE.split(MARKER.sub("", text.replace("\N{NO-BREAK SPACE}", " "))) if each.strip()]


def flowing(text: str) -> str:
    """The text as the formulas take it: every line ends with a full stop, no bullets, no quotation marks."""
    lines = (line.strip() for line in MARKER.sub("", text.replace("\N{NO-BREAK SPACE}", " ")).splitlines())
    return "\n".join(line if line[-1] in ".!?" else f"{line.rstrip(' :;')}." for line in lines if line)


def prose(text: str) -> str:
    """The lines that hold a sentence; headings, names and figures on lines of their own would flatter or burden it."""
    lines = MARKER.sub("", text.replace("\N{NO-BREAK SPACE}", " ")).splitlines()
    return "\n".join(line for line in lines if CLOSED.search(line.strip()))


def grade(text: str) -> float:
    """The school grade of an English text by Flesch and Kincaid."""
    textstat.set_lang("en_US")
    return float(textstat.flesch_kincaid_grade(flowing(text)))


def ease(text: str) -> float:
    """The ease of a French text by Kandel and Moles: 100 is very easy, 60 is plain, 30 is hard."""
    textstat.set_lang("fr")
    return float(textstat.flesch_reading_ease(re.sub("[«»]", "", flowing(text))))


def words(text: str) -> int:
    """How many words a sentence has; a sign alone is none."""
    return len([each for each in text.split() if re.search(r"\w", each)])
