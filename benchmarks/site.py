"""The site against what it is made of: a sealed field against Fernet, a signed-in page against its template alone.

python -m benchmarks.site measures these alone.
"""

from __future__ import annotations

import hashlib
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from benchmarks.measuring import Line, measure, print_table, watch
from tests.conftest import PARTNERSHIP

# As many as a page shows at most, of as many people.
TEXTS, PEOPLE = 10_000, 100
# As a partnership has that meets in one room.
SEATED = 20
ROUNDS = 200
# Over a socket: fewer than are held up in a minute; and as many at once as there are threads.
SERVED, TOGETHER = 100, 8
# What is drawn anew for each request.
_DRAWN_ANEW = re.compile(rb'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|data-left-seconds="[^"]*"')


def lines(folder: Path) -> list[Line]:
    """Measure both."""
    return [*_sealing(folder / "sealing"), *_page(folder / "page")]


# A sealed field


def our_field(folder: str) -> dict[str, Any]:
    """Seal each text as saving a record does, and open it as reading one does.

    Each person has a key of their own, and each time it is made sure that nobody has destroyed it.
    """
    _begin(folder)
    from frankpledge.web.keys.fields import keyring, sealed_fields
    from frankpledge.web.partners.models import Person

    field = sealed_fields(Person)[0]
    people = [Person(id=uuid4()) for _ in range(PEOPLE)]
    for one in people:
        keyring().make(one.id)

    def work() -> str:
        digest = hashlib.sha256()
        for number, text in enumerate(_texts()):
            person = people[number % PEOPLE]
            person.name = text
            person.name = field.pre_save(person, add=True)
            digest.update(person.name.encode())
        return digest.hexdigest()

    done = watch(work, times=5)
    return {"seconds": done.seconds, "read": done.answer}


def fernet(folder: str) -> dict[str, Any]:
    """The same texts with cryptography's Fernet, as packages of encrypted fields use it: one key, held in memory."""
    from cryptography.fernet import Fernet

    cipher = Fernet(Fernet.generate_key())

    def work() -> str:
        digest = hashlib.sha256()
        for text in _texts():
            digest.update(cipher.decrypt(cipher.encrypt(text.encode())))
        return digest.hexdigest()

    done = watch(work, times=5)
    return {"seconds": done.seconds, "read": done.answer}


def _texts() -> list[str]:
    """Names, addresses and a few sentences."""
    return [f"Ann Example {number}" * (1 + number % 10) for number in range(TEXTS)]


def _sealing(site: Path) -> list[Line]:
    print(f"Sealing and opening {TEXTS:,} texts of {PEOPLE} people", file=sys.stderr)
    ours, theirs = (measure(f"benchmarks.site:{way}", str(site)).answer for way in ("our_field", "fernet"))
    assert ours["read"] == theirs["read"], "both must read what was written"
    each = ours["seconds"] / TEXTS * 1_000_000
    return [
        ("a sealed field, sealed and opened, against Fernet", f"{ours['seconds'] / theirs['seconds']:.2f} x", "3 x"),
        ("  each", f"{each:.0f} µs", ""),
    ]


# A page


def signed_in(folder: str) -> dict[str, Any]:
    """The page of a partnership's people: as somebody signed in sees it, and as its template alone draws it."""
    _begin(folder)
    page, drawn = _pages()
    whole, alone = watch(page, times=ROUNDS), watch(drawn, times=ROUNDS)
    assert _DRAWN_ANEW.sub(b"", whole.answer) == _DRAWN_ANEW.sub(b"", alone.answer), "both must draw the same page"
    return {"whole": whole.seconds, "alone": alone.seconds}


