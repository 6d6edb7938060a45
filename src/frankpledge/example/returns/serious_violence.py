"""Serious violence as the example's partnership defines it: by month, of every borough of London and ward of Harrow.

The example's definition is its own (`definition_text`), invented as all else: homicide, violence with injury that is
not domestic abuse, and robbery. What the police would count by it is what the example's other files hold. In the two
years of which the needs assessment of 2023 printed a total, that total stands.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

import numpy as np
import yaml

from frankpledge.example.boroughs import borough_names
from frankpledge.example.counts import BOROUGHS, FLAGS
from frankpledge.example.counts import Counts as Drawn
from frankpledge.example.incidents import Incidents
from frankpledge.example.offences import BUSINESS_ROBBERY, HOMICIDE, NUMBER, OTHER_INJURY, PERSONAL_ROBBERY
from frankpledge.example.returns.measures import NAMES, Row
from frankpledge.example.returns.printed import Printed, counts, percentages
from frankpledge.example.returns.spreading import by_quarter
from frankpledge.example.returns.tables import HARROW_NAME, Columns, columns_of
from frankpledge.example.sharing import share_out
from frankpledge.example.targets import HARROW
from frankpledge.example.timeline import FIRST, MONTHS, Whole
from frankpledge.example.wards import WARDS
from frankpledge.periods import parse_period

DEFINED = (HOMICIDE, OTHER_INJURY, PERSONAL_ROBBERY, BUSINESS_ROBBERY)
_ROBBERY = (PERSONAL_ROBBERY, BUSINESS_ROBBERY)
_MEASURE = "flagged/serious-violence"
_PRINTED_YEAR, _YEAR_BEFORE = "R12-2023-09", "R12-2022-09"
# The printed rise from the year before, in per cent.
_ROSE = 14
# Of violence with injury that is not domestic: how much is actual bodily harm, and not graver.
_BODILY_HARM = 0.78


def definition_text() -> str:
    """The example's own definition of serious violence, as its workspace holds it."""
    made = {
        "schema": 1,
        "title": "Serious violence, as the example’s partnership defines it",
        "versions": [
            {
                "from": "2012-04",
                "decided_by": "The example’s board (invented)",
                "decided_on": datetime.date(2012, 3, 21),
                "offences": [
                    "homicide",
                    "violence with injury that is not domestic abuse",
                    "robbery, personal and of businesses",
                ],
                "left_out": [
                    "domestic abuse and sexual offences, which have sections of their own",
                    "possession of a weapon that nobody was hurt or threatened with",
                ],
                "flags": ["knife crime, gun crime and hate crime are shown within it, and add nothing to it"],
                "ages": "all ages; those under 25 are shown beside all",
                "measure": _MEASURE,
                "indicators": ["serious-violence"],
            }
        ],
    }  # fmt: skip
    return "# Invented, as all of the example is.\n" + str(
        yaml.safe_dump(made, sort_keys=False, allow_unicode=True, width=120)
    )


def serious_violence(printed: Printed, drawn: Drawn, incidents: Incidents, rng: np.random.Generator) -> Columns:
    """The return of the police: every borough's count, and of Harrow its parts and wards."""
    numbers = [NUMBER[path] for path in DEFINED]
    by_borough = drawn.offences[:, numbers].sum(axis=1)
    harrow = BOROUGHS.index(HARROW)
    by_borough[harrow] = _held(by_borough[harrow], _totals(printed))
    rows = [
        *_rows(dict(zip(BOROUGHS, by_borough, strict=True)), borough_names(), _MEASURE),
        *_rows(_wards(incidents, by_borough[harrow]), WARDS, _MEASURE),
        *_parts(printed, drawn, by_borough[harrow], rng),
    ]
    return columns_of(NAMES, rows)


def _totals(printed: Printed) -> dict[str, int]:
    total = counts(printed, "serious-violence")[_PRINTED_YEAR]
    return {_PRINTED_YEAR: total, _YEAR_BEFORE: round(total / (1 + _ROSE / 100))}


def _held(months: Whole, totals: Mapping[str, int]) -> Whole:
    """Counts by month, some periods' sums as given."""
    held = months.copy()
    for period, total in totals.items():
        within = _months(period)
        held[within] = share_out(total, (months[within] + 0.5).tolist())
    return np.asarray(held)


def _months(period: str) -> slice:
    months = parse_period(period)
    return slice(months.first - FIRST, months.last - FIRST + 1)


def _wards(incidents: Incidents, harrow: Whole) -> dict[str, Whole]:
    """Harrow's count of each month shared out over the wards in which its incidents were."""
    defined = np.isin(incidents.offence, [NUMBER[path] for path in DEFINED])
    cells = incidents.month[defined] * len(WARDS) + incidents.ward[defined]
    where = np.bincount(cells, minlength=len(MONTHS) * len(WARDS)).reshape(len(MONTHS), len(WARDS))
    shared = np.array([share_out(int(count), (at + 1e-6).tolist()) for count, at in zip(harrow, where, strict=True)])
    return dict(zip(WARDS, shared.T, strict=True))


def _parts(printed: Printed, drawn: Drawn, whole: Whole, rng: np.random.Generator) -> Iterator[Row]:
    """How much of it is actual bodily harm, robbery, and hate crime; and the hate crime that it is a part of."""
    offences, flagged = drawn.harrow()
    share = {group: percentages(printed, "serious-violence", group) for group in ("robbery", "actual-bodily-harm")}
    total = _totals(printed)[_PRINTED_YEAR]
    robbery = np.minimum(offences[[NUMBER[path] for path in _ROBBERY]].sum(axis=0), whole)
    robbery = _held(robbery, {_PRINTED_YEAR: round(total * share["robbery"][_PRINTED_YEAR] / 100)})
    # Printed as nearly half.
    harmed = round(total * share["actual-bodily-harm"][_PRINTED_YEAR] / 100) - round(total * 0.01)
    harm = _held(rng.binomial(offences[NUMBER[OTHER_INJURY]], _BODILY_HARM), {_PRINTED_YEAR: harmed})
    hate = np.asarray(flagged[FLAGS.index("hate")])
    # 129 were 31 per cent of all hate crime in the printed year.
    violent = _held(rng.binomial(hate, 0.28), counts(printed, "serious-violence", "hate-crime"))
    for measure, months in {
        f"{_MEASURE}/robbery": robbery,
        f"{_MEASURE}/actual-bodily-harm": np.minimum(harm, whole - robbery),
        f"{_MEASURE}/hate-crime": np.minimum(violent, whole),
    }.items():
        yield from _rows({HARROW: months}, {HARROW: HARROW_NAME}, measure)
    # The two of one share are sent alike: by quarter, as the hate crime lead reports.
    yield from _by_quarter("flagged/serious-violence-hate-crime", np.minimum(violent, hate))
    yield from _by_quarter("flagged/hate-crime", hate)


def _by_quarter(measure: str, months: Whole) -> Iterator[Row]:
    for quarter, count in by_quarter(dict(zip(MONTHS, months.tolist(), strict=True))).items():
        yield HARROW, HARROW_NAME, quarter, measure, count


def _rows(by_area: Mapping[str, Whole], names: Mapping[str, str], measure: str) -> Iterator[Row]:
    for code, months in by_area.items():
        for month, count in zip(MONTHS, months.tolist(), strict=True):
            yield code, names[code], month, measure, count
