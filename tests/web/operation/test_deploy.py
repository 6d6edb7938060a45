"""What is deployed, as it stands in its files: images, networks, rights, no secret anywhere. ``tests/web/deployed``
begins what can be begun without an engine.
"""

import ast
import http.server
import importlib.metadata
import importlib.util
import os
import re
import shutil
import socketserver
import subprocess
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from packaging.requirements import Requirement

from frankpledge.keys import SETTING
from frankpledge.web.config import settings as site_settings

ROOT = Path(__file__).parents[3]
COMPOSE_TEXT = (ROOT / "deploy" / "compose.yaml").read_text()
COMPOSE = yaml.safe_load(COMPOSE_TEXT)
SERVICES = COMPOSE["services"]
LOGS_TEXT = (ROOT / "deploy" / "logs.yaml").read_text()
LOGS = yaml.safe_load(LOGS_TEXT)["services"]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()
# Instructions, each with the lines that it goes on over, without remarks.
INSTRUCTIONS = [
    tuple(line.split(None, 1))
    for line in re.sub(r"\\\n\s*", "", re.sub(r"(?m)^\s*#.*\n", "", DOCKERFILE)).splitlines()
    if line.strip()
]
SAMPLE = (ROOT / "dotenv-sample").read_text()
SAMPLED = dict(re.findall(r"(?m)^#([A-Z][A-Z_]*)=(.*)$", SAMPLE))
VARIABLES = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE_TEXT + LOGS_TEXT))
# What each service may do beyond what anybody may.
CAPABILITIES = {"certificates": ["CHOWN"], "proxy": ["NET_BIND_SERVICE"]}
READERS = ("setting", "whole_number", "existing_file", "names")
PINNED = re.compile(r"[a-z/]+:\d+\.\d+(\.\d+)?(-[a-z0-9-]+)?")


def said(instruction):
    return [rest for name, rest in INSTRUCTIONS if name == instruction]


def settings_read():
    """The names that the settings read from the environment."""
    tree = ast.parse(Path(site_settings.__file__).read_text())
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    named = [node.args[0].value for node in calls if getattr(node.func, "id", "") in READERS]
    return {*named, SETTING}


def test_every_setting_is_in_the_sample_and_nothing_else():
    only_compose = VARIABLES - settings_read()

    assert len(settings_read()) > 10
    assert set(SAMPLED) == settings_read() | only_compose


def test_sample_says_what_each_setting_is_for_and_sets_none():
    lines = SAMPLE.splitlines()

    assert [line for line in lines if line and not line.startswith("#")] == []
    for name in SAMPLED:
        before = lines[next(number for number, line in enumerate(lines) if line.startswith(f"#{name}=")) - 1]
        assert before.startswith(("# ", "#FRANKPLEDGE_DIRECTORY_")), f"{name} is not explained"


def test_sample_holds_no_secret():
    assert {urlsplit(SAMPLED[name]).password for name in ("DATABASE_URL", "FRANKPLEDGE_MAIL")} == {"PASSWORD"}


def test_every_variable_of_compose_is_in_the_sample():
    assert VARIABLES
    assert set(SAMPLED) >= VARIABLES


def test_every_setting_reaches_the_site():
    given = set(SERVICES["site"]["environment"]) | set(re.findall(r"(FRANKPLEDGE_[A-Z]+)=", " ".join(said("ENV"))))

    assert given == settings_read()


def test_compose_holds_no_secret_and_none_has_a_default():
    for name, service in SERVICES.items():
        for key, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|KEY|TOKEN", key):
                # Another whenever it is read, which nobody is told; or what the host says, and else nothing.
                assert re.fullmatch(r"/proc/sys/kernel/random/uuid|\$\{[A-Z_]+:-\}", value), f"{name}: {key}"
    assert urlsplit(SERVICES["site"]["environment"]["DATABASE_URL"]).password is None
    assert not re.search(r"://[^$\s]+:[^$\s]+@", COMPOSE_TEXT)


@pytest.mark.parametrize("name", SERVICES)
def test_image_has_a_version(name):
    assert PINNED.fullmatch(SERVICES[name]["image"])


