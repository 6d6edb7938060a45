"""What an assessment holds: text that a partnership can change without code."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from frankpledge.definition import definition_files, hash_of, read_definition
from frankpledge.errors import NotHeldError


@dataclass(frozen=True)
class AssessmentDefinition:
    """A document's make-up.

    Attributes
    ----------
    slug, title, subtitle
        Subtitle may name the ``{period}``.
    audience
        For whom it is released.
    headline
        The indicator that comes first and is treated most fully.
    opening, headline_blocks, indicator_blocks, closing
        Names of blocks, in order.
    indicators
        Slugs, in order, after the headline.
    profile
        Slugs of what describes the area and those who live there.
    years_of_rolling_chart
        How many years back the rolling charts go, where the data does.
    """

    slug: str
    title: str
    subtitle: str
    audience: str
    headline: str
    years_of_rolling_chart: int
    opening: tuple[str, ...]
    headline_blocks: tuple[str, ...]
    indicator_blocks: tuple[str, ...]
    indicators: tuple[str, ...]
    profile: tuple[str, ...]
    closing: tuple[str, ...]
    hash: str


def find_assessment(slug: str, overlay: Path | None = None) -> AssessmentDefinition:
    """One assessment's make-up by its slug.

    Raises
    ------
    NotHeldError
        When there is none, naming those there are.
    """
    found = definition_files("assessments", overlay)
    if slug not in found:
        raise NotHeldError(f"There is no assessment “{slug}”.", f"There are: {', '.join(found)}.")
    entry = read_definition(found[slug])
    entry.only(
        "schema", "title", "subtitle", "audience", "headline", "years_of_rolling_chart", "opening", "headline_blocks",
        "indicator_blocks", "indicators", "profile", "closing",
    )  # fmt: skip
    return AssessmentDefinition(
        slug=slug,
        title=entry.text("title"),
        subtitle=entry.text("subtitle"),
        audience=entry.choice("audience", ("board", "partners", "public")),
        headline=entry.text("headline"),
        years_of_rolling_chart=entry.whole("years_of_rolling_chart"),
        opening=entry.texts("opening"),
        headline_blocks=entry.texts("headline_blocks"),
        indicator_blocks=entry.texts("indicator_blocks"),
        indicators=entry.texts("indicators"),
        profile=entry.texts("profile", []),
        closing=entry.texts("closing"),
        hash=hash_of(found[slug]),
    )
