"""A job in one line: its title or code, where, from when until when, how many hours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from conversations.answers.countries import CLEAR_OF_ANOTHER, SURE, alike, codes_of, find_countries
from conversations.answers.numbers import HOURS_IN_LINE, read_hours
from conversations.answers.periods import find_period
from conversations.answers.result import Misread, Result, Understood
from conversations.answers.text import clean, listed, plain, standing
from conversations.answers.words import with_digits
from scoring.occupations import unit_groups

if TYPE_CHECKING:
    from conversations.lexicon import Lexicon

MOST_TITLE = 120
_GAP = "\x1f"
"""Stands where something was read, so that a title does not run over it."""

_CODE = re.compile(
    r"(?:\b(?:noc|cnp|code)\s*(?:code\s*)?[:#]?\s*)?(?<![\d$.,])(?P<code>\d{5})"
    r"(?!\d|[.,]\d|\s?[$€£]|\s?(?:cad|usd|eur)\b)"
)
_SELF_EMPLOYED = re.compile(
    r"\b(?:self[- ]?employed|freelanc(?:e|er|ing)|independent contractor|(?:my )?own (?:business|boss)|sole proprietor"
    r"|travailleu(?:r|se)s? (?:autonome|independante?)s?|a mon (?:propre )?compte|auto[- ]?entrepreneu(?:r|se)"
    r"|pigiste)\b"
)
_FULL = r"(?:full[- ]?time|(?:a )?temps plein|(?:a )?plein temps)"
_STUDYING = re.compile(
    r"\b(?:while|when|during|as|pendant|durant|tout en|en|quand|lorsque)\s+(?:i was |she was |he was |i |j'etais "
    r"|elle etait |il etait |my |mes |les |a |an )?"
    rf"(?P<full_before>{_FULL}\s+)?(?:studying|studies|student|in (?:school|college|university)|etudes|etudiante?"
    rf"|etudiant|l'universite|la fac)\b(?P<full>\s+{_FULL})?(?!\s+(?:advis|counsel|affairs|services?|success|support))"
)
_TRAINING = re.compile(r"\b(?:stages?|internships?|interns?|work)\b")
_AS = re.compile(r"^.*\b(?:(?:comme|as an?|as|en tant que)\s+|en tant qu'\s?)(?:une?\s+|an?\s+)?", re.IGNORECASE)
"""What stands before *as*: *in a restaurant as a dishwasher*."""
_TO_A_PLACE = re.compile(
    r"(?:\b(?:in|at|from|au|aux|en|a|the|la|le|de|du|des|dans|near|based|living)\b[\s,]*|\b[ld]'|[(])*$"
)
_MAYBE_A_PLACE = re.compile(r"\b(?:in|au|aux|en)\s+(?P<name>[a-z]{5,}(?:[ -][a-z]+)?)\s*$")
_PARTS = re.compile(rf"[{_GAP},;\n()]+")
_EDGE = frozenset(
    listed(
        "i am im i'm was been have ive i've worked working work job position role as a an the and with at in from for"
        " since of to on is currently now present full time part employed experience exp years year noc cnp code paid"
        " here there occupation title je suis j'ai jai ete etais j'etais travaille travaillais comme en tant que un une"
        " le la les au aux de du des dans chez pour depuis pendant et avec poste emploi metier profession actuellement"
        " maintenant d' l' d l temps plein partiel titre bonjour salut bjr slt hello hi hey chui chuis chu jsuis jsui"
        " bosse bosser bossais taf taff boulot xp c'est cest est avant ca puis ensuite before that then first ma mon"
        " my job mais but donc so alors aussi also originaire originally"
    )
)
"""Small words that lead to a title, or from it to what was read."""
_FIRST_WORD = re.compile(r"^[\s\-–:.|/*•]*([\w']+)[\s\-:.,]*")
_LAST_WORD = re.compile(r"[\s\-:.,]*\b([\w']+)[\s\-:.!]*$")


def read_job_line(text: str, today: date, lexicon: Lexicon) -> Result:
    """What one line says of a job.

    `title`, `noc` (a code that was typed), `country`, `started_on` and `ended_on` or `months` with `stated_on`,
    `hours_per_week`, `self_employed`: only what is sure is there. `told["unclear"]` lists what was mentioned and is
    open: `period`, `country`, `hours_per_week`, and `told["codes"]` says for each what is open about it. What was not
    read as anything stays in the title. Without a title and a code it is misread as `no_title`, and so is a text that
    asks for something (*help*, *I don't know*); a code that is none is misread as `unknown_noc`.
    """
    cleaned = clean(text)
    line = told_of_job(cleaned, today, lexicon)
    if "noc" in line.open:
        return Misread("unknown_noc", cleaned, {"code": line.open["noc"]})
    if "noc" not in line.value and (not line.title or lexicon.exactly(text)):
        return Misread("no_title", cleaned)
    value = ({"title": line.title} if line.title else {}) | line.value
    return Understood(value, line.told | ({"unclear": list(line.open), "codes": line.open} if line.open else {}))


class ToldOfJob(NamedTuple):
    """What a text says of a job: a title that may be empty, facts, how they were read, and what is open, by code."""

    title: str
    value: dict[str, Any]
    told: dict[str, Any]
    open: dict[str, str]


def told_of_job(cleaned: str, today: date, lexicon: Lexicon) -> ToldOfJob:
    """What a cleaned text says of a job, also where it names none. A code that is none is open: `noc`."""
    coded = _CODE.search(plain(cleaned))
    line = _Line(cleaned)
    if coded and coded["code"] not in unit_groups():
        line.open["noc"] = coded["code"]
    elif coded:
        line.take({"noc": coded["code"]}, [coded.span()])
    _period(line, today)
    _how(line, lexicon)
    _hours(line)
    _self_employed(line)
    _country(line, lexicon)
    return ToldOfJob(_title(line.left), line.value, line.told, line.open)


class _Line:
    """A line while it is read: what is known so far, and what of the text is left."""

    def __init__(self, cleaned: str) -> None:
        self.left = cleaned
        self.value: dict[str, Any] = {}
        self.told: dict[str, Any] = {}
        self.open: dict[str, str] = {}

    def take(self, value: dict[str, Any], spans: Iterable[tuple[int, int]]) -> None:
        """Keep a value, and empty the places where it stood."""
        self.value |= value
        self.empty(spans)

    def read(self, what: str, read: Result, spans: Iterable[tuple[int, int]]) -> None:
        """Keep what was understood; else remember what is open about it."""
        if isinstance(read, Understood):
            self.told |= read.told
            self.take(read.value, spans)
        else:
            self.open[what] = read.code
            self.empty(spans)

    def empty(self, spans: Iterable[tuple[int, int]]) -> None:
        """Take some places out of what is left."""
        for start, end in spans:
            self.left = f"{self.left[:start]}{_GAP * (end - start)}{self.left[end:]}"


def _period(line: _Line, today: date) -> None:
    found = find_period(line.left, today, in_line=True)
    if found is not None:
        line.read("period", found.result, found.spans)


def _hours(line: _Line) -> None:
    found = list(HOURS_IN_LINE.finditer(with_digits(plain(line.left))))
    if not found:
        return
    read = read_hours(" ".join(each.group() for each in found))
    if isinstance(read, Understood):
        told = {"hours_from": "full_time"} if read.told else {}
        read = Understood({"hours_per_week": read.value}, told)
    line.read("hours_per_week", read, [each.span() for each in found])


def _self_employed(line: _Line) -> None:
    found = list(_SELF_EMPLOYED.finditer(plain(line.left)))
    if found:
        line.take({"self_employed": True}, [each.span() for each in found])


def _how(line: _Line, lexicon: Lexicon) -> None:
    """Whether it was without pay, and beside studies: full-time ones, or ones of which that is to be asked."""
    unpaid = {each.spaced: each for each in lexicon.choices("employment") if each.stands_for == "unpaid"}
    places = [(place.start, place.end) for place, _ in standing(line.left, unpaid)]
    if places:
        line.take({"paid": False}, places)
        line.empty((found.start(), found.end()) for found in _TRAINING.finditer(plain(line.left)))
    for found in list(_STUDYING.finditer(plain(line.left))):
        if found["full"] or found["full_before"]:
            line.take({"full_time_student": True}, [found.span()])
        else:
            line.open["full_time_student"] = "full_time_student"
            line.empty([found.span()])


def _country(line: _Line, lexicon: Lexicon) -> None:
    named = find_countries(line.left, lexicon)
    codes = codes_of(named)
    spans = [(each.place.start, each.place.end) for each in named]
    if not named:
        code, spans = _misspelt_country(line.left, lexicon)
        codes = {code} if code else set()
    if not codes:
        return
    said = plain(line.left)
    read = Understood({"country": min(codes)}) if len(codes) == 1 else Misread("several_countries", said)
    line.read("country", read, [(_led_to(said, start), end) for start, end in spans])


def _led_to(said: str, start: int) -> int:
    before = _TO_A_PLACE.search(said[:start])
    return before.start() if before else start


def _misspelt_country(left: str, lexicon: Lexicon) -> tuple[str | None, list[tuple[int, int]]]:
    """A part of the line, or the end of one, that is very like the name of one country."""
    start = 0
    for part in _split(left):
        place = left.index(part, start)
        start = place + len(part)
        ending = _MAYBE_A_PLACE.search(plain(part))
        first = not left[:place].strip(f"{_GAP} ,;")
        name, at = (ending["name"], place + ending.start("name")) if ending else (part, place)
        if first and not ending:
            continue
        code = _surely(alike(name, lexicon))
        if code:
            return code, [(at, at + len(name))]
    return None, []


def _split(left: str) -> list[str]:
    return [part for part in _PARTS.split(left) if part.strip()]


def _surely(near: dict[str, float]) -> str | None:
    best = max(near.values(), default=0)
    close = [code for code, score in near.items() if best - score < CLEAR_OF_ANOTHER]
    return close[0] if best >= SURE and len(close) == 1 else None


def _title(left: str) -> str:
    """What is left of a line, without the small words that led to what was read."""
    parts = [_trimmed(_AS.sub("", part)) for part in _split(left)]
    title = ", ".join(part for part in parts if sum(char.isalpha() for char in part) > 1)
    return title[:MOST_TITLE].strip()


def _trimmed(part: str) -> str:
    part = part.strip(" -:.,|/*•\"'!?")
    for pattern in (_FIRST_WORD, _LAST_WORD):
        while (found := pattern.search(part)) and plain(found[1]) in _EDGE:
            part = part[found.end() :] if pattern is _FIRST_WORD else part[: found.start()]
    return part.strip(" -:.,|/*•\"'!?")
