"""What a typed line does with the choices on screen."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terminal.screen import Option, Screen, screens
from conversations.events import Event, Said, Tapped

CHOICES = [[["Bachelor’s degree", "a:bachelor"]], [["Master’s degree", "a:masters"]]]
WAYS = [["Back", "b"], ["I don’t know", "u:c.level"], ["Why?", "y:c.level"]]


def message(*rows: list[list[str]], **more: Any) -> dict[str, Any]:
    return {"text": "?", "rows": list(rows), **more}


def screen(*messages: dict[str, Any]) -> Screen:
    return Screen(tuple(option for rows in screens(messages) for row in rows for option in row))


def marks(*messages: dict[str, Any]) -> list[str]:
    return [option.mark for option in screen(*messages).options]


QUESTION = screen(message(*CHOICES, WAYS))


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ("1", Tapped("a:bachelor")),
        (" 2 ", Tapped("a:masters")),
        ("2.", Tapped("a:masters")),
        ("[2]", Tapped("a:masters")),
        ("(2)", Tapped("a:masters")),
        ("#2", Tapped("a:masters")),
        ("3", Tapped("b")),
        ("5", Tapped("y:c.level")),
        ("6", Said("6")),
        ("0", Said("0")),
        ("1 2", Said("1 2")),
        ("1.5", Said("1.5")),
        ("-1", Said("-1")),
        ("Bachelor’s degree", Tapped("a:bachelor")),
        ("bachelor's DEGREE", Tapped("a:bachelor")),
        ("why", Tapped("y:c.level")),
        ("i dont know", Tapped("u:c.level")),
        ("bachelor", Said("bachelor")),
        ("a bachelor’s degree", Said("a bachelor’s degree")),
        ("/back", Said("/back")),
        ("b", Said("b")),
        ("?", Said("?")),
    ],
)
def test_a_number_or_a_label_taps_and_everything_else_is_said(line: str, event: Event) -> None:
    assert QUESTION.read(line) == event


def test_accents_may_be_left_out() -> None:
    french = screen(message([["Baccalauréat", "a:bachelor"]], [["Œuvre d’été", "a:x"]]))
    assert french.read("baccalaureat") == Tapped("a:bachelor")


def test_choices_have_letters_where_a_number_is_an_answer() -> None:
    asked = screen(message(WAYS, typed="number"))
    assert [option.mark for option in asked.options] == ["a", "b", "c"]
    assert asked.read("3") == Said("3")
    assert asked.read("C") == Tapped("y:c.level")
    assert asked.read("b)") == Tapped("u:c.level")


def test_a_label_that_is_a_number_names_itself() -> None:
    hours = screen(message([["30", "a:30"], ["40", "a:40"]], WAYS))
    assert [option.mark for option in hours.options] == ["30", "40", "a", "b", "c"]
    assert hours.read("40") == Tapped("a:40")
    assert hours.read("2") == Said("2")
    assert hours.read("a") == Tapped("b")


def test_a_label_that_begins_with_its_own_number_is_not_numbered_twice() -> None:
    jobs = screen(message([["1. Cooks", "n:1"]], [["2. Chefs", "n:2"]], [["7. Bakers", "n:7"]]))
    assert [(option.mark, option.label) for option in jobs.options] == [
        *(("1", "Cooks"), ("2", "Chefs"), ("3", "7. Bakers")),
    ]
    assert jobs.read("2") == jobs.read("chefs") == Tapped("n:2")


def test_numbers_go_on_through_all_messages_of_a_turn() -> None:
    assert marks(message(*CHOICES), message(), message(WAYS)) == ["1", "2", "3", "4", "5"]


def test_one_question_with_a_number_gives_letters_to_all_messages_of_its_turn() -> None:
    assert marks(message(*CHOICES), message(WAYS, typed="number")) == ["a", "b", "c", "d", "e"]


def test_letters_go_on_after_z() -> None:
    many = [[[f"Label {chr(97 + place)}", f"a:{place}"]] for place in range(26)]
    assert marks(message(*many, WAYS, typed="number"))[24:] == ["y", "z", "aa", "ab", "ac"]


def test_a_label_that_two_choices_share_is_said() -> None:
    twice = screen(message([["Change", "c:1"]], [["Change", "c:2"]]))
    assert twice.read("change") == Said("change")
    assert twice.read("2") == Tapped("c:2")


def test_the_ways_round_a_question_are_told_from_its_answers() -> None:
    rows = screens([message(*CHOICES, WAYS, [["Menu", "t:menu"]], [["Details", "t:lines"]])])[0]
    assert [option.label for row in rows for option in row if option.aside] == [*(label for label, _ in WAYS), "Menu"]


def test_the_language_of_the_device_goes_with_what_is_said_and_tapped() -> None:
    assert QUESTION.read("hello", "fr") == Said("hello", "fr")
    assert QUESTION.read("1", "fr") == Tapped("a:bachelor", "fr")


@given(st.text(max_size=20))
def test_any_line_is_an_event_of_what_is_on_screen(line: str) -> None:
    event = QUESTION.read(line)
    assert event == Said(line.strip()) or event in {Tapped(option.data) for option in QUESTION.options}


def test_a_label_cannot_move_the_cursor() -> None:
    assert screen(message([["a\x1b[2Jb\n", "a:1"]])).options == (Option("1", "a[2Jb ", "a:1"),)
