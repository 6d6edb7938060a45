"""The furniture alone: its own addresses, and of the middleware what a page without people needs."""

import threading

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.urls import clear_url_caches

from tests.web.design.asking import WHO

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "frankpledge.web.design.headers.strict_headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tests.web.design.asking.somebody",
]


@pytest.fixture(autouse=True)
def _furniture(settings):
    """The furniture's own addresses and middleware; nobody signed in."""
    settings.ROOT_URLCONF = "tests.web.design.urls"
    settings.MIDDLEWARE = MIDDLEWARE
    settings.MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
    settings.ALLOWED_HOSTS = ["127.0.0.1", "testserver", "localhost"]
    clear_url_caches()
    WHO.clear()
    yield
    WHO.clear()
    clear_url_caches()


class _Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, *words):
        """Nothing."""


@pytest.fixture
def site(_furniture):
    """Where a browser finds the furniture. It has threads, for a browser opens connections and says nothing on them."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    server.set_app(StaticFilesHandler(WSGIHandler()))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
