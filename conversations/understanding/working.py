"""Jobs in free text: each by its title, how long, where and how many hours, wherever these stand in the message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from conversations.answers.countries import find_countries
from conversations.answers.jobs import ToldOfJob, told_of_job
from conversations.answers.text import plain
from conversations.answers.words import with_digits
from conversations.understanding.telling import GAP, Fragment, Telling
from conversations.understanding.titles import EMPLOYER, clean_title

MOST_JOBS, MOST_TITLE_WORDS, MOST_SEARCHED = 10, 8, 5
SURE_OF_TITLE, LIKE_A_TITLE = 95, 45
"""How sure the search has to be that some words are a job, alone, and where they are introduced as one."""
PERIOD = ("months", "stated_on", "started_on", "ended_on")
_INTRODUCED = re.compile(
    r"\b(?:i am an?|i'?\s?m an?|im an?|as an?|work(?:ing|ed)? as|job is|job:|title:|occupation:?|profession:?"
    r"|je suis|comme|en tant que?|metier:?|poste de|emploi de|employed as|by profession)\b"
)
_AND = re.compile(
    r"\s(?:and|et|then|puis|plus|\+|&)\s(?=(?:about |almost |environ )?(?:\d|one |two |three |four |five "
    r"|six |un |une |deux |trois |quatre |cinq |half ))"
)
_BARE = re.compile(
    r"^(?P<lead>\s*(?:and |et |then |puis |plus |another )?)(?P<count>\d{1,2}(?:[.,]\d)?)(?P<rest>\s+(?:more "
    r"|autres? )?(?:in|at|here|a|au|aux|en|ici|inside|of them in|dont)\b)"
)
_FROM = re.compile(r"\b(?:from|originaire d[e'u])\s")
_OF_WORK = re.compile(r"\b(?:work|travail|job|emploi|since|depuis|exp)")
_ELLIPSIS = re.compile(r"\b(?:years?|yrs?|ans|annees?|months?|mois)\b")


@dataclass
class Piece:
    """What one fragment says of a job."""

    fragment: Fragment
    title: str
    value: dict[str, Any]
    open: dict[str, str]
    introduced: bool = False
    lone: bool = False
    """A place or dates and nothing that speaks of work: of a job only where they stand right behind it."""

    @property
    def timed(self) -> bool:
        """Whether it says how long."""
        return any(name in self.value for name in PERIOD) or "period" in self.open


@dataclass
class Job:
    """A job as it comes together from the fragments."""

    whose: str
    start: int
    title: str = ""
    value: dict[str, Any] = field(default_factory=dict)
    open: dict[str, str] = field(default_factory=dict)
    timed: bool = False
    end: int = 0

    def add(self, piece: Piece) -> None:
        """Put what a fragment says to what is there."""
        self.value = piece.value | self.value
        self.open |= piece.open
        self.title = self.title or piece.title
        self.timed = self.timed or piece.timed


def read_work(telling: Telling) -> None:
    """Every job that is told, and that there is none."""
    nothing = _without(telling)
    jobs: list[Job] = []
    for piece in _pieces(telling):
        _place(telling, jobs, piece)
    _share_titles(jobs)
    _permitted(telling, jobs)
    for whose in ("candidate", "partner"):
        told = [_as_fact(telling, job) for job in jobs if job.whose == whose][:MOST_JOBS]
        if told or (nothing == whose):
            telling.people[whose]["jobs"] = told


def _without(telling: Telling) -> str | None:
    """Whose message says that they never worked, anywhere; none in Canada, or abroad, is kept as it was said."""
    nothing = None
    for place, where in telling.vocabulary.find(telling.left, "no_work"):
        if where == "any":
            nothing = telling.whose(place.start)
        else:
            name = "canadian_work_years" if where == "canada" else "foreign_work_years"
            telling.keep(name, 0, telling.text[place.start : place.end])
        telling.note("jobs", place.start, place.end)
    return nothing


def _pieces(telling: Telling) -> Iterator[Piece]:
    """What each fragment says of work; one that says nothing of it is left alone."""
    unit = ""
    for fragment in _split(telling):
        text = fragment.text
        bare = _BARE.match(with_digits(plain(text)))
        if bare and unit:
            count = len(bare.group("lead") + bare.group("count"))
            text = f"{text[:count]} {unit}{text[count:]}"
        told = told_of_job(text, telling.today, telling.vocabulary.lexicon)
        found = _ELLIPSIS.search(plain(fragment.text))
        piece = _piece(telling, fragment, text, told)
        if piece is not None:
            unit = found.group() if found and piece.timed else unit
            yield piece


def _split(telling: Telling) -> Iterator[Fragment]:
    """The fragments, parted once more where *and* joins two lengths of time."""
    for fragment in telling.fragments():
        start = fragment.start
        said = plain(fragment.text)
        cuts = [found.start() for found in _AND.finditer(said) if _ELLIPSIS.search(said[: found.start()])]
        cuts = [cut for cut in cuts if not re.match(r"\s(?:and|et)\s(?:a half|\d{1,2} (?:months?|mois))", said[cut:])]
        for cut in [*(fragment.start + cut for cut in cuts), fragment.end]:
            yield Fragment(start, cut, telling.left[start:cut])
            start = cut


def _piece(telling: Telling, fragment: Fragment, text: str, told: ToldOfJob) -> Piece | None:
    value, title = dict(told.value), clean_title(told.title)
    worked = telling.vocabulary.find(text, "worked")
    if worked:
        value |= {"country": "CA"} if worked[0][1] == "canada" else {"abroad": True}
        title = clean_title(told_of_job(_cut(text, worked), telling.today, telling.vocabulary.lexicon).title)
    elif "country" not in value and any(m == "here" for _, m in telling.vocabulary.find(text, "here")):
        here = telling.vocabulary.find(text, "here")
        title = clean_title(told_of_job(_cut(text, here), telling.today, telling.vocabulary.lexicon).title)
        value["country"] = "CA" if any("canada" in place.words for place, _ in here) else "here"
    if telling.vocabulary.only_empty(title):
        title = ""
    before = telling.text[telling.around(fragment.start).start : fragment.end]
    piece = Piece(fragment, title, value, dict(told.open), bool(_INTRODUCED.search(plain(before))))
    if not piece.timed and _FROM.search(plain(text)):
        piece.value.pop("country", None)
    piece.lone = "months" not in value and not title and not _OF_WORK.search(plain(text))
    return _with_title(telling, piece, title)


def _with_title(telling: Telling, piece: Piece, title: str) -> Piece | None:
    """A fragment is about a job where it says how long, gives a code, or names something that the search knows."""
    if title and len(title.split()) > MOST_TITLE_WORDS and not piece.timed:
        return None
    if title and not piece.timed and not piece.introduced and not _alone(telling, piece):
        piece.title = title = ""
    dated = piece.timed and "months" not in piece.value and not _OF_WORK.search(plain(piece.fragment.text))
    if title and dated and not piece.introduced and telling.may_search() and telling.score_of(title) < SURE_OF_TITLE:
        return None
    if title and not piece.timed:
        score = telling.score_of(title) if len(title.split()) <= MOST_SEARCHED and telling.may_search() else 0
        needed = LIKE_A_TITLE if piece.introduced or "noc" in piece.value else SURE_OF_TITLE
        if score < needed:
            piece.title = ""
            if not {"noc", "hours_per_week"} & piece.value.keys():
                return None
    if not piece.value and not piece.title and not piece.open:
        return None
    return piece


BESIDE_TITLES = frozenset({"age", "birth_date", "marital_status", "jobs", "trade_certificate", "work_permit"})
"""Facts that are told in one breath with a title; beside others a lone word is theirs: *licence en informatique*."""


def _alone(telling: Telling, piece: Piece) -> bool:
    clause = telling.around(piece.fragment.start)
    inside = {fact for fact, start, end in telling.spans if start < clause.end and end > clause.start}
    return inside <= BESIDE_TITLES


def _cut(text: str, found: list[Any]) -> str:
    for place, _ in reversed(found):
        text = f"{text[: place.start]}{GAP * (place.end - place.start)}{text[place.end :]}"
    return text


def _place(telling: Telling, jobs: list[Job], piece: Piece) -> None:
    """Put a piece to the job that it is about, or begin another one."""
    whose = telling.whose(piece.fragment.start)
    last = jobs[-1] if jobs and jobs[-1].whose == whose else None
    fits = last is not None and _completes(last, piece)
    if piece.lone and not {"noc", "hours_per_week"} & piece.value.keys():
        joins = fits and last is not None and not telling.left[last.end : piece.fragment.start].strip(f"{GAP} ,;()\n")
        if not joins or not (set(piece.value) - {"stated_on"} or piece.open):
            return
    if last is None or not fits:
        last = Job(whose, piece.fragment.start)
        jobs.append(last)
    last.add(piece)
    last.end = piece.fragment.end
    for named in find_countries(piece.fragment.text, telling.vocabulary.lexicon):
        if named.place.words in telling.vocabulary.lexicon.countries:
            telling.keep("work_place", piece.fragment.text[named.place.start : named.place.end])
    telling.note("jobs", piece.fragment.start, piece.fragment.end)


def _completes(job: Job, piece: Piece) -> bool:
    """Whether a piece says of a job what is not known of it yet, and nothing that is."""
    if piece.title and job.title:
        return False
    if piece.timed and job.timed:
        return False
    both = {name for name in piece.value.keys() & job.value.keys() if piece.value[name] != job.value[name]}
    return not both - {"hours_per_week", "stated_on"}


def _share_titles(jobs: list[Job]) -> None:
    """`4 years as a nurse in India, 1 in Toronto`: the same work; a title told apart is that of what stands around."""
    for index, job in enumerate(jobs):
        if job.title or "noc" in job.value:
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
    if permits and len(open_jobs) == 1 and len(jobs) == 1 and open_jobs[0].timed:
        open_jobs[0].value["country"] = "CA"
        telling.ask("country_of_job", "/candidate/jobs/0/country", permits[0].get("said", ""), ["CA"])


def _as_fact(telling: Telling, job: Job) -> dict[str, Any]:
    title = job.title
    employer = EMPLOYER.search(title)
    if employer:
        telling.keep("employer", employer["name"], title)
        title = title[: employer.start()].strip()
    value = {name: each for name, each in job.value.items() if name not in ("precision", "abroad")}
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
