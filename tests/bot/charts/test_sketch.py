"""The sketch of a picture: no wider than the terminal, and with the same numbers."""

from __future__ import annotations

import unicodedata

import pytest

from bot.charts.sketch import LEAST, OWN, sketch
from bot.wording.environment import templates
from conversations.session import Language
from tests.bot.charts.samples import LANGUAGES, SAMPLES
from tests.locales.french import english_in

ALL = [pytest.param(name, language, id=f"{name}-{language}") for name in SAMPLES for language in LANGUAGES]


@pytest.mark.parametrize("width", [20, LEAST, 76, 86])
@pytest.mark.parametrize(("name", "language"), ALL)
def test_it_fits_the_terminal(name: str, language: Language, width: int) -> None:
    lines = sketch(SAMPLES[name], language, width).split("\n")
    # what is a sentence or a name may be longer than the narrowest terminal, what is drawn never
    drawn = [line for line in lines if set(line) & set("│└█▒░")]
    assert drawn
    assert max(map(len, drawn)) <= max(width, LEAST)
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize(("name", "language"), ALL)
def test_every_sign_is_one_column_wide(name: str, language: Language) -> None:
    text = sketch(SAMPLES[name], language, 76)
    assert {sign for sign in text if unicodedata.east_asian_width(sign) in "WF" or unicodedata.combining(sign)} == set()


@pytest.mark.parametrize(("name", "language"), ALL)
def test_it_says_the_numbers_that_the_picture_shows(name: str, language: Language) -> None:
    spec, text, number = SAMPLES[name], sketch(SAMPLES[name], language, 76), templates(language).filters["number"]
    shown = [series["points"][-1][1] for series in spec.get("series", ())]
    shown += [band[2] for band in spec.get("bands", ())]
    shown += [section[end] for section in spec.get("sections", ()) for end in ("low", "high", "max")]
    shown += list((spec.get("score") or {}).values())
    assert [value for value in shown if number(value) not in text] == []


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != "new_type"])
def test_the_french_one_is_french(name: str) -> None:
    assert english_in(sketch(SAMPLES[name], "fr", 76)) == []


@pytest.mark.parametrize(("name", "marked"), [("pool", 1), ("pool_range", 5), ("pool_alone", 0)])
def test_the_ranges_of_the_score_are_marked(name: str, marked: int) -> None:
    lines = sketch(SAMPLES[name], "en", 76).split("\n")
    assert len([line for line in lines if line.endswith(OWN)]) == marked


def test_points_stand_from_the_highest_at_the_top_to_the_lowest_at_the_bottom() -> None:
    lines = [line for line in sketch(SAMPLES["nominees"], "en", 76).split("\n") if "│" in line]
    assert lines[0].startswith("855 │")
    assert lines[-1].startswith("667 │")
    assert all("●" in line for line in (lines[0], lines[-1]))
