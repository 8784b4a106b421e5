"""`tirage backtest` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bot.test_cli import run

HEADER = "number,date,label_en,invitations,cutoff,tie_break_utc"


def file_of(folder: Path, *lines: str) -> str:
    path = folder / "rounds.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", "utf-8")
    return str(path)


def steady(count: int) -> list[str]:
    return [
        f"{n},20{20 + n // 12}-{n % 12 + 1:02}-09,Canadian Experience Class,1000,{450 + n % 3},"
        for n in range(1, count + 1)
    ]


def test_the_shipped_history_is_told_as_a_whole_and_since_2024() -> None:
    done = run("backtest")
    told = done.stdout.decode()
    assert done.returncode == 0
    assert "Since 2015-01-31" in told
    assert "Since 2024-01-01" in told
    assert "448 rounds, known up to 2026-10-10." in told
    assert "CEC, French and healthcare together" in told


def test_json_has_every_figure() -> None:
    plain = json.loads(run("backtest", "--json", "--since", "2024-01-01").stdout)
    assert plain["level"] == 0.8
    (period,) = plain["periods"]
    assert period["since"] == "2024-01-01"
    assert period["together"]["error"] < period["together"]["last_value_error"]
    assert {row["types"][0] for row in period["rows"]} >= {"cec", "french", "healthcare", "pnp"}


def test_french_is_told_in_french(tmp_path: Path) -> None:
    told = run(
        "--lang", "fr", "backtest", "--rounds", file_of(tmp_path, *steady(30)), "--since", "2021-01-01"
    ).stdout.decode()
    assert "Depuis le 2021-01-01" in told
    assert "CEC, français et santé ensemble" in told
    assert "80\N{NO-BREAK SPACE}%" in told


@pytest.mark.parametrize(("count", "status"), [(1, 2), (6, 2), (7, 0)])
def test_a_file_with_too_few_rounds_of_any_type_is_refused_and_says_how_many_it_needs(
    tmp_path: Path, count: int, status: int
) -> None:
    done = run("backtest", "--rounds", file_of(tmp_path, *steady(count)))
    assert done.returncode == status
    told = done.stderr.decode()
    assert ("more than 6" in told) == (f"rounds: {count}" in told) == bool(status)


def test_a_file_of_rounds_takes_the_place_of_those_that_ship(tmp_path: Path) -> None:
    done = run("backtest", "--rounds", file_of(tmp_path, *steady(30)), "--json")
    plain = json.loads(done.stdout)
    assert (plain["rounds"], plain["known_to"]) == (30, "2022-07-09")
    assert [row["types"] for row in plain["periods"][0]["rows"]] == [["cec"]]
    assert plain["periods"][0]["all"]["told"] >= 20


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "line 3, column cutoff: read 5OO; a whole number from 1 to 1200"),
        (
            "fr",
            "ligne 3, colonne cutoff – lu\N{NO-BREAK SPACE}: 5OO; attendu\N{NO-BREAK SPACE}: un nombre entier de 1 à",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_named_by_line_and_column(tmp_path: Path, lang: str, expected: str) -> None:
    path = file_of(tmp_path, "1,2026-01-07,General,10,500,", "2,2026-01-21,General,10,5OO,")
    done = run("--lang", lang, "backtest", "--rounds", path)
    assert done.returncode == 2
    assert expected in done.stderr.decode()


def test_a_file_that_is_not_utf8_or_not_there_is_said(tmp_path: Path) -> None:
    path = tmp_path / "rounds.csv"
    path.write_bytes(f"{HEADER}\n1,2026-01-07,G\xe9n\xe9rale,10,500,\n".encode("latin-1"))
    assert "line 2: not UTF-8" in run("backtest", "--rounds", str(path)).stderr.decode()
    assert "no such file" in run("backtest", "--rounds", str(tmp_path / "none.csv")).stderr.decode()
