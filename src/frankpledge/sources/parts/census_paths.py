"""The words of a Census table as paths among populations: ``Ethnic group: White: Irish`` is ``ethnicity/white/irish``.

The publisher's own words by one rule (`slug`), and the short names of ``definitions/sources/census-topics.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from frankpledge.definition import PACKAGED, read_definition
from frankpledge.sources.parts.measures import slug

# People that a question was not put to: they are no part of the table's total.
NOT_ASKED = "does-not-apply"

_TOPICS = PACKAGED / "sources" / "census-topics.yaml"
_COUNTED = re.compile(r";\s*measures:\s*value\s*$", re.IGNORECASE)
_CATEGORIES = re.compile(r"\s*\(\d+[a-z]? categories\)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Topic:
    """A variable of the Census: where its total stands among populations, and what its categories are called."""

    path: str
    names: Mapping[str, str]


@lru_cache(maxsize=1)
def _known() -> dict[str, Topic]:
    found: dict[str, Topic] = {}
    for entry in read_definition(_TOPICS).entries("topics"):
        entry.only("path", "words", "names")
        names = {slug(one.text("words")): one.text("name") for one in entry.entries("names", [])}
        topic = Topic(entry.text("path"), names)
        found |= {slug(words): topic for words in entry.texts("words")}
    return found


def topic_of(variable: str) -> Topic:
    """The topic of a variable, by the publisher's words; one that nobody has named goes by those.

    >>> topic_of("Ethnic group (20 categories)").path
    'ethnicity'
    """
    bare = slug(_CATEGORIES.sub("", variable))
    return _known().get(bare) or Topic(bare, {})


def is_known(variable: str) -> bool:
    """Whether a variable has a short name here."""
    return slug(_CATEGORIES.sub("", variable)) in _known()


def heading_path(heading: str) -> str | None:
    """The path of a column of a table in the bulk layout; None where it names no variable.

    >>> heading_path("Tenure of household: Social rented: Other social rented; measures: Value")
    'households/tenure/social-rented/other'
    """
    parts = re.split(r":\s*", _COUNTED.sub("", heading).strip())
    if len(parts) < 2:
        return topic_of(parts[0]).path if is_known(parts[0]) else None
    return category_path(topic_of(parts[0]), ": ".join(parts[1:]))


def category_path(topic: Topic, category: str) -> str:
    """The path of a category; “Total” and “Total: All households” are the topic itself."""
    parts = [slug(part) for part in re.split(r":\s*", category.strip())]
    if parts[0] == "total" or parts[0].startswith("all-usual-residents"):
        return topic.path
    return "/".join([topic.path, *(topic.names.get(part, part) for part in parts)])


def sums(given: Iterable[str], root: str) -> list[tuple[str, str]]:
    """Sums that a table leaves out: pairs of a path that is not given and a given path it is the sum of.

    >>> sums(["tenure/rented/council", "tenure/rented/other", "tenure"], "tenure")
    [('tenure/rented', 'tenure/rented/council'), ('tenure/rented', 'tenure/rented/other')]
    """
    paths = [path for path in given if not path.endswith(NOT_ASKED)]
    leaves = [path for path in paths if not any(other.startswith(f"{path}/") for other in paths)]
    pairs = {(above, leaf) for leaf in leaves for above in _above(leaf, root) if above not in paths}
    return sorted(pairs)


def _above(path: str, root: str) -> list[str]:
    """The paths that hold a path, down from the topic itself."""
    parts = path.split("/")
    return [above for end in range(1, len(parts)) if (above := "/".join(parts[:end])).startswith(root)]
