"""The couple in free text: marital status, whether the partner comes, and whether they are a citizen or resident."""

from __future__ import annotations

import re
from datetime import date

from conversations.answers.countries import find_countries
from conversations.answers.periods import find_period
from conversations.answers.result import Result, Understood
from conversations.answers.text import Place, plain
from conversations.understanding.mentions import CANDIDATE, PARTNER, Mention
from conversations.understanding.telling import Telling
from conversations.understanding.turns import BOTH, UNSURE
from scoring.profile import WITH_PARTNER

MARITAL = "/household/marital_status"


def read_partner(telling: Telling) -> None:
    """Marital status, and whether a partner comes, or is a citizen or permanent resident."""
    named = [each for each in telling.vocabulary.find(telling.left, "marital") if _of_us(telling, *each)]
    partners = [each for each in telling.named if _is_ours(telling, each)]
    status = _status(telling, list(dict.fromkeys(meant for _, meant in named)), partners)
    too_short = [_too_short(telling, *each) for each in named]
    if any(too_short):
        status = None
    for place, _ in named:
        telling.note("marital_status", place.start, place.end)
    _open_status(telling)
    for mention in partners:
        _about_partner(telling, mention)
    if status in WITH_PARTNER or partners or telling.partner_known:
        _whether_coming(telling)
        _by_pronoun(telling)
    if status is not None:
        telling.household["marital_status"] = status


_NOT_YET = re.compile(
    r"\b(?:not|never|isn't|aren't|pas|jamais)\s+(?:(?:yet|legally|officially|formally|fully|encore|legalement"
    r"|officiellement)\s+)*$"
)


def _of_us(telling: Telling, place: Place, meant: str) -> bool:
    """Whether a marital status is the one that is asked about: no partner's former one, and none that is denied."""
    if meant in ("divorced", "separated", "widowed") and _NOT_YET.search(plain(telling.text[: place.start])):
        return False
    about = telling.about(place.start)
    return about in (CANDIDATE, UNSURE) or (about == PARTNER and meant in WITH_PARTNER)


def _is_ours(telling: Telling, mention: Mention) -> bool:
    about = telling.about(mention.noun)
    return mention.kind == PARTNER and mention.owner == CANDIDATE and about in (CANDIDATE, PARTNER, BOTH, UNSURE)


_SINCE = re.compile(r"[\s,]*(?:now |already |deja )?\b(?:depuis|since|for|pendant|il y a|ca fait)\b")


def _too_short(telling: Telling, place: Place, meant: str) -> bool:
    """Whether a couple has not yet lived together for the year that makes them common-law partners.

    How long somebody is married or separated is of no account, and of no job.
    """
    clause = telling.around(place.start)
    behind = telling.text[place.end : clause.end]
    found = find_period(behind, telling.today) if _SINCE.match(plain(behind)) else None
    if found is None:
        return False
    for start, end in found.spans:
        telling.empty(place.end + start, place.end + end)
    months = _months(found.result, telling.today)
    if meant != "common_law" or (months is not None and months >= MONTHS_TOGETHER):
        return False
    telling.keep("together_for", months, clause.text)
    telling.ask("marital_status", MARITAL, clause.text)
    return True


def _months(result: Result, today: date) -> float | None:
    """For how many months something has gone on."""
    value = result.value if isinstance(result, Understood) else {}
    if "months" in value:
        return float(value["months"])
    if "started_on" not in value:
        return None
    begun = date.fromisoformat(value["started_on"])
    return 12 * (today.year - begun.year) + today.month - begun.month - (today.day < begun.day)


MONTHS_TOGETHER = 12


def _open_status(telling: Telling) -> None:
    """What says that there is somebody, and not in which status: *on est pacsés*, *engaged*; it is asked."""
    for place, meant in telling.vocabulary.find(telling.left, "open_status"):
        if telling.about(place.start) in (CANDIDATE, PARTNER, UNSURE):
            telling.keep(meant, True, telling.around(place.start).text)
            telling.ask("marital_status", MARITAL, telling.around(place.start).text)
            _too_short(telling, place, meant)
            telling.empty(place.start, place.end)


_STATUS_WORD = re.compile(
    r"\s*(?:$|[,.;:!?()\x1f\n-]|(?:and|et|but|mais|who|qui|in|at|from|with|so|by|too|now|also|since)\b"
    r"|citizen|husband|wife|spouse|partner)"
)
_LEADS_TO_STATUS = re.compile(
    r"(?:(?:^|[(,:=/-]|'s|\b(?:is|are|was|became|est|sont|an?|une?|the|not|pas|with|w/|avec|and|et|or|ou|also|aussi"
    r"|already|deja|now|canadian|who|qui|il|elle|ils|elles|wife|husband|spouse|partner|mari|femme|conjointe?|epouse?x?|brother|sister"
    r"|frere|soeur))"
    r"\s*)$"
)


def residents(telling: Telling, start: int, end: int) -> list[Place]:
    """Where a part of the text says that somebody is a citizen or a permanent resident; not where they want to be."""
    said, found = plain(telling.text), []
    for place, _ in telling.vocabulary.find(telling.left[start:end], "resident"):
        here = Place(start + place.start, start + place.end, place.words)
        adjective = place.words.startswith("canadi") and not _STATUS_WORD.match(said, here.end)
        if not adjective and _LEADS_TO_STATUS.search(said[start : here.start]):
            found.append(here)
    return found


