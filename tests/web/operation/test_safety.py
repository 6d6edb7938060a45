"""What is unsafe about the settings is said, and nothing is where they are as they should be."""

from pathlib import Path

import pytest
from django.core.checks import Warning as Check

from frankpledge.keys import KeyFolder
from frankpledge.web.keys.keyring import Keyring
from frankpledge.web.operation import safety

SAFE = {
    "SITE_ADDRESS": "https://harrow.example",
    "SECURE": True,
    "TRUSTED_PROXIES": 1,
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "mail.example",
    "EMAIL_USE_TLS": True,
    "EMAIL_USE_SSL": False,
    "DEFAULT_FROM_EMAIL": "safety@harrow.example",
}


@pytest.fixture(autouse=True)
def safe(settings, tmp_path, monkeypatch):
    """Settings with which nothing is unsafe; Django finds nothing either."""
    for name, value in SAFE.items():
        setattr(settings, name, value)
    settings.SITE_FOLDER = tmp_path / "site"
    settings.KEYRING = Keyring(KeyFolder(tmp_path / "site.keys"))
    settings.KEYRING.make_site()
    settings.KNOWN_PASSWORDS = tmp_path / "known.txt"
    settings.KNOWN_PASSWORDS.write_text(f"{'A' * 40}:1\n{'F' * 40}:1\n")
    database(monkeypatch, settings, "sqlite3", tmp_path / "site" / "site.sqlite3")
    monkeypatch.setattr(safety, "run_checks", lambda include_deployment_checks: [])
    return settings


def database(monkeypatch, settings, engine, name, host="", **options):
    told = {"ENGINE": f"django.db.backends.{engine}", "NAME": str(name), "HOST": host, "OPTIONS": options}
    monkeypatch.setitem(settings.DATABASES, "default", settings.DATABASES["default"] | told)


def told_of():
    findings = safety.unsafe()
    assert all(one.to_do for one in findings)
    return [one.what for one in findings]


def test_nothing_is_unsafe():
    assert told_of() == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"SECURE": False, "SITE_ADDRESS": "http://harrow.example"}, "http://harrow.example, which is not encrypted"),
        ({"TRUSTED_PROXIES": 0}, "no reverse proxy is said to be before the site"),
        ({"TRUSTED_PROXIES": 5}, "5 reverse proxies are trusted"),
        ({"KNOWN_PASSWORDS": None}, "compared with the commonest"),
        ({"KNOWN_PASSWORDS": Path(__file__)}, "is none, or is not sorted"),
        ({"DEBUG": True}, "Errors are shown with everything around them"),
        ({"EMAIL_USE_TLS": False}, "E-mails go to mail.example in clear"),
        ({"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}, "No e-mail is sent"),
        ({"DEFAULT_FROM_EMAIL": "no-reply@localhost"}, "to which nobody can answer"),
        ({"IDLE_MINUTES": 60}, "stays open for 60 minutes"),
        ({"SIGN_IN_HOURS": 24}, "for up to 24 hours"),
    ],
)
def test_setting_that_is_unsafe_is_told(safe, changed, words):
    for name, value in changed.items():
        setattr(safe, name, value)

    (told,) = told_of()
    assert words in told


@pytest.mark.parametrize("changed", [{"EMAIL_HOST": "localhost"}, {"EMAIL_USE_SSL": True}])
def test_mail_that_needs_no_tls_is_not_told(safe, changed):
    safe.EMAIL_USE_TLS = False
    for name, value in changed.items():
        setattr(safe, name, value)

    assert told_of() == []


def test_key_folder_that_others_may_look_into_is_told(safe):
    safe.KEYRING.folder.folder.chmod(0o750)

    assert any("Others may look into the key folder" in one for one in told_of())


def test_site_within_the_key_folder_is_told(safe):
    safe.SITE_FOLDER = safe.KEYRING.folder.folder / "site"

    assert any("lie in one another" in one for one in told_of())


def test_sqlite_on_a_shared_file_system_is_told(monkeypatch, safe):
    monkeypatch.setattr(safety, "filesystem_of", lambda path: "nfs4")

    assert any("several hosts share (nfs4)" in one for one in told_of())


@pytest.mark.parametrize(
    ("host", "options", "is_told"),
    [
        ("database.example", {}, True),
        ("database.example", {"sslmode": "prefer"}, True),
        ("database.example", {"sslmode": "verify-full"}, False),
        ("127.0.0.1", {}, False),
        ("/run/postgresql", {}, False),
    ],
)
def test_way_to_the_database_is_told_where_it_is_not_encrypted(monkeypatch, safe, host, options, is_told):
    database(monkeypatch, safe, "postgresql", "frankpledge", host, **options)

    assert any("need not be encrypted" in one for one in told_of()) is is_told


def test_kind_of_a_file_system_is_that_of_the_innermost_mount(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sda / ext4 rw 0 0\nhost:/x /srv/my\\040site nfs4 rw 0 0\nproc /proc proc rw 0 0\n")

    assert safety.filesystem_of(Path("/srv/my site/site.sqlite3"), mounts) == "nfs4"
    assert safety.filesystem_of(Path("/srv/site.sqlite3"), mounts) == "ext4"
    assert safety.filesystem_of(Path("/srv/site.sqlite3"), tmp_path / "nowhere") == ""


def test_what_django_finds_is_told(monkeypatch):
    found = [Check("Something is weak.", "Make it strong.", id="security.W999")]
    monkeypatch.setattr(safety, "run_checks", lambda include_deployment_checks: found)

    assert told_of() == ["Django says: Something is weak. (security.W999)"]


def test_what_follows_from_an_open_address_is_told_once(monkeypatch, safe):
    safe.SECURE, safe.SITE_ADDRESS = False, "http://harrow.example"
    monkeypatch.setattr(safety, "run_checks", lambda include_deployment_checks: [Check("HSTS", id="security.W004")])

    assert len(told_of()) == 1
