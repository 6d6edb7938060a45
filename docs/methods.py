"""The reference page of statistical methods: every public function, what it gives, and where the method is from."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from types import FunctionType, ModuleType

from frankpledge import linkage, statistics

INTRODUCTION = """# Statistical methods

What `frankpledge.statistics` and `frankpledge.linkage` can work out, each with the name of its method and its source as
the function itself states them. They are pure functions, numbers in and numbers out, and can be used from a notebook:

```python
from frankpledge.statistics.change import compare_counts

compare_counts(16, 25).p_value  # 0.211
```

Each is compared in `tests/reference` with a second implementation written as naively as possible, and with published
examples where one could be read: `tests/reference/test_published_examples.py` names them."""


def modules() -> Iterator[ModuleType]:
    """Every module of the statistics, in order of name; then linkage."""
    for found in sorted(
        pkgutil.walk_packages(statistics.__path__, "frankpledge.statistics."), key=lambda one: one.name
    ):
        if not found.ispkg:
            yield importlib.import_module(found.name)
    yield linkage


def sections() -> Iterator[tuple[str, str, list[tuple[str, str, str]]]]:
    """For each module its name, what it is for, and its functions: name, what it gives, method and source."""
    for module in modules():
        rows = [
            (f"`{name}`", _first(function), _notes(function))
            for name, function in inspect.getmembers(module, inspect.isfunction)
            if _belongs(name, function, module)
        ]
        if rows:
            yield module.__name__.removeprefix("frankpledge."), _paragraph(inspect.getdoc(module) or ""), rows


def _belongs(name: str, function: FunctionType, module: ModuleType) -> bool:
    return not name.startswith("_") and function.__module__.startswith(module.__name__)


def _first(function: FunctionType) -> str:
    return _paragraph(inspect.getdoc(function) or "")


def _notes(function: FunctionType) -> str:
    found = re.search(r"\nNotes\n-+\n(.*?)(?=\n\n[A-Z][a-z]+\n-+\n|\Z)", inspect.getdoc(function) or "", re.DOTALL)
    return " ".join(found.group(1).split()) if found else ""


def _paragraph(text: str) -> str:
    return " ".join(text.split("\n\n")[0].split())
