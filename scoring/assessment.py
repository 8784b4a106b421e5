"""The front door: everything that the rules of a day say about a profile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from scoring import draws
from scoring.case import Case, open_case
from scoring.categories import facts_of
from scoring.choice import program_levels, undominated
from scoring.crs.facts import CrsFacts
from scoring.crs.groups import Groups, groups_of
from scoring.crs.score import CrsScore
from scoring.crs.span import End, Span, crs_score, outcomes, span
from scoring.deadlines import Deadline, deadlines
from scoring.ends import one
from scoring.language import Choice, language_between, likely_levels
from scoring.pointers import completed
from scoring.profile import Profile, read
from scoring.programs import cec as cec_program
from scoring.programs import fst as fst_program
from scoring.programs import fsw as fsw_program
from scoring.programs.common import Languages, settled
from scoring.programs.grid import Grid, GridScore
from scoring.provisions import READ, CategoryVersion, Provision, Read
from scoring.reasons import VERDICTS, Criterion, Reason, Status, Verdict, best, verdict, worse
from scoring.rulebook import TOPICS, Rulebook, Rules, shipped
from scoring.telling import most_telling
from scoring.turning import turning_days

PROGRAMS = ("fsw", "cec", "fst")


@dataclass(frozen=True, slots=True)
class Fit:
    """How a program, a category or a draw type stands for a profile."""

    id: str
    version: str | None
    verdict: Verdict
    reasons: list[Reason]
    fits_from: date | None
    last_round: draws.LastRound | None
    drawn: draws.Drawn
    facts_verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class RuleId:
    """Which rules of a topic were used: since when they hold, when last checked, and how surely they were read."""

    id: str
    in_force_from: date
    checked_on: date
    read: Read


@dataclass(frozen=True, slots=True)
class ReportedChange:
    """A change that is reported and not in the score."""

    id: str
    since: date
    reference: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Likely:
    """What a TEF value out of 699 likely comes to: shown apart, counted nowhere."""

    fact: str
    levels: dict[str, int]
    estimate: bool = True


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that the rules of a day say about a profile (contract, section 5)."""

    on: date
    rules: dict[str, RuleId]
    reported_changes: list[ReportedChange]
    set_aside: list[str]
    assumed_absent: list[str]
    history_to: date
    crs: CrsScore
    fsw_grid: GridScore | None
    programs: list[Fit]
    categories: list[Fit]
    draw_types: list[Fit]
    most_telling_unknown: str | None
    deadlines: list[Deadline]
    likely_nclc: list[Likely] = field(default_factory=list)
    first_official_language: str | None = None
    what_if: Any = None


def assess(
    profile: Profile,
    on: date,
    *,
    assume_absent: Iterable[str] = (),
    telling: bool = True,
    book: Rulebook | None = None,
    history: draws.History | None = None,
) -> Assessment:
    """Assess a profile under the rules in force on a day.

    `assume_absent`: names of facts (`case.ASSUMABLE`) to take as absent where they are unknown; each is listed in the
    answer. `telling`: whether to look for the most telling unknown, which can take seconds where several jobs are half
    known; without, it is null. `history`: the rounds that are known; by default those that ship. Raises NoRulesError
    when the CRS has no table for the day, UnknownAssumptionError for another name.
    """
    rules = (book or shipped()).on(on)
    case = open_case(profile, rules, assume_absent)
    view = View(case, history=history)
    crs = crs_score(view.span, rules, profile)
    return Assessment(
        on=on,
        rules=rule_ids(rules),
        reported_changes=[
            ReportedChange(change.id, change.since, change.reference, change.checked_on)
            for change in rules.book.reported()
            if change.since <= on
        ],
        set_aside=case.set_aside,
        assumed_absent=case.assumed,
        history_to=view.history.known_to,
        crs=crs,
        fsw_grid=view.grid.score() if view.grid else None,
        programs=[view.program_fit(name) for name in PROGRAMS],
        categories=[view.category_fit(category) for category in rules.categories],
        draw_types=view.draw_types(),
        most_telling_unknown=None
        if crs.total is not None or not telling
        else most_telling(case, view.groups, view.span),
        deadlines=deadlines(case, view),
        likely_nclc=[
            Likely(path, levels)
            for path, result in case.candidate.results or ()
            if (levels := likely_levels(result, rules)) is not None
        ],
        first_official_language=view.span.low.choice.first if view.span.low.choice.first_reading else None,
    )


