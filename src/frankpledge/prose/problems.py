"""Mistakes in a text, gathered so that its writer is told of all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from frankpledge.errors import ProseError


@dataclass(frozen=True)
class Problem:
    """Something in a text that must be put right: the line it stands on, what it is, what to write instead."""

    line: int
    what: str
    to_do: str


def refuse(file: str, problems: Iterable[Problem]) -> None:
    """Raise when there is any problem.

    Raises
    ------
    ProseError
        With a line for each problem, in the order of the text.
    """
    found = sorted(problems, key=lambda one: one.line)
    if found:
        *before, last = found
        told = [f"{file}, line {one.line}: {one.what} {one.to_do}" for one in before]
        raise ProseError("\n".join([*told, f"{file}, line {last.line}: {last.what}"]), last.to_do)
