"""Scores without a test, an ECA without a diploma: of the one that is known; which of several is asked."""

from __future__ import annotations

from typing import Any

import pytest

from bot.build import reader
from conversations.answers import Unclear
from conversations.dossier import Dossier
from conversations.keys import Key
from conversations.rescored import corrected, labelled
from conversations.understanding.placing import Placed, placed
from conversations.volunteered import test_line as line_about_tests
from tests.conversations.test_readback import TODAY

IELTS = {"listening": 8, "reading": 7, "writing": 6.5, "speaking": 7}
CELPIP = {"listening": 9, "reading": 9, "writing": 8, "speaking": 8}
TCF = {"listening": 520, "reading": 510, "writing": 13, "speaking": 14}
NINES = "listening 9 reading 9 writing 8 speaking 8"
WRITING_IS_7 = "wait my score in writing was 7 not 6.5"


def _placed(text: str, **answers: Any) -> Placed:
    return placed(reader().understand(text, TODAY), Dossier(answers))


def test_they_go_to_the_one_test_that_gives_such_scores() -> None:
    there = {"c.test.0": "tcf_canada", "c.scores.0": TCF, "c.test.1": "celpip_general"}
    assert _placed(NINES, **there).answers == {Key("c", "scores", 1): CELPIP}


def test_a_test_without_scores_goes_before_one_that_has_some() -> None:
    there = {"c.test.0": "ielts_general", "c.scores.0": IELTS, "c.test.1": "celpip_general"}
    assert [each[0].place for each in labelled(Dossier(there), "c", CELPIP)] == [1]


def test_which_of_two_tests_is_asked_by_their_names_and_each_keeps_its_place() -> None:
    there = {"c.test.0": "ielts_general", "c.test.1": "celpip_general"}
    found = _placed(NINES, **there)
    assert found.answers == {}
    (asked,) = found.open
    assert (asked["kind"], asked["code"]) == ("options", "which_test")
    assert [(each["test"], each["place"]) for each in asked["options"]] == [
        ("ielts_general", 0),
        ("celpip_general", 1),
    ]


def test_with_no_test_known_each_that_gives_such_scores_is_a_choice() -> None:
    (asked,) = _placed(NINES).open
    assert asked["key"] == "c.test.0"
    assert [each["test"] for each in asked["options"]] == ["ielts_general", "celpip_general", "stated_en"]


def test_one_score_is_corrected_in_the_test_that_has_scores() -> None:
    there = {"c.test.0": "ielts_general", "c.scores.0": IELTS, "c.test.1": "tcf_canada"}
    assert _placed(WRITING_IS_7, **there).answers == {Key("c", "scores", 0): {**IELTS, "writing": 7}}


def test_a_score_that_a_test_cannot_give_corrects_nothing_in_it() -> None:
    there = {"c.test.0": "ielts_general", "c.scores.0": IELTS, "c.test.1": "tcf_canada", "c.scores.1": TCF}
    assert [each[0].place for each in corrected(Dossier(there), "c", "writing", 6.5)] == [0]
    assert [each[0].place for each in corrected(Dossier(there), "c", "writing", 14)] == [1]


def test_a_correction_of_a_test_that_nobody_told_of_is_kept_out() -> None:
    found = _placed(WRITING_IS_7)
    assert (found.answers, found.open) == ({}, [])


@pytest.mark.parametrize("asked", [Key("c", "scores", 0), Key("c", "taken_on", 0), Key("h", "funds")])
def test_a_correction_is_heard_whatever_is_asked(asked: Key) -> None:
    there = Dossier({"c.test.0": "ielts_general", "c.scores.0": IELTS})
    found = line_about_tests(asked, WRITING_IS_7, there, TODAY, reader().lexicon)
    assert found is not None
    assert dict(found.answers) == {Key("c", "scores", 0): {**IELTS, "writing": 7}}


def test_one_order_alone_is_a_choice_and_one_value_of_anything_else_is_none() -> None:
    assert Unclear("score_order", "9 9 8 8", (CELPIP,)).options == (CELPIP,)
    with pytest.raises(ValueError, match="2 to 5"):
        Unclear("level", "degree", ({"level": "bachelor"},))


BACHELOR = {"c.level.0": "bachelor", "c.level_country.0": "IN"}


@pytest.mark.parametrize(
    ("text", "eca"),
    [
        ("got my wes eca on 5 may 2025", {"issued_on": "2025-05-05"}),
        ("my ECA is done", {}),
        ("mon EDE est faite depuis le 5 mai 2025", {"issued_on": "2025-05-05"}),
        ("I have no eca yet", "none"),
        ("mon EDE est en cours", "none"),
    ],
)
def test_an_eca_without_a_diploma_is_that_of_the_one_that_is_known(text: str, eca: Any) -> None:
    assert _placed(text, **BACHELOR).answers == {Key("c", "eca", 0): eca}


def test_the_day_of_such_an_eca_is_a_choice_where_it_may_be_two() -> None:
    found = _placed("wes, done on 03/11/2022", **BACHELOR)
    assert found.answers == {}
    (asked,) = found.open
    assert (asked["key"], asked["options"]) == ("c.eca.0", ["2022-11-03", "2022-03-11"])


@pytest.mark.parametrize(
    "there",
    [
        {},
        {"c.level.0": "bachelor", "c.level_country.0": "CA"},
        {**BACHELOR, "c.level.1": "masters", "c.level_country.1": "FR"},
        {**BACHELOR, "c.eca.0": "none"},
    ],
)
def test_an_eca_of_no_known_diploma_or_of_one_of_two_is_left_open(there: dict[str, Any]) -> None:
    assert _placed("my ECA is done", **there).answers == {}
