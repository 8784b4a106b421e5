"""Lines of the page: never wider than it, and never broken in a word that fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bot.terminal.wrapping import fold, wrapped

WORDS = st.lists(st.text("abé’-\N{NO-BREAK SPACE}界•1.[]", min_size=1, max_size=25), max_size=20)
TEXT = st.lists(WORDS.map(" ".join), min_size=1, max_size=3).map("\n".join)


@given(TEXT, st.integers(2, 60))
def test_no_line_is_wider_than_the_page(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in fold(text, width).split("\n"))


@given(TEXT, st.integers(2, 60))
def test_a_word_is_broken_only_where_it_is_longer_than_a_line(text: str, width: int) -> None:
    room = width - width // 3
    pieces = {piece for line in fold(text, width).split("\n") for piece in line.split(" ")}
    assert all(word in pieces for word in text.replace("\n", " ").split(" ") if cell_len(word) <= room)


@given(TEXT, st.integers(2, 60))
def test_nothing_but_space_is_lost(text: str, width: int) -> None:
    shown = "".join(text[line.start : line.end] for line in wrapped(text, width))
    assert shown.replace(" ", "") == text.replace(" ", "").replace("\n", "")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 13, ["one two three"]),
        ("onetwothree", 4, ["onet", "woth", "ree"]),
        ("a onetwothree", 4, ["a", "onet", "woth", "ree"]),
        ("SCG\N{NO-BREAK SPACE}: 470 points", 8, ["SCG\N{NO-BREAK SPACE}:", "470", "points"]),
        ("- one two three four", 10, ["- one two", "  three", "  four"]),
        ("10. one two three four", 12, ["10. one two", "    three", "    four"]),
        ("[1] one two three four", 12, ["[1] one two", "    three", "    four"]),
        ("a\n\nb", 10, ["a", "", "b"]),
        ("well-known facts", 12, ["well-known", "facts"]),
        ("界界界", 4, ["界界", "界"]),
        ("", 10, [""]),
    ],
)
def test_lines_are_broken_at_spaces_and_hang_under_their_bullet(text: str, width: int, lines: list[str]) -> None:
    assert fold(text, width).split("\n") == lines
