"""A real terminal for a process: what it prints is awaited, and keys are sent as a keyboard sends them."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.project import ROOT

PATIENCE = 60.0
"""Seconds without a byte after which a program that is awaited is taken to hang."""
LINES = 40
WHERE = b"\x1b[6n"
"""The program asks where the cursor is; a terminal answers."""
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\].*?(?:\x07|\x1b\\)|[@-Z\\^_=>])")
# Makes the terminal the one that sends signals, as a shell does, then becomes the program.
_LAUNCH = """
import os, sys
os.close(os.open(os.ttyname(0), os.O_RDWR))
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


class Console:
    """A process of Python in a terminal of so many columns. `with` ends it, however it stands."""

    def __init__(
        self, arguments: Sequence[str], folder: Path, *, columns: int = 80, env: Mapping[str, str] | None = None
    ) -> None:
        self.end, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (LINES, columns))
        self.process = subprocess.Popen(
            [sys.executable, "-c", _LAUNCH, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=folder,
            env=environment(folder) | {"TERM": "xterm-256color"} | dict(env or {}),
            start_new_session=True,
        )
        os.close(theirs)
        self.raw = b""
        self._seen = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.kill()
        os.close(self.end)

    @property
    def text(self) -> str:
        """Everything that was printed, without escape sequences; every space as an ordinary one."""
        shown = _ESCAPES.sub("", self.raw.decode("utf-8", "replace"))
        return shown.replace("\r", "").replace("\N{NO-BREAK SPACE}", " ")

    def expect(self, text: str) -> str:
        """Wait until a text is printed after what was awaited before. Returns what was printed up to its end."""
        while (place := self.text.find(text, self._seen)) < 0:
            assert self._read(), f"ended without {text!r}:\n{self.text[self._seen :]}"
        shown = self.text[self._seen : place + len(text)]
        self._seen = place + len(text)
        return shown

    def send(self, keys: str) -> None:
        """Press keys; Enter is `\\r`."""
        os.write(self.end, keys.encode())

    def ends(self) -> int:
        """Wait for the end of the process. Returns its exit status."""
        while self._read():
            pass
        return self.process.wait()

    def kill(self) -> None:
        """End the process at once."""
        self.process.kill()
        self.process.wait()

    def _read(self) -> bool:
        ready, _, _ = select.select([self.end], [], [], PATIENCE)
        assert ready, f"nothing more came after:\n{self.text[self._seen :]}"
        try:
            read = os.read(self.end, 65536)
        except OSError:  # the last process that had the terminal open is gone
            return False
        self.raw += read
        for _question in range(read.count(WHERE)):
            os.write(self.end, b"\x1b[%d;1R" % LINES)
        return bool(read)


def environment(folder: Path) -> dict[str, str]:
    """What a process is told, with a folder as its home."""
    return {
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
    }
