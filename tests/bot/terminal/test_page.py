"""Choices side by side on the page of a terminal."""

from __future__ import annotations

import pytest

from bot.terminal.page import INDENT, RichPage
from bot.terminal.screen import Option, Rows

LONG = "Physicians with Canadian work experience"
FITS = 3 + len(LONG) + INDENT
"""Columns of a page on which the long option, with its number, is exactly one line."""


def shown(rows: Rows, columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(columns))
    RichPage().show("", rows)
    return [line.strip() for line in capsys.readouterr().out.split("\n") if line.strip()]


@pytest.mark.parametrize("aside", [False, True])
@pytest.mark.parametrize(
    ("columns", "lines"),
    [
        (80, ["1. Healthcare   2. Physicians with Canadian work experience"]),
        (FITS, ["1. Healthcare", "2. Physicians with Canadian work experience"]),
        (FITS - 1, ["1. Healthcare", "2. Physicians with Canadian work", "experience"]),
    ],
)
def test_no_option_is_broken_within_a_word_or_behind_its_number(
    columns: int,
    lines: list[str],
    aside: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    row = tuple(Option(mark, label, f"a:{mark}", aside) for mark, label in (("1", "Healthcare"), ("2", LONG)))
    said = [line.replace("\N{NO-BREAK SPACE}", " ") for line in shown((row,), columns, monkeypatch, capsys)]
    assert said == lines
