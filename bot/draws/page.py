"""`tirage draws show`: one round with all that is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from bot.draws.telling import Words, as_data, count, kind, label, moment, page
from scoring.draws import History, Round
from scoring.pool import Snapshot, standing


@dataclass(frozen=True)
class Page:
    """A round, the last one of its type before it, and the pool as it was counted last before it."""

    held: Round
    before: Round | None
    pool: Snapshot | None
    history: History


def page_of(history: History, number: str) -> Page | None:
    """What is known of a round, by its number in any case, with or without #; None for one that is not known."""
    held = history.get(number.strip().lower().removeprefix("#"))
    if held is None:
        return None
    of_type = history.of(held.type)
    place = of_type.index(held)
    return Page(held, of_type[place - 1] if place else None, history.pool(held.date), history)


def as_json(shown: Page, lang: str) -> str:
    """The page for a program."""
    held, before, pool = shown.held, shown.before, shown.pool
    data = {
        **as_data(held),
        "since_last": before
        and {
            "number": before.number,
            "date": before.date.isoformat(),
            "cut_off": held.cut_off - before.cut_off,
            "invitations": held.invitations - before.invitations,
            "days": (held.date - before.date).days,
        },
        "pool": pool
        and {
            "as_on": pool.as_on.isoformat(),
            "total": pool.total,
            "above_at_least": standing(pool, held.cut_off).least,
            "above_at_most": standing(pool, held.cut_off).most,
        },
        "url": page(held.number, lang),
        "known_to": shown.history.known_to.isoformat(),
    }
    return json.dumps(data, indent=2, ensure_ascii=False)


def as_text(shown: Page, say: Words, lang: str) -> str:
    """The page as a text to read."""
    held = shown.held
    title = say["draws_title"].format(number=held.number, date=held.date, kind=kind(held, lang))
    facts = [
        (say["draws_label"], label(held, lang)),
        (say["draws_cut_off"], str(held.cut_off)),
        (say["draws_tie_break"], moment(held.tie_break_utc) or say["draws_no_tie_break"]),
        (say["draws_invitations"], count(held.invitations, lang)),
        (say["draws_since_last"], _since_last(shown, say, lang)),
        (say["draws_pool"], _pool(shown, say, lang)),
        (say["draws_source"], page(held.number, lang)),
    ]
    return "\n".join([title, "", *_columns(facts), "", say["known_to"].format(day=shown.history.known_to)])


def _columns(facts: list[tuple[str, str]]) -> Iterator[str]:
    width = max(len(name) for name, _ in facts)
    for name, told in facts:
        yield f"{name:{width}}  {told}"


def _since_last(shown: Page, say: Words, lang: str) -> str:
    held, before = shown.held, shown.before
    if before is None:
        return say["draws_first"]
    return say["draws_change"].format(
        number=before.number,
        date=before.date,
        days=(held.date - before.date).days,
        cut_off=_signed(held.cut_off - before.cut_off, lang),
        invitations=_signed(held.invitations - before.invitations, lang),
    )


def _signed(change: int, lang: str) -> str:
    sign = {True: "+", False: "\N{MINUS SIGN}"}[change > 0] if change else "±"
    return f"{sign}{count(abs(change), lang)}"


def _pool(shown: Page, say: Words, lang: str) -> str:
    if shown.pool is None:
        return say["draws_no_pool"]
    stood = standing(shown.pool, shown.held.cut_off)
    if stood.least == stood.most:
        return say["draws_above_all"].format(
            count=count(stood.least, lang), total=count(shown.pool.total, lang), as_on=shown.pool.as_on
        )
    return say["draws_above"].format(
        least=count(stood.least, lang),
        most=count(stood.most, lang),
        total=count(shown.pool.total, lang),
        as_on=shown.pool.as_on,
    )
