"""What somebody tells of their work: when a text does so, who does it, and that no leading is made of it."""

from __future__ import annotations

import pytest

from scoring.doing import doers, is_leading, leads, tells
from scoring.job_words import folded
from scoring.occupations import unit_groups
from scoring.resources import rows
from scoring.search import search


@pytest.mark.parametrize("text", ["I drive a truck", "we build houses", "je répare des autos", "j'enseigne", "J’écris"])
def test_a_text_tells_what_one_does(text: str) -> None:
    assert tells(text)


@pytest.mark.parametrize(
    "text",
    [
        "truck driver",
        "I am a nurse",
        "I was a cook",
        "I work as a welder",
        "je suis infirmière",
        "j'étais cuisinier",
        "I",
    ],
)
def test_a_title_tells_nothing_of_what_one_does(text: str) -> None:
    assert not tells(text)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("I drive", "driver"),
        ("I was driving", "driver"),
        ("je conduisais", "conducteur"),
        ("j'enseigne", "enseignant"),
        ("I fix cars", "mechanic"),
    ],
)
def test_who_does_it_is_known_from_the_verb(text: str, who: str) -> None:
    assert folded(who)[0] in {each for found in doers(text).values() for each in found}


def test_a_word_that_only_begins_like_a_whole_one_is_not_taken_for_it() -> None:
    assert doers("je fixe des rendez-vous") == {}


def test_managers_and_supervisors_are_the_groups_that_lead() -> None:
    leading = [group for code, group in unit_groups().items() if is_leading(code)]
    words = ("anager", "upervisor", "director", "rincipals", "hief", "egislators", "dministrators", "ouse", "fficers")
    assert [group.title_en for group in leading if not any(word in group.title_en for word in words)] == []


@pytest.mark.parametrize(
    ("text", "code"), [("je dirige une équipe d'électriciens", "72011"), ("I run a restaurant", "60030")]
)
def test_who_tells_of_leading_is_found_among_those_who_lead(text: str, code: str) -> None:
    assert leads(text)
    assert search(text)[0].code == code


def test_words_told_are_of_groups_that_exist_each_once_in_the_order_of_the_codes() -> None:
    told = rows("data/told.csv")
    codes = [row["code"] for row in told]
    assert codes == sorted(set(codes))
    assert set(codes) <= set(unit_groups())
    assert [row for row in told if not (folded(row["en"]) and folded(row["fr"]))] == []
