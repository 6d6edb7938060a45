"""What ``deploy`` sets up, as far as it runs without an engine: each part begun once, with the files that lie there."""

import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.conftest import PARTNERSHIP
from tests.web.deployed.database import DEPLOY, SERVICES, Database, free_port

# Seconds; a machine that is busy with other tests is no mistake of the site's.
PATIENCE = 30
AUTHORITIES = "responsible_authorities: [Example Borough Council, Example Police]\n"


@pytest.fixture(scope="session")
def database():
    """The database, with the site's role in it."""
    made = Database()
    try:
        made.begin()
        yield made
    finally:
        made.end()


@dataclass
class Site:
    """A site that answers at a socket."""

    folder: Path
    socket: Path
    address: str
    environment: dict[str, str]

    def command(self, *words, program=("-m", "frankpledge")):
        """What a command of it prints."""
        done = subprocess.run(
            [sys.executable, *program, *words],
            cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, path, **headers):
        """What the site itself answers to what comes by https, as the proxy says."""
        transport = httpx.HTTPTransport(uds=str(self.socket))
        with httpx.Client(
            transport=transport, base_url=self.address.replace("https", "http"), timeout=PATIENCE
        ) as client:
            return client.get(path, headers={"X-Forwarded-Proto": "https", **headers})


@pytest.fixture(scope="session")
def site(database, tmp_path_factory):
    """The site, begun as the image begins it, without its worker."""
    folder = tmp_path_factory.mktemp("deployed") / "site"
    folder.mkdir()
    (folder / "partnership.yaml").write_text(PARTNERSHIP + AUTHORITIES)
    # A socket's path may have a hundred signs.
    path = database.place / "site.sock"
    address = f"https://localhost:{free_port()}"
    # Without what compose.yaml leaves to the host.
    fixed = {name: told for name, told in SERVICES["site"]["environment"].items() if not told.startswith("${")}
    own = {
        "FRANKPLEDGE_SITE": str(folder),
        "FRANKPLEDGE_KEYS": str(folder.with_name("site.keys")),
        "FRANKPLEDGE_ADDRESS": address,
        "DATABASE_URL": database.address(),
        "DJANGO_SETTINGS_MODULE": "frankpledge.web.config.settings",
    }
    made = Site(folder, path, address, os.environ | fixed | own)
    command = [sys.executable, "-m", "frankpledge", "serve", "--socket", str(path), "--no-worker"]
    with (folder / "said").open("w") as said:
        process = subprocess.Popen(command, cwd=folder, env=made.environment, stderr=said)
    try:
        wait_for(path, process, folder / "said")
        yield made
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def wait_for(where, process, said):
    """Wait until something listens at a socket or a port."""
    for _ in range(600):
        assert process.poll() is None, said.read_text()
        with socket.socket(socket.AF_UNIX if isinstance(where, Path) else socket.AF_INET) as asked:
            if asked.connect_ex(str(where) if isinstance(where, Path) else where) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(said.read_text())


@dataclass
class Proxy:
    """A proxy before a socket."""

    address: str
    in_clear: str
    said: Path
    authority: Path

    def client(self):
        """Somebody who comes from outside, and believes the proxy's own authority alone."""
        trusted = ssl.create_default_context(cafile=self.authority)
        return httpx.Client(base_url=self.address, verify=trusted, timeout=PATIENCE)

    def told(self, words):
        """All that it has said, once these words are in it."""
        for _ in range(100):
            said = self.said.read_text()
            if words in said:
                return said
            time.sleep(0.05)
        raise AssertionError(said)


@pytest.fixture(scope="session")
def proxies(tmp_path_factory):
    """Begins a proxy for an address, before a socket."""
    if shutil.which("caddy") is None:
        pytest.skip("needs Caddy: sudo apt-get install caddy")
    begun = []

    def begin(address, path):
        folder = tmp_path_factory.mktemp("proxy")
        port = free_port()
        in_clear = f"http://localhost:{port}"
        made = Proxy(
            address, in_clear, folder / "said", folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        )
        (folder / "Caddyfile").write_text(_settings(path, port))
        # A newer Caddy tidies its folder as it starts, and may take away what it is about to fill: it tidied just now.
        (folder / "caddy").mkdir()
        tidied = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        (folder / "caddy" / "last_clean.json").write_text(json.dumps({"tls": {"timestamp": tidied}}))
        environment = os.environ | {"FRANKPLEDGE_ADDRESS": address, "XDG_DATA_HOME": str(folder), "HOME": str(folder)}
        command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
        with made.said.open("w") as said:
            begun.append(subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=said))
        wait_for(("127.0.0.1", httpx.URL(address).port), begun[-1], made.said)
        # It listens before it has one.
        made.told("certificate obtained successfully")
        return made

    yield begin
    for process in begun:
        process.terminate()
        process.wait(timeout=30)


def _settings(path, port):
    """The Caddyfile, with a socket and a port elsewhere, and an authority that this computer does not come to trust."""
    text = (DEPLOY / "Caddyfile").read_text()
    text = text.replace("/run/frankpledge/site.sock", str(path))
    text = text.replace("\tadmin off\n", f"\tadmin off\n\tskip_install_trust\n\thttp_port {port}\n")
    version = subprocess.run(["caddy", "version"], capture_output=True, text=True, check=True).stdout.lstrip("v")
    if tuple(int(part) for part in version.split()[0].split(".")) < (2, 6, 4):
        # The one word in it that Debian's Caddy does not know yet, by its name of then.
        text = text.replace("request_buffers 10MB", "buffer_requests")
    return text
