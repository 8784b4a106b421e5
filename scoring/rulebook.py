"""The rules in force on a date, read from `rules/*.toml`. A date without rules is an error, never a guess.

Every table of those files is a *provision*: its numbers, the first and the last day on which they hold, the reference,
and the day on which somebody last checked them. Code elsewhere holds logic only.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, cached_property
from hashlib import sha256
from typing import Any, TypeVar

from pydantic import ValidationError

from scoring.provisions import (
    AgeTable,
    CanadianStudyTable,
    CanadianWorkTable,
    CategorySet,
    CategoryVersion,
    CecRules,
    Chart,
    CoreMax,
    Counting,
    Days,
    DependentChild,
    EducationTable,
    FirstLanguageTable,
    FrenchTable,
    FstRules,
    FswGrid,
    FswRules,
    FundsExemption,
    FundsTable,
    HighWageTable,
    JobOfferTable,
    Months,
    Near,
    PartnerEducationTable,
    PartnerLanguageTable,
    PartnerWorkTable,
    Physicians,
    Points,
    Proposed,
    Provision,
    Reported,
    RuleDataError,
    SecondLanguageTable,
    SectionMax,
    TotalMax,
    TransferabilityTable,
    Window,
    Years,
)
from scoring.resources import toml


class NoRulesError(LookupError):
    """No rules of a topic are known for a date."""

    def __init__(self, topic: str, on: date, first: date | None) -> None:
        """Name the topic, the date asked for and the first date that has rules."""
        known = f"the first known day is {first}" if first else "none are known at all"
        super().__init__(f"no rules of {topic} for {on}: {known}")
        self.topic, self.on, self.first = topic, on, first


P = TypeVar("P", bound=Provision)

TOPICS: Mapping[str, Mapping[str, type[Provision]]] = {
    "crs": {
        "age": AgeTable,
        "education": EducationTable,
        "first_language": FirstLanguageTable,
        "second_language": SecondLanguageTable,
        "canadian_work": CanadianWorkTable,
        "core": CoreMax,
        "partner_education": PartnerEducationTable,
        "partner_language": PartnerLanguageTable,
        "partner_work": PartnerWorkTable,
        "partner": SectionMax,
        "transferability": TransferabilityTable,
        "additional": SectionMax,
        "nomination": Points,
        "sibling": Points,
        "french": FrenchTable,
        "canadian_study": CanadianStudyTable,
        "job_offer": JobOfferTable,
        "high_wage": HighWageTable,
        "total": TotalMax,
    },
    "work": {"counting": Counting, "crs_window": Window, "physicians": Physicians},
    "language": {"chart": Chart, "validity_language": Years, "validity_eca": Years},
    "programs": {"fsw": FswRules, "fsw_grid": FswGrid, "cec": CecRules, "fst": FstRules},
    "funds": {"funds": FundsTable, "exemption": FundsExemption, "dependent_child": DependentChild},
    "process": {"profile": Months, "invitation": Days},
    "near": {"near": Near},
    "categories": {"category": CategoryVersion, "category_set": CategorySet},
}
"""What each file of rules holds: table name to the model that checks it."""

MANY = frozenset({"chart", "category", "category_set"})
"""Tables of which several entries are in force at once."""


class Rulebook:
    """All provisions of all topics. `Rulebook()` reads the shipped files; tests hand in their own data."""

    def __init__(self, sources: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        """Take {topic: parsed file}; a topic that is not given is read from the shipped file when first needed."""
        self._sources = dict(sources or {})
        self._tables: dict[tuple[str, str], tuple[Provision, ...]] = {}
        self._rules: dict[date, Rules] = {}
        self._reported: tuple[Reported, ...] | None = None

    def _source(self, topic: str) -> Mapping[str, Any]:
        return self._sources[topic] if topic in self._sources else toml(f"rules/{topic}.toml")

    def entries(self, topic: str, table: str, kind: type[P]) -> tuple[P, ...]:
        """Every dated entry of one table, oldest first.

        Raises RuleDataError when an entry does not fit its model: the file, the table and what is wrong.
        """
        key = (topic, table)
        if key not in self._tables:
            try:
                found = tuple(kind.model_validate(entry) for entry in self._source(topic).get(table, ()))
            except ValidationError as error:
                raise RuleDataError(f"rules/{topic}.toml, [[{table}]]: {error}") from error
            self._tables[key] = tuple(sorted(found, key=lambda entry: entry.in_force_from))
        return self._tables[key]  # type: ignore[return-value]  # the key fixes the model

    def every(self) -> list[tuple[str, str, Provision]]:
        """(topic, table, entry) for every dated entry there is."""
        return [
            (topic, table, entry)
            for topic, tables in TOPICS.items()
            for table, kind in tables.items()
            for entry in self.entries(topic, table, kind)
        ]

    def find(self, topic: str, table: str, kind: type[P], on: date) -> P:
        """The entry in force on that day. Raises NoRulesError when there is none."""
        entries = self.entries(topic, table, kind)
        for entry in reversed(entries):
            if entry.holds(on):
                return entry
        raise NoRulesError(f"{topic}.{table}", on, entries[0].in_force_from if entries else None)

    def all(self, topic: str, table: str, kind: type[P], on: date) -> tuple[P, ...]:
        """All entries in force on that day; none is an empty tuple."""
        return tuple(entry for entry in self.entries(topic, table, kind) if entry.holds(on))

    @cached_property
    def change_days(self) -> tuple[date, ...]:
        """Every day on which some provision comes into force or has gone out of it, the oldest first."""
        days = {entry.noc_from for entry in self.entries("work", "counting", Counting)}
        for _, _, entry in self.every():
            days.add(entry.in_force_from)
            if entry.in_force_until is not None:
                days.add(entry.in_force_until + timedelta(1))
        return tuple(sorted(days))

    @cached_property
    def fingerprint(self) -> str:
        """A name of everything in the tables that an answer can rest on: the same data, the same name."""
        told = [(topic, table, entry.model_dump(exclude=_TOLD_ONLY)) for topic, table, entry in self.every()]
        return sha256(json.dumps(told, sort_keys=True, default=_plain).encode()).hexdigest()[:16]

    def reported(self) -> tuple[Reported, ...]:
        """Changes that are only reported."""
        if self._reported is None:
            found = self._source("reported").get("reported", ())
            self._reported = tuple(Reported.model_validate(entry) for entry in found)
        return self._reported

    def proposed(self) -> tuple[Proposed, ...]:
        """Proposals, never applied."""
        return tuple(Proposed.model_validate(entry) for entry in self._source("reported").get("proposed", ()))

    def on(self, day: date) -> Rules:
        """The rules of one day. Raises NoRulesError when the CRS has no table for it."""
        if day not in self._rules:
            if len(self._rules) >= _REMEMBERED_DAYS:
                self._rules.clear()
            self._rules[day] = Rules(self, day)
        return self._rules[day]


_REMEMBERED_DAYS = 4096
_TOLD_ONLY = {"reference", "url", "checked_on", "read", "note", "name_en", "name_fr", "label_en", "label_fr"}
"""What a table says about itself, and no answer rests on."""


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)


class Rules:
    """The rules in force on one day. A topic without rules for it is `None`; the CRS must have them."""

    def __init__(self, book: Rulebook, on: date) -> None:
        """Find every provision of the day. Raises NoRulesError when the CRS has no table for it."""
        self.book, self.on = book, on

        def need(topic: str, table: str, kind: type[P]) -> P:
            return book.find(topic, table, kind, on)

        def maybe(topic: str, table: str, kind: type[P]) -> P | None:
            found = book.all(topic, table, kind, on)
            return found[-1] if found else None

        self.age = need("crs", "age", AgeTable)
        self.education = need("crs", "education", EducationTable)
        self.first_language = need("crs", "first_language", FirstLanguageTable)
        self.second_language = need("crs", "second_language", SecondLanguageTable)
        self.canadian_work = need("crs", "canadian_work", CanadianWorkTable)
        self.core = need("crs", "core", CoreMax)
        self.partner_education = need("crs", "partner_education", PartnerEducationTable)
        self.partner_language = need("crs", "partner_language", PartnerLanguageTable)
        self.partner_work = need("crs", "partner_work", PartnerWorkTable)
        self.partner = need("crs", "partner", SectionMax)
        self.transferability = need("crs", "transferability", TransferabilityTable)
        self.additional = need("crs", "additional", SectionMax)
        self.nomination = need("crs", "nomination", Points)
        self.sibling = need("crs", "sibling", Points)
        self.french = need("crs", "french", FrenchTable)
        self.canadian_study = need("crs", "canadian_study", CanadianStudyTable)
        self.job_offer = need("crs", "job_offer", JobOfferTable)
        self.high_wage = need("crs", "high_wage", HighWageTable)
        self.total = need("crs", "total", TotalMax)
        self.counting = need("work", "counting", Counting)
        self.crs_window = need("work", "crs_window", Window)
        self.physicians = maybe("work", "physicians", Physicians)
        self.language_years = need("language", "validity_language", Years).years
        self.eca_years = need("language", "validity_eca", Years).years
        self.charts: dict[tuple[str, str], Chart] = {
            (chart.test, chart.scale): chart for chart in book.all("language", "chart", Chart, on)
        }
        self.fsw = maybe("programs", "fsw", FswRules)
        self.fsw_grid = maybe("programs", "fsw_grid", FswGrid)
        self.cec = maybe("programs", "cec", CecRules)
        self.fst = maybe("programs", "fst", FstRules)
        self.funds = maybe("funds", "funds", FundsTable)
        self.exemption = maybe("funds", "exemption", FundsExemption)
        self.dependent_child = need("funds", "dependent_child", DependentChild)
        self.profile_validity = maybe("process", "profile", Months)
        self.invitation = maybe("process", "invitation", Days)
        self.near = need("near", "near", Near)
        self.memo: dict[str, Any] = {}
        """What other parts of the package work out from these rules once for each day."""
        self.categories = book.all("categories", "category", CategoryVersion, on)
        self.category_sets = book.all("categories", "category_set", CategorySet, on)
        self.noc_in_use = on >= self.counting.noc_from
        """Whether NOC 2021 is the edition in use; before, occupation-based answers other than the CRS have no rules."""

    def seen_on(self, day: date) -> Rules:
        """The same rules, looked at from another day: what would be if nothing but time changed."""
        same = copy.copy(self)
        same.on = day
        return same


@cache
def shipped() -> Rulebook:
    """The rulebook of the shipped files."""
    return Rulebook()
