"""Facts of free text as answers: which question each fills, and which questions stay open about what was said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from conversations.answers.result import CONFIRMED
from conversations.chosen import with_code
from conversations.dossier import NONE, Dossier
from conversations.keys import Key, Scope, parsed
from conversations.questions import MOST_LISTED, MOST_TESTS, PRECISION, TESTS
from conversations.reading import job_answers
from conversations.rescored import WHICH_TEST, Scored, corrected, labelled, options_of
from conversations.understanding.assessing import ISSUED_ON
from conversations.understanding.moved import BEGAN, ENDED
from conversations.understanding.reader import Understanding
from conversations.understanding.unnamed import CORRECTED
from scoring.abilities import ABILITIES, TEST_LANGUAGE
from scoring.profile import WITH_PARTNER

SCOPES: Mapping[str, Scope] = {"candidate": "c", "partner": "p"}
PERSON_FLAGS = {"sibling_in_canada": "sibling", "relative_in_canada": "relative"}
HEADS_OF_DETAILS = {
    "scores": "test",
    "taken_on": "test",
    "eca": "level",
    "level_country": "level",
    "completed_on": "level",
    "permit": "authorized",
}
MARITAL = ("h", "marital", None)
Open = dict[str, Any]


@dataclass
class Placed:
    """`answers` by key, to be read back; `open`: what was said and has to be asked, in the order of asking."""

    answers: dict[Key, Any] = field(default_factory=dict)
    open: list[Open] = field(default_factory=list)

    @property
    def told(self) -> int:
        """How many different things were told: a job with its dates is one; *my wife* is a status by the way."""
        keys = [*self.answers, *(key for each in self.open if (key := parsed(each["key"])) is not None)]
        heads = {(key.scope, _head(key), key.place) for key in keys}
        return len(heads - {MARITAL}) or len(heads)

    def ask(self, key: Key) -> None:
        """Put a whole question."""
        self.open.append({"kind": "question", "key": str(key)})

    def choose(self, key: Key, code: str, read: str, options: list[Any]) -> None:
        """Ask which of a few values was meant; a choice of one is a question, but where it is only to be confirmed."""
        if len(options) > 1 or (options and code in CONFIRMED):
            self.open.append({"kind": "options", "key": str(key), "code": code, "read": read, "options": options[:5]})
        else:
            self.ask(key)


def _head(key: Key) -> str:
    if key.place is not None and key.id.startswith("job"):
        return "job"
    return HEADS_OF_DETAILS.get(key.id, key.id)


def placed(understood: Understanding, dossier: Dossier) -> Placed:
    """What was understood, as answers beside those that are there: a list goes on where it has got to."""
    found = Placed()
    # between two wishes is no fact that is open
    ambiguous = [each for each in understood.ambiguous if "about" in each]
    for section, scope in SCOPES.items():
        person = understood.facts.get(section)
        births = _births(scope, section, ambiguous)
        found.open += births
        _person(found, scope, person if isinstance(person, Mapping) else {}, ambiguous, dossier)
        if births:
            # an age that stands beside an open date says less than the date will
            found.answers.pop(Key(scope, "birth_date"), None)
    _rescored(found, understood, ambiguous, dossier)
    _assessed(found, understood, ambiguous, dossier)
    _moved(found, understood, dossier)
    for each in ambiguous:
        if each["about"] == "/candidate/work_permit_ends_on" and each["options"]:
            found.choose(Key("c", "permit"), each["code"], each["read"], each["options"])
    _household(found, understood.facts, ambiguous, dossier)
    _application(found, understood.facts.get("express_entry", {}), ambiguous)
    _by_the_way(found, dossier)
    return found


def _by_the_way(found: Placed, dossier: Dossier) -> None:
    """A status that is known already, told again by the words *my wife*, is not read back beside what is new."""
    key = Key("h", "marital")
    if key in found.answers and found.answers[key] == dossier.get(key) and (len(found.answers) > 1 or found.open):
        del found.answers[key]


ABOUT_APPLICATION: Mapping[str, Key] = {
    "/express_entry/invitation/on": Key("x", "invited"),
    "/express_entry/profile_submitted_at": Key("x", "submitted"),
}


def _application(found: Placed, told: Mapping[str, Any], ambiguous: list[dict[str, Any]]) -> None:
    if "invitation" in told:
        found.answers[Key("x", "invited")] = told["invitation"]["on"]
    if "profile_submitted_at" in told:
        found.answers[Key("x", "submitted")] = told["profile_submitted_at"]
    for each in ambiguous:
        key = ABOUT_APPLICATION.get(each["about"])
        if key is not None and key not in found.answers:
            found.choose(key, each["code"], each["read"], each["options"])


def _births(scope: Scope, section: str, ambiguous: list[dict[str, Any]]) -> list[Open]:
    """The birth dates that can be read in two ways."""
    asked = Placed()
    for each in ambiguous:
        if each["about"] == f"/{section}/birth_date" and each["code"] in ("day_or_month", "year_two_digits"):
            days = [{"birth_date": day} for day in each["options"]]
            asked.choose(Key(scope, "birth_date"), each["code"], each["read"], days)
        elif each["about"] == f"/{section}/age":
            ages = [{"age": age, "stated_on": each["stated_on"]} for age in each["options"]]
            asked.choose(Key(scope, "birth_date"), each["code"], each["read"], ages)
    return asked.open


def _person(
    found: Placed, scope: Scope, person: Mapping[str, Any], ambiguous: list[dict[str, Any]], dossier: Dossier
) -> None:
    if "birth_date" in person:
        found.answers[Key(scope, "birth_date")] = {"birth_date": person["birth_date"]}
    elif "age" in person:
        found.answers[Key(scope, "birth_date")] = {"age": person["age"], "stated_on": person["stated_on"]}
    own = [each for each in ambiguous if each["about"].startswith(f"/{_section(scope)}/")]
    _credentials(found, scope, person.get("credentials"), own, dossier)
    _results(found, scope, person.get("language_results"), own, dossier)
    _jobs(found, scope, person.get("jobs"), own, dossier)
    _relatives(found, scope, person, own)
    if scope == "c":
        _candidate(found, person)


def _relatives(found: Placed, scope: Scope, person: Mapping[str, Any], own: list[dict[str, Any]]) -> None:
    """A brother or sister counts by their status: where that was not said, the question is put."""
    if any(each["about"].endswith("/sibling_in_canada") for each in own):
        found.ask(Key(scope, "sibling"))
        return
    for fact, question in PERSON_FLAGS.items():
        if fact in person and not (question == "relative" and person.get("sibling_in_canada")):
            found.answers[Key(scope, question)] = _yes(person[fact])


def _section(scope: Scope) -> str:
    return next(section for section, each in SCOPES.items() if each == scope)


def _yes(value: Any) -> str:
    return "yes" if value not in (False, []) else "no"


def _candidate(found: Placed, person: Mapping[str, Any]) -> None:
    for fact, question in (
        ("trade_certificate", "certificate"),
        ("job_offers", "offer"),
        ("authorized_to_work_in_canada", "authorized"),
    ):
        if fact in person:
            found.answers[Key("c", question)] = _yes(person[fact])
    if "work_permit_ends_on" in person:
        found.answers[Key("c", "permit")] = person["work_permit_ends_on"]
    nomination = person.get("nomination")
    if nomination is False:
        found.answers[Key("c", "nomination")] = NONE
    elif nomination is not None and "enhanced" in nomination:
        found.answers[Key("c", "nomination")] = "enhanced" if nomination["enhanced"] else "base"
    elif nomination is not None:
        found.ask(Key("c", "nomination"))


def _places(dossier: Dossier, scope: Scope, head: str, most: int) -> Iterator[Key]:
    """The free places of a list: after what is there, or at its first place."""
    keys = (Key(scope, head, place) for place in range(most))
    return (key for key in keys if dossier.get(key) in (None, NONE))


def _credentials(found: Placed, scope: Scope, told: Any, ambiguous: list[dict[str, Any]], dossier: Dossier) -> None:
    if told is None:
        return
    given = {value: Key(scope, "level", place) for place, value in dossier.items(scope, "level")}
    free = _places(dossier, scope, "level", MOST_LISTED)
    if not told and not given:
        found.answers[Key(scope, "level", 0)] = NONE
    open_levels = iter([each for each in ambiguous if each["code"] == "level"])
    for index, credential in enumerate(told):
        level = credential.get("level")
        key = given.get(level) or next(free, None)
        if key is None:
            return
        if level is None:
            asked = next(open_levels, None)
            options = [{"level": each, **_where(credential)} for each in (asked or {}).get("options", ())]
            found.choose(key, "level", (asked or {}).get("read", ""), options)
            continue
        found.answers[key] = level
        if "country" in credential:
            found.answers[key.to("level_country")] = credential["country"]
        if "eca" in credential and credential.get("country") != "CA":
            found.answers[key.to("eca")] = _eca(credential["eca"])
        _open_day(found, key.to("eca"), f"/{_section(scope)}/credentials/{index}/eca/issued_on", ambiguous)
        if "completed_on" in credential:
            found.answers[key.to("completed_on")] = credential["completed_on"]


def _open_day(found: Placed, key: Key, about: str, ambiguous: list[dict[str, Any]]) -> None:
    """A day that can be read in two ways is put as a choice, one that cannot be is asked; of an ECA a month will do."""
    asked = next((each for each in ambiguous if each["about"] == about), None)
    if asked is None or asked["code"] == "day_missing":
        if asked is not None and asked["options"] and found.answers.get(key) == {}:
            found.answers[key] = {"issued_on": asked["options"][0]}
        return
    found.answers.pop(key, None)
    if asked["code"] == "day_or_month":
        found.choose(key, asked["code"], asked["read"], asked["options"])
    else:
        found.ask(key)


def _where(credential: Mapping[str, Any]) -> dict[str, Any]:
    return {"country": credential["country"]} if "country" in credential else {}


def _eca(eca: Any) -> Any:
    """As the interview keeps it: none, or the day of it."""
    if eca is False:
        return NONE
    return {"issued_on": eca["issued_on"]} if eca.get("issued_on") else {}


def _choice_of(result: Mapping[str, Any]) -> str | None:
    """The test as one chooses it; None for a TEF of which the column is open."""
    names = ("test", "scale", "language")
    told = {name: result[name] for name in names if name in result}
    if told.get("test") != "stated_clb":
        told.pop("language", None)
    return next((choice for choice, fills in TESTS.items() if dict(fills) == told), None)


def _scores(result: Mapping[str, Any]) -> dict[str, Any]:
    return {ability: result[ability] for ability in ABILITIES if ability in result}


def _results(found: Placed, scope: Scope, told: Any, ambiguous: list[dict[str, Any]], dossier: Dossier) -> None:
    if told is None:
        return
    given = {value: Key(scope, "test", place) for place, value in dossier.items(scope, "test")}
    free = _places(dossier, scope, "test", MOST_TESTS)
    if not told and not given:
        found.answers[Key(scope, "test", 0)] = NONE
    for index, result in enumerate(told):
        if _is_only_named(result, told):
            continue
        choice = _choice_of(result)
        key = given.get(choice) or next(free, None)
        if key is None:
            return
        about = f"/{_section(scope)}/language_results/{index}"
        asked = next((each for each in ambiguous if each["about"] == about), None)
        if choice is None:
            lines = [_line(option) for option in (asked or {}).get("options", ())]
            found.choose(key, "tef_scale", (asked or {}).get("read", ""), [line for line in lines if line])
            continue
        found.answers[key] = choice
        if "taken_on" in result:
            found.answers[key.to("taken_on")] = result["taken_on"]
        _open_day(found, key.to("taken_on"), f"{about}/taken_on", ambiguous)
        if len(_scores(result)) == len(ABILITIES):
            found.answers[key.to("scores")] = _scores(result)
        elif asked is not None:
            found.choose(key.to("scores"), asked["code"], asked["read"], [_scores(each) for each in asked["options"]])


def _is_only_named(result: Mapping[str, Any], told: list[Mapping[str, Any]]) -> bool:
    """Whether a test is named without its scores, and its language has levels: *TCF: NCLC 10 partout*."""
    language = TEST_LANGUAGE.get(result["test"])
    levels = [each for each in told if each["test"] == "stated_clb" and each["language"] == language]
    return language is not None and not _scores(result) and any(_scores(each) for each in levels)


def _rescored(found: Placed, understood: Understanding, ambiguous: list[dict[str, Any]], dossier: Dossier) -> None:
    """Scores that were told without a test, and scores that are corrected: of the test that is known, else asked."""
    for each in ambiguous:
        scope = next((scope for section, scope in SCOPES.items() if each["about"].startswith(f"/{section}/")), None)
        if each["code"] == WHICH_TEST and scope is not None:
            _which_test(found, scope, each, dossier)
    for told in understood.other:
        if told["id"] == CORRECTED:
            scope = SCOPES[told["value"]["whose"]]
            ability = next(ability for ability in ABILITIES if ability in told["value"])
            known = corrected(dossier, scope, ability, told["value"][ability])
            _of_known(found, known, told["said"])


def _assessed(found: Placed, understood: Understanding, ambiguous: list[dict[str, Any]], dossier: Dossier) -> None:
    """An assessment of which no diploma is named is that of the one that is known and comes from abroad."""
    told = {each["id"]: each["value"] for each in understood.other if each["id"] in ("eca", ISSUED_ON)}
    if "eca" not in told or understood.facts.get("candidate", {}).get("credentials"):
        return
    known = [Key("c", "eca", place) for place, _ in dossier.items("c", "level")]
    abroad = [key for key in known if dossier.get(key.to("level_country")) != "CA" and dossier.get(key) is None]
    if len(abroad) != 1:
        return
    day = {"issued_on": told[ISSUED_ON]} if ISSUED_ON in told else {}
    found.answers[abroad[0]] = day if told["eca"] == "yes" else NONE
    _open_day(found, abroad[0], "/candidate/credentials/0/eca/issued_on", ambiguous)


MOVED = {BEGAN: "started_on", ENDED: "ended_on"}


def _moved(found: Placed, understood: Understanding, dossier: Dossier) -> None:
    """The day on which a job began or ended is that of the one job that it can be of; of several, the last is asked."""
    for each in understood.other:
        if each["id"] not in MOVED:
            continue
        fact, day = MOVED[each["id"]], each["value"]
        known = [(key.to("job_period"), dossier.get(key.to("job_period"))) for key, _ in _jobs_of(dossier)]
        able = [(key, period) for key, period in known if isinstance(period, Mapping) and _can_move(period, fact, day)]
        if len(able) == 1:
            key, period = able[0]
            found.answers[key] = {**{name: value for name, value in period.items() if name != PRECISION}, fact: day}
        elif able:
            found.ask(able[-1][0])


def _jobs_of(dossier: Dossier) -> Iterator[tuple[Key, Any]]:
    return ((Key("c", "job", place), job) for place, job in dossier.items("c", "job"))


def _can_move(period: Mapping[str, Any], fact: str, day: str) -> bool:
    """Whether a job with dates can have begun or ended on a day; one that ended may end on another."""
    if "started_on" not in period:
        return False
    if fact == "ended_on":
        return str(period["started_on"]) <= day
    return period.get("ended_on") is None or day <= str(period["ended_on"])


def _which_test(found: Placed, scope: Scope, asked: Mapping[str, Any], dossier: Dossier) -> None:
    known = labelled(dossier, scope, _scores(asked["options"][0]))
    if known:
        _of_known(found, known, asked["read"])
        return
    key = next(_places(dossier, scope, "test", MOST_TESTS), None)
    options = [{"test": _choice_of(each), "scores": _scores(each)} for each in asked["options"]]
    if key is not None:
        found.choose(key, WHICH_TEST, asked["read"], options)


def _of_known(found: Placed, known: Scored, read: str) -> None:
    """Scores of one test that is known, or the question of which."""
    if len(known) == 1:
        found.answers[known[0][0]] = known[0][2]
    elif known:
        found.choose(known[0][0], WHICH_TEST, read, options_of(known))


def _line(option: Mapping[str, Any]) -> dict[str, Any] | None:
    choice = _choice_of(option)
    return {"test": choice, "scores": _scores(option)} if choice and _scores(option) else None


def _jobs(found: Placed, scope: Scope, told: Any, ambiguous: list[dict[str, Any]], dossier: Dossier) -> None:
    if told is None:
        return
    free = _places(dossier, scope, "job", MOST_LISTED)
    if not told and not any(True for _ in dossier.items(scope, "job")):
        found.answers[Key(scope, "job", 0)] = NONE
    for job in told:
        key = next(free, None)
        if key is None:
            return
        noc, title = job.get("noc"), job.get("title")
        found.answers[key] = with_code(title, noc) if noc is not None else {"noc": None, "title": title}
        found.answers |= job_answers(key, job)
        if "noc" not in job and job.get("title"):
            found.open.append({"kind": "job", "key": str(key), "title": job["title"]})
        elif "noc" not in job:
            found.ask(key)
        for each in ambiguous:
            question = ABOUT_JOB.get(each.get("what", ""))
            if question and each["read"] == job.get("title"):
                found.ask(key.to(question))


ABOUT_JOB = {"period": "job_period", "paid": "job_kind", "full_time_student": "job_student"}
ABOUT_HOUSEHOLD = {"/household/marital_status": "marital", "/household/dependants": "children"}


def _household(found: Placed, facts: Mapping[str, Any], ambiguous: list[dict[str, Any]], dossier: Dossier) -> None:
    household, partner = facts.get("household", {}), facts.get("partner")
    _partner(found, partner, household.get("marital_status"), known=dossier.partner() not in (None, NONE))
    if "marital_status" in household:
        found.answers[Key("h", "marital")] = household["marital_status"]
    if "dependants" in household:
        found.answers[Key("h", "children")] = len(household["dependants"])
    for fact, question in (("settlement_funds_cad", "funds"), ("residence_country", "residence")):
        if fact in household:
            found.answers[Key("h", question)] = household[fact]
    if "intends_quebec" in household:
        found.answers[Key("h", "quebec")] = _yes(household["intends_quebec"])
    asked = {each["about"] for each in ambiguous}
    for about, question in ABOUT_HOUSEHOLD.items():
        if about in asked and Key("h", question) not in found.answers:
            found.ask(Key("h", question))


def _partner(found: Placed, partner: Any, status: str | None, *, known: bool) -> None:
    """The one question about a partner; married alone does not say whether they come."""
    key = Key("h", "partner")
    if partner is False:
        found.answers[key] = NONE
    elif isinstance(partner, Mapping) and partner.get("canadian_or_permanent_resident"):
        found.answers[key] = "canadian"
    elif isinstance(partner, Mapping) and "accompanying" in partner:
        found.answers[key] = "coming" if partner["accompanying"] else "staying"
    elif not known and (partner is not None or status in WITH_PARTNER):
        found.open.insert(0, {"kind": "question", "key": str(key)})
