"""The rules, a small module each: what can be told to be wrong from the document alone, and what it is told by.

Each module of this package is a rule, found by itself: its ``tested`` yields all it has compared, with an objection
where that does not fit.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import lru_cache

from frankpledge.claims.documents import ReadDocument
from frankpledge.claims.objections import Tested

Rule = Callable[[ReadDocument], Iterator[Tested]]


@lru_cache
def all_rules() -> dict[str, Rule]:
    """Name of its module → rule."""
    modules = {one.name: importlib.import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__)}
    return {name: module.tested for name, module in modules.items()}
