"""In a measured process: tells whoever started it, as often as asked, what the process has used so far.

Standard library alone, so that bots of any environment can be measured.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable

Seconds = dict[str, float]


def answer_parent(stages: Callable[[], Seconds] = dict) -> None:
    """For each line on standard input, a JSON line on standard output; when the input ends, the process is ended.

    A line is `cpu` (seconds of processor, of user and system together), `peak` (resident memory in MB, the most so
    far), and `stages`, the seconds of whatever the process measures of itself.
    """
    threading.Thread(target=_answer, args=(stages,), name="usage", daemon=True).start()


def _answer(stages: Callable[[], Seconds]) -> None:
    for _ in sys.stdin:
        used = resource.getrusage(resource.RUSAGE_SELF)
        told = {"cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / 1024, "stages": stages()}
        print(json.dumps(told), flush=True)
    os.kill(os.getpid(), signal.SIGTERM)
