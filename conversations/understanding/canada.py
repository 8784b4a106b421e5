"""Ties to Canada in free text: nomination, offer, certificate, permit, funds, residence, Quebec."""

from __future__ import annotations

import re
from typing import Any

from conversations.answers import Understood, read_money
from conversations.answers.calendar import find
from conversations.answers.countries import find_countries
from conversations.answers.result import Misread, Unclear
from conversations.answers.text import Place, plain
from conversations.understanding.amounts import AMOUNT, CURRENCY, LARGE, amount_around
from conversations.understanding.telling import Telling
from conversations.understanding.unsettled import NOT_YET, after, before, leave_out

_NEAR = 48
_NEGATED = re.compile(r"\b(?:no|not|without|don't|dont|never|pas|aucune?|sans|ni)\b[^,.;]{0,14}$")


def read_ties(telling: Telling) -> None:
    """Everything that is about Canada and is neither study nor work."""
    _nomination(telling)
    _applied(telling)
    _flag(telling, "offered", "job_offers", [{}], [])
    _certificate(telling)
    _permit(telling)
    _funds(telling)
    _residence(telling)
    _quebec(telling)


def _flag(telling: Telling, group: str, fact: str, yes: Any, no: Any) -> None:
    found = telling.vocabulary.find(telling.left, group)
    for place, said in found:
        person = telling.people[telling.whose(place.start)]
        negated = said == "no" or _NEGATED.search(telling.said[: place.start])
        if not negated and _WANTED.search(telling.said[: place.start]):
            leave_out(telling, NOT_YET, place.start, place.end)
            continue
        person.setdefault(fact, no if negated else yes)
        telling.note(fact, place.start, place.end)


_WANTED = re.compile(
    r"\b(?:want|wants|wanted|will|would|could|might|going to|looking for|need|promised|veut|veux|va|vais"
    r"|voudrait|pourrait|cherche|besoin|promis|attends|waiting for|refused|declined|rejected|turned down|lost|refusee?"
    r"|declinee?|rejetee?|perdue?)\b[^,.;]{0,24}$"
)
"""What is wanted or promised is not there yet, and what was refused not any more."""


def _certificate(telling: Telling) -> None:
    for place, said in telling.vocabulary.find(telling.left, "certificate"):
        person = telling.people[telling.whose(place.start)]
        negated = said == "no" or _NEGATED.search(telling.said[: place.start])
        sealed = "seal" in place.words or "sceau" in place.words
        province, end = _of_province(telling, place.end)
        authority = "Red Seal" if sealed else province
        person.setdefault("trade_certificate", False if negated else {"authority": authority} if authority else {})
        telling.note("trade_certificate", place.start, end)


_OF = re.compile(r"\s*(?:(?:from|of|in|by|de|d'|du|en|au)\s*)?(?:the |la |le |l')?$")


def _of_province(telling: Telling, place: int) -> tuple[str | None, int]:
    """The province that stands right behind a place, and where its name ends: *certificat de l'Ontario*."""
    for each, name in telling.vocabulary.find(telling.left[place : place + _NEAR], "province"):
        if _OF.fullmatch(telling.said[place : place + each.start]):
            return name, place + each.end
        break
    return None, place


def _nomination(telling: Telling) -> None:
    for place, said in telling.vocabulary.find(telling.left, "nominated"):
        candidate = telling.people["candidate"]
        clause = telling.around(place.start)
        if _no_longer(telling, _with_province(telling, place), "nomination_refused"):
            continue
        if said == "no" or _NEGATED.search(telling.said[: place.start]):
            candidate.setdefault("nomination", False)
            telling.note("nomination", place.start, place.end)
            continue
        nomination: dict[str, Any] = {}
        spans = [(place.start, place.end)]
        text = telling.left[clause.start : clause.end]
        for each, province in telling.vocabulary.find(text, "province"):
            nomination["province"] = province
            spans.append((clause.start + each.start, clause.start + each.end))
            break
        sentence = telling.sentence(place.start)
        for each, enhanced in telling.vocabulary.find(telling.left[sentence.start : sentence.end], "enhanced"):
            nomination["enhanced"] = enhanced == "yes"
            spans.append((sentence.start + each.start, sentence.start + each.end))
        for stamp in find(plain(text), telling.today):
            day = telling.day(stamp, "/candidate/nomination/issued_on")
            nomination |= {"issued_on": day} if day else {}
            spans.append((clause.start + stamp.start, clause.start + stamp.end))
            break
        if "enhanced" not in nomination:
            telling.ask("nomination_kind", "/candidate/nomination/enhanced", clause.text, [True, False])
        candidate.setdefault("nomination", nomination)
        for start, end in spans:
            telling.note("nomination", start, end)


