"""A database that a test may commit to, as the audit's tests have it."""

from tests.web.audit.conftest import heads, own_database  # noqa: F401
