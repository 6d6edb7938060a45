"""Writes the reference pages from the code and the definitions, so that they cannot disagree with them.

python docs/generate.py            write every page that has changed
python docs/generate.py --check    write nothing; name the pages that are stale and exit with 1
"""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import click
import elements
import judged
import methods

from frankpledge.assessment.blocks import DOCUMENT_BLOCKS, INDICATOR_BLOCKS, TOGETHER_BLOCKS
from frankpledge.assessment.definition import (
    About,
    AssessmentDefinition,
    Section,
    find_assessment,
    read_assessments,
)
from frankpledge.cli.commands import all_commands
from frankpledge.cli.main import main as command_group
from frankpledge.definition import PACKAGED, Entry, definition_files, read_definition
from frankpledge.disclosure import POLICIES, Audience, Policy
from frankpledge.duties.definition import Duty, Kind, read_instruments
from frankpledge.geography import AreaKind
from frankpledge.indicators.definition import Indicator, read_indicators
from frankpledge.indicators.printed import answered_by, spoken_of
from frankpledge.model.schema import SCHEMA_VERSION, TableSchema
from frankpledge.model.tables import TABLES
from frankpledge.periods import month_words, parse_period
from frankpledge.sources.partners.blank import guide
from frankpledge.sources.partners.due import PRESCRIBED
from frankpledge.sources.partners.template import BECOMES, Template, all_templates
from frankpledge.sources.registry import Registered, all_sources
from frankpledge.sources.source import Issue, Source

REFERENCE = Path(__file__).parent / "reference"
# Help is wrapped to the terminal's width unless it is told one, and a page must not depend on whose it is.
HELP_WIDTH = 100


def commands() -> str:
    """Every command's own help."""
    settings = {**command_group.context_settings, "terminal_width": HELP_WIDTH}
    top = click.Context(command_group, info_name="frankpledge", **settings)
    parts = [
        "# Commands",
        "What each command says of itself with `--help`. Commands use the workspace they stand in: the nearest folder "
        "upwards with a `partnership.yaml`. Answers go to standard output, progress to standard error.",
        _code(command_group.get_help(top)),
    ]
    for name, command in all_commands(command_group).items():
        context = click.Context(command, info_name=name, parent=top, terminal_width=HELP_WIDTH)
        parts += [f"## {name}", _code(command.get_help(context))]
    parts += [
        "## How a command ends",
        _table(
            ("Code", "Meaning"),
            (
                ("0", "done"),
                ("1", "something the person can put right, said in a sentence with what to do"),
                ("2", "the command line itself could not be read"),
                ("74", "the computer refused: no room, no right to read or write"),
                ("130", "stopped from the keyboard; nothing that was finished is lost"),
            ),
        ),
    ]
    return _page(parts)


def indicators() -> str:
    """Every packaged indicator, from its definition."""
    found = read_indicators()
    parts = [
        "# Indicators",
        "The indicators that come with the package, from `definitions/indicators`. A workspace's own "
        "`definitions/indicators` is laid over them by name: see "
        "[Add an indicator](../how-to/add-an-indicator.md). Offences are listed in [Offences](offences.md).",
        _table(
            ("Name", "Title", "Rate", "Better", "Harm group", "Review"),
            [
                (f"[{one.slug}](#{one.slug})", one.title, _rate(one), one.polarity, one.harm_group, one.review)
                for one in found.values()
            ],
        ),
    ]
    for one in found.values():
        parts += [f"## {one.slug}", f"**{one.title}.** {one.why_it_matters}", _indicator_table(one)]
    return _page(parts)


def _counted(one: Indicator) -> str:
    less = f", less {_code_list(one.less)}" if one.less else ""
    return _code_list([*one.offences, *one.published]) + less


def _rate(one: Indicator) -> str:
    return one.per


