"""The list of commands, each imported when it is asked for: most need a small part of the library."""

from __future__ import annotations

from importlib import import_module

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


class Commands(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, context: click.Context) -> list[str]:
        """The names of all commands, as help lists them."""
        return sorted(_MODULES)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of a name; None where there is none."""
        if name not in _MODULES:
            return None
        command: click.Command = getattr(import_module(f"frankpledge.cli.{_MODULES[name]}"), f"{name}_command")
        return command


def all_commands(group: click.Group) -> dict[str, click.Command]:
    """Name → command, of every command of a group."""
    context = click.Context(group)
    found = {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {name: command for name, command in found.items() if command}
