"""Pictures in a terminal: a sketch on the page, a file beside it, and a word where either is missing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.charts.pictures import Pictures
from bot.charts.sketch import sketch
from bot.terminal.gallery import Gallery
from bot.terminal.screen import Rows
from bot.words import words
from conversations.session import Language
from tests.bot.charts.samples import LANGUAGES, SAMPLES

FILES = {"five_types": "tirage-cut-offs.png", "score_range": "tirage-score.png", "pool": "tirage-pool.png"}


class Paper:
    """A page that keeps what is put on it."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def sketch(self, text: str) -> None:
        self.lines.append(text)

    def note(self, text: str) -> None:
        self.lines.append(text)

    def width(self) -> int:
        return 70

    def show(self, html: str, rows: Rows) -> None:
        raise AssertionError((html, rows))

    def start(self) -> None:
        raise AssertionError


def drawn(spec: Mapping[str, Any], language: Language) -> bytes:
    return f"{spec['kind']} {language}".encode()


def broken(_spec: Mapping[str, Any], _language: Language) -> bytes:
    raise ValueError


def picture(name: str, language: Language) -> dict[str, Any]:
    return {"spec": SAMPLES[name], "language": language}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FILES)
async def test_it_is_sketched_and_saved_and_the_path_is_told(name: str, language: Language, tmp_path: Path) -> None:
    page, say = Paper(), words(language)
    assert await Gallery(page, [tmp_path], Pictures(drawn)).show(picture(name, language), say)
    path = tmp_path / FILES[name]
    assert page.lines == [sketch(SAMPLES[name], language, 70), say["chat_saved"].format(path=path)]
    assert path.read_bytes() == drawn(SAMPLES[name], language)


async def test_another_picture_takes_no_place_and_the_same_one_no_more_room(tmp_path: Path) -> None:
    gallery = Gallery(Paper(), [tmp_path], Pictures(drawn))
    for language in (*LANGUAGES, "en"):
        await gallery.show(picture("pool", language), words(language))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tirage-pool-2.png", "tirage-pool.png"]


async def test_without_a_drawing_the_sketch_remains(tmp_path: Path) -> None:
    page, say = Paper(), words("fr")
    assert not await Gallery(page, [tmp_path], Pictures(broken)).show(picture("pool", "fr"), say)
    assert page.lines == [sketch(SAMPLES["pool"], "fr", 70), say["chat_not_drawn"]]


async def test_without_a_folder_the_sketch_remains(tmp_path: Path) -> None:
    page, say = Paper(), words("en")
    assert not await Gallery(page, [tmp_path / "missing"], Pictures(drawn)).show(picture("pool", "en"), say)
    assert page.lines[0] == sketch(SAMPLES["pool"], "en", 70)
    assert page.lines[1].startswith("tirage-pool.png could not be saved")
