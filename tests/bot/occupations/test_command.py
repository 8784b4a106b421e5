"""`tirage occupations`: what it finds, takes in and refuses, in both languages."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import command
from bot.occupations import listing
from bot.settings import variables
from bot.words import LANGUAGES, words
from scoring.duties import duties
from scoring.occupations import unit_groups

ON = "2026-11-22"
INDEX = b"code,title\n31301,Ward nurse\n75101,Zamboni polisher\n75101,Zamboni polisher\n"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in variables():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "tirage.db"


def run(*arguments: str | Path, lang: str = "en") -> tuple[int, str, str]:
    """The exit status, what was printed, and what was complained of."""
    done = CliRunner().invoke(command(lang), ["occupations", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


def found(db: Path, *arguments: str, lang: str = "en") -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = json.loads(run("search", *arguments, "--json", "--on", ON, "--db", db, lang=lang)[1])
    return groups


def taken(tmp_path: Path, db: Path, body: bytes, *arguments: str, lang: str = "en") -> tuple[int, str, str]:
    file = tmp_path / "titles"
    file.write_bytes(body)
    return run("import", file, "--db", db, *arguments, lang=lang)


# search


def test_groups_are_told_best_first_with_teer_title_categories_and_score(db: Path) -> None:
    groups = found(db, "licensed", "practical", "nurse")
    assert groups[0] == {
        "code": "32101",
        "teer": 2,
        "title": unit_groups()["32101"].title_en,
        "categories": ["healthcare"],
        "score": 100,
    }
    assert len(groups) == 5
    assert [each["score"] for each in groups] == sorted((each["score"] for each in groups), reverse=True)
    assert not db.exists()


def test_titles_are_told_in_the_language_asked_for_and_searched_in_both(db: Path) -> None:
    french = [each["title"] for each in found(db, "nurse", lang="fr")]
    assert french[0] == unit_groups()["31301"].title_fr
    assert [each["title"] for each in found(db, "nurse", "--lang", "fr")] == french


def test_a_category_counts_on_the_days_on_which_it_is_in_force(db: Path) -> None:
    """Transport occupations: truck drivers stood in the first version and not in those of 2026."""
    before = json.loads(run("search", "73300", "--json", "--on", "2024-06-01", "--db", db)[1])
    assert before[0]["categories"] == ["transport"]
    assert found(db, "73300")[0]["categories"] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_found_is_said_with_exit_status_1(db: Path, lang: str) -> None:
    status, out, _ = run("search", "qqqqqqq", "--db", db, lang=lang)
    assert (status, bool(out.strip())) == (1, True)
    assert run("search", "qqqqqqq", "--json", "--db", db)[:2] == (1, "[]\n")


def test_the_text_to_read_has_the_code_the_title_what_one_does_and_the_categories(db: Path) -> None:
    lines = run("search", "RN", "--on", ON, "--db", db)[1].splitlines()
    assert lines[0] == f"31301  {unit_groups()['31301'].title_en}"
    assert lines[1].strip() == duties()["31301"].en
    assert " ".join(lines[2].split()) == "TEER 1; categories: healthcare; score 100 of 100"


@pytest.mark.parametrize(("lang", "site"), [("en", "https://noc.esdc.gc.ca/"), ("fr", "https://cnp.edsc.gc.ca/")])
def test_below_the_groups_stands_whose_words_these_are_and_where_the_official_text_is(
    db: Path, lang: str, site: str
) -> None:
    lines = run("search", "RN", "--db", db, lang=lang)[1].splitlines()
    assert duties()["31301"].said(lang) == lines[1].strip()
    assert site in lines[-1]


@pytest.mark.parametrize(
    ("lang", "mark"),
    [("en", "(not checked with the official text)"), ("fr", "(non vérifié avec le texte officiel)")],
)
def test_a_line_that_was_not_checked_says_so(lang: str, mark: str) -> None:
    group = {"code": "31301", "teer": 1, "title": "Nurses", "categories": [], "score": 100}
    for read, says in ((None, True), (date(2026, 11, 27), False)):
        known = {"31301": duties()["31301"]._replace(read=read)}
        assert (mark in listing.as_text([group], words(lang), lang, known)) is says


def test_a_day_without_rules_is_a_usage_error(db: Path) -> None:
    assert run("search", "RN", "--on", "1999-01-01", "--db", db)[0] == 2


# import


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["csv", "csv.gz"])
def test_titles_that_were_added_are_found_beside_those_that_ship(tmp_path: Path, db: Path, pack: Any) -> None:
    assert found(db, "zamboni", "polisher")[0]["score"] < 100
    assert taken(tmp_path, db, pack(INDEX))[0] == 0
    assert found(db, "polisher of zambonis")[0] | {"title": ""} == {
        "code": "75101",
        "teer": 5,
        "title": "",
        "categories": [],
        "score": 100,
    }
    assert found(db, "RN")[0]["code"] == "31301"


def test_what_was_new_is_counted_and_a_second_time_nothing_is(tmp_path: Path, db: Path) -> None:
    assert taken(tmp_path, db, INDEX)[1] == "Titles read: 2; new: 2; added in all: 2.\n"
    assert taken(tmp_path, db, INDEX)[1] == "Titles read: 2; new: 0; added in all: 2.\n"
    assert taken(tmp_path, db, "\ufeffcode,title\n63200,Aide au gril\n".encode())[1].endswith("added in all: 3.\n")
    assert taken(tmp_path, db, INDEX, "--replace")[1].endswith("added in all: 2.\n")


def test_more_columns_and_blank_lines_are_passed_over(tmp_path: Path, db: Path) -> None:
    body = b'id,title,code\r\n\r\n1,"Nurse, ward",31301\r\n'
    assert taken(tmp_path, db, body)[1].startswith("Titles read: 1;")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"code,title\n31301,Ward nurse\n99999,Wizard\n31301\n3130,Nurse\n", ["3", "99999", "4", "5", "3130"]),
        (b"code,title\n31301,of the\n", ["2", "of the"]),
        (b"code,title\n31301," + b"nurse " * 40 + b"\n", ["2", "200"]),
        (b"noc,title\n31301,Nurse\n", ["1", "noc,title"]),
        (b'code,title\n31301,"Nurse\n', ["2"]),
        (b"code,title\n31301,Infirmi\xe8re\n", ["2", "e8", "UTF-8"]),
        (b"code,title\n", ["1"]),
        (b"", ["1"]),
        (gzip.compress(INDEX, mtime=0)[:-9], ["gzip"]),
        (b"\x1f\x8b\x00\x00", ["gzip"]),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole_by_line(
    tmp_path: Path, db: Path, body: bytes, told: list[str], lang: str
) -> None:
    status, out, error = taken(tmp_path, db, body, lang=lang)
    assert (status, out) == (1, "")
    for piece in told:
        assert piece in error
    assert not db.exists()


def test_of_many_faults_twenty_are_told_and_the_others_counted(tmp_path: Path, db: Path) -> None:
    error = taken(tmp_path, db, b"code,title\n" + b"00000,Nurse\n" * 50)[2]
    assert error.count("00000") == 20
    assert "30 more" in error


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_that_is_not_there_and_a_store_that_cannot_be_used_are_usage_errors(tmp_path: Path, lang: str) -> None:
    assert run("import", tmp_path / "none.csv", lang=lang)[0] == 2
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"no database" * 100)
    assert run("search", "nurse", "--db", broken, lang=lang)[0] == 2
    assert taken(tmp_path, broken, INDEX, lang=lang)[0] == 2
