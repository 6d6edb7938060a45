"""Keys, and signed heads, of a test's own."""

import pytest

from frankpledge.keys import KeyFolder
from frankpledge.web.keys.keyring import Keyring
from tests.web.audit.conftest import heads, own_database  # noqa: F401


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    """Nothing is made sure to be on the disk: no test cuts the power."""
    monkeypatch.setattr("os.fsync", lambda handle: None)


@pytest.fixture
def ring(tmp_path):
    """The keys of a new site."""
    made = Keyring(KeyFolder(tmp_path / "site.keys"))
    made.make_site()
    return made


@pytest.fixture
def site(ring, settings):
    """The keys of a new site, which is the one at hand."""
    settings.KEYRING = ring
    return ring


class Crash(BaseException):
    """The power is cut."""


@pytest.fixture
def cut_at(monkeypatch):
    """Cuts the power at the n-th moment at which something is made sure to be on the disk; None: never."""

    def cut_at(moment):
        count = 0

        def fsync(handle):
            nonlocal count
            count += 1
            if count == moment:
                raise Crash

        monkeypatch.setattr("os.fsync", fsync)

    return cut_at