@dataclass(frozen=True, slots=True)
class Glance:
    """What one profile is worth, without reasons: the ends of the score, and the verdict of each draw type by id.

    `concerns`: the types that concern it (`concerning`).
    """

    low: int
    high: int
    verdicts: dict[str, Verdict]
    concerns: tuple[str, ...] = ()


def glance(profile: Profile, on: date, *, assume_absent: Iterable[str] = (), book: Rulebook | None = None) -> Glance:
    """The score and the verdicts alone, as `assess` gives them: for comparing one profile with many others.

    Raises NoRulesError when the CRS has no table for the day, UnknownAssumptionError for another name.
    """
    return glanced(View(open_case(profile, (book or shipped()).on(on), assume_absent)))


def glanced(view: View) -> Glance:
    """The score and the verdicts of a view."""
    pool = view.best_program
    verdicts = {"general": pool, **{name: view.program(name) for name in ("cec", "fsw", "fst")}}
    verdicts["pnp"] = worse(verdict([nomination(view.groups)]), pool)
    own = {category.category: verdict(view.category(category)) for category in view.case.rules.categories}
    verdicts.update({name: worse(facts, pool) for name, facts in own.items()})
    return Glance(view.span.low.total, view.span.high.total, verdicts, _concerning(verdicts.items(), own))


CONCERNS = frozenset({"fits", "cannot_tell"})


def concerning(found: Assessment) -> tuple[str, ...]:
    """The draw types that concern a profile: those whose rules it fits, and those of which that cannot be told yet.

    A category that the facts only nearly fit does not, even where it cannot be told whether a program is open: without
    a French test everybody nearly fits French.
    """
    own = {each.id: each.facts_verdict or each.verdict for each in found.categories}
    return _concerning(((fit.id, fit.verdict) for fit in found.draw_types), own)


def _concerning(whole: Iterable[tuple[str, Verdict]], own: Mapping[str, Verdict]) -> tuple[str, ...]:
    return tuple(name for name, seen in whole if seen in CONCERNS and own.get(name, seen) in CONCERNS)


NOT_AGAINST = frozenset({"pool_open", "outside_quebec", "funds_exempt"})
"""Reasons that speak for a fit, beside those whose code ends in `_met`."""


def way_in(found: Assessment) -> Fit:
    """The program on which the way into the pool hangs: the best verdict, then the fewest reasons against it."""

    def against(fit: Fit) -> int:
        return sum(not (why.code.endswith("_met") or why.code in NOT_AGAINST) for why in fit.reasons)

    return min(found.programs, key=lambda fit: (-VERDICTS.index(fit.verdict), against(fit)))


def least(profile: Profile, on: date, *, assume_absent: Iterable[str] = (), book: Rulebook | None = None) -> int:
    """The low end of the score alone, as `glance` gives it. Raises as `glance` does."""
    return View(open_case(profile, (book or shipped()).on(on), assume_absent)).span.low.total


