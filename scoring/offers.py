"""Job offers: by which permit or LMIA route, full-time, for at least a year, in which occupation (IRPR 82, 87.2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from scoring.case import Case
from scoring.experience import Tri, all_of
from scoring.occupations import teer
from scoring.profile import JobOffer, Route

ROUTES: tuple[str, ...] = get_args(Route)


def by_route(offer: JobOffer, routes: Iterable[str]) -> Tri:
    """Whether an offer is by one of some routes; an unknown route is no question where every route will do."""
    if offer.route is None:
        return True if set(ROUTES) <= set(routes) else None
    return offer.route in routes


def in_teers(offer: JobOffer, teers: Iterable[int]) -> Tri:
    """Whether an offer is in an occupation of some TEER categories."""
    return None if offer.noc is None else teer(offer.noc) in teers


def is_lasting(offer: JobOffer, routes: Iterable[str]) -> Tri:
    """Whether an offer is full-time, permanent or for at least a year, and by one of some routes."""
    return all_of(offer.full_time, offer.permanent_or_one_year, by_route(offer, routes))


def any_skilled(case: Case, routes: Iterable[str]) -> Tri:
    """Whether the candidate holds a lasting offer of TEER 0 to 3 by one of some routes."""
    if case.candidate.offers is None:
        return None
    held = [
        all_of(in_teers(offer, case.rules.counting.teers), is_lasting(offer, routes))
        for _, offer in case.candidate.offers
    ]
    return True if True in held else None if None in held else False
