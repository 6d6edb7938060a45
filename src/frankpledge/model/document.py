"""A document before it has a format: blocks of text, figures, tables, charts and maps.

Every number that depends on data is a `Figure`, in text and tables and charts alike, so that the
disclosure gate can treat each of them and every format can say where it came from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from frankpledge.model.figure import Figure

Run = str | Figure
Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading. Levels start at 1 (a section) and never skip one; the title is level 0, not a block.

    `origin`, here and in the next three, says where the partnership's own prose stands, so that what is changed in a
    draft can be taken back there (``prose/strategic-assessment/burglary.md#3``); empty where a block was written by us.
    """

    level: int
    text: str
    origin: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text with figures inside."""

    runs: Runs
    origin: str = ""

    @property
    def leads_in(self) -> bool:
        """Whether it announces what follows, and must not stand alone at the foot of a page."""
        return plain_text(self.runs[-1:]).endswith(":")


@dataclass(frozen=True)
class BulletList:
    """A list of short points."""

    items: tuple[Runs, ...]
    origin: str = ""


@dataclass(frozen=True)
class Note:
    """Something a reader must not miss. `kind` decides its word and look, never colour alone."""

    kind: Literal["invented", "caution", "information"]
    runs: Runs
    origin: str = ""


@dataclass(frozen=True)
class QuickFacts:
    """A box of the few things to remember."""

    title: str
    facts: tuple[Runs, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table. Numbers are set to the right; `group` puts a heading over several columns."""

    title: str
    numeric: bool = False
    group: str = ""


Cell = str | Figure


@dataclass(frozen=True)
class Table:
    """A table; the first cell of each row is the row's heading.

    Attributes
    ----------
    slug
        Names its CSV file and sheet.
    title
        Caption: measure, place, period.
    emphasis
        Index of the row of the partnership itself, set in bold; None for none.
    notes
        Under the table, each a sentence.
    source
        Dataset, release, licence in a line.
    """

    slug: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: str
    notes: tuple[Runs, ...] = ()
    emphasis: int | None = None


@dataclass(frozen=True)
class Line:
    """One named run of figures in a chart, one for each label; a figure without a value is a gap.

    `limit` is True of what the others are set beside, such as the limits of a control chart: it is drawn quietly.
    """

    name: str
    points: tuple[Figure, ...]
    limit: bool = False


@dataclass(frozen=True)
class Chart:
    """A line or bar chart.

    Attributes
    ----------
    title, subtitle
        Title says what it shows (ten words or fewer); subtitle the measure, place and period.
    kind
        ``line`` or ``bars``.
    labels
        Along the bottom, in order; month labels are written ``2018-07``.
    lines
        The data; at most four.
    mean
        A level drawn across, with its words; None for none.
    marks
        For each label: ``above``, ``below`` or ``near`` the mean; empty when not judged. On lines, of the first one:
        ``above`` or ``below`` where a sign says that it has changed.
    ranges
        For each label the lower and upper end of what the first line's figure may be; empty when not told.
    alt
        What the chart shows, in a sentence, for those who cannot see it. Its numbers are figures
        too: what is withheld in the chart must not be told beside it.

    Raises
    ------
    ValueError
        Where it has no alternative text.
    """

    slug: str
    title: str
    subtitle: str
    kind: Literal["line", "bars"]
    labels: tuple[str, ...]
    lines: tuple[Line, ...]
    alt: Runs
    source: str
    mean: Figure | None = None
    mean_words: str = ""
    marks: tuple[str, ...] = ()
    ranges: tuple[tuple[Figure, Figure], ...] = ()
    notes: tuple[Runs, ...] = ()

    def __post_init__(self) -> None:
        _check_told(self)


@dataclass(frozen=True)
class Place:
    """An area on a map: its outline (WKB, British National Grid metres) or its tile (column, row)."""

    code: str
    name: str
    figure: Figure
    outline: bytes | None = None
    tile: tuple[int, int] | None = None


