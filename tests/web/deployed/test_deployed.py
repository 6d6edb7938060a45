"""What is deployed, begun for real: who reaches the database and how, and the way from the proxy to the site."""

import importlib.util
import re
import stat

import httpx
import psycopg
import pytest

from tests.web.deployed.database import DEPLOY, free_port


@pytest.fixture(scope="module")
def others(database):
    """Certificates that another authority signed, in a folder `others`."""
    return database.make_certificates("others")


def test_site_reaches_its_database_by_tls_and_shows_its_certificate(database):
    with psycopg.connect(database.address()) as connection:
        told = connection.execute(
            "SELECT ssl, version, client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        ).fetchone()

    assert told == (True, "TLSv1.3", "/CN=frankpledge")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"sslcert": "nothing"}, "valid client certificate"),
        ({"sslcert": "others/client.crt", "sslkey": "others/client.key"}, "unknown ca"),
        ({"sslrootcert": "others/authority.crt"}, "certificate verify failed"),
        ({"sslmode": "disable"}, "no encryption"),
        ({"host": "elsewhere"}, 'does not match host name "elsewhere"'),
        ({"user": "postgres"}, 'no pg_hba.conf entry .* user "postgres"'),
        ({"dbname": "postgres"}, 'no pg_hba.conf entry .* database "postgres"'),
    ],
)
def test_nobody_else_reaches_the_database(database, others, changed, words):
    changed = {name: value.replace("others", str(others)) for name, value in changed.items()}

    with pytest.raises(psycopg.OperationalError, match=words):
        psycopg.connect(database.address(), **changed)


def test_role_of_the_site_has_no_rights_beyond_its_database(database):
    with psycopg.connect(database.address(), autocommit=True) as connection:
        rights = connection.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles "
            "WHERE rolname = current_user"
        ).fetchone()
        owned = connection.execute(
            "SELECT datname FROM pg_database WHERE pg_get_userbyid(datdba) = current_user"
        ).fetchall()
        for statement in (
            "CREATE ROLE another",
            "CREATE DATABASE another",
            "SET session_replication_role = replica",
            "COPY (SELECT 1) TO PROGRAM 'true'",
            "SELECT pg_read_file('/etc/passwd')",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)

    assert rights == (False,) * 5
    assert owned == [("frankpledge",)]


def test_what_is_in_a_row_is_not_in_the_log_of_the_database(database):
    with psycopg.connect(database.address(), autocommit=True) as connection:
        connection.execute("CREATE TEMPORARY TABLE kept (words text PRIMARY KEY)")
        connection.execute("INSERT INTO kept VALUES ('plum tractor eleven')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO kept VALUES ('plum tractor eleven')")

    log = database.log.read_text()
    assert "duplicate key value" in log
    assert "plum" not in log


def test_certificates_that_hold_stay_and_others_are_made_anew(database):
    site = database.make_certificates("renewed")
    beside = database.place / "renewed-of-the-database"
    files = [*site.iterdir(), *beside.iterdir()]
    first = {path: path.read_bytes() for path in files}

    database.renew(site, beside)
    assert {path: path.read_bytes() for path in files} == first

    (beside / "server.crt").unlink()
    database.renew(site, beside)
    assert not [path for path in files if path.read_bytes() == first[path]]
    # What signed them is nowhere.
    assert sorted(path.name for path in files if path.suffix == ".key") == ["client.key", "server.key"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in files if path.suffix == ".key")


def test_site_answers_at_its_socket_to_its_owner_and_group(site):
    mode = site.socket.stat().st_mode

    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == 0o770
    assert site.ask("/health").text == "ok"


def test_container_finds_the_site_well(site, tmp_path):
    spec = importlib.util.spec_from_file_location("healthy", DEPLOY / "healthy.py")
    healthy = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(healthy)

    assert healthy.is_well(site.address, str(site.socket))
    assert not healthy.is_well("https://elsewhere.example", str(site.socket))
    assert not healthy.is_well(site.address, str(tmp_path / "nothing.sock"))


def test_every_connection_of_the_site_is_encrypted(site, database):
    site.ask("/health")

    told = database.tell(
        "SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = 'frankpledge'"
    )

    assert told == "t"


@pytest.mark.slow
def test_site_is_looked_after_with_the_rights_of_its_role(site, database, tmp_path):
    site.command("backup", str(tmp_path / "tonight.zip"))
    database.tell("DROP DATABASE frankpledge WITH (FORCE)")
    database.tell("CREATE DATABASE frankpledge OWNER frankpledge")

    restored = site.command("restore", str(tmp_path / "tonight.zip"))
    site.command("upgrade")
    told = site.command("doctor")

    assert "0 rows differ" in restored
    assert "The audit verifies." in restored
    assert "The database refuses to change or delete what the audit holds." in told
    assert "shows its database holds until" in told
    assert site.ask("/health").text == "ok"


@pytest.fixture(scope="module")
def proxy(proxies, site):
    """The proxy before the site."""
    return proxies(site.address, site.socket)


def test_pages_come_by_https_and_say_so(proxy):
    with proxy.client() as client:
        page = client.get("/sign-in/")

    assert page.status_code == 200
    assert "Sign in" in page.text
    assert page.headers["Strict-Transport-Security"]
    assert all("Secure" in cookie for cookie in page.headers.get_list("Set-Cookie"))


def test_metrics_stay_within(proxy, site):
    key = site.folder.with_name("site.keys") / "site" / "metrics.key"
    word = {"Authorization": f"Bearer {key.read_bytes().hex()}"}

    with proxy.client() as client:
        outside = client.get("/metrics", headers=word)

    assert site.ask("/metrics", **word).status_code == 200
    assert (outside.status_code, outside.text) == (404, "")


def test_people_who_come_in_clear_are_sent_on_and_machines_are_not(proxy):
    with httpx.Client(base_url=proxy.in_clear) as client:
        answers = {path: client.get(path) for path in ("/sign-in/", "/health", "/metrics")}

    assert [answers[path].status_code for path in answers] == [308, 404, 404]
    assert answers["/sign-in/"].headers["Location"] == "https://localhost/sign-in/"


ADDRESSES = """
import django; django.setup()
from frankpledge.web.audit.models import Entry
print(*(entry.where for entry in Entry.objects.filter(event="sign-in-failed")))
"""


def test_address_of_a_client_is_the_one_that_the_proxy_sees(proxy, site):
    said = {"X-Forwarded-For": "203.0.113.9", "Referer": proxy.address, "SCRIPT_NAME": "/evil"}
    with proxy.client() as client:
        page = client.get("/sign-in/", headers=said)
        form = dict(re.findall(r'name="(csrfmiddlewaretoken)" value="([^"]+)"', page.text))
        client.post(
            "/sign-in/", data=form | {"login": "ann@example.org", "password": "plum tractor eleven"}, headers=said
        )

    assert "/evil" not in page.text
    assert set(site.command(program=("-c", ADDRESSES)).split()) == {"127.0.0.1"}


def test_proxy_tells_what_went_wrong_and_not_what_was_asked_for(proxies, tmp_path):
    proxy = proxies(f"https://localhost:{free_port()}", tmp_path / "nobody.sock")

    with proxy.client() as client:
        answer = client.get("/join/a-word-that-lets-in/?who=ann", headers={"User-Agent": "ann's own"})

    assert answer.status_code == 502
    said = proxy.told("nobody.sock")
    assert not re.search("a-word-that-lets-in|ann|127.0.0.1", said)
