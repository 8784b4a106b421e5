"""`tirage draws list`: the rounds that are known, newest first, by type, year and text."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.draws.telling import Words, aligned, as_data, count, kind, moment
from scoring.draws import History, Round
from scoring.resources import toml


@dataclass(frozen=True)
class Filter:
    """What to show: empty or None for all. `text` is looked for in labels, types and numbers."""

    types: tuple[str, ...] = ()
    year: int | None = None
    text: str = ""
    limit: int | None = None

    def apply(self, history: History) -> list[Round]:
        """The rounds that pass, newest first."""
        words = plain(self.text).split()
        found = [
            held
            for held in reversed(history.rounds)
            if (not self.types or held.type in self.types)
            and (self.year is None or held.date.year == self.year)
            and all(word in _searched(held) for word in words)
        ]
        return found[: self.limit]


def types(history: History) -> list[str]:
    """Every type that one can ask for: those of the rules, and those that were held."""
    return sorted({*toml("rules/draw_types.toml")["short_names"], *history.by_type})


def plain(text: str) -> str:
    """Lower case without accents."""
    apart = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _searched(held: Round) -> str:
    names = toml("rules/draw_types.toml")["short_names"].get(held.type, {})
    return plain(" ".join([held.number, held.type, held.label_en, held.label_fr, *names.values()]))


def as_json(rounds: Sequence[Round]) -> str:
    """The rounds for a program."""
    return json.dumps([as_data(held) for held in rounds], indent=2, ensure_ascii=False)


def as_text(rounds: Sequence[Round], history: History, say: Words, lang: str) -> str:
    """The rounds as a table, and up to which day they are known."""
    header = [say[f"draws_{name}"] for name in ("number", "date", "cut_off", "invitations", "tie_break", "type")]
    rows = [
        [
            held.number,
            held.date.isoformat(),
            str(held.cut_off),
            count(held.invitations, lang),
            moment(held.tie_break_utc),
            kind(held, lang),
        ]
        for held in rounds
    ]
    right = (True, False, True, True, False, False)
    table = aligned([header, *rows], right) if rows else [say["draws_none"]]
    told = say["draws_count"].format(shown=len(rounds), all=len(history.rounds))
    return "\n".join([*table, "", told, say["known_to"].format(day=history.known_to)])