def _indicator_table(one: Indicator) -> str:
    datasets = [
        (f"Datasets, {kind}", ", then ".join(f"`{name}`" for name in names)) for kind, names in one.datasets.items()
    ]
    rows = [
        ("Counts", f"{one.noun}: {_counted(one)}"),
        *datasets,
        ("Releases may be joined", _code_list(one.splice) or "never"),
        ("Rate", _rate(one)),
        ("Better", {"neither": "neither: driven by reporting or policing"}.get(one.polarity, one.polarity)),
        ("Parts may be summed", "yes" if one.additive else "no"),
        *(("Caveat", caveat) for caveat in one.caveats),
    ]
    return _table(("", ""), rows)


def sources() -> str:
    """Every source, from its `SOURCE`, and the disclosure policies they name."""
    found = all_sources()
    parts = [
        "# Sources",
        "Everything known about each dataset that files are recognised as. A file is recognised by its columns, never "
        "by its name.",
        _table(
            ("Source", "Title", "Publisher", "Licence", "Published"),
            [
                (f"[{slug}](#{slug})", one.source.title, one.source.publisher, one.source.licence, one.source.cadence)
                for slug, one in found.items()
            ],
        ),
    ]
    for slug, one in found.items():
        # All templates are read by one module, which says nothing of any of them; their page does.
        of_template = f"See [its template](templates.md#{slug})." if slug in all_templates() else ""
        prose = of_template or inspect.getdoc(inspect.getmodule(one.tidy)) or ""
        parts += [f"## {slug}", _prose(prose), _source_table(one)]
    parts += [
        "## Disclosure policies",
        "What the gate does to a count above nought before an audience sees it. What is worked out from a treated "
        "count (a change, a sum, a rank) is withheld.",
        _table(("Policy", *(str(one) for one in Audience)), [_policy_row(one) for one in POLICIES.values()]),
    ]
    return _page(parts)


def templates() -> str:
    """Every template for partners' records, column by column, and the law's data sets with what answers them."""
    found = all_templates()
    parts = [
        "# Templates",
        "The tables that partners may send, from `definitions/templates`, as CSV, XLSX or ODS. A file is known by the "
        "columns it must have; in any order; the others may be left out. `frankpledge template` writes an "
        "empty one, `frankpledge validate FILE` looks a filled one through. See "
        "[Send us your records](../how-to/send-us-your-records.md).",
        _table(
            ("Template", "What", "Who sends it", "How often", "Rows"),
            [
                (f"[{slug}](#{slug})", one.title, one.sender, one.cadence, "about people" if one.personal else "open")
                for slug, one in found.items()
            ],
        ),
        "## What the law has partners send",
        "The Crime and Disorder (Prescribed Information) Regulations 2007 (SI 2007/1831): of each three months from 1 "
        "July 2007 on, electronically and without names, by the end of the three months that follow. What was of April "
        "to June is due by 30 September.",
        _table(
            ("Data set", "Holder", "What", "Paragraph", "Templates"),
            [(f"`{one.slug}`", one.holder, one.what, one.paragraph, _answering(one.slug, found)) for one in PRESCRIBED],
        ),
    ]
    for slug, one in found.items():
        parts += [f"## {slug}", _about_template(one), _table(guide(one)[0], [_as_code(row) for row in guide(one)[1:]])]
    return _page(parts)


def _answering(data_set: str, found: dict[str, Template]) -> str:
    return ", ".join(f"[{slug}](#{slug})" for slug, one in found.items() if data_set in one.answers)


def _about_template(one: Template) -> str:
    words = f"**{one.title}.** Sent by: {one.sender}. One row is {one.row}; {BECOMES[one.becomes]}."
    if one.personal:
        words += (
            " About people: kept without names, sealed, its codes replaced by codes that only the workspace can make."
        )
    if one.once:
        words += f" A second row of the same {_code_list(one.once)} is refused."
    return words


def _as_code(row: Sequence[str]) -> tuple[str, ...]:
    return (f"`{row[0]}`", *row[1:])