def _together(telling: Telling, place: int) -> bool:
    """*Common-law with a citizen*: a status and a person of whom it is said."""
    clause = telling.around(place).text
    return bool(telling.vocabulary.find(clause, "marital") and re.search(r"\b(?:with|w/|to|avec|a) ", plain(clause)))


def _by_pronoun(telling: Telling) -> None:
    """*He is a PR*: of the partner, where one was named before."""
    for place in residents(telling, 0, len(telling.left)):
        about = telling.about(place.start)
        if (about == PARTNER and _nobody_between(telling, place.start)) or (
            about == CANDIDATE and _together(telling, place.start)
        ):
            _resident(telling, place)


def _nobody_between(telling: Telling, place: int) -> bool:
    """Whether nobody else is named between the partner and a place: *my wife has a sister, a citizen*."""
    start = next(zone.start for zone in telling.zones if zone.start <= place < zone.end)
    return not any(start <= each.noun < place and each.kind != PARTNER for each in telling.named)


def _resident(telling: Telling, place: Place) -> None:
    clause = telling.around(place.start)
    negated = re.search(r"\b(?:not|pas|isn't|n'est|no|neither|ni)\b", plain(clause.text))
    telling.partner_status.setdefault("canadian_or_permanent_resident", not negated)
    if not negated:
        telling.keep("spouse_canadian", which_status(place.words), clause.text)
    telling.note("canadian_or_permanent_resident", place.start, place.end)


_I_DO = re.compile(r"(?<![a-z'])(?:i|i'm|i'll|im|je|j'|we|nous|on)(?![a-z])")


_WE_DO = re.compile(r"(?<![a-z'])(?:i|we|nous|on|je)\s+(?:\w+\s+)?$")
"""*On reste*: right before the verb, who does it."""
_AT_HOME = re.compile(r"(?:ing|s)?\s*(?:at )?home\b(?! (?:country|town|in\b|for now))|\s+(?:a la maison|au foyer)\b")
"""*Stays home*, *reste à la maison*: works at no job, and may well come."""
_AT_FIRST = re.compile(
    r"\b(?:right away|at first|initially|for now|later|afterwards|in the beginning|immediately|tout de suite|au debut"
    r"|d'abord"
    r"|plus tard|apres|pour l'instant|dans un premier temps)\b"
)
"""*He won't come right away*: whether he comes is to be asked."""
_DENIED = re.compile(r"\b(?:not|never|won'?t|isn'?t|aren'?t|don'?t|doesn'?t|can'?t|cannot|pas|jamais)\b[^,;.]{0,24}$")


def _whether_coming(telling: Telling) -> None:
    """Whether the partner comes; *je reste*, *we are moving* say nothing of it."""
    for place, coming in telling.vocabulary.find(telling.left, "coming"):
        clause = telling.around(place.start)
        about, mine = telling.about(place.start), _I_DO.search(plain(telling.text[clause.start : place.start]))
        if _AT_HOME.match(plain(telling.text), place.end) or _AT_FIRST.search(plain(clause.text)):
            continue
        denied = _DENIED.search(plain(telling.text[clause.start : place.start])) if coming == "yes" else None
        coming = "no" if denied else coming
        if (about == PARTNER and not _WE_DO.search(plain(telling.text[clause.start : place.start]))) or (
            about == CANDIDATE and (not mine or " together" in f" {place.words}" or "ensemble" in place.words)
        ):
            telling.partner_status.setdefault("accompanying", coming == "yes")
            telling.note("accompanying", clause.start + denied.start() if denied else place.start, place.end)
            if coming == "no":
                _stays_in(telling, clause.start, clause.end)


def _status(telling: Telling, explicit: list[str], partners: list[Mention]) -> str | None:
    if "remarried" in explicit:
        return "married"  # whatever went before it
    together = [each for each in explicit if each in WITH_PARTNER]
    if len(set(explicit)) > 1 and set(explicit) != set(together):
        telling.ask("marital_status", MARITAL, telling.text, explicit)
        return None
    if explicit:
        return "common_law" if "common_law" in explicit else explicit[0]
    lost = [each for each in partners if _LOST.match(plain(telling.text), each.end)]
    if lost:
        telling.ask("marital_status", MARITAL, telling.around(lost[0].start).text)
        return None
    married = telling.vocabulary.group("partner")
    return "married" if any(married.get(each.words) == "married" for each in partners) else None


_LOST = re.compile(
    r"\s*(?:has |is |est |nous |m'|a )?(?:died|dead|deceased|passed away|decedee?|morte?|left me|a quittee?|quittee?)\b"
)


def _about_partner(telling: Telling, mention: Mention) -> None:
    """What the clause says in which the partner is named."""
    clause = telling.around(mention.noun)
    for place in residents(telling, clause.start, clause.end):
        about = telling.about(place.start)
        if about == CANDIDATE or (about == PARTNER and _nobody_between(telling, place.start)):
            _resident(telling, place)
            break
    telling.note("partner", mention.start, mention.end)


def _stays_in(telling: Telling, start: int, end: int) -> None:
    for country in find_countries(telling.left[start:end], telling.vocabulary.lexicon):
        if "CA" in country.codes:
            continue
        telling.keep("spouse_country", next(iter(country.codes)), telling.text[start:end])
        telling.note("spouse_country", start + country.place.start, start + country.place.end)


def which_status(words: str) -> str:
    """Whether the words of a status say citizen or permanent resident."""
    return "citizen" if re.search(r"citi|citoy|canad|natural", words) else "permanent_resident"
