"""Which number is of which ability: by order, by name, alike in all, or shared by several names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from scoring.abilities import ABILITIES


class Token(NamedTuple):
    """A name of an ability (or *overall*, *all*, *except*), or a number."""

    kind: str
    value: float
    maximum: float | None = None


Scores = dict[str, float]


def assigned(tokens: Sequence[Token], test: str) -> tuple[Scores | None, dict[str, str]]:
    """Which number is of which ability."""
    kinds = [token.kind for token in tokens]
    numbers = [token.value for token in tokens if token.kind == "number"]
    if "rest" in kinds and "all" not in kinds:
        return _rest_alike(tokens), {"order": "all"}
    if "all" in kinds or "except" in kinds or (test == "stated" and len(numbers) == 1):
        return _all_alike(tokens), {"order": "all"}
    tokens = without_overall(tokens)
    numbers = [token.value for token in tokens if token.kind == "number"]
    names = [token.kind for token in tokens if token.kind in ABILITIES]
    if not names:
        in_order: Scores | None = (
            dict(zip(ABILITIES, numbers, strict=False)) if len(numbers) == len(ABILITIES) else None
        )
        return in_order, {"order": "asked"}
    in_order = _named_in_order(tokens)
    return (in_order, {"order": "asked"}) if in_order else (by_name(tokens), {"order": "named"})


def _named_in_order(tokens: Sequence[Token]) -> Scores | None:
    """*8, 7.5, 7 and 7 in speaking*: four numbers, and a name or two that stand behind theirs in the order asked."""
    numbers = [token.value for token in tokens if token.kind == "number"]
    names = [(token.kind, index) for index, token in enumerate(tokens) if token.kind in ABILITIES]
    if len(numbers) != len(ABILITIES) or len(names) >= len(ABILITIES):
        return None
    for name, index in names:
        before = sum(token.kind == "number" for token in tokens[:index])
        if before == 0 or tokens[index - 1].kind != "number" or ABILITIES[before - 1] != name:
            return None
    return dict(zip(ABILITIES, numbers, strict=True))


def _all_alike(tokens: Sequence[Token]) -> Scores | None:
    """*8 in all*, *7 partout sauf 6,5 en écriture*: the first number is of all four, save those that are named."""
    numbers = [token for token in tokens if token.kind == "number"]
    if not numbers:
        return None
    rest = list(tokens)
    rest.remove(numbers[0])
    changed = by_name([token for token in rest if token.kind in (*ABILITIES, "number")]) or {}
    if len(changed) != len(numbers) - 1:
        return None
    return dict.fromkeys(ABILITIES, numbers[0].value) | changed


def _rest_alike(tokens: Sequence[Token]) -> Scores | None:
    """*10 in listening, 9 in the rest*: the number beside it is of all that are not named."""
    kinds = [token.kind for token in tokens]
    place = kinds.index("rest")
    # who names the first ability before its number does so all along
    sides = (place + 1, place - 1) if kinds[0] in ABILITIES else (place - 1, place + 1)
    of_it = next((each for each in sides if 0 <= each < len(tokens) and kinds[each] == "number"), None)
    if of_it is None or kinds.count("rest") > 1:
        return None
    others = [token for index, token in enumerate(tokens) if index not in (place, of_it)]
    changed = by_name([token for token in others if token.kind in (*ABILITIES, "number")])
    return dict.fromkeys(ABILITIES, tokens[of_it].value) | changed if changed else None


def without_overall(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without an overall result and its number, which stands after its name, or before where none does."""
    kept = list(tokens)
    if [token.kind for token in kept].count("overall") != 1:
        return [token for token in kept if token.kind != "overall"]
    place = [token.kind for token in kept].index("overall")
    after = place + 1 < len(kept) and kept[place + 1].kind == "number"
    of_it = place + 1 if after and sum(t.kind == "number" for t in kept) > len(ABILITIES) else place - 1
    numbers = sum(token.kind == "number" for token in kept)
    if numbers > len(ABILITIES) and of_it >= 0 and kept[of_it].kind == "number":
        kept = [token for index, token in enumerate(kept) if index not in (place, of_it)]
    return [token for token in kept if token.kind != "overall"]


def by_name(tokens: Sequence[Token]) -> Scores | None:
    """Numbers by their names: before each, after each, or all names in a row and all numbers in a row."""
    names = [token.kind for token in tokens if token.kind in ABILITIES]
    numbers = [token.value for token in tokens if token.kind == "number"]
    if len(set(names)) == len(names) == len(ABILITIES) and 1 < len(numbers) < len(names):
        return _shared_by_names(tokens)
    if len(names) != len(numbers) or len(set(names)) != len(names):
        return None
    kinds = "".join("N" if token.kind == "number" else "T" for token in tokens if token.kind in (*ABILITIES, "number"))
    if not re.fullmatch(r"(?:TN)+|(?:NT)+|T+N+|N+T+", kinds):
        return None
    return dict(zip(names, numbers, strict=True))


def _shared_by_names(tokens: Sequence[Token]) -> Scores | None:
    """*8 in L and R, 7 in W, 9 in S*: a number of every name that follows it, or that leads to it."""
    told = [token for token in tokens if token.kind in (*ABILITIES, "number")]
    kinds = "".join("N" if token.kind == "number" else "T" for token in told)
    if not re.fullmatch(r"(?:NT+)+|(?:T+N)+", kinds):
        return None
    forward = told if kinds.startswith("N") else told[::-1]
    scores: Scores = {}
    number = 0.0
    for token in forward:
        if token.kind == "number":
            number = token.value
        else:
            scores[token.kind] = number
    return scores
