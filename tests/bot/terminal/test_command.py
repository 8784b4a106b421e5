"""`tirage chat` as it is installed: the real assistant, its store and its words."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.bot.terminal.console import Console, environment

CHAT = ["-m", "bot", "chat"]
TODAY = ["--today", "2026-11-22"]


def chat(folder: Path, lines: str, *flags: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *CHAT, *TODAY, *flags],
        input=lines,
        capture_output=True,
        check=False,
        cwd=folder,
        env=environment(folder) | env,
        encoding="utf-8",
    )


def replies(done: subprocess.CompletedProcess[str]) -> str:
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize(
    ("flags", "env", "switch"),
    [
        (["--lang", "fr"], {}, "English"),
        (["--lang=en"], {"LANG": "fr_CA.UTF-8"}, "Français"),
        ([], {"LANG": "fr_CA.UTF-8"}, "English"),
        ([], {}, "Français"),
    ],
)
def test_it_opens_in_the_language_asked_for_and_offers_the_other(
    tmp_path: Path, flags: list[str], env: dict[str, str], switch: str
) -> None:
    assert f"] {switch}\n" in replies(chat(tmp_path, "", *flags, **env))


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_an_interview_begins_with_taps_and_typed_answers_and_goes_on_after_a_restart(tmp_path: Path, lang: str) -> None:
    first = replies(chat(tmp_path, "1\n1\n34\n", "--lang", lang))
    assert "[a] " in first
    assert "34" in first
    question = first.strip().split("\n\n")[-1]
    assert replies(chat(tmp_path, "")).strip().split("\n\n")[-1] == question


def test_the_chat_is_kept_in_the_data_folder_of_the_person_for_nobody_else_to_read(tmp_path: Path) -> None:
    chat(tmp_path, "1\n", XDG_DATA_HOME=str(tmp_path / "data"))
    file = tmp_path / "data" / "tirage" / "tirage.db"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(("flags", "env"), [(["--db", "mine.db"], {}), ([], {"TIRAGE_DB": "mine.db"})])
def test_another_file_can_be_named(tmp_path: Path, flags: list[str], env: dict[str, str]) -> None:
    chat(tmp_path, "1\n", *flags, **env)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.db"]


@pytest.mark.parametrize(("lang", "said"), [("en", "Error: "), ("fr", "Erreur\N{NO-BREAK SPACE}: ")])
def test_a_file_that_cannot_be_used_is_told_in_the_language_of_the_command(
    tmp_path: Path, lang: str, said: str
) -> None:
    done = chat(tmp_path, "", "--lang", lang, "--db", str(tmp_path))
    assert done.returncode == 2
    assert f"{said}{tmp_path} " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_script_that_is_interrupted_ends_at_once(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, *CHAT, *TODAY],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment(tmp_path),
        # whoever runs the tests may have told its children to ignore the signal
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdin.write(b"/help\n")
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait() == 1
        assert b"Traceback" not in process.stderr.read()


@pytest.mark.parametrize(("lang", "you", "told"), [("en", "You:", "/help"), ("fr", "Vous :", "/help")])
def test_it_is_a_chat_in_a_terminal(tmp_path: Path, lang: str, you: str, told: str) -> None:
    with Console([*CHAT, *TODAY, "--lang", lang], tmp_path) as terminal:
        terminal.expect("Tirage\n")
        terminal.expect("1. ")
        terminal.expect(you)
        terminal.send("1\r")
        terminal.expect("Tirage\n")
        terminal.expect(you)
        terminal.send("/he")
        terminal.expect(told)
        terminal.send("\r")
        terminal.expect("Tirage\n")
        terminal.expect(you)
        terminal.send("\x04")
        assert terminal.ends() == 0


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_everything_that_is_kept_is_saved_as_a_file(tmp_path: Path, lang: str) -> None:
    replies(chat(tmp_path, "1\n1\n34\n/export\n", "--lang", lang))
    (file,) = tmp_path.glob("*.json")
    assert '"c.birth_date"' in file.read_text("utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
