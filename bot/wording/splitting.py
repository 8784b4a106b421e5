"""A long text in several messages: cut between lines, tags closed and opened again, nothing lost.

The text is Telegram HTML. Telegram counts UTF-16 code units after it has read the tags; here the text is measured with
its tags and escapes, which is never less.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MOST_UNITS = 3500
MOST_ENTITIES = 99
_TOKEN = re.compile(r"<[^<>]*>|&[#\w]+;|[\n ]|[^<&\n ]{1,400}|[<&]")
_NAME = re.compile(r"</?([a-z]+)")
_LINE, _WORD = "\n", " "


def units(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def tidy(text: str) -> str:
    """The text without space at the ends of lines, and with at most one empty line between two paragraphs."""
    lines = (line.strip(" \t\r") for line in text.strip().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def split(text: str, most: int = MOST_UNITS, entities: int = MOST_ENTITIES) -> list[str]:
    """The text in parts of at most `most` UTF-16 code units and `entities` tags that are opened.

    Parts end between lines; only a line that is too long is cut between words, and a word that is too long where it
    must be. A tag that is open at the end of a part is closed there and opened again in the next.
    """
    if units(text) <= most and text.count("<") <= entities:
        return [text]
    tokens, parts, opened = _TOKEN.findall(text), list[str](), list[str]()
    while tokens:
        cut = _cut(tokens, opened, most, entities)
        part = _part(tokens[:cut], opened)
        if part.visible:
            parts.append(part.text)
        opened, tokens = part.opened, tokens[cut:]
        while tokens and tokens[0] in (_LINE, _WORD):
            del tokens[0]
    return parts


class _Part(NamedTuple):
    text: str
    opened: list[str]
    visible: bool


def _cut(tokens: list[str], opened: list[str], most: int, entities: int) -> int:
    """How many tokens the next part takes: up to the last line end that fits, else the last space, else all."""
    stack, length, tags = list(opened), sum(map(units, opened)), len(opened)
    line = word = None
    for place, token in enumerate(tokens):
        _follow(stack, token)
        length += units(token)
        tags += _opens(token)
        if length + sum(units(_closing(tag)) for tag in stack) > most or tags > entities:
            return line or word or max(place, 1)
        if place and token == _LINE:
            line = place
        elif place and token == _WORD:
            word = place
    return len(tokens)


def _part(tokens: list[str], opened: list[str]) -> _Part:
    stack = list(opened)
    for token in tokens:
        _follow(stack, token)
    body = "".join(tokens).rstrip("\n ")
    text = "".join(opened) + body + "".join(_closing(tag) for tag in reversed(stack))
    return _Part(text, stack, any(not _is_tag(token) and token not in (_LINE, _WORD) for token in tokens))


def _follow(stack: list[str], token: str) -> None:
    """Keep the tags that are open up to date."""
    if _opens(token):
        stack.append(token)
    elif token.startswith("</") and stack:
        stack.pop()


def _is_tag(token: str) -> bool:
    return len(token) > 1 and token.startswith("<")


def _opens(token: str) -> bool:
    return _is_tag(token) and not token.startswith("</")


def _closing(tag: str) -> str:
    name = _NAME.match(tag)
    return f"</{name[1]}>" if name else ""
