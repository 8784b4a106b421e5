"""What `rules/documents.toml` holds, as checked models, and how it is found for a day."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from scoring.provisions import Provision
from scoring.rulebook import Rulebook, shipped

TOPIC = "documents"


class PoliceRule(Provision):
    """Who needs a police certificate from where: so many `months` in a row, in so many `years`, since an age.

    `fresh_months`: how old the certificate of the country that one lives in may be.
    """

    months: int = Field(ge=1)
    years: int = Field(ge=1)
    since_age: int = Field(ge=0)
    fresh_months: int = Field(ge=1)


class MedicalRule(Provision):
    """Whether the exam is done before applying."""

    upfront: bool


class FeeTable(Provision):
    """Government fees in whole Canadian dollars; `landing` is the right of permanent residence of an adult.

    `biometrics_ages`: the youngest and the oldest who give them.
    """

    principal: int
    partner: int
    child: int
    landing: int
    biometrics: int
    biometrics_family: int
    biometrics_ages: tuple[int, int]


class PaperRule(Provision):
    """Where one kind of paper was read."""

    paper: str


class CheckRule(Provision):
    """Where one check was read."""

    check: str


def police(on: date, book: Rulebook | None = None) -> PoliceRule:
    """The rule of police certificates. Raises NoRulesError where the day has none."""
    return (book or shipped()).find(TOPIC, "police", PoliceRule, on)


def medical(on: date, book: Rulebook | None = None) -> MedicalRule:
    """Whether the exam comes first. Raises NoRulesError where the day has no rule."""
    return (book or shipped()).find(TOPIC, "medical", MedicalRule, on)


def fee_table(on: date, book: Rulebook | None = None) -> FeeTable:
    """The fees of a day. Raises NoRulesError where the day has none."""
    return (book or shipped()).find(TOPIC, "fees", FeeTable, on)


def papers(on: date, book: Rulebook | None = None) -> dict[str, PaperRule]:
    """Where each kind of paper that is in use on a day was read."""
    return {each.paper: each for each in (book or shipped()).all(TOPIC, "paper", PaperRule, on)}


def checks(on: date, book: Rulebook | None = None) -> dict[str, CheckRule]:
    """Where each check was read, in the order of the file."""
    known = (book or shipped()).all(TOPIC, "check", CheckRule, on)
    return {each.check: each for each in known}
