"""What may be no answer to the open question: nothing of it is kept before a yes, and it is said why."""

import tomllib
from datetime import date
from typing import Any

import pytest

from bot.build import explained, lexicon, reader
from conversations.context import Context
from conversations.events import Event, Said
from conversations.machine import step
from conversations.replies import Reply
from conversations.session import Session
from tests.project import ROOT

TODAY = date(2026, 11, 22)
CASES: list[dict[str, Any]] = tomllib.loads((ROOT / "tests/conversations/doubted.toml").read_text("utf-8"))["case"]
JOB = {"c.job.0": {"noc": None, "title": "comptable"}, "c.job_country.0": "MA"}


def _turn(session: Session, event: Event) -> tuple[Session, tuple[Reply, ...]]:
    return step(session, event, Context(TODAY, lexicon(), reader=reader(), explained=explained()))


def _asked(key: str, **answers: Any) -> Session:
    return Session(language="en", consented=True, goal="score", asked=key, answers=answers)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["say"])
def test_what_may_be_no_answer_is_asked_back(case: dict[str, Any]) -> None:
    session, replies = _turn(_asked(case["at"]), Said(case["say"]))
    assert session.answers == {}
    assert [reply.key for reply in replies] == [case["to"]]
    if "code" in case:
        assert replies[0].values["miss"]["code"] == case["code"]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("what happens if I don't apply in 60 days", "ita"),
        ("do I have to register on Job Bank?", "job_bank"),
        ("is my ECA mandatory?", "eca"),
        ("what should the employer letter say", "reference_letter"),
        ("est-ce que je peux emprunter l'argent pour les fonds", "funds"),
        ("c'est long combien le traitement?", "processing"),
    ],
)
def test_a_question_that_names_a_term_is_answered_and_the_open_question_put_again(text: str, entry: str) -> None:
    session, replies = _turn(_asked("c.birth_date"), Said(text))
    assert session.answers == {}
    assert [reply.key for reply in replies] == ["explained", "ask/birth_date"]
    assert replies[0].values["id"] == entry


@pytest.mark.parametrize(
    "text", ["are job offer points coming back", "is TEF harder than TCF", "est-ce que l'EIMT compte"]
)
def test_a_question_about_a_term_tells_nothing_of_oneself(text: str) -> None:
    session, replies = _turn(Session(language="en", consented=True), Said(text))
    assert session.answers == {}
    assert [reply.key for reply in replies] in (["explained"], ["which_intent"])


@pytest.mark.parametrize("text", ["can PR be refused after ITA?", "c'est quoi la différence entre PCP et ITA"])
def test_a_question_that_names_two_terms_asks_which(text: str) -> None:
    _, replies = _turn(_asked("c.birth_date"), Said(text))
    assert replies[0].key == "which_intent"
    assert [choice.data[:4] for row in replies[0].rows[:2] for choice in row] == ["e:i:", "e:i:"]


@pytest.mark.parametrize("text", ["non", "no", "nope"])
def test_a_no_to_the_occupations_offered_leaves_the_job_that_was_told(text: str) -> None:
    session, replies = _turn(_asked("c.job.0", **JOB), Said("accountant"))
    assert replies[0].key == "pick_job"
    session, replies = _turn(session, Said(text))
    assert (replies[0].key, session.answers) == ("ask/job", JOB)
    session, _ = _turn(session, Said(text))
    assert session.answers == JOB


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("remove my ielts", "ask/test"),
        ("efface mon IELTS", "ask/test"),
        ("i want my data gone", "which_intent"),
        ("enlève tout ça", "which_intent"),
        ("deleet my data", "which_intent"),
        ("eface toutes mes données", "which_intent"),
        ("can you delete all the data you hold about me please", "which_intent"),
        ("please remove all my info", "delete"),
        ("oublie ça", "cancelled"),
        ("don't delete anything", "kept"),
        ("ne supprime surtout pas mon profil", "kept"),
        ("i don't want to delete, just change", "kept"),
        ("n'efface pas mes réponses", "kept"),
        ("will you delete my data if I stop using this?", "privacy"),
        ("est-ce que mes données sont effacées un jour?", "privacy"),
    ],
)
def test_what_is_to_be_taken_away_is_opened_or_asked_about(text: str, key: str) -> None:
    held = {"c.test.0": "ielts_general"}
    session, replies = _turn(Session(language="en", consented=True, answers=held), Said(text))
    assert (replies[0].key, session.answers) == (key, held)


