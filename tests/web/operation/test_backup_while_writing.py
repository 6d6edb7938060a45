"""A backup taken while twenty clients write is of one moment: each of their transactions is in it whole, or is not."""

import threading
import time
from statistics import median
from uuid import uuid4

import pytest
from django.db import connections, transaction

from frankpledge.web.keys.fields import Sealed
from frankpledge.web.keys.models import Version
from frankpledge.web.operation.backup import back_up
from frankpledge.web.operation.restore import restore
from frankpledge.web.partners.models import Agency, Partnership, Seat
from tests.web.operation.conftest import PAIRS

CLIENTS = 20
# Enough for a backup to last as long as hundreds of transactions.
ROWS = 6_000
# Nobody writes without a pause; SQLite gives its one lock to whoever asks at the right moment.
PAUSE = 0.05
WAIT = 60


class Client(threading.Thread):
    """Adds an agency with a seat and counts them in its partnership: three tables in a transaction, again and again."""

    def __init__(self, connection, number):
        super().__init__(name=f"client {number}")
        self.alias = connection.alias
        self.partnership = Partnership.objects.using(self.alias).create(slug=f"client-{number}", name="0")
        # When each transaction began, and when it was known to be kept.
        self.begun, self.kept = [], []
        self.told_to_stop = threading.Event()
        self.error = None

    def run(self):
        try:
            while not self.told_to_stop.is_set():
                self.begun.append(time.monotonic())
                self.write(len(self.begun))
                self.kept.append(time.monotonic())
                self.told_to_stop.wait(PAUSE)
        except Exception as error:
            self.error = error
        finally:
            connections[self.alias].close()

    def write(self, number):
        with transaction.atomic(using=self.alias):
            agency = Agency.objects.using(self.alias).create(name=f"{self.name}: {number}", kind="council")
            Seat.objects.using(self.alias).create(partnership=self.partnership, agency=agency)
            Partnership.objects.using(self.alias).filter(pk=self.partnership.pk).update(name=str(number))

    def wait_for(self, more):
        """Wait until it has written so many more times."""
        wanted, end = len(self.kept) + more, time.monotonic() + WAIT
        while len(self.kept) < wanted and not self.error and time.monotonic() < end:
            time.sleep(0.01)
        assert len(self.kept) >= wanted, self.error

    @property
    def waits(self):
        return [after - before for before, after in zip(self.begun, self.kept, strict=False)]


def written_before(connection):
    versions = (
        Version(table="t", record=uuid4(), owner=uuid4(), content=Sealed("1." + "x" * 200)) for _ in range(ROWS)
    )
    Version.objects.using(connection.alias).bulk_create(versions, batch_size=2000)


def rows_of(connection):
    """Every row of the three tables that clients write to, and of the one that was full before."""
    return {
        model: {row[0]: row[1:] for row in model.objects.using(connection.alias).values_list(*names)}
        for model, names in {
            Agency: ("id", "name", "kind"),
            Seat: ("id", "partnership_id", "agency_id"),
            Partnership: ("id", "slug", "colour"),
            Version: ("id", "record", "owner", "until", "content"),
        }.items()
    }


def client_wrote(connection, client):
    """Up to which number a client's writes are there, without a gap, by each of the three tables."""
    seats = Seat.objects.using(connection.alias).filter(partnership=client.partnership.pk)
    names = set(seats.values_list("agency__name", flat=True))
    counted = int(Partnership.objects.using(connection.alias).get(pk=client.partnership.pk).name)
    assert names == {f"{client.name}: {number}" for number in range(1, counted + 1)}
    assert Agency.objects.using(connection.alias).filter(name__startswith=f"{client.name}: ").count() == counted
    return counted


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.slow
def test_backup_while_clients_write(databases, tmp_path, record_property, one, other):
    source, target = databases.new(one), databases.new(other)
    written_before(source)
    clients = [Client(source, number) for number in range(CLIENTS)]
    for client in clients:
        client.start()

    for client in clients:
        client.wait_for(2)
    begun = time.monotonic()
    manifest = back_up(source, tmp_path / "files", tmp_path / "backup.zip")
    ended = time.monotonic()
    for client in clients:
        client.wait_for(2)
        client.told_to_stop.set()
    for client in clients:
        client.join()
    restore(target, tmp_path / "restored", tmp_path / "backup.zip")
    again = back_up(target, tmp_path / "files", tmp_path / "again.zip")

    assert [client.error for client in clients] == [None] * CLIENTS
    differing = sum(here != there for here, there in zip(manifest.tables, again.tables, strict=True))
    assert differing == 0
    live, kept = rows_of(source), rows_of(target)
    assert all(rows.items() <= live[model].items() for model, rows in kept.items())
    assert len(kept[Version]) == ROWS
    target.check_constraints()
    during = 0
    for client in clients:
        there = client_wrote(target, client)
        assert sum(when < begun for when in client.kept) <= there <= sum(when < ended for when in client.begun)
        during += sum(begun < when < ended for when in client.kept)
    assert during > 0
    record_property("rows", manifest.rows)
    record_property("backup_seconds", round(ended - begun, 2))
    record_property("transactions_during", during)
    record_property("longest_wait", round(max(max(client.waits) for client in clients), 2))
    record_property("median_wait", round(median(wait for client in clients for wait in client.waits), 3))
