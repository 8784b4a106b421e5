"""Children by their number and ages, one to come, brothers and sisters in Canada, other relatives there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from conversations.answers.countries import find_countries
from conversations.answers.text import Place, listed, plain
from conversations.answers.words import with_digits
from conversations.understanding.couple import residents, which_status
from conversations.understanding.mentions import CANDIDATE, CHILD, NOBODY, PARTNER, RELATIVE, SIBLING, TWINS, Mention
from conversations.understanding.telling import Fragment, Telling
from conversations.understanding.turns import UNSURE

MOST_CHILDREN, NO_DEPENDANT = 20, 22
"""From that age on a child is no dependant, unless by a condition that has to be asked."""
_SMALL_CHILD = 15
DEPENDANTS = "/household/dependants"
FACTS = {SIBLING: "sibling_in_canada", RELATIVE: "relative_in_canada"}


def read_family(telling: Telling) -> None:
    """Children by their number and ages, one to come, brothers and sisters in Canada, other relatives there."""
    for place, _ in telling.vocabulary.find(telling.left, "childless"):
        if _ours(telling, place.start):
            telling.household["dependants"] = []
            telling.note("dependants", place.start, place.end)
    _to_come(telling)
    _children(telling)
    _no_kin(telling)
    used = [span for mention in telling.named for span in _in_canada(telling, mention)]
    for start, end in used:
        telling.empty(start, end)


def _ours(telling: Telling, place: int) -> bool:
    """Whether a place tells of the household: not of a friend's children, or a sister's."""
    return telling.about(place) in (CANDIDATE, PARTNER, CHILD, UNSURE)


# -- children


def _to_come(telling: Telling) -> None:
    """A child that is not born yet is none of those who are counted."""
    for place, _ in telling.vocabulary.find(telling.left, "expecting"):
        clause = telling.around(place.start)
        if _ours(telling, place.start):
            telling.keep("child_to_come", True, clause.text)
            telling.empty(place.start, place.end)
            for child, _ in telling.vocabulary.find(telling.left[clause.start : clause.end], "children"):
                telling.empty(clause.start + child.start, clause.start + child.end)


class _Told(NamedTuple):
    """What one mention of children says: how many (0: not said), and how old; `each`: one by one, not altogether."""

    number: int
    ages: tuple[int, ...]
    each: bool
    start: int
    end: int


_HOW_MANY = re.compile(
    r"(?:\b(?:the|my|our|les|mes|nos|with|avec)\s+)*(?:(?<!(?<!\d)\d )(?<!(?<!\d)\d, )\b(?P<count>\d{1,2}|a|an|un"
    r"|une)\s+)(?:(?:the"
    r"|my|our|small|little|young|younger|older|jeunes?|petite?s?|minor|dependent|new|nouveau|beautiful)\s+)*$"
)
_NUMBER_BEHIND = re.compile(r"\s*[:=]\s*(?P<count>\d{1,2})(?!\s*(?:,\s*\d|and|et|&|/|ans|years?|yrs?|yo|mois|months?))")
_NEXT = r"\s*(?:,|and|et|&|/|\+)\s*\d{1,2}(?=\s*(?:ans|years?|yrs?|yo|mois|months?|[,.;)&/+-]|and\b|et\b|$))"
_LIST = rf"(?P<ages>\d{{1,2}}(?:\s*(?:ans|years?|yrs?)(?![ -]old))?(?:{_NEXT}(?:\s*(?:ans|years?|yrs?)(?![ -]old))?)*)"
_UNIT = r"(?P<unit>ans|years?|yrs?|yo\b|y/o|mois|months?)(?:[ -]?olds?)?"
_AGED_BEHIND = re.compile(
    rf"\s*(?P<loose>,)?\s*(?P<sure>(?:[(:]|\b(?:who|qui|is|are|have|has|ont|a|aged?|agee?s?|de|majeure?s?"
    rf"|adultes?|adults?|grown[- ]up)\b|\s)*){_LIST}\s*"
    rf"(?:{_UNIT})?\s*\)?(?![\d.,/]*\d)"
)
_AGED_BEFORE = re.compile(rf"(?<![\d.,]){_LIST}[\s-]*{_UNIT}[\s-]*$")
_OF_ANY_AGE = frozenset({"girl", "boy", "fille", "garcon"})
"""*A girl of 27* may be the one who tells."""
_IN_ONES_CARE = re.compile(r"(?P<of>\w+)?\s*\b(?:of|for|after|aupres d[e']|d[e']|pour)\s*$")
_PARENTS = frozenset(listed("mother father mom mum dad parent parents family mere pere maman papa famille"))
"""*A nanny for two kids*, *teacher of 30 kids*: other people's."""
TWO = 2
_CHILD_OF = frozenset({"son", "daughter"})
"""*Son 17*: somebody's child, whoever tells."""
_MY = re.compile(r"\b(?:my|our|mon|ma|mes|notre|nos)\b[^,.;]{0,16}$")
_ALTOGETHER = frozenset(
    {"kid", "kids", "child", "children", "enfant", "enfants", "dependents", "dependants", "dependent", "dependant"}
)


