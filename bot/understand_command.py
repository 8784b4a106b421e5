"""`tirage understand`: a sentence to what it asks for and what it tells, as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

import click

from bot.command import Command, Day, OneOf
from bot.words import LANGUAGES

Words = Mapping[str, str]


def understand(say: dict[str, str], first: str) -> Command:
    """The command; `first`: the language that is spoken where a sentence does not tell its own."""

    def answer(text: tuple[str, ...], today: date | None, lang: str | None) -> None:
        said = " ".join(text)
        lines = _lines(sys.stdin.buffer) if said in ("", "-") else iter([said])
        for found in understood(lines, today or date.today(), lang or first):
            told = json.dumps(found, indent=None if said in ("", "-") else 2, ensure_ascii=False)
            click.echo(told.encode("utf-8", "replace") + b"\n", nl=False)

    return Command(
        "understand",
        say,
        help=say["understand"],
        callback=answer,
        params=[
            click.Argument(["text"], nargs=-1),
            click.Option(["--today"], type=Day(say), help=say["understand_today"]),
            click.Option(["--lang"], type=OneOf(LANGUAGES, say), help=say["understand_lang"]),
        ],
    )


def _lines(source: BinaryIO) -> Iterator[str]:
    """The lines of standard input; what is no UTF-8 in them is read as unknown signs."""
    return (line.decode("utf-8-sig", "replace").strip() for line in source)


def understood(lines: Iterable[str], today: date, lang: str) -> Iterator[dict[str, Any]]:
    """What each line says; blank ones are passed over."""
    from bot.build import reader

    reads = reader()
    for line in lines:
        if line.strip():
            yield reads.understand(line, today, "fr" if lang == "fr" else "en").as_json()
