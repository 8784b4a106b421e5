"""What the complete bot costs: `tirage run` beside echo bots, all against a Bot API server on loopback, in one run.

A turn is whatever a person does and the bot's replies to it. A second is one of the processor's, of the bot's own
process. The echo of python-telegram-bot uses the transport of `tirage run`. That of aiogram runs where the variable
BENCH_PYTHON_AIOGRAM names a Python that has aiogram 3: its pins are not ours, so it has an environment of its own.

    python3 -m venv /somewhere && /somewhere/bin/pip install 'aiogram>=3,<4'
    BENCH_PYTHON_AIOGRAM=/somewhere/bin/python make bench

BENCH_FULL=1 looks at the memory over 100,000 chats, not only 10,000: about ten minutes more.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bot_people import RESULTS, TODAY, Person, people
from benchmarks.bot_processes import Bot, Turns, running

TIRAGE, PTB, AIOGRAM = "tirage", f"python-telegram-bot {version('python-telegram-bot')}", "aiogram"
AIOGRAM_VARIABLE = "BENCH_PYTHON_AIOGRAM"

PEOPLE = 100
ROUNDS = 3
CHATS = 2
"""Chats of each person in a round, all at the same time."""
TARGET_SHARE = 0.45

IN_FLIGHT = 5
"""Chats of each person at a time where waits are measured, and how many of them one after another."""
LAPS = 2
LATENCY = 0.05
TARGET_WAIT = 1.0

WARM = 5
"""Whole conversations of each person before memory is looked at: what is kept of results is full by then."""
SHORT, WHOLE_EVERY = 4, 20
"""Then people take so many steps, and one in so many goes through a whole conversation."""


def main() -> None:
    """Print the figures of the bot."""
    asyncio.run(_measure())


async def _measure() -> None:
    folk = people(PEOPLE)
    _tell_mix(folk)
    async with AsyncExitStack() as stack:
        bots = await _bots(stack)
        await _speeds(bots, folk)
        await _waits(bots, folk)
    await _stages(folk)
    await _memory(folk)


def _tell_mix(folk: Sequence[Person]) -> None:
    replies = Counter("question" if step.reply[:4] == "ask/" else step.reply for one in folk for step in one.steps)
    turns = replies.total()
    shares = ", ".join(f"{name} {count / turns:.0%}" for name, count in replies.most_common())
    results = sum(count for name, count in replies.items() if name in RESULTS)
    print(f"{len(folk)} people, half of them in French, new facts in every chat; {turns / len(folk):.1f} turns in each")
    print(f"  what they get: {shares}; pages of results {results / turns:.0%}")


# -- the bots


async def _bots(stack: AsyncExitStack) -> dict[str, Bot]:
    """Those that there are, each polling a server of its own; all have run once through everything."""
    bots = {PTB: await stack.enter_async_context(running(sys.executable, "benchmarks.bot_ptb", echo=True))}
    python = _aiogram()
    if python is not None:
        bots[AIOGRAM] = await stack.enter_async_context(running(python, "benchmarks.bot_aiogram", echo=True))
    return {**bots, TIRAGE: await stack.enter_async_context(_tirage())}


@asynccontextmanager
async def _tirage(*how: str) -> AsyncIterator[Bot]:
    with TemporaryDirectory() as folder:
        given = str(Path(folder) / "tirage.db"), TODAY.isoformat(), *how
        async with running(sys.executable, "benchmarks.bot_tirage", *given) as bot:
            yield bot


def _aiogram() -> str | None:
    """The Python that has aiogram; None where none does."""
    python = os.environ.get(AIOGRAM_VARIABLE, sys.executable)
    tried = subprocess.run([python, "-c", "import aiogram"], check=False, capture_output=True)
    return python if tried.returncode == 0 else None


# -- what is measured


async def _speeds(bots: dict[str, Bot], folk: Sequence[Person]) -> None:
    """Turns per second of processor: the best of some rounds, in which the bots take turns."""
    best: dict[str, float] = {}
    for bot in bots.values():
        await bot.talk(folk, 1, 1)
    for _ in range(ROUNDS):
        for name, bot in bots.items():
            for part, turns in (await _round(bot, folk, parts=name == TIRAGE)).items():
                label = f"{name}, {part}"
                best[label] = max(best.get(label, 0.0), turns.per_second)
    echo = best[f"{PTB}, echo"]
    print(f"turns in a second of the bot's processor (best of {ROUNDS} rounds); x: times the first")
    for label, figure in best.items():
        target = f" (target {TARGET_SHARE})" if label.endswith("conversations") else ""
        print(f"  {label:36} {figure:8,.0f}   {figure / echo:5.2f} x{target}")
    if AIOGRAM not in bots:
        print(f"  {AIOGRAM}, echo: not installed ({AIOGRAM_VARIABLE} names a Python that has it)")


async def _round(bot: Bot, folk: Sequence[Person], *, parts: bool) -> dict[str, Turns]:
    if not parts:
        return {"echo": await bot.talk(folk, CHATS, CHATS)}
    first = bot.new_chats()
    return {
        "whole conversations": await bot.talk(folk, CHATS, CHATS),
        "questions alone": await bot.talk([one.before_results() for one in folk], CHATS, CHATS, first=first),
        "results alone": await bot.talk([one.from_results() for one in folk], CHATS, CHATS, first=first),
    }


async def _waits(bots: dict[str, Bot], folk: Sequence[Person]) -> None:
    in_flight = IN_FLIGHT * len(folk)
    print(f"seconds from a message to the reply, {in_flight} chats in flight, {LATENCY * 1000:.0f} ms for every call")
    for name, bot in bots.items():
        bot.api.latency = LATENCY
        waits = await bot.waits(folk, LAPS, IN_FLIGHT)
        bot.api.latency = 0.0
        target = f" (target {TARGET_WAIT:.0f})" if name == TIRAGE else ""
        told = f"p50 {waits.percentile(0.5):5.2f}   p99 {waits.percentile(0.99):5.2f}{target}"
        rate = len(waits.waits) / waits.seconds
        print(f"  {name:36} {told:34} {rate:6,.0f} turns a second of the clock, of which it computes {waits.busy:.0%}")


async def _stages(folk: Sequence[Person]) -> None:
    """Where the time goes, in a run of its own: to measure it takes some."""
    async with _tirage("--stages") as bot:
        await bot.talk(folk, 1, 1)
        spent = await _round(bot, folk, parts=True)
    names = [*next(iter(spent.values())).stages, "rest", "all"]
    print("microseconds of processor in a turn of tirage" + "".join(f"{name:>8}" for name in names))
    for part, turns in spent.items():
        seconds = [*turns.stages.values(), turns.cpu - sum(turns.stages.values()), turns.cpu]
        print(f"  {part:43}" + "".join(f"{each / turns.count * 1e6:8.0f}" for each in seconds))


async def _memory(folk: Sequence[Person]) -> None:
    """The most memory after a tenth of the chats, and after all of them."""
    chats = 100_000 if os.environ.get("BENCH_FULL") else 10_000
    few = [one if place % WHOLE_EVERY == 0 else one.beginning(SHORT) for place, one in enumerate(folk)]
    tenth = chats // 10 // len(folk)
    async with _tirage() as bot:
        await bot.talk(folk, WARM, CHATS)
        await bot.talk(few, tenth, CHATS)
        early = (await bot.used()).peak
        turns = await bot.talk(few, 9 * tenth, CHATS)
        late = (await bot.used()).peak
    print(
        f"memory over {chats:,} chats: peak {late:.0f} MB at the end, {late / early:.2f} x the peak after the first "
        f"tenth ({turns.per_second:,.0f} turns in a second of its processor)"
    )
