"""A message while its facts are read: what is known so far, and what of the text is left."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from conversations.answers.calendar import Stamp
from conversations.answers.days import FIRST_DAY, settle
from conversations.answers.result import Misread, Understood, shortened
from conversations.answers.text import plain
from conversations.understanding.mentions import CANDIDATE, PARTNER
from conversations.understanding.turns import BOTH
from conversations.understanding.vocabulary import Vocabulary
from conversations.understanding.zones import Zones
from scoring.search import Titles

GAP = "\x1f"
"""Stands where something was read, so that nothing runs over it."""
MOST_FRAGMENTS, MOST_SEARCHES = 60, 5
_END = re.compile(
    rf"[{GAP};\n()!?|]+|,(?!\d)|(?<!\d),|(?<![a-z0-9]\.[a-z])(?<!st)\.(?!\d)|(?<!\d)\s[-–—]\s(?!\d)|\s\+\s|:\s"
)
_SENTENCE = re.compile(r"[.!?;\n]+(?!\d)")

Facts = dict[str, Any]
ELSE = "else"
"""Whose facts are of nobody who is asked about, or of somebody who is not known for sure."""


@lru_cache(maxsize=256)
def _score_of(title: str, titles: Titles) -> int:
    return titles.sure(title)


class Fragment(NamedTuple):
    """A piece of the text between two signs, and its place."""

    start: int
    end: int
    text: str


class Telling:
    """One message and what was read of it so far."""

    def __init__(
        self, cleaned: str, today: date, vocabulary: Vocabulary, titles: Titles, *, partner: bool = False
    ) -> None:
        """Begin with a cleaned text in which slips were mended.

        `titles`: what is a job. `partner`: whether there is one, as is known before.
        """
        self.text, self.left, self.today, self.vocabulary, self.titles = cleaned, cleaned, today, vocabulary, titles
        self.partner_known = partner
        self.people: dict[str, Facts] = {CANDIDATE: {}, PARTNER: {}, BOTH: {}, ELSE: {}}
        self.household: Facts = {}
        self.express_entry: Facts = {}
        self.partner_status: Facts = {}
        self.other: list[dict[str, Any]] = []
        self.ambiguous: list[dict[str, Any]] = []
        self.matched: list[dict[str, Any]] = []
        found = Zones(cleaned, vocabulary, partner=partner)
        self.zones, self.named, self.names, self.about = found.zones, found.named, found.names, found.about
        self.asked: list[tuple[int, int]] = []
        """Where something is asked, and told by the way."""
        self.disputed: set[str] = set()
        """Whose age was told in two ways."""
        self.untested: dict[str, set[str]] = {}
        self.searches = 0
        self.spans: list[tuple[str, int, int]] = []

    @property
    def said(self) -> str:
        """What is left, in small letters without accents, every character in its place."""
        return plain(self.left)

    def whose(self, place: int) -> str:
        """Whose facts a place of the text tells: those of the one who tells, of the partner, or of none of these."""
        who = self.about(place)
        return who if who in self.people else ELSE

    def pass_over(self, start: int, end: int) -> None:
        """Take a place out of the text itself: nothing is read there any more."""
        self.text = f"{self.text[:start]}{GAP * (end - start)}{self.text[end:]}"
        self.empty(start, end)

    def blank(self, start: int, end: int) -> None:
        """Leave a place of the text empty, as if nothing had stood between what is around it."""
        self.text = f"{self.text[:start]}{' ' * (end - start)}{self.text[end:]}"
        self.left = f"{self.left[:start]}{' ' * (end - start)}{self.left[end:]}"

    def may_search(self) -> bool:
        """Whether one more piece of the message may be looked up among the titles: a list of nouns is no life."""
        self.searches += 1
        return self.searches <= MOST_SEARCHES

    def score_of(self, title: str) -> int:
        """How sure some words are the title of a job (0 to 100)."""
        return _score_of(title, self.titles)

    def described(self, words: str) -> int:
        """How like what one does in some unit group a description is (0 to 100)."""
        return max((hit.score for hit in self.titles.search(words, 1)), default=0)

    def empty(self, start: int, end: int) -> None:
        """Take a place out of what is left."""
        self.left = f"{self.left[:start]}{GAP * (end - start)}{self.left[end:]}"

    def note(self, fact: str, start: int, end: int) -> None:
        """Remember by which words a fact was read, and take them out of what is left."""
        self.spans.append((fact, start, end))
        self.matched.append({"kind": "fact", "fact": fact, "words": shortened(self.text[start:end].strip())})
        self.empty(start, end)

    def keep(self, name: str, value: Any, said: str = "") -> None:
        """What was said and has no place in a profile."""
        entry = {"id": name, "value": value} | ({"said": shortened(said.strip())} if said else {})
        if entry not in self.other:
            self.other.append(entry)

    def ask(self, code: str, about: str, read: str, options: Any = (), **values: Any) -> None:
        """What has to be asked: never guessed."""
        about = about.replace(f"/{BOTH}/", f"/{CANDIDATE}/")
        entry = {"code": code, "about": about, "read": shortened(read.strip()), "options": list(options), **values}
        if entry not in self.ambiguous and not about.startswith(f"/{ELSE}/"):
            self.ambiguous.append(entry)

    def fragments(self) -> Iterator[Fragment]:
        """What is left, in the pieces between signs and between what was read."""
        start, count = 0, 0
        for found in [*_END.finditer(self.left), None]:
            end = found.start() if found else len(self.left)
            if self.left[start:end].strip() and count < MOST_FRAGMENTS:
                count += 1
                yield Fragment(start, end, self.left[start:end])
            start = found.end() if found else end

    def around(self, place: int) -> Fragment:
        """The fragment in which a place stands, as the text was typed."""
        return self._between(_END, place)

    def sentence(self, place: int) -> Fragment:
        """The sentence in which a place stands."""
        return self._between(_SENTENCE, place)

    def _between(self, ends: re.Pattern[str], place: int) -> Fragment:
        """The text around a place, from the end before it to the next one."""
        spans = _spans(ends, self.text)
        passed = bisect_right(spans, place, key=lambda span: span[1])
        start = spans[passed - 1][1] if passed else 0
        end = next((span[0] for span in spans[passed:] if span[0] >= place), len(self.text))
        return Fragment(start, end, self.text[start:end])

    def day(self, stamp: Stamp, about: str, latest: date | None = None) -> str | None:
        """The day that a stamp names; what is open about it is asked."""
        if stamp.precision != "day":
            self.ask("day_missing" if stamp.precision != "no_year" else "year_missing", about, stamp.text)
            return None
        read = settle(stamp, FIRST_DAY, latest or self.today)
        if isinstance(read, Understood):
            return str(read.value)
        if isinstance(read, Misread):
            self.ask(read.code, about, read.read, **{"values": dict(read.values)})
        else:
            self.ask(read.code, about, read.read, read.options)
        return None


@lru_cache(maxsize=64)
def _spans(ends: re.Pattern[str], text: str) -> tuple[tuple[int, int], ...]:
    """Where the signs stand that part a text: looked for once in each text, and asked for at every word."""
    return tuple(found.span() for found in ends.finditer(text))


def first(found: Mapping[str, Any], *names: str) -> Any:
    """The first of some values that is there."""
    return next((found[name] for name in names if found.get(name) is not None), None)
