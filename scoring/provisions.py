"""The dated entries of the rules as checked models: what every table of `rules/*.toml` holds.

A number of the law stands in those files only; these models say which numbers there are and read them quickly.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Read = Literal["official_text", "official_copy", "transcription", "secondary", "inferred"]
"""How the text of a provision was read, from surest to least sure: the last two mean that no official text was."""
READ: tuple[Read, ...] = get_args(Read)
UNOFFICIAL = READ[-2:]


class RuleDataError(ValueError):
    """A file of rules does not hold what it should: the file, the table and what is wrong with it."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Provision(_Model):
    """What every dated entry of the rules carries."""

    in_force_from: date
    in_force_until: date | None = None
    reference: str = Field(min_length=1)
    url: str = Field(min_length=1)
    checked_on: date
    read: Read
    note: str = ""

    def holds(self, on: date) -> bool:
        """Whether it is in force on that day; both ends are inclusive."""
        return self.in_force_from <= on and (self.in_force_until is None or on <= self.in_force_until)


class Columns(_Model):
    """Points with and without an accompanying partner."""

    with_: int = Field(alias="with")
    without: int

    def of(self, applies: bool) -> int:
        """The points of the column that applies: `True` = with an accompanying partner."""
        return self.with_ if applies else self.without


class ColumnStep(Columns):
    """From the value `at` upward these points hold, until the next step."""

    at: int


class Step(_Model):
    """From the value `at` upward these points hold, until the next step."""

    at: int
    points: int


class TierStep(_Model):
    """From the value `at` upward this tier holds, until the next step."""

    at: int
    tier: int


class Ladder(Sequence[tuple[int, int]]):
    """A step table made quick to read: the value of the highest step not above what is asked for."""

    __slots__ = ("_at", "_values")

    def __init__(self, steps: Sequence[tuple[int, int]]) -> None:
        """Take (from, value) pairs in rising order."""
        self._at = tuple(at for at, _ in steps)
        self._values = tuple(value for _, value in steps)
        if list(self._at) != sorted(set(self._at)):
            raise RuleDataError(f"steps out of order or twice: {list(self._at)}")

    def __call__(self, value: int) -> int:
        """The value of the step that `value` reaches; 0 below the first."""
        place = bisect_right(self._at, value)
        return self._values[place - 1] if place else 0

    def __len__(self) -> int:
        """How many steps there are."""
        return len(self._at)

    def __getitem__(self, index: Any) -> Any:
        """The (from, value) pair at `index`."""
        return tuple(zip(self._at, self._values, strict=True))[index]


S = TypeVar("S", "ColumnStep", "Step", "TierStep")


def _rising(steps: tuple[S, ...]) -> tuple[S, ...]:
    marks = [step.at for step in steps]
    if marks != sorted(set(marks)):
        raise ValueError(f"steps out of order or twice: {marks}")
    return steps


ColumnSteps = Annotated[tuple[ColumnStep, ...], AfterValidator(_rising)]
Steps = Annotated[tuple[Step, ...], AfterValidator(_rising)]
TierSteps = Annotated[tuple[TierStep, ...], AfterValidator(_rising)]


class _ColumnTable(Provision):
    steps: ColumnSteps
    max: Columns

    @cached_property
    def ladders(self) -> tuple[Ladder, Ladder]:
        """The steps made quick to read: without and with an accompanying partner."""
        return (
            Ladder([(step.at, step.without) for step in self.steps]),
            Ladder([(step.at, step.with_) for step in self.steps]),
        )

    def points(self, value: int, applies: bool) -> int:
        """The points for `value` in the column that applies."""
        return self.ladders[applies](value)


class _Table(Provision):
    steps: Steps
    max: int

    @cached_property
    def ladder(self) -> Ladder:
        """The steps made quick to read."""
        return Ladder([(step.at, step.points) for step in self.steps])

    def points(self, value: int) -> int:
        """The points for `value`."""
        return self.ladder(value)


class AgeTable(_ColumnTable):
    """CRS section A: points by age in completed years."""


class EducationTable(Provision):
    """CRS section A: points by level of education."""

    levels: dict[str, Columns]
    max: Columns


class FirstLanguageTable(_ColumnTable):
    """CRS section A: points per ability by CLB of the first official language."""


class SecondLanguageTable(Provision):
    """CRS section A: points per ability by CLB of the second official language, the total capped by column."""

    steps: Steps
    max: Columns

    @cached_property
    def ladder(self) -> Ladder:
        """The steps made quick to read."""
        return Ladder([(step.at, step.points) for step in self.steps])

    def points(self, value: int) -> int:
        """The points of one ability."""
        return self.ladder(value)