_ISSUES = {
    Issue.WHOLE: "each file is a release of its own",
    Issue.MONTHLY: "files add up to one release, named by the last",
}


def _source_table(one: Registered) -> str:
    source = one.source
    rows = [
        ("Title", source.title),
        ("Publisher", source.publisher),
        ("Dataset", f"`{source.dataset}`"),
        ("Licence", source.licence),
        ("Published", source.cadence),
        ("Recognised as", source.looks_like),
        ("Releases", _ISSUES[source.issue]),
        ("Read among", f"{source.stage}"),
        ("Sensitivity", source.sensitivity),
        ("Disclosure policy", f"[{source.policy}](#disclosure-policies)"),
        *([("Provisional", f"its newest {source.provisional_months} months")] if source.provisional_months else []),
        *(("Break", f"{month_words(one.month)}: {one.words}") for one in source.breaks),
        *(("Caveat", caveat) for caveat in source.caveats),
    ]
    return _table(("", ""), rows)


def _policy_row(policy: Policy) -> tuple[str, ...]:
    return (f"`{policy.slug}`", *(_treatment(policy, audience) for audience in Audience))


def _treatment(policy: Policy, audience: Audience) -> str:
    threshold, base = policy.threshold[audience], policy.rounding[audience]
    words = [f"withheld below {threshold}"] if threshold else []
    words += [f"rounded to the nearest {base}"] if base > 1 else []
    return ", ".join(words) or "as it is"


def offences() -> str:
    """The tree of offences, and each publisher's words for them."""
    labels: dict[str, list[str]] = {}
    for slug, path in definition_files("sources").items():
        entry = read_definition(path)
        for one in entry.entries("labels", []):
            word = "template" if slug == "partner-templates" else f"{one.text('label')} ({slug})"
            labels.setdefault(one.text("offence"), []).append(word)
        for one in entry.entries("groups", []):
            labels.setdefault(one.text("offence"), []).append(f"{one.text('label')} ({slug}, group)")
    parts = [
        "# Offences",
        "Where each publisher's word for an offence stands in the tree, from `definitions/sources`. An indicator that "
        "names a place counts all that lies below it. *template* marks the places that partners' own files may name. "
        "Labels are compared in capitals, “&” as “AND”; some were cut off by their publisher and are kept so.",
        _table(("Place", "Counted there"), [(f"`{path}`", "; ".join(labels[path])) for path in sorted(labels)]),
    ]
    return _page(parts)


def tables() -> str:
    """The warehouse's tables, from their one declaration."""
    parts = [
        "# Tables of the warehouse",
        f"Schema {SCHEMA_VERSION}. One file, built anew and read-only: `warehouse/<hash>.duckdb`, the hash being named "
        "in `warehouse/current`. Any program that reads DuckDB can open it.",
        _table(("Table", "One row is"), [(f"[{one.name}](#{one.name})", one.row) for one in TABLES]),
    ]
    for one in TABLES:
        parts += [f"## {one.name}", f"One row is {one.row}.", _columns(one)]
    return _page(parts)


def _columns(table: TableSchema) -> str:
    rows = [(f"`{one.name}`", one.type, one.holds, "may be empty" if one.null else "") for one in table.columns]
    return _table(("Column", "Type", "Holds", ""), rows)


_PERIODS = (
    ("a calendar year", "2018"),
    ("a month", "2018-07"),
    ("a calendar quarter", "2018-Q1"),
    ("a financial year", "FY2018-19"),
    ("twelve months to the end of a month", "R12-2023-04"),
)


def periods() -> str:
    """The grammar of periods, each example read by the parser itself."""
    rows = []
    for kind, text in _PERIODS:
        period = parse_period(text)
        rows.append((kind, f"`{text}`", period.words(), str(len(period.months)), f"`{period.year_before()}`"))
    parts = [
        "# Periods",
        "One grammar in commands, definitions, files and documents. All are whole months, both ends included.",
        _table(("Kind", "Written", "Printed", "Months", "Compared with"), rows),
        "`--year` and `--period` read the same grammar; give one of them. A quarter is of the calendar, not of the "
        "financial year: the police's quarter 4 of 2017/18 is `2018-Q1`.",
    ]
    return _page(parts)