class View:
    """A case with everything that is computed once and used by several answers."""

    def __init__(self, case: Case, *, whole: bool = False, history: draws.History | None = None) -> None:
        """Work out the groups of facts, settle the choice of language, score, and look at the programs.

        `whole`: the case completes another one, so that its range needs no completions of its own. `history`: the
        rounds that are known; by default those that ship.
        """
        self.history = history or draws.shipped()
        self.case, self.whole, self.by_completions = case, whole, False
        self.groups = groups_of(case)
        self._settle()
        self._fits: dict[str, Fit] = {}
        self._turning: list[date] | None = None
        self._later: dict[date, View] = {}

    def _settle(self) -> None:
        """One result per language and one first language: a program fits, then the CRS, then the later test."""
        case, groups = self.case, self.groups
        if not groups.language.known:
            self.span = self._attained(span(groups, case.rules))
        else:
            kept = undominated(groups.language.low[0].choices, case.rules)
            if len(kept) > 1:
                kept = [choice for choice in kept if self._fits_a_program(choice)] or kept
            self.span = span(groups, case.rules, kept)
            if len(kept) > 1:
                self.span = self._attained(self.span)
        self.languages = Languages(self.span.choices_low, self.span.choices_high)

    @cached_property
    def grid(self) -> Grid | None:
        """The selection grid, where the day's rules have one."""
        return self._grid(self.languages)

    @cached_property
    def criteria(self) -> dict[str, list[Criterion]]:
        """What each of the three programs asks for."""
        return self._programs(self.languages, self.grid)

    @cached_property
    def programs(self) -> dict[str, Verdict]:
        """The verdicts of the three programs."""
        return {name: verdict(criteria) for name, criteria in self.criteria.items()}

    @cached_property
    def best_program(self) -> Verdict:
        """The best verdict of the three programs: whether there is a way into the pool."""
        return best(*self.programs.values())

    def _attained(self, found: Span) -> Span:
        """The range as completions really score it, where several choices of language are left.

        A program that fits comes before the score, so a completion can score less than its best choice pays: each
        combination of ends is scored as a whole profile, with unknown scores at the minimums of the programs too.
        """
        case, groups = self.case, self.groups
        if self.whole or groups.known:
            return found
        between = language_between(case.candidate, case.rules, program_levels(case.rules))
        facts = [fact for side in groups.language for fact in side]
        if all(len(undominated(fact.choices, case.rules)) == 1 for fact in (*facts, *between)):
            return found
        self.by_completions = True
        tried = [groups, *(groups._replace(language=one(fact)) for fact in between)]
        ends = [
            self._completed(facts) for each in tried for best in (False, True) for facts in outcomes(each, best=best)
        ]
        return found._replace(
            low=min(ends, key=lambda end: end.total),
            high=max(ends, key=lambda end: end.total),
        )

    def _completed(self, facts: CrsFacts) -> End:
        """One outcome as the whole profile that it stands for scores it."""
        given = self.case.profile.model_dump(mode="json", by_alias=True, exclude_unset=True)
        profile = read(completed(given, facts.completion))
        case = open_case(profile, self.case.rules, self.case.candidate.assumed)
        end = View(case, whole=True).span.low
        return end._replace(facts=end.facts._replace(age=end.facts.age._replace(completion=facts.completion)))

    def _grid(self, languages: Languages) -> Grid | None:
        rules = self.case.rules
        if rules.fsw is None or rules.fsw_grid is None or not rules.noc_in_use:
            return None
        return Grid(self.case, languages, rules.fsw_grid, rules.fsw)

    def _programs(self, languages: Languages, grid: Grid | None) -> dict[str, list[Criterion]]:
        return {
            "fsw": fsw_program.fsw(self.case, languages, grid),
            "cec": cec_program.cec(self.case, languages),
            "fst": fst_program.fst(self.case, languages),
        }

    def _fits_a_program(self, choice: Choice) -> bool:
        languages = settled(choice)
        criteria = self._programs(languages, self._grid(languages))
        return any(verdict(some) == "fits" for some in criteria.values())

    # -- programs

    def program(self, name: str) -> Verdict:
        """The verdict of one program."""
        return self.programs[name]

    def program_fit(self, name: str) -> Fit:
        """How one program stands."""
        if name not in self._fits:
            on, found = self.case.on, self.program(name)
            self._fits[name] = Fit(
                name,
                None,
                found,
                reasons_of(self.criteria[name]),
                self._from(lambda view: view.program(name), found, self._time_cures(self.criteria[name])),
                self.history.last_round(name, on),
                self.history.drawn(name, None, on),
            )
        return self._fits[name]

    # -- categories

    def category(self, category: CategoryVersion) -> list[Criterion]:
        """The criteria of one category, without the pool."""
        return facts_of(self.case, category, self.languages)

    def category_fit(self, category: CategoryVersion) -> Fit:
        """How one category stands: the worse of its own facts and the best program."""
        if category.category not in self._fits:
            self._fits[category.category] = self._category_fit(category)
        return self._fits[category.category]

    def _category_fit(self, category: CategoryVersion) -> Fit:
        on, criteria = self.case.on, self.category(category)
        facts, pool = verdict(criteria), self.best_program
        found = worse(facts, pool)
        reasons = reasons_of(criteria)
        if pool != "fits":
            reasons.append(Reason("pool_not_open", "", have=pool, need="fits"))
        if category.disputed:
            reasons.append(Reason("rule_disputed", "", need=category.disputed))
        cured = self._time_cures(criteria) and any(self._time_cures(some) for some in self.criteria.values())
        return Fit(
            category.category,
            category.version,
            found,
            reasons,
            self._from(lambda view: worse(verdict(view.category(category)), view.best_program), found, cured),
            self.history.last_round(category.category, on),
            self.history.drawn(category.category, category.version, on, category.in_force_from),
            facts,
        )

    # -- draw types

    def draw_types(self) -> list[Fit]:
        """Eligibility for each draw type; the score is compared elsewhere."""
        on = self.case.on
        pool = self.best_program
        nominated = nomination(self.groups)
        pnp = worse(verdict([nominated]), pool)
        pooled = Reason("pool_open" if pool == "fits" else "pool_not_open", "", have=pool, need="fits")
        general = Fit(
            "general",
            None,
            pool,
            [pooled],
            min((found for name in PROGRAMS if (found := self.program_fit(name).fits_from)), default=None)
            if pool != "fits"
            else None,
            self.history.last_round("general", on),
            self.history.drawn("general", None, on),
        )
        return [
            general,
            *(self.program_fit(name) for name in ("cec", "fsw", "fst")),
            Fit(
                "pnp",
                None,
                pnp,
                [nominated.reason, pooled],
                general.fits_from if nominated.status == "met" else None,
                self.history.last_round("pnp", on),
                self.history.drawn("pnp", None, on),
            ),
            *(replace(self.category_fit(category), facts_verdict=None) for category in self.case.rules.categories),
        ]

    # -- time

    def _from(self, see: Callable[[View], Verdict], now: Verdict, cured: bool) -> date | None:
        """The first day on which time alone makes a verdict `fits`; None when it fits, or when time alone does not.

        `cured`: whether all that stands against it is of the kind that time alone can cure.
        """
        if now in ("fits", "cannot_tell") or not cured:
            return None
        for day in self.turning_days():
            if see(self.later(day)) == "fits":
                return day
        return None

    def _time_cures(self, criteria: Iterable[Criterion]) -> bool:
        """Whether all that is not met is of the kind that time alone can cure."""
        curable = set(CURED_BY_TIME)
        if self.case.dependants:
            curable.add("funds_short")
        if len({job.noc for _, job in self.case.candidate.jobs or ()}) > 1:
            curable.add("language_short")
        return all(item.status == "met" or item.reason.code in curable for item in criteria)

    def turning_days(self) -> list[date]:
        """Days ahead on which time alone can turn a verdict to the better: months complete, a birthday of youth."""
        if self._turning is None:
            self._turning = sorted(turning_days(self.case))
        return self._turning

    def later(self, day: date) -> View:
        """The same facts on a later day, under the same rules."""
        if day not in self._later:
            self._later[day] = View(replace(self.case, on=day, rules=self.case.rules.seen_on(day)))
        return self._later[day]


