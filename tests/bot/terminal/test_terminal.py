"""The chat in a real terminal, key by key."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.bot.terminal.console import Console

ENTER, TAB, UP, CTRL_C, CTRL_D = "\r", "\t", "\x1b[A", "\x03", "\x04"
COLOUR = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")
YOU = {"en": "You:", "fr": "Vous :"}


def chat(folder: Path, lang: str = "en", *flags: str, columns: int = 80, **env: str) -> Console:
    arguments = ["-m", "tests.bot.terminal.scripted", str(folder / "data" / "chat.db"), lang, *flags]
    return Console(arguments, folder, columns=columns, env=env)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["Hello & welcome.", "1. Which category fits me", "2. Bachelor’s degree", "3. Back   4. I don’t know"]),
        ("fr", ["Bonjour et bienvenue.", "1. Quelle catégorie", "2. Baccalauréat", "3. Retour   4. Je ne sais pas"]),
    ],
)
def test_it_says_who_speaks_and_numbers_its_choices(tmp_path: Path, lang: str, said: list[str]) -> None:
    with chat(tmp_path, lang) as terminal:
        terminal.expect("Tirage\n")
        for text in said:
            terminal.expect(text)
        terminal.expect(YOU[lang])


def test_a_number_taps_and_a_word_is_said(tmp_path: Path) -> None:
    with chat(tmp_path) as terminal:
        terminal.expect("You:")
        terminal.send(f"2{ENTER}")
        terminal.expect("You tapped: a:bachelor")
        terminal.expect("You:")
        terminal.send(f"bonjour{ENTER}")
        terminal.expect("You said: bonjour")


def test_a_bare_number_is_an_answer_where_the_question_takes_one(tmp_path: Path) -> None:
    with chat(tmp_path) as terminal:
        terminal.expect("You:")
        terminal.send(f"1{ENTER}")
        terminal.expect("How old are you?")
        terminal.expect("a. Back   b. I don’t know   c. Why?")
        terminal.expect("You:")
        terminal.send(f"1{ENTER}")
        terminal.expect("You said: 1")


@pytest.mark.parametrize(("columns", "most"), [(40, 40), (120, 88)])
@pytest.mark.parametrize("flags", [(), ("--plain",)])
def test_lines_are_wrapped_to_the_width(tmp_path: Path, columns: int, most: int, flags: tuple[str, ...]) -> None:
    with chat(tmp_path, "en", *flags, columns=columns) as terminal:
        terminal.expect("You:")
        terminal.send(f"/long{ENTER}")
        shown = terminal.expect("It ends here.").split("/long\n", 1)[1].split("\n")
        assert max(map(cell_len, shown)) <= most
        assert max(map(cell_len, shown)) > most - 12
        assert " ".join(" ".join(shown).split()).count("to be wrapped on every page, however wide,") == 3


def test_colours_are_used_where_they_work(tmp_path: Path) -> None:
    with chat(tmp_path) as terminal:
        terminal.expect("You:")
        assert COLOUR.search(terminal.raw.decode())
        assert "\x1b[1m" in terminal.raw.decode()


def test_no_color_takes_the_colours_away(tmp_path: Path) -> None:
    with chat(tmp_path, NO_COLOR="1") as terminal:
        terminal.expect("You:")
        terminal.send(f"1{ENTER}")
        terminal.expect("How old")
        terminal.expect("You:")
        assert not COLOUR.search(terminal.raw.decode())
        assert "\x1b[1mHello" in terminal.raw.decode()


@pytest.mark.parametrize(("flags", "term"), [(("--plain",), "xterm-256color"), ((), "dumb")])
def test_plain_text_has_no_escape_sequence_and_says_who_is_to_speak(
    tmp_path: Path, flags: tuple[str, ...], term: str
) -> None:
    with chat(tmp_path, "fr", *flags, TERM=term) as terminal:
        terminal.expect("[1] Quelle catégorie me convient\n[2] Baccalauréat\n")
        terminal.expect(YOU["fr"])
        terminal.send("2\n")
        terminal.expect("Vous avez choisi : a:bachelor")
        terminal.expect(YOU["fr"])
        terminal.send(CTRL_D)
        terminal.expect("Au revoir.")
        assert terminal.ends() == 0
        assert "\x1b" not in terminal.raw.decode()


def test_signs_that_the_terminal_lacks_are_replaced(tmp_path: Path) -> None:
    with chat(tmp_path, "fr", PYTHONIOENCODING="ascii") as terminal:
        terminal.expect("Bonjour et bienvenue. Qu'est-ce qui vous amene?")
        terminal.expect("Vous")
        terminal.send(f"été{ENTER}")
        terminal.expect("Vous avez dit : ete")


@pytest.mark.parametrize(("lang", "goodbye"), [("en", "Goodbye."), ("fr", "Au revoir.")])
@pytest.mark.parametrize("keys", [CTRL_D, f"/quit{ENTER}", f"/QUITTER {ENTER}"])
def test_leaving_is_answered_kindly(tmp_path: Path, lang: str, goodbye: str, keys: str) -> None:
    with chat(tmp_path, lang) as terminal:
        terminal.expect(YOU[lang])
        terminal.send(keys)
        terminal.expect(goodbye)
        assert terminal.ends() == 0


@pytest.mark.parametrize("flags", [(), ("--plain",)])
def test_ctrl_c_twice_leaves(tmp_path: Path, flags: tuple[str, ...]) -> None:
    with chat(tmp_path, "en", *flags) as terminal:
        terminal.expect("You:")
        terminal.send(CTRL_C)
        terminal.expect("Ctrl-C once more leaves")
        terminal.expect("You:")
        terminal.send(CTRL_C)
        terminal.expect("Goodbye.")
        assert terminal.ends() == 0


def test_ctrl_c_clears_the_line_and_does_not_leave_from_a_line_with_text(tmp_path: Path) -> None:
    with chat(tmp_path) as terminal:
        for text in ("secret", "another"):
            terminal.expect("You:")
            terminal.send(text)
            terminal.expect(text)
            terminal.send(CTRL_C)
            terminal.expect("Ctrl-C once more leaves")
        terminal.expect("You:")
        terminal.send(f"hello{ENTER}")
        terminal.expect("You said: hello")
        assert "said: secret" not in terminal.text


def test_tab_completes_a_choice_and_enter_taps_it(tmp_path: Path) -> None:
    with chat(tmp_path) as terminal:
        terminal.expect("You:")
        terminal.send(f"bach{TAB}")
        terminal.expect("elor’s degree")
        terminal.send(ENTER)
        terminal.expect("You tapped: a:bachelor")


def test_commands_are_offered_with_what_they_do_while_a_slash_is_typed(tmp_path: Path) -> None:
    with chat(tmp_path, "fr") as terminal:
        terminal.expect(YOU["fr"])
        terminal.send("/")
        terminal.expect("Dire votre âge")
        terminal.expect("Quitter; la discussion est gardée")


def test_the_up_arrow_brings_back_what_was_typed_and_only_commands_are_written_down(tmp_path: Path) -> None:
    with chat(tmp_path) as terminal:
        for line, answer in (("/age", "How old"), ("I am 34", "You said: I am 34"), ("/age 34", "You said: /age 34")):
            terminal.expect("You:")
            terminal.send(line + ENTER)
            terminal.expect(answer)
        terminal.expect("You:")
        terminal.send(UP + UP)
        terminal.expect("I am 34")
        terminal.send(CTRL_C + CTRL_D)
        terminal.ends()
    kept = tmp_path / "data" / "chat.db-commands"
    assert kept.read_text() == "/age\n"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    others = {path.name for path in tmp_path.rglob("*") if path.is_file()} - {kept.name}
    assert {name for name in others if not name.startswith("chat.db")} == set()


def test_a_command_is_remembered_by_the_next_run(tmp_path: Path) -> None:
    with chat(tmp_path) as terminal:
        terminal.expect("You:")
        terminal.send(f"/age{ENTER}")
        terminal.expect("How old")
    with chat(tmp_path) as terminal:
        terminal.expect("You:")
        terminal.send(UP)
        terminal.expect("/age")


def test_a_deleted_chat_leaves_no_history(tmp_path: Path) -> None:
    with chat(tmp_path) as terminal:
        for line, answer in (("/age", "How old"), ("I am 34", "You said"), ("/delete", "Everything is deleted.")):
            terminal.expect("You:")
            terminal.send(line + ENTER)
            terminal.expect(answer)
        terminal.expect("You:")
        assert not (tmp_path / "data" / "chat.db-commands").exists()
        terminal.send(f"{UP}hello{ENTER}")
        terminal.expect("You said: hello")


def test_it_goes_on_after_it_was_killed(tmp_path: Path) -> None:
    with chat(tmp_path) as terminal:
        terminal.expect("You:")
        terminal.send(f"/fr{ENTER}")
        terminal.expect("Bonjour")
        terminal.expect(YOU["fr"])
        terminal.kill()
    with chat(tmp_path) as terminal:
        terminal.expect("Rebonjour.")
        terminal.expect(YOU["fr"])


def test_a_file_is_saved_and_its_path_shown(tmp_path: Path) -> None:
    with chat(tmp_path, columns=200) as terminal:
        terminal.expect("You:")
        terminal.send(f"/export{ENTER}")
        terminal.expect("Saved:")
        terminal.expect("You:")
        saved = tmp_path / "tirage.json"
        assert stat.S_IMODE(saved.stat().st_mode) == 0o600
        assert "".join(str(saved).split()) in "".join(terminal.text.split())


def test_a_text_of_several_lines_can_be_pasted(tmp_path: Path) -> None:
    with chat(tmp_path) as terminal:
        terminal.expect("You:")
        terminal.send("\x1b[200~listening 8\nreading 7\x1b[201~")
        terminal.expect("reading 7")
        terminal.send(ENTER)
        terminal.expect("You said: listening 8")
        terminal.expect("reading 7")


def test_a_turn_that_fails_is_told_and_the_chat_goes_on(tmp_path: Path) -> None:
    with chat(tmp_path) as terminal:
        terminal.expect("You:")
        terminal.send(f"/locked{ENTER}")
        terminal.expect("You:")
        terminal.send(f"/crash{ENTER}")
        terminal.expect("Something went wrong on our side")
        terminal.expect("You:")
        terminal.send(f"2{ENTER}")
        terminal.expect("You tapped: a:bachelor")
        terminal.expect("You:")
        terminal.send(CTRL_D)
        assert terminal.ends() == 1
