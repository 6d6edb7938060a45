"""``frankpledge worker``: does what was asked for behind the pages."""

from __future__ import annotations

import click

from frankpledge.web.commands.starting import with_site
from frankpledge.web.site_folder import SiteFolder


@click.command("worker")
@click.option("--until-empty", is_flag=True, help="Stop when there is no more work, instead of waiting for more.")
@with_site
def worker_command(site: SiteFolder, until_empty: bool) -> None:
    """Do the work that pages ask for, one piece after another, until stopped.

    “frankpledge serve” starts one by itself. On PostgreSQL as many as there is work for may run, on any machine.

    \b
    Example:
      frankpledge worker
    """
    from frankpledge.web.jobs.worker import Worker
    from frankpledge.web.operation.logs import log_uncaught
    from frankpledge.web.operation.outgoing import named_hosts, speak_only_to

    log_uncaught()
    speak_only_to(named_hosts())
    Worker().run(until_empty)
