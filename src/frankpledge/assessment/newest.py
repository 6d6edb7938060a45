"""The newest period that an indicator is held for, up to the end of a document's own."""

from __future__ import annotations

from frankpledge.assessment.enquiry import Enquiry
from frankpledge.geography import AreaKind
from frankpledge.indicators.choosing import held_series
from frankpledge.indicators.definition import Indicator
from frankpledge.periods import Period, rolling_year, spanning


def newest_period(enquiry: Enquiry, indicator: Indicator) -> Period | None:
    """The document's period where the indicator is held for it; else the newest before its end; None without any.

    A survey comes out by quarter and a return by year: neither waits for the period of a document.
    """
    candidates = [
        enquiry.period,
        *(_published(enquiry, indicator) if indicator.published else _counted(enquiry, indicator)),
    ]
    return next((one for one in candidates if _held(enquiry, indicator, one)), None)


def _held(enquiry: Enquiry, indicator: Indicator, period: Period) -> bool:
    return any(not one.missing for one in enquiry.own(indicator, period).estimates)


def _published(enquiry: Enquiry, indicator: Indicator) -> list[Period]:
    """Periods that values were published for, the newest and of those the longest first."""
    rows = enquiry.warehouse.con.execute(
        """
        SELECT DISTINCT published_value.first_month, published_value.last_month
        FROM published_value JOIN series USING (series_id)
        WHERE list_contains($measures, measure) AND list_contains($areas, area_code)
          AND list_contains($datasets, series.dataset) AND published_value.last_month <= $last
        ORDER BY 2 DESC, 1 LIMIT 4
        """,
        {
            "measures": list(indicator.published),
            "areas": list(enquiry.partnership.areas),
            "datasets": list(indicator.datasets.get(AreaKind.AUTHORITY, ())),
            "last": enquiry.period.last,
        },
    ).fetchall()
    return [period for first, last in rows if (period := spanning(first, last)) is not None]


def _counted(enquiry: Enquiry, indicator: Indicator) -> list[Period]:
    datasets = indicator.datasets.get(AreaKind.AUTHORITY, ())
    held = [one.last for dataset in datasets for one in held_series(enquiry.warehouse, dataset)]
    ends = sorted({min(last, enquiry.period.last) for last in held}, reverse=True)
    return [rolling_year(last) for last in ends]
