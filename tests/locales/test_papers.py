"""The words of the papers and of the checks before applying: each kind and code, in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, get_args

import pytest

from bot.wording.environment import templates
from conversations.session import Session
from conversations.topics.documents import GROUPS, _named
from scoring import mistakes
from scoring.documents import documents
from scoring.paper_rules import CheckRule, PaperRule
from scoring.recheck import Standing
from scoring.rulebook import shipped
from tests.conversations.storytelling import Chat, plain, said_in
from tests.locales.french import english_in
from tests.locales.test_vocabulary import check, check_sentences
from tests.project import ROOT
from tests.scoring.test_documents import CASES, CHILD, ON, invited, person

FAMILY: dict[str, Any] = {"dependants": [CHILD, {"birth_date": "2007-01-01", "has_partner": False}]}
PEOPLE: tuple[dict[str, Any], ...] = (
    *CASES,
    *({"express_entry": invited(program)} for program in ("cec", "fst", "pnp", None)),
    {"partner": {"accompanying": True}, "household": {**FAMILY, "marital_status": "married"}},
    {"partner": {"accompanying": False}, "household": {"marital_status": "common_law"}},
    {"partner": None, "household": {"marital_status": None, "dependants": None, "residences": None}},
    {"household": {"marital_status": "widowed"}, "candidate": {"jobs": None}},
    {"household": {"residences": [{"country": "IN", "from": "2013-01-01", "until": "2014-06-30"}]}},
    {"household": {"residences": [{"country": "IN", "from": "2020-01-01", "until": "2021-06-30"}]}},
    {"household": {"residences": [{"country": "IN", "from": "2020-01-01"}]}},
    {"candidate": {"credentials": [{"level": "bachelor", "country": "IN", "eca": False}, {"country": "CA"}]}},
    {"candidate": {"jobs": [{"title": "nurse", "country": "CA"}, {"country": "IN"}]}},
    {"candidate": {"job_offers": [{"noc": "21231", "full_time": True, "permanent_or_one_year": True, "route": "a"}],
                   "authorized_to_work_in_canada": True}},
)  # fmt: skip
DAYS = (ON, date(2024, 6, 1))


def papers() -> Iterator[dict[str, Any]]:
    for changes in PEOPLE:
        for day in DAYS:
            yield from ({**_named(paper), "status": paper.status} for paper in documents(person(**changes), day))


def test_every_paper_has_a_name_and_says_what_is_in_it() -> None:
    check("paper_name", papers())
    check_sentences("paper_says", papers())


def test_every_kind_of_paper_is_among_the_samples() -> None:
    words = templates("en").module_of("vocabulary/papers.j2")
    said = {name.removeprefix("says_") for name in vars(words) if name.startswith("says_")}
    assert {paper["kind"] for paper in papers()} == said


VALUES: dict[str, Any] = {
    "countries": ["IN", "US"], "count": 2, "program": "cec", "on": "2026-11-12", "status": "married", "years": 10,
    "by": "2027-01-11", "until": "2027-03-01", "from": "2024-03-01", "type": "trades", "fits": ["french"],
    "months": None, "other_jobs": False,
}  # fmt: skip
SHORT = {"have": 11.07, "need": 12, "ready_on": "2026-12-10", "days": 28, "sure": True}
MONTHS = (SHORT, {**SHORT, "sure": False}, {**SHORT, "ready_on": None, "days": None}, {**SHORT, "days": 1})


def codes() -> Iterator[tuple[str, str]]:
    """(check, code) for every answer that a check can give, as its function spells it."""
    tree = ast.parse((ROOT / "scoring" / "mistakes.py").read_text("utf-8"))
    functions = {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}
    for name, function in mistakes._CHECKS.items():
        spelt = set(_spelt(functions[function.__name__]))
        if name in ("validity", "expiring"):
            spelt |= set(_spelt(functions["_still"]))
        yield from ((name, code) for code in sorted(spelt))


def _spelt(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        first = node.elts[0] if isinstance(node, ast.Tuple) and node.elts else None
        if isinstance(node, ast.Tuple) and isinstance(first, ast.Constant) and first.value in get_args(mistakes.Found):
            yield from (
                each.value
                for each in ast.walk(node.elts[1])
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )


def test_an_invitation_that_came_too_early_is_told_with_its_months_and_its_day() -> None:
    cases = [{**VALUES, "months": months, "other_jobs": more} for months in MONTHS for more in (True, False)]
    told = [{"id": "too_early", "code": "not_met", "values": case} for case in cases]
    check_sentences("check_says", told)
    for language in ("en", "fr"):
        for case, said in zip(cases, map(templates(language).filters["check_says"], told), strict=True):
            assert ("10 " in plain(said) and "2026" in plain(said)) == bool(case["months"]["ready_on"])
            assert "11" in plain(said)
            assert "12" in plain(said)


def test_every_page_of_what_the_papers_say_has_a_name_and_every_kind_of_paper_one_page() -> None:
    kinds = [kind for group in GROUPS.values() for kind in group]
    assert sorted(kinds) == sorted(set(kinds))
    assert {paper["kind"] for paper in papers()} <= set(kinds)
    check("papers_group", list(GROUPS))


def test_what_a_paper_waits_for_is_told() -> None:
    check("paper_waits", (paper for paper in papers() if paper["status"] == "cannot_tell"))


@pytest.mark.parametrize("what", ["language", "eca"])
def test_every_answer_of_a_check_has_words(what: str) -> None:
    said = [{"id": name, "code": code, "values": {**VALUES, "what": what}} for name, code in codes()]
    assert len(said) > 30
    check("check_name", said)
    check_sentences("check_says", said)


def test_where_something_was_read_is_told_and_whether_it_was_official() -> None:
    rules = (
        *shipped().entries("documents", "check", CheckRule),
        *shipped().entries("documents", "paper", PaperRule),
    )
    told = [rule.model_dump(mode="json", include={"url", "checked_on", "read"}) for rule in rules]
    for rule in told:
        english, french = (str(templates(language).filters["read_at"](rule)) for language in ("en", "fr"))
        unofficial = rule["read"] in ("secondary", "inferred")
        assert ("no official text" in english) == ("aucun texte officiel" in french) == unofficial


def invited_chat() -> Chat:
    """Somebody invited in the trades round of the 1st of October 2026, the only one of its day."""
    chat = Chat(today=date(2026, 10, 11))
    told = {"x.invited": "2026-10-01", "x.invited_under": "fst", "h.marital": "single", "h.partner": "none"}
    chat.saved = Session(language="en", consented=True, goal="documents", answers=told).as_json()
    chat.tap("t:answer")
    return chat


@pytest.mark.parametrize("standing", get_args(Standing))
@pytest.mark.parametrize("low", [441, None])
def test_the_round_is_told_once_more_whatever_comes_of_it(standing: str, low: int | None) -> None:
    reply = invited_chat().last[-1]
    assert reply.values["again"]["held"]["number"] == "447"
    again = {**reply.values["again"], "standing": standing}
    again["today"] = {**again["today"], "low": low, "high": low}
    for language in ("en", "fr"):
        text = said_in(replace(reply, values={**reply.values, "again": again}), language)
        assert "447" in text
        assert "None" not in text
        assert ("441" in text) == (low is not None)
        if language == "fr":
            assert english_in(text) == []


def test_a_paper_that_is_only_asked_for_in_some_cases_has_no_button() -> None:
    chat = invited_chat()
    chat.say("/cancel")
    assert chat.saved is not None
    chat.saved["answers"]["h.stays"] = [{"country": "US", "from": "2019-01-01", "until": None}]
    chat.tap("g:documents")
    chat.tap("t:answer")
    taps = [choice.data for choice in chat.last[-1].taps()]
    assert "d:police.US" in taps
    assert "d:us_state" not in taps
