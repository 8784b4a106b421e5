"""The vocabulary of scoring: words for every code that it can give, in both languages, from samples of all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from fnmatch import fnmatch
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markupsafe import Markup

from bot.wording.environment import templates
from bot.wording.vocabulary import SENTENCES, TERMS, UnknownWordError
from conversations.session import Language
from scoring import draws
from scoring.abilities import ABILITIES, TestId
from scoring.assessment import PROGRAMS, assess
from scoring.case import ASSUMABLE
from scoring.crs.score import SECTIONS
from scoring.education import LEVELS
from scoring.output import as_json
from scoring.plans import effort
from scoring.profile import MaritalStatus, read, schema
from scoring.provisions import CategoryVersion
from scoring.reasons import VERDICTS
from scoring.rulebook import shipped
from scoring.supposed import Code
from tests.locales import bank, sources
from tests.locales.french import english_in, misset
from tests.scoring.profiles import ON, partial_of, profiles

LANGUAGES: tuple[Language, ...] = ("en", "fr")
MOST_WORDS = {"en": 20, "fr": 24}
"""Of one part of a sentence; French takes a few more for the same."""


def said(language: Language, name: str, data: Any) -> str:
    """What a filter says."""
    return str(templates(language).filters[name](data))


def plain(text: str) -> str:
    return Markup(re.sub(r"<[^>]+>", "", text)).unescape()


def check(name: str, samples: Iterable[Any]) -> None:
    """Every sample has words in both languages, well formed, and nothing of the one in the other."""
    for data in samples:
        english, french = said("en", name, data), said("fr", name, data)
        for text in (english, french):
            assert text.strip() == text != "", data
            assert not re.search(r"\bNone\b(?! of)", text), (text, data)
            assert "  " not in text, (text, data)
            assert "{" not in text, (text, data)
            assert "%(" not in text, (text, data)
            assert sorted(re.findall(r"</?(\w+)>", text)) in ([], ["i", "i"]), text
        assert english_in(plain(french)) == misset(plain(french)) == [], (french, data)


def check_sentences(name: str, samples: Iterable[Any]) -> None:
    """They are whole sentences, short enough to be read at once."""
    kept = list(samples)
    check(name, kept)
    for data in kept:
        for language in LANGUAGES:
            for line in plain(said(language, name, data)).split("\n"):
                assert re.search(r"[.?]( \(\w+\))?$", line), line
                assert line[0] == line[0].upper(), line
                assert max(len(part.split()) for part in re.split(r"[.;:?] ", line)) <= MOST_WORDS[language], line


# -- reasons

REASONS = {code for code in sources.arguments_of("Reason", 0) if code != "*"}


def test_the_source_and_the_cases_agree_on_the_reasons() -> None:
    assert len(REASONS) > 50
    assert set(bank.reasons()) == REASONS


@pytest.mark.parametrize("code", sorted(REASONS))
def test_every_reason_is_a_sentence(code: str) -> None:
    check_sentences("reason", bank.reasons()[code])


def test_a_pool_that_is_not_open_names_the_program_on_which_it_hangs() -> None:
    check_sentences("reason", bank.waiting_for_a_program())


def test_every_verdict_but_a_fit_has_a_first_reason() -> None:
    for language in LANGUAGES:
        decisive = templates(language).module_of("_parts.j2").decisive
        for fit in bank.fits(bank.assessments()):
            assert fit["verdict"] == "fits" or decisive(fit).strip(), fit


def test_no_macro_is_left_without_its_reason() -> None:
    helpers = {"reason", "estimated", "levels", "lacking"}
    assert _macros("reasons") - helpers == REASONS


def test_every_disputed_rule_is_named() -> None:
    disputed = {entry.disputed for entry in shipped().entries("categories", "category", CategoryVersion)} - {None, ""}
    assert disputed
    check_sentences("reason", [{"code": "rule_disputed", "need": key, "estimate": False} for key in disputed])


def _reason(code: str, **values: Any) -> bank.Json:
    return {"code": code, "fact": "", "have": None, "need": None, "missing": None, "estimate": False} | values


def test_a_near_miss_says_what_is_short_and_by_how_much() -> None:
    near = _reason("canadian_work_short", have=10.0, need=12, missing=2.0)
    assert said("en", "reason", near) == "Recent skilled work in Canada: 10 of 12 months; 2 months short."
    assert (
        said("fr", "reason", near)
        == "Travail qualifié récent au Canada\N{NO-BREAK SPACE}: 10 mois sur 12; il manque 2 mois."
    )


def test_a_month_that_lacks_a_few_days_is_never_told_as_whole() -> None:
    near = _reason("canadian_work_short", have=11.97, need=12, missing=0.03)
    assert said("en", "reason", near) == "Recent skilled work in Canada: 11.9 of 12 months; 1 day short."


@pytest.mark.parametrize(
    ("missing", "days", "told"),
    [
        (0.93, 28, "28 days"),  # until the anniversary, where time alone completes it
        (0.93, None, "29 days"),  # of work of its own: a day counts as 12/365 of a month
        (0.01, 1, "1 day"),
        (1.0, 30, "1 month"),
        (1.28, 39, "1.3 months"),
    ],
)
def test_less_than_a_month_is_told_in_the_days_until_it_is_complete(missing: float, days: Any, told: str) -> None:
    near = _reason("canadian_work_short", have=12 - missing, need=12, missing=missing, days=days)
    assert said("en", "reason", near).endswith(f"of 12 months; {told} short.")


def test_an_estimate_is_marked() -> None:
    reason = _reason("grid_met", have=70, need=67, estimate=True)
    assert said("en", "reason", reason).endswith("<i>That is an estimate.</i>")
    assert said("fr", "reason", reason).endswith("<i>C’est une estimation.</i>")


def test_a_code_without_words_is_an_error() -> None:
    with pytest.raises(UnknownWordError, match="no_such_code"):
        said("en", "reason", _reason("no_such_code"))


# -- lines

FACTORS = set(bank.lines()) | {"core_cap", "partner_cap", "high_wage_canadian_work", "high_wage_job_offer"}
CAPS = sorted(factor for factor in FACTORS if factor.endswith("_cap"))


def _line(factor: str, code: str, values: bank.Json, points: int = 0, most: int = 30) -> bank.Json:
    why = {"code": code, "values": values}
    return {"factor": factor, "points": points, "max": most, "why": why, "estimate": False, "reference": ""}


def test_every_factor_of_the_tables_is_named() -> None:
    from scoring.crs.score import _provisions

    grid = {factor for factor in sources.arguments_of("Item", 0) if factor.startswith("grid_") and "*" not in factor}
    grid |= {f"grid_first_language_{ability}" for ability in ABILITIES}
    assert set(_provisions(shipped().on(date(2026, 6, 1)))) | grid <= _terms("factor")
    assert _terms("factor") >= FACTORS


@pytest.mark.parametrize("factor", sorted(bank.lines()))
def test_every_line_of_a_score_says_why(factor: str) -> None:
    check("line", bank.lines()[factor])


@pytest.mark.parametrize("factor", CAPS)
def test_a_limit_that_bites_is_a_negative_line(factor: str) -> None:
    line = _line(factor, "over_the_cap", {"over": 6}, points=-6, most=0)
    check("line", [line])
    assert "−6" in said("en", "line", line)


@pytest.mark.parametrize("factor", ["high_wage_canadian_work", "high_wage_job_offer"])
def test_factors_that_are_only_reported_have_words_already(factor: str) -> None:
    check("line", [_line(factor, "high_wage", {}, points=points) for points in (0, 30)])
    check("line", [_line(factor, "high_wage", {"noc": noc}, points=30) for noc in (None, "21231")])


def test_every_why_has_its_words() -> None:
    codes = sources.first_texts("scoring/crs/score.py", 3)
    codes |= sources.arguments_of("Item", 4, _path("programs/grid.py")) - {"*"}
    assert {f"why_{code}" for code in codes} | {"why_over_the_cap"} == {
        name for name in _macros("lines") if name.startswith("why_")
    }


def test_a_line_reads_at_a_glance() -> None:
    line = _line("age", "age", {"years": 32}, points=94, most=110)
    assert said("en", "line", line) == "Age: 94 of 110 (32 years old)"
    assert said("fr", "line", line) == "Âge\N{NO-BREAK SPACE}: 94 sur 110 (32 ans)"


def test_the_most_years_that_pay_are_told_as_at_least_that_many() -> None:
    assert "5 years or more" in said("en", "line", _line("canadian_work", "years", {"years": 5}, 80, 80))
    assert "4 years)" in said("en", "line", _line("canadian_work", "years", {"years": 4}, 72, 80))


# -- deadlines

SUFFIXES = {
    "*_year_completes": ("canadian", "foreign"),
    "*_completes": (),
    "*_leaves_window": (),
    "*_invitation_too_early": PROGRAMS,
}
CATEGORIES = sorted({entry.category for entry in shipped().entries("categories", "category", CategoryVersion)})


def _deadline(name: str, **values: Any) -> bank.Json:
    fact = values.pop("fact", "/candidate/jobs")
    return {"id": name, "on": "2027-02-01", "days_left": 72, "points": None, "fact": fact} | values


def test_every_deadline_is_a_sentence() -> None:
    patterns = sources.arguments_of("_due", 1)
    assert {name for name in patterns if "*" in name} == set(SUFFIXES)
    for pattern in patterns:
        firsts = SUFFIXES.get(pattern, ()) or (CATEGORIES if pattern in SUFFIXES else ("",))
        check_sentences("deadline", [_deadline(pattern.replace("*", first), points=-5) for first in firsts])
    for samples in bank.deadlines().values():
        check_sentences("deadline", samples)


def test_a_deadline_of_the_partner_says_so() -> None:
    for name, fact in (
        ("language_result_expires", "/partner/language_results/0"),
        ("eca_expires", "/partner/credentials/0/eca"),
    ):
        assert "partner" in said("en", "deadline", _deadline(name, fact=fact))
        assert "partenaire" in said("fr", "deadline", _deadline(name, fact=fact))


def test_a_deadline_of_today_says_so() -> None:
    assert said("en", "deadline", _deadline("profile_expires", days_left=0)) == (
        "1 February 2027 (today): your Express Entry profile expires."
    )


def test_one_day_and_one_point_are_one() -> None:
    told = _deadline("birthday", days_left=1, points=-1, fact="")
    assert said("en", "deadline", told) == "1 February 2027 (in 1 day): your birthday takes away 1 point."
    assert said("fr", "deadline", told) == (
        "1er février 2027 (dans 1 jour)\N{NO-BREAK SPACE}: votre anniversaire vous enlève 1 point."
    )


# -- what if


def test_every_change_has_a_name() -> None:
    patterns = sources.arguments_of("Change", 0)
    assert [pattern for pattern in patterns if not any(fnmatch(name, pattern) for name in bank.changes())] == []
    for samples in bank.changes().values():
        check_sentences("change", samples)


def test_every_answer_to_a_supposition_is_told() -> None:
    for answer in bank.answers():
        for language in LANGUAGES:
            text = plain(str(templates(language).filters["said"](answer, "whatif", "answer_line")))
            assert re.fullmatch(r"[^a-zà-ÿ].*[.]", text, re.DOTALL), text
            assert not re.search(r"\bNone\b(?! of)|%\(|\{|  ", text), text
            assert max(len(part.split()) for part in re.split(r"[.;:,?(\n] ?", text)) <= MOST_WORDS[language], text
            if language == "fr":
                assert english_in(text) == misset(text) == [], text


def test_everything_that_can_be_held_is_held_by_somebody() -> None:
    held = {f"held_{each['id'].partition('.')[0]}" for each in bank.answers() if each["code"] == "held"}
    assert held == {name for name in _macros("whatif") if name.startswith("held_")} - {"held_in"}


def test_every_code_of_an_answer_is_told() -> None:
    assert {each["code"] for each in bank.answers()} == set(get_args(Code))


def test_a_gain_that_depends_on_what_is_unknown_goes_from_its_least_to_its_most() -> None:
    change: bank.Json = {"id": "nomination", "values": {}, "flips": [], "warning": None, "low": 0, "high": 0}
    assert "−20 to +600 points" in said("en", "change", {**change, "gain_low": 600, "gain_high": -20})


def test_pairs_are_told() -> None:
    pairs = bank.pairs()
    assert {pair["effect"] for pair in pairs} == {"more_together", "cap_between"}
    check("pair", pairs)


def test_what_a_change_takes_is_told() -> None:
    efforts = [as_json(found) for name in bank.changes() if (found := effort(name)) is not None]
    check_sentences("effort", [*efforts, as_json(effort("work.canada", 7))])


def test_what_waiting_moves_is_told() -> None:
    turned = [{"id": "cec", "before": "nearly", "after": "fits"}, {"id": "fsw", "before": "fits", "after": "nearly"}]
    step: bank.Json = {
        "on": "2027-05-02",
        "latest": False,
        "before": 441,
        "before_high": 441,
        "low": 436,
        "high": 436,
        "lines": {"age": -5},
        "turned": [],
    }
    steps = [step, {**step, "high": 470}, {**step, "lines": {}, "low": 441, "high": 441, "turned": turned}]
    steps += [{**step, "latest": True}, {**step, "lines": {}, "before_high": 470, "turned": turned}]
    steps += [{**step, "lines": {"language": -40, "canadian_work": 13, "age": -5}, "turned": turned}]
    check_sentences("waiting_step", steps)


# -- facts


def _pointers(node: bank.Json, whole: bank.Json, at: str = "") -> Iterator[str]:
    """Every JSON pointer that a profile can have, with places 0 and 3 of its lists."""
    yield at
    for arm in node.get("anyOf") or node.get("oneOf") or []:
        yield from _pointers(arm, whole, at)
    if "$ref" in node:
        yield from _pointers(whole["$defs"][node["$ref"].rsplit("/", 1)[-1]], whole, at)
    for key, inside in node.get("properties", {}).items():
        yield from _pointers(inside, whole, f"{at}/{key}")
    if isinstance(node.get("items"), dict):
        for place in (0, 3):
            yield from _pointers(node["items"], whole, f"{at}/{place}")


def test_every_fact_that_a_profile_can_hold_has_a_name() -> None:
    pointers = sorted(set(_pointers(schema(), schema())))
    assert len(pointers) > 200
    check("fact", pointers)
    assert said("en", "fact", "/partner/credentials/0/eca") != said("en", "fact", "/candidate/credentials/0/eca")


def test_every_assumption_has_a_name_by_itself_and_by_its_pointer() -> None:
    check("assumption", ASSUMABLE)
    found = {pointer for name in ASSUMABLE for pointer in _assumed(name)}
    assert len(found) >= 2 * len(ASSUMABLE) - 2
    check("assumption", sorted(found))


def _assumed(name: str) -> list[str]:
    person = {"jobs": [{"noc": "21231"}]}
    return assess(read({"candidate": person, "partner": person}), ON, assume_absent=(name,)).assumed_absent


# -- trust


def test_the_trust_line_says_source_day_check_and_that_it_is_no_advice() -> None:
    found = as_json(assess(read({}), date(2026, 11, 21)))
    english, french = said("en", "trust", found), said("fr", "trust", found)
    assert "canada.ca" in english
    for day in ("21 November 2026", "25 March 2025", "10 October 2026"):
        assert day in english
    assert "not legal advice" in english
    assert (
        "A change to the score has been reported since 3 November 2026. "
        "We could read no official text, so it is not in this figure." in english
    )
    assert "3 novembre 2026" in french
    check("trust", [found])
    check("trust_short", [found])


def test_before_a_change_is_reported_nothing_is_said_of_it() -> None:
    found = as_json(assess(read({}), date(2026, 11, 2)))
    for name in ("trust", "trust_short"):
        assert "reported" not in said("en", name, found)
        assert "rapporté" not in said("fr", name, found)


# -- terms


def test_every_id_of_scoring_has_its_term() -> None:
    rules = shipped().on(date(2026, 6, 1))
    rounds = {held.type for held in draws.shipped().rounds}
    assert {category.category for category in rules.categories} <= set(CATEGORIES) == _terms("category")
    assert {*PROGRAMS, "pnp"} == _terms("program")
    assert {*CATEGORIES, *PROGRAMS, "pnp", "general"} == _terms("draw_type") >= rounds
    assert set(VERDICTS) == _terms("verdict")
    assert set(SECTIONS) == _terms("section")
    assert set(LEVELS) == _terms("level")
    assert set(get_args(TestId)) == _terms("test")
    assert set(ABILITIES) == _terms("ability")
    assert set(get_args(MaritalStatus)) == _terms("marital")


@pytest.mark.parametrize("name", sorted(set(TERMS) - {"test", "language_name", "clb"}))
def test_terms_differ_between_the_languages(name: str) -> None:
    check(name, _terms(name))
    same = [key for key in _terms(name) if said("en", name, key) == said("fr", name, key)]
    assert same == []


@pytest.mark.parametrize("name", sorted(TERMS))
def test_an_id_without_a_term_is_an_error(name: str) -> None:
    with pytest.raises(UnknownWordError, match="no_such_id"):
        said("en", name, "no_such_id")


# -- all of them


@given(profiles().flatmap(partial_of))
def test_whatever_a_profile_comes_to_can_be_said(profile: bank.Json) -> None:
    found = as_json(assess(read(profile), ON))
    check("reason", [reason for fit in bank.fits([found]) for reason in fit["reasons"]])
    check("line", found["crs"]["lines"] + found["fsw_grid"]["lines"])
    check("deadline", found["deadlines"])
    check("fact", [*found["crs"]["low_with"], *found["crs"]["high_with"]])


HOSTILE = "<b>&\"'</b>"


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.sampled_from(["reason", "line", "deadline", "change"]), st.data())
def test_no_value_comes_through_raw(language: Language, name: str, data: st.DataObject) -> None:
    banks: dict[str, Callable[[], dict[str, tuple[bank.Json, ...]]]] = {
        "reason": bank.reasons,
        "line": bank.lines,
        "deadline": bank.deadlines,
        "change": bank.changes,
    }
    sample = data.draw(st.sampled_from([item for items in banks[name]().values() for item in items]))
    try:
        text = said(language, name, _poisoned(sample))
    except (LookupError, TypeError, ValueError, UndefinedError):
        return  # a text where a number or an id belongs is refused
    assert HOSTILE not in text
    assert "<b>" not in text


def _poisoned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: item if key in ("code", "id", "factor") else _poisoned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_poisoned(item) for item in value]
    return HOSTILE if isinstance(value, str) else value


@pytest.mark.parametrize("name", sorted({*SENTENCES, *TERMS}))
def test_every_filter_is_a_function_too(name: str) -> None:
    words = templates("en")
    assert words.globals[name] is words.filters[name]


def _terms(name: str) -> set[str]:
    return set(getattr(templates("en").module_of(f"vocabulary/{TERMS[name]}.j2"), f"{name}_terms"))


def _macros(kind: str) -> set[str]:
    module = templates("en").module_of(f"vocabulary/{kind}.j2")
    return {name for name, value in vars(module).items() if callable(value) and not name.startswith("_")}


def _path(name: str) -> Any:
    return next(path for path in sources.trees() if path.as_posix().endswith(f"scoring/{name}"))
