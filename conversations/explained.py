"""What the terms and steps of Express Entry are: entries as data, found by the names that people give them.

The texts are data (`locales/explain/*.toml`); whoever starts the program reads them and hands them over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args

from conversations.answers.text import Place, clean, spaced, standing
from conversations.asking import Asking
from conversations.figures import is_figure, names_in
from conversations.interview import GOALS
from scoring.draws import is_known

Read = Literal["official", "reported", "general", "not_found", "own"]
"""What a text rests on: an official text or a faithful copy of one; third parties; general knowledge; a search that
found no official text; or only on what Tirage itself does."""
Spoken = Mapping[str, str]
"""A text by its language."""
LANGUAGES = ("en", "fr")
_BEFORE_A_CASE = 5
"""Words before a phrase in which it may be denied."""
_BETWEEN_A_PAIR = 5
"""Words between two phrases that tell of a case together."""
MOST_BESIDE, MOST_IN_PHRASE = 7, 12
"""Words that may stand beside a phrase of an entry, else the text tells more; and words that a phrase has at most."""
PAGES = frozenset({"fees", "papers", "mistakes"})
"""Pages of one's own that an entry may lead to besides those of the goals."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class ExplainError(ValueError):
    """The explanations contradict themselves: where, and how."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One term or step: its title and text in both languages, what it rests on, and what to look at next.

    `figures`: the names between braces in its texts. `rounds`: types of round whose last ones are told below the text.
    `goal`: the page that answers the same of the person who asks; `page`: one of `PAGES` that does.
    """

    id: str
    group: str
    title: Spoken
    text: Spoken
    source: Spoken
    checked_on: date
    read: Read
    see: tuple[str, ...]
    figures: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    links: tuple[Spoken, ...] = ()
    goal: str | None = None
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A kind of case in which nothing is computed any more, and licensed help is pointed to."""

    id: str
    title: Spoken
    text: Spoken


@dataclass(frozen=True, eq=False)
class Explained:
    """Every entry and case; `groups` are the titles of the groups of entries, in their order, one a file.

    `names`, `phrases`: what stands for which entry, by itself or in a short text. `said`, `said_invited`: what tells of
    which case, the second of somebody who was invited. `pairs`: phrases that tell of a case where one of the first
    stands shortly before one of the second.
    """

    groups: Mapping[str, Spoken]
    entries: Mapping[str, Entry]
    cases: Mapping[str, Case]
    names: Mapping[str, str]
    asking: Asking
    phrases: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    said_invited: Mapping[str, str] = field(default_factory=dict)
    denied: frozenset[str] = frozenset()
    long_ago: frozenset[str] = frozenset()
    pairs: tuple[tuple[str, Mapping[str, str], Mapping[str, str]], ...] = ()
    others: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()

    @classmethod
    def from_data(cls, files: Mapping[str, Mapping[str, Any]]) -> Explained:
        """The explanations of the parsed files, by the name of each file.

        Raises ExplainError where a name stands for two entries, or where an entry leads to what is not there: another
        entry, a source, a figure, a type of round.
        """
        sources, words, licensed = (files[name] for name in _APART)
        order = sorted((name for name in files if name not in _APART), key=lambda name: int(files[name]["order"]))
        groups = {name: files[name]["title"] for name in order}
        told = [(name, each) for name in groups for each in files[name]["entries"]]
        entries = {each["id"]: _entry(name, each, sources) for name, each in told}
        _lead_somewhere(entries)
        names = _names((each["id"], said) for _, each in told for said in (*_both(each["names"]), each["id"]))
        cases = {each["id"]: Case(each["id"], each["title"], each["text"]) for each in licensed["cases"]}
        said = _names((each["id"], said) for each in licensed["cases"] for said in _both(each["said"]))
        said |= {spaced(each): "" for each in licensed["passed_over"]}
        invited = _names(
            (each["id"], said) for each in licensed["cases"] for said in _both(each.get("said_invited", {}))
        )
        return cls(
            groups,
            entries,
            cases,
            names,
            Asking(words, names),
            _names((each["id"], said) for _, each in told for said in _both(each.get("said", {}))),
            said,
            invited,
            frozenset(map(spaced, licensed["denied"])),
            frozenset(map(spaced, licensed["long_ago"])),
            tuple(_pair(each) for each in licensed["cases"] if "first" in each),
            frozenset(map(spaced, licensed["others"])),
            frozenset(map(spaced, licensed["own"])),
        )

    def of(self, group: str) -> list[Entry]:
        """The entries of a group."""
        return [entry for entry in self.entries.values() if entry.group == group]

    def named(self, text: str) -> Entry | None:
        """The entry whose very name a text is."""
        found = self.names.get(spaced(text))
        return self.entries[found] if found else None

    def nearest(self, term: str, most: int = 3) -> list[Entry]:
        """The entries whose names are most like a term."""
        return [self.entries[name] for name in self.asking.nearest(term, most)]

    def told(self, text: str) -> Entry | None:
        """The entry that a short text is about in words of its own, by the longest of its phrases; else None.

        Where it tells of a case that is not computed, it is about that.
        """
        found = self._phrases_in(clean(text)) or self._phrases_in(self.asking.respelt(text))
        if not found or self.asking.supposes(text) or self.case(text) is not None:
            return None
        return self.entries[max(found, key=lambda each: each[0])[1]]

    def _phrases_in(self, cleaned: str) -> list[tuple[int, str]]:
        """The phrases that stand in a short text, by how many words each has."""
        most = len(spaced(cleaned).split())
        return [
            (len(place.words.split()), name)
            for place, name in standing(cleaned, self.phrases, MOST_IN_PHRASE)
            if most - len(place.words.split()) <= MOST_BESIDE
        ]

    def within(self, text: str, most: int = 3) -> list[Entry]:
        """The entries whose names stand in a text, the longest name first."""
        found = sorted(standing(clean(text), self.names, MOST_IN_PHRASE), key=lambda each: -len(each[0].words.split()))
        return [self.entries[name] for name in dict.fromkeys(name for _, name in found)][:most]

    def case(self, text: str, invited: date | None = None) -> Case | None:
        """The case that a text tells of; None where it tells of none, or says that there is none.

        `invited`: the day of an invitation; a change in the family that is not dated before it is a case then.
        """
        cleaned = clean(text)
        name = self._case(cleaned, self.said) or self._by_pair(cleaned)
        if name is None and invited is not None and not self._before(cleaned, invited):
            name = self._case(cleaned, self.said_invited)
        return None if name is None else self.cases[name]

    def _case(self, cleaned: str, said: Mapping[str, str]) -> str | None:
        return next((name for _, name in self._own_places(cleaned, said) if name), None)

    def _own_places(self, cleaned: str, said: Mapping[str, str]) -> Iterator[tuple[Place, str]]:
        """Where phrases stand that are not denied, and told of nobody else."""
        for place, name in standing(cleaned, said):
            before = spaced(cleaned[: place.start]).split()[-_BEFORE_A_CASE:]
            denied = any(f" {word} " in f" {' '.join(before)} " for word in self.denied)
            if not denied and not self._of_another([*before, *place.words.split()]):
                yield place, name

    def _by_pair(self, cleaned: str) -> str | None:
        """The case that two phrases tell of together, a few words apart: `separated from him after I was invited`."""
        for name, first, then in self.pairs:
            ends = [place.end for place, _ in self._own_places(cleaned, first)]
            starts = [place.start for place, _ in standing(cleaned, then)]
            apart = (spaced(cleaned[end:start]).split() for end in ends for start in starts if end <= start)
            if any(len(words) <= _BETWEEN_A_PAIR for words in apart):
                return name
        return None

    def _of_another(self, words: list[str]) -> bool:
        """Whether words that end with those of a case tell it of somebody else: the last whom they name is another."""
        named = [word for word in words if word in self.others or word in self.own]
        return bool(named) and named[-1] in self.others

    def _before(self, cleaned: str, day: date) -> bool:
        """Whether a text names a year before that of a day, or speaks of long ago."""
        words = f" {spaced(cleaned)} "
        return any(int(year) < day.year for year in _YEAR.findall(cleaned)) or any(
            f" {each} " in words for each in self.long_ago
        )


def _pair(case: Mapping[str, Any]) -> tuple[str, Mapping[str, str], Mapping[str, str]]:
    """A case with the phrases that tell of it together."""
    first, then = ({spaced(each): case["id"] for each in case[name]} for name in ("first", "then"))
    return case["id"], first, then


_APART = ("sources", "words", "licensed")
"""Files that hold no entries."""


def _both(said: Mapping[str, Iterable[str]]) -> list[str]:
    return [each for language in LANGUAGES for each in said.get(language, ())]


def _entry(group: str, data: Mapping[str, Any], sources: Mapping[str, Spoken]) -> Entry:
    where = f"{group}.toml, {data['id']}"
    if data["source"] not in sources:
        raise ExplainError(f"{where}: no such source: {data['source']}")
    if data["read"] not in get_args(Read):
        raise ExplainError(f"{where}: read is one of {', '.join(get_args(Read))}")
    figures = {name: None for language in LANGUAGES for name in names_in(data["text"][language])}
    unknown = [name for name in figures if not is_figure(name)]
    unknown += [name for name in data.get("rounds", ()) if not is_known(name)]
    if unknown:
        raise ExplainError(f"{where}: no such figure or type of round: {', '.join(unknown)}")
    if data.get("goal") not in (None, *GOALS):
        raise ExplainError(f"{where}: no such goal: {data['goal']}")
    if data.get("page") not in (None, *PAGES):
        raise ExplainError(f"{where}: no such page: {data['page']}")
    return Entry(
        data["id"],
        group,
        data["title"],
        {language: data["text"][language].strip() for language in LANGUAGES},
        sources[data["source"]],
        data["checked_on"],
        data["read"],
        tuple(data["see"]),
        tuple(figures),
        tuple(data.get("rounds", ())),
        tuple(data.get("links", ())),
        data.get("goal"),
        data.get("page"),
    )


def _lead_somewhere(entries: Mapping[str, Entry]) -> None:
    for entry in entries.values():
        lost = [name for name in entry.see if name not in entries or name == entry.id]
        if lost:
            raise ExplainError(f"{entry.group}.toml, {entry.id}: leads to {', '.join(lost)}")


def _names(said: Iterable[tuple[str, str]]) -> dict[str, str]:
    names: dict[str, str] = {}
    for name, each in said:
        words = spaced(each.replace("_", " "))
        if names.setdefault(words, name) != name:
            raise ExplainError(f"{each!r} stands for {names[words]} and for {name}")
    return names


NOTHING_EXPLAINED = Explained({}, {}, {}, {}, Asking({}, {}))
"""No entry is known."""
