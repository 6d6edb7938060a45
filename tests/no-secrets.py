"""Fails when a file that git tracks holds what looks like a secret, a machine's path or a package index's address."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from detect_secrets import SecretsCollection
from detect_secrets.settings import default_settings

# Hashes of requirements, example files and known passwords look like keys to the scanner.
HASHED = ("requirements/", "tests/golden/", "package-lock.json", "known/common.txt")

# The word itself, or three words and more of a sentence or an invented pass phrase: what a real key never looks like.
PLAIN = re.compile(r"pass@?word(shown)?|secret|[a-z]+( [a-z]+){2,}", re.IGNORECASE)


def main() -> int:
    tracked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout.split()
    names = [name for name in tracked if Path(name).is_file()]
    found = SecretsCollection()
    with default_settings():
        found.scan_files(*(name for name in names if not any(part in name for part in HASHED)))
    secrets = [(name, secret) for name, secret in found if not PLAIN.fullmatch(secret.secret_value or "")]
    for name, secret in secrets:
        sys.stdout.write(f"{name}:{secret.line_number}: looks like a secret ({secret.type})\n")
    machine = _of_this_machine()
    places = [line for name in names for line in _places(name, machine)]
    sys.stdout.writelines(places)
    return 1 if secrets or places else 0


def _of_this_machine() -> re.Pattern[str]:
    """What would tell of the machine that it was written on: its folders, and where it gets packages from."""
    here = Path.cwd().resolve()
    folders = {here, here.parent, Path.home()} - {Path(here.anchor), Path(tempfile.gettempdir()).resolve()}
    hosts = {urlsplit(address).hostname for address in _indexes()} - {None}
    told = sorted([f"{folder}/" for folder in folders] + [f"//{host}" for host in hosts])
    return re.compile("|".join(re.escape(one) for one in told), re.IGNORECASE)


def _indexes() -> list[str]:
    """Addresses that packages come from, as pip and npm are set to."""
    said = []
    for command in ([sys.executable, "-m", "pip", "config", "list"], ["npm", "config", "get", "registry"]):
        if shutil.which(command[0]):
            said += subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
    return [word.strip("'").partition("='")[2] or word for word in said if "://" in word]


def _places(name: str, machine: re.Pattern[str]) -> list[str]:
    try:
        lines = Path(name).read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return []
    return [
        f"{name}:{number}: names a folder of this machine, or where it gets packages from\n"
        for number, line in enumerate(lines, 1)
        if machine.search(line)
    ]


if __name__ == "__main__":
    sys.exit(main())
