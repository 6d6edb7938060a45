"""What is unsafe about the settings of a site as they stand: Django's own checks, and ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import run_checks

from frankpledge.web.operation.findings import Finding, broken, look_at
from frankpledge.web.partners.signing_in.known_passwords import is_list

_HERE = {"localhost", "127.0.0.1", "::1", ""}
# All of them follow from an address without https, which we say in our own words.
_FOLLOW_FROM_HTTP = {"security.W004", "security.W008", "security.W012", "security.W016"}
_SHARED = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "glusterfs", "ceph"}
_ENCRYPTED = {"require", "verify-ca", "verify-full"}
_LONGEST_IDLE, _LONGEST_SIGN_IN = 30, 12


def unsafe() -> list[Finding]:
    """Everything that is unsafe; an empty list where nothing is."""
    return [one for check in (_django, _address, _keys, _database, _mail, _limits, _passwords) for one in check()]


def _django() -> Iterator[Finding]:
    for message in run_checks(include_deployment_checks=True):
        if settings.SECURE or message.id not in _FOLLOW_FROM_HTTP:
            yield look_at(f"Django says: {message.msg} ({message.id})", message.hint or "")
    if settings.DEBUG:
        yield broken("Errors are shown with everything around them (DEBUG).", "Take DEBUG out of the settings.")


def _address() -> Iterator[Finding]:
    if not settings.SECURE:
        yield broken(
            f"People find the site at {settings.SITE_ADDRESS}, which is not encrypted: fit for trying it out alone.",
            "Set FRANKPLEDGE_ADDRESS to its https:// address, and put a reverse proxy with TLS before it.",
        )
    elif not settings.TRUSTED_PROXIES:
        yield broken(
            "The address is https, and no reverse proxy is said to be before the site, which has no TLS of its own.",
            "Set FRANKPLEDGE_PROXIES to the number of reverse proxies that a request comes through; usually 1.",
        )
    if settings.TRUSTED_PROXIES > 2:
        yield look_at(
            f"{settings.TRUSTED_PROXIES} reverse proxies are trusted to say who asks.",
            "Set FRANKPLEDGE_PROXIES to the number that there is: with a higher one, anybody can name any address.",
        )


def _keys() -> Iterator[Finding]:
    folder, site = settings.KEYRING.folder.folder, settings.SITE_FOLDER
    if folder.is_relative_to(site) or site.is_relative_to(folder):
        yield broken(
            f"The key folder {folder} and the site's {site} lie in one another.",
            "Move the keys elsewhere, and name the folder in FRANKPLEDGE_KEYS.",
        )
    if folder.is_dir() and folder.stat().st_mode & 0o077:
        yield broken(f"Others may look into the key folder {folder}.", f"Close it to them: chmod 700 {folder}")


def _database() -> Iterator[Finding]:
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        kind = filesystem_of(Path(database["NAME"]))
        if kind in _SHARED:
            yield broken(
                f"SQLite's file lies on a file system that several hosts share ({kind}), which can destroy it.",
                "Put the site folder on a disk of one host, or use PostgreSQL: DATABASE_URL=postgres://…",
            )
    elif not _is_here(database["HOST"]) and database.get("OPTIONS", {}).get("sslmode") not in _ENCRYPTED:
        yield look_at(
            f"What goes to and from the database on {database['HOST']} need not be encrypted.",
            "Add ?sslmode=verify-full to DATABASE_URL, unless the two have a network of their own.",
        )


def _mail() -> Iterator[Finding]:
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        yield look_at(
            "No e-mail is sent: each becomes a file in the site folder's outbox.",
            "Set FRANKPLEDGE_MAIL to the address of a mail server.",
        )
    elif not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL or _is_here(settings.EMAIL_HOST)):
        yield broken(
            f"E-mails go to {settings.EMAIL_HOST} in clear, links for signing in among them.",
            "Write FRANKPLEDGE_MAIL with smtp+tls:// or smtp+ssl://.",
        )
    if urlsplit(f"//{settings.DEFAULT_FROM_EMAIL}").hostname in _HERE:
        yield look_at(
            f"E-mails come from {settings.DEFAULT_FROM_EMAIL}, to which nobody can answer.",
            "Set FRANKPLEDGE_MAIL_FROM to an address of yours.",
        )


def _limits() -> Iterator[Finding]:
    if settings.IDLE_MINUTES > _LONGEST_IDLE:
        yield look_at(
            f"A page that was left alone stays open for {settings.IDLE_MINUTES} minutes.",
            f"Set FRANKPLEDGE_IDLE_MINUTES to {_LONGEST_IDLE} or fewer.",
        )
    if settings.SIGN_IN_HOURS > _LONGEST_SIGN_IN:
        yield look_at(
            f"Whoever signs in stays so for up to {settings.SIGN_IN_HOURS} hours.",
            f"Set FRANKPLEDGE_SIGN_IN_HOURS to {_LONGEST_SIGN_IN} or fewer.",
        )


def _passwords() -> Iterator[Finding]:
    known = settings.KNOWN_PASSWORDS
    if known and not is_list(known):
        yield broken(
            f"The list of known passwords {known} is none, or is not sorted by hash: nothing is found in it.",
            "Set FRANKPLEDGE_KNOWN_PASSWORDS to the SHA-1 list of Have I Been Pwned, in one file, sorted by hash.",
        )
    elif not known:
        yield look_at(
            "Passwords are compared with the commonest, and not with all that became known.",
            "Set FRANKPLEDGE_KNOWN_PASSWORDS to the list of Have I Been Pwned.",
        )


def filesystem_of(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The kind of file system that a path lies on; empty where the operating system does not say."""
    if not mounts.is_file():
        return ""
    lines = [line.split() for line in mounts.read_text(encoding="utf-8").splitlines()]
    around = [(len(fields[1]), fields[2]) for fields in lines if path.is_relative_to(fields[1].replace("\\040", " "))]
    return max(around, default=(0, ""))[1]


def _is_here(host: str) -> bool:
    """Whether a host is this one, or a socket of it."""
    return host in _HERE or host.startswith("/")
