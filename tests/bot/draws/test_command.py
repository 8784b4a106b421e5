"""`tirage draws`: what it lists, shows, takes in and refuses, in both languages."""

from __future__ import annotations

import asyncio
import csv
import json
import os
import sys
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from bot.cli import command
from bot.draws.importing import is_french
from bot.settings import variables
from bot.words import LANGUAGES
from scoring.draws import order, shipped
from scoring.resources import rows as shipped_rows
from tests.bot.feed.samples import FRENCH, NAMES, ROWS, file_of, with_fields
from tests.feedrows import french, row
from tests.feedserver import FeedServer, of_history

TODAY = "2031-03-13"


class Done(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (*variables(), "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "tirage.db"


def run(*arguments: str | Path, lang: str = "en") -> Done:
    """The command as a person types it; usage errors come out as click raises them."""
    done = CliRunner().invoke(command(lang), ["draws", *map(str, arguments)])
    return Done(done.exit_code, done.stdout, done.stderr)


def listed(db: Path, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("list", "--json", "--db", db, *arguments).out)
    return found


def saved(tmp_path: Path, body: bytes, name: str = "file") -> Path:
    file = tmp_path / name
    file.write_bytes(body)
    return file


# list


def test_the_shipped_rounds_are_listed_newest_first_and_no_store_is_made(db: Path) -> None:
    found = listed(db)
    assert [each["number"] for each in found] == [row["number"] for row in reversed(shipped_rows("data/rounds.csv"))]
    assert [order(each["number"]) for each in found] == sorted((order(each["number"]) for each in found), reverse=True)
    assert not db.exists()


def test_a_round_as_json_has_every_field_and_null_for_what_there_is_not(db: Path) -> None:
    newest, *_, oldest = listed(db)
    assert newest == {
        "number": "447",
        "date": "2026-10-01",
        "type": "trades",
        "version": "2026-v3",
        "label_en": "Trades Occupations, 2026-Version 3",
        "label_fr": "Métiers spécialisés 2026-Version 3",
        "invitations": 3500,
        "cut_off": 476,
        "tie_break_utc": None,
    }
    assert (oldest["version"], oldest["tie_break_utc"]) == (None, None)


@pytest.mark.parametrize(
    ("arguments", "numbers"),
    [
        (["--type", "fst", "--year", "2018"], ["100", "91a"]),
        (["--type", "senior_managers", "--type", "physicians", "--limit", "2"], ["444", "440"]),
        (["--text", "METIERS 2026"], ["447", "408"]),
        (["--text", "91b"], ["91b"]),
        (["--text", "lighthouse"], []),
        (["--year", "2040"], []),
    ],
)
def test_rounds_are_found_by_type_year_and_text(db: Path, arguments: list[str], numbers: list[str]) -> None:
    found = [each["number"] for each in listed(db, *arguments)]
    assert found[: len(numbers)] == numbers
    assert bool(found) == bool(numbers)


@pytest.mark.parametrize(("lang", "count"), [("en", "2,000"), ("fr", "2\N{NO-BREAK SPACE}000")])
def test_the_table_has_aligned_columns_and_says_up_to_which_day_rounds_are_known(
    db: Path, lang: str, count: str
) -> None:
    lines = run("list", "--limit", "3", "--db", db, lang=lang).out.splitlines()
    assert count in lines[2]
    assert (
        len({line.index(day) for line, day in zip(lines[1:4], ("2026-10-01", "2026-09-29", "2026-09-28"), strict=True)})
        == 1
    )
    assert "2026-10-10" in lines[-1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_filter_that_finds_nothing_says_so(db: Path, lang: str) -> None:
    done = run("list", "--text", "lighthouse", "--db", db, lang=lang)
    assert done.status == 0
    assert "448" in done.out


@pytest.mark.parametrize(
    "arguments", [["--type", "lottery"], ["--year", "1999"], ["--year", "soon"], ["--limit", "0"], ["--limit", "-1"]]
)
def test_a_filter_that_makes_no_sense_is_a_usage_error(db: Path, arguments: list[str]) -> None:
    assert run("list", *arguments, "--db", db).status == 2


def test_a_store_that_cannot_be_read_is_a_usage_error(tmp_path: Path) -> None:
    assert run("list", "--db", saved(tmp_path, b"no database at all" * 100)).status == 2


# show


@pytest.mark.parametrize("number", ["91a", "91A", " #91a "])
def test_a_round_is_shown_with_what_changed_and_where_it_is_from(db: Path, number: str) -> None:
    out = run("show", number, "--db", db).out
    for told in (
        "91a",
        "2018-05-30",
        "288",
        "2017-06-07 20:11:13 UTC",
        "500",
        "+47",
        "invitations.html?q=91a",
        "2026-10-10",
    ):
        assert told in out


@pytest.mark.parametrize(("lang", "parts"), [("en", "held in parts: 91a, 91b."), ("fr", "plusieurs parties")])
def test_a_number_that_was_held_in_parts_points_to_them(db: Path, lang: str, parts: str) -> None:
    done = run("show", "91", "--db", db, lang=lang)
    assert done.status == 1
    assert parts in done.err
    assert "91a, 91b" in done.err


@pytest.mark.parametrize("number", ["9", "1", "44", "600", "91c"])
def test_a_number_without_parts_is_shown_or_unknown(db: Path, number: str) -> None:
    done = run("show", number, "--db", db)
    assert "parts" not in done.err
    assert done.status == (0 if shipped().get(number) else 1)


@pytest.mark.parametrize(("lang", "said"), [("en", " 3,386 of "), ("fr", " 3\N{NO-BREAK SPACE}386 candidats sur ")])
def test_a_count_above_a_round_that_is_known_exactly_is_one_number(db: Path, lang: str, said: str) -> None:
    out = run("show", "233", "--db", db, lang=lang).out
    assert said in out
    assert "between" not in out


def test_the_pool_above_a_round_is_a_bracket_with_its_day(db: Path) -> None:
    told = json.loads(run("show", "447", "--json", "--db", db).out)
    pool = shipped().pool(shipped().rounds[-1].date)
    assert pool is not None
    above = [band.candidates for band in pool.bands if band.low > 476]
    inside = next(band.candidates for band in pool.bands if band.low <= 476 <= band.high)
    assert told["pool"] == {
        "as_on": pool.as_on.isoformat(),
        "total": pool.total,
        "above_at_least": sum(above),
        "above_at_most": sum(above) + inside,
    }
    assert told["since_last"]["number"] == "408"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_round_of_all_has_neither_a_change_nor_a_pool(db: Path, lang: str) -> None:
    assert run("show", "1", "--db", db, lang=lang).status == 0
    told = json.loads(run("show", "1", "--json", "--db", db, lang=lang).out)
    assert (told["since_last"], told["pool"]) == (None, None)
    assert f"/{lang}/" in told["url"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_round_that_is_not_known_is_refused_with_the_newest_that_is(db: Path, lang: str) -> None:
    done = run("show", "999", "--db", db, lang=lang)
    assert (done.status, done.out) == (1, "")
    assert "447" in done.err


# import


def test_a_file_of_the_feed_is_taken_in_and_what_was_new_odd_and_set_aside_is_said(tmp_path: Path, db: Path) -> None:
    bad = row("906", date(2031, 3, 13)) | {"drawCRS": ""}
    rows = [*with_fields("905", drawName="Lighthouse keepers", drawCutOff="in March"), bad]
    done = run("import", saved(tmp_path, file_of(rows)), "--db", db, "--today", TODAY)
    assert done.status == 0
    for told in (
        "New rounds: 4",
        "905  2031-03-13  Lighthouse keepers",
        "set aside",
        "906",
        "in March",
        "2031-03-09",
        TODAY,
    ):
        assert told in done.out
    found = {each["number"]: each for each in listed(db)}
    assert len(found) == 448 + 4
    assert (found["905"]["type"], found["905"]["tie_break_utc"]) == ("new_lighthouse_keepers", None)
    assert found["904b"]["label_en"] == FRENCH
    again = run("import", saved(tmp_path, file_of(rows)), "--db", db, "--today", TODAY)
    assert "New rounds" not in again.out


def test_a_french_file_gives_names_to_rounds_that_are_known_and_nothing_else(tmp_path: Path, db: Path) -> None:
    body = json.dumps({"rounds": french(ROWS, NAMES)}, ensure_ascii=False).encode("cp1252")
    assert run("import", saved(tmp_path, body), "--db", db, "--today", TODAY).status == 0
    assert len(listed(db)) == 448
    run("import", saved(tmp_path, file_of(ROWS)), "--db", db, "--today", TODAY)
    done = run("import", saved(tmp_path, body), "--db", db, "--today", TODAY, lang="fr")
    assert "904b  label_fr: – → Compétence linguistique" in done.out
    assert {each["number"]: each["label_fr"] for each in listed(db)[:4]} == NAMES


def test_a_table_is_taken_in_and_changes_are_said(tmp_path: Path, db: Path) -> None:
    table = "number,date,label_en,invitations,cut_off\n448,2026-11-25,Provincial Nominee Program,333,741\n"
    table += '447,2026-10-01,"Trades Occupations, 2026-Version 3",3500,477\n'
    done = run("import", saved(tmp_path, table.encode()), "--db", db, "--today", "2026-11-27")
    assert "New rounds: 1" in done.out
    assert "447  cut_off: 476 → 477" in done.out
    assert (listed(db)[0]["cut_off"], listed(db)[1]["cut_off"]) == (741, 477)
    assert "2026-11-25" in run("list", "--limit", "1", "--db", db).out.splitlines()[-1]


def test_the_shipped_table_brings_nothing_new(tmp_path: Path, db: Path) -> None:
    rows = shipped_rows("data/rounds.csv")
    file = tmp_path / "rounds.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert run("import", file, "--db", db).out.startswith("Nothing new.")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<!DOCTYPE html><html></html>", "no_object"),
        (b'{"rounds": [', "JSON"),
        (b"[]", "no_object"),
        (b"number,date\n1,2031-01-01\n", "label_en"),
        (b"", "1"),
        ("number,date,label_en,invitations,cut_off\n1,2031-01-01,é,1,1\n".encode("cp1252"), "UTF-8"),
        (file_of(ROWS), "2031-03-13"),  # of after tomorrow, on 2026-11-27
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_is_wrong(
    tmp_path: Path, db: Path, lang: str, body: bytes, told: str
) -> None:
    done = run("import", saved(tmp_path, body), "--db", db, "--today", "2026-11-27", lang=lang)
    assert (done.status, done.out) == (1, "")
    assert told in done.err
    assert len(listed(db)) == 448


def test_a_file_that_is_not_there_is_a_usage_error(tmp_path: Path, db: Path) -> None:
    assert run("import", tmp_path / "none.json", "--db", db).status == 2


@pytest.mark.parametrize(
    "name", sorted({held.label_fr for held in shipped().rounds if held.label_fr} | {*NAMES.values()})
)
def test_every_french_name_is_taken_for_french(name: str) -> None:
    assert is_french([name])


@pytest.mark.parametrize("label", sorted({held.label_en for held in shipped().rounds}))
def test_no_english_label_is_taken_for_french(label: str) -> None:
    assert not is_french([label])


def test_the_names_of_a_whole_file_tell_its_language() -> None:
    assert is_french([held.label_fr for held in shipped().rounds])
    assert not is_french([held.label_en for held in shipped().rounds])


# refresh


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with of_history(shipped()) as feed:
        yield feed


async def refreshed(server: FeedServer, db: Path, *arguments: str, lang: str = "en") -> Done:
    """In a process of its own, over a real connection."""
    environment = {
        **{name: text for name, text in os.environ.items() if not name.lower().endswith("_proxy")},
        "TIRAGE_FEED_URL_EN": server.url_en,
        "TIRAGE_FEED_URL_FR": server.url_fr,
        "PYTHONIOENCODING": "utf-8",
    }
    done = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "--lang", lang, "draws", "refresh", "--db", str(db), "--today", "2026-11-27"),
        *arguments,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await done.communicate()
    assert done.returncode is not None
    return Done(done.returncode, out.decode(), err.decode())


NEW = row("448", date(2026, 11, 25), "Provincial Nominee Program", 333, 741)


async def test_refresh_says_what_would_change_then_changes_it_then_has_nothing_new(
    server: FeedServer, db: Path
) -> None:
    server.publish(NEW, NAMES["905"])
    dry = await refreshed(server, db, "--dry-run")
    assert dry.status == 0
    assert "Rounds that would be new: 1\n  448  2026-11-25" in dry.out
    assert not db.exists()
    done = await refreshed(server, db)
    assert "New rounds: 1\n  448  2026-11-25" in done.out
    assert "2026-11-27" in done.out.splitlines()[-1]
    assert listed(db)[0]["label_fr"] == NAMES["905"]
    assert (await refreshed(server, db)).out.startswith("Nothing new.")


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_a_feed_that_cannot_be_had_is_refused_with_what_to_do(server: FeedServer, db: Path, lang: str) -> None:
    server.trouble("status", 403)
    done = await refreshed(server, db, lang=lang)
    assert (done.status, done.out) == (1, "")
    assert "TIRAGE_FEED_CONTACT" in done.err


async def test_what_the_feed_lacks_refuses_it_until_somebody_has_looked(server: FeedServer, db: Path) -> None:
    await refreshed(server, db)
    server.withdraw("447")
    refused = await refreshed(server, db)
    assert refused.status == 1
    assert "447" in refused.err
    assert "--withdrawn" in refused.err
    dry = await refreshed(server, db, "--dry-run", "--withdrawn")
    assert "would be taken out: 1\n  447" in dry.out
    assert listed(db)[0]["number"] == "447"
    assert "taken out: 1\n  447" in (await refreshed(server, db, "--withdrawn")).out
    assert listed(db)[0]["number"] == "446"


async def test_a_french_file_that_is_broken_is_said_and_holds_nothing_up(server: FeedServer, db: Path) -> None:
    server.publish(NEW)
    server.trouble("html", lang="fr")
    done = await refreshed(server, db, lang="fr")
    assert done.status == 0
    assert "no_object" in done.err
    assert "448" in done.out
