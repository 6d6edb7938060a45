"""Logs: one line of JSON an event, of fields that are never personal.

A message is never written, for anything may stand in one: only what is on the list of fields below. A logger of ours
names its event with a fixed word and gives the rest as fields:

    logger.info("job-done", extra={"job": job.id, "kind": job.kind})
"""

from __future__ import annotations

import datetime
import json
import logging
import logging.config
import os
import re
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)

_OURS = "frankpledge."
_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_METHODS = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT|OTHER"
# Field → the whole of what it may be; anything else is left out.
_FIELDS = {
    "route": re.compile(r"[a-z0-9_:-]{1,100}"),
    "method": re.compile(_METHODS),
    "status": re.compile(r"[1-5][0-9]{2}"),
    "milliseconds": re.compile(r"[0-9]{1,9}"),
    "job": re.compile(r"[0-9a-f-]{36}|[0-9]{1,18}"),
    "kind": _SLUG,
}
_MOST_FRAMES = 60
_EXTENSION = ".jsonl"

_request: ContextVar[str] = ContextVar("request", default="")


def configure(settings: dict[str, Any]) -> None:
    """Set logging up: every logger's lines go to the standard error and to the file of the day."""
    lines = _Lines(Path(settings["folder"]))
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "handlers": {"lines": {"()": lambda: lines}},
            "root": {"handlers": ["lines"], "level": "INFO"},
            # Django has put handlers of its own here: they would print messages. That an address was not found or not
            # allowed is told once, by `log_requests`.
            "loggers": {
                "django": {"handlers": [], "propagate": True},
                "django.server": {"handlers": [], "propagate": True},
                "django.request": {"level": "ERROR"},
            },
        }
    )


def log_requests(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Log each request by the name of its route, never by its address."""

    def respond(request: HttpRequest) -> HttpResponse:
        token = _request.set(uuid4().hex)
        begun = time.perf_counter()
        try:
            response = get_response(request)
            logger.info("request", extra=_told_of(request, response, begun))
        finally:
            _request.reset(token)
        return response

    return respond


def log_uncaught() -> None:
    """Log what nothing caught as well, instead of printing it: for processes that serve or work behind the pages."""

    def in_program(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            logger.critical("uncaught", exc_info=(kind, error, trace))

    def in_thread(told: threading.ExceptHookArgs) -> None:
        if told.exc_value and not issubclass(told.exc_type, SystemExit):
            in_program(told.exc_type, told.exc_value, told.exc_traceback)

    sys.excepthook = in_program
    threading.excepthook = in_thread


def prune(folder: Path, days: int, today: datetime.date) -> int:
    """Delete the files of days that are longer ago than they are kept; how many there were."""
    oldest = today - datetime.timedelta(days=days)
    old = [path for path in folder.glob(f"*{_EXTENSION}") if path.stem < oldest.isoformat()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _told_of(request: HttpRequest, response: HttpResponse, begun: float) -> dict[str, object]:
    match = request.resolver_match
    method = request.method or ""
    return {
        "route": match.view_name if match else "none",
        "method": method if re.fullmatch(_METHODS, method) else "OTHER",
        "status": response.status_code,
        "milliseconds": round((time.perf_counter() - begun) * 1000),
    }


class _Lines(logging.Handler):
    """Writes to the standard error and to the file of the day."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line. Where that fails nothing is said: what would be said holds the message."""
        try:
            line = json.dumps(line_of(record)) + "\n"
            sys.stderr.write(line)
            self._append(line.encode())
        except Exception:  # noqa: S110  a full disk must not stop the site
            pass

    def _append(self, line: bytes) -> None:
        # Opened for each line, and written in one piece at the end of the file: several processes write to it, a day
        # ends, and whoever keeps the folder may move it.
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / f"{datetime.datetime.now(datetime.UTC).date()}{_EXTENSION}"
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, line)
        finally:
            os.close(handle)


def line_of(record: logging.LogRecord) -> dict[str, object]:
    """What is written of an event."""
    line: dict[str, object] = {
        "time": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": _event(record),
    }
    if _request.get():
        line["request"] = _request.get()
    for name, pattern in _FIELDS.items():
        value = getattr(record, name, None)
        if value is not None and pattern.fullmatch(str(value)):
            line[name] = value if isinstance(value, int) else str(value)
    if record.exc_info and record.exc_info[1]:
        line["errors"] = [_told_error(error) for error in _with_causes(record.exc_info[1])]
    return line


def _event(record: logging.LogRecord) -> str:
    """Our own loggers name their events; of another's line, where it was logged is told."""
    if record.name.startswith(_OURS) and not record.args and _SLUG.fullmatch(str(record.msg)):
        return str(record.msg)
    return f"at {_short(record.pathname)}:{record.lineno}:{record.funcName}"


def _told_error(error: BaseException) -> dict[str, object]:
    kind = type(error)
    return {"class": f"{kind.__module__}.{kind.__qualname__}", "frames": _frames(error.__traceback__)}


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _frames(trace: TracebackType | None) -> list[str]:
    # The last of them: those say where it went wrong.
    frames: deque[str] = deque(maxlen=_MOST_FRAMES)
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{_short(code.co_filename)}:{trace.tb_lineno}:{code.co_name}")
        trace = trace.tb_next
    return list(frames)


def _short(path: str) -> str:
    """A file's name within its package: the folders above it may name the person whose they are."""
    parts = Path(path).parts
    for root in ("site-packages", "src"):
        if root in parts:
            return "/".join(parts[parts.index(root) + 1 :])
    return parts[-1] if parts else ""
