"""Which fact an answer is about: a person, a question, and the place in a list where there can be several."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

Scope = Literal["c", "p", "h", "x"]
"""The candidate, the partner, the household, and the Express Entry profile itself."""
KEPT = 4096
"""Keys that are remembered in both spellings: every turn looks at dozens of them, many times."""
SCOPES: tuple[Scope, ...] = ("c", "p", "h", "x")


class Key(NamedTuple):
    """The key of one answer, such as `c.birth_date` or `p.job_country.1`."""

    scope: Scope
    id: str
    place: int | None = None

    def __str__(self) -> str:
        """The key as it is stored, and as buttons carry it."""
        return _spelt(self.scope, self.id, self.place)

    def to(self, question: str) -> Key:
        """The key of another question about the same person and the same place in the list."""
        return Key(self.scope, question, self.place)

    def at(self, place: int) -> Key:
        """The key of the same question at another place in the list."""
        return Key(self.scope, self.id, place)


@lru_cache(KEPT)
def _spelt(scope: Scope, name: str, place: int | None) -> str:
    return f"{scope}.{name}" if place is None else f"{scope}.{name}.{place}"


@lru_cache(KEPT)
def parsed(text: str) -> Key | None:
    """The key that a text is, or None: texts come from old buttons and from anybody's keyboard."""
    parts = text.split(".")
    if len(parts) not in (2, 3) or parts[0] not in SCOPES:
        return None
    scope = next(scope for scope in SCOPES if scope == parts[0])
    if len(parts) == 2:
        return Key(scope, parts[1])
    if not (parts[2].isascii() and parts[2].isdigit() and len(parts[2]) <= 2):
        return None
    return Key(scope, parts[1], int(parts[2]))
