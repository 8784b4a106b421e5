"""Telegram's HTML: text and entities out of it, and the errors that a wrong tag gets, byte offsets included."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tests.botapi.errors import ApiError, bad_request

Entity = dict[str, Any]

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
SPACE = " \t\r\n\v"

_SPECIAL = re.compile("[<&]")
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|([A-Za-z]+));?")
_NAME_END = re.compile(r"[ \t\r\n\v>]")
_ATTRIBUTE_END = re.compile(r"[ \t\r\n\v=>]")
_TOKEN = re.compile(r"[0-9A-Za-z.-]*")
_URL = re.compile(r"(?:(https?|tg|ton|tonsite)://)?([^\s/?#]+)(/[^\s]*|[?#][^\s]*)?", re.IGNORECASE)
_USER = re.compile(r"tg://user\?id=([0-9]+)")


def utf16_length(text: str) -> int:
    """UTF-16 code units, the unit of every length and offset in Telegram."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str, *, strict: bool) -> tuple[str, list[Entity]]:
    """Text without tags, and its entities sorted by offset.

    `strict`: an ampersand that begins none of the four entities Telegram knows is an error, as its documentation asks;
    Telegram itself shows it as it stands, so that a forgotten escape is seen by people and by no test.
    Raises ApiError ("can't parse entities: ...") as Telegram does.
    """
    if _SPECIAL.search(source) is None:
        return source, []
    return _Reader(source, strict).read()


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    piece: int


