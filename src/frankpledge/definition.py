"""Reading a definition: YAML text that an analyst can review, parsed once into typed values.

Every mistake is reported with its file, its line and what to write instead. The rooms that own a
kind of definition (indicators, assessment, workspace…) turn an `Entry` into their own dataclass.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from frankpledge.errors import DefinitionError

PACKAGED = Path(str(files("frankpledge"))) / "definitions"

SCHEMA = 1

# Safe: it makes plain values only. The one in C, where it was built, is ten times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# One for all values: to make a loader for each costs more than all else.
_SCALARS = yaml.SafeLoader("")


@dataclass(frozen=True)
class Entry:
    """A mapping in a definition, which knows where it stands.

    Attributes
    ----------
    file, line
        Where it stands; the line counts from 1.
    values
        Key → plain value, list, or `Entry` for a mapping within.
    lines
        Key → the line it stands on.
    """

    file: Path
    line: int
    values: dict[str, Any]
    lines: dict[str, int]

    def problem(self, what: str, to_do: str, key: str | None = None) -> DefinitionError:
        """An error that names the file and the line."""
        line = self.lines.get(key or "", self.line)
        return DefinitionError(f"{self.file.name}, line {line}: {what}", to_do)

    def _value(self, key: str, kind: type | tuple[type, ...], kind_words: str, default: Any) -> Any:
        if key not in self.values or self.values[key] is None:
            if default is not _REQUIRED:
                return default
            raise self.problem(f"“{key}” is missing.", f"Add a line “{key}: …” with {kind_words}.")
        value = self.values[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.problem(f"“{key}” should be {kind_words}.", f"Write {kind_words} there.", key)
        return value

    def text(self, key: str, default: Any = ...) -> str:
        """A line or paragraph of text."""
        return str(self._value(key, (str, int, float), "text", _given(default))).strip()

    def number(self, key: str, default: Any = ...) -> float:
        """A number."""
        return float(self._value(key, (int, float), "a number", _given(default)))

    def whole(self, key: str, default: Any = ...) -> int:
        """A whole number."""
        return int(self._value(key, int, "a whole number", _given(default)))

    def flag(self, key: str, default: Any = ...) -> bool:
        """Yes or no."""
        return bool(self._value(key, bool, "true or false", _given(default)))

    def day(self, key: str, default: Any = ...) -> Any:
        """A day, written 2023-04-01; what `default` is where it is not there."""
        found = self._value(key, date, "a day, such as 2023-04-01", _given(default))
        # A time of day makes another kind of value, which cannot be set beside a day.
        if found is not None and type(found) is not date:
            raise self.problem(f"“{key}” should be a day without a time.", "Write it as 2023-04-01.", key)
        return found

    def texts(self, key: str, default: Any = ...) -> tuple[str, ...]:
        """A list of texts."""
        items = self._value(key, list, "a list", _given(default))
        if any(isinstance(item, list | Entry) for item in items):
            to_do = "Put quotes round a line with a colon in it."
            raise self.problem(f"“{key}” should hold lines of text.", to_do, key)
        return tuple(str(item).strip() for item in items)

    def entry(self, key: str, default: Any = ...) -> Entry:
        """A mapping within this one; an empty one when `default` is None and it is not there."""
        fallback = Entry(self.file, self.line, {}, {}) if default is None else _REQUIRED
        found = self._value(key, Entry, "a mapping", fallback)
        assert isinstance(found, Entry)
        return found

    def entries(self, key: str, default: Any = ...) -> tuple[Entry, ...]:
        """A list of mappings."""
        items = self._value(key, list, "a list", _given(default))
        for item in items:
            if not isinstance(item, Entry):
                raise self.problem(f"each of “{key}” should be a mapping.", "Write “key: value” pairs.", key)
        return tuple(items)

    def choice(self, key: str, among: tuple[str, ...], default: Any = ...) -> str:
        """One of a few words."""
        value = self.text(key, default)
        if value not in among:
            raise self.problem(f"“{key}” is “{value}”.", f"Write one of: {', '.join(among)}.", key)
        return value

    def only(self, *known: str) -> None:
        """Refuse a key nobody reads: it is nearly always a slip of the pen."""
        for key in self.values:
            if key not in known:
                raise self.problem(
                    f"“{key}” is not known here.", f"Take it out, or write one of: {', '.join(known)}.", key
                )

    def pairs(self) -> Iterator[tuple[str, Any]]:
        """Every key with its value."""
        yield from self.values.items()


_REQUIRED = object()


def _given(default: Any) -> Any:
    return _REQUIRED if default is ... else default


def read_definition(path: Path) -> Entry:
    """Read one definition file; one that comes with the package, and does not change while it runs, once.

    Raises
    ------
    DefinitionError
        When it is not YAML, is not a mapping, or is of another schema.
    """
    return _packaged(path) if path.is_relative_to(PACKAGED) else _read(path)


@cache
def _packaged(path: Path) -> Entry:
    return _read(path)


def _read(path: Path) -> Entry:
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise DefinitionError(
            f"{path.name}{line}: this is not YAML that can be read.", "Check indents, colons and quotes there."
        ) from error
    if not isinstance(node, yaml.MappingNode):
        raise DefinitionError(f"{path.name}: a definition is a list of “key: value” lines.", "Write it so.")
    try:
        entry = _entry(node, path)
    except RecursionError as error:
        raise DefinitionError(f"{path.name}: a part of it holds itself.", "Take out the “*” that names it.") from error
    if entry.whole("schema") != SCHEMA:
        raise entry.problem("this schema is not known.", f"Write “schema: {SCHEMA}”.", "schema")
    return entry


def _entry(node: yaml.MappingNode, path: Path) -> Entry:
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        line = key_node.start_mark.line + 1
        if key in values:
            raise DefinitionError(f"{path.name}, line {line}: “{key}” stands twice.", "Keep one of them.")
        values[key] = _plain(value_node, path)
        lines[key] = line
    return Entry(path, node.start_mark.line + 1, values, lines)


def _plain(node: yaml.Node, path: Path) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _entry(node, path)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, path) for item in node.value]
    try:
        return _SCALARS.yaml_constructors.get(node.tag, yaml.SafeLoader.construct_undefined)(_SCALARS, node)
    except (yaml.YAMLError, ValueError) as error:
        raise DefinitionError(
            f"{path.name}, line {node.start_mark.line + 1}: “{node.value}” cannot be read.",
            "Write plain text or a number, in quotes where it begins with ! or looks like a date.",
        ) from error


def definition_files(kind: str, overlay: Path | None = None) -> dict[str, Path]:
    """Slug → file of every definition of a kind, the workspace's own laid over the packaged ones.

    Parameters
    ----------
    kind
        Name of the folder: ``indicators``, ``assessments``, ``partnerships``…
    overlay
        A workspace's ``definitions`` folder.
    """
    found: dict[str, Path] = {}
    for folder in (PACKAGED, overlay):
        if folder is not None:
            found |= {path.stem: path for path in (folder / kind).glob("*.yaml")}
    return dict(sorted(found.items()))


def nearest_names(name: str, names: Iterable[str]) -> str:
    """What may have been meant, to follow a message that there is no such name; empty where nothing is near.

    >>> nearest_names("marac", ["burglary", "marac-cases"])
    'Did you mean marac-cases? '
    """
    held = {one.lower(): one for one in sorted(names)}
    asked = name.lower()
    near = dict.fromkeys([*(one for one in held if asked and asked in one), *get_close_matches(asked, held)])
    return f"Did you mean {' or '.join(held[one] for one in list(near)[:3])}? " if near else ""


def hash_of(*paths: Path) -> str:
    """A short hash of definition files' text, kept with every estimate made from them."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
