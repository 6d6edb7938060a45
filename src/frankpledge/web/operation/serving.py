"""Runs the site: gunicorn and one worker, as two processes that end together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from frankpledge.errors import SettingError, WorkspaceError
from frankpledge.keys import key_folder
from frankpledge.web.keys.keyring import Keyring
from frankpledge.web.site_folder import SiteFolder

Say = Callable[[str], None]
# Two processes for two cores; threads so that a slow reader of a page keeps nobody waiting.
_SITE = (
    *("--workers", "2", "--worker-class", "gthread", "--threads", "4"),
    *("--log-level", "warning", "--logger-class", "frankpledge.web.operation.server_logs.ServerLogs"),
    # As it is, who comes from this computer may say under which path the site lies, and a proxy here passes on what
    # anybody says. How a request came to the proxy is for the settings to believe or not. Whoever comes by a socket is
    # believed whatever the first of these says, so that there is the second.
    *("--forwarded-allow-ips", "", "--forwarder-headers", ""),
    # Nobody steers it while it runs: it needs no second socket in its owner's home for that.
    "--no-control-socket",
)
_PAUSE = 2.0


@dataclass(frozen=True)
class Listening:
    """Where the site listens: a port of a host, or a Unix socket in its place."""

    host: str
    port: int
    socket: Path | None = None

    @property
    def options(self) -> tuple[str, ...]:
        """As the web server is told it."""
        if self.socket is None:
            return ("--bind", f"{self.host}:{self.port}")
        # Who may write to a socket may ask the site: its owner, and a reverse proxy in its group.
        return ("--bind", f"unix:{self.socket}", "--umask", "0o007")


def begin_site(site: SiteFolder, listening: Listening) -> str:
    """Make the site's keys, the first time; the address that people find it at.

    Raises
    ------
    SettingError
        When it cannot listen at its socket, or nothing says at which address people find it.
    WorkspaceError
        When there is a database, and the keys that it was written with are not there.
    """
    if listening.socket:
        _check_socket(listening.socket)
    keys = key_folder(site.folder)
    ring = Keyring(keys)
    if (site.folder / "site.sqlite3").exists() and not keys.names("site/master"):
        raise WorkspaceError(
            f"The site has a database, and its keys are not in {keys.folder}: new ones would open nothing in it.",
            "Put the key folder back there, or name it in FRANKPLEDGE_KEYS.",
        )
    ring.make_site()
    # What would be e-mailed lies here where there is no mail server; links let people in.
    (site.folder / "outbox").mkdir(mode=0o700, exist_ok=True)
    address = os.environ.setdefault("FRANKPLEDGE_ADDRESS", f"http://localhost:{listening.port}")
    site.remember(address)
    return address


def _check_socket(path: Path) -> None:
    if not path.parent.is_dir():
        raise SettingError(
            f"There is no folder {path.parent} for the socket.",
            "Make it, open to the site and to the group of the reverse proxy, and to nobody else.",
        )
    if not os.environ.get("FRANKPLEDGE_ADDRESS"):
        raise SettingError(
            "Nobody finds a site by its socket, and nothing says at which address they find it.",
            "Set FRANKPLEDGE_ADDRESS to the address of the reverse proxy before it.",
        )


def run(site: SiteFolder, listening: Listening, address: str, *, work: bool, say: Say) -> None:
    """Make the database ready and run the site until it is stopped."""
    from frankpledge.web.operation.beginning import make_ready

    make_ready(site)
    for words in _what_is_missing():
        say(words)
    server = (sys.executable, "-m", "gunicorn", "frankpledge.web.config.wsgi:application")
    commands: dict[str, tuple[str, ...]] = {"site": (*server, *listening.options, *_SITE)}
    if work:
        commands["worker"] = (sys.executable, "-m", "frankpledge", "--quiet", "worker")
    say(f"The site is at {address} — stop it with Ctrl-C.")
    sys.exit(Supervisor(commands, site).run())


def _what_is_missing() -> list[str]:
    from frankpledge.web.partners.queries import partnerships_without_administrator

    return [
        f"Nobody looks after {one.name} yet. In another terminal: "
        f'frankpledge invite --partnership {one.slug} --name "YOUR NAME" YOUR-ADDRESS'
        for one in partnerships_without_administrator()
    ]


class Supervisor:
    """Runs processes side by side: begins the worker again when it dies, and ends all when the site does."""

    def __init__(self, commands: dict[str, tuple[str, ...]], site: SiteFolder) -> None:
        self._commands = commands
        self._folder = site.folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._stopping = False

    def run(self) -> int:
        """Run until stopped, or until the site ends by itself; the exit status."""
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, self._stop)
        for name in self._commands:
            self._begin(name)
        while not self._stopping and self._running["site"].poll() is None:
            if "worker" in self._running and self._running["worker"].poll() is not None:
                self._begin("worker")
            time.sleep(_PAUSE / 10)
        return self._end()

    def _begin(self, name: str) -> None:
        # A group of its own: Ctrl-C reaches this process alone, which then ends them in order.
        self._running[name] = subprocess.Popen(self._commands[name], cwd=self._folder, start_new_session=True)  # noqa: S603

    def _stop(self, sign: int, frame: FrameType | None) -> None:
        self._stopping = True

    def _end(self) -> int:
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        for process in self._running.values():
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        return 0 if self._stopping else self._running["site"].returncode or 1
