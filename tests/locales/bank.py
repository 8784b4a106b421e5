"""Samples of everything that scoring can say: the cases of its own tests, assessed, as plain JSON data."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import product
from typing import Any, get_args

from bot.build import lexicon, reader
from conversations.context import Context
from conversations.events import Event, Said, Tapped
from conversations.machine import step
from conversations.replies import Choice, Reply
from conversations.session import Session
from conversations.topics.alert import LATER
from scoring.assessment import assess
from scoring.duties import duties
from scoring.invited import Code, InPool
from scoring.occupations import unit_groups
from scoring.output import as_json
from scoring.profile import read
from scoring.reminders import kind_of
from scoring.rulebook import shipped
from scoring.whatif import what_if
from tests.conversations.topics.people import COUPLE, NURSE, TEACHER
from tests.project import ROOT
from tests.scoring.crs import builders as crs
from tests.scoring.programs import builders as programs

Json = dict[str, Any]
LANGUAGES = ("en", "fr")
CASES = ROOT / "tests" / "scoring" / "cases"
RULE_TABLES = ("programs.cec", "programs.fsw", "programs.fst", "funds.funds", "funds.exemption")
"""Tables that are taken away, to hear what is said where nothing is known."""
OLD_DAYS = (date(2016, 6, 1), date(2019, 6, 1), date(2022, 3, 1), date(2024, 6, 1))


@cache
def worked_examples() -> tuple[Json, ...]:
    """The worked examples, each with its `profile` and its day `on`."""
    return tuple(json.loads((CASES / "worked_examples.json").read_text("utf-8")))


def _cases() -> Iterator[Json]:
    for folder in ("programs", "categories"):
        for path in sorted((CASES / folder).glob("*.toml")):
            table = programs.table(f"{folder}/{path.name}")
            if isinstance(table.get("case"), list):
                yield from programs.cases(f"{folder}/{path.name}")


@cache
def assessments() -> tuple[Json, ...]:
    """Hundreds of assessments: every case of the programs and categories, old days, lacking rules, every example."""
    found = [programs.assessed(case) for case in _cases() if "candidate" not in case]
    found += [programs.assessed({}, without=table) for table in RULE_TABLES]
    found += [programs.assessed({"on": day}) for day in OLD_DAYS]
    found += [
        assess(read(example["profile"]), date.fromisoformat(example["on"]))
        for example in worked_examples()
        if example["profile"]
    ]
    return tuple(as_json(each) for each in found)


def fits(found: Iterable[Json]) -> Iterator[Json]:
    """Every program, category and draw type."""
    return (fit for each in found for name in ("programs", "categories", "draw_types") for fit in each[name])


@cache
def reasons() -> dict[str, tuple[Json, ...]]:
    """Different reasons by code."""
    return _by("code", (reason for fit in fits(assessments()) for reason in fit["reasons"]))


@cache
def lines() -> dict[str, tuple[Json, ...]]:
    """Different lines of the score and of the selection grid, by factor."""
    told = [line for each in assessments() for line in each["crs"]["lines"]]
    told += [line for each in assessments() if each["fsw_grid"] for line in each["fsw_grid"]["lines"]]
    told += [as_json(line) for line in crs.lines({}).values()]
    return _by("factor", told)


@cache
def deadlines() -> dict[str, tuple[Json, ...]]:
    """Different deadlines by id."""
    return _by("id", (deadline for each in assessments() for deadline in each["deadlines"]))


UNTESTED: Json = {
    "candidate": {
        "birth_date": "1994-05-02",
        "language_results": [],
        "credentials": [{"level": "masters", "country": "IN", "eca": False}],
        "jobs": [],
    },
    "partner": False,
}
"""Somebody who has neither a test nor an assessment yet, and leaves the rest open."""


@cache
def what_ifs() -> tuple[Json, ...]:
    """What single changes would bring: for every third worked example, and for somebody without papers."""
    tried = [(example["profile"], date.fromisoformat(example["on"])) for example in worked_examples()[::3]]
    tried.append((UNTESTED, date(2026, 6, 1)))
    return tuple(as_json(what_if(read(profile), shipped().on(on))) for profile, on in tried)


@cache
def changes() -> dict[str, tuple[Json, ...]]:
    """Different changes by id, those that are only supposed among them."""
    tried = [answer["change"] for answer in answers() if answer["change"] is not None]
    return _by("id", (*(change for each in what_ifs() for change in each["changes"]), *tried))


EVERYTHING: Json = {
    **NURSE,
    "c.level.0": "doctorate",
    "c.scores.0": {"listening": 9, "reading": 9, "writing": 9, "speaking": 9},
    "c.nomination": "enhanced",
    "c.certificate": "yes",
    "c.offer": "yes",
    "c.sibling": "yes",
    "h.quebec": "yes",
    "h.funds": 90000,
    "h.partner": "coming",
    "p.level.0": "doctorate",
    "p.level_country.0": "CA",
    "p.full_time_in_canada.0": "yes",
    "p.level.1": "none",
    "p.test.0": "celpip_general",
    "p.scores.0": {"listening": 12, "reading": 12, "writing": 12, "speaking": 12},
    "p.taken_on.0": "2026-03-01",
    "p.job.0": {"noc": "31301", "title": "nurse"},
    "p.job_country.0": "CA",
    "p.job_period.0": {"started_on": "2023-03-01", "ended_on": None},
    "p.job_hours.0": 40,
    "p.job_kind.0": "employee",
    "p.job_authorized.0": "yes",
    "p.job_employer.0": "yes",
    "p.job_student.0": "no",
    "p.job.1": "none",
}
"""Somebody who has everything that can be supposed."""
NOTHING: Json = {"c.birth_date": None, "h.partner": None, "c.level.0": None, "c.test.0": None, "c.job.0": None}
"""Somebody who knows nothing of themselves."""
PARTNER_UNKNOWN: Json = {**COUPLE, "p.level.0": None, "p.test.0": None, "p.job.0": None}
SUPPOSERS: tuple[Json, ...] = (
    NURSE, COUPLE, TEACHER, EVERYTHING, NOTHING, PARTNER_UNKNOWN, {**COUPLE, "h.partner": "staying"},
)  # fmt: skip
SUPPOSED_ON = date(2026, 11, 22)


@cache
def suppositions() -> tuple[Reply, ...]:
    """The sentences of the table of suppositions and some more, said by all kinds of people."""
    table = tomllib.loads((ROOT / "tests/conversations/topics/supposed.toml").read_text("utf-8"))["case"]
    extra = (
        "what if I wait a year", "what if I wait 3 months", "what if I wait 5 years", "/whatif clb 9 9 8 8",
        "what if I get 5 years of experience in Canada", "what if my husband works a year abroad",
        "what if my husband gets 3 years of Canadian experience", "what if I get a doctorate abroad",
        "what if my wife does a phd in canada", "what if I get CLB 12", "what if I get 10 in speaking and 9 in writing",
    )  # fmt: skip
    texts = [*(case.get("en") or case["fr"] for case in table), *extra]
    context = Context(SUPPOSED_ON, lexicon(), reader=reader())
    found: dict[str, Reply] = {}
    for who, text in product(SUPPOSERS, texts):
        _, said = step(Session("en", consented=True, answers=who), Said(text), context)
        found.update((repr(reply.values["asked"]), reply) for reply in said if reply.key == "whatif")
    return tuple(found.values())


@cache
def answers() -> tuple[Json, ...]:
    """Different answers to suppositions, by what they are about and by code."""
    told = [answer for reply in suppositions() for answer in reply.values["asked"]["answers"]]
    return tuple({repr(answer): answer for answer in told}.values())


def pairs() -> list[Json]:
    """Pairs of changes."""
    return [pair for each in what_ifs() for pair in each["pairs"]]


SCORED: dict[str, tuple[tuple[int | None, int | None], ...]] = {
    "in": ((441, 441), (450, 470)),
    "out": ((439, 439), (400, 438)),
    "range": ((430, 450),),
    **dict.fromkeys(("tie_in", "tie_out", "tie_unknown"), ((440, 440),)),
    "not_eligible": ((441, 441), (400, 439), (430, 450)),
    "eligibility_unknown": ((441, 441), (430, 450)),
    **dict.fromkeys(("unknown_type", "unknown_version"), ((430, 450),)),
    "no_rules": ((None, None),),
}
"""Scores that go with each outcome of a round whose cut-off is 440."""
STEPS = (
    "facts", "ita", "ita_before", "submit", "submit_again", "submitted", "moment", "account", "whatif", "narrow",
    "nearly", "others", "stand",
)  # fmt: skip
NEW_TYPE: Json = {"id": "new_hairdressers", "label_en": "Hairdressers (Version 1)", "label_fr": "Coiffeurs (Version 1)"}
UNNAMED: Json = {**NEW_TYPE, "label_fr": None}


@cache
def outcomes() -> tuple[Json, ...]:
    """What a round can say of somebody: every code with every state of the pool, on both sides of the cut-off."""
    found = []
    for code, pool, submitted in product(get_args(Code), get_args(InPool), (None, "day", "moment")):
        for low, high in SCORED[code]:
            gap = {"least": high and 440 - high, "most": low and 440 - low}
            known: Json = {"low": low, "high": high, **gap, "submitted": submitted}
            known |= {"reported": submitted and "2026-11-03", "matched": False, "program": None, "later": []}
            found += [{"code": code, "pool": pool, **known, "fit": fit} for fit in _fits_of(code)]
            if code == "eligibility_unknown":
                hangs = {"matched": True, "program": OPEN_PROGRAM}
                found += [{"code": code, "pool": pool, **known, **hangs, "fit": fit} for fit in _fits_of(code)]
            if code == "out":
                later = [
                    {"paper": paper, "partner": partner} for paper, partner in product(LATER.values(), (False, True))
                ]
                found += [{"code": code, "pool": pool, **known, "later": [each], "fit": None} for each in later]
    return tuple(found)


def waiting_for_a_program() -> list[Json]:
    """The reason that no program is open, with the program on which it hangs: of every verdict."""
    programs = [each for each in fits(assessments()) if each["id"] in ("fsw", "cec", "fst")]
    first = {each["verdict"]: each for each in programs if each["verdict"] != "fits"}
    return [
        {"code": "pool_not_open", "fact": "", "have": verdict, "need": "fits", "missing": None, "estimate": False}
        | {"program": program}
        for verdict, program in first.items()
    ]


def pages() -> Iterator[Reply]:
    """The pages of verdicts, of all kinds of people."""
    context = Context(SUPPOSED_ON, lexicon(), reader=reader())
    events: list[Event] = [Said(f"/{page}") for page in ("which", "eligible", "stand", "chances", "draws")]
    events += [Tapped(f"t:{page}") for page in ("types", "categories", "programs", "fit:french", "fit:general")]
    asked = ("last French draw", "last pnp draw", "round 91", "round 9998", "round 91a", "was it me in round 300")
    events += [Said(text) for text in (*asked, *(f"would {score} be enough in round 446" for score in (517, 518, 519)))]
    for who, event in product(SUPPOSERS, events):
        _, said = step(Session("en", consented=True, answers=who), event, context)
        yield from said


OPEN_PROGRAM: Json = {
    "id": "fsw",
    "verdict": "cannot_tell",
    "reasons": [
        {
            "code": "funds_unknown", "fact": "/household/settlement_funds_cad", "have": None, "need": 15263,
            "missing": None, "estimate": False, "assumed": False,
        }
    ],
}  # fmt: skip


def _fits_of(code: str) -> list[Json | None]:
    if code not in ("not_eligible", "eligibility_unknown"):
        return [None]
    verdicts = ("does_not_fit", "nearly") if code == "not_eligible" else ("cannot_tell",)
    pnp = [fit for fit in fits(assessments()) if fit["id"] == "pnp"]
    samples = [next(fit for fit in fits(assessments()) if fit["verdict"] == verdict) for verdict in verdicts]
    return [*samples, next(fit for fit in pnp if fit["verdict"] in ("does_not_fit", "cannot_tell"))]


def _round(**changes: Any) -> Json:
    return {
        "number": "447",
        "date": "2026-10-01",
        "type": {"id": "trades", "label_en": None, "label_fr": None},
        "invitations": 3500,
        "cut_off": 440,
        "tie_break": "2026-03-01T18:34:05Z",
    } | changes


def rounds() -> Iterator[tuple[Json, Json | None]]:
    """Rounds with the one before: first of its type, a new type, no tie-break, more and less of everything."""
    yield _round(), None
    for points, more in ((-1, -1), (0, 0), (1, 1), (12, 1500), (-12, -1500)):
        yield (
            _round(invitations=1 if more == 1 else 3500),
            {**_round(cut_off=440 - points), "points": points, "more": more},
        )
    for kind in (NEW_TYPE, UNNAMED):
        yield _round(type=kind, tie_break=None), None


def alerts() -> Iterator[Reply]:
    """The message about a round: everything that it can say, each in some message."""
    held, before = next(rounds())
    usual: Json = {"round": held, "before": before, "personal": None, "corrected": False, "was": None}
    usual |= {"step": "facts", "zone": None, "read_at": None}
    yield Reply("alert", "en", usual)
    yield from (Reply("alert", "en", {**usual, "personal": personal}) for personal in outcomes())
    yield from (Reply("alert", "en", {**usual, "step": step}) for step in STEPS)
    for zone in (None, "Asia/Kolkata"):
        yield from (
            Reply("alert", "en", {**usual, "round": one, "before": last, "zone": zone}) for one, last in rounds()
        )
    no_tie = {**held, "tie_break": None}
    tied = next(personal for personal in outcomes() if personal["code"] == "tie_unknown")
    yield Reply("alert", "en", {**usual, "round": no_tie, "personal": tied})
    for was in (None, held, _round(cut_off=441)):
        yield Reply("alert", "en", {**usual, "corrected": True, "was": was, "read_at": "2026-10-01T17:20:00+00:00"})


def changes_of_rules() -> Iterator[Reply]:
    """The message about a change of the rules: of the law and of our own figures, of the score and of verdicts."""
    lines = [{"factor": "job_offer", "before": 50, "after": 0}, {"factor": "age", "before": 94, "after": 99}]
    turned: list[Json] = [
        {"id": "trades", "before": "nearly", "after": "fits"},
        {"id": "military", "before": None, "after": "cannot_tell"},
        {"id": "agriculture", "before": "does_not_fit", "after": None},
    ]
    usual: Json = {"since": "2026-02-18", "on": "2026-11-22", "put_right": False, "lines": lines, "turned": turned}
    usual |= {
        "references": [
            {"topic": "crs", "reference": "SOR/2026-1", "url": "https://example.org/", "checked_on": "2026-11-21"}
        ]
    }
    usual |= {"before": {"low": 450, "high": 470}, "after": {"low": 400, "high": 400}}
    yield Reply("rules_changed", "en", usual)
    yield Reply("rules_changed", "en", {**usual, "put_right": True, "lines": [], "after": usual["before"]})


def reminders() -> Iterator[Reply]:
    """The message that reminds of a date: of each kind, of both people, today and long before."""
    for samples in deadlines().values():
        for sample in samples:
            for left in (0, 1, 30, 60):
                told = {"kind": kind_of(sample["id"]), "deadline": {**sample, "days_left": left}}
                yield Reply("reminder", "en", told)


MOST = 12
"""Samples that are kept of each code."""


def _by(key: str, items: Iterable[Json]) -> dict[str, tuple[Json, ...]]:
    found: dict[str, dict[str, Json]] = {}
    for item in items:
        kept = found.setdefault(item[key], {})
        if len(kept) < MOST or _shape(item) not in kept:
            kept.setdefault(json.dumps(item, sort_keys=True), item)
            kept.setdefault(_shape(item), item)
    return {code: tuple({json.dumps(item): item for item in kept.values()}.values()) for code, kept in found.items()}


def _shape(item: Json) -> str:
    """What kind of values an item has: a sample of each kind is kept."""
    return json.dumps(_kinds(item), sort_keys=True)


def _kinds(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _kinds(each) for key, each in value.items()}
    return value if value is None or isinstance(value, bool) else type(value).__name__


ON_OFFER = 5
"""Groups that stand in one message."""


def jobs() -> Iterator[Reply]:
    """Every unit group on offer with what one does there; one by its code, read back; reasons among one's answers."""
    codes = list(unit_groups())
    for start in range(0, len(codes), ON_OFFER):
        yield _offered(codes[start : start + ON_OFFER])
    yield _offered(codes[:3], scope="p", explained=True, facts={"country": "PH", "hours_per_week": 40})
    yield _offered(codes[:2], unread=(1,))
    yield _offered(codes[:4], unread=(1, 2, 4), categories=None)
    given = {"noc": "31301", "title": None, "why": {"by": "code"}}
    seen = {"by": "duties", "read": "nurse", "among": ["31301", "32101"], "line": duties()["31301"].en}
    for place, job in enumerate((given, {"noc": "31301", "title": "nurse", "why": seen})):
        line = {"n": 1, "id": "job", "scope": "c", "index": place, "value": job}
        heard = {"asks": [], "beside": [], "whose": ["licence, TCF CO 500 CE 480 EE 11 EO 12"]}
        yield Reply("readback", "en", {"lines": [line], **heard, "choosing": False})
        yield Reply("check", "en", {"lines": [line]})
        yield Reply("menu", "en", {"answered": 1, "invited": None, "ack": [{**line, "too_old": False}]})


def _offered(
    codes: Sequence[str],
    scope: str = "c",
    explained: bool = False,
    facts: Json | None = None,
    unread: Sequence[int] = (),
    categories: Sequence[str] | None = ("healthcare", "stem"),
) -> Reply:
    groups = [
        {
            "n": n,
            "code": code,
            "teer": int(code[1]),
            "categories": categories and categories[:n],
            "read": n not in unread,
        }
        for n, code in enumerate(codes, start=1)
    ]
    values = {"read": "welder", "facts": facts or {}, "id": "job", "scope": scope, "index": 0}
    rows = tuple((Choice("noc", f"n:c.job.0:{code}", {"n": n, "code": code}),) for n, code in enumerate(codes, start=1))
    return Reply("pick_job", "en", {**values, "groups": groups, "explained": explained}, rows)
