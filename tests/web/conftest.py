"""A site in a folder of the run's own, with keys beside it; DATABASE_URL says which database, or it is SQLite.

The settings are read when this is imported, so the folder is there before.
"""

import os
import tempfile
from pathlib import Path

import django
import pytest

_PLACE = Path(tempfile.mkdtemp(prefix="frankpledge-web-"))
os.environ["FRANKPLEDGE_SITE"] = str(_PLACE / "site")
os.environ["FRANKPLEDGE_KEYS"] = str(_PLACE / "site.keys")
# The browser's driver keeps an event loop in the test's own thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ["DJANGO_SETTINGS_MODULE"] = "frankpledge.web.config.settings"
(_PLACE / "site" / "static").mkdir(parents=True)

from frankpledge.keys import KeyFolder  # noqa: E402
from frankpledge.web.keys.keyring import Keyring  # noqa: E402

Keyring(KeyFolder(_PLACE / "site.keys")).make_site()
django.setup()
# Left in the environment, each worker of the run would be set up by it before this is imported, with the keys of the
# process that began them all.
del os.environ["DJANGO_SETTINGS_MODULE"]


@pytest.fixture(autouse=True)
def _quick(settings):
    """A quick hash for passwords; styles without a manifest."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
