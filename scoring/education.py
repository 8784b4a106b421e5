"""Credentials to a level of education and to Canadian study (crs.yaml, sections 2 and 5; MI s. 8, 30; IRPR 78)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal, NamedTuple, get_args

from scoring.calendar import add_years, years_before
from scoring.case import Completion, Side
from scoring.ends import Ends, one
from scoring.experience import Tri
from scoring.extent import ABROAD
from scoring.profile import Credential, Eca
from scoring.rulebook import Rules

Education = Literal[
    "none",
    "secondary",
    "one_year",
    "two_year",
    "bachelor",
    "two_or_more",
    "masters",
    "professional",
    "doctorate",
]
LEVELS: tuple[Education, ...] = get_args(Education)
"""From lowest to highest, as every table pays them."""
RANK: dict[str, int] = {level: rank for rank, level in enumerate(LEVELS)}
POST_SECONDARY = RANK["one_year"]
LONG = RANK["bachelor"]


class EducationFact(NamedTuple):
    """What the counting credentials come to."""

    level: Education
    study: Education
    """The highest Canadian credential whose study conditions hold; `none` when there is none."""
    assessed: Education
    """The level if every foreign credential had its ECA."""
    awaits_eca: bool
    """Whether a foreign credential counts for nothing only because its ECA is missing or too old."""
    completion: Completion


NO_EDUCATION = EducationFact("none", "none", "none", False, {})


def eca_valid(eca: Eca, rules: Rules) -> Tri:
    """Whether an ECA is under its age limit on the day (IRPR 75(2)(e): five years)."""
    return None if eca.issued_on is None else rules.on < eca_expires(eca.issued_on, rules)


def eca_expires(issued_on: date, rules: Rules) -> date:
    """The first day on which an ECA no longer counts."""
    return add_years(issued_on, rules.eca_years)


def counts(credential: Credential, rules: Rules) -> Tri:
    """Whether a credential counts on the day: it is Canadian, or has a valid ECA."""
    assessed: Tri
    if credential.eca is None:
        assessed = None
    elif credential.eca is False:
        assessed = False
    else:
        assessed = eca_valid(credential.eca, rules)
    canadian = None if credential.country is None else credential.country == "CA"
    if canadian or assessed:
        return True
    return None if canadian is None or assessed is None else False


def combined(levels: Iterable[str]) -> Education:
    """The level of several counting credentials together.

    Two or more: two of a year or longer, at least one of them a bachelor's or above; a master's outranks it.
    """
    ranks = [RANK[level] for level in levels]
    if not ranks:
        return "none"
    top = max(ranks)
    if LONG <= top < RANK["two_or_more"] and sum(rank >= POST_SECONDARY for rank in ranks) > 1:
        return "two_or_more"
    return LEVELS[top]


def education_ends(side: Side, rules: Rules) -> Ends[EducationFact]:
    """The ends of a person's education on the day. More of a credential is never less, so two outcomes bound it."""
    if side.credentials is None:
        lists = whole_lists(side, rules)
        return Ends(lists[:1], lists[-1:])
    if not side.credentials:
        return one(NO_EDUCATION)
    if all(_is_complete(item, rules) for _, item in side.credentials):
        return one(_fact(side.credentials, rules, {}))
    return Ends([_end(side.credentials, rules, best=False)], [_end(side.credentials, rules, best=True)])


def _is_complete(credential: Credential, rules: Rules) -> bool:
    counted = counts(credential, rules)
    if counted is None:
        return False
    if credential.level is None or credential.country is None:
        return False
    return credential.country != "CA" or credential.full_time_in_canada is not None


def _end(items: list[tuple[str, Credential]], rules: Rules, *, best: bool) -> EducationFact:
    completion = Completion()
    whole: list[tuple[str, Credential]] = []
    for path, item in items:
        values = _best(item, rules) if best else _worst(item, rules)
        for key, value in values.items():
            completion[f"{path}/{key}"] = value
        whole.append((path, _with(item, values)))
    return _fact(whole, rules, completion)


def _with(item: Credential, values: dict[str, Any]) -> Credential:
    update = dict(values)
    if isinstance(update.get("eca"), dict):
        update["eca"] = Eca(issued_on=date.fromisoformat(update["eca"]["issued_on"]))
    if "eca/issued_on" in update:
        day = date.fromisoformat(update.pop("eca/issued_on"))
        assert isinstance(item.eca, Eca)
        update["eca"] = item.eca.model_copy(update={"issued_on": day})
    return item.model_copy(update=update)


def _best(item: Credential, rules: Rules) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if item.level is None:
        values["level"] = LEVELS[-1]
    if item.country is None:
        values["country"] = "CA"
    if item.full_time_in_canada is None and values.get("country", item.country) == "CA":
        values["full_time_in_canada"] = True
    if values.get("country", item.country) != "CA":
        values |= _eca(item, rules, valid=True)
    return values


def _worst(item: Credential, rules: Rules) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if item.level is None:
        values["level"] = "secondary"
    if item.country is None:
        values["country"] = ABROAD
    if item.full_time_in_canada is None and item.country == "CA":
        values["full_time_in_canada"] = False
    if item.country != "CA":
        values |= _eca(item, rules, valid=False)
    return values


def _eca(item: Credential, rules: Rules, *, valid: bool) -> dict[str, Any]:
    issued = rules.on if valid else years_before(rules.on, rules.eca_years)
    if item.eca is None:
        return {"eca": {"issued_on": issued.isoformat()} if valid else False}
    if item.eca is not False and item.eca.issued_on is None:
        return {"eca/issued_on": issued.isoformat()}
    return {}


def _fact(items: list[tuple[str, Credential]], rules: Rules, completion: Completion) -> EducationFact:
    counted = [item for _, item in items if counts(item, rules)]
    awaits = any(
        not counts(item, rules) and item.country not in (None, "CA") and item.level is not None for _, item in items
    )
    study = max(
        (
            item.level
            for item in counted
            if item.country == "CA" and item.full_time_in_canada and RANK[item.level or "none"] >= POST_SECONDARY
        ),
        key=lambda level: RANK[level or "none"],
        default=None,
    )
    return EducationFact(
        combined(item.level or "none" for item in counted),
        study or "none",
        combined(item.level or "none" for _, item in items),
        awaits,
        completion,
    )


def whole_lists(side: Side, rules: Rules) -> list[EducationFact]:
    """An outcome for every level and Canadian study that a whole list can come to; worst first, best last."""
    path = f"{side.path}/credentials"
    found = [EducationFact("none", "none", "none", False, {path: []})]
    for study in (None, "one_year", "bachelor", "doctorate"):
        for level in LEVELS[1:]:
            if level == "two_or_more":
                parts: list[str] = ["bachelor", "one_year"]
            else:
                parts = [level]
            if study is not None and RANK[study] > RANK[level]:
                continue
            items = [_canadian(study)] if study else []
            rest = [part for part in parts if part != study]
            items += [_foreign(part, rules) for part in rest]
            reached = combined([item["level"] for item in items])
            fact = EducationFact(reached, study or "none", reached, False, {path: items})
            found.append(fact)
    return found


def _canadian(level: str) -> dict[str, Any]:
    return {"level": level, "country": "CA", "full_time_in_canada": True}


def _foreign(level: str, rules: Rules) -> dict[str, Any]:
    return {"level": level, "country": ABROAD, "eca": {"issued_on": rules.on.isoformat()}}
