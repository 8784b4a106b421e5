"""draft"""
from __future__ import annotations
import asyncio, os, sys, tempfile, time
from pathlib import Path
from benchmarks.bot_people import people, TODAY
from benchmarks.bot_processes import running
from contextlib import AsyncExitStack

async def bench():
    folk = people(int(os.environ.get("N", 100)))
    asking = [p.before_results() for p in folk]
    results = [p.from_results() for p in folk]
    print("turns", sum(len(p.steps) for p in folk), flush=True)
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        db = str(Path(folder) / "t.db")
        bots = {"tirage": await stack.enter_async_context(running(sys.executable, "benchmarks.bot_tirage", db, TODAY.isoformat())),
         "ptb": await stack.enter_async_context(running(sys.executable, "benchmarks.bot_ptb", echo=True))}
        ai = os.environ.get("BENCH_PYTHON_AIOGRAM")
        if ai: bots["aiogram"] = await stack.enter_async_context(running(ai, "benchmarks.bot_aiogram", echo=True))
        for bot in bots.values(): await bot.talk(folk[:10], 1, 1)
        for r in range(2):
          for name, bot in bots.items():
            async def show(what, *a, **k):
                t=time.perf_counter(); x = await bot.talk(*a, **k); s=time.perf_counter()-t
                print(f"{name:8} {what:10} {x.count:6} {x.per_second:8.0f}/cpu-s {x.count/s:8.0f}/s p50 {x.percentile(.5):.3f} p99 {x.percentile(.99):.3f}", flush=True)
            await show("whole", folk, 2, 2)
            if name == "tirage":
                first = bot.numbers()
                await show("asking", asking, 4, 2, first=first)
                await show("results", results, 2, 2, first=first)
        for bot in bots.values(): await bot.server.latency(0.05)
        for name, bot in bots.items():
                await show("latency", folk, 10, 5)

def main(): asyncio.run(bench())
