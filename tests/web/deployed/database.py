"""The database of ``deploy``: PostgreSQL with the settings, the rights and the certificates that stand there."""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest
import yaml

DEPLOY = Path(__file__).parents[3] / "deploy"
SERVICES = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
ADDRESS = SERVICES["site"]["environment"]["DATABASE_URL"]


def free_port():
    """A port of this computer that nothing listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Database:
    """A server as the container of compose.yaml has it, but for its folders and its port."""

    def __init__(self):
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
        if not found or os.geteuid() != 0:
            pytest.skip("needs PostgreSQL, and root to run it as its own user: sudo apt-get install postgresql")
        self.programs = found[-1].parent
        # Not in the run's own folder: into that the server's user may not go.
        self.place = Path(tempfile.mkdtemp(prefix="frankpledge-deployed-"))
        shutil.chown(self.place, "postgres")
        self.data, self.log = self.place / "data", self.place / "log"
        self.port = free_port()
        self.certificates = self.place / "certificates"

    def make_certificates(self, name):
        """A folder with the site's certificate; the database's lies beside it."""
        site, database = self.place / name, self.place / f"{name}-of-the-database"
        site.mkdir()
        database.mkdir()
        self.renew(site, database)
        return site

    def renew(self, site, database):
        """Run the script that makes certificates where there are none."""
        command = ["sh", DEPLOY / "certificates.sh", database, "postgres", site, str(os.geteuid())]
        subprocess.run(command, check=True, capture_output=True)

    def begin(self):
        """Make the data, start the server and make the site's role, as the image's own script does."""
        self.make_certificates(self.certificates.name)
        options = SERVICES["database"]["environment"]["POSTGRES_INITDB_ARGS"].split()
        self.run("initdb", "--pgdata", self.data, "--username", "postgres", "--encoding", "UTF8", "--no-sync", *options)
        shutil.copy(DEPLOY / "pg_hba.conf", self.place)
        told = " ".join(SERVICES["database"]["command"][1:])
        told = told.replace("/etc/pg_hba.conf", f"{self.place}/pg_hba.conf")
        told = told.replace("/certificates/", f"{self.certificates}-of-the-database/")
        told += f" --listen_addresses=127.0.0.1 --port={self.port} --unix_socket_directories={self.place} --fsync=off"
        self.run("pg_ctl", "--pgdata", self.data, "--wait", "--log", self.log, "--options", told, "start")
        self.tell((DEPLOY / "role.sql").read_text())

    def end(self):
        """Stop it, and leave nothing."""
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "--pgdata", self.data, "--mode", "immediate", "stop")
        shutil.rmtree(self.place)

    def tell(self, statements, database="postgres"):
        """What the server answers whoever looks after it, from within."""
        where = ("--host", self.place, "--port", str(self.port), "--dbname", database)
        asked = ("--quiet", "--no-align", "--tuples-only", "--set", "ON_ERROR_STOP=1")
        return self.run("psql", "--no-psqlrc", *where, *asked, given=statements)

    def address(self):
        """The address that compose.yaml gives the site."""
        address = ADDRESS.replace("/srv/certificates", str(self.certificates))
        # The name stays what the certificate is compared with.
        return address.replace("@database/", f"@database:{self.port}/") + "&hostaddr=127.0.0.1"

    def run(self, program, *arguments, given=None):
        """Run one of its programs as its own user."""
        command = ["runuser", "-u", "postgres", "--", self.programs / program, *arguments]
        done = subprocess.run(command, input=given, cwd=self.place, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout.strip()
