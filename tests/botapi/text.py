"""Text as Telegram keeps it: parsed, cleaned, trimmed, measured; and the entities it finds by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tests.botapi.errors import bad_request
from tests.botapi.html import TAGS, Entity, link, parse_html, tidy, utf16_length

MAX_TEXT = 4096
MAX_CAPTION = 1024
# Entities after the hundredth are dropped without a word, by Telegram and here; `Formatted.dropped` counts them.
MAX_ENTITIES = 100

_CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\r\u2028-\u202e\u0333\u033f\u030a]")
_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w@/]))"
    r"|(?P<email>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<mention>(?<!\w)@[A-Za-z][A-Za-z0-9_]{3,31})"
    r"|(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)])"
    r"|(?P<hashtag>(?<!\w)#\w*[^\W\d]\w*)"
)


@dataclass(frozen=True, slots=True)
class Formatted:
    """Text without tags, its entities (UTF-16 offsets), and how many entities over the hundred were dropped."""

    text: str
    entities: list[Entity]
    dropped: int = 0


def formatted(source: str, parse_mode: str, entities: Any, *, strict: bool) -> Formatted:
    """Parse, clean and trim. Raises ApiError for tags that do not fit, a parse mode or an entity that is none."""
    mode = parse_mode.lower()
    if mode == "html":
        text, found = parse_html(source, strict=strict)
    elif mode in {"", "none"}:
        text, found = source, given_entities(entities)
    elif mode in {"markdown", "markdownv2"}:
        raise bad_request("this server of the tests reads parse_mode HTML only")
    else:
        raise bad_request("unsupported parse_mode")
    text, found = trimmed(cleaned(text), found)
    return Formatted(text, found[:MAX_ENTITIES], max(0, len(found) - MAX_ENTITIES))


def message_text(source: str, parse_mode: str, entities: Any, *, strict: bool) -> Formatted:
    """The text of a message: 1 to 4096 UTF-16 code units after parsing. Raises ApiError."""
    if not source:
        raise bad_request("message text is empty")
    found = formatted(source, parse_mode, entities, strict=strict)
    if not found.text:
        raise bad_request("text must be non-empty")
    if utf16_length(found.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return found


def caption_text(source: str, parse_mode: str, entities: Any, *, strict: bool) -> Formatted:
    """The caption of a picture or a file: up to 1024 UTF-16 code units after parsing. Raises ApiError."""
    found = formatted(source, parse_mode, entities, strict=strict) if source else Formatted("", [])
    if utf16_length(found.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return found


def given_entities(entities: Any) -> list[Entity]:
    """The `entities` parameter, checked. Those that Telegram finds by itself are ignored. Raises ApiError."""
    if not isinstance(entities, list):
        return []
    return tidy([one for one in map(_given, entities) if one is not None])


def _given(entity: Any) -> Entity | None:
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    kind = entity.get("type")
    whole = all(isinstance(entity.get(key), int) for key in ("offset", "length"))
    if not isinstance(kind, str) or not whole:
        raise bad_request('can\'t parse MessageEntity: Can\'t find field "type", "offset" or "length"')
    if kind in {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}:
        return None
    if kind not in {*TAGS.values(), "expandable_blockquote", "text_mention"}:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    kept = dict(entity)
    if kind == "text_link":
        link(kept, str(entity.get("url", "")))
    return kept if "type" in kept and kept["length"] > 0 else None


def cleaned(text: str) -> str:
    """Control characters become spaces; carriage returns and what breaks lines apart go, as Telegram has it."""
    if _CONTROL.search(text) is None:
        return text
    return _CONTROL.sub(lambda found: " " if found.group() < " " and found.group() != "\r" else "", text)


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """No spaces or line ends at either end, and entities that fit what is left."""
    left = text.lstrip(" \n")
    shift = len(text) - len(left)
    left = left.rstrip(" \n")
    if not entities:
        return left, []
    end = utf16_length(left)
    fitted = []
    for entity in entities:
        begin = max(0, entity["offset"] - shift)
        length = min(end, entity["offset"] + entity["length"] - shift) - begin
        if length > 0:
            fitted.append({**entity, "offset": begin, "length": length})
    return left, fitted


def found_entities(text: str) -> list[Entity]:
    """What Telegram marks by itself in what a person typed: commands, mentions, addresses, hashtags."""
    return [
        {
            "type": found.lastgroup,
            "offset": utf16_length(text[: found.start()]),
            "length": utf16_length(found.group()),
        }
        for found in _FOUND.finditer(text)
    ]
