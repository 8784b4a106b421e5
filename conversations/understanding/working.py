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
from conversations.understanding.mentions import CANDIDATE, PARTNER
from conversations.understanding.parted import LENGTH_UNIT, parted, without_origin
from conversations.understanding.pieces import IN_WORDS, Job, Piece
from conversations.understanding.telling import GAP, Fragment, Telling
from conversations.understanding.titled import INTRODUCED, MOST_WORDS, OF_STUDY, alone, named, title_of
from conversations.understanding.titles import EMPLOYER, clean_title
from conversations.understanding.turns import BOTH
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
    r"|profession|occupation|practi[cs]ed|exerce\w*|occupe|laid off|let go|licenciee?|congediee?|taught|teach\w*"
    r"|enseign\w*|freelanc\w*)\b"
)
_TWO_NUMBERS = re.compile(r"\b\d{1,2}\s*(?:and|et|&|/)\s*\d{1,2}\s*(?:years?|yrs?|ans|months?|mois)\b")
"""*8 and 6 years*: of two people, or of two jobs."""


def read_work(telling: Telling) -> None:
    """Every job that is told, and that there is none."""
    jobs = shared(telling)
    nothing = unworked(telling)
    held: list[Piece] = []
    for piece in _pieces(telling):
        if held and not _beside(telling, held[-1].fragment.end, piece):
            held = []
        if piece.doubtful or _waits(piece, jobs):
            held.append(piece)
            continue
        if not piece.title:
            held = [each for each in held if not _place(telling, jobs, each)]
        _place(telling, jobs, piece)
        for each in held:
            _place(telling, jobs, each)
        held = []
    _share_titles(jobs)
    _permitted(telling, jobs)
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


_ABROAD = re.compile(
    r"\b(?:years?|yrs?|ans|months?|mois)\s+(?:foreign|abroad|overseas|outside canada|a l'etranger)\s*$"
)


def _piece(telling: Telling, fragment: Fragment, how: Told, told: ToldOfJob) -> Piece | None:
    value, title, text = {**told.value, **how.value}, named(telling, told.title, how.text), how.text
    if "hours_from" in told.told:
        value[IN_WORDS] = True
    worked = telling.vocabulary.find(text, "worked")
    if worked:
        value |= {"country": "CA"} if worked[0][1] == "canada" else {"abroad": True}
        title = _retold(telling, _cut(text, worked))
    elif _ABROAD.search(plain(text)):
        value["abroad"] = True
    elif "country" not in value and any(m == "here" for _, m in telling.vocabulary.find(text, "here")):
        here = telling.vocabulary.find(text, "here")
        title = _retold(telling, _cut(text, here))
        value["country"] = "CA" if any("canada" in place.words for place, _ in here) else "here"
    clause = telling.around(fragment.start)
    before = plain(telling.text[clause.start : fragment.end])
    piece = Piece(fragment, title, value, {**told.open, **how.open}, bool(INTRODUCED.search(before)))
    piece.earlier = _EARLIER.match(plain(fragment.text)) is not None
    piece.of_work = bool(
        worked
        or "abroad" in value
        or how.value
        or how.open
        or _OF_WORK.search(plain(fragment.text))
        or "self_employed" in value
    )
    if "months" in value and _TWO_NUMBERS.search(with_digits(plain(fragment.text))):
        del piece.value["months"]
        piece.open["period"] = "how_long"
    if not piece.timed and _FROM.search(plain(text)):
        piece.value.pop("country", None)
    if (piece.timed and telling.vocabulary.find(fragment.text, "ahead")) or _is_offered(telling, piece):
        return None
    told_as, piece.title = piece.title, title_of(telling, piece)
    piece.untold = bool(told_as) and not piece.title and not telling.vocabulary.only_empty(told_as)
    if len(piece.title.split()) > MOST_WORDS and not piece.timed:
        return None
    return piece if piece.value or piece.title or piece.open else None


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


_SO_LONG_THERE = re.compile(
    r"[\s\x1f]*(?:and |et )?\d{1,2}(?:[.,]\d)?\s*(?:years?|yrs?|ans|annees?|months?|mois)\s+(?!old)"
)
"""*3 years Toronto, 2 years Calgary, as an electrician*: where and how long, before what."""


