"""The message about a round: was it me, in or out of the pool, and one next step."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.build import lexicon
from bot.zones import zones
from conversations.context import Context
from conversations.replies import Reply
from conversations.seen import assessed
from conversations.session import LANGUAGES, Session
from conversations.subscription import Subscription
from conversations.topics.alert import alert
from conversations.topics.standing import fitting_or_open
from scoring.draws import Round
from tests.conversations.storytelling import Chat, said_in
from tests.conversations.topics.people import IN_THE_POOL, NEW, NURSE, SCORE, TODAY, held, history

CONTEXT = Context(TODAY, lexicon(), zones=zones())


def told(round_: Round, answers: dict[str, Any], **how: Any) -> Reply:
    zone = how.pop("zone", None)
    session = Session("en", consented=True, answers=answers, alerts=Subscription("all", zone=zone).as_json())
    return alert(session, round_, replace(CONTEXT, history=history(round_)), **how)


LACKS_STUDY = {key: value for key, value in NURSE.items() if key != "c.full_time_in_canada.0"}
NOT_YET = {"x.submitted": "none"}
LATER, EXPIRED, BEFORE = {"x.submitted": "2026-11-20"}, {"x.submitted": "2025-11-18"}, "2026-04-01T14:05:08-04:00"
INVITED = {**IN_THE_POOL, "x.invited": "2026-10-01"}
CASES = [
    # by points
    (held(cut_off=SCORE - 1), IN_THE_POOL, "in", "yes", "ita", "m:g:invited"),
    (held(cut_off=SCORE - 1), {}, "in", "unknown", "submitted", "m:q:x.submitted"),
    (held(cut_off=SCORE - 1), NOT_YET, "in", "not_submitted", "submit", "m:q:x.submitted"),
    (held(cut_off=SCORE - 1), LATER, "in", "submitted_later", "stand", "m:g:standing"),
    (held(cut_off=SCORE - 1), EXPIRED, "in", "expired", "submit_again", "m:q:x.submitted"),
    (held(cut_off=SCORE - 1), INVITED, "in", "invited_before", "ita_before", "m:g:invited"),
    (held(cut_off=SCORE + 1), IN_THE_POOL, "out", "yes", "whatif", "m:g:whatif"),
    (held(cut_off=SCORE + 1), NOT_YET, "out", "not_submitted", "whatif", "m:g:whatif"),
    # at the cut-off
    (held(), {"x.submitted": BEFORE}, "tie_in", "yes", "ita", "m:g:invited"),
    (held(), {"x.submitted": "2026-04-01T18:05:10+00:00"}, "tie_out", "yes", "whatif", "m:g:whatif"),
    (held(), IN_THE_POOL, "tie_unknown", "yes", "moment", "m:q:x.submitted"),
    (held(), {}, "tie_unknown", "unknown", "moment", "m:q:x.submitted"),
    (held(), NOT_YET, "tie_unknown", "not_submitted", "stand", "m:g:standing"),
    (held(tie_break=""), IN_THE_POOL, "tie_unknown", "yes", "account", "m:g:standing"),
    # not of the type
    (held("trades", 440), IN_THE_POOL, "not_eligible", "yes", "others", "m:g:which"),
    (held("french", 400), IN_THE_POOL, "not_eligible", "yes", "nearly", "m:t:fit:french"),
    (held("pnp", 740), IN_THE_POOL, "not_eligible", "yes", "stand", "m:g:standing"),
    # what nobody can tell
    (held(NEW, 400), IN_THE_POOL, "unknown_type", "yes", "stand", "m:g:standing"),
    (held("healthcare", 475, version="2027-v4"), IN_THE_POOL, "unknown_version", "yes", "stand", "m:g:standing"),
]


@pytest.mark.parametrize(("round_", "more", "code", "pool", "step", "tap"), CASES)
def test_the_message_answers_and_names_one_next_step(
    round_: Round, more: dict[str, Any], code: str, pool: str, step: str, tap: str
) -> None:
    reply = told(round_, {**NURSE, **more})
    assert (reply.values["personal"]["code"], reply.values["personal"]["pool"]) == (code, pool)
    assert (reply.values["step"], reply.rows[0][0].data) == (step, tap)
    assert [choice.data for choice in reply.rows[-1]] == ["s:mute"]


def test_an_open_fact_that_decides_is_the_next_step() -> None:
    reply = told(held("healthcare", 480), LACKS_STUDY)
    assert reply.values["personal"]["code"] == "range"
    assert reply.rows[0][0].data == "m:q:c.full_time_in_canada.0"


def test_a_verdict_that_is_open_asks_for_the_fact_it_hangs_on() -> None:
    reply = told(held("fsw", 400), NURSE)
    assert reply.values["personal"]["code"] == "eligibility_unknown"
    assert (reply.values["step"], reply.rows[0][0].data) == ("narrow", "m:q:h.funds")


def test_who_told_nothing_is_led_to_the_questions() -> None:
    reply = told(held(), {})
    assert (reply.values["personal"], reply.values["step"], reply.rows[0][0].data) == (None, "facts", "m:g:which")


def test_the_verdict_is_that_of_the_rounds_day() -> None:
    """Thirty on the day before the birthday, thirty-one on it, and fewer points."""
    born = {**NURSE, "c.birth_date": {"birth_date": "1996-11-18"}}
    on, eve = held(cut_off=400), held(cut_off=400, date=held().date.replace(day=17))
    assert told(eve, born).values["personal"]["low"] > told(on, born).values["personal"]["low"]


def test_a_correction_says_what_was_corrected() -> None:
    now = held(cut_off=SCORE - 1)
    reply = told(now, {**NURSE, **IN_THE_POOL}, corrected=True, was=held(cut_off=SCORE + 1))
    assert "the cut-off is 499, not 501" in said_in(reply, "en")
    assert "de 499, et non de 501" in said_in(reply, "fr")
    assert "these are its figures now" in said_in(told(now, NURSE, corrected=True), "en")


def test_a_verdict_says_which_change_is_reported_and_not_counted_from_its_day_on() -> None:
    told_then = said_in(told(held(cut_off=400), {**NURSE, **IN_THE_POOL}), "en")
    assert "A change reported since 3 November 2026 is not in it." in told_then
    before = held(cut_off=400, date=held().date.replace(day=2))
    assert "reported" not in said_in(told(before, {**NURSE, **IN_THE_POOL}), "en")
    assert "reported" not in said_in(told(held("pnp", 740), {**NURSE, **IN_THE_POOL}), "en")


def test_a_type_whose_own_facts_fail_is_not_held_open_by_a_program_that_is_not_certain() -> None:
    abroad = {**NURSE, "c.job_country.0": "PH", "c.level_country.0": "PH", "c.eca.0": {"issued_on": "2026-01-05"}}
    found = assessed(abroad, TODAY, history())
    assert {fit.id: fit.verdict for fit in found.draw_types}["french"] == "cannot_tell"
    fitting, unsure = fitting_or_open(found)
    assert "french" not in {fit.id for fit in (*fitting, *unsure)}
    assert "healthcare" in {fit.id for fit in unsure}
    reply = told(held("french", 400), abroad)
    assert (reply.values["personal"]["code"], reply.values["step"]) == ("not_eligible", "nearly")
    assert "A valid French test is missing" in said_in(reply, "en")


def test_times_are_told_in_utc_and_by_the_clock_of_the_chat() -> None:
    reply = told(held(), NURSE, zone="Asia/Kolkata", read_at=datetime(2026, 11, 18, 17, 20, tzinfo=UTC))
    english, french = said_in(reply, "en"), said_in(reply, "fr")
    assert "1 April 2026 at 18:05:09 UTC (Kolkata: 1 April 2026 at 23:35:09)" in english
    assert "1er avril 2026 à 18 h 05 min 9 s UTC" in french
    assert "read on 18 November 2026 at 17:20 UTC" in english


def test_a_new_type_is_called_as_ircc_calls_it_in_each_language() -> None:
    reply = told(held(NEW), NURSE)
    assert "New round: Hairdressers, cut-off 500" in said_in(reply, "en")
    assert "Nouvelle ronde : Coiffeurs, note minimale de 500" in said_in(reply, "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_message_is_short(language: str) -> None:
    for round_, more, *_ in CASES:
        assert len(said_in(told(round_, {**NURSE, **more}, zone="America/Toronto"), language)) < 900


def test_a_button_under_an_alert_leaves_the_alert_where_it_stands() -> None:
    reply = told(held(cut_off=SCORE + 1), NURSE)
    chat = Chat(saved=Session("en", consented=True, answers=NURSE).as_json())
    for choice in reply.taps():
        assert {each.place for each in chat.tap(choice.data)} == {"new"}


def test_the_session_stays_as_it_is() -> None:
    session = Session("fr", consented=True, answers=NURSE)
    alert(session, held(), replace(CONTEXT, history=history(held())))
    assert session.as_json() == Session("fr", consented=True, answers=NURSE).as_json()
