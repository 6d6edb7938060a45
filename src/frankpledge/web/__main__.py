"""Django's own commands on the site one stands in: ``python -m frankpledge.web check --deploy``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frankpledge.web.config.settings")
os.environ.setdefault("FRANKPLEDGE_SITE", str(Path.cwd()))
execute_from_command_line(sys.argv)
