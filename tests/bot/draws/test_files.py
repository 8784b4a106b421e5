"""Files of rounds: two shapes are read, and what cannot be read is named by line and column."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.draws.files import RoundsFileError, read_rounds_csv
from bot.words import LANGUAGES, words
from scoring.draws import Round, shipped
from scoring.resources import rows

PUBLIC = "number,date,label_en,invitations,cutoff,tie_break_utc"
ROW = "447,2026-10-01,Canadian Experience Class,3500,476,2026-09-01T10:00:00Z"


def refusal(text: str) -> tuple[int, str, str, str]:
    with pytest.raises(RoundsFileError) as caught:
        read_rounds_csv(text)
    found = caught.value
    return found.line, found.column, found.read, found.code


def test_the_shipped_file_gives_the_shipped_history() -> None:
    held = rows("data/rounds.csv")
    out = io.StringIO()
    writer = csv.DictWriter(out, held[0].keys())
    writer.writeheader()
    writer.writerows(held)
    read = read_rounds_csv(out.getvalue())
    assert read == [each._replace(label_fr="") for each in shipped().rounds]


def test_the_public_shape_takes_type_and_version_from_the_label() -> None:
    public = "\n".join(
        [
            f"{PUBLIC},source",
            *(
                f'{each.number},{each.date},"{each.label_en}",{each.invitations},{each.cut_off},{each.tie_break_utc},F+B'
                for each in shipped().rounds
            ),
        ]
    )
    assert read_rounds_csv(public) == [each._replace(label_fr="") for each in shipped().rounds]


def test_a_label_that_nobody_knows_is_a_type_of_its_own() -> None:
    (held,) = read_rounds_csv(f"{PUBLIC}\n448,2026-10-13,Astronauts (Version 1),5,300,")
    assert held == Round("448", date(2026, 10, 13), "new_astronauts", "v1", "Astronauts (Version 1)", 5, 300, "")


def test_a_mark_at_the_start_windows_lines_and_blank_lines_do_no_harm() -> None:
    assert len(read_rounds_csv(f"\ufeff{PUBLIC}\r\n\r\n{ROW}\r\n\r\n")) == 1


@pytest.mark.parametrize(
    ("column", "good", "bad", "code"),
    [
        ("number", ["1", "91a"], ["", "x", "91ab", "-1"], "number"),
        ("date", ["2024-02-29"], ["", "2023-02-29", "29/02/2024", "20240229"], "date"),
        ("invitations", ["1", "27332"], ["", "0", "-5", "1 000", "4.5"], "invitations"),
        ("cutoff", ["1", "1200"], ["", "0", "1201", "5OO"], "cut_off"),
        ("tie_break_utc", ["", "2026-09-01T10:00:00Z"], ["2026-09-01", "2026-09-01T25:00:00Z", "soon"], "tie_break"),
        ("label_en", ["General"], [""], "label"),
    ],
)
def test_a_cell_is_read_or_named(column: str, good: list[str], bad: list[str], code: str) -> None:
    names, cells = PUBLIC.split(","), ROW.split(",")
    place = names.index(column)
    for value in good:
        cells[place] = value
        assert len(read_rounds_csv(f"{PUBLIC}\n" + ",".join(cells))) == 1
    for value in bad:
        cells[place] = value
        assert refusal(f"{PUBLIC}\n" + ",".join(cells)) == (2, column, value, code)


def test_a_type_is_a_known_one_or_a_new_one() -> None:
    header = "number,date,type,version,label_en,invitations,cut_off,tie_break_utc"
    assert read_rounds_csv(f"{header}\n1,2026-10-13,new_astronauts,,Astronauts,5,300,")[0].type == "new_astronauts"
    assert refusal(f"{header}\n1,2026-10-13,astronauts,,Astronauts,5,300,") == (2, "type", "astronauts", "type")


@pytest.mark.parametrize("column", ["number", "date", "label_en", "invitations"])
def test_a_column_that_is_missing_is_named(column: str) -> None:
    header = PUBLIC.replace(f"{column},", "other,", 1)
    assert refusal(f"{header}\n{ROW}") == (1, column, header, "missing_column")


def test_a_file_without_any_column_of_cut_offs_is_refused() -> None:
    header = PUBLIC.replace("cutoff", "score")
    assert refusal(f"{header}\n{ROW}") == (1, "cut_off", header, "missing_column")


def test_a_file_without_rounds_or_with_broken_lines_is_refused() -> None:
    assert refusal("")[3] == "no_rounds"
    assert refusal(PUBLIC)[3] == "no_rounds"
    assert refusal(f"{PUBLIC}\n{ROW},1") == (2, "", "7", "cells")
    assert refusal(f"{PUBLIC}\n{ROW}\n{ROW}") == (3, "number", "447", "repeated")
    assert refusal(f'{PUBLIC}\n{ROW}\n448,2026-10-13,"General,1,1,')[::3] == (3, "quotes")


def test_the_line_is_that_of_the_file_though_blank_lines_are_passed_over() -> None:
    assert refusal(f"{PUBLIC}\n\n{ROW}\n\n448,soon,General,1,500,") == (5, "date", "soon", "date")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refusal_says_where_what_was_read_and_what_is_allowed(lang: str) -> None:
    for code in (
        *("missing_column", "cells", "quotes", "number", "repeated", "date", "type", "label", "invitations"),
        *("cut_off", "tie_break", "no_rounds"),
    ):
        told = RoundsFileError(7, "cutoff", "5OO", code).told(words(lang))
        assert all(piece in told for piece in ("7", "cutoff", "5OO"))
        assert "7" in RoundsFileError(7, "", "5OO", code).told(words(lang))


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for whole in (text, f"{PUBLIC}\n{text}", f"{PUBLIC}\n{ROW}\n{text}"):
        with suppress(RoundsFileError):
            assert read_rounds_csv(whole)
