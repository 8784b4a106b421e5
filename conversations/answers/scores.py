"""Four test scores in one message: in the order asked, or by name, with commas or points, on one line or four."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product

from conversations.answers.assigning import Scores, Token, assigned, by_name
from conversations.answers.calendar import Stamp, find
from conversations.answers.days import settle
from conversations.answers.result import JSON, MOST_OPTIONS, Misread, Result, Unclear, Understood
from conversations.answers.text import clean, plain
from conversations.answers.words import with_digits
from scoring.abilities import ABILITIES, Ability
from scoring.profile import score_domain

DOMAINS: dict[str, tuple[str, str | None]] = {
    "ielts_general": ("ielts_general", None),
    "celpip_general": ("celpip_general", None),
    "pte_core": ("pte_core", None),
    "tef_old": ("tef_canada", "old_score"),
    "tef_699": ("tef_canada", "score_699"),
    "tcf_canada": ("tcf_canada", None),
    "stated": ("stated_clb", None),
}
"""Each test as it is asked about: as a profile names it, and the scale of a TEF."""

FIRST_TEST = date(2000, 1, 1)
MOST_YEARS_AGO, LEAST_AGE = 30, 14
"""A test is neither older, nor taken by anybody younger."""
_OTHER_SCALE = {"tef_old": "tef_699"}
_MAXIMA = (9, 10, 12, 20, 90, 300, 360, 450, 699)
"""What stands after a slash where a score is written out of its maximum."""
_MOST_COMMAS = 7
"""More commas cannot be those of four numbers."""

LABELS: dict[str, str] = {
    "listening": r"listening|listen|lis|compr?(?:ehension|\.)? (?:de l')?orale?|ecoute|co(?![a-z])|l(?![a-z'])",
    "reading": r"reading|read|compr?(?:ehension|\.)? (?:de l'|des )?ecrite?s?|lecture|ce(?![a-z])|r(?![a-z])",
    "writing": r"writing|(?:expr?(?:ession|\.)?|production) ecrite|ecriture|redaction|ecrit|ee(?![a-z])|w(?![a-z])",
    "speaking": r"speaking|speak|(?:expr?(?:ession|\.)?|production) orale|parler|oral|eo(?![a-z])|s(?![a-z])",
    "overall": r"overall|total|global(?:e)?|average|moyenne|band score",
    "all": r"all|every(?:thing|where)?|each|partout|chaque|chacune?|toutes?|tout|tous|straight|across the board",
    "except": r"except|but|sauf|save|hormis",
    "rest": r"(?:the )?rest|(?:the )?others?|(?:le )?reste|(?:les )?autres|ailleurs",
}
_TOKEN = re.compile(
    "|".join(rf"(?P<{name}>(?<![a-z'])(?:l')?(?:{words}))" for name, words in LABELS.items())
    + r"|(?P<skills>\b4\s*(?:bands?|skills?|abilities|modules?|sections?|parts?|competences?|epreuves?|habiletes?))"
    + rf"|(?P<number>\d+(?:\.\d+)?)(?:\s?/\s?(?P<maximum>{'|'.join(map(str, _MAXIMA))})(?![\d.]))?"
)
_COMMA = re.compile(r"(?<=\d),(?=[05](?!\d))")
_POINTS = re.compile(r"(?<![\d.])\d(?:\.\d){3}(?![\d.])")


_INITIALS = re.compile(r"(?<![a-z])[lrws]{4}(?![a-z])")
"""An order that is written in one word: `10 9 10 9 LRWS`."""


_GLUED = re.compile(r"^\s*([1-9]{4})\s*$")
_OF_ONE_FIGURE = frozenset({"ielts_general", "celpip_general", "stated"})
"""Tests of which four scores are written in one piece: `8777`."""


def read_scores(text: str, test: str, today: date | None = None) -> Result:
    """`{"listening": n, "reading": n, "writing": n, "speaking": n}`, with `taken_on` where a day stands there too.

    `test`: a key of `DOMAINS`. Numbers without names are taken in the order listening, reading, writing, speaking, and
    `told["order"]` says `asked`. One level is enough for `stated`: it is that of all four.
    """
    cleaned = clean(text)
    stamps = find_dates(cleaned, today)
    read = read_numbers(cleaned, without(cleaned, [(stamp.start, stamp.end) for stamp in stamps]), test)
    return with_day(read, stamps, today)


def find_dates(cleaned: str, today: date | None) -> list[Stamp]:
    """The dates beside scores: no year of two digits, and no month alone (*sept* is a number in French)."""
    stamps = find(plain(cleaned), today, short=False)
    return [stamp for stamp in stamps if stamp.precision != "no_year" or stamp.day]


def earliest_test(today: date, born: date | None = None) -> date:
    """The first day on which somebody may have taken a test of whom the day of birth is known, or not."""
    ago = today.replace(year=today.year - MOST_YEARS_AGO, day=min(today.day, 28))
    if born is None:
        return ago
    return max(ago, born.replace(year=born.year + LEAST_AGE, day=min(born.day, 28)))


def without(cleaned: str, places: Sequence[tuple[int, int]]) -> str:
    """A text with some places left empty, every other character where it was."""
    for start, end in places:
        cleaned = f"{cleaned[:start]}{' ' * (end - start)}{cleaned[end:]}"
    return cleaned


def with_day(read: Result, stamps: Sequence[Stamp], today: date | None) -> Result:
    """The scores with the day of the test, where one day stands there and is clear; else `told` says it is not."""
    if not stamps or not isinstance(read, Understood):
        return read
    day = settle(stamps[0], FIRST_TEST, today or date.max) if _one_day(stamps) else None
    if isinstance(day, Understood):
        return Understood({**read.value, "taken_on": day.value}, read.told)
    return Understood(read.value, {**read.told, "unclear": ["taken_on"]})


def _one_day(stamps: Sequence[Stamp]) -> bool:
    return len(stamps) == 1 and stamps[0].precision == "day"


def read_numbers(read: str, cleaned: str, test: str) -> Result:
    """The scores in a text without dates; `read` is the whole text, to be told."""
    cleaned = _GLUED.sub(lambda found: " ".join(found[1]), cleaned) if test in _OF_ONE_FIGURE else cleaned
    readings = list(dict.fromkeys(each_reading(with_digits(plain(cleaned)))))
    understood = {tuple(sorted(scores.items())): told for scores, told in _four(readings, test)}
    if not understood:
        return _refused(read, readings[0], test)
    fitting = {row: told for row, told in understood.items() if _off_scale(dict(row), test) is None}
    if len(fitting) > 1:
        return Unclear("decimal_comma", read, tuple(ordered(dict(row)) for row in fitting)[:MOST_OPTIONS])
    row, told = next(iter((fitting or understood).items()))
    scores = ordered(dict(row))
    return Understood(scores, told) if fitting else _off_the_scale(read, scores, test)


def ordered(scores: Mapping[str, float]) -> dict[str, JSON]:
    """Scores in the order of the abilities, whole numbers as such."""
    return {ability: _whole(scores[ability]) for ability in ABILITIES}


def _whole(value: float) -> int | float:
    return int(value) if value == int(value) else value


def each_reading(said: str) -> Iterator[tuple[Token, ...]]:
    """The tokens of a text, once for each way in which its commas may part numbers or begin their decimals."""
    said = _INITIALS.sub(_spelt_out, said)
    said = _POINTS.sub(lambda found: found.group().replace(".", " "), said)
    places = [found.start() for found in _COMMA.finditer(said)]
    places = places if len(places) <= _MOST_COMMAS else []
    for signs in product((".", " "), repeat=len(places)):
        if _overlaps(places, signs):
            continue
        written = list(said)
        for place, sign in zip(places, signs, strict=True):
            written[place] = sign
        if _even("".join(written), places, signs):
            yield tuple(_tokens("".join(written)))


def _spelt_out(found: re.Match[str]) -> str:
    return " ".join(found.group()) if len(set(found.group())) == len(ABILITIES) else found.group()


def _overlaps(places: Sequence[int], signs: Sequence[str]) -> bool:
    """Whether one digit would be the decimal of a number and the beginning of the next: 7,5,5 is not 7.5.5."""
    pairs = zip(zip(places, signs, strict=True), zip(places[1:], signs[1:], strict=True), strict=False)
    return any(a[1] == b[1] == "." and b[0] - a[0] == len(",5") for a, b in pairs)


def _even(written: str, places: Sequence[int], signs: Sequence[str]) -> bool:
    """Who parts numbers by bare commas does so all along: in `7,5 8 7` the comma is no parting."""
    if " " not in signs:
        return True
    parted = list(written)
    for place, sign in zip(places, signs, strict=True):
        parted[place] = "," if sign == " " else sign
    return not re.search(r"\d(?: +|\s*[/;\n]\s*)\d", "".join(parted))


def _tokens(written: str) -> Iterator[Token]:
    """Names and numbers. A short name that stands alone is a word: *ce*, *co*."""
    found = [each for each in _TOKEN.finditer(written) if not each["skills"]]
    short = sum(each["number"] is None and len(each.group()) <= len("co") for each in found)
    for each in found:
        if each["number"]:
            yield Token("number", _capped(each["number"]), float(each["maximum"]) if each["maximum"] else None)
        elif len(each.group()) > len("co") or short > 1:
            yield Token(next(name for name in LABELS if each[name]), 0)


def _capped(written: str) -> float:
    return float(written) if len(written) < len("100000") else 99_999


def _four(readings: Sequence[Sequence[Token]], test: str) -> Iterator[tuple[Scores, dict[str, str]]]:
    for tokens in readings:
        for parted in (_out_of_maximum(tokens), slashes_part(tokens)):
            scores, told = assigned(parted, test)
            if scores and set(scores) >= set(ABILITIES):
                yield {ability: scores[ability] for ability in ABILITIES}, told
                break


def _out_of_maximum(tokens: Sequence[Token]) -> list[Token]:
    """`280/360`: the second number is the best possible, where every number has one."""
    numbers = [token for token in tokens if token.kind == "number"]
    out_of = len(numbers) == len(ABILITIES) and all(token.maximum for token in numbers)
    return list(tokens) if out_of else slashes_part(tokens)


def slashes_part(tokens: Sequence[Token]) -> list[Token]:
    """`8/9/9/10`: the slash parts two scores."""
    parted: list[Token] = []
    for token in tokens:
        parted.append(Token(token.kind, token.value))
        if token.maximum:
            parted.append(Token("number", token.maximum))
    return parted


def _refused(read: str, tokens: Sequence[Token], test: str) -> Misread:
    plain_tokens = slashes_part(tokens)
    numbers = [_whole(token.value) for token in plain_tokens if token.kind == "number"]
    if len(numbers) == 1 and not any(token.kind in ABILITIES for token in tokens):
        return Misread("overall_only", read, {"number": numbers[0]})
    if not numbers:
        return Misread("no_scores", read)
    found = by_name([token for token in plain_tokens if token.kind in (*ABILITIES, "number")])
    missing = [ability for ability in ABILITIES if found and ability not in found]
    return Misread("scores_count", read, {"count": len(numbers), "missing": missing, "test": test})


def _off_scale(scores: Scores, test: str) -> Ability | None:
    """The first ability whose score the test cannot print."""
    return next((ability for ability in ABILITIES if not prints(test, ability, scores[ability])), None)


def prints(test: str, ability: str, score: float) -> bool:
    """Whether a test (a key of `DOMAINS`) gives such a score."""
    domain = score_domain(*DOMAINS[test], ability)
    steps = (score - domain.min) / domain.step
    return domain.min <= score <= domain.max and steps == int(steps)


def _off_the_scale(read: str, scores: Scores, test: str) -> Misread:
    other = _OTHER_SCALE.get(test)
    if other and _off_scale(scores, other) is None:
        return Misread("other_scale", read, {"test": other})
    ability = _off_scale(scores, test) or ABILITIES[0]
    score, domain = scores[ability], score_domain(*DOMAINS[test], ability)
    return Misread(
        "off_the_scale",
        read,
        {
            "ability": ability,
            "read": _whole(score),
            "low": _whole(domain.min),
            "high": _whole(domain.max),
            "step": _whole(domain.step),
            "suggestion": _suggestion(test, ability, score),
        },
    )


def _suggestion(test: str, ability: str, score: float) -> JSON:
    """A point that was left out (75 for 7.5), or one too many (7.2 for 72), where that is a likely score."""
    high = score_domain(*DOMAINS[test], ability).max
    for meant in (score / 10, score * 10):
        if prints(test, ability, meant) and meant >= high / 3 and (meant < score or score != int(score)):
            return _whole(meant)
    return None