CURED_BY_TIME = frozenset(
    {"continuous_work_short", "canadian_work_short", "trade_work_short", "listed_work_short", "grid_short"}
)
"""Failures that time alone can cure; where a child grows up funds, and the CEC's language where groups compete."""


def reasons_of(criteria: Iterable[Criterion]) -> list[Reason]:
    """The reasons of some criteria: failures first, then near ones, then what is open, then what is met."""
    return [item.reason for item in sorted(criteria, key=lambda item: _TOLD.index(item.status))]


_TOLD: tuple[Status, ...] = ("failed", "near", "unknown", "advice", "met")


def nomination(groups: Groups) -> Criterion:
    """Whether there is an enhanced nomination."""
    fact = "/candidate/nomination"
    if not groups.nomination.known:
        return Criterion("unknown", Reason("nomination_unknown", fact))
    if groups.nomination.low[0].holds:
        return Criterion("met", Reason("nomination_met", fact))
    return Criterion("failed", Reason("no_nomination", fact, have=False, need=True))


def rule_ids(rules: Rules) -> dict[str, RuleId]:
    """The rules of each topic that the day has, by the newest and the longest unchecked of their tables."""
    known: dict[str, RuleId] | None = rules.memo.get("rule_ids")
    if known is not None:
        return known
    found: dict[str, RuleId] = {}
    for topic, provisions in topics(rules).items():
        if provisions:
            since = max(provision.in_force_from for provision in provisions)
            checked = min(provision.checked_on for provision in provisions)
            least_sure = max((provision.read for provision in provisions), key=READ.index)
            found[topic] = RuleId(f"{topic}-{since}", since, checked, least_sure)
    rules.memo["rule_ids"] = found
    return found


def topics(rules: Rules) -> dict[str, list[Provision]]:
    """The provisions in force on the day, by topic."""
    return {
        topic: [
            entry
            for table, kind in tables.items()
            if table != "category_set"
            for entry in rules.book.all(topic, table, kind, rules.on)
        ]
        for topic, tables in TOPICS.items()
        if topic != "near"
    }
