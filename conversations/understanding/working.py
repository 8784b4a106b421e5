"""Jobs in free text: each by its title, how long, where and how many hours, wherever these stand in the message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from conversations.answers.countries import find_countries
from conversations.answers.jobs import ToldOfJob, told_of_job
from conversations.answers.text import plain, spaced
from conversations.answers.words import with_digits
from conversations.understanding.circumstances import PAY, STUDENT, Told, circumstances
from conversations.understanding.mentions import MINE, NOBODY, PARTNER, RELATIVE, SIBLING, STRANGER
from conversations.understanding.telling import GAP, Fragment, Telling
from conversations.understanding.titles import EMPLOYER, clean_title

MOST_JOBS, MOST_TITLE_WORDS, MOST_SEARCHED = 10, 8, 5
SURE_OF_TITLE, LIKE_A_TITLE = 95, 45
"""How sure the search has to be that some words are a job, alone, and where they are introduced as one."""
LEAST_DESCRIBED, MOST_DESCRIBED, DESCRIBED = 3, 12, 65
"""Words of a sentence that tells what one did, with its dates; how sure the search has to be of it."""
IN_WORDS = "hours_in_words"
"""Marks hours that were told as *full time*."""
PERIOD = ("months", "stated_on", "started_on", "ended_on")
PEOPLE = (PARTNER, SIBLING, RELATIVE, STRANGER)
"""No title names one of them: *two sisters in Canada*."""
CIRCUMSTANCES = (PAY, STUDENT)
DOUBTFUL = 60
"""Less sure than a job, and taken for one where how long it took stands right behind it, or beside it."""
_INTRODUCED = re.compile(
    r"\b(?:i am an?|i'?\s?m an?|im an?|as an?|work(?:ing|ed)? as|job is|job:|title:|occupation:?|profession:?|hired as"
    r"|je suis|comme|en tant que?|metier:?|poste de|emploi de|employed as|by profession|(?:job|emploi|travail|metier"
    r"|profession|poste) (?:c'est|est|is)|moi|(?:he|she|wife|husband|spouse|partner)(?: is|'s) an?|(?:il|elle|mari"
    r"|femme|epouse|epoux|conjointe?) est)\b"
)
_SAYS_WHO = re.compile(
    r"\b(?:je suis|i'?\s?a?m an?|moi|(?:he|she|wife|husband|spouse|partner)(?: is|'s) an?|\w+ est)\b"
)
"""*Je suis marocain*: leads to much that is no job."""
_AND = re.compile(
    r"\s(?:and|et|then|puis|plus|\+|&)\s(?=(?:about |almost |environ )?(?:\d|one |two |three |four |five "
    r"|six |un |une |deux |trois |quatre |cinq |half ))"
)
_BARE = re.compile(
    r"^(?P<lead>\s*(?:and |et |then |puis |plus |another )?)(?P<count>\d{1,2}(?:[.,]\d)?)(?P<rest>\s+(?:more "
    r"|autres? )?(?:in|at|here|a|au|aux|en|ici|inside|of them in|dont)\b)"
)
_BEHIND_AS = re.compile(r"^.*\b(?:comme|as an?|as|en tant qu[e'])\s+(?:une?\s+|an?\s+)?", re.IGNORECASE)
"""What stands before *as*: *in a restaurant as a dishwasher*."""
_AT_WORK = re.compile(r"\b(?:chez|at|with|a la|a l'|au sein d[e'u])\s+(?:le |la |les |the |an? |une? )?$")
"""What stands behind is an employer: *volunteer at the Red Cross*."""
_FROM = re.compile(r"\b(?:from|originaire d[e'u])\s")
_OF_WORK = re.compile(
    r"\b(?:work\w*|travail\w*|jobs?|emplois?|employ\w*|embauch\w*|hired|exp|experience|career|carriere|metier|poste"
    r"|profession|occupation|practi[cs]ed|exerce\w*|occupe|taught|teach\w*|enseign\w*|freelanc\w*)\b"
)
_OF_STUDY = re.compile(
    r"\b(?:stud\w*|etudi\w*|etudes?|school|ecole|college|cours|program\w*|formation|university|universite)\b"
)
_ELLIPSIS = re.compile(r"\b(?:years?|yrs?|ans|annees?|months?|mois)\b")


@dataclass
class Piece:
    """What one fragment says of a job."""

    fragment: Fragment
    title: str
    value: dict[str, Any]
    open: dict[str, str]
    introduced: bool = False
    of_work: bool = False
    """Whether it speaks of work; a length of time alone may be of anything."""
    untold: bool = False
    """Whether it has words of which it is not known what they are: perhaps those of another title."""
    doubtful: bool = False
    """Whether its title is one only if how long it took stands beside it."""

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
    untold: bool = False
    end: int = 0

    def add(self, piece: Piece) -> None:
        """Put what a fragment says to what is there; a number of hours says more than *full time*."""
        if IN_WORDS in self.value and "hours_per_week" in piece.value and IN_WORDS not in piece.value:
            del self.value["hours_per_week"], self.value[IN_WORDS]
        self.value = piece.value | self.value
        self.open |= piece.open
        self.title = self.title or piece.title
        self.timed = self.timed or piece.timed
        self.untold = self.untold or piece.untold


def read_work(telling: Telling) -> None:
    """Every job that is told, and that there is none."""
    _shared(telling)
    nothing = _without(telling)
    jobs: list[Job] = []
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
    for whose in ("candidate", "partner"):
        told = [_as_fact(telling, job) for job in jobs if job.whose == whose][:MOST_JOBS]
        if told or (nothing == whose):
            telling.people[whose]["jobs"] = told


_OF_WHICH = re.compile(
    r"(?<![\w.,])\d{1,2}(?:[.,]\d)?\s*\+?\s*(?:years?|yrs?|ans|annees?)\b[^.;\n]{0,40}?"
    r"\b(?:out of which|of which|of them|including|incl|dont)\b[^.;\n]*"
)


def _shared(telling: Telling) -> None:
    """*8 years, 2 of which in Canada*: how the rest is shared out is open, so that none of it is a job yet."""
    for found in _OF_WHICH.finditer(telling.said):
        telling.keep("years_in_all", None, telling.text[found.start() : found.end()])
        telling.empty(found.start(), found.end())


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
        if any(start <= fragment.start < end for start, end in telling.asked):
            continue
        how = circumstances(telling.vocabulary, fragment.text)
        text = how.text
        bare = _BARE.match(with_digits(plain(text)))
        if bare and unit:
            count = len(bare.group("lead") + bare.group("count"))
            text = f"{text[:count]} {unit}{text[count:]}"
        told = told_of_job(text, telling.today, telling.vocabulary.lexicon)
        found = _ELLIPSIS.search(plain(fragment.text))
        piece = _piece(telling, fragment, how._replace(text=text), told)
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
        turned = [place for zone in telling.zones for place in (zone.start, zone.end)]
        places = {fragment.start + cut for cut in cuts} | {
            place for place in turned if fragment.start < place < fragment.end
        }
        for cut in [*sorted(places), fragment.end]:
            if telling.left[start:cut].strip():
                yield Fragment(start, cut, telling.left[start:cut])
            start = cut


def _piece(telling: Telling, fragment: Fragment, how: Told, told: ToldOfJob) -> Piece | None:
    value, title, text = {**told.value, **how.value}, _named(telling, told.title), how.text
    if "hours_from" in told.told:
        value[IN_WORDS] = True
    worked = telling.vocabulary.find(text, "worked")
    if worked:
        value |= {"country": "CA"} if worked[0][1] == "canada" else {"abroad": True}
        title = _named(telling, told_of_job(_cut(text, worked), telling.today, telling.vocabulary.lexicon).title)
    elif "country" not in value and any(m == "here" for _, m in telling.vocabulary.find(text, "here")):
        here = telling.vocabulary.find(text, "here")
        title = _named(telling, told_of_job(_cut(text, here), telling.today, telling.vocabulary.lexicon).title)
        value["country"] = "CA" if any("canada" in place.words for place, _ in here) else "here"
    clause = telling.around(fragment.start)
    before = plain(telling.text[clause.start : fragment.end])
    piece = Piece(fragment, title, value, {**told.open, **how.open}, bool(_INTRODUCED.search(before)))
    piece.of_work = bool(
        worked or how.value or how.open or _OF_WORK.search(plain(fragment.text)) or "self_employed" in value
    )
    if not piece.timed and _FROM.search(plain(text)):
        piece.value.pop("country", None)
    if piece.timed and telling.vocabulary.find(fragment.text, "ahead"):
        return None
    told_as, piece.title = piece.title, _title(telling, piece)
    piece.untold = bool(told_as) and not piece.title and not telling.vocabulary.only_empty(told_as)
    if len(piece.title.split()) > MOST_TITLE_WORDS and not piece.timed:
        return None
    return piece if piece.value or piece.title or piece.open else None


def _named(telling: Telling, told: str) -> str:
    """The title among what is left of a piece: what stands behind *as*, else the first words that may be one."""
    led_to = [_BEHIND_AS.sub("", part) for part in told.split(",") if _BEHIND_AS.search(part)]
    titles = [title for part in (*led_to, *told.split(",")) if (title := clean_title(part))]
    likely = (each for each in titles if not (telling.vocabulary.only_empty(each) or _no_title(telling, each)))
    return next(likely, titles[0] if titles else "")


def _title(telling: Telling, piece: Piece) -> str:
    """The title of a piece, if it is one: the search knows it, or it is led to as one."""
    title = piece.title
    if not title or telling.vocabulary.only_empty(title) or _no_title(telling, title):
        return ""
    if not piece.timed and not piece.introduced and not _alone(telling, piece):
        return ""
    if not piece.introduced and _AT_WORK.search(plain(piece.fragment.text.partition(title)[0])):
        return ""
    searched = EMPLOYER.sub("", title) or title
    short = len(searched.split()) <= MOST_SEARCHED
    if "months" in piece.value and (piece.of_work or (piece.introduced and not short)):
        return title
    if "started_on" in piece.value and LEAST_DESCRIBED <= len(searched.split()) <= MOST_DESCRIBED:
        return title if telling.may_search() and telling.described(searched) >= DESCRIBED else ""
    score = telling.score_of(searched) if short and telling.may_search() else 0
    if score >= _needed(telling, piece):
        return title
    piece.doubtful = score >= DOUBTFUL and not piece.timed
    return title if piece.doubtful else ""


def _needed(telling: Telling, piece: Piece) -> int:
    """How sure the search has to be of a title: less where words of work or a length of time stand with it."""
    led_to = piece.introduced and _leads_to_work(telling, piece)
    if led_to or "noc" in piece.value:
        return LIKE_A_TITLE
    return DOUBTFUL if piece.introduced or "months" in piece.value else SURE_OF_TITLE


def _leads_to_work(telling: Telling, piece: Piece) -> bool:
    """Whether a title is led to by words of work, and not by *je suis* alone."""
    clause = telling.around(piece.fragment.start)
    said = plain(telling.text[clause.start : piece.fragment.end])
    return bool(_INTRODUCED.search(_SAYS_WHO.sub(" ", said)))


def _no_title(telling: Telling, title: str) -> bool:
    """Whether words are none of a title, as *mes enfants* or *je suis marocain* are."""
    nothing = telling.vocabulary.group("no_title")
    found = telling.vocabulary.find(title, "no_title")
    if any(meant not in (NOBODY, MINE) for kind in PEOPLE for _, meant in telling.vocabulary.find(title, kind)):
        return True
    return nothing.get(spaced(EMPLOYER.sub("", title))) == "whole" or any(meant == "word" for _, meant in found)


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


def _waits(piece: Piece, jobs: list[Job]) -> bool:
    """Whether a piece says how somebody worked, before the job that this is of: *full time, as a cook*."""
    return not (jobs or piece.title or piece.timed) and bool(piece.value.keys() & {"hours_per_week", *CIRCUMSTANCES})


def _place(telling: Telling, jobs: list[Job], piece: Piece) -> bool:
    """Put a piece to the job that it is about, or begin another one; False where it is of none."""
    whose = telling.whose(piece.fragment.start)
    last = jobs[-1] if jobs and jobs[-1].whose == whose else None
    fits = last is not None and _completes(last, piece)
    if not piece.title and "noc" not in piece.value and not _of_a_job(telling, last, piece, fits=fits):
        return False
    if last is None or not fits:
        last = Job(whose, piece.fragment.start)
        jobs.append(last)
    last.add(piece)
    last.end = piece.fragment.end
    for named in find_countries(piece.fragment.text, telling.vocabulary.lexicon):
        if named.place.words in telling.vocabulary.lexicon.countries:
            telling.keep("work_place", piece.fragment.text[named.place.start : named.place.end])
    telling.note("jobs", piece.fragment.start, piece.fragment.end)
    return True


def _of_a_job(telling: Telling, last: Job | None, piece: Piece, *, fits: bool) -> bool:
    """Whether a piece without a title is of a job: it speaks of work, or stands beside what does."""
    told = set(piece.value) - {"stated_on", IN_WORDS}
    if not told and not piece.open:
        return False
    studies = _OF_STUDY.search(plain(piece.fragment.text)) and not piece.of_work
    if studies or not (_alone(telling, piece) or piece.of_work):
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
    return not re.sub(r"\b(?:and|et|then|puis|plus)\b", "", plain(between)).strip(f"{GAP} ,;()\n-:")


def _completes(job: Job, piece: Piece) -> bool:
    """Whether a piece says of a job what is not known of it yet, and nothing that is."""
    if piece.title and job.title:
        return False
    if piece.timed and job.timed:
        return False
    both = {name for name in piece.value.keys() & job.value.keys() if piece.value[name] != job.value[name]}
    return not both - {"hours_per_week", "stated_on", IN_WORDS}


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
    if permits and len(open_jobs) == 1 and len(jobs) == 1 and open_jobs[0].timed:
        open_jobs[0].value["country"] = "CA"
        telling.ask("country_of_job", "/candidate/jobs/0/country", permits[0].get("said", ""), ["CA"])


def _as_fact(telling: Telling, job: Job) -> dict[str, Any]:
    title = job.title
    employer = EMPLOYER.search(title)
    if employer:
        telling.keep("employer", employer["name"], title)
        title = title[: employer.start()].strip()
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
