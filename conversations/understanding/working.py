"""Jobs in free text: each by its title, how long, where and how many hours, wherever these stand in the message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from conversations.answers.countries import find_countries
from conversations.answers.jobs import ToldOfJob, told_of_job
from conversations.answers.text import plain
from conversations.answers.words import with_digits
from conversations.understanding import remote
from conversations.understanding.circumstances import PAY, STUDENT, Told, circumstances
from conversations.understanding.going_on import LENGTH_UNIT
from conversations.understanding.mentions import CANDIDATE, PARTNER
from conversations.understanding.parted import parted, without_origin
from conversations.understanding.pieces import IN_WORDS, Job, Piece
from conversations.understanding.sharing import permitted, share_titles
from conversations.understanding.telling import GAP, Fragment, Telling
from conversations.understanding.titled import INTRODUCED, MOST_WORDS, OF_STUDY, alone, named, title_of
from conversations.understanding.titles import EMPLOYER, clean_title
from conversations.understanding.turns import BOTH
from conversations.understanding.where_worked import ABROAD, behind_none, told_where
from conversations.understanding.worked_in_all import shared, unworked

MOST_JOBS = 10
CIRCUMSTANCES = (PAY, STUDENT)
_BARE = re.compile(
    r"^(?P<lead>\s*(?:& |\+ |and |et |then |puis |plus |another |before (?:that )?|previously |avant (?:ca "
    r"|cela )?)?)(?P<count>\d{1,2}(?:[.,]\d)?)(?P<rest>\s+(?:more "
    r"|autres? )?(?:in|at|here|a|au|aux|en|ici|inside|of them in|dont)\b)"
)
_FROM = re.compile(r"\b(?:from|originaire d[e'u])\s")
_OF_WORK = re.compile(
    r"\b(?:work\w*|travail\w*|jobs?|emplois?|employ\w*|embauch\w*|hired|exp|experience|career|carriere|metier|poste"
    r"|profession|de pratique|occupation|practi[cs]ed|exerce\w*|occupe|laid off|let go|licenciee?|congediee?"
    r"|taught|teach\w*|enseign\w*|freelanc\w*)\b"
    r"|\bchez (?!(?:moi|nous|lui|elle|eux|toi|vous|mes?|mon|ma|nos|notre|des|une?|le|la|les)\b|l')[a-z]"
)
_TWO_NUMBERS = re.compile(r"\b\d{1,2}\s*(?:and|et|&|/)\s*\d{1,2}\s*(?:years?|yrs?|ans|months?|mois)\b")
"""*8 and 6 years*: of two people, or of two jobs."""


def read_work(telling: Telling) -> None:
    """Every job that is told, and that there is none."""
    jobs = shared(telling)
    nothing = unworked(telling)
    held: list[Piece] = []
    for piece in _pieces(telling):
        if held and not _beside(telling, held[-1].fragment.end, piece, over=held[-1].bare):
            _together(telling, jobs, held)
            held = []
        if (piece.doubtful and not _completes(telling, jobs, piece)) or _waits(telling, piece, jobs):
            held.append(piece)
            continue
        if not piece.title:
            held = [each for each in held if not _place(telling, jobs, each)]
        _place(telling, jobs, piece)
        for each in held:
            _place(telling, jobs, each)
        held = []
    _together(telling, jobs, held)
    share_titles(jobs)
    permitted(telling, jobs)
    for whose in (CANDIDATE, PARTNER, BOTH):
        told = [_as_fact(telling, job) for job in jobs if job.whose == whose][:MOST_JOBS]
        if told or (nothing == whose):
            telling.people[whose]["jobs"] = told


def _pieces(telling: Telling) -> Iterator[Piece]:
    """What each fragment says of work; one that says nothing of it is left alone."""
    unit = ""
    for fragment in parted(telling):
        if any(start <= fragment.start < end for start, end in telling.asked):
            continue
        how = circumstances(telling.vocabulary, fragment.text)
        text = how.text
        bare = _BARE.match(with_digits(plain(text)))
        if bare and unit:
            count = len(bare.group("lead") + bare.group("count"))
            text = f"{text[:count]} {unit}{text[count:]}"
        text, placed = remote.apart(telling.vocabulary, text)
        text = without_origin(telling, text)
        how.value.update(placed)
        told = told_of_job(text, telling.today, telling.vocabulary.lexicon)
        found = LENGTH_UNIT.search(plain(fragment.text))
        piece = _piece(telling, fragment, how._replace(text=text), told)
        if piece is not None:
            unit = found.group() if found and piece.timed else unit
            yield piece


def _piece(telling: Telling, fragment: Fragment, how: Told, told: ToldOfJob) -> Piece | None:
    value, title, text = {**told.value, **how.value}, named(telling, told.title, how.text), how.text
    if "hours_from" in told.told:
        value[IN_WORDS] = True
    worked = telling.vocabulary.find(text, "worked")
    if worked:
        value |= {"country": "CA"} if worked[0][1] == "canada" else {"abroad": True}
        title = _retold(telling, _cut(text, worked))
    elif "country" not in value and (here := telling.vocabulary.find(text, "here")):
        title = _retold(telling, _cut(text, here))
        value |= told_where(here)
    elif ABROAD.search(plain(text)):
        value["abroad"] = True
    clause = telling.around(fragment.start)
    before = plain(telling.text[clause.start : fragment.end])
    piece = Piece(fragment, title, value, {**told.open, **how.open}, bool(INTRODUCED.search(before)))
    piece.earlier = _EARLIER.match(plain(fragment.text)) is not None
    piece.of_work = bool(
        worked
        or ABROAD.search(plain(text))
        or how.value
        or how.open
        or _OF_WORK.search(plain(fragment.text))
        or "self_employed" in value
        or behind_none(telling, fragment)
    )
    if not piece.timed and _UNTIL_NOW.search(plain(text)):
        piece.open["period"] = "how_long"
    if "months" in value and _TWO_NUMBERS.search(with_digits(plain(fragment.text))):
        del piece.value["months"]
        piece.open["period"] = "how_long"
    if not piece.timed and _FROM.search(plain(text)):
        piece.value.pop("country", None)
    if (piece.timed and telling.vocabulary.find(_ACCOUNT.sub(" ", fragment.text), "ahead")) or _is_offered(
        telling, piece
    ):
        return None
    piece.bare = not told.title
    told_as, piece.title = piece.title, title_of(telling, piece)
    piece.untold = bool(told_as) and not piece.title and not telling.vocabulary.only_empty(told_as)
    if len(piece.title.split()) > MOST_WORDS and not piece.timed:
        return None
    return piece if piece.value or piece.title or piece.open else None


_ACCOUNT = re.compile(r"\bmon (?:propre )?compte\b", re.IGNORECASE)
"""*À mon compte*, which is no plan as *je compte* is."""
_UNTIL_NOW = re.compile(r"\b(?:jusqu'a|until|till|up to) (?:aujourd'hui|maintenant|present|now|today)\b")
"""It goes on, and nothing says since when."""
_EARLIER = re.compile(
    r"[\s\x1f]*(?:and |et )?(?:before (?:that|this|then)|prior to (?:that|this)|previously|formerly|earlier"
    r"|avant (?:ca|cela|ceci)"
    r"|auparavant|precedemment)\b"
)


def _is_offered(telling: Telling, piece: Piece) -> bool:
    """Whether a piece says of which work an offer is: that is not yet done."""
    clause = telling.around(piece.fragment.start)
    offers = [start for fact, start, _ in telling.spans if fact == "job_offers"]
    return any(clause.start <= start <= piece.fragment.start < clause.end for start in offers)


def _retold(telling: Telling, text: str) -> str:
    """The title in a text that was cut."""
    return named(telling, told_of_job(text, telling.today, telling.vocabulary.lexicon).title, text)


def _cut(text: str, found: list[Any]) -> str:
    for place, _ in reversed(found):
        text = f"{text[: place.start]}{GAP * (place.end - place.start)}{text[place.end :]}"
    return text


def _completes(telling: Telling, jobs: list[Job], piece: Piece) -> bool:
    """Whether a title stands right behind a job that has none: *3 ans à Montréal, dev web*."""
    return bool(jobs) and jobs[-1].timed and not jobs[-1].title and _beside(telling, jobs[-1].end, piece)


_SO_LONG_THERE = re.compile(
    r"[\s\x1f]*(?:and |et )?\d{1,2}(?:[.,]\d)?\s*(?:years?|yrs?|ans|annees?|months?|mois)\s+(?!old)"
)
"""*3 years Toronto, 2 years Calgary, as an electrician*: where and how long, before what."""


def _waits(telling: Telling, piece: Piece, jobs: list[Job]) -> bool:
    """Whether a piece says how, or when and where, somebody worked, before the job that this is of.

    *Full time, as a cook*; *2016-2019 Algérie, 2019-2022 Dubaï, ingénieur*.
    """
    told = piece.value.keys() | piece.open.keys()
    if jobs or piece.title or piece.untold:
        return False
    if piece.timed:
        start = piece.fragment.start
        begins = not telling.text[telling.around(start).start : start].strip()
        there = (piece.bare and begins) or _SO_LONG_THERE.match(with_digits(plain(piece.fragment.text)))
        return "country" in told and not piece.of_work and bool(there)
    return bool(told & {"hours_per_week", *CIRCUMSTANCES})


def _together(telling: Telling, jobs: list[Job], held: list[Piece]) -> None:
    """Take what waited for a job as one without a title, where it says how, how long and where one worked."""
    told = {name for each in held for name in (*each.value, *each.open)}
    timed = [each for each in held if each.timed]
    if len(timed) == 1 and not any(each.doubtful for each in held) and {"hours_per_week", "country"} <= told:
        jobs.append(Job(telling.whose(held[0].fragment.start), held[0].fragment.start))
        for each in held:
            _add(telling, jobs[-1], each)


def _place(telling: Telling, jobs: list[Job], piece: Piece) -> bool:
    """Put a piece to the job that it is about, or begin another one; False where it is of none."""
    whose = telling.whose(piece.fragment.start)
    last = jobs[-1] if jobs and jobs[-1].whose == whose else None
    fits = last is not None and last.lacks(piece) and not piece.earlier
    if not piece.title and "noc" not in piece.value and not _of_a_job(telling, last, piece, fits=fits):
        return False
    if last is None or not fits:
        last = Job(whose, piece.fragment.start, earlier=piece.earlier)
        jobs.append(last)
    _add(telling, last, piece)
    return True


def _add(telling: Telling, job: Job, piece: Piece) -> None:
    """Put a piece to its job, and take its words out of what is left."""
    job.add(piece)
    job.end = piece.fragment.end
    for each in find_countries(piece.fragment.text, telling.vocabulary.lexicon):
        if each.place.words in telling.vocabulary.lexicon.countries:
            telling.keep("work_place", piece.fragment.text[each.place.start : each.place.end])
    telling.note("jobs", piece.fragment.start, piece.fragment.end)


def _of_a_job(telling: Telling, last: Job | None, piece: Piece, *, fits: bool) -> bool:
    """Whether a piece without a title is of a job: it speaks of work, or stands beside what does."""
    told = set(piece.value) - {"stated_on", IN_WORDS}
    if not told and not piece.open:
        return False
    studies = OF_STUDY.search(plain(piece.fragment.text)) and not piece.of_work
    if studies or not (alone(telling, piece) or piece.of_work):
        return False
    if piece.of_work and (piece.timed or fits):
        return True
    if piece.timed and "hours_per_week" in told:
        return True
    if last is None:
        return False
    if _beside(telling, last.end, piece, over=piece.bare):
        return fits or (piece.timed and bool(told & {"country", "abroad"}))
    return fits and ("hours_per_week" in told or (piece.timed and "country" in told and bool(last.title)))


def _beside(telling: Telling, end: int, piece: Piece, *, over: bool = False) -> bool:
    """Whether only signs and *and* stand between a place and a piece; `over`: a full stop too."""
    between = telling.left[end : piece.fragment.start].replace("." if over else "", " " if over else "")
    return not re.sub(r"\b(?:and|et|then|puis|plus)\b", "", plain(between)).strip(f"{GAP} ,;()\n-:+&/")


def _as_fact(telling: Telling, job: Job) -> dict[str, Any]:
    title = job.title
    employer = EMPLOYER.search(title)
    if employer:
        telling.keep("employer", employer["name"], title)
        title = clean_title(title[: employer.start()])
    value = {name: each for name, each in job.value.items() if name not in ("precision", "abroad", IN_WORDS)}
    if job.value.get("abroad"):
        telling.keep("work_abroad", value.get("months"), title)
    for what, code in job.open.items():
        if what in value:
            continue
        telling.ask(
            code if what != "noc" else "unknown_noc",
            f"/{job.whose}/jobs",
            title or telling.around(job.start).text,
            what=what,
        )
    return ({"title": title} if title else {}) | value
