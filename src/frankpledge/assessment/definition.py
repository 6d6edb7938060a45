"""What a document holds: text that a partnership can change without code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from frankpledge.definition import Entry, definition_files, hash_of, nearest_names, read_definition
from frankpledge.errors import NotHeldError

# In a document about an indicator, stands for the one it is asked for.
SUBJECT = "subject"


class About(StrEnum):
    """What a document is about."""

    PARTNERSHIP = "partnership"
    AREA = "area"
    INDICATOR = "indicator"
    PLACE = "place"


@dataclass(frozen=True)
class Section:
    """A section of a document.

    Attributes
    ----------
    title
        Its heading; empty where its blocks bring their own.
    about
        A paragraph that always stands there; empty for none.
    prose, asks
        Key of the partnership's own text, and what it is asked to say; empty where none is wanted.
    indicators
        Slugs, in order.
    blocks
        Names of blocks that stand once, in order.
    each
        Names of blocks made for each of the indicators, under its own heading.
    sections
        Those within.
    summary
        Whether it belongs in the executive summary.
    """

    title: str
    about: str
    prose: str
    asks: str
    indicators: tuple[str, ...]
    blocks: tuple[str, ...]
    each: tuple[str, ...]
    sections: tuple[Section, ...]
    summary: bool

    def all(self) -> Iterator[Section]:
        """The section and those within, in reading order."""
        yield self
        for one in self.sections:
            yield from one.all()


@dataclass(frozen=True)
class AssessmentDefinition:
    """A document's make-up.

    Attributes
    ----------
    slug, title, subtitle
        Title and subtitle may name the ``{period}`` and the ``{subject}``.
    summary
        What it is for, in a sentence, for lists.
    about
        What it is about.
    audience
        For whom it is released.
    headline
        The indicator whose newest month says whether the period is held at all.
    years_of_rolling_chart
        How many years back the rolling charts go, where the data does.
    profile
        Slugs of what describes the area and those who live there.
    brief
        Whether it is a page or two to be tabled, in print without cover, contents and annex.
    """

    slug: str
    title: str
    subtitle: str
    summary: str
    about: About
    audience: str
    headline: str
    years_of_rolling_chart: int
    profile: tuple[str, ...]
    sections: tuple[Section, ...]
    brief: bool
    hash: str

    def all_sections(self) -> Iterator[Section]:
        """Every section, in reading order."""
        for one in self.sections:
            yield from one.all()

    @property
    def indicators(self) -> tuple[str, ...]:
        """Every indicator of the document, in reading order, the headline first."""
        found = [slug for section in self.all_sections() for slug in section.indicators]
        return tuple(dict.fromkeys([self.headline, *found]))

    @property
    def main_indicators(self) -> tuple[str, ...]:
        """The indicators that have a heading of their own, in reading order."""
        found = [slug for section in self.all_sections() if section.each for slug in section.indicators]
        return tuple(dict.fromkeys(found))


def read_assessments(overlay: Path | None = None) -> dict[str, AssessmentDefinition]:
    """Slug → make-up, of every document there is."""
    return {slug: _read(path, slug) for slug, path in definition_files("assessments", overlay).items()}


def find_assessment(slug: str, overlay: Path | None = None) -> AssessmentDefinition:
    """One document's make-up by its slug.

    Raises
    ------
    NotHeldError
        When there is none, naming those there are.
    """
    found = definition_files("assessments", overlay)
    if slug not in found:
        near = nearest_names(slug, found)
        raise NotHeldError(f"There is no document “{slug}”.", f"{near}There are: {', '.join(found)}.")
    return _read(found[slug], slug)


def _read(path: Path, slug: str) -> AssessmentDefinition:
    entry = read_definition(path)
    entry.only(
        "schema", "title", "subtitle", "summary", "about", "audience", "headline", "years_of_rolling_chart", "profile",
        "sections", "brief",
    )  # fmt: skip
    return AssessmentDefinition(
        slug=slug,
        title=entry.text("title"),
        subtitle=entry.text("subtitle"),
        summary=entry.text("summary", ""),
        about=About(entry.choice("about", tuple(About), About.PARTNERSHIP)),
        audience=entry.choice("audience", ("board", "partners", "public")),
        headline=entry.text("headline"),
        years_of_rolling_chart=entry.whole("years_of_rolling_chart", 6),
        profile=entry.texts("profile", []),
        sections=tuple(_section(one) for one in entry.entries("sections")),
        brief=entry.flag("brief", False),
        hash=hash_of(path),
    )


def _section(entry: Entry) -> Section:
    entry.only("title", "about", "prose", "asks", "indicators", "blocks", "each", "sections", "summary")
    if entry.texts("each", []) and not entry.texts("indicators", []):
        raise entry.problem("“each” names blocks for each indicator, and there is none.", "Name “indicators”.", "each")
    return Section(
        title=entry.text("title", ""),
        about=entry.text("about", ""),
        prose=entry.text("prose", ""),
        asks=entry.text("asks", ""),
        indicators=entry.texts("indicators", []),
        blocks=entry.texts("blocks", []),
        each=entry.texts("each", []),
        sections=tuple(_section(one) for one in entry.entries("sections", [])),
        summary=entry.flag("summary", False),
    )
