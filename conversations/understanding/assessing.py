"""Assessments of diplomas in free text: whether there is one, of which body, and its day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from conversations.answers.calendar import Stamp, find
from conversations.answers.text import Place, plain
from conversations.months_of_eca import counted_from
from conversations.understanding.telling import Telling
from conversations.understanding.unsettled import NOT_YET, Kind, after, before, leave_out

Credentials = list[tuple[int, str, dict[str, Any]]]
"""Where each stands, whose it is, and what is known of it."""
ISSUED_ON = "eca_issued_on"
"""As which the day of an assessment is kept of which no credential is named."""
_BODY_GAP = 12
_LEADS_TO_DAY = re.compile(
    r"[\s,(:-]*(?:(?:for|both|all|my|degrees?|diplomas?|done|completed|issued|dated|received|delivered|report|from|of"
    r"|on|in|by|the|was|is|est|a|ete|date|got|assessed"
    r"|ices|ces|mcc|pebc|wes|iqas|icas|le|du|de|en|depuis|faite?|obtenue?|recue?|delivree?|terminee?|emise?|datee?)\b"
    r"[\s,.(:-]*){0,6}"
)
_DATED = re.compile(
    r"\b(?:date|dates|dated|datee?|issued|delivree?|emise?)\s+(?:(?:is|est|back to|to|from|of|on|du|le|de)\s+)*$"
)
_SAME = re.compile(
    r"[\s(:-]*(?:(?:by|from|par|de|d'|du|with|avec|chez|aupres|done|the|my|ma|mon|report|evaluation|course|was|is|has|been|it)\b"
    r"[\s(:-]*)*"
)
_BOTH = re.compile(r"\b(?:both|all|each|les deux|toutes?|tous|two|deux)\b")
_SEVERAL = frozenset({"evalues", "evaluees", "ecas"})


class Assessment(NamedTuple):
    """An assessment that is told, False where there is none, with the day as it was written.

    `kind`: `late` where it is under way, `over` where it has expired.
    """

    place: Place
    value: dict[str, Any] | bool
    kind: Kind = "settled"
    stamp: Stamp | None = None


def assessments(telling: Telling) -> list[Assessment]:
    """Every assessment that is told, its words taken out of what is left; one that is planned is kept as said."""
    told: list[Assessment] = []
    for place, meant in list(_named(telling)):
        if told and told[-1].value is False and _is_its_body(telling, told[-1].place, place):
            telling.note("eca", place.start, place.end)
            continue
        found = _assessment(telling, place, meant)
        if found is not None:
            told.append(found)
    return told


def _is_its_body(telling: Telling, former: Place, place: Place) -> bool:
    """Whether a body only says with whom an assessment is that is not there yet: *ECA in process with IQAS*."""
    body = telling.vocabulary.group("assessor")
    return place.words in body and telling.around(former.start) == telling.around(place.start)


def _named(telling: Telling) -> Iterator[tuple[Place, str]]:
    """The names in their order; *WES ECA* and *assessed by WES* are one."""
    found = [(place, "none") for place, _ in telling.vocabulary.find(telling.left, "not_assessed")]
    taken = [range(place.start, place.end) for place, _ in found]
    assessed = telling.vocabulary.find(telling.left, "assessed")
    found += [(place, "yes") for place, _ in assessed if not any(place.start in each for each in taken)]
    previous: tuple[Place, str] | None = None
    for place, meant in sorted(found):
        if previous and previous[1] == meant and _SAME.fullmatch(telling.said[previous[0].end : place.start]):
            previous = (Place(previous[0].start, place.end, f"{previous[0].words} {place.words}"), meant)
            continue
        if previous and meant == "none" and not telling.said[previous[0].end : place.start].strip():
            previous = (Place(previous[0].start, place.end, place.words), meant)
            continue
        if previous:
            yield previous
        previous = (place, meant)
    if previous:
        yield previous


def _assessment(telling: Telling, place: Place, meant: str) -> Assessment | None:
    state = before(telling, place.start) or after(telling, place.end)
    kind: Kind = "denied" if meant == "none" else state.kind if state else "settled"
    span = (min(place.start, state.start), max(place.end, state.end)) if state else (place.start, place.end)
    if kind == "ahead":
        leave_out(telling, NOT_YET, *span)
        return None
    if kind in ("late", "denied"):
        telling.note("eca", *span)
        return Assessment(place, value=False, kind=kind)
    value, stamp = _body(telling, place), _day_of(telling, place)
    telling.note("eca", *span)
    if stamp:
        telling.empty(stamp.start, stamp.end)
    return Assessment(place, value, kind, stamp)


def _body(telling: Telling, place: Place) -> dict[str, Any]:
    start = max(0, place.start - _BODY_GAP)
    lead = _LEADS_TO_DAY.match(telling.said, place.end)
    stamp = _day_of(telling, place)
    ahead = max(place.end, lead.end() if lead else 0, stamp.end if stamp else 0) + _BODY_GAP
    near = telling.left[start:ahead]
    for each, body in telling.vocabulary.find(near, "assessor"):
        telling.empty(start + each.start, start + each.end)
        return {"body": body}
    return {}


def _day_of(telling: Telling, place: Place) -> Stamp | None:
    """The date that follows the name of an assessment."""
    lead = _LEADS_TO_DAY.match(telling.said, place.end)
    clause = telling.around(place.start)
    for stamp in find(telling.said, telling.today):
        if stamp.precision == "no_year" or stamp.start < place.end:
            continue
        if (lead and stamp.start == lead.end()) or (
            stamp.start < clause.end and _DATED.search(telling.said, place.end, stamp.start)
        ):
            return stamp
    return None


def give(telling: Telling, told: Credentials, found: list[Assessment]) -> None:
    """Put each assessment to the credentials that it is of; what is open about its day is asked."""
    for each in found:
        targets = _targets(telling, told, each)
        about = _about(telling, targets, telling.whose(each.place.start))
        value = each.value
        if isinstance(value, dict) and each.stamp is not None:
            day = _day(telling, each.stamp, f"{about}/eca/issued_on")
            value = value | ({"issued_on": day} if day else {})
        said = telling.around(each.place.start).text
        if each.kind == "over":
            telling.ask("eca_expired", f"{about}/eca/issued_on", said)
            continue
        if each.kind == "late":
            telling.keep("eca", "pending", said)
        elif not targets:
            telling.keep("eca", "no" if value is False else "yes", said)
            if isinstance(value, dict) and "issued_on" in value:
                telling.keep(ISSUED_ON, value["issued_on"], said)
        for credential in targets:
            credential.setdefault("eca", dict(value) if isinstance(value, dict) else value)


def _day(telling: Telling, stamp: Stamp, about: str) -> str | None:
    """The day of an assessment; where a month is told, the day from which it would be counted is offered."""
    month = f"{stamp.year}-{stamp.month:02}" if stamp.precision == "month" else None
    counted = counted_from(month, telling.today) if month is not None else None
    if counted is None:
        return telling.day(stamp, about)
    telling.ask("day_missing", about, stamp.text, [counted])
    return None


def _about(telling: Telling, targets: list[dict[str, Any]], owner: str) -> str:
    """The pointer of the first of some credentials; of the first that somebody has where there is none."""
    for whose, person in telling.people.items():
        for index, credential in enumerate(person.get("credentials", ())):
            if targets and credential is targets[0]:
                return f"/{whose}/credentials/{index}"
    return f"/{owner}/credentials/0"


def _targets(telling: Telling, told: Credentials, found: Assessment) -> list[dict[str, Any]]:
    """The credentials that an assessment is of: those of its clause, else the one before, or all where that is said."""
    clause = telling.around(found.place.start)
    whose = telling.whose(found.place.start)
    abroad = [each for each in told if each[1] == whose and each[2].get("country") != "CA"]
    beside = [each for each in abroad if clause.start <= each[0] < clause.end]
    before_it = [each for each in abroad if each[0] < found.place.start]
    several = _BOTH.search(plain(clause.text)) or bool(_SEVERAL & set(found.place.words.split()))
    if several:
        return [each[2] for each in before_it or abroad]
    if beside:
        nearest = [each for each in beside if each[0] < found.place.start][-1:] or beside[:1]
        return [each[2] for each in nearest]
    if found.value is False:
        return [each[2] for each in before_it or abroad if "eca" not in each[2]]
    return [each[2] for each in before_it[-1:] or abroad[:1]]
