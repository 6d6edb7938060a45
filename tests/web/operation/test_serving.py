"""Running the site: what is made the first time, and two processes that end together."""

import sys
import time

import pytest
from click.testing import CliRunner

from frankpledge.cli.main import main
from frankpledge.errors import SettingError, WorkspaceError
from frankpledge.web.operation import beginning
from frankpledge.web.operation.beginning import make_ready
from frankpledge.web.operation.serving import Listening, Supervisor, begin_site
from frankpledge.web.operation.upgrade import UpgradeError
from frankpledge.web.partners.models import Partnership
from frankpledge.web.site_folder import SiteFolder
from tests.conftest import PARTNERSHIP

AT_A_PORT = Listening("127.0.0.1", 8123)


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A workspace that was never served."""
    folder = tmp_path / "harrow"
    folder.mkdir()
    (folder / "partnership.yaml").write_text(
        PARTNERSHIP + "responsible_authorities: [Example Council, Example Police]\n"
    )
    monkeypatch.setenv("FRANKPLEDGE_KEYS", str(tmp_path / "harrow.keys"))
    # Set first, so that what serving sets is taken back at the end.
    monkeypatch.setenv("FRANKPLEDGE_ADDRESS", "")
    monkeypatch.delenv("FRANKPLEDGE_ADDRESS")
    return SiteFolder(folder)


def test_first_time_makes_keys_and_remembers_the_address(site, tmp_path):
    assert begin_site(site, AT_A_PORT) == "http://localhost:8123"

    assert (tmp_path / "harrow.keys" / "site" / "master" / "1.key").exists()
    assert site.address == "http://localhost:8123"
    assert (site.folder / "outbox").stat().st_mode & 0o077 == 0


def test_database_whose_keys_are_gone_gets_no_new_ones(site, tmp_path):
    (site.folder / "site.sqlite3").touch()

    with pytest.raises(WorkspaceError, match="its keys are not in"):
        begin_site(site, AT_A_PORT)

    assert not (tmp_path / "harrow.keys").exists()


def at_a_socket(folder):
    return Listening("127.0.0.1", 8000, folder / "site.sock")


def test_site_at_a_socket_is_found_where_the_setting_says(site, tmp_path, monkeypatch):
    with pytest.raises(SettingError, match="FRANKPLEDGE_ADDRESS"):
        begin_site(site, at_a_socket(tmp_path))
    monkeypatch.setenv("FRANKPLEDGE_ADDRESS", "https://safer.example.gov.uk")

    assert begin_site(site, at_a_socket(tmp_path)) == site.address == "https://safer.example.gov.uk"


def test_socket_whose_folder_is_not_there_is_told(site, tmp_path):
    with pytest.raises(SettingError, match="There is no folder"):
        begin_site(site, at_a_socket(tmp_path / "nowhere"))


@pytest.mark.parametrize("other", [("--port", "8123"), ("--host", "0.0.0.0")])
def test_site_listens_at_a_socket_or_at_a_port(tmp_path, other):
    done = CliRunner().invoke(main, ["serve", "--socket", str(tmp_path / "site.sock"), *other])

    assert done.exit_code == 2
    assert "not at both" in done.output


@pytest.mark.django_db
def test_partnership_of_a_folder_is_set_up_once(site, monkeypatch):
    monkeypatch.setattr(beginning, "upgrade", lambda *given: None)

    make_ready(site)
    make_ready(site)

    made = Partnership.objects.get()
    assert (made.slug, made.name) == ("harrow", "Safer Harrow")
    assert [seat.agency.name for seat in made.seats.all()] == ["Example Council", "Example Police"]


@pytest.mark.django_db
def test_database_of_another_shape_is_not_changed_by_serving(site, monkeypatch):
    monkeypatch.setattr(beginning, "pending", lambda connection: ["one"])

    with pytest.raises(UpgradeError, match="another shape"):
        make_ready(site)


def program(*lines):
    return (sys.executable, "-c", "\n".join(lines))


def test_site_that_ends_ends_the_worker_and_tells_its_status(site):
    started = site.folder / "worker"
    supervisor = Supervisor(
        {
            "site": program("import time, sys", "time.sleep(1)", "sys.exit(3)"),
            "worker": program("import time", f"open({str(started)!r}, 'w')", "time.sleep(60)"),
        },
        site,
    )

    begun = time.monotonic()

    assert supervisor.run() == 3
    assert started.exists()
    assert time.monotonic() - begun < 30


def test_worker_that_dies_is_begun_again(site):
    counted = site.folder / "begun"
    supervisor = Supervisor(
        {
            "site": program("import time", "time.sleep(2)"),
            "worker": program(f"open({str(counted)!r}, 'a').write('x')"),
        },
        site,
    )

    supervisor.run()

    assert len(counted.read_text()) > 1
