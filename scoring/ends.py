"""What a partly known group of facts can come to: its least and its greatest outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Ends(NamedTuple, Generic[T]):
    """The outcomes that none lies below, and those that none lies above. Both are the same when all is known."""

    low: Sequence[T]
    high: Sequence[T]

    @property
    def known(self) -> bool:
        """Whether there is only one outcome."""
        return self.low is self.high


def one(fact: T) -> Ends[T]:
    """The ends of something known."""
    only = (fact,)
    return Ends(only, only)
