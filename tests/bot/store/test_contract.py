"""What every store promises, said against the protocol alone."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.store import Handle, Saved, Store, Turned
from bot.store.errors import StoreError
from tests.bot.store.conftest import TODAY, Opener
from tests.bot.store.turns import count, fail, inbound, keep, message, texts

# Receiving


async def test_what_is_received_waits_in_the_order_in_which_it_came(store: Store) -> None:
    first, second = inbound(9), inbound(4, "tg:2")
    assert await store.receive([first, second]) == [9, 4]
    assert await store.waiting() == [first, second]


async def test_an_update_received_twice_waits_once(store: Store) -> None:
    await store.receive([inbound(1, text="as it came first")])
    assert await store.receive([inbound(1), inbound(2), inbound(2)]) == [2]
    assert await store.waiting() == [inbound(1, text="as it came first"), inbound(2)]


async def test_a_handled_update_that_comes_again_is_not_new(store: Store) -> None:
    await store.receive([inbound(1)])
    await store.turn("tg:1", 1, count)
    assert await store.receive([inbound(1), inbound(2)]) == [2]
    assert await store.waiting() == [inbound(2)]


async def test_nothing_received_is_nothing_new(store: Store) -> None:
    assert await store.receive([]) == []


# Turns


async def test_a_new_chat_has_no_session_and_a_later_turn_sees_what_the_one_before_kept(store: Store) -> None:
    seen: list[Saved | None] = []

    def look(saved: Saved | None) -> Turned:
        seen.append(saved)
        return Turned({"turn": len(seen), "nested": [{"a": None}, 1.5, True]})

    assert await store.load("tg:1") is None
    await store.turn("tg:1", 1, look)
    await store.turn("tg:1", 2, look)
    assert seen == [None, {"turn": 1, "nested": [{"a": None}, 1.5, True]}]
    assert await store.load("tg:1") == {"turn": 2, "nested": [{"a": None}, 1.5, True]}
    assert await store.load("tg:2") is None


async def test_a_turn_gives_its_messages_and_they_stay_unsent_until_they_are_marked(store: Store) -> None:
    first = await store.turn("tg:1", 1, keep({}, "one", "two"))
    second = await store.turn("tg:2", 2, keep({}, "three"))
    assert first is not None
    assert second is not None
    assert [(item.chat, item.message) for item in first] == [("tg:1", message("one")), ("tg:1", message("two"))]
    assert await store.unsent() == [*first, *second]
    await store.sent([first[1].id, second[0].id])
    assert await store.unsent() == [first[0]]


async def test_a_number_of_a_message_is_never_given_again(store: Store) -> None:
    (old,) = await store.turn("tg:1", 1, keep({}, "old")) or []
    await store.sent([old.id])
    new = await store.turn("tg:1", 2, keep({}, "new"))
    await store.sent([old.id])
    assert await store.unsent() == new


async def test_sent_takes_no_offence_at_numbers_that_are_unknown(store: Store) -> None:
    await store.sent([])
    await store.sent([1, 2, 3])
    assert await store.unsent() == []


async def test_an_update_is_handled_once(store: Store) -> None:
    await store.receive([inbound(1)])
    assert texts(await store.turn("tg:1", 1, count)) == ["1"]
    assert await store.waiting() == []
    assert await store.turn("tg:1", 1, fail) is None
    assert await store.load("tg:1") == {"count": 1}


async def test_an_update_that_was_never_received_is_handled_once_too(store: Store) -> None:
    await store.turn("tg:1", 7, count)
    assert await store.turn("tg:1", 7, count) is None
    assert await store.receive([inbound(7)]) == []
    assert await store.load("tg:1") == {"count": 1}


async def test_turns_without_a_number_are_never_refused(store: Store) -> None:
    assert [texts(await store.turn("terminal", None, count)) for _ in range(3)] == [["1"], ["2"], ["3"]]


async def test_a_turn_that_fails_keeps_nothing_and_its_update_waits_on(store: Store) -> None:
    await store.receive([inbound(1)])
    await store.turn("tg:1", None, keep({"before": 1}))
    with pytest.raises(LookupError, match="this turn fails"):
        await store.turn("tg:1", 1, fail)
    assert await store.waiting() == [inbound(1)]
    assert await store.load("tg:1") == {"before": 1}
    assert await store.unsent() == []
    assert texts(await store.turn("tg:1", 1, keep({}, "now"))) == ["now"]


@pytest.mark.parametrize(
    ("turned", "error"),
    [
        (Turned({"not": object()}), TypeError),
        (Turned({"not": float("nan")}), ValueError),
        (Turned({"fine": 1}, [{"text": object()}]), TypeError),
    ],
)
async def test_what_is_no_json_is_an_error_and_nothing_of_it_is_kept(
    store: Store, turned: Turned, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await store.turn("tg:1", 1, lambda _: turned)
    assert await store.load("tg:1") is None
    assert texts(await store.turn("tg:1", 1, count)) == ["1"]


async def test_a_stop_iteration_reaches_who_asked(store: Store) -> None:
    def stop(_: Saved | None) -> Turned:
        raise StopIteration

    with pytest.raises(RuntimeError) as caught:
        await store.turn("tg:1", 1, stop)
    assert isinstance(caught.value.__cause__, StopIteration)


@pytest.mark.parametrize(
    "text", ["É « à » \N{NO-BREAK SPACE}: 😀", "\ud83d", "\x00\x1f", "'; drop table chats; --", "x" * 100_000]
)
async def test_any_text_comes_back_as_it_was(open_store: Opener, text: str) -> None:
    store = await open_store()
    await store.turn("tg:1", 1, keep({"said": text}, text))
    await store.close()
    again = await open_store()
    assert await again.load("tg:1") == {"said": text}
    assert texts(await again.unsent()) == [text]


# Dropping


async def test_a_dropped_update_is_handled_without_a_turn(store: Store) -> None:
    await store.receive([inbound(1), inbound(2)])
    await store.drop(1)
    await store.drop(1)
    assert await store.waiting() == [inbound(2)]
    assert await store.turn("tg:1", 1, fail) is None


async def test_an_update_dropped_before_it_was_received_is_not_new_either(store: Store) -> None:
    await store.drop(1)
    assert await store.receive([inbound(1)]) == []


# Removing


async def test_a_removed_chat_leaves_nothing_but_what_the_removing_turn_says(store: Store) -> None:
    await store.receive([inbound(1), inbound(2), inbound(3), inbound(4, "tg:2")])
    await store.turn("tg:1", 1, keep({"age": 33}, "never sent"))
    await store.turn("tg:2", None, keep({"age": 44}, "to somebody else"))
    farewell = await store.turn("tg:1", 2, keep(None, "all gone"))
    assert farewell is not None
    assert texts(farewell) == ["all gone"]
    assert await store.load("tg:1") is None
    assert await store.everything("tg:1") == {
        "chat": "tg:1",
        "updated_on": None,
        "session": None,
        "inbox": [],
        "outbox": [{"id": farewell[0].id, "message": message("all gone")}],
        "worth": None,
        "notices": [],
    }
    assert await store.waiting() == [inbound(4, "tg:2")]
    assert texts(await store.unsent()) == ["to somebody else", "all gone"]
    assert await store.load("tg:2") == {"age": 44}
    assert await store.chats() == 1


async def test_the_update_that_removed_a_chat_does_nothing_when_it_comes_again(store: Store) -> None:
    await store.receive([inbound(1)])
    await store.turn("tg:1", 1, keep(None))
    assert await store.turn("tg:1", 1, fail) is None
    assert await store.receive([inbound(1)]) == []


async def test_a_removed_chat_begins_anew(store: Store) -> None:
    await store.turn("tg:1", 1, count)
    await store.turn("tg:1", 2, keep(None))
    assert texts(await store.turn("tg:1", 3, count)) == ["1"]


async def test_a_chat_that_never_was_can_be_removed(store: Store) -> None:
    assert texts(await store.turn("tg:1", None, keep(None, "nothing was kept"))) == ["nothing was kept"]
    assert await store.chats() == 0


async def test_a_removal_that_fails_removes_nothing(store: Store) -> None:
    await store.turn("tg:1", 1, keep({"age": 33}))
    with pytest.raises(TypeError):
        await store.turn("tg:1", 2, lambda _: Turned(None, [{"text": object()}]))
    assert await store.load("tg:1") == {"age": 33}


# What is kept about a chat


async def test_everything_about_a_chat_is_told(store: Store) -> None:
    await store.receive([inbound(1), inbound(2), inbound(3, "tg:2")])
    sent = await store.turn("tg:1", 1, keep({"age": 33}, "hello"))
    assert sent is not None
    assert await store.everything("tg:1") == {
        "chat": "tg:1",
        "updated_on": TODAY.isoformat(),
        "session": {"age": 33},
        "inbox": [{"update_id": 2, "payload": inbound(2).payload}],
        "outbox": [{"id": sent[0].id, "message": message("hello")}],
        "worth": None,
        "notices": [],
    }


async def test_chats_are_counted(store: Store) -> None:
    assert await store.chats() == 0
    for chat in ("tg:1", "tg:2", "tg:1"):
        await store.turn(chat, None, count)
    assert await store.chats() == 2


# Many at once


async def test_turns_of_a_chat_run_in_the_order_in_which_they_were_asked_for(store: Store) -> None:
    done = await asyncio.gather(*(store.turn("tg:1", number, count) for number in range(300)))
    assert [texts(messages) for messages in done] == [[str(number)] for number in range(1, 301)]


async def test_one_that_fails_among_many_takes_nobody_with_it(store: Store) -> None:
    handles: list[Handle] = [fail if number % 7 == 3 else count for number in range(300)]
    done = await asyncio.gather(
        *(store.turn("tg:1", number, handle) for number, handle in enumerate(handles)), return_exceptions=True
    )
    failed = [number for number, result in enumerate(done) if isinstance(result, LookupError)]
    assert failed == [number for number in range(300) if number % 7 == 3]
    assert await store.load("tg:1") == {"count": 300 - len(failed)}
    assert len(await store.unsent()) == 300 - len(failed)


async def test_an_update_asked_for_many_times_at_once_is_handled_once(store: Store) -> None:
    done = await asyncio.gather(*(store.turn("tg:1", 1, count) for _ in range(50)))
    assert [result for result in done if result is not None] == [done[0]]
    assert await store.load("tg:1") == {"count": 1}


async def test_jobs_of_every_kind_run_side_by_side(store: Store) -> None:
    async def life(number: int) -> None:
        chat = f"tg:{number}"
        assert await store.receive([inbound(number, chat)]) == [number]
        messages = await store.turn(chat, number, count)
        assert texts(messages) == ["1"]
        await store.sent([message.id for message in messages or []])
        await store.turn(chat, None, keep(None) if number % 2 else count)

    await asyncio.gather(*(life(number) for number in range(100)))
    assert await store.chats() == 50
    assert await store.waiting() == []
    assert len(await store.unsent()) == 50


# Opening and closing


async def test_all_of_it_is_there_after_it_was_opened_again(open_store: Opener) -> None:
    first = await open_store()
    await first.receive([inbound(1), inbound(2)])
    sent = await first.turn("tg:1", 1, keep({"age": 33}, "hello"))
    await first.close()
    second = await open_store()
    assert await second.load("tg:1") == {"age": 33}
    assert await second.waiting() == [inbound(2)]
    assert await second.unsent() == sent
    assert await second.turn("tg:1", 1, fail) is None


async def test_two_that_are_open_at_once_see_each_other(open_store: Opener) -> None:
    one, other = await open_store(), await open_store()
    await asyncio.gather(*(store.turn("tg:1", None, count) for store in [one, other] * 50))
    assert await one.load("tg:1") == await other.load("tg:1") == {"count": 100}
    await one.turn("tg:1", 1, count)
    assert await other.turn("tg:1", 1, fail) is None


async def test_closing_finishes_what_was_asked_for(open_store: Opener) -> None:
    store = await open_store()
    asked = [asyncio.ensure_future(store.turn("tg:1", number, count)) for number in range(100)]
    await asyncio.sleep(0)  # every turn is asked for by now
    await store.close()
    assert [texts(await turn) for turn in asked] == [[str(number)] for number in range(1, 101)]


async def test_a_closed_store_says_so(store: Store) -> None:
    await store.close()
    await store.close()
    asked: list[Any] = [
        store.receive([inbound(1)]),
        store.turn("tg:1", 1, count),
        store.drop(1),
        store.sent([1]),
        store.load("tg:1"),
        store.waiting(),
        store.unsent(),
        store.everything("tg:1"),
        store.chats(),
    ]
    for refused in await asyncio.gather(*asked, return_exceptions=True):
        assert isinstance(refused, StoreError)
        assert refused.code == "closed"


async def test_a_caller_who_gave_up_leaves_the_others_in_peace(store: Store) -> None:
    turns = [asyncio.ensure_future(store.turn("tg:1", number, count)) for number in range(20)]
    await asyncio.sleep(0)
    turns[3].cancel()
    done = await asyncio.gather(*turns, return_exceptions=True)
    assert isinstance(done[3], asyncio.CancelledError)
    assert [texts(result) for result in done if isinstance(result, list)] == [[str(n)] for n in range(1, 21) if n != 4]
    # The turn of the one who gave up was kept: its message waits to be sent.
    assert len(await store.unsent()) == 20