def _children(telling: Telling) -> None:
    told = [each for each in _told_of_children(telling) if each.number or each.ages]
    ages = [age for each in told for age in each.ages]
    if not told:
        return
    for each in told:
        said = telling.text[each.start : each.end]
        if each.ages:
            telling.keep("child_ages", list(each.ages), said)
        telling.note("dependants", each.start, each.end)
    count = _how_many(told)
    ages += _grown_up(telling, told[0].end)
    if count is None or any(age >= NO_DEPENDANT for age in ages):
        telling.ask("children", DEPENDANTS, telling.text[told[0].start : told[0].end])
    elif 0 < count <= MOST_CHILDREN:
        telling.household.setdefault("dependants", [{} for _ in range(count)])


_ONE_OF_THEM = re.compile(
    r"\b(?:one|two|un|une|deux|oldest|eldest|ainee?s?|dont|including)\b[^.;\n]{0,24}?\b(?P<age>\d{2})\b(?:\s*(?:ans"
    r"|years?))?"
)


def _grown_up(telling: Telling, place: int) -> list[int]:
    """*One of them is 24*: a child who is no dependant any more."""
    sentence = telling.sentence(place)
    found = _ONE_OF_THEM.search(telling.said[: sentence.end], place)
    if found is None or int(found["age"]) < NO_DEPENDANT:
        return []
    telling.keep("child_ages", [int(found["age"])], found.group())
    telling.empty(found.start(), found.end())
    return [int(found["age"])]


def _told_of_children(telling: Telling) -> Iterator[_Told]:
    said = with_digits(telling.said)
    for place, meant in telling.vocabulary.find(telling.left, "children"):
        if meant == NOBODY or not _ours(telling, place.start):
            continue
        who = next((each for each in telling.named if each.noun == place.start), None)
        young = _AGED_BEFORE.search(said[: place.start])
        before = _HOW_MANY.search(said[: young.start() if young else place.start])
        behind = _NUMBER_BEHIND.match(said, place.end)
        number = before["count"] if before else behind["count"] if behind else "0"
        count = int(number) if number.isdigit() else 1
        start, end = before.start() if before else place.start, behind.end() if behind else place.end
        aged = young or _AGED_BEHIND.match(said, end)
        ages = _ages(aged, count, who) if aged else ()
        if aged and ages:
            start, end = min(start, aged.start()), max(end, aged.end())
        if meant == TWINS and not count:
            count = TWO
        care = _IN_ONES_CARE.search(said[:start])
        if care and care["of"] not in _PARENTS and not _MY.search(said[: place.start]):
            continue
        if place.words in _OF_ANY_AGE and min(ages, default=0) > _SMALL_CHILD and not _MY.search(said[:start]):
            continue
        of_partner = who is not None and who.owner == PARTNER
        yield _Told(0 if of_partner else count, ages, of_partner or place.words not in _ALTOGETHER, start, end)


