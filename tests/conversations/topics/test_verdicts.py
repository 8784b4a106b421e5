"""A verdict comes with its first reason, and where only a program is open, that is what is said."""

from __future__ import annotations

from typing import Any

import pytest

from conversations.session import Session
from tests.conversations.storytelling import Chat
from tests.conversations.topics.people import COUPLE, NURSE, TEACHER

UNFIT = {**COUPLE, "c.job_country.0": "IN", "c.job.0": {"noc": "65200", "title": "waiter"}, "h.quebec": "no"}
PEOPLE: dict[str, dict[str, Any]] = {"nurse": NURSE, "couple": COUPLE, "teacher": TEACHER, "waiter": UNFIT}
LACKS = "Federal Skilled Worker Program: It depends on your savings"


def chat(who: dict[str, Any]) -> Chat:
    return Chat(saved=Session("en", consented=True, answers=who).as_json())


@pytest.mark.parametrize("page", ["/stand", "/chances"])
def test_a_category_that_the_facts_match_is_said_to_wait_for_a_program_only(page: str) -> None:
    found = chat(TEACHER)
    reply = found.say(page)[-1]
    assert reply.values["matched"] == ["french", "education"]
    assert "Your facts match: French-language proficiency and Education." in found.text()
    assert LACKS in found.text()
    assert "cannot tell yet which types" not in found.text()
    assert [each["type"]["id"] for each in reply.values["types"]][:1] == ["french"]


@pytest.mark.parametrize("page", ["/stand", "/chances"])
def test_where_no_category_matches_the_open_program_is_named_too(page: str) -> None:
    found = chat(COUPLE)
    assert found.say(page)[-1].values["matched"] == []
    assert "I cannot tell yet which types of round fit you" in found.text()
    assert "Federal Skilled Worker Program: It depends on your work" in found.text()


@pytest.mark.parametrize("page", ["/stand", "/chances"])
def test_who_has_no_program_is_told_why(page: str) -> None:
    found = chat(UNFIT)
    found.say(page)
    assert "No type of round fits you today" in found.text()
    assert "Recent skilled work in Canada: 0 of 12 months" in found.text()


def test_a_round_of_a_matching_category_waits_for_the_program() -> None:
    found = chat(TEACHER)
    personal = found.say("last French draw")[-1].values["rounds"][0]["personal"]
    assert (personal["code"], personal["matched"], personal["program"]["id"]) == ("eligibility_unknown", True, "fsw")
    assert "Your facts matched this round." in found.text()
    assert LACKS in found.text()


@pytest.mark.parametrize("name", ["french", "general"])
def test_a_pool_that_is_not_open_names_the_program_on_which_it_hangs(name: str) -> None:
    found = chat(TEACHER)
    found.tap(f"t:fit:{name}")
    assert "One of the three programs has to fit first; we cannot tell yet. " + LACKS in found.text()


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("page", ["/which", "/eligible", "{t:programs}", "{t:categories}"])
def test_no_line_of_a_verdict_ends_without_a_reason(who: str, page: str) -> None:
    found = chat(PEOPLE[who])
    found.tap(page[1:-1]) if page.startswith("{") else found.say(page)
    for line in found.text().split("\n"):
        assert not line.endswith((": does not fit.", ": cannot tell.", ": nearly fits.", ":")), line


@pytest.mark.parametrize("who", PEOPLE)
def test_types_of_round_that_do_not_fit_stand_below_their_reason(who: str) -> None:
    found = chat(PEOPLE[who])
    found.tap("t:types")
    under = found.text().split("Does not fit\n")[1]
    assert not under.startswith("•")


def test_a_changed_answer_that_turns_a_verdict_says_why() -> None:
    found = chat({**TEACHER, "h.quebec": "no"})
    found.say("/score")
    found.tap("q:h.funds")
    reply = found.say("5000")[-1]
    assert reply.key == "score"
    turned = {each["id"]: each["after"] for each in reply.values["diff"]["turned"]}
    assert turned["fsw"] == "does_not_fit"
    for line in found.text().split("\n"):
        if line.startswith("Now does not fit"):
            assert len(line.split(". ")) > 1, line
    assert "$10,263" in found.text()
