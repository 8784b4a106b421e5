"""Telegram's HTML as runs of text: what is shown, in which style, and where a link leads."""

from __future__ import annotations

import unicodedata
from html.parser import HTMLParser
from typing import NamedTuple

STYLES = frozenset({"b", "i", "code", "a"})
"""The tags that our texts use; any other one is left out, and what it holds is shown."""


class Run(NamedTuple):
    """A piece of text in one style: the tags around it, and the address that it leads to."""

    text: str
    tags: frozenset[str] = frozenset()
    href: str | None = None


def runs(html: str) -> list[Run]:
    """The text that an HTML message shows, in pieces. Control characters are left out; the address follows its link."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.runs


def plain(html: str) -> str:
    """The text that an HTML message shows, with no style."""
    return "".join(run.text for run in runs(html))


def printable(text: str) -> str:
    """The text without control characters, which would move the cursor or change the terminal; ends of lines stay."""
    return "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs"))


class _Parser(HTMLParser):
    """Collects runs. A link's address is added after its text, unless it was the text.

    Of several links to one page, such as those to the groups of a list, the first shows the address: long addresses
    that are nearly the same would bury the text.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[Run] = []
        self._open: list[str] = []
        self._href: str | None = None
        self._link_text = ""
        self._written: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in STYLES:
            self._open.append(tag)
        if tag == "a":
            self._href, self._link_text = printable(dict(attrs).get("href") or "") or None, ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href:
            page = self._href.partition("?")[0]
            if self._href not in self._link_text and page not in self._written:
                self._add(f" ({self._href})")
            self._written.add(page)
            self._href = None
        if tag in self._open:
            self._open.remove(tag)

    def handle_data(self, data: str) -> None:
        text = printable(data)
        self._link_text += text
        self._add(text)

    def _add(self, text: str) -> None:
        if text:
            self.runs.append(Run(text, frozenset(self._open), self._href))
