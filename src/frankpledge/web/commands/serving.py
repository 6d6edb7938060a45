"""Commands that run the site: serve."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from frankpledge.errors import SettingError
from frankpledge.web.commands.starting import chosen_site, set_up


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Where it listens.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Whom it listens to; as it is, this computer only."
)
@click.option(
    "--socket",
    type=click.Path(path_type=Path, resolve_path=True),
    help="A Unix socket to listen at instead, for a reverse proxy that runs beside it in the same group.",
)
@click.option(
    "--worker/--no-worker", "work", default=True, help="Also do the work behind the pages; where others do, not."
)
@click.pass_obj
def serve_command(session: Any, port: int, host: str, socket: Path | None, work: bool) -> None:
    """Run the site of the partnership, or partnerships, whose folder you stand in.

    The first time it makes the site's keys in a folder beside this one, and its database. Stop it with Ctrl-C.

    \b
    Examples:
      frankpledge serve --port 8000
      frankpledge serve --socket /run/frankpledge/site.sock
    """
    from frankpledge.web.operation.serving import Listening, begin_site, run

    if socket and _is_given("host", "port"):
        raise click.UsageError("A site listens at --socket, or at --host and --port, and not at both.")
    site = chosen_site(session.folder)
    if not site.workspaces:
        raise SettingError(
            f"There is no partnership in {site.folder}.",
            "Make one there: frankpledge init partnerships/NAME --area CODE.",
        )
    listening = Listening(host, port, socket)
    address = begin_site(site, listening)
    set_up(site)
    run(site, listening, address, work=work, say=session.screen.say)


def _is_given(*options: str) -> bool:
    context = click.get_current_context()
    return any(context.get_parameter_source(one) is not ParameterSource.DEFAULT for one in options)
