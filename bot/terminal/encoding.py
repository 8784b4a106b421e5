"""Output that never fails: in UTF-8 where a program reads it, in the nearest signs where a terminal has fewer."""

from __future__ import annotations

import codecs
import sys
import unicodedata
from io import TextIOWrapper

NEAREST = "tirage.nearest"
_SIGNS = str.maketrans(
    {
        "’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "−": "-", "×": "x",
        "•": "*", "→": "->", "≥": ">=", "≤": "<=", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE",
    }
)  # fmt: skip


def prepare(interactive: bool) -> None:
    """Set up standard output: for a terminal in its own encoding, else in UTF-8."""
    codecs.register_error(NEAREST, nearest)
    if isinstance(sys.stdout, TextIOWrapper):
        if interactive:
            sys.stdout.reconfigure(errors=NEAREST)
        else:
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")


def nearest(error: UnicodeError) -> tuple[str, int]:
    """For `codecs.register_error`: what stands in ASCII for signs that an encoding lacks. Raises any other error."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_ascii, error.object[error.start : error.end])), error.end


def _ascii(sign: str) -> str:
    text = unicodedata.normalize("NFKD", sign.translate(_SIGNS)).encode("ascii", "ignore").decode()
    return text or ("" if unicodedata.combining(sign) else "?")