def assessment_blocks() -> str:
    """The blocks an assessment may be made of, and those each packaged one is made of."""
    parts = [
        "# Blocks of an assessment",
        "What the names in `definitions/assessments` stand for. A block that has nothing to say leaves itself out. See "
        "[Change what is in the assessment](../how-to/change-what-is-in-the-assessment.md).",
        "## Blocks of an indicator",
        "For `each`: made for each of a section's indicators.",
        _table(("Name", "What it writes"), _block_rows(INDICATOR_BLOCKS)),
        "## Blocks of the document",
        "For `blocks`: these stand once in the document.",
        _table(("Name", "What it writes"), _block_rows(DOCUMENT_BLOCKS)),
        "## Blocks of several indicators",
        "For `blocks`: these take a section's indicators together.",
        _table(("Name", "What it writes"), _block_rows(TOGETHER_BLOCKS)),
        "## The documents",
        "What is packaged. `frankpledge documents` lists them, with those of the partnership's own.",
    ]
    for one in read_assessments().values():
        parts += [f"### {one.title} (`{one.slug}`)", one.summary, _assessment_table(one), *_sections(one.sections)]
    return _page(parts)


def _block_rows(registry: dict[str, Callable[..., object]]) -> list[tuple[str, str]]:
    return [(f"`{name}`", _prose(inspect.getdoc(block) or "")) for name, block in registry.items()]


def _assessment_table(one: AssessmentDefinition) -> str:
    rows = [
        ("Title", f"{one.title}. {one.subtitle}"),
        ("About", f"one {one.about}" if one.about is not About.PARTNERSHIP else "the partnership"),
        ("Audience", one.audience),
        ("Headline", f"`{one.headline}`"),
        ("Years of rolling charts", str(one.years_of_rolling_chart)),
        ("`profile`", _code_list(one.profile)),
    ]
    return _table(("", ""), rows)


def _sections(sections: tuple[Section, ...], depth: int = 0) -> list[str]:
    """A list of sections, each with what it is made of, those within indented."""
    lines = []
    for one in sections:
        made = [
            f"{name} {_code_list(names)}"
            for name, names in (("of", one.indicators), ("blocks", one.blocks), ("each", one.each))
            if names
        ]
        asks = [f"asks: {one.asks}"] if one.asks else []
        lines.append(f"{'  ' * depth}- {'; '.join([one.title or 'no heading of its own', *made, *asks])}")
        lines += _sections(one.sections, depth + 1)
    return ["\n".join(lines)] if depth == 0 else lines


def published_figures() -> str:
    """The published documents held as data: their tables, and where each contradicts itself."""
    found = {slug: read_definition(path) for slug, path in definition_files("published").items()}
    documents = {slug: entry for slug, entry in found.items() if "tables" in entry.values}
    parts = [
        "# Published figures",
        "Figures that documents have printed, held as data in `definitions/published` and in the table "
        "[published_figure](tables.md#published_figure). Where a document contradicts itself its table stands, and the "
        "conflict is listed here. Why: [ADR 0009](../adr/0009-published-documents-are-data.md).",
        _table(
            ("Document", "Title", "Published", "Tables", "Figures", "Conflicts"),
            [_document_row(slug, entry) for slug, entry in documents.items()],
        ),
    ]
    for slug, entry in documents.items():
        parts += [f"## {slug}", f"{entry.text('title')}. {entry.text('publisher', '')}, {entry.text('published', '')}."]
        parts += [_document_tables(entry), *_conflicts(entry)]
    for slug in sorted(found.keys() - documents.keys()):
        parts += [f"## {slug}", f"{found[slug].text('title')}. Pin it with `population: {slug}`.", _people(found[slug])]
    return _page(parts)


