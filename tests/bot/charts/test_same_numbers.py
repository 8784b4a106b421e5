"""What a picture shows stands in the text as well, for whoever does not see it."""

from __future__ import annotations

import re

import pytest

from bot.wording.environment import templates
from conversations.session import Language
from tests.bot.charts.samples import LANGUAGES, SAMPLES
from tests.locales.french import english_in, misset

ALL = [pytest.param(name, language, id=f"{name}-{language}") for name in SAMPLES for language in LANGUAGES]


def told(name: str, language: Language) -> str:
    return str(templates(language).module_of("_pictures.j2").same_numbers(SAMPLES[name]))


@pytest.mark.parametrize(("name", "language"), ALL)
def test_each_line_band_and_part_has_a_line_with_its_numbers(name: str, language: Language) -> None:
    spec, number, day = SAMPLES[name], templates(language).filters["number"], templates(language).filters["day"]
    lines = [line for line in told(name, language).split("\n") if line.strip()]
    numbers = [
        *([number(series["points"][-1][1]), day(series["points"][-1][0])] for series in spec.get("series", ())),
        *([number(value) for value in band] for band in spec.get("bands", ())),
        *([number(section[end]) for end in ("low", "high", "max")] for section in spec.get("sections", ())),
    ]
    assert len(lines) == len(numbers)
    for line, wanted in zip(lines, numbers, strict=True):
        assert [each for each in wanted if each not in line] == []
        assert line.startswith("•")


@pytest.mark.parametrize("name", SAMPLES)
def test_in_french_it_is_set_as_canadian_french(name: str) -> None:
    for line in re.sub(r"</?b>", "", told(name, "fr")).split("\n"):
        assert misset(line) == [], line
        if name != "new_type":  # its label was published in English only
            assert english_in(line) == [], line


def test_between_what_and_what_a_cut_off_moved_is_told() -> None:
    assert "518 on 29 September 2026; 32 rounds in two years, from 507 to 547" in told("five_types", "en")
    assert "368 le 23 juillet 2026, seule ronde des deux dernières années" in told("one_round", "fr")


def test_without_a_picture_there_is_nothing() -> None:
    assert templates("en").module_of("_pictures.j2").same_numbers(None) == ""
