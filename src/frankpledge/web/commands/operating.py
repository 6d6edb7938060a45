"""Commands about the site as a whole: backup, restore, upgrade, doctor, check-deploy."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from frankpledge.web.commands.starting import with_site
from frankpledge.web.site_folder import SiteFolder

if TYPE_CHECKING:
    from frankpledge.web.operation.findings import Finding


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@with_site
def backup_command(site: SiteFolder, file: Path) -> None:
    """Write everything that people wrote into FILE, while they go on writing.

    Where FILE is a folder, the backup gets a name of its own in it. It holds no key: keep a copy of the key folder too,
    somewhere else. “frankpledge restore” brings it back, on SQLite or PostgreSQL.

    \b
    Example:
      frankpledge backup /backups
    """
    from frankpledge.web.audit.actors import Agent
    from frankpledge.web.operation.actions import take_backup

    to = file / f"{site.folder.name}-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}.zip" if file.is_dir() else file
    manifest = take_backup(to=to.resolve(), by=Agent.COMMAND)
    click.echo(
        f"{manifest.rows:,} rows of {len(manifest.tables)} tables and {len(manifest.files):,} files are in {to}. "
        "The keys are not: keep a copy of their folder elsewhere."
    )


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@with_site
def restore_command(site: SiteFolder, file: Path) -> None:
    """Bring back what “frankpledge backup” wrote, into a database with nothing in it.

    Put the key folder that belongs to it in its place first. DATABASE_URL says which database; without it, SQLite.
    Every row is compared before any is kept.

    \b
    Example:
      frankpledge restore /backups/harrow-2026-11-29T020000Z.zip
    """
    from frankpledge.web.audit.actors import Agent
    from frankpledge.web.audit.verify import verify
    from frankpledge.web.operation.actions import restore_site
    from frankpledge.web.operation.backup import BackupError

    manifest = restore_site(backup=file.resolve(), by=Agent.COMMAND)
    click.echo(f"{manifest.rows:,} rows and {len(manifest.files):,} files are back; 0 rows differ from the backup.")
    found = verify()
    if found:
        raise BackupError(
            f"The audit does not verify: {len(found)} findings.",
            "Is the key folder the one that belongs to the backup? See “frankpledge audit verify”.",
        )
    click.echo("The audit verifies. Run “frankpledge doctor”, then “frankpledge serve”.")


@click.command("upgrade")
@click.option("--dry-run", is_flag=True, help="Only try it, where nothing of it stays, and show what would be done.")
@with_site
def upgrade_command(site: SiteFolder, dry_run: bool) -> None:
    """Bring the database to the shape that this version of the program needs, after a backup; never backwards.

    Stop the site before, and start it afterwards. On PostgreSQL the dry run locks tables for as long as it lasts.

    \b
    Examples:
      frankpledge upgrade --dry-run
      frankpledge upgrade
    """
    if dry_run:
        _try_upgrade()
    else:
        _upgrade()


def _try_upgrade() -> None:
    from django.db import connection

    from frankpledge.web.operation.upgrade import try_upgrade

    trials = try_upgrade(connection)
    for trial in trials:
        click.echo(f"-- {trial.migration}")
        click.echo("".join(f"{statement.rstrip(';')};\n" for statement in trial.statements), nl=False)
    click.echo(
        f"Tried: {len(trials)} migrations would run, and all of them work. Nothing was changed."
        if trials
        else "The database is as this version needs it: there is nothing to upgrade."
    )


def _upgrade() -> None:
    from frankpledge.web.audit.actors import Agent
    from frankpledge.web.operation.actions import upgrade_site

    saved = upgrade_site(by=Agent.COMMAND)
    if saved:
        click.echo(f"Upgraded. As it was before, the site is in {saved}.")
    else:
        click.echo("The database is as this version needs it. Style sheets and scripts are in place.")


@click.command("doctor")
@with_site
def doctor_command(site: SiteFolder) -> None:
    """Look over the site: keys, database, audit, work, room, backups, files. Ends with 1 when something is broken.

    \b
    Example:
      frankpledge doctor
    """
    from frankpledge.web.operation.doctor import examine

    _tell(list(examine()))


@click.command("check-deploy")
@with_site
def check_deploy_command(site: SiteFolder) -> None:
    """Say what is unsafe about the settings as they stand. Ends with 1 when something must not stay so.

    \b
    Example:
      frankpledge check-deploy
    """
    from frankpledge.web.operation.safety import unsafe

    found = unsafe()
    _tell(found)
    if not found:
        click.echo("Nothing is unsafe about the settings.")


def _tell(findings: list[Finding]) -> None:
    for one in findings:
        click.echo(f"{one.state:<8} {one.what}")
        if one.to_do:
            click.echo(f"{'':<8} → {one.to_do}")
    if any(one.state == "broken" for one in findings):
        click.get_current_context().exit(1)
