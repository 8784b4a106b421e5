"""What holds of every picture: nothing cut off, nothing over another, every letter there, light, always the same."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
from functools import cache
from itertools import combinations
from typing import Any

import pytest
from matplotlib.colors import to_hex
from matplotlib.font_manager import get_font
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from bot.charts import look
from bot.charts.render import draw, fingerprint, render
from bot.charts.sheet import Sheet
from bot.wording.environment import templates
from conversations.session import Language
from tests.bot.charts.samples import LANGUAGES, SAMPLES, UNKNOWN
from tests.bot.charts.sight import SIGHTS, contrast, distance
from tests.locales.french import english_in, misset
from tests.project import ROOT

MOST_BYTES = 150_000
ALL = [pytest.param(name, language, id=f"{name}-{language}") for name in SAMPLES for language in LANGUAGES]


@cache
def sheet_of(name: str, language: Language) -> Sheet:
    """A picture as it was drawn, to look at."""
    sheet = draw(SAMPLES[name], language)
    sheet.canvas.draw()
    return sheet


def texts(sheet: Sheet) -> list[Text]:
    """Every text that is seen."""
    return [text for text in sheet.figure.findobj(Text) if text.get_text().strip() and text.get_visible()]


def box(sheet: Sheet, text: Text) -> Bbox:
    return text.get_window_extent(sheet.canvas.get_renderer())


@pytest.mark.parametrize(("name", "language"), ALL)
def test_it_is_a_png_for_a_phone(name: str, language: Language) -> None:
    png = render(SAMPLES[name], language)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    assert (width, height) in ((1080, 1080), (1080, 1350))
    assert len(png) < MOST_BYTES


@pytest.mark.parametrize(("name", "language"), ALL)
def test_no_text_is_cut_off_and_none_lies_over_another(name: str, language: Language) -> None:
    sheet = sheet_of(name, language)
    boxes = [(text.get_text(), box(sheet, text)) for text in texts(sheet)]
    for told, each in boxes:
        assert each.x0 >= 10, told
        assert each.x1 <= look.WIDTH - 10, told
        assert each.y0 >= 10, told
        assert each.y1 <= sheet.height - 10, told
    over = [(one[0], other[0]) for one, other in combinations(boxes, 2) if one[1].padded(-2).overlaps(other[1])]
    assert over == []


@pytest.mark.parametrize(("name", "language"), ALL)
def test_every_letter_has_its_glyph(name: str, language: Language) -> None:
    for text in texts(sheet_of(name, language)):
        file = text.get_fontproperties().get_file()
        assert file is not None
        known = get_font(file).get_charmap()
        assert [letter for letter in text.get_text() if letter != "\n" and ord(letter) not in known] == []


@pytest.mark.parametrize(("name", "language"), ALL)
def test_text_stands_out_from_its_ground(name: str, language: Language) -> None:
    sheet = sheet_of(name, language)
    assert to_hex(sheet.figure.get_facecolor()).upper() == look.PAPER
    for text in texts(sheet):
        assert contrast(to_hex(text.get_color()), look.PAPER) >= 4.5, text.get_text()
        assert float(text.get_fontsize()) >= look.SMALL, text.get_text()


@pytest.mark.parametrize("name", SAMPLES)
def test_french_pictures_are_set_as_canadian_french(name: str) -> None:
    for text in texts(sheet_of(name, "fr")):
        told = " ".join(text.get_text().split("\n"))
        if name != "new_type":  # its label was published in English only
            assert english_in(told) == [], told
        assert misset(told) == [], told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["five_types", "pool_range", "score_range"])
def test_the_same_data_are_the_same_picture(name: str, language: Language) -> None:
    assert render(SAMPLES[name], language) == render(SAMPLES[name], language)


def shown(name: str, language: Language) -> str:
    return "\n".join(" ".join(text.get_text().split("\n")) for text in texts(sheet_of(name, language)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name, spec in SAMPLES.items() if spec["kind"] == "cut_offs"])
def test_each_line_is_named_where_it_ends_with_its_last_cut_off(name: str, language: Language) -> None:
    sheet, number = sheet_of(name, language), templates(language).filters["number"]
    names = [text.get_text() for text in texts(sheet) if text.get_gid() == "name"]
    for series in SAMPLES[name]["series"]:
        assert number(series["points"][-1][1]) in names
    lines = [line for axes in sheet.figure.axes for line in axes.lines if not str(line.get_label()).startswith("_")]
    assert [line.get_label() for line in lines] == [series["type"] for series in SAMPLES[name]["series"]]
    told = list(zip(*((line.get_color(), line.get_marker()) for line in lines), strict=True))
    assert [len(set(each)) for each in told] == [len(lines)] * 2


@pytest.mark.parametrize(
    ("name", "language", "told"),
    [
        (
            "five_types",
            "en",
            ["478", "your score", "Canadian", "experience", "10 October 2026", "Source: IRCC, canada.ca"],
        ),
        (
            "five_types",
            "fr",
            ["478", "votre note", "Expérience", "canadienne", "10 octobre 2026", "Source\xa0: IRCC, canada.ca"],
        ),
        ("range", "en", ["441 to 489"]),
        ("range", "fr", ["441 à 489"]),
        ("far_above", "fr", ["1\xa0078", "votre note"]),
        ("pool", "en", ["229,904", "471–480", "16,465", "Your score, 478", "27 September 2026"]),
        ("pool", "fr", ["229\xa0904", "471–480", "16\xa0465", "Votre note, 478", "27 septembre 2026"]),
        ("score_range", "en", ["391 to 489 points", "300 to 351 of 460", "22 November 2026"]),
        ("score_range", "fr", ["391 à 489 points", "300 à 351 sur 460", "22 novembre 2026"]),
        ("new_type", "en", ["with $2"]),
    ],
)
def test_numbers_and_days_are_told_in_the_language(name: str, language: Language, told: list[str]) -> None:
    assert [each for each in told if each not in shown(name, language)] == []


def test_a_label_that_nobody_shortened_is_cut() -> None:
    assert UNKNOWN not in shown("new_type", "en")
    assert "…" in shown("new_type", "en")


def test_lines_are_told_apart_with_every_sight() -> None:
    for one, other in combinations(look.SERIES, 2):
        assert min(distance(one.colour, other.colour, sight) for sight in SIGHTS) > 20
    for colour in (look.INK, *(each.colour for each in look.SERIES)):
        assert contrast(colour, look.PAPER) >= 4.5
    assert contrast(look.PLAIN, look.PAPER) >= 3


def test_a_score_far_away_does_not_press_the_cut_offs_flat() -> None:
    _, high = sheet_of("far_above", "en").figure.axes[0].get_ylim()
    assert high < 600 < SAMPLES["far_above"]["score"]["low"]
    least, most = sheet_of("five_types", "en").figure.axes[0].get_ylim()
    assert least < 478 < most


def test_a_nomination_leaves_the_other_bars_as_long_as_they_are() -> None:
    bars = [sheet_of(name, "en").figure.axes[0].patches[1] for name in ("score_range", "nominated")]
    assert [bar.get_width() for bar in bars] == [300 / 460] * 2  # type: ignore[attr-defined]


def test_the_ranges_that_hold_the_score_are_marked_without_colour_too() -> None:
    bold = [
        text.get_text()
        for text in texts(sheet_of("pool_range", "en"))
        if "Bold" in str(text.get_fontproperties().get_file()) and "–" in text.get_text()
    ]
    assert bold == ["481–490", "471–480", "461–470", "451–460", "441–450"]


def test_a_fingerprint_is_that_of_the_data_and_the_language() -> None:
    spec = SAMPLES["pool"]
    turned = dict(reversed(list(spec.items())))
    assert fingerprint(spec, "en") == fingerprint(turned, "en")
    others: list[tuple[Any, Language]] = [(spec, "fr"), ({**spec, "total": 1}, "en"), (SAMPLES["pool_range"], "en")]
    assert fingerprint(spec, "en") not in {fingerprint(*each) for each in others}
    assert re.fullmatch("[0-9a-f]{64}", fingerprint(spec, "en"))


def test_another_kind_of_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="no such kind"):
        render({"kind": "sheet"}, "en")


def test_what_draws_is_not_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, bot.charts.pictures, bot.charts.sketch, bot.telegram.channel, bot.cli;"
        "assert not {'matplotlib', 'PIL'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_a_home_without_room_for_a_cache_says_nothing(tmp_path: Any) -> None:
    code = (
        "import sys; from tests.bot.charts.samples import SAMPLES; from bot.charts.render import render;"
        "sys.exit(len(render(SAMPLES['score'], 'fr')) < 1000)"
    )
    nowhere = tmp_path / "file"
    nowhere.write_text("")
    env = {"PATH": "", "HOME": str(nowhere), "MPLCONFIGDIR": str(nowhere / "config")}
    done = subprocess.run([sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
