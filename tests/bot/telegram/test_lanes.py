"""Lanes: in order within a chat, side by side between chats, and nothing kept of a chat that is through."""

import asyncio

import pytest

from bot.telegram.gate import Gate
from bot.telegram.lanes import Lane, Lanes


async def test_items_of_a_chat_are_done_in_order_and_those_of_others_meanwhile() -> None:
    done, over = [], asyncio.Event()

    async def work(lane: Lane[int], item: int) -> None:
        if item == 0:
            await over.wait()
        done.append((lane.chat, item))
        if lane.chat == "b" and item == 3:
            over.set()

    lanes = Lanes(work, most=100)
    for item in range(4):
        lanes.put("a", item)
    for item in range(1, 4):
        lanes.put("b", item)
    assert await lanes.finish(within=30)
    assert done == [("b", 1), ("b", 2), ("b", 3), ("a", 0), ("a", 1), ("a", 2), ("a", 3)]


async def test_nothing_is_kept_of_chats_that_are_through() -> None:
    async def work(_lane: Lane[int], _item: int) -> None:
        await asyncio.sleep(0)

    lanes = Lanes(work, most=10)
    for chat in range(1000):
        lanes.put(str(chat), 0)
        await lanes.room()
    assert await lanes.finish(within=30)
    assert len(lanes) == 0
    assert lanes._tasks == set()
    assert lanes._waiting == 0


async def test_what_comes_for_a_chat_while_its_last_mark_is_written_stays_in_order() -> None:
    mark, done = asyncio.get_running_loop().create_future(), []

    async def work(lane: Lane[int], item: int) -> None:
        await lane.settle()
        lane.unsettled = mark if item == 1 else None
        done.append(item)

    lanes = Lanes(work, most=10)
    lanes.put("a", 1)
    await asyncio.sleep(0)
    lanes.put("a", 2)
    await asyncio.sleep(0)
    assert (done, "a" in lanes) == ([1], True)
    mark.set_result(None)
    assert await lanes.finish(within=30)
    assert done == [1, 2]


async def test_there_is_no_room_while_too_much_waits() -> None:
    over = asyncio.Event()

    async def work(_lane: Lane[int], _item: int) -> None:
        await over.wait()

    lanes = Lanes(work, most=2)
    lanes.put("a", 1)
    await lanes.room()
    lanes.put("b", 1)
    waiting = asyncio.ensure_future(lanes.room())
    await asyncio.sleep(0)
    assert not waiting.done()
    over.set()
    await waiting
    assert await lanes.finish(within=30)


async def test_what_takes_too_long_is_given_up() -> None:
    async def work(_lane: Lane[int], _item: int) -> None:
        await asyncio.Event().wait()

    lanes = Lanes(work, most=10)
    lanes.put("a", 1)
    assert not await lanes.finish(within=0)
    assert len(lanes) == 0


async def test_work_that_fails_is_logged_without_its_words_and_the_lane_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done = []

    async def work(_lane: Lane[str], item: str) -> None:
        if item == "secret":
            raise ValueError(item)
        done.append(item)

    lanes = Lanes(work, most=10)
    lanes.put("a", "secret")
    lanes.put("a", "next")
    assert await lanes.finish(within=30)
    assert done == ["next"]
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text


async def test_a_gate_lets_one_through_at_a_time() -> None:
    gate, inside, most = Gate(patience=30), 0, 0

    async def pass_through() -> None:
        nonlocal inside, most
        async with gate.one():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(pass_through() for _ in range(20)))
    assert most == 1


async def test_who_dawdles_in_a_gate_holds_up_nobody() -> None:
    gate = Gate(patience=0)
    async with gate.one(), gate.one():
        pass
    async with gate.one():
        pass
