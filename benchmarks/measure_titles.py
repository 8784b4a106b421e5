"""How many titles of a list the search finds: `python -m benchmarks.measure_titles PATH...`.

A list is a CSV file with the columns `code` and `title`, packed or not, such as Statistics Canada's index. Of each list
2,000 titles of TEER 0 to 3 are drawn; first with what ships alone, then with all the lists added and each title changed
as people do: a typing error, another gender, another order of words.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from benchmarks.titles import misspelt, other_gender, other_order
from bot.occupations.file import read_titles
from bot.store.titles import Title
from scoring.search import Titles, shipped_titles

SEED = 2021
DRAWN = 2_000
SKILLED = "0123"
"""The second digits of the codes that Express Entry counts."""


def main(paths: Sequence[str]) -> None:
    """Print the shares found first and among the first five, and how long a search takes."""
    lists = {path: read_titles(Path(path).read_bytes()) for path in paths}
    everything = Titles(title for titles in lists.values() for title in titles)
    random = Random(SEED)
    for path, titles in lists.items():
        drawn = random.sample([title for title in titles if title.code[1] in SKILLED], DRAWN)
        print(Path(path).name)
        _measure("as it ships", shipped_titles(), drawn, lambda title: title)
        _measure("added, as they are", everything, drawn, lambda title: title)
        _measure("added, a typing error", everything, drawn, lambda title: misspelt(title, random))
        _measure("added, another gender", everything, drawn, other_gender)
        _measure("added, another order", everything, drawn, lambda title: other_order(title, random))


def _measure(name: str, titles: Titles, drawn: Sequence[Title], change: Callable[[str], str]) -> None:
    titles.search("nurse")  # the first search puts the titles in order
    first = among = 0
    seconds = []
    for code, title in drawn:
        typed = change(title)
        start = time.perf_counter()
        codes = [hit.code for hit in titles.search(typed)]
        seconds.append(time.perf_counter() - start)
        first += codes[:1] == [code]
        among += code in codes
    worst = sorted(seconds)[int(0.99 * len(seconds))]
    print(
        f"  {name:24} first {first / len(drawn):6.1%}  first five {among / len(drawn):6.1%}"
        f"  mean {1000 * sum(seconds) / len(seconds):5.2f} ms  99 % within {1000 * worst:5.2f} ms"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
