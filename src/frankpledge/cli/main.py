"""The command ``frankpledge``."""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from frankpledge.cli.commands import Commands
from frankpledge.cli.screen import Screen
from frankpledge.errors import UserError
from frankpledge.workspace import Workspace, find_workspace


@dataclass
class Session:
    """What every command is given: where it stands, and the screen."""

    screen: Screen
    folder: Path

    def workspace(self) -> Workspace:
        """The workspace the command stands in."""
        return find_workspace(self.folder.resolve())


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="frankpledge", prog_name="frankpledge")
@click.option("--quiet", is_flag=True, help="Answers and errors only; no words about progress.")
@click.option(
    "--workspace",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path("."),
    help="The workspace to use, instead of the one you stand in.",
)
@click.pass_context
def main(context: click.Context, quiet: bool, folder: Path) -> None:
    """From partners' files to a published assessment, every figure traceable.

    \b
    Begin:
      frankpledge demo                        an example, in two minutes
      frankpledge init harrow --area E09000015
      cd harrow
      frankpledge add ~/Downloads/police      files or folders
      frankpledge build
      frankpledge assess --year 2018
    """
    context.obj = Session(Screen(quiet), folder)


# A command makes hundreds of thousands of figures, few of them in circles, and ends: looking for circles as often as
# Python does by itself takes a twelfth of the time of a document.
_MADE_BETWEEN_LOOKS = 50_000


def run() -> None:
    """Run a command; say what went wrong in a sentence, never with a traceback."""
    gc.set_threshold(_MADE_BETWEEN_LOOKS)
    try:
        # What a command ends with where it ends by itself: None, or a number for those who asked in a script.
        sys.exit(main.main(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. Nothing that was finished is lost.", err=True)
        sys.exit(130)
    except UserError as error:
        click.echo(f"{error.happened}\n{error.to_do}".strip(), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(0)
    except OSError as error:
        click.echo(f"The computer would not allow it: {error.strerror or error} ({error.filename}).", err=True)
        sys.exit(74)
