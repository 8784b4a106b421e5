"""What stands in the place of signs that a terminal cannot show."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terminal.encoding import NEAREST, nearest

codecs.register_error(NEAREST, nearest)


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("L’été\N{NO-BREAK SPACE}: « où »", "ascii", 'L\'ete : " ou "'),
        ("L’été", "latin-1", "L'été"),
        ("œuvre ≥ 7 – 9", "ascii", "oeuvre >= 7 - 9"),
        ("界", "ascii", "?"),
    ],
)
def test_the_nearest_signs_are_shown(text: str, encoding: str, shown: str) -> None:
    assert text.encode(encoding, NEAREST).decode(encoding) == shown


@given(st.text(), st.sampled_from(["ascii", "latin-1", "cp1252", "utf-8"]))
def test_any_text_can_be_shown(text: str, encoding: str) -> None:
    text.encode(encoding, NEAREST)