@pytest.mark.parametrize("name", SERVICES)
def test_service_gets_no_new_rights(name):
    assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in SERVICES[name]
    assert not [one for one in SERVICES[name]["volumes"] if "docker.sock" in one]


@pytest.mark.parametrize("name", SERVICES)
def test_service_cannot_write_in_its_image_and_has_no_capabilities(name):
    assert SERVICES[name]["read_only"] is True
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert SERVICES[name].get("cap_add", []) == CAPABILITIES.get(name, [])


def test_only_the_proxy_is_reached_from_outside_and_the_database_by_nobody():
    inside = {name for name, network in COMPOSE["networks"].items() if network.get("internal")}

    assert [name for name, service in SERVICES.items() if service.get("ports")] == ["proxy"]
    assert set(SERVICES["database"]["networks"]) <= inside
    assert SERVICES["certificates"]["network_mode"] == "none"


def test_proxy_reaches_the_site_by_its_socket_and_no_service_by_a_network():
    others = {one for name, service in SERVICES.items() if name != "proxy" for one in service.get("networks", [])}
    folders = {name: mounts(name).get("socket") for name in SERVICES}

    assert not others & set(SERVICES["proxy"]["networks"])
    assert not said("EXPOSE")
    assert set(folders.values()) == {None, "/run/frankpledge"}
    assert folders["certificates"] is folders["database"] is None
    # The image's user is in this group, which alone may use the socket.
    assert SERVICES["proxy"]["group_add"] == ["10001"]
    assert "--mode 0750 --owner 10001 --group 10001 /run/frankpledge" in " ".join(said("RUN"))
    assert '"serve", "--socket", "/run/frankpledge/site.sock"' in said("CMD")[0]


def test_each_sees_its_own_certificates_alone():
    seen = {name: {one for one in mounts(name) if one.endswith("certificates")} for name in SERVICES}

    assert seen == {
        "certificates": {"database-certificates", "site-certificates"},
        "database": {"database-certificates"},
        "site": {"site-certificates"},
        "worker": {"site-certificates"},
        "proxy": set(),
    }


def test_logs_of_every_service_go_to_a_collector_where_one_is_named():
    assert set(LOGS) == set(SERVICES)
    for service in LOGS.values():
        assert service["logging"]["driver"] == "syslog"
        assert service["logging"]["options"]["mode"] == "non-blocking"
        assert service["logging"]["options"]["syslog-address"].startswith("tcp+tls://$")


def mounts(name):
    """Volume → where a service has it."""
    return dict(one.split(":")[:2] for one in SERVICES[name]["volumes"])


def test_keys_have_a_volume_of_their_own_that_the_database_and_the_proxy_have_not():
    assert [name for name in SERVICES if "keys" in mounts(name)] == ["site", "worker"]
    assert mounts("site")["keys"] == "/srv/keys"
    assert not mounts("site")["site"].startswith(mounts("site")["keys"])


def test_volumes_and_networks_that_are_named_are_there():
    used = {one.split(":")[0] for service in SERVICES.values() for one in service["volumes"]}

    assert {one for one in used if not one.startswith(".")} == set(COMPOSE["volumes"])
    assert {one for service in SERVICES.values() for one in service.get("networks", [])} == set(COMPOSE["networks"])
    assert all((ROOT / "deploy" / one).is_file() for one in used if one.startswith("."))


@pytest.mark.skipif(
    shutil.which("docker") is None
    or subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode != 0,
    reason="this computer's docker has no compose",
)
def test_compose_itself_takes_the_files():
    filled = dict.fromkeys(VARIABLES, "filled-in")
    files = [word for name in ("compose", "logs") for word in ("--file", str(ROOT / "deploy" / f"{name}.yaml"))]
    command = ["docker", "compose", *files, "config", "--quiet"]

    result = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | filled)

    assert result.returncode == 0, result.stderr


def test_images_that_ours_is_built_from_have_a_version():
    images = [rest.split()[0] for rest in said("FROM")]

    assert len(images) == 2
    assert all(PINNED.fullmatch(image) for image in images)