class CanadianWorkTable(_ColumnTable):
    """CRS section A: points by completed years of Canadian work."""


class CoreMax(Provision):
    """The cap of section A."""

    max: Columns


class PartnerEducationTable(Provision):
    """CRS section B: points by the partner's level of education."""

    levels: dict[str, int]
    max: int


class PartnerLanguageTable(_Table):
    """CRS section B: points per ability by the partner's CLB."""


class PartnerWorkTable(_Table):
    """CRS section B: points by the partner's completed years of Canadian work."""


class SectionMax(Provision):
    """The cap of a section."""

    max: int


class TransferabilityTable(Provision):
    """CRS section C: tiers, the five matrices and their caps. Rows are the first-named factor's tier."""

    max: int
    group_max: int
    certificate_max: int
    education_tiers: dict[str, int]
    language_bands: TierSteps
    canadian_work_tiers: TierSteps
    foreign_work_tiers: TierSteps
    education_language: tuple[tuple[int, ...], ...]
    education_work: tuple[tuple[int, ...], ...]
    foreign_language: tuple[tuple[int, ...], ...]
    foreign_work: tuple[tuple[int, ...], ...]
    certificate: Steps

    @cached_property
    def ladders(self) -> dict[str, Ladder]:
        """The tiers and the certificate's points made quick to read."""
        return {
            "language": Ladder([(step.at, step.tier) for step in self.language_bands]),
            "canadian": Ladder([(step.at, step.tier) for step in self.canadian_work_tiers]),
            "foreign": Ladder([(step.at, step.tier) for step in self.foreign_work_tiers]),
            "certificate": Ladder([(step.at, step.points) for step in self.certificate]),
        }

    def language_band(self, lowest: int) -> int:
        """The band of the lowest of the four abilities of the first official language."""
        return self.ladders["language"](lowest)

    def canadian_tier(self, years: int) -> int:
        """The tier of completed years of Canadian work."""
        return self.ladders["canadian"](years)

    def foreign_tier(self, years: int) -> int:
        """The tier of completed years of foreign work."""
        return self.ladders["foreign"](years)

    def certificate_points(self, lowest: int) -> int:
        """What a certificate of qualification brings with that lowest ability in the first official language."""
        return self.ladders["certificate"](lowest)


class Points(Provision):
    """A flat number of points."""

    points: int


class FrenchTable(Provision):
    """CRS section D: points for French, by whether English reaches a minimum too."""

    minimum: int
    english_minimum: int
    points_alone: int
    points_with_english: int


class CanadianStudyTable(Provision):
    """CRS section D: points by the highest Canadian credential."""

    levels: dict[str, int]


class JobOfferTable(Provision):
    """CRS section D: points for a qualifying job offer, while there were any."""

    points: int
    points_senior_managers: int
    senior_managers_prefix: str
    routes: tuple[str, ...]
    teers: tuple[int, ...]


class HighWageLevel(_Model):
    """One level of the high-wage factor: its unit groups and what work or an offer in one of them brings."""

    id: str
    nocs: frozenset[str]
    points_canadian_work: int
    points_job_offer: int


class HighWageTable(Provision):
    """A factor that is only reported: an empty table until an official text is read."""

    levels: tuple[HighWageLevel, ...]


class TotalMax(Provision):
    """The most that the CRS can give."""

    max: int


class Counting(Provision):
    """How work is counted (IRPR 73, 80)."""

    full_time_hours: int
    month_hours: int
    leftover_months_per_day: tuple[int, int]
    teers: tuple[int, ...]
    noc_from: date
    short_gap_days: int


class Window(Provision):
    """How many years before the day are looked at."""

    years: int


class Physicians(Provision):
    """Unit groups whose publicly funded self-employed work in Canada counts."""

    nocs: frozenset[str]


class Domain(_Model):
    """What a test prints for one ability."""

    min: float
    max: float
    step: float


class Chart(Provision):
    """One test's scores to CLB / NCLC, per ability: [lowest raw score, level] pairs, rising."""

    test: str
    language: Literal["en", "fr"]
    scale: str
    domain: dict[str, Domain]
    levels: dict[str, tuple[tuple[float, int], ...]]

    @cached_property
    def quick(self) -> dict[str, tuple[tuple[float, ...], tuple[int, ...]]]:
        """Per ability, the lowest raw scores and the levels that they reach, made quick to read."""
        return {
            ability: (tuple(raw for raw, _ in pairs), tuple(level for _, level in pairs))
            for ability, pairs in self.levels.items()
        }

    def level(self, ability: str, raw: float) -> int:
        """The CLB / NCLC of a raw score; 0 below the chart's lowest level."""
        at, values = self.quick[ability]
        place = bisect_right(at, raw)
        return values[place - 1] if place else 0


