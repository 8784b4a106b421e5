"""Rounds as data and as words, for whoever reads a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from scoring.draws import History, Round
from scoring.resources import toml

Words = Mapping[str, str]
PAGES = {
    "en": "https://www.canada.ca/en/immigration-refugees-citizenship/corporate/mandate/"
    "policies-operational-instructions-agreements/ministerial-instructions/express-entry-rounds/"
    "invitations.html?q={number}",
    "fr": "https://www.canada.ca/fr/immigration-refugies-citoyennete/organisation/mandat/"
    "politiques-directives-operationnelles-ententes-accords/instructions-ministerielles/rondes-entree-express/"
    "invitations.html?q={number}",
}
"""IRCC's own page of a round."""


def as_data(held: Round) -> dict[str, Any]:
    """A round as JSON data; what none was published of, or none was seen of, is null."""
    return {
        "number": held.number,
        "date": held.date.isoformat(),
        "type": held.type,
        "version": held.version or None,
        "label_en": held.label_en,
        "label_fr": held.label_fr or None,
        "invitations": held.invitations,
        "cut_off": held.cut_off,
        "tie_break_utc": held.tie_break_utc or None,
    }


def parts_of(history: History, number: str) -> list[str]:
    """The numbers of a round that was held in parts: 91a and 91b for 91; none for any other."""
    asked = number.strip().lower().removeprefix("#")
    return [held.number for held in history.rounds if held.number[:-1] == asked and not held.number[-1].isdigit()]


def page(number: str, lang: str) -> str:
    """The address of IRCC's page of a round."""
    return PAGES[lang].format(number=number)


def label(held: Round, lang: str) -> str:
    """A round's label in a language, as far as it was seen."""
    return (held.label_fr if lang == "fr" else "") or held.label_en


def kind(held: Round, lang: str) -> str:
    """The short name of a round's type and its version; the label of a type that the rules do not know."""
    names = toml("rules/draw_types.toml")["short_names"].get(held.type)
    if names is None:
        return label(held, lang)
    name = names[lang].replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
    return f"{name}, {held.version}" if held.version else str(name)


def count(number: int, lang: str) -> str:
    """A whole number with its thousands set apart as the language does it."""
    return f"{number:,}" if lang == "en" else f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def moment(utc: str) -> str:
    """2031-03-09 04:05:06 UTC for 2031-03-09T04:05:06Z."""
    return f"{datetime.fromisoformat(utc):%Y-%m-%d %H:%M:%S} UTC" if utc else ""


def aligned(rows: Sequence[Sequence[str]], right: Sequence[bool]) -> list[str]:
    """Cells in columns, those of `right` at the right of theirs; no blanks at the end of a line."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if at_right else cell.ljust(width)
            for cell, width, at_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in rows
    ]