def _plain_of(piece: Piece) -> str:
    return with_digits(plain(piece.fragment.text))


def _waits(piece: Piece, jobs: list[Job]) -> bool:
    """Whether a piece says how somebody worked, before the job that this is of: *full time, as a cook*."""
    told = piece.value.keys() | piece.open.keys()
    if not (jobs or piece.title or piece.of_work) and "country" in told and _SO_LONG_THERE.match(_plain_of(piece)):
        return True
    return not (jobs or piece.title or piece.timed) and bool(told & {"hours_per_week", *CIRCUMSTANCES})


def _place(telling: Telling, jobs: list[Job], piece: Piece) -> bool:
    """Put a piece to the job that it is about, or begin another one; False where it is of none."""
    whose = telling.whose(piece.fragment.start)
    last = jobs[-1] if jobs and jobs[-1].whose == whose else None
    fits = last is not None and last.lacks(piece) and not piece.earlier
    if not piece.title and "noc" not in piece.value and not _of_a_job(telling, last, piece, fits=fits):
        return False
    if last is None or not fits:
        last = Job(whose, piece.fragment.start)
        jobs.append(last)
    last.add(piece)
    last.end = piece.fragment.end
    for each in find_countries(piece.fragment.text, telling.vocabulary.lexicon):
        if each.place.words in telling.vocabulary.lexicon.countries:
            telling.keep("work_place", piece.fragment.text[each.place.start : each.place.end])
    telling.note("jobs", piece.fragment.start, piece.fragment.end)
    return True


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
    if _beside(telling, last.end, piece):
        return fits or (piece.timed and "country" in told)
    return fits and ("hours_per_week" in told or (piece.timed and "country" in told and bool(last.title)))


def _beside(telling: Telling, end: int, piece: Piece) -> bool:
    """Whether only signs and *and* stand between a place and a piece."""
    between = telling.left[end : piece.fragment.start]
    return not re.sub(r"\b(?:and|et|then|puis|plus)\b", "", plain(between)).strip(f"{GAP} ,;()\n-:+&/")


def _share_titles(jobs: list[Job]) -> None:
    """`4 years as a nurse in India, 1 in Toronto`: the same work; a title told apart is that of what stands around."""
    for index, job in enumerate(jobs):
        if job.title or "noc" in job.value or job.untold:
            continue
        before = [each for each in jobs[:index] if each.whose == job.whose and (each.title or "noc" in each.value)]
        after = [each for each in jobs[index + 1 :] if each.whose == job.whose and each.title]
        source = before[-1] if before else after[0] if after else None
        if source is not None:
            job.title = source.title
            if "noc" in source.value:
                job.value.setdefault("noc", source.value["noc"])
    bare = [job for job in jobs if job.title and not job.timed and "country" not in job.value]
    for job in bare:
        same = [
            each
            for each in jobs
            if each is not job and each.whose == job.whose and each.title == job.title and each.timed
        ]
        if same:
            for each in same:
                for name in ("noc", "hours_per_week", "self_employed"):
                    if name in job.value:
                        each.value.setdefault(name, job.value[name])
            jobs.remove(job)


def _permitted(telling: Telling, jobs: list[Job]) -> None:
    """Work that is told beside a work permit, and of which no country is said, was in Canada; it is asked back."""
    permits = [each for each in telling.other if each["id"] == "work_permit" and each["value"] != "none"]
    here = [job for job in jobs if job.value.get("country") == "here"]
    for job in here:
        job.value.pop("country")
        if telling.household.get("residence_country") in (None, "CA"):
            job.value["country"] = "CA"
    open_jobs = [
        job for job in jobs if job.whose == "candidate" and "country" not in job.value and "abroad" not in job.value
    ]
    abroad = all(job is open_jobs[0] or job.value.get("country", "CA") != "CA" for job in jobs if open_jobs)
    if permits and len(open_jobs) == 1 and abroad and open_jobs[0].timed:
        open_jobs[0].value["country"] = "CA"
        place = [job for job in jobs if job.whose == CANDIDATE].index(open_jobs[0])
        telling.ask("country_of_job", f"/candidate/jobs/{place}/country", permits[0].get("said", ""), ["CA"])


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