def _document_row(slug: str, entry: Entry) -> tuple[str, ...]:
    listed = entry.entries("tables")
    figures = sum(len(table.entries("rows")) for table in listed)
    conflicts = len(entry.entries("conflicts", []))
    return (
        f"[{slug}](#{slug})",
        entry.text("title"),
        entry.text("published", ""),
        str(len(listed)),
        str(figures),
        str(conflicts),
    )


def _document_tables(entry: Entry) -> str:
    rows = [
        (f"`{one.text('table')}`", one.text("kind", "table"), one.text("section"), str(len(one.entries("rows"))))
        for one in entry.entries("tables")
    ]
    return _table(("Table", "Kind", "Section", "Figures"), rows)


def _conflicts(entry: Entry) -> list[str]:
    found = entry.entries("conflicts", [])
    if not found:
        return []
    rows = [
        (
            f"`{one.text('indicator')}`, {_named(one.text('area', ''))}",
            _of(one),
            f"{one.text('elsewhere')} ({one.text('where')})",
            one.text("stands", "nobody can say"),
            one.text("why"),
        )
        for one in found
    ]
    return ["Conflicts:", _table(("Figure", "Of", "Printed elsewhere", "Stands", "Why"), rows)]


def _of(conflict: Entry) -> str:
    said = (conflict.text(key, "") for key in ("measure", "field", "group", "period", "against"))
    return ", ".join(word for word in said if word)


def _people(entry: Entry) -> str:
    rows = [
        (_named(one.text("area")), one.text("area"), f"{one.whole('value'):,}", one.text("status"), one.text("how"))
        for one in entry.entries("rows")
    ]
    return _table(("Area", "Code", "Residents", "", "How"), rows)


def _named(code: str) -> str:
    """The name of an area that comes with the package; the code of any other."""
    entry = read_definition(PACKAGED / "areas.yaml")
    listed = [one for kind in ("regions", "forces", "authorities") for one in entry.entries(kind, [])]
    return next((one.text("name") for one in listed if one.text("code") == code), code)


_SPOKEN_OF_ALONE = {
    "harrow-2017-scrutiny": "Reference from the Overview and Scrutiny Committee, 27 June 2017 (Harrow), which prints "
    "no measure of crime"
}


def figures() -> str:
    """Every figure of the five documents, the indicator that answers it, and the feeds it is read from."""
    found = {slug: read_definition(path) for slug, path in definition_files("published").items()}
    documents = {slug: entry for slug, entry in found.items() if "tables" in entry.values}
    known = read_indicators()
    parts = [
        "# Figures of the five documents",
        "What Harrow's partnership has printed, table by table: the [indicator](indicators.md) that answers each "
        "figure, and the feeds it is read from, in order of preference. A feed is an open dataset, or a template that "
        "a partner fills in, with the name that what is counted goes by where the template takes any. The figures "
        "themselves are in [Published figures](published-figures.md).",
    ]
    for slug, entry in documents.items():
        parts += [f"## {slug}", f"{entry.text('title')}."]
        for table in entry.entries("tables"):
            parts += [f"### {table.text('title')}", _answers(table, known)]
        parts += _spoken(slug, known)
    for slug, title in _SPOKEN_OF_ALONE.items():
        parts += [f"## {slug}", f"{title}.", *_spoken(slug, known)]
    return _page(parts)


def _answers(table: Entry, known: dict[str, Indicator]) -> str:
    """The figures of a table: those of one indicator and group in one row."""
    printed: dict[tuple[str, str, str], list[str]] = {}
    for row in table.entries("rows"):
        indicator, group, measure = row.text("indicator"), row.text("group", ""), row.text("measure")
        measures = printed.setdefault((indicator, group, answered_by(indicator, group, measure, known)), [])
        if measure not in measures:
            measures.append(measure)
    rows = [
        (f"{indicator}{f', {group}' if group else ''}: {', '.join(measures)}", _answer(by), _feeds(known[by]))
        for (indicator, group, by), measures in printed.items()
    ]
    return _table(("Figure", "Indicator", "Feed"), rows)


