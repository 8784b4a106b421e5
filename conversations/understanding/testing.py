"""Language tests in free text: each with the scores that stand beside it, in any order and of any test."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from conversations.answers import Misread, Result, Unclear, Understood, read_test_line
from conversations.answers.calendar import Stamp, find
from conversations.answers.language_tests import NO_TEST, STATED
from conversations.answers.scores import DOMAINS
from conversations.answers.text import Place, plain, standing
from conversations.questions import TESTS
from conversations.understanding.each_level import levels_in, read_each_level
from conversations.understanding.scores_apart import AGAIN, four_alone, orders_of, same_again
from conversations.understanding.telling import Telling
from conversations.understanding.unnamed import read_unnamed
from conversations.understanding.unsettled import NOT_YET, before, leave_out
from conversations.understanding.untested import read_untested, untested
from scoring.abilities import ABILITIES

MOST_TESTS, MOST_NUMBERS = 6, 12
_UNIT = (
    r"(?!\d|[.,]\d{2}|\s*(?:years?|yrs?|y\b|ans?\b|annees?|months?|mois|mos?\b|h\b|hrs?|hours?|heures?|%|\$"
    r"|k\b|yo\b|y/o|th\b|st\b"
    r"|nd\b|rd\b|er\b|kids?|children|enfants?|dollars?|cad\b|weeks?|semaines?|m\b|f\b|-?years?))"
)
_NUMBER = rf"(?<![\d.])(?<!\s\+)\d{{1,3}}(?:[.,]\d)?(?:\s?/\s?(?:9|10|12|20|90|300|360|450|699))?{_UNIT}"
_LABEL = (
    r"(?:listening|listen|lis|reading|read|writing|write|speaking|speak|compr?(?:ehension|\.)?|expr?(?:ession"
    r"|\.)?|production|orale?|ecrite?s?|ecriture"
    r"|lecture|ecoute|redaction|parler|overall|total|globale?|average|moyenne|band score|all|everything"
    r"|everywhere|each|every|rest|others?|reste|autres|ailleurs|partout|chaque"
    r"|chacune?|toutes?|tout|tous|straight|across the board|except|but|sauf|c[oe]|e[eo]|[lrws]{4}|[lrws])(?![a-z])"
)
_FILLER = (
    r"(?:in|on|at|for|with|of|sur|out|the|my|is|are|was|got|have|bands?|scores?|results?|skills?|modules?|sections?|a"
    r"|de|du|la|le|les|au|aux|en|et|and|general|training"
    r"|gt|canada|core|old|new|ancienn?e?|nouveau|nouvelle|score|scale|bareme|echelle|test|abilities|categories|epreuves?"
    r"|parts?|competences?|4|four|quatre|les 4|au test)(?![a-z0-9])"
)
_PIECE = rf"(?:(?<![a-z])[ld]'|{_LABEL}|{_NUMBER}|{_FILLER}|[\s,:;/=()&|.+-])"
_RUN = re.compile(rf"{_PIECE}*")
_RUN_BEFORE = re.compile(rf"(?<![a-z0-9]){_PIECE}+$")
_ONE_BEFORE = re.compile(r"(?<![\w.,-])\d{1,3}(?:[.,]\d)?\s+(?:(?:au|a l'|a|in|on|in the|on the|dans l'|sur l')\s*)$")
"""*7.5 in IELTS*: of all that is told of it, and of which ability that is."""
_BAND_BEFORE = re.compile(r"(?<![\d.,])\d(?:[.,]\d)?\s*bands?\s+(?:scores?\s+)?(?:in|on|at|for)\s+(?:my\s+|the\s+)?$")
"""*5 bands in IELTS*: one number for all of it."""
_ALL = re.compile(
    r"\b(?:all|every\w*|each|partout|chaque|chacune?|toutes?|tout|tous|overall|globale?|moyenne|total|straight"
    r"|across the board)\b"
)
_REST = re.compile(r"\b(?:rest|others?|reste|autres)\b")
_SCALE_BEHIND = re.compile(
    r"[\s,(]*(?:(?:in|on|sur|en|the|with)\s+)*(?:old|anciens?|ancienne|new|nouveau|nouvelle)\s(?:scores?|scale"
    r"|echelle|bareme)\b"
)
_STOP = re.compile(rf"(?:{_NUMBER}|{_LABEL})")
_SHORT_OF = re.compile(
    r"^[\s,(]*(?:[\s,(]*(?:taken|done|passed|written|dated|from|of|sat|on|in|exam|examen|test date|date|le"
    r"|passe|fait|du|en|du test)\b"
    r"[\s:]*){0,4}"
)
_NOT_YET = re.compile(
    r"^\s*(?:not yet|not done|not taken|pending|pas encore|pas fait|pas passe|a venir|booked|next|coming"
    r"|planned|prevu|scheduled|soon|bientot|expected|attendus?|awaited)"
)
_WANTED = re.compile(
    r"\s*(?:is |was |a |en )?(?:target|goal|aim|needed|required|wanted|objectif|vise|cible|requis|necessaire)\b"
)


def read_tests(telling: Telling) -> None:
    """Read every test that is named, and that there is none of a language."""
    read_each_level(telling)
    said = plain(telling.text)
    names = [each for each in standing(telling.text, telling.vocabulary.lexicon.test_names) if each[1] != NO_TEST]
    names = list(_merged(sorted([*names[:MOST_TESTS], *same_again(names, said)]), said))
    for index, (place, test) in enumerate(names):
        _read(telling, said, place, test, names[index + 1][0].start if index + 1 < len(names) else len(telling.text))
    read_unnamed(telling)
    four_alone(telling)
    read_untested(telling)


def _open(telling: Telling, said: str, place: Place, test: str, end: int) -> bool:
    """Whether a test that is named has not been taken, or scores are only wanted; that is kept beside the facts."""
    lead = before(telling, place.start)
    start = lead.start if lead else place.start
    if (lead and lead.kind == "denied") or _NOT_YET.search(said[place.end :]):
        untested(telling, test, start, place.end)
        return True
    wanted = _WANTED.match(said[:end], place.end)
    if (lead is None or lead.kind not in ("ahead", "late")) and wanted is None:
        return False
    run = _RUN.match(said[:end], wanted.end() if wanted else place.end)
    until = run.end() if run else place.end
    leave_out(telling, NOT_YET, start, until)
    return True


def _merged(names: list[tuple[Place, str]], said: str) -> Iterator[tuple[Place, str]]:
    """A test that is named twice in a row (`TEF ... ancien score TEF`) is one."""
    previous: tuple[Place, str] | None = None
    for each in names:
        again = AGAIN.match(said, each[0].start)
        if (
            previous
            and previous[1] == each[1]
            and not again
            and not re.search(r"\d", said[previous[0].end : each[0].start])
        ):
            continue
        previous = each
        yield each


def _read(telling: Telling, said: str, place: Place, test: str, end: int) -> None:
    there = telling.people[telling.whose(place.start)].get("language_results", ())
    about = f"/{telling.whose(place.start)}/language_results/{len(there)}"
    if _open(telling, said, place, test, end):
        return
    if test not in (*DOMAINS, "tef"):
        start, until = place.start, _RUN.match(said[:end], place.end).end()  # type: ignore[union-attr]
        telling.ask("not_accepted", about, telling.text[start:until], test=test)
        telling.note("language_results", start, until)
        return
    start, until = _beside(said, telling.said, place, end)
    tongue = _tongue_beside(said, place, until, end) if test == STATED else None
    stamp = _day_after(said, place.end, until, end)
    if stamp and not re.search(r"\d", said[place.end : stamp.start]):
        place = Place(place.start, stamp.end, place.words)
        start, until = _beside(said, telling.said, place, end)
    elif stamp and until > place.end:
        until = min(until, stamp.start)
    stop, read = _longest(telling, said, (start, until), place, tongue.group() if tongue else "")
    if test == "tef" and (levels := levels_in(read, said[place.end : stop])):
        telling.people[telling.whose(place.start)].setdefault("language_results", []).append(levels)
        read = read_test_line(place.words, telling.today, telling.vocabulary.lexicon)
    taken = None
    if stamp is not None:
        taken = telling.day(stamp, f"{about}/taken_on")
        telling.note("taken_on", stamp.start, stamp.end)
    result = _result(telling, read, test, about, telling.text[min(start, place.start) : stop])
    if result is not None:
        if taken:
            result["taken_on"] = taken
        telling.people[telling.whose(place.start)].setdefault("language_results", []).append(result)
    telling.note("language_results", min(start, place.start), max(stop, place.end))
    if tongue:
        telling.empty(tongue.start(), tongue.end())


def _longest(telling: Telling, said: str, run: tuple[int, int], place: Place, tongue: str) -> tuple[int, Result]:
    """The most of a run beside a name that can be read as its scores: where it ends, and what was read."""
    start, until = run

    def read_to(stop: int) -> Result:
        line = _line(telling.text, place, _without(telling.text, start, stop, place), tongue)
        return read_test_line(line, telling.today, telling.vocabulary.lexicon)

    for stop in _stops(said, start, until, place):
        read = read_to(stop)
        if isinstance(read, Understood | Unclear) and (stop == stop_of_name(place) or _has_scores(read)):
            last = max((each.end() for each in _FIGURE.finditer(said, place.end, stop)), default=stop)
            shorter = last < stop and not _ALL.search(said[last:stop])
            return (last, read) if shorter and _same(read_to(last), read) else (stop, read)
        if isinstance(read, Misread) and read.code in ("overall_only", "off_the_scale", "other_scale"):
            return stop, read
    return until, read_test_line(telling.text[place.start : until], telling.today, telling.vocabulary.lexicon)


def _same(one: Result, other: Result) -> bool:
    """Whether two readings come to the same, whatever was read."""
    if isinstance(one, Understood) and isinstance(other, Understood):
        return one.value == other.value and one.told == other.told
    return isinstance(one, Unclear) and isinstance(other, Unclear) and one.options == other.options


_FIGURE = re.compile(_NUMBER)
_TONGUE_AFTER = re.compile(r"\s*(?:(?:in|en|for|pour|l')\s*)*(?:english|french|anglais|francais)\b")
_TONGUE_BEFORE = re.compile(r"\b(?:english|french|anglais|francais)(?:\s*(?::|is|est|at|a|of|level|niveau|=)){0,2}\s*$")


def _tongue_beside(said: str, place: Place, until: int, end: int) -> re.Match[str] | None:
    """The language that stands beside levels: *CLB 5 en anglais*, *french: CLB 7*."""
    numbers = [found.end() for found in _STOP.finditer(said, place.end, until)]
    after = _TONGUE_AFTER.match(said[:end], numbers[-1] if numbers else place.end)
    before = _TONGUE_BEFORE.search(said[: place.start])
    return after or before


_OF_699 = re.compile(r"^(\s*)699(?=\s*[a-z(:])", re.IGNORECASE)


def _line(text: str, place: Place, scores: str, tongue: str) -> str:
    """A test in one line: its name, its scores, the language of stated levels. `TEF 699` names the scale."""
    name = place.words if AGAIN.match(plain(text), place.start) else text[place.start : place.end]
    return f"{name} {_OF_699.sub(' sur 699 ', scores)} {tongue}"


def stop_of_name(place: Place) -> int:
    """Where the name of a test ends."""
    return place.end


def _has_scores(read: Understood | Unclear) -> bool:
    values = read.options if isinstance(read, Unclear) else (read.value,)
    return any("scores" in value for value in values)


def _without(text: str, start: int, stop: int, place: Place) -> str:
    """The run of scores beside a name, without the name."""
    if stop <= place.start:
        return text[start:stop]
    return f"{text[start : place.start]} {text[place.end : stop]}" if start < place.start else text[place.end : stop]


def _beside(said: str, left: str, place: Place, end: int) -> tuple[int, int]:
    """Where the scores of a test stand: after its name, or before it where they do not.

    `left`: the text without the scores of others.
    """
    after = _RUN.match(said[:end], place.end)
    until = after.end() if after else place.end
    if re.search(r"\d", said[place.end : until]):
        return place.start, until
    band = _BAND_BEFORE.search(said[: place.start])
    if band:
        return band.start(), place.end
    before = _RUN_BEFORE.search(left[: place.start])
    if before and _holds_all(before.group()):
        return before.start(), place.end
    one = _ONE_BEFORE.search(left[: place.start])
    if one and not (before and re.search(r"\d", left[before.start() : one.start()])):
        return one.start(), place.end
    return place.start, place.end


def _holds_all(run: str) -> bool:
    """Whether a run of words holds the four scores, or one that is of all."""
    return bool(re.search(r"\d", run)) and (
        bool(_ALL.search(run) or _REST.search(run)) or len(re.findall(r"\d+(?:[.,]\d)?", run)) >= len(ABILITIES)
    )


def _stops(said: str, start: int, until: int, place: Place) -> Iterator[int]:
    """Where the scores may end, the longest first; at last the name alone."""
    if start < place.start:
        yield until
        return
    ends = [found.end() for found in _STOP.finditer(said, place.end, until)][: 2 * MOST_NUMBERS]
    scale = _SCALE_BEHIND.match(said, ends[-1]) if ends else None
    if scale:
        yield scale.end()
    yield from reversed(ends)
    yield place.end


def _day_after(said: str, begin: int, until: int, end: int) -> Stamp | None:
    """The date that stands right behind the scores, or among what looks like them: `8 8 8 8, 3 February 2026`."""
    lead = _SHORT_OF.match(said[until:end])
    latest = until + (lead.end() if lead else 0) + 3
    for stamp in find(said, None, short=False):
        if begin <= stamp.start <= latest and stamp.end <= end and stamp.precision in ("day", "month"):
            return stamp
    return None


def _result(telling: Telling, read: Any, test: str, about: str, said: str) -> dict[str, Any] | None:
    """The result as a profile has it; what is open about it is asked."""
    if isinstance(read, Understood):
        return _of_line(telling, read.value, read.told, about, said)
    if isinstance(read, Unclear):
        telling.ask(read.code, about, said, [_as_profile(option) for option in read.options])
        named = {option["test"] for option in read.options}
        return _bare("tef" if len(named) > 1 else named.pop())
    telling.ask(read.code, about, said, **{"values": dict(read.values)})
    return None if read.code in ("not_accepted", "several_tests", "one_language") else _bare(test)


def _bare(test: str) -> dict[str, Any] | None:
    if test == STATED:
        return None
    return {"test": "tef_canada"} if test == "tef" else dict(TESTS[test])


def _as_profile(line: Mapping[str, Any]) -> dict[str, Any]:
    stated = line["test"] == STATED
    known = TESTS[f"stated_{line.get('language', 'en')}" if stated else line["test"]]
    return {**known, **line.get("scores", {})}


def _of_line(
    telling: Telling, line: Mapping[str, Any], told: Mapping[str, Any], about: str, said: str
) -> dict[str, Any] | None:
    scores = line.get("scores")
    result = _as_profile(line)
    if line["test"] == STATED and not scores:
        return None
    if scores and told.get("order") == "asked" and len(set(scores.values())) > 1:
        telling.ask("score_order", about, said, orders_of(result, list(scores.values())))
        return {name: value for name, value in result.items() if name not in ABILITIES}
    if line.get("taken_on"):
        result["taken_on"] = line["taken_on"]
    return result
