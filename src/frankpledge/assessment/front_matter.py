"""What stands on a document's first page and at its edges: whom it is for, how new its data is, what words mean."""

from __future__ import annotations

from datetime import date

from frankpledge.assessment.datasets import populations_used, series_used
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.disclosure import Audience
from frankpledge.indicators.choosing import held_series
from frankpledge.model.document import FrontMatter, Runs, plain_text
from frankpledge.periods import month_number, month_words


def front_matter(enquiry: Enquiry) -> FrontMatter:
    """The front matter of a document whose blocks have been made: only then is it known what they were read from."""
    wording = enquiry.wording
    about = {"data to": _newest_data(enquiry), "licences": _licences(enquiry)}
    return FrontMatter(
        markings={str(audience): wording.word("markings", str(audience)) for audience in Audience},
        about=tuple((wording.word("about", name), text) for name, text in about.items() if text),
        glossary=wording.terms(),
    )


def _newest_data(enquiry: Enquiry) -> str:
    """The newest month of the data, and how old it was on the day."""
    months = sorted(
        held.last
        for dataset, release in series_used(enquiry)
        for held in held_series(enquiry.warehouse, dataset, release)
    )
    if not months:
        return ""
    prepared = date.fromisoformat(enquiry.prepared)
    today = month_number(prepared.year, prepared.month)
    return plain_text(_age_words(enquiry, months[0], months[-1], today))


def _age_words(enquiry: Enquiry, oldest: int, newest: int, today: int) -> Runs:
    if newest > today:
        # The document looks back to a day before its data ends: an age would be less than none.
        return enquiry.wording.sentence("data past", month=month_words(newest))
    if oldest == newest:
        return enquiry.wording.sentence("data to", month=month_words(newest), age=f"{today - newest:,}")
    return enquiry.wording.sentence(
        "data to by dataset",
        first=month_words(oldest),
        last=month_words(newest),
        age=f"{today - newest:,}",
        oldest=f"{today - oldest:,}",
    )


def _licences(enquiry: Enquiry) -> str:
    """The licences of all the files that figures were read from, each once."""
    used = [*series_used(enquiry), *sorted(populations_used(enquiry))]
    rows = enquiry.warehouse.con.execute(
        """
        SELECT DISTINCT licence FROM load JOIN series USING (series_id)
        WHERE list_contains(?, series.dataset || '|' || series.release) AND licence <> '' ORDER BY licence
        """,
        [[f"{dataset}|{release}" for dataset, release in used]],
    ).fetchall()
    return "; ".join(str(licence) for (licence,) in rows)
