"""What Telegram takes: never more in a second than it allows, and replies do not wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.pace import PER_SECOND, Pace


class Clock:
    """Seconds that go by when they are told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


CHATS = st.integers(1, 40)
messages = st.lists(
    st.tuples(st.booleans(), CHATS, st.sampled_from((0.0, 0.001, 0.02, 0.3, 1.0, 2.5))), min_size=1, max_size=200
)
"""Whether it is a reply, its chat, and the seconds that go by before the next one is there."""


def sent(wanted: Sequence[tuple[bool, int, float]], per_second: int) -> list[tuple[float, bool, int]]:
    """Sends each as soon as it may go: when, whether it was a reply, and to which chat."""
    clock = Clock()
    pace = Pace(per_second, clock)
    went = []
    for reply, chat, gap in wanted:
        while not reply and (delay := pace.delay(chat)):
            clock.now += delay
        pace.went(chat)
        went.append((clock.now, reply, chat))
        clock.now += gap
    return went


@given(messages, st.sampled_from((1, 2, 5, PER_SECOND)))
def test_no_broadcast_makes_it_more_in_a_second_than_is_allowed(
    wanted: list[tuple[bool, int, float]], per_second: int
) -> None:
    went = sent(wanted, per_second)
    for place, (now, reply, _) in enumerate(went):
        before = [at for at, *_ in went[: place + 1] if at > now - 1.0 + 1e-9]
        assert reply or len(before) <= per_second


@given(messages)
def test_no_broadcast_is_the_second_message_of_a_second_in_its_chat(wanted: list[tuple[bool, int, float]]) -> None:
    went = sent(wanted, PER_SECOND)
    for chat in {chat for *_, chat in went}:
        for (before, *_), (now, reply, _) in pairwise(each for each in went if each[2] == chat):
            assert reply or now - before >= 1.0 - 1e-9


def test_a_broadcast_to_many_goes_as_fast_as_is_allowed() -> None:
    went = sent([(False, chat, 0.0) for chat in range(95)], PER_SECOND)
    assert Counter(now - 1_000.0 for now, *_ in went) == {0.0: 30, 1.0: 30, 2.0: 30, 3.0: 5}


def test_replies_take_from_what_a_broadcast_may_use() -> None:
    clock = Clock()
    pace = Pace(3, clock)
    for chat in (1, 2, 3):
        assert pace.delay(4) == 0
        pace.went(chat)
    assert (pace.overall(), pace.delay(4)) == (1.0, 1.0)
    clock.now += 0.25
    assert pace.delay(4) == 0.75
    clock.now += 0.75
    assert pace.delay(4) == 0


@pytest.mark.parametrize("chat", [1, 2])
def test_who_was_just_written_to_waits_and_no_other(chat: int) -> None:
    clock = Clock()
    pace = Pace(clock=clock)
    pace.went(1)
    assert (pace.chat(chat), pace.overall()) == (1.0 if chat == 1 else 0.0, 0.0)
    clock.now += 1.0
    assert pace.delay(chat) == 0


def test_nothing_goes_while_telegram_asks_to_wait() -> None:
    clock = Clock()
    pace = Pace(clock=clock)
    pace.hold(7)
    pace.hold(3)
    assert pace.delay(1) == 7
    clock.now += 6.5
    assert pace.delay(2) == 0.5
    clock.now += 0.5
    assert pace.delay(1) == 0