NOMINATION_APPLIED = "nomination_applied"
"""As which it is kept that somebody asked a province for a nomination: that is none yet."""
_APPLIED = re.compile(
    r"\b(?:demandes?|postul\w+|candidature|soumis|depose\w?|interet|appl(?:y|ied|ying|ication)|submitted|eoi)\b[^.;\n]{0,40}$"
)


def _applied(telling: Telling) -> None:
    """*J'ai fait une demande au PCP*: neither a nomination, nor that there is none."""
    for place, _ in telling.vocabulary.find(telling.left, "nominee_program"):
        lead = _APPLIED.search(telling.said[: place.start])
        if lead and not telling.people["candidate"].get("nomination"):
            telling.keep(NOMINATION_APPLIED, None, telling.sentence(place.start).text)
            telling.note(NOMINATION_APPLIED, lead.start(), place.end)


def _with_province(telling: Telling, place: Place) -> Place:
    """The place of a nomination with the province before it: *an OINP nomination*."""
    for each, _ in telling.vocabulary.find(telling.left, "province"):
        if each.end <= place.start and not telling.left[each.end : place.start].strip(" '’s"):
            return Place(each.start, place.end, place.words)
    return place


def _permit(telling: Telling) -> None:
    for place, kind in telling.vocabulary.find(telling.left, "permit"):
        if _no_longer(telling, place):
            continue
        clause = telling.around(place.start)
        negated = _NEGATED.search(telling.said[: place.start])
        person = telling.people[telling.whose(place.start)]
        telling.keep("work_permit" if kind != "study" else "study_permit", "none" if negated else kind, clause.text)
        if kind not in ("study",) and not negated:
            person.setdefault("authorized_to_work_in_canada", True)
            _permit_end(telling, person, place)
        telling.note("work_permit", place.start, place.end)


_EXPIRED = re.compile(r"\bexpirés?\b", re.IGNORECASE)
"""By its accent: *expire* is still good."""
_HAD = re.compile(
    r"\b(?:(?:had|used to have|(?:j')?avais)\s+(?:an? |my |the |un |mon |le )?|(?:j')?ai (?:deja )?eu un )(?:[a-z]+ )?$"
)
"""*J'ai eu un permis*, once; *j'ai eu mon permis*, *j'ai eu une désignation* say that one got it."""


def _no_longer(telling: Telling, place: Place, over_as: str = "permit_refused") -> bool:
    """Whether a permit, or a nomination, was refused, cancelled or had once, or is only asked for.

    That is kept as it was said, `over_as` where it is over.
    """
    clause = telling.around(place.start)
    refused = telling.vocabulary.find(clause.text, "refused")
    over = bool(refused) or _EXPIRED.search(clause.text) is not None
    state = before(telling, place.start) or after(telling, place.end)
    if not over and not _HAD.search(telling.said[: place.start]) and (state is None or state.kind in KEPT):
        return False
    start = min(place.start, state.start) if state else place.start
    telling.keep(over_as if over else NOT_YET, None, clause.text)
    telling.note(NOT_YET, start, max(place.end, state.end) if state else place.end)
    for each, _ in refused:
        telling.empty(clause.start + each.start, clause.start + each.end)
    return True


KEPT = frozenset({"denied", "settled"})
"""What may lead to a permit and does not make it one to come: that there is none is read with its kind."""


_ENDS = re.compile(
    r"^[^,.;\n]{0,24}\b(?:until|till|expires?|expiring|ends?|valid|jusqu'?\s?(?:au|a|en)|expire|valide|finit"
    r"|se termine)\b[^,.;\n\d]{0,16}"
)


def _permit_end(telling: Telling, person: dict[str, Any], place: Place) -> None:
    lead = _ENDS.match(telling.said[place.end :])
    if lead is None:
        return
    begin = place.end + lead.end()
    for stamp in find(telling.said, None, short=False):
        if begin - 12 <= stamp.start <= begin + 4 and stamp.precision == "day":
            latest = telling.today.replace(year=telling.today.year + 10, day=1)
            day = telling.day(stamp, "/candidate/work_permit_ends_on", latest)
            if day:
                person.setdefault("work_permit_ends_on", day)
            telling.note("work_permit_ends_on", stamp.start, stamp.end)