def served(folder: str) -> dict[str, Any]:
    """The same page over a socket, as `frankpledge serve` serves it: one after another, and to several at once."""
    _begin(folder)
    from django.conf import settings

    client = _somebody()
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    with _serving(folder) as port:
        alone = _seconds_of_each(port, cookie)
        with ThreadPoolExecutor(TOGETHER) as threads:
            each = [threads.submit(_seconds_of_each, port, cookie, SERVED // TOGETHER) for _ in range(TOGETHER)]
            together = [seconds for one in each for seconds in one.result()]
    return {"alone": statistics.median(alone), "together": statistics.median(together)}


@contextmanager
def _serving(folder: str) -> Iterator[int]:
    """The port of a site that runs in a folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "frankpledge", "serve", "--port", str(port), "--no-worker"]
    server = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        for _ in range(300):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


def _seconds_of_each(port: int, cookie: str, times: int = SERVED) -> list[float]:
    """How long each of some requests for the page takes, over one connection that is kept open."""
    connection = HTTPConnection("127.0.0.1", port)
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        connection.request("GET", "/people/", headers={"Host": "localhost", "Cookie": cookie})
        answer = connection.getresponse()
        assert (answer.status, b"Ann Example" in answer.read()) == (200, True)
        seconds.append(time.perf_counter() - begun)
    connection.close()
    return seconds


def _somebody() -> Any:
    """The browser of somebody signed in, in a partnership of their own."""
    from django.test import Client

    from frankpledge.web.partners.roles import Administrator
    from tests.web.making import partnership, person, seat_of, sign_in

    seat = seat_of(partnership(f"measured-{uuid4().hex[:8]}"))
    for _ in range(SEATED):
        person(seat)
    return sign_in(Client(SERVER_NAME="localhost"), person(seat, Administrator.name), seat=seat)


def _pages() -> tuple[Callable[[], bytes], Callable[[], bytes]]:
    """What asks for the page, and for the same of a Django that has no middleware and draws what it was given once."""
    from django.conf import settings
    from django.http import HttpRequest, HttpResponse
    from django.shortcuts import render
    from django.test import Client
    from django.urls import path, reverse

    from frankpledge.web.config.urls import urlpatterns
    from frankpledge.web.partners import views

    client = _somebody()
    # Nobody asks so often; what holds them up has tests of its own.
    settings.MOST_A_MINUTE = ROUNDS * 10
    with patch.object(views, "render", wraps=render) as given:
        client.get(reverse("people"))

    def draw(request: HttpRequest) -> HttpResponse:
        return render(*given.call_args.args)

    settings.ROOT_URLCONF = (path("drawn/", draw), *urlpatterns)
    settings.MIDDLEWARE, ours = [], settings.MIDDLEWARE
    alone = Client(SERVER_NAME="localhost")
    alone.get("/drawn/")
    settings.MIDDLEWARE = ours
    return (lambda: client.get(reverse("people")).content), (lambda: alone.get("/drawn/").content)


def _page(site: Path) -> list[Line]:
    print(f"A page of {SEATED} people, signed in and drawn alone, {ROUNDS} times", file=sys.stderr)
    found = measure("benchmarks.site:signed_in", str(site)).answer
    over = measure("benchmarks.site:served", str(site.with_name("served"))).answer
    return [
        (f"a signed-in page of {SEATED} people, median", f"{found['whole'] * 1000:.0f} ms", "50 ms"),
        ("  over a socket", f"{over['alone'] * 1000:.0f} ms", "50 ms"),
        (f"  and to {TOGETHER} at once", f"{over['together'] * 1000:.0f} ms", ""),
        ("  against its template alone", f"{found['whole'] / found['alone']:.1f} x", "4 x"),
        ("  of which the template", f"{found['alone'] * 1000:.0f} ms", ""),
    ]


def _begin(folder: str) -> None:
    """Have Django read the settings of a site in a folder, whose keys and database are made the first time."""
    workspace = Path(folder) / "partnerships" / "measured"
    workspace.mkdir(parents=True)
    (workspace / "partnership.yaml").write_text(PARTNERSHIP + "responsible_authorities: [Example Council]\n")
    os.environ |= {"FRANKPLEDGE_SITE": folder, "DJANGO_SETTINGS_MODULE": "frankpledge.web.config.settings"}
    os.environ.pop("DATABASE_URL", None)
    from frankpledge.keys import key_folder
    from frankpledge.web.keys.keyring import Keyring

    Keyring(key_folder(Path(folder))).make_site()
    import django

    django.setup()
    from django.db import connection

    from frankpledge.web.operation.upgrade import put_in_place

    put_in_place(connection)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        print_table(lines(Path(place)))