class _Reader:
    def __init__(self, source: str, strict: bool) -> None:
        self.source = source
        self.strict = strict
        self.pieces: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        at = 0
        while (found := _SPECIAL.search(self.source, at)) is not None:
            self._say(self.source[at : found.start()])
            at = self._tag(found.start()) if found.group() == "<" else self._reference(found.start())
        self._say(self.source[at:])
        if self.open:
            raise self._wrong(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        text = "".join(self.pieces)
        try:
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            raise self._wrong(
                "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate "
                "code units"
            ) from None
        return text, tidy(self.entities)

    def _say(self, piece: str) -> None:
        if piece:
            self.pieces.append(piece)
            self.length += utf16_length(piece)

    def _wrong(self, what: str, at: int | None = None) -> ApiError:
        where = "" if at is None else f" at byte offset {len(self.source[:at].encode())}"
        return bad_request(f"can't parse entities: {what}{where}")

    def _reference(self, at: int) -> int:
        decoded, end = decode_reference(self.source, at)
        if decoded is None:
            if self.strict:
                raise self._wrong("Unescaped ampersand", at)
            decoded, end = "&", at + 1
        self._say(decoded)
        return end

    def _tag(self, at: int) -> int:
        return self._end_tag(at) if self.source.startswith("/", at + 1) else self._start_tag(at)

    def _start_tag(self, begin: int) -> int:
        found = _NAME_END.search(self.source, begin + 1)
        if found is None:
            raise self._wrong("Unclosed start tag", begin)
        tag = self.source[begin + 1 : found.start()].lower()
        if tag not in TAGS:
            raise self._wrong(f'Unsupported start tag "{tag}"', begin)
        argument, end = self._attributes(tag, begin, found.start())
        if tag == "span" and argument != "spoiler":
            raise self._wrong('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, argument, self.length, len(self.pieces)))
        return end

    def _attributes(self, tag: str, begin: int, at: int) -> tuple[str, int]:
        """The one attribute that means something for this tag, and where the tag ends."""
        argument = ""
        while True:
            at = self._skip_space(at, tag, begin)
            if self.source[at] == ">":
                return argument, at + 1
            name, at = self._attribute_name(tag, begin, at)
            if name == "expandable" and tag == "blockquote" and self.source[at] != "=":
                argument = name
                continue
            if self.source[at] != "=":
                what = f'Expected equal sign in declaration of an attribute of the tag "{tag}"'
                raise self._wrong(what, begin)
            at = self._skip_space(at + 1, tag, begin)
            value, at = self._attribute_value(begin, at)
            argument = _meaning(tag, name, value) or argument

    def _skip_space(self, at: int, tag: str, begin: int) -> int:
        while at < len(self.source) and self.source[at] in SPACE:
            at += 1
        if at >= len(self.source):
            raise self._wrong(f'Unclosed start tag "{tag}"', begin)
        return at

    def _attribute_name(self, tag: str, begin: int, at: int) -> tuple[str, int]:
        found = _ATTRIBUTE_END.search(self.source, at)
        end = found.start() if found else len(self.source)
        if end == at:
            raise self._wrong(f'Empty attribute name in the tag "{tag}"', begin)
        return self.source[at:end], self._skip_space(end, tag, begin)

    def _attribute_value(self, begin: int, at: int) -> tuple[str, int]:
        quote = self.source[at]
        if quote not in "'\"":
            return self._token(at)
        end = self.source.find(quote, at + 1)
        if end < 0 or end + 1 >= len(self.source):
            raise self._wrong("Unclosed start tag", begin)
        return _REFERENCE.sub(_decoded, self.source[at + 1 : end]), end + 1

    def _token(self, at: int) -> tuple[str, int]:
        found = _TOKEN.match(self.source, at)
        end = found.end() if found else at
        if end >= len(self.source) or self.source[end] not in SPACE + ">":
            raise self._wrong("Unexpected end of name token", at)
        return self.source[at:end].lower(), end

    def _end_tag(self, begin: int) -> int:
        if not self.open:
            raise self._wrong("Unexpected end tag", begin)
        end = self.source.find(">", begin)
        name = self.source[begin + 2 : end].rstrip(SPACE).lower() if end > 0 else ""
        if end < 0 or any(space in name for space in SPACE):
            raise self._wrong("Unclosed end tag", begin)
        last = self.open[-1]
        if name and name != last.tag:
            where = len(self.source[:begin].encode())
            raise self._wrong(f'Unmatched end tag at byte offset {where}, expected "</{last.tag}>", found "</{name}>"')
        self.open.pop()
        if self.length > last.offset:
            self._close(last)
        return end + 1

    def _close(self, last: _Open) -> None:
        entity: Entity = {"type": TAGS[last.tag], "offset": last.offset, "length": self.length - last.offset}
        if last.tag == "a":
            link(entity, last.argument or "".join(self.pieces[last.piece :]))
        elif last.tag == "tg-emoji":
            if not last.argument.isdigit():
                raise self._wrong("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = last.argument
        elif last.tag == "blockquote" and last.argument:
            entity["type"] = "expandable_blockquote"
        elif last.tag == "code" and last.argument:
            entity["language"] = last.argument
        elif last.tag == "pre" and self._is_code_of(entity):
            entity["language"] = self.entities.pop()["language"]
        if "type" in entity:
            self.entities.append(entity)

    def _is_code_of(self, pre: Entity) -> bool:
        last = self.entities[-1] if self.entities else {}
        return "language" in last and (last["offset"], last["length"]) == (pre["offset"], pre["length"])


def decode_reference(source: str, at: int) -> tuple[str | None, int]:
    """The character that the reference at `at` stands for (None: it is none that Telegram knows), and where it ends."""
    found = _REFERENCE.match(source, at)
    if found is None:
        return None, at
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        return NAMED.get(name), found.end()
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return (chr(code) if 0 < code < 0x10FFFF else None), found.end()


def _decoded(found: re.Match[str]) -> str:
    return decode_reference(found.string, found.start())[0] or found.group()


def _meaning(tag: str, name: str, value: str) -> str:
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return ""


def link(entity: Entity, url: str) -> None:
    """Make a link or a mention of the entity; an address Telegram does not accept loses the entity, not the text."""
    user = _USER.fullmatch(url)
    if user:
        entity["type"] = "text_mention"
        entity["user"] = {"id": int(user.group(1)), "is_bot": False, "first_name": ""}
        return
    found = checked_url(url)
    if found is None:
        del entity["type"]
    else:
        entity["url"] = found


def checked_url(url: str) -> str | None:
    """The address as Telegram keeps it (a scheme and a slash are added), or None where it is none."""
    found = _URL.fullmatch(url.strip())
    if found is None:
        return None
    scheme, host, rest = found.groups()
    named = scheme is not None and scheme.lower() in {"tg", "ton", "tonsite"}
    if not named and "." not in host.strip(".") and host.split(":")[0] != "localhost":
        return None
    return f"{(scheme or 'http').lower()}://{host}{rest or ('' if named else '/')}"


def tidy(entities: list[Entity]) -> list[Entity]:
    """Sorted by offset, longer ones first; what stands inside `code` or `pre`, or inside its own kind, goes."""
    kept: list[Entity] = []
    around: list[Entity] = []
    for entity in sorted(entities, key=lambda one: (one["offset"], -one["length"])):
        while around and around[-1]["offset"] + around[-1]["length"] <= entity["offset"]:
            around.pop()
        if entity["type"] == "code":
            entity.pop("language", None)
        if any(outer["type"] in {"code", "pre", entity["type"]} for outer in around):
            continue
        kept.append(entity)
        around.append(entity)
    return kept
