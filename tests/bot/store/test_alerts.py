"""Who wants to hear of a round, who is told when, and what becomes of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.store import Saved, Store, Turned
from bot.store.notices import Notice, Refreshed, State
from conversations.subscription import Quiet, Subscription
from scoring.draws import Round, shipped

TODAY = "2031-03-12"
RULES = "rules of today"
NEVER = "9999-12-31"
CEC = Round("903", date(2031, 3, 11), "cec", "", "Canadian Experience Class", 2468, 512, "")
FRENCH = Round("904", date(2031, 3, 12), "french", "2031-v4", "French, 2031-Version 4", 4321, 404, "")
NEW = Round("905", date(2031, 3, 13), "new_keepers", "2031-v1", "Keepers, 2031-Version 1", 7, 187, "")


async def wants(store: Store, chat: str, wants: Any, *types: str, quiet: Quiet | None = None) -> None:
    told = Subscription(wants, types, "America/Toronto" if quiet else None, quiet).as_json()
    await store.turn(chat, None, lambda _: Turned({"who": chat}, subscription=told))


async def answers(store: Store, chat: str) -> None:
    await store.turn(chat, None, lambda saved: Turned(saved or {}, changed=True))


async def worth(store: Store, chat: str, low: int, high: int, *fits: str, due: str = NEVER, rules: str = RULES) -> None:
    """Keep what a chat is worth, as it is worked out when its day comes."""
    for stale in await store.stale(NEVER, RULES, 1000):
        if stale.chat == chat:
            verdicts = dict.fromkeys(fits, "fits")
            listed = [*fits, "?"] if stale.wants == "mine" else None
            await store.keep_worth([Refreshed(chat, stale.seq, due, rules, low, high, verdicts, {"low": low}, listed)])


async def told_of(store: Store, *rounds: Round, most: int = 100) -> list[str]:
    """Announce rounds, put them into the queues, and say who is told, in order."""
    await store.announce(rounds)
    for subject in await store.unfinished():
        reached: str | None = subject.reached
        while reached is not None:
            reached = await store.fan_out(subject._replace(reached=reached), most)
    return [notice.chat for notice in await store.to_send("tg:", 1000)]


async def notice_of(store: Store, chat: str) -> Notice:
    (found,) = [each for each in await store.to_send("tg:", 1000) if each.chat == chat]
    return found


# -- whom a round concerns


@pytest.mark.parametrize(
    ("held", "told"),
    [(CEC, ["tg:all", "tg:cec", "tg:mine"]), (FRENCH, ["tg:all", "tg:french"]), (NEW, ["tg:all", "tg:mine"])],
)
async def test_a_round_concerns_those_who_want_all_its_type_or_what_fits(
    store: Store, held: Round, told: list[str]
) -> None:
    await wants(store, "tg:all", "all")
    await wants(store, "tg:cec", "types", "cec", "pnp")
    await wants(store, "tg:french", "types", "french")
    await wants(store, "tg:mine", "mine")
    await wants(store, "tg:off", "off")
    await store.turn("tg:silent", None, lambda _: Turned({}))
    await worth(store, "tg:mine", 500, 500, "cec")
    before = await store.audience(held)
    assert (before.total, before.by_language, before.announced) == (len(told), {"en": len(told)}, False)
    assert sorted(await told_of(store, held)) == told
    assert (await store.audience(held)).announced


async def test_who_wants_what_concerns_them_hears_of_nothing_before_it_is_worked_out(store: Store) -> None:
    await wants(store, "tg:mine", "mine")
    assert await told_of(store, CEC) == []


async def test_to_change_the_quiet_hours_leaves_what_was_worked_out(store: Store) -> None:
    await wants(store, "tg:mine", "mine")
    await worth(store, "tg:mine", 500, 500, "cec")
    await wants(store, "tg:mine", "mine", quiet=Quiet(1320, 420))
    assert await told_of(store, CEC) == ["tg:mine"]


async def test_other_wishes_take_the_place_of_those_before(store: Store) -> None:
    await wants(store, "tg:1", "all")
    await wants(store, "tg:1", "types", "french")
    assert await told_of(store, CEC) == []
    assert await told_of(store, FRENCH) == ["tg:1"]


@pytest.mark.parametrize("most", [1, 2, 3, 100])
async def test_each_chat_is_told_once_however_the_queue_is_filled(store: Store, most: int) -> None:
    for number in range(5):
        await wants(store, f"tg:{number}", "all")
    told = await told_of(store, CEC, most=most)
    assert sorted(told) == [f"tg:{number}" for number in range(5)]
    assert await told_of(store, CEC, most=most) == told


async def test_a_queue_that_was_half_filled_goes_on_where_it_stopped(store: Store) -> None:
    for number in range(5):
        await wants(store, f"tg:{number}", "all")
    await store.announce([CEC])
    (subject,) = await store.unfinished()
    assert await store.fan_out(subject, 2) == "tg:1"
    (again,) = await store.unfinished()
    assert again.reached == "tg:1"
    assert len(await told_of(store)) == 5


async def test_those_who_were_invited_come_first_then_those_who_may_have_been(store: Store) -> None:
    for chat, low, high, fits in [
        ("tg:a", 400, 400, ["cec"]),
        ("tg:b", 500, 512, ["cec"]),
        ("tg:c", 513, 513, ["cec"]),
        ("tg:d", 600, 600, ["french"]),
        ("tg:e", 512, 512, ["cec"]),
    ]:
        await wants(store, chat, "all")
        await worth(store, chat, low, high, *fits)
    await wants(store, "tg:f", "all")
    assert (await store.audience(CEC)).by_rank == {"invited": 1, "perhaps": 2, "others": 3}
    assert await told_of(store, CEC) == ["tg:c", "tg:b", "tg:e", "tg:a", "tg:d", "tg:f"]


# -- what a profile is worth


async def test_what_a_profile_is_worth_is_worked_out_when_it_is_new_answered_due_or_under_other_rules(
    store: Store,
) -> None:
    async def due(today: str = TODAY, rules: str = RULES) -> list[tuple[str, bool]]:
        return [(each.chat, each.answered) for each in await store.stale(today, rules, 10)]

    await wants(store, "tg:1", "all")
    assert await due() == [("tg:1", True)]
    await worth(store, "tg:1", 400, 400, due="2031-03-13")
    assert await due() == []
    assert await due("2031-03-13") == [("tg:1", False)]
    assert await due(rules="others") == [("tg:1", False)]
    await answers(store, "tg:1")
    assert await due() == [("tg:1", True)]
    await answers(store, "tg:2")
    assert await due() == [("tg:1", True)]


async def test_what_was_worked_out_from_older_answers_is_not_kept(store: Store) -> None:
    await wants(store, "tg:1", "mine")
    (stale,) = await store.stale(TODAY, RULES, 10)
    await answers(store, "tg:1")
    await store.keep_worth([Refreshed("tg:1", stale.seq, NEVER, RULES, 1, 1, {"cec": "fits"}, {}, ["cec"])])
    (again,) = await store.stale(TODAY, RULES, 10)
    assert again.answered
    assert again.kept is None
    assert await told_of(store, CEC) == []


async def test_a_message_that_follows_from_a_change_of_rules_is_queued_once(store: Store) -> None:
    await wants(store, "tg:1", "all")
    for _ in range(2):
        (stale,) = await store.stale(NEVER, RULES, 10)
        told = [("rules:2031-03-01", {"since": "2031-03-01", "points": -50})]
        await store.keep_worth([Refreshed("tg:1", stale.seq, TODAY, RULES, 1, 1, {}, {}, None, told)])
    notice = await notice_of(store, "tg:1")
    assert (notice.kind, notice.told) == ("rules", {"since": "2031-03-01", "points": -50})
    await store.delivered(notice, 7, "d", 1)
    (stale,) = await store.stale(NEVER, RULES, 10)
    await store.keep_worth([Refreshed("tg:1", stale.seq, TODAY, RULES, 1, 1, {}, {}, None, told)])
    assert await store.to_send("tg:", 10) == []


# -- what becomes of a notice


async def test_a_notice_that_went_out_is_not_sent_again(store: Store) -> None:
    await wants(store, "tg:1", "all")
    await told_of(store, CEC)
    notice = await notice_of(store, "tg:1")
    assert (notice.subject, notice.state, notice.message_id) == ("round:903", State.WAITING, None)
    assert notice.subscriber is not None
    assert notice.subscriber.session == {"who": "tg:1"}
    await store.delivered(notice, 31, "digest", 1_930_000_000)
    assert await told_of(store, CEC) == []
    assert await store.waiting_notices() == {"sent": 1}


async def test_a_correction_edits_what_went_out_and_sends_nothing_new(store: Store) -> None:
    await wants(store, "tg:1", "all")
    await wants(store, "tg:2", "all")
    await told_of(store, CEC)
    await store.delivered(await notice_of(store, "tg:1"), 31, "digest", 1)
    await store.never(await notice_of(store, "tg:2"))
    await wants(store, "tg:3", "all")
    await store.announce([], [CEC])
    assert await told_of(store) == ["tg:1"]
    notice = await notice_of(store, "tg:1")
    assert (notice.state, notice.message_id, notice.digest) == (State.EDIT, 31, "digest")
    await store.delivered(notice, 31, "other", 2)
    assert await store.to_send("tg:", 10) == []


async def test_a_message_written_from_rounds_that_are_other_ones_by_now_does_not_count_as_sent(store: Store) -> None:
    await wants(store, "tg:1", "all")
    await told_of(store, CEC)
    notice, known = await notice_of(store, "tg:1"), await store.history_version()
    await store.seed(shipped(), datetime(2031, 3, 12, tzinfo=UTC))
    assert not await store.delivered(notice, 31, "digest", 1, known=known)
    assert await notice_of(store, "tg:1") == notice
    assert await store.delivered(notice, 31, "digest", 1, known=await store.history_version())
    assert await store.waiting_notices() == {"sent": 1}


async def test_a_message_that_was_corrected_on_its_way_is_edited_next(store: Store) -> None:
    await wants(store, "tg:1", "all")
    await told_of(store, CEC)
    await store.delivered(await notice_of(store, "tg:1"), 31, "digest", 1, outdated=True)
    notice = await notice_of(store, "tg:1")
    assert (notice.state, notice.message_id, notice.digest) == (State.EDIT, 31, "digest")


async def test_what_is_in_line_is_looked_up_again_as_it_stands_now(store: Store) -> None:
    for chat in ("tg:1", "tg:2", "tg:3", "tg:4"):
        await wants(store, chat, "all")
    await told_of(store, CEC)
    queued = await store.to_send("tg:", 10)
    await wants(store, "tg:2", "off")
    await store.turn("tg:3", None, lambda _: Turned(None))
    await store.later(queued[3], 1_930_000_000)
    assert [await store.still(notice) for notice in queued] == [queued[0], None, None, None]


async def test_a_correction_of_a_round_that_was_never_announced_is_told_to_nobody(store: Store) -> None:
    await wants(store, "tg:1", "all")
    await store.announce([], [CEC])
    assert await told_of(store) == []


@pytest.mark.parametrize(("now", "sent"), [(999, False), (1000, True), (1001, True)])
async def test_a_notice_waits_until_the_quiet_hours_end(store: Store, now: int, sent: bool) -> None:
    await wants(store, "tg:1", "all", quiet=Quiet(1320, 420))
    await told_of(store, CEC)
    notice = await notice_of(store, "tg:1")
    assert notice.subscriber is not None
    assert (notice.subscriber.zone, notice.subscriber.quiet_begins, notice.subscriber.quiet_ends) == (
        "America/Toronto", 1320, 420,
    )  # fmt: skip
    await store.later(notice, 1000)
    assert await store.to_send("tg:", 10) == []
    assert await store.wake(now) == (None if sent else 1000)
    assert [each.chat for each in await store.to_send("tg:", 10)] == (["tg:1"] if sent else [])


async def test_who_is_silent_gets_nothing_more_until_they_speak(store: Store) -> None:
    await wants(store, "tg:1", "all")
    await told_of(store, CEC)
    await store.silence("tg:1")
    assert await told_of(store, FRENCH) == []
    assert await store.load("tg:1") == {"who": "tg:1"}
    await answers(store, "tg:1")
    assert await told_of(store, NEW) == ["tg:1"]


async def test_to_stop_the_alerts_takes_back_what_waits(store: Store) -> None:
    await wants(store, "tg:1", "all")
    await told_of(store, CEC)
    await wants(store, "tg:1", "off")
    assert await store.to_send("tg:", 10) == []
    assert await store.waiting_notices() == {"never": 1}


async def test_a_removed_chat_is_told_nothing_and_leaves_nothing(store: Store) -> None:
    await wants(store, "tg:1", "all")
    await worth(store, "tg:1", 400, 400)
    await told_of(store, CEC)
    kept = await store.everything("tg:1")
    assert kept["worth"] == {"low": 400}
    assert kept["notices"] == [{"about": "round:903", "state": "waiting", "at": None}]
    await store.turn("tg:1", None, lambda _: Turned(None))
    kept = await store.everything("tg:1")
    assert (kept["worth"], kept["notices"]) == (None, [])
    assert await told_of(store, FRENCH) == []
    assert await store.stale(NEVER, RULES, 10) == []


async def test_a_chat_of_another_channel_is_not_among_those_to_send(store: Store) -> None:
    await wants(store, "terminal", "all")
    assert await told_of(store, CEC) == []
    assert [each.chat for each in await store.to_send("terminal", 10)] == ["terminal"]


async def test_what_was_told_is_forgotten_after_a_while_and_is_not_announced_again(store: Store) -> None:
    await wants(store, "tg:1", "all")
    await told_of(store, CEC)
    await store.delivered(await notice_of(store, "tg:1"), 1, "d", 1)
    await store.prune("2031-03-11")
    assert await store.waiting_notices() == {"sent": 1}
    await store.prune("2031-03-12")
    assert await store.waiting_notices() == {}
    assert await told_of(store, CEC) == []


async def test_a_turn_that_fails_subscribes_to_nothing(store: Store) -> None:
    def fails(_: Saved | None) -> Turned:
        raise LookupError

    with pytest.raises(LookupError):
        await store.turn("tg:1", None, fails)
    assert await told_of(store, CEC) == []


async def test_a_turn_may_say_all_that_is_kept(store: Store) -> None:
    await wants(store, "tg:1", "all")
    await worth(store, "tg:1", 400, 400)
    await told_of(store, CEC)
    sent = await store.turn("tg:1", None, lambda saved: Turned(saved, finish=lambda kept: [{"text": kept}]))
    assert sent is not None
    told = {"worth": {"low": 400}, "notices": [{"about": "round:903", "state": "waiting", "at": None}]}
    assert sent[0].message == {"text": told}
