"""How long a search for a job title takes, with the titles that ship, and with five times as many."""

from __future__ import annotations

import time
from collections.abc import Iterator
from random import Random

from benchmarks.titles import misspelt
from scoring.resources import rows
from scoring.search import LANGUAGES, Titles

SEED = 2021
SEARCHES = 1_000
RANKS = ("assistant", "senior", "chef", "adjoint", "apprentice", "principal", "night", "bilingual")
"""What a long list adds to many titles; with these it is as long as Statistics Canada's two."""


def main() -> None:
    """Print the start-up and the searches, as typed and with a typing error."""
    titles = [(row["code"], row["title"]) for language in LANGUAGES for row in rows(f"data/titles_{language}.csv")]
    for name, more in (("shipped", []), ("with a long list", list(_longer(titles)))):
        start = time.perf_counter()
        known = Titles(more)
        known.search("nurse")
        print(f"{name}: {len(titles) + len(more):,} titles, ready after {time.perf_counter() - start:.2f} s")
        random = Random(SEED)
        drawn = [title for _, title in random.sample(titles, SEARCHES)]
        _time(known, "as they are", drawn)
        _time(known, "with a typing error", [misspelt(title, random) for title in drawn])


def _longer(titles: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for place, (code, title) in enumerate(titles):
        for step in range(4):
            yield code, f"{title} {RANKS[(place + step) % len(RANKS)]}"


def _time(titles: Titles, name: str, texts: list[str]) -> None:
    seconds = []
    for text in texts:
        start = time.perf_counter()
        titles.search(text)
        seconds.append(time.perf_counter() - start)
    seconds.sort()
    mean, late = sum(seconds) / len(seconds), seconds[int(0.99 * len(seconds))]
    print(f"  {name}: mean {1000 * mean:.2f} ms, 99 % within {1000 * late:.2f} ms (limit: 20 ms)")
