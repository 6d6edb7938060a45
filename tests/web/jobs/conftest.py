"""A register of kinds of work with nothing in it but what a test puts there."""

import pytest

from frankpledge.web.jobs import kinds


@pytest.fixture
def register(monkeypatch):
    """Registers a kind of work for one test."""
    monkeypatch.setattr(kinds, "KINDS", {})
    for module in ("actions", "heart", "queries", "queue", "worker"):
        monkeypatch.setattr(f"frankpledge.web.jobs.{module}.KINDS", kinds.KINDS)
    return kinds.register
