"""Sentences from findings. The words are in ``definitions/wording``; here they are only filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from frankpledge.definition import Entry, definition_files, hash_of, read_definition
from frankpledge.model.document import Run, Runs, Term

_SLOT = re.compile(r"\{(\w+)\}")


class Wording:
    """The catalogue of sentences in one language."""

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        self.hash = hash_of(entry.file)

    def sentence(self, *keys: str, **fillings: Run) -> Runs:
        """A sentence of the catalogue with its words in braces filled in.

        Parameters
        ----------
        keys
            Where it stands: ``"change", "rose"``.
        fillings
            What goes into each slot: a word, or a figure.

        Raises
        ------
        DefinitionError
            When the catalogue has no such sentence, or it names a slot nobody fills.
        """
        return _fill(self._find(keys), fillings, self._entry)

    def word(self, *keys: str) -> str:
        """A word or sentence of the catalogue that has no slots."""
        return self._find(keys)

    def terms(self) -> tuple[Term, ...]:
        """The glossary of documents; a term without other forms is looked for as it is written."""
        return tuple(
            Term(entry.text("word"), entry.text("meaning"), entry.texts("forms", [entry.text("word")]))
            for entry in self._entry.entries("glossary")
        )

    def _find(self, keys: tuple[str, ...]) -> str:
        entry = self._entry
        for key in keys[:-1]:
            entry = entry.entry(key)
        return entry.text(keys[-1])


def _fill(template: str, fillings: Mapping[str, Run], entry: Entry) -> Runs:
    runs: list[Run] = []
    for index, part in enumerate(_SLOT.split(template)):
        if index % 2 == 0:
            runs.append(part)
        elif part in fillings:
            runs.append(fillings[part])
        else:
            raise entry.problem(f"“{{{part}}}” is not filled in.", f"Use one of: {', '.join(sorted(fillings))}.")
    return tuple(run for run in _joined(runs) if run != "")


def _joined(runs: list[Run]) -> list[Run]:
    """Texts that follow each other become one."""
    joined: list[Run] = []
    for run in runs:
        if isinstance(run, str) and joined and isinstance(joined[-1], str):
            joined[-1] += run
        else:
            joined.append(run)
    return joined


def read_wording(overlay: Path | None = None, language: str = "en") -> Wording:
    """The catalogue of a language, the workspace's own in place of the packaged one."""
    return _catalogue(definition_files("wording", overlay)[language])


@lru_cache
def _catalogue(path: Path) -> Wording:
    return Wording(read_definition(path))


def sentence_list(parts: list[Any]) -> str:
    """Names in a row: “Pinner, Kenton East and Edgware”."""
    words = [str(part) for part in parts]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
