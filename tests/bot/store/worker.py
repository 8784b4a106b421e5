"""A process that works on a store until it is done or killed; the tests start it and read what it says.

count PATH TURNS: so many turns on one chat, each with a number that another process may take first.
serve PATH FIRST LEAVE: receives updates from the number FIRST on and handles them, and what waited before. In the turn
with the number LEAVE it kills itself, in the middle of a transaction; 0: never.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys

from bot.store import Handle, Saved, Turned
from bot.store.sqlite import SqliteStore
from tests.bot.store.turns import count, inbound, message

CHATS = 5
POLLED = 20


def say(word: str, number: int) -> None:
    """One line, out of this process at once: what is killed loses what it had not yet written."""
    os.write(1, f"{word} {number}\n".encode())


async def count_turns(path: str, turns: int) -> None:
    async with await SqliteStore.open(path, patience=60.0) as store:
        for first in range(0, turns, 10):
            await asyncio.gather(*(store.turn("tg:1", number, count) for number in range(first, first + 10)))
            await store.turn("tg:2", None, count)


def handling(number: int, leave: int) -> Handle:
    def handle(saved: Saved | None) -> Turned:
        done = (saved or {"done": []})["done"]
        if number == leave:
            os.kill(os.getpid(), signal.SIGKILL)
        return Turned({"done": [*done, number]}, [message(str(number))])

    return handle


async def serve(path: str, first: int, leave: int) -> None:
    async with await SqliteStore.open(path) as store:

        async def handle(chat: str, number: int) -> None:
            await store.turn(chat, number, handling(number, leave))
            say("handled", number)

        await asyncio.gather(*(handle(update.chat, update.update_id) for update in await store.waiting()))
        while True:
            updates = [inbound(number, f"tg:{number % CHATS}") for number in range(first, first + POLLED)]
            first += POLLED
            await store.receive(updates)
            say("received", first - 1)
            await asyncio.gather(*(handle(update.chat, update.update_id) for update in updates))


if __name__ == "__main__":
    what, path, *numbers = sys.argv[1:]
    asyncio.run(count_turns(path, *map(int, numbers)) if what == "count" else serve(path, *map(int, numbers)))
