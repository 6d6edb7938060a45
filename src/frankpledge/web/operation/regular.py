"""What the site does by itself, again and again."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from frankpledge.web.jobs.kinds import Arguments, Kind, Report
from frankpledge.web.keys.sessions import SessionStore
from frankpledge.web.operation.logs import prune


def _delete_old_logs(arguments: Arguments, report: Report) -> int:
    today = datetime.datetime.now(datetime.UTC).date()
    return prune(Path(settings.LOGGING["folder"]), settings.LOG_DAYS, today)


def _work_nothing_out(arguments: Arguments, report: Report) -> None:
    """Nothing of it takes long."""


def _delete_ended_sessions(arguments: Arguments, result: Any) -> None:
    SessionStore.clear_expired()


def _write_nothing(arguments: Arguments, result: Any) -> None:
    """Nothing of it is for the database."""


PRUNE_LOGS = Kind(
    "prune-logs",
    gettext_lazy("Delete old logs"),
    _delete_old_logs,
    _write_nothing,
    # More often than needed: by it `doctor` and the metrics hear that a worker is there.
    every=datetime.timedelta(hours=1),
)
PRUNE_SESSIONS = Kind(
    "prune-sessions",
    gettext_lazy("Delete what is left of sign-ins that have ended"),
    _work_nothing_out,
    _delete_ended_sessions,
    every=datetime.timedelta(days=1),
)
