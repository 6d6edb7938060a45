"""The commands, as the host's operator types them: a site is made, backed up, and brought back on another database."""

import os
import subprocess
import sys
from contextlib import closing

import psycopg
import pytest
from django.db import connection

from frankpledge.keys import KeyFolder
from frankpledge.web.keys.keyring import Keyring

# The command line finds them by their entry points; here each is called as it is then.
RUN = """
import sys
from pathlib import Path
from types import SimpleNamespace
from frankpledge.errors import UserError
from frankpledge.web.commands import operating
command = getattr(operating, sys.argv[1].replace("-", "_") + "_command")
try:
    sys.exit(command.main(sys.argv[2:], obj=SimpleNamespace(folder=Path.cwd()), standalone_mode=False))
except UserError as error:
    sys.exit(f"{error.happened} {error.to_do}")
"""


class Sites:
    """Folders of sites with one key folder, and what commands say in them."""

    def __init__(self, place):
        self.place = place
        Keyring(KeyFolder(place / "keys")).make_site()

    def run(self, site, *arguments, database="", keys="keys"):
        """Run a command in a site's folder, on the database of an address; its exit status and what it said."""
        folder = self.place / site
        (folder / "partnerships").mkdir(parents=True, exist_ok=True)
        names = {"FRANKPLEDGE_KEYS": str(self.place / keys), "DATABASE_URL": database, "FRANKPLEDGE_SITE": ""}
        command = [sys.executable, "-c", RUN, *map(str, arguments)]
        result = subprocess.run(
            command,
            cwd=folder,
            env=os.environ | names | {"DJANGO_ALLOW_ASYNC_UNSAFE": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in result.stderr
        return result.returncode, result.stdout + result.stderr


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """A site that was made and backed up, and room for others."""
    made = Sites(tmp_path_factory.mktemp("sites"))
    assert made.run("one", "upgrade") == (
        0,
        "The database is as this version needs it. Style sheets and scripts are in place.\n",
    )
    status, told = made.run("one", "backup", made.place)
    assert status == 0, told
    (made.place / "backup.zip").hardlink_to(*made.place.glob("one-*.zip"))
    return made


@pytest.fixture
def other_database():
    """The address of another, empty database: PostgreSQL where the run is on it, else SQLite in the site's folder."""
    if connection.vendor == "sqlite":
        yield ""
        return
    address = os.environ["DATABASE_URL"]
    with closing(psycopg.connect(address, autocommit=True)) as server:
        server.execute("CREATE DATABASE brought_back")
        yield address.rsplit("/", 1)[0] + "/brought_back"
        server.execute("DROP DATABASE brought_back WITH (FORCE)")


def test_site_is_brought_back_on_another_database(sites, other_database):
    back, told = sites.run("two", "restore", sites.place / "backup.zip", database=other_database)
    looked, findings = sites.run("two", "doctor", database=other_database)

    assert (back, looked) == (0, 0), (told, findings)
    assert "0 rows differ from the backup" in told
    assert "The audit verifies." in told
    assert "broken" not in findings
    assert "OK       The audit's chain site has its 2 entries" in findings


def test_files_of_a_site_are_its_owners_only(sites):
    for path in (sites.place / "one" / "site.sqlite3", sites.place / "backup.zip"):
        assert path.stat().st_mode & 0o777 == 0o600


def test_backup_with_other_keys_is_told(sites):
    Keyring(KeyFolder(sites.place / "other-keys")).make_site()

    status, told = sites.run("three", "restore", sites.place / "backup.zip", keys="other-keys")

    assert status == 1
    assert "The audit does not verify" in told


def test_dry_run_shows_what_would_be_done_and_makes_nothing(sites):
    status, told = sites.run("four", "upgrade", "--dry-run")

    assert status == 0
    assert 'CREATE TABLE "partners_agency"' in told
    assert "all of them work. Nothing was changed." in told
    assert "broken   The database waits for an upgrade" in sites.run("four", "doctor")[1]


def test_site_that_is_fit_for_trying_out_alone_is_told(sites):
    status, told = sites.run("one", "check-deploy")

    assert status == 1
    assert "broken   People find the site at http://localhost:8000" in told
    assert "         → Set FRANKPLEDGE_ADDRESS" in told


def test_backup_before_the_first_upgrade_is_refused(sites):
    status, told = sites.run("five", "backup", sites.place / "none.zip")

    assert status == 1
    assert "The database waits for an upgrade." in told
    assert not (sites.place / "none.zip").exists()