class Years(Provision):
    """A validity in years: over on the anniversary."""

    years: int


class FswRules(Provision):
    """Federal Skilled Worker Program: minimums."""

    work_months: int
    window_years: int
    language_minimum: int
    education_minimum: str
    pass_mark: int


class SecondLanguageRule(_Model):
    """All four abilities at the minimum give the points; no part of them otherwise."""

    minimum: int
    points: int


class Adaptability(_Model):
    """The adaptability items of the grid and their cap."""

    max: int
    partner_language: int
    partner_language_minimum: int
    own_study: int
    partner_study: int
    own_work: int
    partner_work: int
    relative: int
    arranged_employment: int


class FswGrid(Provision):
    """The 67-point grid (IRPR 78 to 83)."""

    max: int
    education: dict[str, int]
    education_max: int
    first_language: Steps
    first_language_max: int
    second_language: SecondLanguageRule
    experience: Steps
    experience_max: int
    age: Steps
    age_max: int
    arranged_employment: int
    adaptability: Adaptability

    @cached_property
    def ladders(self) -> dict[str, Ladder]:
        """The steps made quick to read."""
        return {
            name: Ladder([(step.at, step.points) for step in getattr(self, name)])
            for name in ("first_language", "experience", "age")
        }

    def points(self, name: Literal["first_language", "experience", "age"], value: int) -> int:
        """The points of one of the stepped factors for `value`."""
        return self.ladders[name](value)


class CecRules(Provision):
    """Canadian Experience Class (IRPR 87.1)."""

    work_months: int
    window_years: int
    language_by_teer: dict[str, int]


class Trades(_Model):
    """Code prefixes of the skilled trades, and those taken out again."""

    include: tuple[str, ...]
    exclude: tuple[str, ...]


class FstRules(Provision):
    """Federal Skilled Trades Program (IRPR 87.2)."""

    work_months: int
    window_years: int
    language: dict[str, int]
    trades: Trades
    offers_up_to: int
    routes: tuple[str, ...]

    def is_trade(self, noc: str) -> bool:
        """Whether a unit group is a skilled trade of the program."""
        return noc.startswith(self.trades.include) and not noc.startswith(self.trades.exclude)


class FundsTable(Provision):
    """Settlement funds by family size, in Canadian dollars."""

    id: str
    by_size: tuple[int, ...]
    each_additional: int

    def needed(self, size: int) -> int:
        """The amount for a family of `size` people, one or more."""
        listed = len(self.by_size)
        return self.by_size[min(size, listed) - 1] + max(0, size - listed) * self.each_additional


class FundsExemption(Provision):
    """Job-offer routes that, with authorization to work in Canada, waive the funds."""

    fsw_routes: tuple[str, ...]
    fst_routes: tuple[str, ...]


class DependentChild(Provision):
    """Below which age a child without a partner is dependent."""

    under_age: int


class Months(Provision):
    """A validity in months."""

    months: int


class Days(Provision):
    """A validity in days."""

    days: int


class Near(Provision):
    """The product's own thresholds: what is near, what is soon, what is stale."""

    months: int
    clb_levels: int
    clb_abilities: int
    grid_points: int
    funds_share: float
    expiring_days: int
    stale_rules_days: int
    horizon_months: int


class CategoryVersion(Provision):
    """One version of a category of category-based selection."""

    category: str
    version: str
    kind: Literal["language", "occupation", "military"]
    confidence: Literal["high", "medium", "low"]
    name_en: str
    name_fr: str
    label_en: str = ""
    label_fr: str = ""
    disputed: str = ""
    min_level: int = 0
    months: int = 0
    continuous: bool = False
    window_years: int = 0
    canada_only: bool = False
    nocs: frozenset[str] = frozenset()
    offer_years: int = 0
    service_years: int = 0
    education_minimum: str = ""


class CategorySet(Provision):
    """A yearly set of categories: informative only, the versions' own dates decide."""

    id: str


class Reported(_Model):
    """A change that third parties report and no official text confirms; nothing is computed with it."""

    id: str
    since: date
    summary: str
    reference: str
    urls: tuple[str, ...] = ()
    checked_on: date


class Proposed(_Model):
    """A proposal: never applied."""

    id: str
    announced: date
    summary: str
    reference: str
    urls: tuple[str, ...] = ()
    checked_on: date
