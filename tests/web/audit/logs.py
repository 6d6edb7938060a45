"""A small audit to look at: three chains with varied entries, and their signed heads."""

from uuid import UUID

from django.db import models

from frankpledge.web.audit.actors import Agent, Subject
from frankpledge.web.audit.events import Event
from frankpledge.web.audit.heads import follow_head
from frankpledge.web.audit.models import ChainHead, Entry
from frankpledge.web.audit.record import record

READ = Event("test-read", "read something", is_sensitive_read=True)
WROTE = Event("test-wrote", "wrote something")
BARNET = UUID("22222222-2222-4222-8222-222222222222")
HARROW = UUID("33333333-3333-4333-8333-333333333333")
ANN = UUID("44444444-4444-4444-8444-444444444444")
SEAT = UUID("55555555-5555-4555-8555-555555555555")


def some_log(entries=12):
    """Entries in the chains of two partnerships, and of the site for both; the heads are written as after a commit."""
    for number in range(entries):
        record(WROTE, by=ANN, seat=SEAT, partnership=HARROW, on=Subject("test.thing", str(number)), number=number)
        if number % 2:
            record(READ, by=Agent.COMMAND, partnership=BARNET)
    write_heads()


def write_heads():
    """What is done after a commit."""
    for head in ChainHead.objects.all():
        follow_head(head.chain)


def stored(chain=None):
    """Entries that can be tampered with: a plain queryset, which asks the model nothing."""
    entries = models.QuerySet(Entry)
    return entries.filter(chain=str(chain)) if chain else entries


def stored_heads():
    """The same of the chains' heads."""
    return models.QuerySet(ChainHead)
