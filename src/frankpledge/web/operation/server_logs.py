"""What the web server itself logs, put through our own lines: it would print addresses and tracebacks."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger


class ServerLogs(Logger):
    """Gunicorn's loggers without handlers of their own (its setting ``logger_class``)."""

    def setup(self, cfg: Any) -> None:
        """Leave its errors to the handlers of the whole program."""
        self.cfg = cfg
        self.error_log.setLevel(self.LOG_LEVELS[cfg.loglevel])
        self.error_log.handlers.clear()
        self.error_log.propagate = True

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        """Nothing: the site logs its own requests, by the names of their routes."""
