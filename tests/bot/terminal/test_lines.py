"""The chat driven by a script: one message a line in, plain text out."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store import Turned
from bot.store.sqlite import SqliteStore
from bot.terminal.chat import CHAT
from tests.bot.terminal.console import environment

MODULE = "tests.bot.terminal.scripted"
FRENCH_START = "Bonjour et bienvenue. Qu’est-ce qui vous amène?"


def command(folder: Path, lang: str = "en") -> list[str]:
    return [sys.executable, "-m", MODULE, str(folder / "data" / "chat.db"), lang]


def chat(folder: Path, lines: bytes, lang: str = "en") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command(folder, lang), input=lines, capture_output=True, check=False, cwd=folder, env=environment(folder)
    )


def said(folder: Path, lines: str, lang: str = "en") -> list[str]:
    """The replies to the lines, one text each, after that of the opening."""
    done = chat(folder, lines.encode(), lang)
    assert done.returncode == 0, done.stderr
    replies = done.stdout.decode().split("\n\n")
    assert replies.pop() == ""
    return replies[1:]


def test_the_chat_opens_with_a_start_and_its_choices(tmp_path: Path) -> None:
    done = chat(tmp_path, b"")
    assert done.returncode == 0
    assert done.stdout.decode() == (
        "Hello & welcome. What are you here for?\n"
        "[1] Which category fits me\n"
        "[2] Bachelor’s degree\n"
        "[3] Back\n"
        "[4] I don’t know\n"
        "[5] Why?\n\n"
    )
    assert done.stderr == b""


def test_the_first_language_is_the_one_asked_for(tmp_path: Path) -> None:
    assert chat(tmp_path, b"", "fr").stdout.decode().startswith(f"{FRENCH_START}\n[1] ")


@pytest.mark.parametrize(
    ("lines", "lang", "replies"),
    [
        ("2\n", "en", ["You tapped: a:bachelor"]),
        ("baccalaureat\n", "fr", ["Vous avez choisi\N{NO-BREAK SPACE}: a:bachelor"]),
        ("I don't know\n", "en", ["You tapped: u:c.age"]),
        ("\n\n  \nhello <b>\n", "en", ["You said: hello <b>"]),
        ("no end of line", "en", ["You said: no end of line"]),
        ("windows\r\n", "en", ["You said: windows"]),
        ("\N{ZERO WIDTH NO-BREAK SPACE}first\n", "en", ["You said: first"]),
        ("1\n34\n", "en", ["How old are you?\n[a] Back\n[b] I don’t know\n[c] Why?", "You said: 34"]),
        ("/quit\nnever read\n", "en", []),
        ("/quitter\nnever read\n", "fr", []),
        (
            "/fr\nSalut\n",
            "en",
            ["Bonjour et bienvenue. Qu’est-ce qui vous amène?", "Vous avez dit\N{NO-BREAK SPACE}: Salut"],
        ),
    ],
)
def test_each_line_is_answered(tmp_path: Path, lines: str, lang: str, replies: list[str]) -> None:
    assert [reply.split("\n[1]")[0] for reply in said(tmp_path, lines, lang)] == replies


def test_choices_that_are_no_longer_on_screen_are_not_tapped(tmp_path: Path) -> None:
    assert said(tmp_path, "hello\n2\n")[1] == "You said: 2"


def test_lines_are_not_wrapped(tmp_path: Path) -> None:
    replies = said(tmp_path, "/long\n")
    assert len(replies) == 2
    assert len(replies[0]) > 300
    assert "\n" not in replies[0]


def test_bytes_that_are_no_text_are_answered_too(tmp_path: Path) -> None:
    done = chat(tmp_path, b"a\xff\x00b\n")
    assert done.returncode == 0
    assert "You said: a\N{REPLACEMENT CHARACTER}b" in done.stdout.decode()


def test_the_output_is_utf_8_whatever_the_environment_says(tmp_path: Path) -> None:
    done = subprocess.run(
        command(tmp_path, "fr"),
        input="été".encode(),
        capture_output=True,
        check=True,
        cwd=tmp_path,
        env=environment(tmp_path) | {"PYTHONIOENCODING": "ascii"},
    )
    assert "Vous avez dit\N{NO-BREAK SPACE}: été" in done.stdout.decode()


def test_each_reply_comes_before_the_next_line_is_read(tmp_path: Path) -> None:
    with subprocess.Popen(
        command(tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path, env=environment(tmp_path)
    ) as process:
        assert process.stdin
        assert process.stdout
        while process.stdout.readline() != b"\n":
            pass
        for word in ("one", "two"):
            process.stdin.write(f"{word}\n".encode())
            process.stdin.flush()
            assert process.stdout.readline().decode() == f"You said: {word}\n"
            assert process.stdout.readline() == b"\n"
        process.stdin.close()
        assert process.wait() == 0


def test_a_reader_that_goes_away_gets_its_message_again(tmp_path: Path) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    gone = subprocess.run(
        command(tmp_path), stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.PIPE, cwd=tmp_path, check=False,
        env=environment(tmp_path),
    )  # fmt: skip
    os.close(theirs)
    assert gone.returncode == 1
    assert gone.stderr == b""
    assert chat(tmp_path, b"").stdout.decode().startswith("Hello & welcome.")


def test_a_known_chat_goes_on_where_it_was(tmp_path: Path) -> None:
    chat(tmp_path, b"/fr\n")
    assert chat(tmp_path, b"").stdout.decode().startswith("Rebonjour.\n[1] Quelle catégorie")


async def test_messages_of_an_interrupted_run_are_shown_once_and_other_chats_left_alone(tmp_path: Path) -> None:
    message = {
        "text": "<b>Left</b> over",
        "rows": [[["Old", "a:old"]]],
        "place": "new",
        "message_id": None,
        "file": None,
    }
    async with await SqliteStore.open(tmp_path / "data" / "chat.db") as store:
        await store.turn(CHAT, None, lambda _saved: Turned({"language": "en"}, [message]))
        await store.turn("tg:5", None, lambda _saved: Turned({"language": "en"}, [message]))
    opened = chat(tmp_path, b"old\n").stdout.decode()
    assert opened.startswith("Left over\n[1] Old\n\nWelcome back.\n[2] Which category fits me\n")
    assert "You tapped: a:old" in opened
    assert chat(tmp_path, b"").stdout.decode().startswith("Welcome back.")
    async with await SqliteStore.open(tmp_path / "data" / "chat.db") as store:
        assert [waiting.chat for waiting in await store.unsent()] == ["tg:5"]


def test_a_file_is_saved_beside_the_others(tmp_path: Path) -> None:
    replies = said(tmp_path, "/export\n/export\n")
    paths = [tmp_path / "tirage.json", tmp_path / "tirage-2.json"]
    assert replies[1::2] == [f"Saved: {path}" for path in paths]
    assert [path.read_text("utf-8") for path in paths] == ['{"é": 1}\n'] * 2
    assert [stat.S_IMODE(path.stat().st_mode) for path in paths] == [0o600] * 2


def test_the_data_is_for_its_owner_alone(tmp_path: Path) -> None:
    chat(tmp_path, b"hello\n")
    data = tmp_path / "data"
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert [(path.name, stat.S_IMODE(path.stat().st_mode)) for path in data.iterdir()] == [("chat.db", 0o600)]


@pytest.mark.parametrize(
    ("line", "lang", "told"),
    [
        ("/crash", "en", "Something went wrong on our side"),
        ("/crash", "fr", "Une erreur est survenue de notre côté"),
    ],
)
def test_a_turn_that_fails_is_told_and_the_chat_goes_on(tmp_path: Path, line: str, lang: str, told: str) -> None:
    done = chat(tmp_path, f"{line}\n2\nhello\n".encode(), lang)
    assert done.returncode == 1
    assert told in done.stdout.decode()
    assert "a:bachelor" in done.stdout.decode()
    assert "ValueError" in done.stderr.decode()
    assert "secret" not in done.stderr.decode().replace('raise ValueError("a secret that was typed")', "")


def test_a_picture_is_sketched_and_saved_before_its_text(tmp_path: Path) -> None:
    for _ in range(2):  # the same picture again is the same file
        *sketched, saved, text = said(tmp_path, "/picture\n", "fr")
        assert sketched[0].startswith("Le bassin de candidats, par note\n")
        assert "471–480 " in "\n".join(sketched)
        assert "16\N{NO-BREAK SPACE}465 ◀" in "\n".join(sketched)
        assert saved == f"Enregistré\N{NO-BREAK SPACE}: {tmp_path / 'tirage-pool.png'}"
        assert text.startswith("471 à 480, 16\N{NO-BREAK SPACE}465.\n[1] ")
    assert (tmp_path / "tirage-pool.png").read_bytes().startswith(b"\x89PNG")
    assert [path.name for path in tmp_path.glob("*.png")] == ["tirage-pool.png"]


def test_a_picture_that_cannot_be_saved_is_sketched_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    tmp_path.chmod(0o500)
    try:
        done = chat(tmp_path, b"/picture\n")
    finally:
        tmp_path.chmod(0o700)
    assert "471 to 480: 16,465." in done.stdout.decode()
    assert "16,465 ◀" in done.stdout.decode()
