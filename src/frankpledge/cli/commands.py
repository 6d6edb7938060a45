"""The list of commands, each imported when it is asked for: most need a small part of the library.

The site brings commands of its own. They are found by their entry points, so that this room never imports the site.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

import click

# Command → the module of this package that has it.
_MODULES = {
    "init": "files",
    "add": "files",
    "remove": "files",
    "fetch": "fetching",
    "build": "files",
    "show": "questions",
    "study": "studying",
    "hotspots": "hot_spots",
    "breaks": "studying",
    "hours": "patterns",
    "repeats": "patterns",
    "similar": "patterns",
    "harm": "patterns",
    "people": "people",
    "followed": "following",
    "link": "linking",
    "assess": "documents",
    "write": "documents",
    "documents": "documents",
    "duties": "duties",
    "explain": "documents",
    "releases": "documents",
    "plan": "plan",
    "editions": "editions",
    "returned": "returned",
    "quality": "quality",
    "correct": "corrections",
    "corrections": "corrections",
    "sources": "questions",
    "indicators": "questions",
    "areas": "areas",
    "template": "partners",
    "validate": "partners",
    "map": "mapping",
    "destroy": "partners",
    "check": "checking",
    "demo": "documents",
}


_BROUGHT = "frankpledge.commands"


class Commands(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, context: click.Context) -> list[str]:
        """The names of all commands, as help lists them."""
        return sorted([*_MODULES, *_brought()])

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of a name; None where there is none."""
        if name in _MODULES:
            module = import_module(f"frankpledge.cli.{_MODULES[name]}")
            own: click.Command = getattr(module, f"{name}_command")
            return own
        brought = _brought().get(name)
        return brought.load() if brought else None


def _brought() -> dict[str, EntryPoint]:
    return {one.name: one for one in entry_points(group=_BROUGHT)}


def all_commands(group: click.Group) -> dict[str, click.Command]:
    """Name → command, of every command of a group; one within another by both names, such as “audit verify”."""
    context = click.Context(group)
    found: dict[str, click.Command] = {}
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            found |= {f"{name} {part}": one for part, one in all_commands(command).items()}
        elif command:
            found[name] = command
    return found
