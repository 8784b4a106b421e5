"""A line of the summary, called by its number: `3`, `change line 5`."""

from __future__ import annotations

import re

from conversations import steering
from conversations.answers.text import normal
from conversations.keys import parsed
from conversations.talk import Talk
from conversations.topics import profile

LINE = re.compile(r"(?:\w+ )?(?:the |la )?(?:line |ligne |no |number |numero )?(\d{1,3})")
"""A line of the summary: `3`, `#3`, `line 3`, `change la ligne 3`."""


def line_of(talk: Talk, text: str) -> int | None:
    """The number that was typed below a summary."""
    pending = talk.session.pending or {}
    number = LINE.fullmatch(normal(text)) if pending.get("kind") == "lines" else None
    return int(number[1]) if number else None


def line_named(talk: Talk, text: str) -> bool:
    """`change line 5` while a question is open: no number of anything else."""
    said = normal(text)
    number = LINE.fullmatch(said)
    if number is None or not {"line", "ligne"} & set(said.split()):
        return False
    keys = profile.lines(talk)
    place = int(number[1]) - 1
    if not 0 <= place < len(keys):
        profile.profile(talk, beyond=int(number[1]))
    else:
        steering.to_question(talk, keys[place])
    return True


def to_line(talk: Talk, number: int) -> None:
    """Open the question of a line that was called by its number."""
    keys = (talk.session.pending or {})["keys"]
    key = parsed(keys[number - 1]) if 0 < number <= len(keys) else None
    if key is None:
        profile.profile(talk, beyond=number)
    else:
        talk.change(pending=None)
        steering.to_question(talk, key)
