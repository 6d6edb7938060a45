"""How the site does, in numbers that are about nobody."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Min
from django.utils import timezone

from frankpledge.web.audit.models import ChainHead, Entry
from frankpledge.web.jobs.models import Job
from frankpledge.web.jobs.policies import State
from frankpledge.web.operation.schema import applied, known
from frankpledge.web.partners.models import SignIn


@dataclass(frozen=True)
class Jobs:
    """How the work behind the pages goes on."""

    # State → how many.
    counts: dict[str, int]
    # How long the one has been due that nobody has taken yet; nothing where none is due.
    oldest_due: datetime.timedelta
    # When any worker was last heard of.
    heard: datetime.datetime | None
    # How many are said to run, by workers that were not heard of for a while.
    unheard: int


def is_well() -> bool:
    """Whether the database answers, and is as this version of the program needs it: neither behind nor ahead.

    Raises
    ------
    DatabaseError
        When it does not answer.
    """
    return set(applied(connection)) == known()


def jobs(unheard_for: datetime.timedelta = datetime.timedelta(minutes=5)) -> Jobs:
    """How the work behind the pages goes on."""
    now = timezone.now()
    counts = dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))
    times = Job.objects.aggregate(heard=Max("heard"))
    due = Job.objects.filter(state=State.WAITING, not_before__lte=now).aggregate(since=Min("not_before"))
    return Jobs(
        counts={str(state): counts.get(state, 0) for state in State},
        oldest_due=now - due["since"] if due["since"] else datetime.timedelta(0),
        heard=times["heard"],
        unheard=Job.objects.filter(state=State.RUNNING, heard__lt=now - unheard_for).count(),
    )


def sign_ins_alive() -> int:
    """How many browsers are signed in."""
    now = timezone.now()
    return SignIn.objects.filter(
        ended=None,
        heard__gt=now - datetime.timedelta(minutes=settings.IDLE_MINUTES),
        begun__gt=now - datetime.timedelta(hours=settings.SIGN_IN_HOURS),
    ).count()


def audit_chains() -> dict[str, tuple[int, int]]:
    """Chain → how many entries it has, and how many its head says."""
    entries = dict(Entry.objects.order_by().values_list("chain").annotate(Count("pk")))
    return {head.chain: (entries.get(head.chain, 0), head.sequence) for head in ChainHead.objects.all()}


def database_bytes() -> int:
    """How much room the database takes."""
    size = "SELECT pg_database_size(current_database())"
    if connection.vendor == "sqlite":
        size = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    with connection.cursor() as cursor:
        cursor.execute(size)
        return int(cursor.fetchone()[0])
