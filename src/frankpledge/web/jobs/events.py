"""What is put down about work behind the pages. What the work itself does is put down by the app whose work it is."""

from __future__ import annotations

from frankpledge.web.audit.events import Event

JOB_ASKED = Event("job-asked", "asked for work behind the pages")
JOB_CANCELLED = Event("job-cancelled", "cancelled work behind the pages")
JOB_TRIED_AGAIN = Event("job-tried-again", "had work behind the pages tried again")
JOBS_DELETED = Event("jobs-deleted", "deleted what was known of old work behind the pages")
