"""Settings: what is given is read strictly, and what is wrong is said with what to do."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from frankpledge.errors import SettingError, WorkspaceError
from frankpledge.web.config.environment import existing_file, setting, whole_number
from frankpledge.web.config.mail import mail_settings
from frankpledge.web.site_folder import SiteFolder, find_site_folder

SETTINGS = Path(__file__).parents[3] / "src/frankpledge/web/config/settings.py"


def test_setting_without_a_value_is_named_with_where_it_belongs(monkeypatch):
    monkeypatch.delenv("FRANKPLEDGE_ANY", raising=False)

    with pytest.raises(SettingError, match=r"FRANKPLEDGE_ANY has no value.*dotenv-sample"):
        setting("FRANKPLEDGE_ANY")


def test_empty_setting_is_the_default(monkeypatch):
    monkeypatch.setenv("FRANKPLEDGE_ANY", "  ")

    assert setting("FRANKPLEDGE_ANY", "x") == "x"


@pytest.mark.parametrize("text", ["a", "-1", "1.5", "2"])
def test_number_that_is_none_or_too_small_is_refused(monkeypatch, text):
    monkeypatch.setenv("FRANKPLEDGE_ANY", text)

    with pytest.raises(SettingError, match="3 or more"):
        whole_number("FRANKPLEDGE_ANY", 15, least=3)


def test_file_that_is_named_must_be_there(monkeypatch, tmp_path):
    monkeypatch.delenv("FRANKPLEDGE_ANY", raising=False)
    assert existing_file("FRANKPLEDGE_ANY") is None
    monkeypatch.setenv("FRANKPLEDGE_ANY", str(tmp_path / "list.txt"))

    with pytest.raises(SettingError, match="no such file"):
        existing_file("FRANKPLEDGE_ANY")

    (tmp_path / "list.txt").touch()
    assert existing_file("FRANKPLEDGE_ANY") == tmp_path / "list.txt"


def test_mail_server_is_read_from_one_address(tmp_path):
    found = mail_settings("smtp+tls://user:pass%40word@mail.example.gov.uk", tmp_path)

    assert found["EMAIL_HOST"] == "mail.example.gov.uk"
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (587, True, False)
    assert found["EMAIL_HOST_PASSWORD"] == "pass@word"


def test_without_a_mail_server_each_email_is_a_file(tmp_path):
    assert mail_settings("", tmp_path)["EMAIL_FILE_PATH"] == tmp_path / "outbox"


@pytest.mark.parametrize("address", ["post.example.org", "http://mail.example.gov.uk", "smtp://"])
def test_anything_else_is_no_mail_server_and_is_not_repeated(tmp_path, address):
    with pytest.raises(SettingError) as refused:
        mail_settings(address, tmp_path)

    assert address not in str(refused.value)


def started(folder, **environment):
    """What the site's settings say in a process of their own."""
    lines = "import django; django.setup(); from django.conf import settings as s\n"
    asked = "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0, s.ALLOWED_HOSTS)"
    given = {key: value for key, value in os.environ.items() if not key.startswith(("FRANKPLEDGE", "DATABASE"))}
    site = {"FRANKPLEDGE_SITE": str(folder), "FRANKPLEDGE_KEYS": os.environ["FRANKPLEDGE_KEYS"]}
    return subprocess.run(
        [sys.executable, "-c", lines + asked],
        env=given | site | {"DJANGO_SETTINGS_MODULE": "frankpledge.web.config.settings"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_secure_address_makes_cookies_and_headers_strict(tmp_path):
    result = started(tmp_path, FRANKPLEDGE_ADDRESS="https://safer.example.gov.uk")

    assert result.stdout.strip() == "__Host-session True True ['safer.example.gov.uk']"


def test_address_is_where_the_site_was_last_served(tmp_path):
    SiteFolder(tmp_path).remember("http://localhost:8123")

    assert "False False ['localhost']" in started(tmp_path).stdout
    assert SiteFolder(tmp_path).address == "http://localhost:8123"


def test_no_secret_has_a_value_in_the_settings():
    text = SETTINGS.read_text(encoding="utf-8")

    assert re.findall(r"""^SECRET_KEY\s*=\s*["']""", text, re.MULTILINE) == []
    assert "KEYRING.secret" in text


def test_site_folder_is_found_from_within(tmp_path):
    inside = tmp_path / "partnerships" / "harrow" / "raw"
    inside.mkdir(parents=True)
    (tmp_path / "partnerships" / "harrow" / "partnership.yaml").write_text("schema: 1\n")

    assert find_site_folder(inside).folder == tmp_path
    assert [one.folder.name for one in find_site_folder(tmp_path).workspaces] == ["harrow"]


def test_workspace_by_itself_is_a_site_of_one(tmp_path):
    (tmp_path / "partnership.yaml").write_text("schema: 1\n")

    site = find_site_folder(tmp_path)

    assert site.folder == tmp_path
    assert [one.folder for one in site.workspaces] == [tmp_path]


def test_anywhere_else_is_no_site_folder(tmp_path):
    with pytest.raises(WorkspaceError, match="not in a site folder"):
        find_site_folder(tmp_path)


@pytest.mark.django_db
def test_machines_are_answered_where_they_ask_and_people_are_sent_to_https(client, settings):
    settings.SECURE = settings.SECURE_SSL_REDIRECT = True
    word = {"authorization": f"Bearer {settings.KEYRING.secret('metrics')}"}

    paths = ("/health", "/metrics", "/sign-in/", "/healthy/")
    asked = {path: client.get(path, headers=word).status_code for path in paths}

    assert asked["/health"] == 200
    # Not for the word, either: it has just been said in clear.
    assert asked["/metrics"] == 404
    assert client.get("/metrics", headers=word, secure=True).status_code == 200
    assert (asked["/sign-in/"], asked["/healthy/"]) == (301, 301)
