"""The site's numbers in the form that Prometheus reads. Names of chains are identifiers; nothing is about anybody."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from frankpledge.web.operation.backup import last_backup
from frankpledge.web.operation.queries import audit_chains, database_bytes, jobs, sign_ins_alive


def metrics_text() -> bytes:
    """The numbers of this moment."""
    # Of our own: the one that comes with the library tells about the process as well, and each process its own.
    registry = CollectorRegistry()
    registry.register(_Site())
    return generate_latest(registry)


class _Site(Collector):
    """Reads the numbers when it is asked."""

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing: what would be told is read when it is asked for."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Each number."""
        yield from _of_jobs()
        yield from _of_audit()
        yield _single("sign_ins_alive", "Browsers that are signed in.", sign_ins_alive())
        yield _single("database_bytes", "Room that the database takes.", database_bytes())
        yield from _since(
            "backup_age_seconds", "Since the last backup was finished.", last_backup(settings.SITE_FOLDER)
        )


def _of_jobs() -> Iterator[GaugeMetricFamily]:
    now = jobs()
    yield _labelled("jobs", "Jobs by state.", "state", now.counts)
    yield _single("jobs_oldest_due_seconds", "Longest wait of a job that is due.", now.oldest_due.total_seconds())
    yield _single("jobs_unheard", "Jobs that run without being heard of.", now.unheard)
    yield from _since("worker_heard_age_seconds", "Since a worker was last heard of.", now.heard)


def _of_audit() -> Iterator[GaugeMetricFamily]:
    chains = audit_chains()
    entries, heads = ({chain: pair[which] for chain, pair in chains.items()} for which in (0, 1))
    yield _labelled("audit_entries", "Entries of each chain.", "chain", entries)
    yield _labelled("audit_head", "Number of the last entry, as the head of each chain has it.", "chain", heads)


def _single(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"frankpledge_{name}", words, value=value)


def _labelled(name: str, words: str, label: str, values: dict[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"frankpledge_{name}", words, labels=[label])
    for key, value in sorted(values.items()):
        family.add_metric([key], value)
    return family


def _since(name: str, words: str, when: datetime.datetime | None) -> Iterator[GaugeMetricFamily]:
    """The age of something; no number where it never was."""
    if when is not None:
        yield _single(name, words, (timezone.now() - when).total_seconds())
