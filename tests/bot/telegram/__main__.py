"""`python -m tests.bot.telegram URL TOKEN DB LEVEL`: the process of `tirage run`, with an assistant that counts."""

import sys
from pathlib import Path

from bot.telegram.parts import Connection
from bot.telegram.run import run
from bot.wording import Wording
from tests.bot.telegram.counting import counting

if __name__ == "__main__":
    url, token, db, level = sys.argv[1:]
    run(lambda: counting(Path(db)), Wording(), Connection(token, url), level)
