"""Commands that run the site: serve."""

from __future__ import annotations

from typing import Any

import click

from frankpledge.errors import SettingError
from frankpledge.web.commands.starting import chosen_site, set_up


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Where it listens.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Whom it listens to; as it is, this computer only."
)
@click.option(
    "--worker/--no-worker", "work", default=True, help="Also do the work behind the pages; where others do, not."
)
@click.pass_obj
def serve_command(session: Any, port: int, host: str, work: bool) -> None:
    """Run the site of the partnership, or partnerships, whose folder you stand in.

    The first time it makes the site's keys in a folder beside this one, and its database. Stop it with Ctrl-C.

    \b
    Example:
      frankpledge serve --port 8000
    """
    from frankpledge.web.operation.serving import begin_site, run

    site = chosen_site(session.folder)
    if not site.workspaces:
        raise SettingError(
            f"There is no partnership in {site.folder}.",
            "Make one there: frankpledge init partnerships/NAME --area CODE.",
        )
    address = begin_site(site, port)
    set_up(site)
    run(site, host, port, address, work=work, say=session.screen.say)
