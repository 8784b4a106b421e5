"""Several processes on one file, and processes that are killed while they write."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bot.store.sqlite import SqliteStore
from tests.bot.store.turns import texts
from tests.bot.store.worker import CHATS
from tests.project import ROOT


def start(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.bot.store.worker", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


async def test_two_processes_lose_no_turn_of_each_other_and_handle_no_update_twice(tmp_path: Path) -> None:
    path = tmp_path / "tirage.db"
    workers = [start("count", path, 400) for _ in range(2)]
    assert [worker.wait() for worker in workers] == [0, 0]
    for worker in workers:
        worker.communicate()
    async with await SqliteStore.open(path) as store:
        assert await store.load("tg:1") == {"count": 400}  # both took the same 400 numbers
        assert await store.load("tg:2") == {"count": 80}  # each did its own 40


class Told:
    """What the processes said before they were killed."""

    def __init__(self) -> None:
        self.received = -1
        self.handled: set[int] = set()

    def read(self, line: str) -> None:
        word, number = line.split()
        if word == "received":
            self.received = max(self.received, int(number))
        else:
            self.handled.add(int(number))


def run_and_kill(path: Path, told: Told, chance: random.Random) -> None:
    """One life: killed by itself in the middle of a transaction, or from outside wherever it happens to be."""
    first = told.received + 1_000  # of what was received untold, nothing is received again
    lines = chance.randrange(1, 150)
    leave = first + chance.randrange(100) if chance.random() < 0.5 else 0
    worker = start("serve", path, first, leave)
    assert worker.stdout is not None
    for _ in range(lines):
        line = worker.stdout.readline()
        if not line:
            break
        told.read(line)
    worker.kill()
    for line in worker.communicate()[0].splitlines():
        told.read(line)
    assert worker.returncode == -signal.SIGKILL


async def check(path: Path, told: Told) -> None:
    async with await SqliteStore.open(path) as store:
        waiting = [update.update_id for update in await store.waiting()]
        sessions = [await store.load(f"tg:{chat}") or {"done": []} for chat in range(CHATS)]
        done = [number for session in sessions for number in session["done"]]
        answers = [int(text) for text in texts(await store.unsent())]
    assert max(Counter(waiting + done).values()) == 1  # either waiting or handled, and once
    assert sorted(answers) == sorted(done)  # each handled one has its answer
    assert told.handled <= set(done)  # nothing that was told is lost
    assert told.received in {*waiting, *done, -1}
    assert all(session["done"] == sorted(session["done"]) for session in sessions)  # in order


async def live(path: Path, seed: int, lives: int) -> None:
    chance = random.Random(seed)
    told = Told()
    for _ in range(lives):
        run_and_kill(path, told, chance)
        await check(path, told)
    assert told.handled


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_killed_process_leaves_each_update_either_waiting_or_handled(tmp_path: Path, seed: int) -> None:
    await live(tmp_path / "tirage.db", seed, lives=4)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
async def test_many_killed_processes_leave_each_update_either_waiting_or_handled(tmp_path: Path, seed: int) -> None:
    await live(tmp_path / "tirage.db", 1_000 + seed, lives=30)
