"""What the pages about rounds share: what changed since the last of a type, and how a tap names a type."""

from __future__ import annotations

import pytest

from conversations.replies import MOST_DATA
from conversations.topics import rounds
from scoring.draws import NEW as NEW_ID
from scoring.draws import shipped
from tests.conversations.topics.people import NEW, held, history


def test_what_changed_is_told_beside_the_round_before_of_the_same_type() -> None:
    before = rounds.since_last(held(cut_off=516), history(held()))
    assert before is not None
    assert (before["number"], before["cut_off"]) == ("446", 518)
    assert (before["points"], before["more"], before["days"]) == (-2, 0, 50)


def test_two_rounds_of_a_type_on_one_day_are_told_one_after_the_other() -> None:
    second = held(number="449", cut_off=490)
    before = rounds.since_last(second, history(held(), second))
    assert before is not None
    assert (before["number"], before["days"], before["points"]) == ("448", 0, -10)
    first = rounds.since_last(held(), history(held(), second))
    assert first is not None
    assert first["number"] == "446"


def test_the_first_round_of_a_type_has_none_before_it() -> None:
    assert rounds.since_last(held(NEW), history(held(NEW))) is None


def test_every_type_comes_back_from_its_tap() -> None:
    known = history(held(NEW))
    for name in (*known.by_type, "military"):
        assert rounds.type_named(rounds.named(name, known), known) == name


def test_a_new_type_with_a_long_name_still_fits_into_a_tap() -> None:
    long = held(NEW_ID + "very_long_" * 20)
    tap = rounds.type_taps([long.type], history(long), "s:type")[0][0]
    assert len(tap.data.encode()) <= MOST_DATA
    assert rounds.type_named(tap.data.removeprefix("s:type:"), history(long)) == long.type


@pytest.mark.parametrize("text", ["", "r", "r999", "nonsense", "new_hairdressers", "rr447", "r91c"])
def test_a_tap_that_names_no_type_is_none(text: str) -> None:
    assert rounds.type_named(text, shipped()) is None
