"""Help: every command has it, with an example, and every example can be parsed."""

import re
import shlex
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import frankpledge
from frankpledge.cli.commands import all_commands
from frankpledge.cli.main import main

EXAMPLE = re.compile(r"^\s+frankpledge (.+?)(?: {3,}.*)?$", re.MULTILINE)
COMMANDS = all_commands(main)


def help_of(*command):
    result = CliRunner().invoke(main, [*command, "--help"])
    assert result.exit_code == 0
    return result.output


def parses(words):
    """Whether a command line is one that the program takes, without running it."""
    given = shlex.split(words)
    length = 1 if given[0] in COMMANDS else 2
    name, arguments = " ".join(given[:length]), given[length:]
    # A command keeps the help option it first makes, so it is never asked outside its group.
    program = click.Context(main, **main.context_settings)
    COMMANDS[name].make_context(name, arguments, parent=program)
    return True


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_a_summary_and_examples_that_parse(name):
    text = help_of(*name.split())

    examples = EXAMPLE.findall(text.split("Example", 1)[1])
    assert examples, f"{name} has no example"
    for words in examples:
        assert words.startswith(name)
        assert parses(words)


def test_help_of_the_program_names_every_command_and_begins_with_examples():
    text = help_of()

    for name in COMMANDS:
        assert re.search(rf"^  {name.split()[0]}\b", text, re.MULTILINE), name
    examples = EXAMPLE.findall(text)
    assert len(examples) >= 5
    assert all(parses(words) for words in examples)


def test_short_help_is_the_same_as_the_long():
    assert CliRunner().invoke(main, ["-h"]).output == help_of()


def test_example_that_is_wrong_would_be_found():
    with pytest.raises(click.UsageError):
        parses("show burglary --by county")


def test_every_option_has_words_of_help():
    for name, command in COMMANDS.items():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help or parameter.flag_value in ("csv", "json"), f"{name} {parameter.name}"


def test_commands_that_messages_advise_are_there():
    advised = set()
    for path in Path(frankpledge.__path__[0]).rglob("*.py"):
        advised |= set(re.findall(r"“frankpledge ([a-z]+(?:-[a-z]+)*)", path.read_text(encoding="utf-8")))

    assert {"add", "build", "init"} <= advised
    assert advised <= {name.split()[0] for name in COMMANDS}


def test_version_is_that_of_the_package():
    assert CliRunner().invoke(main, ["--version"]).output.strip().endswith(version("frankpledge"))
