"""The house style, as far as a machine can keep it."""

import ast
from pathlib import Path

import pytest

import frankpledge

PACKAGE = Path(frankpledge.__path__[0])
# Django writes migrations; what they do is read in the models.
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent.name != "migrations")
NAMES = [path.relative_to(PACKAGE).as_posix() for path in MODULES]
# Names that say nothing of what is inside, and so attract everything.
VAGUE = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "tools",
    "manager",
    "managers",
    "service",
    "services",
    "base",
}


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_module_opens_with_what_it_is_for(path):
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))

    assert words, f"{path.name} has no docstring"
    assert words.splitlines()[0].strip()


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_public_names_say_what_they_are(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))

    silent = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]

    assert silent == []


def test_no_module_has_a_name_that_says_nothing():
    assert len(MODULES) > 50
    vague = {name for name in NAMES for part in Path(name).with_suffix("").parts if part in VAGUE}

    assert vague == set()


def test_no_module_is_too_long_to_read():
    long = {name for name, path in zip(NAMES, MODULES, strict=True) if len(path.read_text().splitlines()) > 400}

    assert long == set()


def test_every_package_says_what_its_room_is_for():
    folders = {path.parent for path in MODULES}

    assert all((folder / "__init__.py").is_file() for folder in folders)


def test_public_names_of_the_library_are_all_there():
    assert len(frankpledge.__all__) == len(set(frankpledge.__all__)) > 5
    for name in frankpledge.__all__:
        assert getattr(frankpledge, name) is not None
