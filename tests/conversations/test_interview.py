"""The interview: derived from the answers, short before the first answer, complete when one goes on."""

from __future__ import annotations

import random

import pytest

from conversations.diagram import diagram
from conversations.dossier import Dossier
from conversations.interview import BASE, GOALS, next_question, ready
from conversations.keys import Key, parsed
from conversations.questions import QUESTIONS, by_id, question_of
from conversations.session import Session
from tests.conversations.draw import DOCS, DRAWN
from tests.conversations.samples import typed
from tests.conversations.storytelling import Chat, said_in

ASKED = {(scope, question.id) for question in QUESTIONS for scope in question.scopes}


def respond(chat: Chat, key: Key, chance: random.Random) -> None:
    """Answer a question by a tap or by typing, at random."""
    question = question_of(key)
    assert question is not None
    test = (chat.saved or {})["answers"].get(str(key.to("test")))
    text = typed(question, test, chance.randrange(12))
    if key.place and "none" in question.choices and chance.random() < 0.7:
        chat.tap(f"a:{key}:none")
    elif text is not None and (not question.choices or chance.random() < 0.9):
        chat.say(text)
    elif question.tap_numbers:
        chat.tap(f"a:{key}:{chance.choice(question.tap_numbers)}")
    else:
        chat.tap(f"a:{key}:{chance.choice(question.choices)}")


def opened(language: str, goal: str) -> Chat:
    """A chat with consent given, turned to a goal."""
    chat = Chat(language_code=language)
    chat.say("/start")
    chat.tap("c:yes")
    chat.tap(f"g:{goal}")
    return chat


def asked(chat: Chat) -> Key | None:
    """The question that is open."""
    assert chat.saved is not None
    return parsed(chat.saved["asked"] or "")


def interview(language: str, goal: str, seed: int, most: int = 300) -> set[tuple[str, str]]:
    """Answer every question of a goal and all that follow; which questions were asked."""
    chance, chat = random.Random(seed), opened(language, goal)
    met: set[tuple[str, str]] = set()
    for turn in range(most):
        key = asked(chat)
        if key is None:
            chat.tap("t:more")
            key = asked(chat)
            if key is None:
                break
        met.add((key.scope, key.id))
        assert [reply.key for reply in chat.last][-1].endswith(f"/{key.id}")
        if turn % 9 == 0:
            chat.tap(f"y:{key}")
            assert said_in(chat.last[-1], language)
        respond(chat, key, chance)
    else:
        pytest.fail("the interview does not end")
    return met


def test_no_question_is_an_orphan_and_each_is_asked_in_both_languages() -> None:
    """Many people who answer differently meet every question there is."""
    met: dict[str, set[tuple[str, str]]] = {"en": set(), "fr": set()}
    goals = sorted(GOALS)
    for seed in range(120):
        language = ("en", "fr")[seed % 2]
        met[language] |= interview(language, goals[seed // 2 % len(goals)], seed)
        if met["en"] == met["fr"] == ASKED:
            break
    assert ASKED - met["en"] == set()
    assert ASKED - met["fr"] == set()


@pytest.mark.parametrize("goal", sorted(GOALS))
def test_every_goal_is_reached(goal: str) -> None:
    chat = opened("en", goal)
    for turn in range(20):
        key = asked(chat)
        if key is None:
            break
        respond(chat, key, random.Random(turn))
    assert chat.saved is not None
    assert ready(goal, Dossier(chat.saved["answers"]))
    assert not chat.last[-1].key.startswith("ask/")


@pytest.mark.parametrize("goal", ["which", "score", "eligible", "whatif"])
@pytest.mark.parametrize("partner", by_id()["partner"].choices)
@pytest.mark.parametrize("test", by_id()["test"].choices)
def test_first_useful_answer_comes_after_at_most_eight_messages(goal: str, partner: str, test: str) -> None:
    chat = Chat(language_code="en")
    chat.say("/start")
    chat.tap("c:yes")
    chat.tap(f"g:{goal}")
    messages = 1
    while (key := asked(chat)) is not None:
        question = question_of(key)
        assert question is not None
        if key.id == "job":
            # a job said in one line and confirmed counts once
            chat.say("registered nurse, Philippines, June 2019 to now, 40 h")
            chat.tap(f"n:{key}:31301")
        elif key.id in ("partner", "test"):
            chat.tap(f"a:{key}:{partner if key.id == 'partner' else test}")
        else:
            text = typed(question, test, 0)
            chat.say(text) if text else chat.tap(f"a:{key}:{question.choices[3]}")
        messages += 1
        assert messages <= 8
    assert chat.last[-1].key == goal


def test_progress_is_told_of_a_number_that_does_not_shrink_below_what_is_asked() -> None:
    chat = opened("en", "which")
    numbers = []
    for turn in range(8):
        key = asked(chat)
        if key is None:
            break
        numbers.append((chat.last[-1].values["number"], chat.last[-1].values["of"]))
        respond(chat, key, random.Random(turn))
    assert [number for number, _ in numbers] == list(range(2, len(numbers) + 2))
    assert all(number <= of <= 8 for number, of in numbers)


def test_state_is_derived_from_goal_and_answers_alone() -> None:
    session = Session(consented=True, goal="which")
    assert next_question(session) == BASE[0]
    answers = {"c.birth_date": {"birth_date": "1994-05-02"}, "h.partner": None}
    assert str(next_question(Session(consented=True, goal="which", answers=answers))) == "c.level.0"


def test_a_question_opened_by_hand_comes_first() -> None:
    session = Session(consented=True, goal="which", focus="c.job.0")
    assert str(next_question(session)) == "c.job.0"


def test_the_diagram_in_the_docs_is_the_one_that_the_declarations_draw() -> None:
    found = DRAWN.search(DOCS.read_text(encoding="utf-8"))
    assert found is not None
    assert found.group() == diagram()


def test_the_diagram_names_every_question_and_goal() -> None:
    drawn = diagram()
    for key in BASE:
        assert str(key) in drawn
    for goal in GOALS:
        assert f"goal: {goal}" in drawn
