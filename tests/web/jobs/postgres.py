"""A PostgreSQL server of one test's own, which it may restart without harm to any other."""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

USER = "frankpledge"


class Server:
    """A server on a free port, in a folder that is thrown away."""

    def __init__(self):
        self.programs = Path(os.environ["FRANKPLEDGE_POSTGRES_PROGRAMS"])
        # Not in a test's own folder: into those the server's user may not go.
        self.place = Path(tempfile.mkdtemp(prefix="frankpledge-jobs-"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        # The server refuses to be run by root.
        self.run_as = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.run_as:
            subprocess.run(["chown", "postgres", self.place], check=True)

    @property
    def address(self):
        return f"postgres://{USER}@127.0.0.1:{self.port}/postgres"

    def start(self):
        self._run("initdb", "--username", USER, "--auth", "trust", "--encoding", "UTF8", "--no-sync")
        options = f"-p {self.port} -k {self.place} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._run("pg_ctl", "--wait", "--log", str(self.place / "log"), "--options", options, "start")

    def restart(self):
        """As after a crash: nobody is let finish."""
        self._run("pg_ctl", "--wait", "--log", str(self.place / "log"), "--mode", "immediate", "restart")

    def stop(self):
        self._run("pg_ctl", "--mode", "immediate", "stop")
        shutil.rmtree(self.place)

    def _run(self, program, *arguments):
        command = [*self.run_as, self.programs / program, "--pgdata", self.place / "data", *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.place)
