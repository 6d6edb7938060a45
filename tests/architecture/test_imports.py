"""Who may import whom, kept by machine."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from importlinter import api

import frankpledge

ROOT = Path(__file__).parents[2]
PACKAGE = Path(frankpledge.__path__[0])

# Blocked before anything is imported, so that a hidden import would fail, not only be noticed.
WITHOUT_DJANGO = """
import sys
sys.modules["django"] = None
import importlib, pkgutil
import frankpledge
# A package is imported to be walked into: the site is left out before.
parts = [one.name for one in pkgutil.iter_modules(frankpledge.__path__, "frankpledge.")]
names = [name for name in parts if name not in ("frankpledge.__main__", "frankpledge.web")]
for name in list(names):
    path = getattr(importlib.import_module(name), "__path__", None)
    names += [one.name for one in pkgutil.walk_packages(path, f"{name}.")] if path else []
for name in names:
    importlib.import_module(name)
assert len(names) > 50, names
print(*sorted(name for name, module in sys.modules.items() if name.split(".")[0] == "django" and module is not None))
"""

NETWORK = {"socket", "ssl", "http", "urllib", "requests", "httpx", "aiohttp", "urllib3", "ftplib", "smtplib"}
NOT_PURE = NETWORK | {"duckdb", "ibis", "pyarrow", "yaml", "os", "subprocess", "pathlib"}


def test_import_contracts_hold(monkeypatch):
    monkeypatch.chdir(ROOT)
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

    result = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, result.stdout[-3000:]
    assert f"Contracts: {len(contracts)} kept, 0 broken." in result.stdout


def test_contracts_are_read_from_the_project(monkeypatch):
    monkeypatch.chdir(ROOT)

    names = {one["name"] for one in api.read_configuration()["contracts_options"]}

    assert {"Data flows one way", "Only the site knows Django", "Statistics are pure"} <= names


def test_library_is_imported_whole_without_django():
    result = subprocess.run([sys.executable, "-c", WITHOUT_DJANGO], capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == ""


def imported(path):
    """The outermost names that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_statistics_import_nothing_that_reaches_out():
    paths = sorted((PACKAGE / "statistics").glob("*.py"))
    assert len(paths) > 3

    for path in paths:
        assert not set(imported(path)) & NOT_PURE, path.name


def test_only_fetching_imports_a_network_client():
    reaching = {path.relative_to(PACKAGE).parts[0] for path in PACKAGE.rglob("*.py") if set(imported(path)) & NETWORK}

    # The site takes addresses apart, too; it is asked, and asks nobody but through its mail server and directory.
    assert reaching == {"fetching", "web"}
    assert {name for path in (PACKAGE / "web").rglob("*.py") for name in set(imported(path)) & NETWORK} == {"urllib"}
    assert not [
        path for path in (PACKAGE / "web").rglob("*.py") if "urllib.request" in path.read_text(encoding="utf-8")
    ]
    # Nothing there but the client that checks certificates, and the reading of an address into its parts.
    assert {name for path in (PACKAGE / "fetching").glob("*.py") for name in set(imported(path)) & NETWORK} == {
        "httpx",
        "urllib",
    }


def calls(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def test_only_the_gate_makes_released_values():
    makers = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if "Released" in calls(path)}

    assert makers == {"disclosure/gate.py"}


def test_only_the_build_and_the_connection_open_a_warehouse():
    openers = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr == "connect" and getattr(node.value, "id", "") == "duckdb":
                openers.add(path.relative_to(PACKAGE).as_posix())

    assert openers == {"warehouse/build.py", "warehouse/connection.py"}


@pytest.mark.parametrize(
    "room",
    [
        "statistics",
        "model",
        "sources",
        "warehouse",
        "indicators",
        "findings",
        "prose",
        "report",
        "returned",
        "fetching",
    ],
)
def test_room_neither_prints_nor_looks_at_the_command_line(room):
    for path in (PACKAGE / room).rglob("*.py"):
        assert "print" not in set(calls(path)), path
        assert "click" not in set(imported(path)), path
