"""Telegram's HTML as text: nothing shown that is not meant to be, nothing lost."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terminal.markup import Run, plain, printable, runs

TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30)
TAG = st.sampled_from(["b", "i", "code"])


def wrapped_in(tag: str, parts: list[tuple[str, str]]) -> tuple[str, str]:
    return f"<{tag}>{''.join(html for html, _ in parts)}</{tag}>", "".join(text for _, text in parts)


MESSAGE = st.recursive(
    TEXT.map(lambda text: (escape(text), text)),
    lambda inside: st.builds(wrapped_in, TAG, st.lists(inside, max_size=3)),
    max_leaves=8,
)
"""HTML as our templates make it, and the text that it shows."""


@given(st.lists(MESSAGE, max_size=4))
def test_a_message_shows_its_text_without_tags_and_unescaped(parts: list[tuple[str, str]]) -> None:
    assert plain("".join(html for html, _ in parts)) == "".join(text for _, text in parts)


@given(st.text())
def test_any_text_is_read_and_what_is_shown_has_no_control_characters(html: str) -> None:
    shown = plain(html)
    assert printable(shown) == shown


def test_styles_are_those_of_the_tags_around_the_text() -> None:
    assert runs("a <b>b <i>c</i></b> <code>d</code>") == [
        Run("a "),
        Run("b ", frozenset({"b"})),
        Run("c", frozenset({"b", "i"})),
        Run(" "),
        Run("d", frozenset({"code"})),
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("5 &lt; 7 &amp; 7 &gt; 5 &quot;so&quot;", '5 < 7 & 7 > 5 "so"'),
        ('See <a href="https://canada.ca/a?b=1&amp;c=2">the page</a>.', "See the page (https://canada.ca/a?b=1&c=2)."),
        ('<a href="https://canada.ca">https://canada.ca</a>', "https://canada.ca"),
        ("<a>nowhere</a>", "nowhere"),
        ("one\ntwo", "one\ntwo"),
        ("a\x1b[31mred\x07", "a[31mred"),
        ("<u>kept</u>", "kept"),
        ("", ""),
    ],
)
def test_what_a_person_reads(html: str, text: str) -> None:
    assert plain(html) == text


def test_of_several_links_to_one_page_the_first_shows_the_address_and_each_leads_to_its_own() -> None:
    html = " · ".join(f'<a href="https://noc.ca/p?code={code}">{code}</a>' for code in (1, 2)) + ' <a href="/x">x</a>'
    assert plain(html) == "1 (https://noc.ca/p?code=1) · 2 x (/x)"
    assert [run.href for run in runs(html) if run.text in ("1", "2")] == [
        *("https://noc.ca/p?code=1", "https://noc.ca/p?code=2"),
    ]


def test_a_link_leads_to_its_address() -> None:
    assert [run.href for run in runs('x <a href="https://canada.ca">y</a> z')] == [
        *(None, "https://canada.ca", "https://canada.ca", None),
    ]