def test_image_does_not_run_as_root_and_says_whether_it_is_well():
    last = DOCKERFILE.rsplit("\nFROM ", 1)[1]

    assert re.findall(r"(?m)^USER (.+)$", last) == ["10001:10001"]
    assert last.index("\nUSER") > last.rindex("\nRUN")
    assert 'CMD ["python", "/opt/healthy.py"]' in said("HEALTHCHECK")[0]


def test_commands_of_the_image_are_lists_and_take_no_shell():
    assert all(rest.startswith("[") for rest in (*said("ENTRYPOINT"), *said("CMD")))


def test_image_installs_what_is_locked_and_nothing_else():
    installs = re.findall(r"pip install ([^&\n]*)", "\n".join(said("RUN")))

    assert len(installs) == 3
    assert all("--require-hashes" in one or ("--no-deps" in one and "--no-index" in one) for one in installs)
    assert not said("ADD")
    assert not re.search(r"apt-get|curl|wget|sudo|chmod 777|:latest", DOCKERFILE)


def test_image_holds_no_secret():
    assert not re.search(r"(?i)^\s*(ENV|ARG).*(password|secret|token)", DOCKERFILE, re.MULTILINE)
    assert not said("ARG")


def test_what_the_image_is_built_from_reaches_the_build():
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert ignored[ignored.index("*") :][0] == "*"
    copied = [part for rest in said("COPY") if "--from" not in rest for part in rest.split()[:-1]]

    assert copied
    for one in copied:
        assert (ROOT / one).exists(), one
        assert any(one == kept[1:] or one.startswith(f"{kept[1:]}/") for kept in ignored if kept.startswith("!")), one


def test_what_builds_the_wheel_is_locked_whole():
    (names,) = re.findall(r"\^\(([a-z|-]+)\)==", DOCKERFILE)
    locked = (ROOT / "requirements" / "development.txt").read_text()
    needed = {"hatchling"}
    for text in importlib.metadata.requires("hatchling"):
        one = Requirement(text)
        if one.marker is None or one.marker.evaluate({"python_version": "3.11"}):
            needed.add(one.name)

    assert set(names.split("|")) == needed
    assert all(re.search(rf"(?m)^{name}==", locked) for name in needed)


def test_proxy_passes_on_who_asks_and_keeps_the_metrics_in():
    caddy = (ROOT / "deploy" / "Caddyfile").read_text()

    assert "{$FRANKPLEDGE_ADDRESS}" in caddy
    assert "reverse_proxy unix//run/frankpledge/site.sock" in caddy
    assert "header_up X-Forwarded-For {remote_host}" in caddy
    assert "respond /metrics 404" in caddy
    # What went wrong, without what was asked for; of what went well, nothing.
    assert re.findall(r"(?m)^\s*log\b.*", caddy) == ["\tlog {"]
    assert "request delete" in caddy
    assert SERVICES["site"]["environment"]["FRANKPLEDGE_PROXIES"] == "1"


class Site(http.server.BaseHTTPRequestHandler):
    """Answers as the site does: to its own name alone, and by https."""

    def do_GET(self):
        known = self.headers["Host"] == "site.example" and self.headers["X-Forwarded-Proto"] == "https"
        self.send_response(200 if known and self.path == "/health" else 400)
        self.end_headers()
        self.wfile.write(b"ok" if known else b"not ok")

    def log_message(self, *_):
        pass


@pytest.fixture
def healthy():
    spec = importlib.util.spec_from_file_location("healthy", ROOT / "deploy" / "healthy.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Server(socketserver.UnixStreamServer):
    """Listens at a socket."""

    def get_request(self):
        request, _ = super().get_request()
        return request, ("", 0)


def test_container_asks_the_site_by_its_own_name(healthy, tmp_path):
    path = str(tmp_path / "site.sock")
    with Server(path, Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        answers = [healthy.is_well(address, path) for address in ("https://site.example", "http://other")]
        server.shutdown()
        thread.join()

    assert answers == [True, False]


def test_container_whose_site_does_not_answer_is_not_well(healthy, tmp_path):
    assert healthy.is_well("https://site.example", str(tmp_path / "nothing.sock")) is False
