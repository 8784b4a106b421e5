"""Files of the person: under a free name, for nobody else to read."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.terminal.files import save


def test_no_file_takes_the_place_of_another(tmp_path: Path) -> None:
    paths = [save("tirage.json", text, [tmp_path]) for text in ("é\n", "b", "c")]
    assert [path.name for path in paths] == ["tirage.json", "tirage-2.json", "tirage-3.json"]
    assert [path.read_bytes() for path in paths] == ["é\n".encode(), b"b", b"c"]


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    assert stat.S_IMODE(save("tirage.json", "", [tmp_path]).stat().st_mode) == 0o600


def test_the_first_folder_that_takes_it_is_used(tmp_path: Path) -> None:
    no_folder = tmp_path / "file"
    no_folder.write_text("")
    assert save("a.json", "", [no_folder, tmp_path / "missing", tmp_path]) == tmp_path / "a.json"


def test_a_folder_in_the_name_is_left_out(tmp_path: Path) -> None:
    assert save("../../a.json", "", [tmp_path]) == tmp_path / "a.json"


def test_the_reason_is_told_where_no_folder_takes_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        save("a.json", "", [tmp_path / "missing"])
