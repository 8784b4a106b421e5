"""What was taken from a feed or a file, or would be: as words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bot.draws.telling import Words, kind
from bot.feed.merge import Merge
from bot.feed.parsed import Oddity
from scoring.draws import Round, is_known, order

MOST_LINES = 20
"""So many rounds, changes or oddities are told one by one; of the others, how many they are."""
MOST_RAW = 120
"""Characters of a text of the feed that are shown."""


def report(laid: Merge, say: Words, lang: str, *, dry: bool = False) -> str:
    """What is new, changed, gone, set aside and odd, and up to which day the rounds are known now."""
    tense = "would" if dry else "did"
    newest_first = sorted(laid.new, key=lambda held: order(held.number), reverse=True)
    changed = sorted({change.number for change in laid.changes}, key=order, reverse=True)
    lines = [
        *_section(say[f"draws_new_{tense}"], [_round(held, say, lang) for held in newest_first], say),
        *_section(say[f"draws_changed_{tense}"].format(rounds=len(changed)), _changes(laid, changed), say),
        *_section(say[f"draws_gone_{tense}"], [_round(held, say, lang) for held in laid.withdrawn], say),
        *_section(say[f"draws_pool_{tense}"], [each.as_on.isoformat() for each in laid.snapshots], say),
        *_section(say["draws_aside"], list(_odd(laid.quarantined, say)), say),
        *_section(say["draws_odd"], list(_odd(laid.warnings, say)), say),
    ]
    return "\n".join([*(lines or [say["draws_nothing"]]), say["known_to"].format(day=laid.known_to)])


def _section(head: str, lines: Sequence[str], say: Words) -> Iterator[str]:
    if not lines:
        return
    yield head.format(count=len(lines))
    for line in lines[:MOST_LINES]:
        yield f"  {line}"
    if len(lines) > MOST_LINES:
        yield f"  {say['draws_more'].format(count=len(lines) - MOST_LINES)}"


def _round(held: Round, say: Words, lang: str) -> str:
    told = say["draws_line"].format(
        number=held.number, date=held.date, kind=kind(held, lang), cut_off=held.cut_off, invitations=held.invitations
    )
    return told if is_known(held.type) else f"{told} {say['draws_new_type']}"


def _changes(laid: Merge, numbers: Iterable[str]) -> list[str]:
    by_number = {
        number: list(changes)
        for number, changes in groupby(
            sorted(laid.changes, key=lambda change: change.number), key=lambda change: change.number
        )
    }
    return [
        f"{number}  {change.field}: {_shown(change.before)} \N{RIGHTWARDS ARROW} {_shown(change.after)}"
        for number in numbers
        for change in by_number[number]
    ]


def _odd(oddities: Iterable[Oddity], say: Words) -> Iterator[str]:
    for oddity in oddities:
        about = f"{_shown(oddity.subject)}: " if oddity.subject else ""
        raw = f" ({_shown(oddity.raw)})" if oddity.raw else ""
        yield f"{about}{say[f'odd_{oddity.code}']}{raw}"


def _shown(text: str) -> str:
    """A text of the feed on one line, printable and not too long."""
    printable = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
    return (printable if len(printable) <= MOST_RAW else printable[: MOST_RAW - 1] + "…") or "\N{EN DASH}"
