"""The command as a person runs it: a process of its own, real files, real standard input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scoring.case import ASSUMABLE

CASES = Path(__file__).parent.parent / "scoring" / "cases" / "worked_examples.json"
ON = "2026-06-01"


def run(*arguments: str, stdin: bytes = b"", lang: str = "C") -> subprocess.CompletedProcess[bytes]:
    environment = {"LANG": lang, "PYTHONIOENCODING": "utf-8", "PATH": ""}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments], input=stdin, capture_output=True, check=False, env=environment
    )


def answers(*arguments: str, stdin: bytes = b"") -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*arguments, stdin=stdin).stdout.splitlines()]


@pytest.fixture(scope="module")
def baseline() -> dict[str, Any]:
    cases: list[dict[str, Any]] = json.loads(CASES.read_text("utf-8"))
    profile: dict[str, Any] = cases[0]["profile"]
    return profile


def test_a_file_is_assessed_as_one_object(tmp_path: Path, baseline: dict[str, Any]) -> None:
    file = tmp_path / "me.json"
    file.write_text(json.dumps(baseline), "utf-8")
    done = run("assess", str(file), "--on", ON)
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert told["crs"]["total"] == 429
    assert told["on"] == ON
    assert told["history_to"] == "2026-10-10"


def test_the_answer_has_every_key_of_the_contract(baseline: dict[str, Any]) -> None:
    told = json.loads(run("assess", "--on", ON, "--what-if", stdin=json.dumps(baseline).encode()).stdout)
    assert told.keys() >= {
        *("on", "rules", "reported_changes", "set_aside", "assumed_absent", "history_to", "crs", "fsw_grid"),
        *("programs", "categories", "draw_types", "most_telling_unknown", "deadlines", "what_if"),
    }
    assert told["crs"].keys() == {"total", "low", "high", "low_with", "high_with", "sections", "lines"}
    assert told["crs"]["lines"][0].keys() == {"factor", "points", "max", "why", "estimate", "reference"}
    assert told["programs"][0].keys() == {
        *("id", "version", "verdict", "reasons", "fits_from", "last_round", "drawn"),
    }
    assert "facts_verdict" in told["categories"][0]
    assert told["programs"][0]["reasons"][0].keys() == {"code", "fact", "have", "need", "missing", "estimate"}
    assert told["what_if"]["changes"][0]["gain_low"] >= told["what_if"]["changes"][-1]["gain_low"]


def test_what_if_is_left_out_unless_it_is_asked_for(baseline: dict[str, Any]) -> None:
    assert "what_if" not in json.loads(run("assess", "--on", ON, stdin=json.dumps(baseline).encode()).stdout)


def test_a_bad_line_gives_an_error_in_its_place_and_the_others_go_on(baseline: dict[str, Any]) -> None:
    good = json.dumps(baseline).encode()
    bad = b'{"candidate": {"language_results": [{"test": "ielts_general", "listening": 7.3}]}}'
    done = run("assess", "--jsonl", "--on", ON, stdin=b"\n".join([good, b"", bad, b"{not json", good, b""]))
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [answer.get("line") for answer in told] == [None, 3, 4, None]
    assert told[0]["crs"]["total"] == told[3]["crs"]["total"] == 429
    assert told[1]["error"] == {
        "path": "/candidate/language_results/0/listening",
        "read": 7.3,
        "allowed": "0 to 9 in steps of 0.5",
        "code": "off_the_scale",
    }
    assert (told[2]["error"]["path"], told[2]["error"]["code"]) == ("", "json")


def test_one_refused_profile_has_no_line_and_exit_status_1() -> None:
    done = run("assess", "--on", ON, stdin=b'{"candidate": {"shoe_size": 43}}')
    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert told["line"] is None
    assert told["error"]["path"] == "/candidate/shoe_size"
    assert told["error"]["read"] == 43
    assert told["error"]["code"] == "unknown_field"


@pytest.mark.parametrize(("day", "refused"), [("2014-12-31", True), ("2015-01-01", False)])
def test_a_day_before_the_first_crs_table_is_an_error_never_a_guess(day: str, refused: bool) -> None:
    done = run("assess", "--on", day, stdin=b"{}")
    told = json.loads(done.stdout)
    assert done.returncode == (1 if refused else 0)
    assert ("error" in told) is refused
    if refused:
        assert (told["error"]["path"], told["error"]["code"]) == ("", "no_rules")


@pytest.mark.parametrize("text", [b"", b"\xff\xfe{}", b"[1, 2", b"\xef\xbb\xbf{", b"[]", b"3", b"null", b'"x"'])
def test_what_is_no_profile_is_refused_at_its_root(text: bytes) -> None:
    done = run("assess", "--on", ON, stdin=text)
    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert told["error"]["path"] == ""
    assert told["error"]["code"]


def test_the_schema_is_printed_without_a_profile() -> None:
    schema = json.loads(run("assess", "--schema").stdout)
    assert schema["properties"].keys() == {"candidate", "partner", "household", "express_entry"}
    assert schema["additionalProperties"] is False


def test_facts_are_assumed_absent_by_name_and_listed() -> None:
    names = ",".join(ASSUMABLE[:2]) + " " + ASSUMABLE[2]
    told = json.loads(run("assess", "--on", ON, "--assume-absent", names, stdin=b'{"partner": false}').stdout)
    assert told["assumed_absent"] == [f"/candidate/{name}" for name in ASSUMABLE[:3]]


def test_a_name_that_cannot_be_assumed_is_a_usage_error() -> None:
    done = run("assess", "--assume-absent", "birth_date", stdin=b"{}")
    assert done.returncode == 2
    assert b"birth_date" in done.stderr
    assert not done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["assess", "--on", "2026-13-01"], b"2026-13-01"),
        (["assess", "no-such-file.json"], b"no-such-file.json"),
        (["assess", "--jsonl", "me.json"], b"--jsonl"),
        (["rules", "--on", "2014-01-01"], b"2015-01-01"),
        (["rules", "--lang", "de"], b"de"),
        (["draws", "show"], b"NUMBER is missing: the number of a round, such as 446 or 91a"),
        (["draws", "import"], b"FILE is missing: the file to read"),
        (["occupations", "search"], b"TEXT is missing: the words to look for"),
        (["draws", "list", "--type"], b"--type needs a value"),
        (["draws", "list", "--type", "nope"], b"--type: read nope; one of: agriculture, cec"),
        (["draws", "show", "446", "447"], b"too many words: 447"),
        (["alerts", "preview", "91"], b"Round 91 was held in parts: 91a, 91b."),
        (["--lang", "fr", "draws", "show"], "il manque NUMBER\N{NO-BREAK SPACE}: le numéro d’une ronde".encode()),
        (["--lang", "fr", "draws", "list", "--type"], b"--type attend une valeur"),
        (["--lang", "fr", "draws", "show", "1", "2"], "mots en trop\N{NO-BREAK SPACE}: 2".encode()),
    ],
)
def test_a_usage_error_says_what_was_read_and_exits_with_2(arguments: list[str], said: bytes) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize(
    ("arguments", "lang", "said"),
    [
        (["--help"], "en_CA.UTF-8", "informs and never"),
        (["--help"], "fr_CA.UTF-8", "ne conseille jamais"),
        (["assess", "--help"], "C", "Assess a profile."),
        (["--lang", "fr", "assess", "--help"], "C", "Évaluer un profil."),
        (["assess", "--lang=fr", "--help"], "C", "Évaluer un profil."),
        (["rules", "--lang", "fr", "--help"], "C", "Afficher les règles"),
    ],
)
def test_every_command_has_its_help_in_both_languages(arguments: list[str], lang: str, said: str) -> None:
    assert said in " ".join(run(*arguments, lang=lang).stdout.decode().split())


@pytest.mark.parametrize("arguments", [["draws"], ["occupations"], []])
def test_a_group_without_a_command_shows_its_help_once(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr.decode().count("Usage:") == 1


def test_rules_tell_what_holds_since_when_and_what_is_only_reported() -> None:
    told = json.loads(run("rules", "--on", "2026-11-21", "--json").stdout)
    tables = {row["table"]: row for row in told["tables"]}
    assert tables["crs.job_offer"]["in_force_from"] == "2025-03-25"
    assert tables["categories.trades.2026-v3"]["in_force_from"] == "2026-02-18"
    assert tables["funds.funds"]["checked_on"] == "2026-11-21"
    assert [item["id"] for item in told["reported"]] == ["high-wage-2026-11-03"]
    assert len(told["proposed"]) == 5
    assert told["stale"] == []


@pytest.mark.parametrize(("day", "stale"), [("2027-02-19", False), ("2027-02-20", True)])
def test_rules_checked_more_than_90_days_ago_are_listed(day: str, stale: bool) -> None:
    told = json.loads(run("rules", "--on", day, "--json").stdout)
    assert bool(told["stale"]) is stale


def test_old_rules_are_listed_for_an_old_day() -> None:
    told = json.loads(run("rules", "--on", "2025-03-24", "--json").stdout)
    tables = {row["table"] for row in told["tables"]}
    assert "categories.education.v1" in tables
    assert "categories.trades.2026-v3" not in tables


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_rules_read_as_a_text_in_both_languages(lang: str) -> None:
    text = run("rules", "--lang", lang, "--on", "2026-11-21").stdout.decode()
    assert "high-wage-2026-11-03" in text
    assert {"en": "Rules in force on 2026-11-21", "fr": "Règles en vigueur le 2026-11-21"}[lang] in text
