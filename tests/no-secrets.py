"""Fails when a file that git tracks holds what looks like a secret, a machine's path or a package index's address."""

import re
import subprocess
import sys
from pathlib import Path

from detect_secrets import SecretsCollection
from detect_secrets.settings import default_settings

# Hashes of requirements and of example files look like keys to the scanner.
HASHED = ("requirements/", "tests/golden/", "package-lock.json")
# Put together from parts, so that this file does not name what it looks for.
FOLDERS = "|".join(("work", "home", "Users", "farm"))
INDEXES = ("pythonhosted" + r"\.", "registry" + r"\.npmjs", "pypi" + r"\.org/simple", "deb" + r"\.debian")
NOT_OURS = re.compile("|".join((f"/({FOLDERS})/[a-z]", *INDEXES)), re.IGNORECASE)


def main() -> int:
    tracked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout.split()
    names = [name for name in tracked if Path(name).is_file() and not any(part in name for part in HASHED)]
    found = SecretsCollection()
    with default_settings():
        for name in names:
            found.scan_file(name)
    for name, secret in found:
        sys.stdout.write(f"{name}:{secret.line_number}: looks like a secret ({secret.type})\n")
    places = [line for name in names for line in _places(name)]
    sys.stdout.writelines(places)
    return 1 if list(found) or places else 0


def _places(name: str) -> list[str]:
    try:
        lines = Path(name).read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return []
    return [
        f"{name}:{number}: names a machine's path or a package index\n"
        for number, line in enumerate(lines, 1)
        if NOT_OURS.search(line)
    ]


if __name__ == "__main__":
    sys.exit(main())
