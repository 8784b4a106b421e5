"""What was read from a feed, and why one is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from scoring.draws import Round
from scoring.pool import Snapshot

LONGEST_RAW = 4_000
"""Characters of a bad row that are kept; a whole row of the feed has about 2,500."""


def keepable(value: object, most: int) -> str:
    """A text of the feed as far as it is kept. Half of a surrogate pair, which JSON can hold, fits in no database."""
    return str(value)[:most].encode("utf-8", "replace").decode("utf-8")


class FeedError(Exception):
    """A whole file is refused, and nothing of it is taken; `code` says why, `values` what was read.

    Codes of bytes and JSON: encoding, mojibake, not_json, no_rounds. Of what it holds: no_good_row, lacks, shrunken,
    future.
    """

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(" ".join([code, *values.values()]))
        self.code = code
        self.values = values

    def told(self, say: Mapping[str, str]) -> str:
        """Why it is refused, in the language of these words of the command."""
        return say[f"feed_{self.code}"].format(**self.values)


class Oddity(NamedTuple):
    """Something in a feed that is not as it should be: a code, what it is about, and for a bad row its text.

    Of rows that are set aside: not_object, key_twice, number, number_twice, date, label, size, cut_off.
    Of what is taken all the same: unknown_label, unknown_version, extra_key, tie_break, pool_date, pool_counts,
    pool_sum, pool_differs, label_fr.
    """

    code: str
    subject: str
    raw: str = ""


@dataclass(frozen=True)
class ParsedFeed:
    """The good rounds of an English file, oldest first, and what was odd about the rest.

    `tie_breaks`: by number, the tie-break as the feed has it. `quarantined`: rows that cannot be taken; `subject` is
    their number where it could be read. `snapshots`: oldest first.
    """

    rounds: tuple[Round, ...]
    tie_breaks: Mapping[str, str] = field(default_factory=dict)
    snapshots: tuple[Snapshot, ...] = ()
    quarantined: tuple[Oddity, ...] = ()
    warnings: tuple[Oddity, ...] = ()

    @property
    def unknown_labels(self) -> tuple[str, ...]:
        """Labels that no pattern knows: each is a new type of its own."""
        return self._about("unknown_label")

    @property
    def extra_keys(self) -> tuple[str, ...]:
        """Fields that rows of the feed did not have before."""
        return self._about("extra_key")

    def _about(self, code: str) -> tuple[str, ...]:
        return tuple(warning.subject for warning in self.warnings if warning.code == code)
