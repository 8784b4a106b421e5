"""Whatever is tapped, typed or sent in whatever order: there is an answer, a way on, and nothing is lost in between."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from conversations.commands import GOAL_PAGES, PAGES
from conversations.facts import profile_of
from conversations.interview import order
from conversations.keys import parsed
from conversations.questions import QUESTIONS
from conversations.session import Session
from conversations.subscription import Subscription
from tests.conversations.storytelling import Chat

COMMANDS = [
    *GOAL_PAGES, *PAGES, "start", "resume", "back", "skip", "unknown", "why", "keep", "cancel", "en", "fr", "nothing",
    "start fr_which", "start en", "start x", "francais", "english",
]  # fmt: skip
TEXTS = [
    "yes", "non", "I don't know", "je ne sais pas", "32", "1994-05-02", "2 mai 1994", "03/11/1990", "May 1994", "1",
    "IELTS 8 7 7 7.5 on 1 March 2026", "TEF 280 233 349 349", "8 7 7 7", "75", "9", "CLB 9", "NCLC 7", "ielts academic",
    "registered nurse, Philippines, June 2019 to now, 40 h", "soudeur au Canada depuis mars 2024, 38 h", "31301", "999",
    "bachelor", "maîtrise au Maroc", "bac", "coming with me", "Inde", "Korea", "2019 to 2021", "depuis 2020", "4 years",
    "40", "full-time", "25 000 $", "25k", "USD 5000", "2015-03-02, 2018-07-09", "none", "no", "which category fits me",
    "ma note", "what if", "latest draw", "alert me about trades", "stop alerts", "22h-7h", "Manila", "10 to 7",
    "mes chances", "chances with 480", "2026-04-01 14:05:09", "où en suis-je", "delete", "stop", "back", "why",
    "change my birth date", "what is the CRS", "c'est quoi un machin", "NOC", "I was refused",
    "<b>&\"'", "\u202e\u0000", "450",
]  # fmt: skip
KEYS = [
    str(question.key(scope, place))
    for question in QUESTIONS
    for scope in question.scopes
    for place in range(3 if question.listed else 1)
]
CHOICES = sorted({choice for question in QUESTIONS for choice in question.choices} | {"0", "3", "yes", "31301", "-"})
SETTINGS = [
    "all", "mine", "types", "show", "on", "mute", "quiet", "zone", "type:cec", "type:r447", "type:?", "quiet:none",
    "reminders", "reminders:on", "reminders:off", "reminders:kind:eca", "reminders:kind:?",
    "quiet:1320:420", "quiet:1:1", "quiet:9999:1", "zone:Asia/Manila", "zone:Mars/Olympus", "zone:", "?",
]  # fmt: skip
DATA = st.one_of(
    st.builds("a:{}:{}".format, st.sampled_from(KEYS), st.sampled_from(CHOICES)),
    st.builds("{}:{}".format, st.sampled_from("uyqk"), st.sampled_from(KEYS)),
    st.builds("n:{}:{}".format, st.sampled_from(KEYS), st.sampled_from(["31301", "21231", "72106", "-", "99999"])),
    st.sampled_from(
        ["b", "c:yes", "l:fr", "l:en", "l:de", "t:more", "t:answer", "t:fit:cec", "t:fit:french", "t:fit:?"]
    ),
    st.builds("s:{}".format, st.sampled_from(SETTINGS)),
    st.builds("m:{}".format, st.sampled_from(["t:draws", "g:score", "m:b", "s:mute", "c:yes", "q:x.submitted", ""])),
    st.builds("t:draws:{}".format, st.sampled_from(["cec", "r447", "r", "researchers", "?"])),
    st.builds("g:{}".format, st.sampled_from([*GOAL_PAGES, "?"])),
    st.builds("t:{}".format, st.sampled_from([*PAGES, "?"])),
    st.builds("x:{}:{}".format, st.sampled_from(["restart", "keep", "?"]), st.integers(0, 30)),
    st.builds("o:{}:{}".format, st.integers(0, 60), st.integers(0, 6)),
    st.sampled_from(["e:l", "e:g:score", "e:g:?", "e:i:tie_break", "e:i:?", "e:c:", "e:c:refusal", "e:c:?", "e:"]),
    st.text(max_size=20),
)


class Walker(RuleBasedStateMachine):
    """Somebody who does anything at all."""

    def __init__(self) -> None:
        super().__init__()
        self.chat = Chat()

    @initialize(code=st.sampled_from([None, "fr-CA", "en", "de"]), consent=st.integers(0, 9))
    def opens(self, code: str | None, consent: int) -> None:
        self.chat.language_code = code
        self.chat.say("/start")
        if consent:
            self.chat.tap("c:yes")

    @rule(text=st.sampled_from(TEXTS))
    def types(self, text: str) -> None:
        self.chat.say(text)

    @rule(text=st.text(max_size=60))
    def types_anything(self, text: str) -> None:
        self.chat.say(text)

    @rule(name=st.sampled_from(COMMANDS))
    def commands(self, name: str) -> None:
        self.chat.say(f"/{name}")

    @rule(place=st.integers(0, 30))
    def taps_what_is_on_screen(self, place: int) -> None:
        taps = [choice for reply in self.chat.last for choice in reply.taps()]
        if taps:
            self.chat.tap(taps[place % len(taps)].data)

    @rule(place=st.integers(0, 300))
    def taps_an_old_button(self, place: int) -> None:
        taps = [choice for reply in self.chat.past[-20:] for choice in reply.taps()]
        if taps:
            self.chat.tap(taps[place % len(taps)].data)

    @rule(data=DATA)
    def taps_anything(self, data: str) -> None:
        self.chat.tap(data)

    @rule(days=st.integers(1, 400))
    def lets_time_pass(self, days: int) -> None:
        if self.chat.today < date(2029, 1, 1):
            self.chat.today += timedelta(days)

    @invariant()
    def there_is_an_answer_and_a_way_on(self) -> None:
        replies = self.chat.last
        if not replies:  # nothing was done yet
            return
        last = replies[-1]
        event(last.key)
        assert last.key == "deleted" or list(last.taps()), last.key

    @invariant()
    def nothing_is_kept_without_consent_and_what_is_kept_is_a_profile(self) -> None:
        if self.chat.saved is None:
            return
        session = Session.from_json(json.loads(json.dumps(self.chat.saved)))
        assert session.consented or not (session.answers or session.alerts)
        assert Subscription.from_json(session.alerts).as_json()["wants"] in ("off", "all", "mine", "types")
        assert all(parsed(key) is not None for key in session.answers)
        profile_of(session.answers)
        assert len(list(order_of(session))) < 1000


def order_of(session: Session) -> list[object]:
    """Every question that the interview would put, in order."""
    from conversations.dossier import Dossier

    return list(order(Dossier(session.answers)))


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


class LongWalker(Walker):
    """The same, for much longer."""


TestWalk = Walker.TestCase
TestWalk.settings = settings(max_examples=12, stateful_step_count=40, deadline=None, suppress_health_check=QUIET)
TestLongWalk = pytest.mark.soak(LongWalker.TestCase)
TestLongWalk.settings = settings(max_examples=1000, stateful_step_count=100, deadline=None, suppress_health_check=QUIET)
