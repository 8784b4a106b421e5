"""How long it takes to understand a sentence: those of the tests, mutated ones, and random ones."""

from __future__ import annotations

from datetime import date
from time import perf_counter

from bot.build import reader
from tests.conversations.understanding.mutated import mutated, sentences

TODAY = date(2026, 11, 22)
COUNT, TARGET = 5_000, 50.0


def main() -> None:
    """Print the middle, the slowest hundredth and the slowest, in milliseconds."""
    reader().understand("welder, 3 years as a nurse in Manila", TODAY)
    _measure("sentences of the tests", sentences())
    _measure(f"{COUNT:,} random and mutated", list(mutated(seed=1, count=COUNT)))


def _measure(what: str, texts: list[str]) -> None:
    took = sorted(_one(text) for text in texts)
    middle, slow = took[len(took) // 2], took[int(len(took) * 0.99)]
    print(
        f"{what}: half under {middle:.1f} ms, 99 % under {slow:.1f} ms (target {TARGET:g}), all under {took[-1]:.1f} ms"
    )


def _one(text: str) -> float:
    began = perf_counter()
    reader().understand(text, TODAY)
    return (perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
