"""What jobs of one message have from each other: the same title, and the country that a work permit tells."""

from __future__ import annotations

from conversations.understanding.mentions import CANDIDATE
from conversations.understanding.pieces import Job
from conversations.understanding.telling import Telling


def share_titles(jobs: list[Job]) -> None:
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
            if each is not job
            and each.whose == job.whose
            and each.title == job.title
            and each.timed
            and not each.earlier
        ]
        if same:
            for each in same:
                for name in ("noc", "hours_per_week", "self_employed"):
                    if name in job.value:
                        each.value.setdefault(name, job.value[name])
            jobs.remove(job)


def permitted(telling: Telling, jobs: list[Job]) -> None:
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