def _spoken(document: str, known: dict[str, Indicator]) -> list[str]:
    rows = [(one.words, _answer(one.by), _feeds(known[one.by])) for one in spoken_of() if one.document == document]
    spoken = "Spoken of, or printed in passing, without a figure of it being held:"
    return [spoken, _table(("Of what", "Indicator", "Feed"), rows)] if rows else []


def _answer(slug: str) -> str:
    return f"[{slug}](indicators.md#{slug})"


# Of what the parts of the population begin with, the dataset that has them; the first that fits.
_PEOPLE = (
    ("residents/age", ("ons-population-by-age",)),
    ("residents/", ("ons-population-by-age", "ons-census-2021")),
    ("residents", ("ons-population", "partner-population")),
    ("", ("ons-census-2021",)),
)


def _feeds(one: Indicator) -> str:
    """Datasets of an indicator for authorities (else for the kind of area it is of): a source, or a template's name."""
    named = list(one.datasets.get(AreaKind.AUTHORITY) or next(iter(one.datasets.values()), ()))
    for part in one.people[:1]:
        named += next(datasets for begins, datasets in _PEOPLE if part.startswith(begins))
    by_dataset = {each.source.dataset: each.source for each in all_sources().values()}
    return ", then ".join(_feed(by_dataset[dataset], one) for dataset in dict.fromkeys(named))


def _feed(source: Source, one: Indicator) -> str:
    template = next((each for each in all_templates().values() if each.dataset == source.dataset), None)
    if template is None:
        return f"[{source.title}](sources.md#{source.slug})"
    sent_as = f" as {_code_list(one.offences)}" if template.of_kind("measure") else ""
    return f"template [{template.title}](templates.md#{template.slug}){sent_as}"


def _page(parts: Iterable[str]) -> str:
    note = "<!-- Written by docs/generate.py. Change what it is made from, then run it again. -->"
    return "\n\n".join((note, *(part for part in parts if part))) + "\n"


def _code(text: str) -> str:
    return "```\n" + "\n".join(line.rstrip() for line in text.splitlines()).strip("\n") + "\n```"


