"""Which choices of language results are worth looking at: those that no other is at least as good as in everything."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.abilities import NO_CLB
from scoring.crs.additional import french
from scoring.crs.core import first_language, second_language
from scoring.language import Choice
from scoring.programs.common import Levels, all_four, meets
from scoring.rulebook import Rules


def undominated(choices: Sequence[Choice], rules: Rules) -> list[Choice]:
    """The choices of language that no other is at least as good as in everything that counts."""
    if len(choices) == 1:
        return list(choices)
    worth = {choice: _worth(choice, rules) for choice in choices}
    kept: list[Choice] = []
    for choice in sorted(choices, key=lambda each: (each.later, worth[each]), reverse=True):
        if not any(all(a >= b for a, b in zip(worth[other], worth[choice], strict=True)) for other in kept):
            kept.append(choice)
    return kept


def _worth(choice: Choice, rules: Rules) -> tuple[int, ...]:
    first, second = choice.first_reading, choice.second_reading
    lowest = first.lowest if first else 0
    table = rules.transferability
    parts = [
        sum(part.points for part in (*first_language(choice, applies, rules), *second_language(choice, applies, rules)))
        for applies in (False, True)
    ]
    worth = [*parts, table.language_band(lowest), table.certificate_points(lowest), french(choice, rules)]
    if rules.fsw_grid is not None:
        grid = rules.fsw_grid
        worth.append(sum(grid.points("first_language", clb) for clb in first.clbs) if first else 0)
        reached = second is not None and second.lowest >= grid.second_language.minimum
        worth[-1] += grid.second_language.points if reached else 0
    readings = [found for found in (choice.en, choice.fr) if found]
    worth += [int(any(meets(found.clbs, need) for found in readings)) for need in _minimums(rules)]
    worth += list(choice.fr.clbs if choice.fr else NO_CLB)
    return tuple(worth)


def program_levels(rules: Rules) -> list[int]:
    """The levels at which a minimum of some program is met."""
    return sorted({level for need in _minimums(rules) for level in need.values()})


def _minimums(rules: Rules) -> list[Levels]:
    """Every language minimum that a program can ask for on the day."""
    levels = {rules.fsw.language_minimum} if rules.fsw else set()
    levels |= set(rules.cec.language_by_teer.values()) if rules.cec else set()
    return [*(all_four(level) for level in sorted(levels)), *([rules.fst.language] if rules.fst else [])]