def _ages(found: re.Match[str], count: int, who: Mention | None) -> tuple[int, ...]:
    """The ages beside a mention of children; bare numbers are theirs where they are small, and one for each."""
    ages = tuple(int(each) for each in re.findall(r"\d+", found["ages"]))
    if (found["unit"] or "").startswith("mo"):
        return tuple(age // 12 for age in ages)
    named = who is not None and (who.led_to or (who.many and len(ages) > 1))
    if who is not None and who.words in _CHILD_OF and not found.groupdict().get("loose") and max(ages) < NO_DEPENDANT:
        return ages
    loose = "sure" in found.groupdict() and (found["loose"] or not (found["sure"] or "").strip(" \n"))
    if loose and not (max(ages) <= _SMALL_CHILD and (len(ages) == count or (named and not count))):
        return ()
    return ages if not count or len(ages) <= count else ()


def _how_many(told: list[_Told]) -> int | None:
    """How many children in all; None where the numbers do not agree, or where *my son* is all that is said."""
    totals = {each.number or (len(each.ages) if len(each.ages) > 1 else 0) for each in told if not each.each}
    singly = [each.number for each in told if each.each]
    if len(totals) > 1 or 0 in totals or (0 in singly and not totals):
        return None
    total = next(iter(totals), sum(singly))
    return total if not singly or 0 in singly or sum(singly) == total else None


# -- brothers, sisters and other relatives in Canada


def _no_kin(telling: Telling) -> None:
    """That there is no brother or sister, or nobody of the family in Canada."""
    for place, meant in telling.vocabulary.find(telling.left, "no_kin"):
        if telling.about(place.start) == CANDIDATE:
            for fact in FACTS.values() if meant == "anyone" else (FACTS[SIBLING],):
                telling.people[CANDIDATE].setdefault(fact, False)
            telling.note("sibling_in_canada", place.start, place.end)


def _in_canada(telling: Telling, mention: Mention) -> Iterator[tuple[int, int]]:
    """A brother in Canada is one of whom it is said that he is there, or has a status there; where that is said."""
    in_law = telling.vocabulary.group("stranger").get(mention.words) == "in_law"
    owner = _owner(telling, mention)
    if owner is None or not (mention.kind in FACTS or in_law):
        return
    for piece in _pieces(telling, mention):
        text = telling.text[piece.start : piece.end]
        places = list(find_countries(telling.left[piece.start : piece.end], telling.vocabulary.lexicon))
        status = residents(telling, piece.start, piece.end)
        if not status and not any("CA" in each.codes for each in places):
            continue
        if in_law:
            telling.ask("sibling", f"/{owner}/sibling_in_canada", text)
            return
        negated = re.search(r"\b(?:no|not|pas|aucune?|without|sans|don't|dont|isn't|n'est)\b", plain(text))
        telling.people[owner].setdefault(FACTS[mention.kind], not negated)
        telling.note(FACTS[mention.kind], mention.noun, mention.end)
        if not negated and mention.kind == SIBLING:
            _status(telling, piece, status)
        for found in places:
            if mention.kind == SIBLING and not negated:
                telling.keep("sibling_place", text[found.place.start : found.place.end], text)
            yield piece.start + found.place.start, piece.start + found.place.end
        yield from ((place.start, place.end) for place in status)


def _status(telling: Telling, piece: Fragment, status: list[Place]) -> None:
    """Which status a brother or sister has; where only the place is said, it is asked."""
    known = any(each["id"] == "sibling_status" for each in telling.other)
    if status:
        telling.keep("sibling_status", which_status(status[0].words), piece.text)
        telling.ambiguous = [each for each in telling.ambiguous if each["code"] != "sibling_status"]
    elif not known:
        options = ["citizen", "permanent_resident", "neither"]
        telling.ask("sibling_status", "/candidate/sibling_in_canada", piece.text, options)


def _owner(telling: Telling, mention: Mention) -> str | None:
    """Whose relative that is; None where it is somebody else's."""
    if mention.owner != CANDIDATE:
        return PARTNER if mention.owner == PARTNER else None
    own = any(
        zone.person is not None
        and zone.start <= mention.noun < zone.end
        and (zone.person == mention or _named_along(telling, zone.person, mention))
        for zone in telling.zones
    )
    about = CANDIDATE if own else telling.about(mention.noun)
    return {CANDIDATE: CANDIDATE, UNSURE: CANDIDATE, PARTNER: PARTNER}.get(about)


_ALONG = re.compile(r"\s*(?:,|and|et|&|\+)\s*(?:(?:my|mon|ma|mes)\s+)?(?:(?:\d|one|two|three|une?|deux|trois)\s+)?")


def _named_along(telling: Telling, first: Mention, second: Mention) -> bool:
    """*My parents and brother*: each of them is the teller's own."""
    between = plain(telling.text[first.end : second.noun])
    return first.owner == CANDIDATE and first.end <= second.noun and bool(_ALONG.fullmatch(between))


def _pieces(telling: Telling, mention: Mention) -> Iterator[Fragment]:
    """Where somebody is told of: the clause in which they are named, and wherever *he* or *she* means them."""
    own = telling.around(mention.noun)
    aside = re.compile(r"\s*\([^()\n]{1,40}\)").match(telling.text, own.end)
    if aside:
        own = Fragment(own.start, aside.end(), telling.text[own.start : aside.end()])
    yield _of_one(telling, mention, own)
    for zone in telling.zones:
        if zone.person == mention and not own.start <= zone.start < own.end:
            yield Fragment(zone.start, zone.end, telling.text[zone.start : zone.end])


def _of_one(telling: Telling, mention: Mention, clause: Fragment) -> Fragment:
    """The part of a clause that is of one person: *mon frère est à Gatineau et mes parents sont au Cameroun*."""
    start, end = clause.start, clause.end
    for zone in telling.zones:
        if zone.person == mention and start <= zone.start <= mention.start:
            start = zone.start
        elif zone.person not in (None, mention) and mention.end < zone.start < end:
            # *my uncle and my sister live in Toronto* is said of both
            placed = find_countries(telling.text[mention.end : zone.start], telling.vocabulary.lexicon)
            end = zone.start if placed or residents(telling, mention.end, zone.start) else end
    return Fragment(start, end, telling.text[start:end])
