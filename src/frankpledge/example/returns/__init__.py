"""What the example's partners send beside incidents and people: a file for each template, all of it invented.

Some of it adds up to what the strategies and the needs assessment printed (`printed`); all else only looks likely. It
begins in 2016 and ends with the example.
"""

from __future__ import annotations

import numpy as np

from frankpledge.example.counts import Counts
from frankpledge.example.incidents import Incidents
from frankpledge.example.returns.domestic_abuse import idva, marac, refuge
from frankpledge.example.returns.measures import measures
from frankpledge.example.returns.offenders import county_lines, nrm, probation, treatment
from frankpledge.example.returns.people import admissions, assaults, exclusions, youth_justice
from frankpledge.example.returns.printed import read_printed
from frankpledge.example.returns.projects import project_outputs, training
from frankpledge.example.returns.records import SERVICES, records
from frankpledge.example.returns.serious_violence import definition_text, serious_violence
from frankpledge.example.returns.surveys import incomes, surveys
from frankpledge.example.returns.tables import Columns
from frankpledge.example.wards import WARDS

__all__ = ["definition_text", "partner_returns"]


def partner_returns(counts: Counts, incidents: Incidents, rng: np.random.Generator) -> dict[str, Columns]:
    """Name of a file → its columns, in the order they are written."""
    printed = read_printed()
    assaulted = assaults(rng)
    found = {
        "serious-violence": serious_violence(printed, counts, incidents, rng),
        "agreed-measures": measures(printed, assaulted, rng),
        "marac-return": marac(printed, rng),
        "idva-return": idva(printed, rng),
        "refuge-requests": refuge(printed, rng),
        "county-lines": county_lines(rng),
        "nrm-referrals": nrm(printed, rng),
        "probation-cohort": probation(rng),
        "treatment": treatment(rng),
        "hospital-admissions": admissions(assaulted, rng),
        "school-exclusions": exclusions(rng),
        "youth-justice": youth_justice(printed, rng),
        "survey-results": surveys(printed, rng),
        "household-incomes": incomes(WARDS, rng),
        "project-outputs": project_outputs(rng),
        "training-delivered": training(rng),
        **{template: records(service, rng) for template, service in SERVICES.items()},
    }
    return {f"example-{name}": columns for name, columns in found.items()}