def _funds(telling: Telling) -> None:
    """An amount beside a word of savings, or an amount of dollars that is no pay."""
    said = telling.said
    for found in AMOUNT.finditer(said):
        priced, large = CURRENCY.search(found.group()), LARGE.search(found.group())
        if not any(sign.isdigit() for sign in found.group()) or not (priced or large):
            continue
        if not priced and _IN_A_YEAR.search(said[: found.end()]):
            continue
        clause = telling.around(found.start())
        saved = telling.vocabulary.find(clause.text, "funds")
        paid = telling.vocabulary.find(clause.text, "salary")
        if paid and not saved:
            if priced:
                telling.keep("pay", found.group().strip(), clause.text)
                telling.empty(found.start(), found.end())
            continue
        if not (priced or saved):
            continue
        _money(telling, found, clause.start, clause.text, saved)
        return


_IN_A_YEAR = re.compile(r"\b(?:since|in|from|depuis|en|until|of|de)\s+(?:19|20)\d\d\s*$")


def _money(telling: Telling, found: re.Match[str], start: int, clause: str, saved: list[Any]) -> None:
    begin, end = amount_around(telling.said, found)
    read = read_money(telling.text[begin:end])
    about = "/household/settlement_funds_cad"
    if isinstance(read, Understood):
        telling.household.setdefault("settlement_funds_cad", read.value)
        if not saved:
            telling.ask("which_amount", about, clause, [read.value])
    elif isinstance(read, Unclear):
        most = max(read.options)
        telling.ask(read.code, about, clause, [each * 1000 if each * 1000 < most else each for each in read.options])
    elif isinstance(read, Misread):
        telling.ask(read.code, about, clause, **{"values": dict(read.values)})
    for place, _ in saved:
        telling.note("settlement_funds_cad", start + place.start, start + place.end)
    telling.note("settlement_funds_cad", begin, end)


def _quebec(telling: Telling) -> None:
    for place, said in telling.vocabulary.find(telling.left, "quebec"):
        clause = telling.around(place.start)
        clause_left = telling.left[clause.start : clause.end]
        leaves, settles = (telling.vocabulary.find(clause_left, name) for name in ("leave", "settle"))
        if _OPEN.search(plain(clause.text)) or not (settles or leaves or said == "no"):
            continue
        negated = (
            said == "no"
            or _NEGATED.search(telling.said[clause.start : place.start])
            or re.search(r"\b(?:not|don't|pas|plus|no longer|won't)\b", plain(clause.text))
        )
        # to leave and not to settle say the same; not to leave says the contrary
        telling.household.setdefault("intends_quebec", bool(negated) == bool(leaves) and said == "yes")
        for each, _ in (*settles, *leaves):
            telling.empty(clause.start + each.start, clause.start + each.end)
        telling.note("intends_quebec", place.start, place.end)
    for place, name in telling.vocabulary.find(telling.left, "province"):
        clause = telling.around(place.start)
        settles = telling.vocabulary.find(telling.left[clause.start : place.start], "settle")
        if settles:
            telling.keep("province", name, clause.text)
            telling.note("province", clause.start + settles[0][0].start, place.end)


_OPEN = re.compile(
    r"^\s*(?:can|could|may|should|do|does|is|am|if|what|how|puis|peut|dois|est-ce|si|faut)\b|\?"
    r"|\b(?:hesit\w+|sais pas|sait pas|know (?:if|whether)|maybe|perhaps|not sure|peut-etre|pas sur|pas sure"
    r"|ou partir|or leave)\b"
)
"""What asks about Quebec, or does not know yet."""
_WISHES = re.compile(
    r"\b(?:will|would|could|should|to|vais|allons|want|plan|planning|going|hope|hoping|like|wish|intend|veux|voudrais|compte|pense|souhaite"
    r"|aimerais)\b[^,.;]{0,16}$"
)


def _residence(telling: Telling) -> None:
    for place, _ in telling.vocabulary.find(telling.left, "live"):
        if telling.whose(place.start) == "partner" or _WISHES.search(telling.said[: place.start]):
            continue
        ahead = telling.left[place.end : place.end + _NEAR]
        for named in find_countries(ahead, telling.vocabulary.lexicon):
            lead = plain(ahead[: named.place.start])
            if re.fullmatch(r"\s*(?:in|at|the|en|au|aux|a|la|le|l'|now|currently|actuellement|[a-z]+,)*\s*", lead):
                if len(named.codes) == 1:
                    telling.household.setdefault("residence_country", named.codes[0])
                else:
                    telling.ask("country", "/household/residence_country", ahead, named.codes)
                telling.note("residence_country", place.start, place.end + named.place.end)
            break