def _code_list(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _prose(docstring: str) -> str:
    """A docstring as Markdown: double backticks become single, lines of a paragraph are joined."""
    paragraphs = re.sub(r"``(.+?)``", r"`\1`", docstring).split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [_row(heading), "|" + "---|" * len(heading), *(_row(row) for row in rows)]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def statistics() -> str:
    parts = [methods.INTRODUCTION]
    for name, words, rows in methods.sections():
        parts += [f"## {name}", words, _table(("Function", "Gives", "Method and source"), rows)]
    return _page(parts)


def strategy_judged_again() -> str:
    return _page([judged.INTRODUCTION.rstrip(), _table(judged.HEADING, judged.rows()), judged.CLOSING.strip()])


def elements_of_documents() -> str:
    """What published documents analysed, and what of ours answers it."""
    parts = [elements.INTRODUCTION]
    for one in elements.all_elements():
        rows = [
            (row.section, row.words, f"`{row.block}`", ", ".join(_answer(slug) for slug in row.indicators))
            for row in one.rows
        ]
        parts += [f"## {find_assessment(one.document).title}", f"After {one.of}.", _table(elements.HEADING, rows)]
    return _page(parts)


def duties() -> str:
    """Every duty of the law, from its definition."""
    parts = [
        "# Duties",
        "What the law asks of a partnership, from `definitions/duties`. A workspace's own are laid over them by name: "
        "see [See what the law asks](../how-to/see-what-the-law-asks.md). *Read* says whether the wording was read at "
        "the source that stands above the table; where it says no, it is background knowledge to be checked. No time "
        "limit stands here that was not seen in a source.",
    ]
    for one in read_instruments().values():
        parts += [
            f"## {one.title}",
            f"{one.citation}. {one.applies.rstrip('.')}. Amended by: {', '.join(one.amended_by) or 'nothing noted'}. "
            f"Read in: {one.read_in}.",
            _table(
                ("Name", "Authority", "Who", "What", "Due", "In force from", "Evidence beside the register", "Read"),
                [_duty_row(duty) for duty in one.duties],
            ),
        ]
    return _page(parts)


_DUE = {
    Kind.KEPT: "to be in place",
    Kind.YEARLY: "each year",
    Kind.BY: "once",
    Kind.QUARTERLY: "each quarter, by the end of the next",
    Kind.CASE: "each time it arises",
}


def _duty_row(duty: Duty) -> tuple[str, ...]:
    due = _DUE[duty.due.kind]
    if duty.due.day:
        due += (
            f", by {duty.due.day.isoformat()}" if duty.due.kind is Kind.BY else f", first by {duty.due.day.isoformat()}"
        )
    if not duty.due.source_seen:
        due += "; no time limit was seen in a source"
    return (
        f"`{duty.slug}`",
        duty.authority,
        duty.who,
        duty.what,
        due,
        duty.begins.isoformat(),
        _duty_evidence(duty),
        "yes" if duty.verified else "no",
    )


def _duty_evidence(duty: Duty) -> str:
    found = [
        f"an edition of `{duty.document}`" if duty.document else "",
        f"within `{duty.within}`: {', '.join(f'`{one}`' for one in (*duty.blocks, *duty.prose))}"
        if duty.within
        else "",
        f"the plan: {duty.plan}" if duty.plan else "",
        f"files of {', '.join(f'`{one}`' for one in duty.sets)}" if duty.sets else "",
    ]
    return "; ".join(filter(None, found))


PAGES: dict[str, Callable[[], str]] = {
    "assessment-blocks.md": assessment_blocks,
    "commands.md": commands,
    "duties.md": duties,
    "elements.md": elements_of_documents,
    "figures.md": figures,
    "indicators.md": indicators,
    "offences.md": offences,
    "periods.md": periods,
    "published-figures.md": published_figures,
    "sources.md": sources,
    "statistics.md": statistics,
    "strategy-judged-again.md": strategy_judged_again,
    "tables.md": tables,
    "templates.md": templates,
}


@lru_cache
def _site_pages() -> dict[str, str]:
    """The pages of the site, which a program of its own writes: this one knows no Django."""
    made = subprocess.run(  # noqa: S603
        [sys.executable, Path(__file__).with_name("site_pages.py")], capture_output=True, text=True, check=True
    )
    pages: dict[str, str] = json.loads(made.stdout)
    return pages


def _all_pages() -> dict[str, str]:
    return {name: write() for name, write in PAGES.items()} | _site_pages()


def stale_pages(folder: Path = REFERENCE) -> list[str]:
    """Names of the pages that are not as they would be written now, of pages that nothing writes among them."""
    held = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    made = _all_pages()
    return sorted(name for name in held.keys() | made.keys() if held.get(name) != made.get(name))


def write_pages(folder: Path = REFERENCE) -> list[str]:
    """Write every stale page, remove those that nothing writes any more, and return their names."""
    stale = stale_pages(folder)
    folder.mkdir(parents=True, exist_ok=True)
    made = _all_pages()
    for name in stale:
        if name in made:
            (folder / name).write_text(made[name], encoding="utf-8")
        else:
            (folder / name).unlink()
    return stale


def run(arguments: Sequence[str]) -> int:
    """Write, or with ``--check`` only look."""
    if list(arguments) not in ([], ["--check"]):
        print("Use: python docs/generate.py [--check]", file=sys.stderr)
        return 2
    if arguments:
        stale = stale_pages()
        for name in stale:
            print(f"docs/reference/{name} is stale: run “make docs”.", file=sys.stderr)
        return 1 if stale else 0
    for name in write_pages():
        print(f"Written: docs/reference/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
