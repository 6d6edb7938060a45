"""A server on this machine that misbehaves as it is told, and a fetch whose waits pass at once."""

import http.server
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from frankpledge.fetching.connection import open_client
from frankpledge.fetching.definition import Address, Part
from frankpledge.fetching.errand import Clock, Errand, Patience, Wanted

TODAY = datetime(2024, 3, 15, 12, tzinfo=UTC)

# A table large enough to be cut in two.
TABLE = "MajorText,MinorText,BoroughName,201801\n" + "".join(
    f"BURGLARY,DOMESTIC BURGLARY,Harrow,{number}\n" for number in range(5000)
)


class Server:
    """Answers each path with what it was given: one behaviour, or one after the other, the last for ever."""

    def __init__(self):
        self.behaviours = {}
        self.asked = []
        # Set at the end, so that no answer that is being held back outlives the test.
        self.ended = threading.Event()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                outer.answer(self)

            def log_message(self, *words):
                pass

        class Quiet(http.server.ThreadingHTTPServer):
            daemon_threads = False
            block_on_close = True

            def handle_error(self, request, client_address):
                pass

        self._server = Quiet(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_port}"

    def serve(self, path, *behaviours):
        """Answer a path so; returns its address."""
        self.behaviours[path] = list(behaviours)
        return self.url + path

    def requests(self, path):
        """The headers of every question about a path."""
        return [headers for asked, headers in self.asked if asked == path]

    def answer(self, handler):
        path = handler.path if handler.path in self.behaviours else handler.path.split("?")[0]
        self.asked.append((path, dict(handler.headers)))
        behaviours = self.behaviours.get(path, [status(404)])
        behaviour = behaviours.pop(0) if len(behaviours) > 1 else behaviours[0]
        # No test is about connections that are kept; those cut off must not be used again.
        handler.close_connection = True
        behaviour(handler)

    def close(self):
        self.ended.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def send(handler, code, body, headers, announced=None, chunked=False):
    """An answer; `announced` is its length as stated, where that is not the true one."""
    handler.send_response(code)
    stated = {"Content-Type": "text/csv", "Connection": "close"}
    if chunked:
        stated["Transfer-Encoding"] = "chunked"
    elif announced != "nothing":
        stated["Content-Length"] = str(len(body) if announced is None else announced)
    for name, value in (stated | headers).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n" if chunked else body)


def whole(body, *, ranges=True, chunked=False, announced=None, **headers):
    """A file as it should be answered: ranges when they are of this state, 304 when nothing has changed."""
    body = body.encode() if isinstance(body, str) else body
    headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def behave(handler):
        marks = {value for value in (headers.get("ETag"), headers.get("Last-Modified")) if value}
        if {handler.headers.get("If-None-Match"), handler.headers.get("If-Modified-Since")} & marks:
            send(handler, 304, b"", headers, announced="nothing")
            return
        first = handler.headers.get("Range", "").removeprefix("bytes=").removesuffix("-")
        if first and ranges and handler.headers.get("If-Range") in marks:
            rest = body[int(first) :]
            stated = {"Content-Range": f"bytes {first}-{len(body) - 1}/{len(body)}"}
            send(handler, 206, rest, headers | stated)
            return
        send(handler, 200, body, headers, announced=announced, chunked=chunked)

    return behave


def cut(body, after, announced=None, **headers):
    """The first bytes of a file, and then the connection is closed."""
    body = body.encode() if isinstance(body, str) else body
    headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def behave(handler):
        first = int(handler.headers.get("Range", "bytes=0-").removeprefix("bytes=").removesuffix("-"))
        if first:
            stated = {"Content-Range": f"bytes {first}-{len(body) - 1}/{len(body)}"}
            send(handler, 206, body[first : first + after], headers | stated, announced=len(body) - first)
        else:
            send(handler, 200, body[:after], headers, announced=announced or len(body))

    return behave


def status(code, body=b"", **headers):
    """An answer with a status."""
    return lambda handler: send(handler, code, body, {name.replace("_", "-"): value for name, value in headers.items()})


@pytest.fixture
def server(monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with closing(Server()) as started:
        yield started


class FastClock:
    """A clock by which every wait is over at once, and is remembered."""

    def __init__(self):
        self.seconds = 0.0
        self.waits = []

    def clock(self):
        return Clock(lambda: self.seconds, self.wait, lambda: TODAY + timedelta(seconds=self.seconds))

    def wait(self, seconds):
        self.waits.append(seconds)
        self.seconds += seconds


@pytest.fixture
def errand(tmp_path):
    """An errand into a folder, with what was said (`said`), moved (`bars`) and waited for (`waits`)."""
    clients = []

    def make(**patience):
        fast = FastClock()
        patience = Patience(**({"silence": 5.0} | patience))
        client = open_client(patience)
        clients.append(client)
        folder = tmp_path / "fetching"
        folder.mkdir(exist_ok=True)
        said, bars = [], []
        errand = Errand(client, folder, said.append, bars.append, patience, fast.clock())
        return SimpleNamespace(errand=errand, said=said, bars=bars, waits=fast.waits, fast=fast, folder=folder)

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def wanted(tmp_path):
    """A file wanted, of an address with few limits."""

    def make(place, /, name="file.csv", most=10**7, least=1, members=None, **address):
        made = {"name": "test", "title": "A test", "publisher": "Nobody", "page": "https://example.org/page"}
        of = Address(
            **(
                made
                | {"file": tmp_path / "nobody.yaml", "parts": (Part("", "mps-borough"),)}
                | {"most": most, "least": least}
                | address
            )
        )
        return Wanted(name, place, of, members or {}, most, least)

    return make
