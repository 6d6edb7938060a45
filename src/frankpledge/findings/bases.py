"""Rates of few: what to warn of beside them."""

from __future__ import annotations

from collections.abc import Sequence

from frankpledge.findings.wording import Wording, sentence_list
from frankpledge.model.document import Runs
from frankpledge.model.estimate import Estimate

# More names than this are not read.
_NAMED = 5


def small_base_warning(wording: Wording, estimates: Sequence[Estimate]) -> Runs | None:
    """A sentence that names the areas whose rate is of so few that one event moves it by more than one.

    Parameters
    ----------
    estimates
        Of one indicator.

    Returns
    -------
    runs or None
        None where no rate is of so few.
    """
    small = {one.area_name: one for one in estimates if one.small_base}
    if not small:
        return None
    some = next(iter(small.values()))
    areas = sentence_list(list(small)) if len(small) <= _NAMED else f"{len(small):,} areas"
    return wording.sentence("small_base", areas=areas, unit=some.unit, per=f"{some.per:,}")
