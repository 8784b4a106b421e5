"""`tirage draws chart`: a picture beside one, or where it was asked for, and the same as text."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import variables
from tests.bot.draws.test_command import Done, run

ON = ("--today", "2026-11-22")


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in variables():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


def chart(*arguments: str | Path, lang: str = "en") -> Done:
    return run("chart", *ON, *arguments, lang=lang)


def test_it_saves_the_picture_says_where_and_sketches_it(tmp_path: Path) -> None:
    done = chart("--type", "cec", "--type", "french", "--score", "478", "--out", tmp_path / "a.png")
    assert done.status == 0
    assert done.out.startswith(f"Saved: {tmp_path / 'a.png'}\n\nCut-offs of the last two years\n")
    assert "● Canadian experience  518  (29 September 2026)\n■ French  382  (19 August 2026)\n" in done.out
    assert done.out.endswith("Your score: 478\n")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_in_french_all_of_it_is_french() -> None:
    done = chart("--type", "cec", "--score", "1", lang="fr")
    assert "Notes minimales depuis deux ans" in done.out
    assert "Expérience canadienne" in done.out
    assert "Votre note\N{NO-BREAK SPACE}: 1" in done.out


def test_without_a_name_it_stands_beside_one_and_not_twice(tmp_path: Path) -> None:
    for kind in ("cec", "cec", "french"):
        chart("--type", kind)
    assert sorted(path.name for path in tmp_path.glob("*.png")) == ["tirage-cut-offs-2.png", "tirage-cut-offs.png"]


def test_without_a_type_the_five_that_were_drawn_last_are_drawn() -> None:
    told = chart().out
    assert [name in told for name in ("Trades", "Canadian experience", "Senior managers", "Physicians")] == [True] * 4
    assert "Provincial" not in told


def test_provincial_nominees_are_drawn_by_themselves() -> None:
    assert "Provincial nominees  725" in chart("--type", "pnp").out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--type", "vets"], "vets"),
        (["--type", "general"], "No round of general was held in the two years up to 2026-11-22."),
        ([f"--type={kind}" for kind in ("cec", "french", "trades", "stem", "fst", "pnp")], "5 types at most"),
        (["--score", "1201"], "1201"),
        (["--out", "missing/a.png"], "missing/a.png could not be saved"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused_with_the_reason(arguments: list[str], told: str) -> None:
    done = chart(*arguments)
    assert done.status == 2
    assert told in done.err
    assert not list(Path.cwd().glob("*.png"))


def test_nothing_is_kept_of_it(tmp_path: Path) -> None:
    chart("--type", "cec", "--db", tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()
