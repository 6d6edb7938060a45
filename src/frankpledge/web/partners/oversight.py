"""What is done in one's partnership: the audit, to read or to keep, and the work behind the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.decorators import rate_limit
from django import forms
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from frankpledge.web.audit.actions import export_entries
from frankpledge.web.audit.actors import Agent
from frankpledge.web.audit.events import all_events
from frankpledge.web.audit.export import Form
from frankpledge.web.audit.models import Entry
from frankpledge.web.audit.queries import entries_for, page_of
from frankpledge.web.design.dates import DateField
from frankpledge.web.jobs.queries import jobs_in, title_of, words_of
from frankpledge.web.partners import events
from frankpledge.web.partners.middleware import StandingRequest
from frankpledge.web.partners.models import Partnership, Person
from frankpledge.web.partners.queries import names_of, people_in, seat_names
from frankpledge.web.partners.recording import put_down

# By which name an entry tells whom it is about, when it is on something of theirs.
_WHOM = "person"
# What a database can count to has fewer digits.
_LONGEST_NUMBER = 19
_TYPES = {Form.CSV: "text/csv; charset=utf-8", Form.JSON: "application/x-ndjson"}
# How much work the page shows.
_JOBS = 100
_AGENTS = {
    Agent.COMMAND: gettext_lazy("The host, at the command line"),
    Agent.WORKER: gettext_lazy("The site itself"),
    Agent.NOBODY: gettext_lazy("Somebody not signed in"),
}


class FilterForm(forms.Form):
    """Which entries to show."""

    since = DateField(label=gettext_lazy("From"), required=False)
    until = DateField(label=gettext_lazy("To"), required=False)
    event = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    by = forms.ChoiceField(label=gettext_lazy("Who"), required=False)

    def __init__(self, *arguments: Any, partnership: Partnership, **options: Any) -> None:
        super().__init__(*arguments, **options)
        anything = [("", _("Anything"))]
        what, who = self.fields["event"], self.fields["by"]
        assert isinstance(what, forms.ChoiceField)
        assert isinstance(who, forms.ChoiceField)
        what.choices = anything + [(one.slug, _(one.words)) for one in all_events()]
        who.choices = [("", _("Anybody"))] + [(str(one.id), one.name) for one, _each in people_in(partnership)]

    @property
    def chosen(self) -> dict[str, Any]:
        """What is asked for, as `entries_for` takes it; nothing in particular while the form is wrong."""
        asked = self.cleaned_data if self.is_valid() else {}
        return {
            "since": _begin(asked.get("since")),
            "until": _end(asked.get("until")),
            "event": asked.get("event", ""),
            "by": UUID(asked["by"]) if asked.get("by") else None,
        }


@dataclass(frozen=True)
class Line:
    """An entry, as a page shows it."""

    entry: Entry
    who: str
    seat: str
    # Whom it is about, where it is about a person, and what else is known of it.
    whom: str
    details: dict[str, Any]


@require_GET
def audit(request: StandingRequest) -> HttpResponse:
    """Who did what in the partnership; that somebody looked is put down, too."""
    partnership = request.seated.partnership
    form = FilterForm(request.GET or None, partnership=partnership)
    before = request.GET.get("before", "")
    with transaction.atomic():
        put_down(events.AUDIT_READ, by=request.seated)
        page = page_of(
            entries_for(partnership.id, **form.chosen),
            int(before) if before.isdecimal() and len(before) < _LONGEST_NUMBER else None,
        )
    return render(
        request,
        "partners/audit.html",
        {"form": form, "lines": _lines(page.entries), "older": page.older, "asked": _asked(request)},
    )


@reauthentication_required()
@rate_limit(action="export", limit_get=True)
@require_GET
def export_audit(request: StandingRequest) -> StreamingHttpResponse:
    """The entries asked for as a file whose last line is signed."""
    partnership = request.seated.partnership
    kind = Form.CSV if request.GET.get("form") == Form.CSV else Form.JSON
    chosen = FilterForm(request.GET or None, partnership=partnership).chosen
    who = {"by": request.seated.person.id, "seat": request.seated.seat.id}
    lines = export_entries(partnership=partnership.id, form=kind, chosen=chosen, **who)
    answer = StreamingHttpResponse(lines, content_type=_TYPES[kind])
    ending = "csv" if kind is Form.CSV else "jsonl"
    answer.headers["Content-Disposition"] = f'attachment; filename="audit-{partnership.slug}.{ending}"'
    return answer


@require_GET
def work(request: StandingRequest) -> HttpResponse:
    """The newest work behind the pages, and how far it is."""
    found = jobs_in(request.seated.partnership.id)[:_JOBS]
    return render(request, "partners/work.html", {"jobs": [(title_of(one), one, words_of(one)) for one in found]})


def _lines(entries: list[Entry]) -> list[Line]:
    people = names_of({UUID(one) for entry in entries for one in (entry.by, _person(entry)) if _is_identifier(one)})
    seats = seat_names({UUID(one.seat) for one in entries if one.seat})
    return [
        Line(
            entry=one,
            who=_name(one.by, people),
            seat=seats.get(one.seat, ""),
            whom=_name(_person(one), people),
            details={name: value for name, value in one.detail.items() if name != _WHOM},
        )
        for one in entries
    ]


def _person(entry: Entry) -> str:
    """Whom an entry is about: the person it is on, or the one it names."""
    return entry.on_id if entry.on_kind == Person._meta.label_lower else str(entry.detail.get(_WHOM, ""))


def _name(identifier: str, people: dict[UUID, str]) -> str:
    if identifier in set(Agent):
        return str(_AGENTS[Agent(identifier)])
    return people.get(UUID(identifier), identifier) if _is_identifier(identifier) else ""


def _is_identifier(text: str) -> bool:
    return bool(text) and text not in set(Agent)


def _asked(request: StandingRequest) -> str:
    """What was asked for, to be asked again of older entries."""
    kept = request.GET.copy()
    kept.pop("before", None)
    return kept.urlencode()


def _begin(day: Any) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def _end(day: Any) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.max)) if day else None
