"""What a message does: rules of the conversation, each as a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from conversations.context import Context
from conversations.events import Event, Said, Tapped
from conversations.facts import facts_of
from conversations.machine import step
from conversations.session import Session
from tests.conversations.storytelling import Chat

FIRST = {
    "c.birth_date": {"birth_date": "1994-05-02"},
    "h.partner": "none",
    "c.level.0": "bachelor",
    "c.test.0": "ielts_general",
    "c.scores.0": {"listening": 8, "reading": 7, "writing": 7, "speaking": 7.5},
    "c.taken_on.0": "2026-03-01",
    "c.job.0": {"noc": "31301", "title": "nurse"},
}


def chat(goal: str | None = "which", **answers: object) -> Chat:
    """A chat in which consent was given and some answers too."""
    found = Chat()
    found.saved = Session(language="en", consented=True, goal=goal, answers=dict(answers)).as_json()
    return found


def known(goal: str = "which") -> Chat:
    """A chat whose first questions are all answered."""
    found = chat(goal)
    assert found.saved is not None
    found.saved["answers"] = dict(FIRST)
    return found


def keys(found: Chat) -> list[str]:
    return [reply.key for reply in found.last]


def answers(found: Chat) -> dict[str, object]:
    assert found.saved is not None
    return dict(found.saved["answers"])


# -- consent


@pytest.mark.parametrize("text", ["32", "2 May 1994", "IELTS 8 7 7 7.5", "nurse in Manila", "/score", "ma note"])
def test_nothing_is_kept_before_consent(text: str) -> None:
    found = Chat()
    found.say("/start")
    found.say(text)
    assert keys(found) == ["welcome"]
    assert answers(found) == {}


@pytest.mark.parametrize("data", ["a:c.level.0:bachelor", "u:c.birth_date", "n:c.job.0:31301", "t:more", "t:export"])
def test_a_tap_before_consent_keeps_nothing(data: str) -> None:
    found = Chat()
    found.tap(data)
    assert keys(found) == ["welcome"]
    assert answers(found) == {}


def test_a_wish_said_before_consent_is_taken_up_after_it() -> None:
    found = Chat()
    found.say("which category fits me")
    found.tap("c:yes")
    assert keys(found) == ["ask/birth_date"]


@pytest.mark.parametrize(
    ("code", "language"), [("fr", "fr"), ("fr-CA", "fr"), ("en-US", "en"), ("de", "en"), (None, "en")]
)
def test_first_language_is_guessed_from_the_device(code: str | None, language: str) -> None:
    found = Chat(language_code=code)
    found.say("hello")
    assert found.last[0].language == language


def test_a_guessed_language_stays_whatever_the_device_says_later() -> None:
    found = Chat(language_code="fr")
    found.say("/start")
    found.language_code = "en"
    found.say("/start")
    assert found.last[0].language == "fr"


# -- answers


def test_a_tap_on_an_old_button_corrects_that_answer() -> None:
    found = known()
    found.tap("a:c.level.0:masters")
    assert answers(found)["c.level.0"] == "masters"
    assert keys(found) == ["which"]


def test_a_correction_says_what_it_moved() -> None:
    found = known("score")
    found.tap("a:c.level.0:doctorate")
    diff = found.last[0].values["diff"]
    assert diff["after"]["high"] > diff["before"]["high"]


def test_an_old_button_of_a_question_that_does_not_apply_any_more_changes_nothing() -> None:
    found = chat("which", **{"h.partner": "none"})
    found.tap("a:p.level.0:masters")
    assert keys(found) == ["stale"]
    assert answers(found) == {"h.partner": "none"}


def test_another_test_drops_the_scores_of_the_one_before() -> None:
    found = known()
    found.tap("a:c.test.0:celpip_general")
    assert "c.scores.0" not in answers(found)
    assert "c.taken_on.0" not in answers(found)
    assert keys(found) == ["ask/scores"]


def test_the_same_test_tapped_again_keeps_its_scores() -> None:
    found = known()
    found.tap("a:c.test.0:ielts_general")
    assert answers(found) == FIRST


def test_i_do_not_know_is_an_answer() -> None:
    found = chat("which")
    found.say("/start")
    found.tap("g:which")
    found.say("I don't know")
    assert answers(found) == {"c.birth_date": None}
    assert keys(found) == ["ask/partner"]


def test_back_asks_the_answer_before_again_and_keeps_it() -> None:
    found = chat("which", **{"c.birth_date": {"birth_date": "1994-05-02"}})
    found.tap("g:which")
    found.tap("b")
    assert keys(found) == ["ask/birth_date"]
    assert answers(found) == {"c.birth_date": {"birth_date": "1994-05-02"}}
    found.tap("k:c.birth_date")
    assert keys(found) == ["ask/partner"]


def test_language_changes_in_the_middle_of_a_question_and_nothing_is_lost() -> None:
    found = chat("which", **{"c.birth_date": {"birth_date": "1994-05-02"}})
    found.tap("g:which")
    found.say("/fr")
    assert keys(found) == ["ask/partner"]
    assert found.last[0].language == "fr"
    found.say("en français svp")
    assert answers(found) == {"c.birth_date": {"birth_date": "1994-05-02"}}


def test_what_cannot_be_read_is_told_and_the_question_stays_open() -> None:
    found = chat("which", **{key: FIRST[key] for key in ("c.birth_date", "h.partner", "c.level.0", "c.test.0")})
    found.tap("g:which")
    found.say("75 7 7 7")
    assert keys(found) == ["ask/scores"]
    assert found.last[0].values["miss"]["code"] == "off_the_scale"
    assert found.last[0].values["miss"]["values"]["suggestion"] == 7.5


def test_an_ambiguous_day_is_asked_back_and_settled_by_a_tap() -> None:
    found = chat("which")
    found.tap("g:which")
    found.say("03/11/1990")
    assert keys(found) == ["unclear"]
    found.tap(next(iter(found.last[0].taps())).data)
    assert answers(found)["c.birth_date"] in ({"birth_date": "1990-03-11"}, {"birth_date": "1990-11-03"})


def test_a_button_of_an_older_doubt_settles_nothing() -> None:
    found = chat("which")
    found.tap("g:which")
    found.say("03/11/1990")
    old = next(iter(found.last[0].taps())).data
    found.say("4/5/1990")
    found.tap(old)
    assert answers(found) == {}


def test_why_leaves_the_question_open() -> None:
    found = chat("which")
    found.tap("g:which")
    found.tap("y:c.birth_date")
    assert keys(found) == ["why/birth_date", "ask/birth_date"]
    found.say("2 May 1994")
    assert answers(found) == {"c.birth_date": {"birth_date": "1994-05-02"}}


def test_a_wish_in_the_middle_of_a_job_question_is_no_job() -> None:
    found = known("which")
    assert found.saved is not None
    del found.saved["answers"]["c.job.0"]
    found.tap("g:which")
    assert keys(found) == ["ask/job"]
    found.say("my score")
    assert "c.job.0" not in answers(found)


def test_an_answer_is_changed_by_its_name() -> None:
    found = known()
    found.say("change my birth date")
    assert keys(found) == ["ask/birth_date"]
    assert found.last[0].values["said"] == {"value": {"birth_date": "1994-05-02"}}


def test_an_answer_is_changed_by_the_number_of_its_line() -> None:
    found = known()
    found.say("/profile")
    lines = [line for group in found.last[0].values["groups"] for line in group["answers"]]
    wanted = next(line for line in lines if line["id"] == "partner")
    found.say(str(wanted["n"]))
    assert keys(found) == ["ask/partner"]


def test_a_number_that_is_no_line_is_no_line() -> None:
    found = known()
    found.say("/profile")
    found.say("99")
    assert answers(found) == FIRST


# -- deletion and starting over


@pytest.mark.parametrize("what", ["delete", "restart"])
def test_a_stale_confirmation_never_confirms(what: str) -> None:
    found = known()
    found.say(f"/{what}")
    button = next(iter(found.last[-1].taps())).data
    found.say("/menu")
    found.tap(button)
    assert answers(found) == FIRST


@pytest.mark.parametrize("text", ["yes", "oui", "delete", "ok", "1"])
def test_no_typed_word_confirms_a_deletion(text: str) -> None:
    found = known()
    found.say("/delete")
    found.say(text)
    assert answers(found) == FIRST


def test_the_button_under_the_question_deletes_everything() -> None:
    found = known()
    found.say("/delete")
    found.tap(next(iter(found.last[-1].taps())).data)
    assert keys(found) == ["deleted"]
    assert found.saved is None


@pytest.mark.parametrize(
    "text",
    ["don't delete my data", "please do not erase anything", "dilete", "supprimer pas", "effacez-vous mes données?"],
)
def test_deletion_is_never_guessed(text: str) -> None:
    found = known()
    found.say(text)
    assert "delete" not in keys(found)


def test_keeping_is_said() -> None:
    found = known()
    found.say("/delete")
    found.tap("x:keep")
    assert keys(found) == ["kept"]
    assert answers(found) == FIRST


def test_starting_over_takes_the_answers_and_leaves_consent_and_language() -> None:
    found = known()
    found.say("/restart")
    found.tap(next(iter(found.last[-1].taps())).data)
    assert keys(found) == ["restarted"]
    assert answers(found) == {}
    assert found.saved is not None
    assert found.saved["consented"]


# -- other ways


@pytest.mark.parametrize(
    ("payload", "language", "first"),
    [
        ("", "en", "welcome"),
        ("fr", "fr", "welcome"),
        ("fr_score", "fr", "welcome"),
        ("which", "en", "welcome"),
        ("../x", "en", "welcome"),
    ],
)
def test_deep_links_carry_language_and_goal(payload: str, language: str, first: str) -> None:
    found = Chat()
    found.say(f"/start {payload}".strip())
    assert keys(found) == [first]
    assert found.last[0].language == language
    found.tap("c:yes")
    assert (keys(found) == ["ask/birth_date"]) == ("score" in payload or "which" in payload)


def test_coming_back_after_any_time_asks_the_open_question_again() -> None:
    found = chat("which")
    found.tap("g:which")
    found.today = date(2028, 1, 1)
    found.say("/resume")
    assert keys(found) == ["welcome_back", "ask/birth_date"]


def test_a_nomination_is_an_event() -> None:
    found = known()
    found.say("I was nominated")
    assert keys(found) == ["ask/nomination"]
    found.tap("a:c.nomination:enhanced")
    assert keys(found) == ["nominated"]
    assert found.last[0].values["score"]["low"] >= 600


def test_an_invitation_is_an_event() -> None:
    found = known()
    found.say("I got my invitation")
    assert keys(found) == ["ask/invited"]
    found.say("1 November 2026")
    found.tap("a:x.invited_under:cec")
    assert keys(found) == ["invited"]
    assert [each["days_left"] for each in found.last[0].values["due"]] == [39]


def test_the_score_of_irccs_tool_is_compared() -> None:
    found = known("score")
    found.tap("g:tool")
    found.say("999")
    assert keys(found) == ["tool"]
    assert found.last[0].values["inside"] is False


def test_a_day_without_rules_is_said_and_loses_nothing() -> None:
    found = known()
    found.today = date(2014, 1, 1)
    found.tap("g:score")
    assert keys(found) == ["no_rules"]
    assert answers(found) == FIRST


EVENTS: list[Event] = [
    Said("/start"),
    Tapped("c:yes"),
    Tapped("g:which"),
    Said("2 May 1994"),
    Tapped("b"),
    Said("my score"),
]


def test_step_is_pure() -> None:
    """The same session, event and context: the same result, and nothing of the session is touched."""
    from bot.build import lexicon

    session, context = Session(), Context(date(2026, 11, 22), lexicon())
    for event in EVENTS:
        before = session.as_json()
        first, second = step(session, event, context), step(session, event, context)
        assert first == second
        assert session.as_json() == before
        session = first[0]


def test_a_session_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="version 99"):
        Session.from_json({**Session().as_json(), "version": 99})


# -- lists


NURSE = {
    "c.job.0": {"noc": "31301", "title": "nurse"},
    "c.job_country.0": "PH",
    "c.job_period.0": {"started_on": "2019-06-01", "ended_on": None},
    "c.job_hours.0": 40,
}
WELDER = {
    "c.job.1": {"noc": "72106", "title": "welder"},
    "c.job_country.1": "CA",
    "c.job_period.1": {"started_on": "2023-01-01", "ended_on": None},
}


def with_jobs(**more: object) -> Chat:
    found = known()
    assert found.saved is not None
    found.saved["answers"].update({**NURSE, **more})
    return found


def jobs(found: Chat) -> dict[str, object]:
    return {key: value for key, value in answers(found).items() if ".job" in key}


def test_a_job_taken_back_takes_its_details_along() -> None:
    found = with_jobs()
    found.tap("a:c.job.0:none")
    assert jobs(found) == {"c.job.0": "none"}


def test_another_job_in_its_place_begins_without_the_details_of_the_old_one() -> None:
    found = with_jobs()
    found.tap("q:c.job.0")
    found.say("plumber")
    found.tap("n:c.job.0:72300")
    assert list(jobs(found)) == ["c.job.0"]
    assert facts_of(answers(found))["candidate"]["jobs"] == [{"noc": "72300", "title": "plumber"}]


@pytest.mark.parametrize("text", ["31302", "31301"])
def test_the_same_job_better_named_keeps_its_details(text: str) -> None:
    found = with_jobs()
    found.tap("q:c.job.0")
    found.say(text)
    assert {**jobs(found), "c.job.0": None} == {**NURSE, "c.job.0": None}


def test_one_of_two_jobs_taken_out_leaves_the_other() -> None:
    found = with_jobs(**WELDER)
    found.tap("a:c.job.0:none")
    assert jobs(found) == {key.replace(".1", ".0"): value for key, value in WELDER.items()}


def test_not_knowing_about_one_job_does_not_hide_the_next() -> None:
    found = with_jobs(**WELDER)
    found.tap("u:c.job.0")
    assert jobs(found) == {**NURSE, **WELDER}


def test_what_was_said_of_a_job_and_could_not_be_read_is_asked() -> None:
    found = known()
    found.tap("q:c.job.0")
    found.say("31301, India, 2019 to 2021")
    assert keys(found) == ["ask/job_period"]
    assert found.last[0].values["miss"]["code"] == "month_missing"


def test_skipping_a_rare_fact_leaves_it_assumed() -> None:
    found = known()
    found.tap("q:c.nomination")
    found.say("skip")
    assert "c.nomination" not in answers(found)


def test_skipping_a_question_opened_to_change_it_keeps_the_answer() -> None:
    found = known()
    found.tap("q:c.level.0")
    found.say("skip")
    assert answers(found) == FIRST


@pytest.mark.parametrize("text", ["no idea really", "no clue at all", "yes and no", "oui ou non"])
def test_a_doubtful_yes_or_no_is_neither(text: str) -> None:
    found = known()
    found.tap("q:c.sibling")
    found.say(text)
    assert answers(found).get("c.sibling") is None


def test_a_line_called_by_its_number_is_no_number_of_anything_else() -> None:
    found = known()
    found.tap("q:h.children")
    found.say("change line 2")
    assert "h.children" not in answers(found)
    assert keys(found) != ["ask/children_born"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [("2015-03-02, 2018-07-09", True), ("2015-03-02", False), ("2015-03-02, 2018-07-09, 2020-01-01", False)],
)
def test_each_child_that_was_counted_has_one_birth_date(text: str, kept: bool) -> None:
    found = known()
    found.tap("a:h.children:2")
    found.tap("q:h.children_born")
    found.say(text)
    assert ("h.children_born" in answers(found)) is kept


# -- papers ticked off


def test_a_session_from_before_the_list_of_papers_is_read_and_has_none_ticked_off() -> None:
    saved = Session(consented=True).as_json()
    for later in ("ticked", "waiting"):
        del saved[later]
    assert Session.from_json(saved) == Session(consented=True)


def test_ticks_are_kept_and_go_when_one_begins_again() -> None:
    found = chat("documents")
    found.tap("d:medical")
    assert found.saved is not None
    assert found.saved["ticked"] == ["medical"]
    found.say("/restart")
    found.tap(next(tap.data for tap in found.last[-1].taps() if tap.data.startswith("x:restart")))
    assert found.saved["ticked"] == []


@pytest.mark.parametrize(("status", "partner"), [("married", "none"), ("single", "coming")])
def test_a_status_that_contradicts_the_partner_is_kept_and_is_no_fact(status: str, partner: str) -> None:
    told = {"h.partner": partner, "h.marital": status, "c.birth_date": {"birth_date": "1994-05-02"}}
    assert "household" not in facts_of(told)
    assert facts_of({**told, "h.partner": None})["household"] == {"marital_status": status}