@dataclass(frozen=True)
class Map:
    """A map shaded by value, always with the table of the same figures beside it.

    Attributes
    ----------
    kind
        ``outlines`` drawn from boundaries, or ``tiles`` (one hexagon an area) where none are loaded.
    breaks
        Ascending lower bounds of the classes, the first being the smallest value or below.
    marked
        Code of the place the document is about, drawn with a dark border; empty for none.
    ground
        Outlines drawn beneath the places, without a number: the area that they lie in.

    Raises
    ------
    ValueError
        Where it has no alternative text.
    """

    slug: str
    title: str
    subtitle: str
    kind: Literal["outlines", "tiles"]
    places: tuple[Place, ...]
    breaks: tuple[float, ...]
    alt: Runs
    source: str
    notes: tuple[Runs, ...] = ()
    marked: str = ""
    ground: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        _check_told(self)


def _check_told(picture: Chart | Map) -> None:
    """Refuse a picture that says nothing to those who cannot see it (WCAG 2.2, success criterion 1.1.1)."""
    if not plain_text(picture.alt).strip():
        raise ValueError(f"{picture.slug} has no alternative text: say in a sentence what it shows")


@dataclass(frozen=True)
class Term:
    """A word that a reader may not know, with its meaning.

    Attributes
    ----------
    forms
        How it is written in documents; where one of them stands, the term is explained.
    """

    word: str
    meaning: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class FrontMatter:
    """What stands before and after the blocks of a document, the same in each of its formats.

    Attributes
    ----------
    markings
        Audience → the line on every page that says who may read it; empty for everyone.
    about
        Label and text, for the cover: how new the data is, under which licences.
    glossary
        Words with their meanings; only those that occur in the document are printed.
    """

    markings: Mapping[str, str] = field(default_factory=dict)
    about: tuple[tuple[str, str], ...] = ()
    glossary: tuple[Term, ...] = ()


Block = Heading | Paragraph | BulletList | Note | QuickFacts | Table | Chart | Map


@dataclass(frozen=True)
class Document:
    """A whole document.

    Attributes
    ----------
    slug
        Names its files: ``strategic-assessment-2018``.
    title, subtitle, partnership
        For the cover.
    period
        In words.
    prepared
        The day it was made, ISO 8601.
    edition
        Short hash of all that went into it.
    invented
        True when any figure rests on made-up records: then every page says so.
    colour
        The partnership's colour, ``#rrggbb``, dark enough for white text.
    front
        Markings, what the cover says of the data, glossary.
    summary
        Which of the blocks, counted from nought, are its executive summary.
    brief
        A page or two to be tabled: in print the title stands above the text, without cover, contents or annex.
    """

    slug: str
    title: str
    subtitle: str
    partnership: str
    period: str
    prepared: str
    edition: str
    invented: bool
    colour: str
    blocks: tuple[Block, ...] = field(default=())
    front: FrontMatter = field(default_factory=FrontMatter)
    summary: frozenset[int] = frozenset()
    brief: bool = False


def every_figure(document: Document) -> Iterator[Figure]:
    """Every figure in the document, in reading order, as often as it stands there."""
    for block in document.blocks:
        yield from figures_in(block)


def figures_of(document: Document) -> tuple[Figure, ...]:
    """Every figure in the document, in reading order, each identifier once."""
    seen: dict[str, Figure] = {}
    for figure in every_figure(document):
        seen.setdefault(figure.identifier, figure)
    return tuple(seen.values())


def figures_in(block: Block) -> Iterator[Figure]:
    """Every figure in a block, in reading order."""
    for runs in _runs_in(block):
        yield from (run for run in runs if isinstance(run, Figure))


def _runs_in(block: Block) -> tuple[Runs, ...]:
    """Every run of text and figures in a block, in reading order."""
    match block:
        case Paragraph(runs) | Note(_, runs):
            return (runs,)
        case BulletList(lists) | QuickFacts(_, lists):
            return lists
        case Table():
            return (*block.rows, *block.notes)
        case Chart():
            mean = () if block.mean is None else (block.mean,)
            return (*(line.points for line in block.lines), *block.ranges, mean, block.alt, *block.notes)
        case Map():
            return (tuple(place.figure for place in block.places), block.alt, *block.notes)
        case Heading():
            return ()


def plain_text(runs: Runs) -> str:
    """A run of text with its figures written out."""
    return "".join(run if isinstance(run, str) else run.text for run in runs)
