"""Why a job has its unit group: what the person wrote, and that they recognised their work in what one does there.

It is kept as `why` inside the answer about the job, so that it goes where the answer goes. It is no fact of the law.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scoring.duties import duties

WHY = "why"
BY_CODE = "code"
"""The person gave the five digits."""
BY_DUTIES = "duties"
"""The person chose among several groups, each shown with what one does there."""


def with_code(title: str | None, code: str) -> dict[str, Any]:
    """A job whose code was given."""
    return {"noc": code, "title": title, WHY: {"by": BY_CODE}}


def chosen(title: str | None, code: str, offered: Mapping[str, Any], before: Any) -> dict[str, Any]:
    """A job whose group was tapped.

    `offered`: what waits for the choice, the codes as `hits` and the `language` in which their lines were shown; empty
    where the button is that of an old message. `before`: the answer until now. Without a reason where it is not known
    what the person saw.
    """
    job = {"noc": code, "title": title}
    if code in offered.get("hits", ()) and "language" in offered:
        line = duties()[code].said(offered["language"])
        return {**job, WHY: {"by": BY_DUTIES, "read": title, "among": offered["hits"], "line": line}}
    if isinstance(before, Mapping) and before.get("noc") == code and WHY in before:
        return {**job, WHY: before[WHY]}
    return job
