"""`python -m benchmarks.bot_tirage URL TOKEN DB DAY [--stages]`: `tirage run` itself, measured from inside."""

from __future__ import annotations

import os
import sys

from benchmarks.bot_stages import stages, watch
from benchmarks.bot_usage import answer_parent
from bot.cli import main as tirage


def main(url: str, token: str, db: str, day: str, *how: str) -> None:
    """Run it. `--stages`: also add up where its time goes, which takes some of its own."""
    watched = "--stages" in how
    if watched:
        watch()
    answer_parent(stages if watched else dict)
    os.environ |= {"TIRAGE_TELEGRAM_TOKEN": token, "TIRAGE_TELEGRAM_API_URL": url, "TIRAGE_LOG_LEVEL": "warning"}
    sys.argv = ["tirage", "run", "--db", db, "--today", day]
    tirage()


if __name__ == "__main__":
    main(*sys.argv[1:])