@pytest.mark.parametrize("text", ["stop", "can you stop", "arrête"])
def test_a_bare_stop_asks_what_to_stop(text: str) -> None:
    session, replies = _turn(_asked("c.birth_date"), Said(text))
    assert replies[0].key == "which_intent"
    assert [choice.data for row in replies[0].rows for choice in row] == ["t:cancel", "t:delete", "t:menu"]
    assert session.asked == "c.birth_date"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("je parle bien anglais", "fr"),
        ("mon mari parle anglais", "fr"),
        ("je parle français et anglais", "fr"),
        ("je parle anglais", "fr"),
        ("in english please", "en"),
    ],
)
def test_to_tell_of_a_language_is_not_to_wish_for_it(text: str, language: str) -> None:
    session, _ = _turn(Session(language="fr", consented=True), Said(text))
    assert session.language == language


def test_a_wish_in_the_middle_of_a_question_is_told_to_come_after_it() -> None:
    _, replies = _turn(_asked("c.birth_date"), Said("my deadlines"))
    assert (replies[0].key, replies[0].values["wanted"]) == ("ask/birth_date", "deadlines")


@pytest.mark.parametrize("text", ["I got my ITA on 7 November 2026", "j'ai reçu mon ITA le 7 novembre 2026"])
def test_an_invitation_that_is_told_with_its_day_is_not_asked_for_again(text: str) -> None:
    session, replies = _turn(Session(language="en", consented=True), Said(text))
    assert replies[0].key == "readback"
    session, replies = _turn(session, Said("yes"))
    assert session.answers["x.invited"] == "2026-11-07"
    assert replies[0].key == "ask/invited_under"


def test_what_was_offered_is_offered_again_after_a_break() -> None:
    session, _ = _turn(_asked("c.job.0"), Said("accountant"))
    session, replies = _turn(session, Said("/start"))
    assert [reply.key for reply in replies] == ["menu"]
    session, _ = _turn(_asked("c.job.0", **JOB), Said("accountant"))
    session, replies = _turn(session, Said("/start"))
    assert [reply.key for reply in replies] == ["welcome_back", "pick_job"]


@pytest.mark.parametrize(
    ("text", "kept", "code"),
    [
        ("447", "447", None),
        ("c'était la ronde du 29 septembre 2026", "446", None),
        ("round 91a", None, "round_not_near"),
        ("1", None, "round_not_near"),
        ("518", None, "no_such_round"),
        ("492", None, "no_such_round"),
        ("491", "491", None),
        ("448", "448", None),
        ("the round of 2 October 2026", None, "no_round_that_day"),
        ("banana", None, "no_round"),
    ],
)
def test_a_round_is_named_by_its_number_or_day_and_a_score_is_no_number(
    text: str, kept: str | None, code: str | None
) -> None:
    """Round 447 was on 2026-10-01: 44 days before the day of this talk, so that 491 is the last that may have come."""
    told = {"x.invited": "2026-10-01", "x.invited_under": "fsw"}
    session = Session(language="en", consented=True, goal="documents", asked="x.invited_round", answers=told)
    context = Context(date(2026, 11, 14), lexicon(), reader=reader(), explained=explained())
    session, replies = step(session, Said(text), context)
    assert session.answers.get("x.invited_round") == kept
    miss = replies[-1].values.get("miss")
    assert (miss["code"] if miss else None) == code
