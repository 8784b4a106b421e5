"""NOC 2021 unit groups: code, TEER and titles (Statistics Canada, NOC 2021 version 1.0)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from scoring.resources import rows

if TYPE_CHECKING:
    from scoring.provisions import CategoryVersion


class UnitGroup(NamedTuple):
    """One of the 516 unit groups. `teer` is the second digit of the code."""

    code: str
    teer: int
    title_en: str
    title_fr: str


@cache
def unit_groups() -> dict[str, UnitGroup]:
    """Every unit group by its five-digit code, in the order of the codes."""
    return {
        row["code"]: UnitGroup(row["code"], int(row["teer"]), row["title_en"], row["title_fr"])
        for row in rows("data/noc2021.csv")
    }


def teer(code: str) -> int:
    """The TEER category (0 to 5) of a unit group: the second digit of its code (NOC 2021, structure)."""
    return int(code[1])


def categories_of(code: str, categories: Iterable[CategoryVersion]) -> list[str]:
    """The ids of those categories whose list has a unit group, in the order of the alphabet."""
    return sorted({each.category for each in categories if code in each.nocs})
