"""Which rounds one is told about: toggles, hours and places, as they are kept."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.build import lexicon
from bot.zones import zones
from conversations.context import Context
from conversations.events import Said, Tapped
from conversations.machine import step
from conversations.session import Session
from conversations.subscription import Subscription
from tests.conversations.topics.people import NEW, TODAY, held, history

NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
CONTEXT = Context(TODAY, lexicon(), history=history(held(NEW)), zones=zones(), now=NOW)


def after(*events: str, context: Context = CONTEXT, **kept: Any) -> Session:
    """The session after taps (`!data`) and texts, of somebody who subscribed to `kept`."""
    alerts = Subscription(**kept).as_json() if kept else None
    session = Session("en", consented=True, alerts=alerts)
    for event in events:
        session, replies = step(session, Tapped(event[1:]) if event.startswith("!") else Said(event), context)
        assert replies
    return session


def subscribed(*events: str, **kept: Any) -> Subscription:
    return Subscription.from_json(after(*events, **kept).alerts)


def test_a_type_that_the_rules_do_not_know_can_be_chosen_by_one_of_its_rounds() -> None:
    assert subscribed("!s:type:r448") == Subscription("types", (NEW,))
    assert subscribed("!s:type:r448", "!s:type:r448") == Subscription("off")


def test_the_last_type_that_is_taken_away_turns_the_alerts_off() -> None:
    assert subscribed("!s:type:cec", "!s:type:french", "!s:type:cec") == Subscription("types", ("french",))
    assert subscribed("!s:type:cec", wants="types", types=("cec",)).wants == "off"


def test_choosing_a_type_puts_an_end_to_every_round() -> None:
    assert subscribed("!s:type:cec", wants="all") == Subscription("types", ("cec",))


@pytest.mark.parametrize("wants", ["all", "mine", "types"])
def test_one_tap_mutes_and_one_brings_back_what_was_wanted(wants: str) -> None:
    before: dict[str, Any] = {"wants": wants, "types": ("cec",), "zone": "Asia/Manila"}
    muted = subscribed("!s:mute", **before)
    assert (muted.wants, muted.before_mute, muted.types) == ("off", wants, ("cec",))
    assert subscribed("!s:mute", "!s:mute", **before) == muted
    assert subscribed("!s:mute", "!s:on", **before) == Subscription(**before)


def test_muting_what_was_never_wanted_changes_nothing() -> None:
    assert after("!s:mute").alerts is None
    assert after("!s:on").alerts is None


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("it is 1:00 pm here", "Etc/GMT+4"),
        ("ici, il est 22 h 30", "Asia/Kolkata"),
        ("Dakar", "Africa/Dakar"),
        ("no idea what you mean", None),
    ],
)
def test_the_place_is_read_in_words_and_by_the_time_there(typed: str, zone: str | None) -> None:
    assert subscribed("!s:zone", typed, wants="all").zone == zone


def test_a_time_of_day_that_may_be_two_places_is_asked_about() -> None:
    session, replies = step(after("!s:zone", wants="all"), Said("it is 1:00 here"), CONTEXT)
    assert [choice.data for choice in replies[-1].taps()][:2] == ["s:zone:Etc/GMT-8", "s:zone:Etc/GMT+4"]
    assert Subscription.from_json(session.alerts).zone is None


def test_starting_over_leaves_the_alerts_as_they_are() -> None:
    session = after("!s:all", "/restart")
    confirm = f"x:restart:{(session.pending or {})['turn']}"
    session, _ = step(session, Tapped(confirm), CONTEXT)
    assert Subscription.from_json(session.alerts).wants == "all"


def test_alerts_can_be_had_on_a_day_without_rules() -> None:
    early = Context(date(2014, 6, 1), lexicon(), zones=zones())
    assert Subscription.from_json(after("!s:types", "!s:mine", context=early).alerts).wants == "mine"


def test_nothing_is_kept_before_consent() -> None:
    session, replies = step(Session("en"), Tapped("s:all"), CONTEXT)
    assert session.alerts is None
    assert replies[-1].key == "welcome"
