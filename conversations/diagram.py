"""The conversation as a Mermaid diagram, drawn from the declarations; a test keeps the one in the docs true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from conversations.commands import GOAL_PAGES
from conversations.dossier import Dossier
from conversations.interview import GOALS, applies, order
from conversations.keys import Key

_NOTHING = Dossier({})


def diagram() -> str:
    """The whole conversation: from the first message over each goal's questions to its answer, and on from there."""
    lines = [
        "flowchart TD",
        "    start([first message]) --> consent{consent}",
        "    consent -- not yet --> consent",
        "    consent -- given --> menu([menu])",
        *_goals(),
        *_later(),
    ]
    return "\n".join(lines) + "\n"


def _goals() -> Iterator[str]:
    for goal, keys in GOALS.items():
        yield f"    subgraph goal_{goal} [goal: {goal}]"
        yield from _nodes(goal, keys)
        yield f"        {goal}_answer[/answer: {GOAL_PAGES[goal].__name__}/]"
        yield from _edges([*(_node(goal, key) for key in keys), f"{goal}_answer"], [not _always(key) for key in keys])
        yield "    end"
        yield f"    menu --> {_node(goal, keys[0]) if keys else f'{goal}_answer'}"
        yield f"    {goal}_answer -. more questions .-> later"


def _later() -> Iterator[str]:
    """The rest, asked one by one for as long as the person goes on; any of them leads back to the answer."""
    first = {key for keys in GOALS.values() for key in keys}
    rest = [key for key in order(_NOTHING) if key not in first]
    yield "    later([more questions])"
    yield "    subgraph rest [the rest, in the order of asking]"
    yield from _nodes("more", rest)
    yield from (f"        {_node('more', one)} --> {_node('more', other)}" for one, other in pairwise(rest))
    yield "    end"
    yield f"    later --> {_node('more', rest[0])}"
    yield "    rest -. any time .-> menu"


def _nodes(goal: str, keys: Iterable[Key]) -> Iterator[str]:
    """A box for each question; a rounded one for a question that is asked only after certain answers."""
    for key in keys:
        box = f"[{key}]" if _always(key) else f"({key})"
        yield f"        {_node(goal, key)}{box}"


def _edges(names: Sequence[str], passable: Sequence[bool]) -> Iterator[str]:
    """From each place to those that may come next: the following one, and past each that may not apply."""
    for place, name in enumerate(names[:-1]):
        yield f"        {name} --> {names[place + 1]}"
        for target in range(place + 2, len(names)):
            if not passable[target - 1]:
                break
            yield f"        {name} -.-> {names[target]}"


def _always(key: Key) -> bool:
    """Whether the question is asked whatever was answered before."""
    return applies(_NOTHING, key)


def _node(goal: str, key: Key) -> str:
    return f"{goal}_{str(key).replace('.', '_')}"
