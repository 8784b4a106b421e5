"""How somebody worked: without pay, in training, while studying; and words before a title that tell nothing."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from conversations.answers.text import Place, plain
from conversations.understanding.telling import GAP
from conversations.understanding.vocabulary import Vocabulary

FULL_TIME = re.compile(
    r"^[\s\x1f]*(?:(?:in|at|for|a|an|the|my|au|en|a la|de|mes|mon)\s+(?:\w+\s+){0,2})?(?:full[- ]?time"
    r"|(?:a )?temps plein|(?:a )?plein temps)\b"
)
PAY, STUDENT = "paid", "full_time_student"


class Told(NamedTuple):
    """What a piece says of it; `open` as in a job; the text without these words."""

    text: str
    value: dict[str, Any]
    open: dict[str, str]


def circumstances(vocabulary: Vocabulary, text: str) -> Told:
    """Read how somebody worked in a piece of a message."""
    value, still_open = dict[str, Any](), dict[str, str]()
    cuts: list[tuple[int, int]] = [_span(place) for place, _ in vocabulary.find(text, "before_title")]
    for place, meant in vocabulary.find(text, "training"):
        cuts.append(_span(place))
        if meant == "unpaid":
            value[PAY] = False
        elif meant == "open" and PAY not in value:
            still_open[PAY] = PAY
    for place, _ in vocabulary.find(text, "while_studying"):
        full_time = FULL_TIME.match(plain(text[place.end :]))
        cuts.append((place.start, place.end + (full_time.end() if full_time else 0)))
        if full_time or "full time" in place.words or "temps plein" in place.words:
            value[STUDENT] = True
        else:
            still_open[STUDENT] = STUDENT
    for start, end in cuts:
        text = f"{text[:start]}{GAP * (end - start)}{text[end:]}"
    return Told(text, value, {what: code for what, code in still_open.items() if what not in value})


def _span(place: Place) -> tuple[int, int]:
    return place.start, place.end
