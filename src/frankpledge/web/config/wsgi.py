"""What a web server calls."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frankpledge.web.config.settings")
application = get_wsgi_application()

# Django is ready from here on.
from frankpledge.web.operation.outgoing import named_hosts, speak_only_to  # noqa: E402

speak_only_to(named_hosts())
