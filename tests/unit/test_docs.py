"""The documentation: reference pages are fresh, links arrive, commands parse, examples can be read."""

import copy
import importlib.util
import re
import shlex
from datetime import date
from pathlib import Path

import click
import pytest

from frankpledge.assessment.blocks import DOCUMENT_BLOCKS, INDICATOR_BLOCKS
from frankpledge.assessment.definition import find_assessment
from frankpledge.cli.commands import all_commands
from frankpledge.cli.main import main as command_group
from frankpledge.definition import definition_files, read_definition
from frankpledge.disclosure import POLICIES
from frankpledge.findings import judge
from frankpledge.indicators.definition import read_indicator, read_indicators
from frankpledge.model.tables import TABLES
from frankpledge.plan.gaps import gaps_in
from frankpledge.plan.reading import read_plan
from frankpledge.sources.registry import all_sources
from frankpledge.warehouse import coverage
from frankpledge.workspace import read_partnership

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
ADR = sorted((DOCS / "adr").glob("*.md"))
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def name_of(path):
    return str(path.relative_to(ROOT))


def text_of(*parts):
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def generate():
    """The script that writes the reference pages, as a module."""
    spec = importlib.util.spec_from_file_location("generate_docs", DOCS / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_reference_pages_are_fresh(generate):
    assert generate.stale_pages() == [], "run “make docs”"


def test_reference_does_not_depend_on_the_terminal(generate, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")

    assert generate.commands() == (REFERENCE / "commands.md").read_text(encoding="utf-8")


def test_stale_missing_and_left_over_pages_are_named_and_put_right(generate, tmp_path):
    generate.write_pages(tmp_path)
    (tmp_path / "periods.md").write_text("changed by hand", encoding="utf-8")
    (tmp_path / "tables.md").unlink()
    (tmp_path / "gone.md").write_text("nothing writes this", encoding="utf-8")

    assert generate.stale_pages(tmp_path) == ["gone.md", "periods.md", "tables.md"]
    assert generate.write_pages(tmp_path) == ["gone.md", "periods.md", "tables.md"]
    assert generate.stale_pages(tmp_path) == []


def test_check_names_what_is_stale_and_fails(generate, monkeypatch, capsys):
    monkeypatch.setattr(generate, "stale_pages", lambda: ["tables.md"])

    assert generate.run(["--check"]) == 1
    assert "docs/reference/tables.md is stale" in capsys.readouterr().err
    assert generate.run(["--chek"]) == 2


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("commands.md", all_commands(command_group)),
        ("sources.md", all_sources()),
        ("indicators.md", read_indicators()),
        ("tables.md", [table.name for table in TABLES]),
        ("published-figures.md", definition_files("published")),
    ],
)
def test_everything_has_its_heading_in_the_reference(page, names):
    headings = re.findall(r"^## (.+)$", (REFERENCE / page).read_text(encoding="utf-8"), re.MULTILINE)

    assert set(names) <= set(headings)


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("assessment-blocks.md", [*INDICATOR_BLOCKS, *DOCUMENT_BLOCKS]),
        ("sources.md", POLICIES),
        ("tables.md", [column.name for table in TABLES for column in table.columns]),
        (
            "offences.md",
            [one.text("offence") for path in definition_files("sources").values()
             for one in read_definition(path).entries("labels", [])],
        ),
    ],
)  # fmt: skip
def test_everything_is_named_in_the_reference(page, names):
    text = (REFERENCE / page).read_text(encoding="utf-8")

    assert [name for name in names if f"| `{name}` |" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_within_the_repository_arrive(page):
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]

    assert [link for link in links if not arrives(page, link)] == []


def arrives(page, link):
    """Whether a link leads to a file or folder that is there, and to a heading that is in it."""
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists():
        return False
    return not anchor or anchor in anchors(target.read_text(encoding="utf-8"))


def anchors(text):
    """The anchors of a page's headings, as they are made where Markdown is shown."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands_in(page):
    """Every ``frankpledge …`` of a page: lines of its code, and code within its sentences."""
    text = page.read_text(encoding="utf-8")
    lines = [line.strip() for _, block in FENCE.findall(text) for line in block.splitlines()]
    quoted = re.findall(r"`(frankpledge [^`]+)`", FENCE.sub("", text))
    # What is set apart by two spaces or more says what the command is for.
    return [re.split(r"\s{2,}", one)[0] for one in [*lines, *quoted] if one.startswith("frankpledge ")]


QUOTED = [(page, command) for page in PAGES for command in commands_in(page)]


@pytest.mark.parametrize(("page", "command"), QUOTED, ids=[f"{name_of(page)}: {words}" for page, words in QUOTED])
def test_quoted_command_can_be_parsed(page, command):
    parse(command)


def parse(command):
    """Parse a command as the command line would, and run nothing: without its callback a command does nothing."""
    group = click.Group(params=command_group.params, callback=lambda **given: None)
    context = click.Context(command_group)
    group.commands = {
        name: inert(command_group.get_command(context, name)) for name in command_group.list_commands(context)
    }
    group.main(shlex.split(command, comments=True)[1:], prog_name="frankpledge", standalone_mode=False)


def inert(command):
    twin = copy.copy(command)
    twin.callback = None
    if isinstance(command, click.Group):
        twin.commands = {name: inert(one) for name, one in command.commands.items()}
    return twin


def test_commands_are_quoted_at_all():
    used = [" ".join(shlex.split(command, comments=True)[1:]) for _, command in QUOTED]

    assert [
        name for name in all_commands(command_group) if not any(f"{one} ".startswith(f"{name} ") for one in used)
    ] == []


@pytest.mark.parametrize("command", ["frankpledge shows burglary", "frankpledge show burglary --yaer 2018"])
def test_a_slip_in_a_command_is_noticed(command):
    with pytest.raises(click.UsageError):
        parse(command)


def yaml_in(*parts):
    """The first YAML example of a page."""
    return next(block for language, block in FENCE.findall(text_of(*parts)) if language == "yaml")


def test_example_of_an_indicator_can_be_read(tmp_path):
    path = tmp_path / "shoplifting.yaml"
    path.write_text(yaml_in("docs", "how-to", "add-an-indicator.md"), encoding="utf-8")

    shoplifting = read_indicator(path)

    datasets = {one.source.dataset for one in all_sources().values()}
    assert {name for names in shoplifting.datasets.values() for name in names} <= datasets
    assert all(f"`{offence}`" in (REFERENCE / "offences.md").read_text("utf-8") for offence in shoplifting.offences)


def test_example_of_an_assessment_can_be_read(tmp_path):
    (tmp_path / "assessments").mkdir()
    example = yaml_in("docs", "how-to", "change-what-is-in-the-assessment.md")
    (tmp_path / "assessments" / "strategic-assessment.yaml").write_text(example, encoding="utf-8")

    ours = list(find_assessment("strategic-assessment", tmp_path).all_sections())

    assert {name for one in ours for name in one.each} <= set(INDICATOR_BLOCKS)
    assert {name for one in ours for name in one.blocks} <= set(DOCUMENT_BLOCKS)
    assert {slug for one in ours for slug in one.indicators} <= set(read_indicators())


@pytest.mark.parametrize("page", ["pin-a-release.md", "use-your-own-areas.md"])
def test_example_of_a_partnership_can_be_read(page, tmp_path):
    example = yaml_in("docs", "how-to", page)
    missing = [f"{key}: {value}\n" for key, value in (("schema", 1), ("name", "Made up"), ("areas", "[E09000015]"))
               if f"{key}:" not in example]  # fmt: skip
    path = tmp_path / "partnership.yaml"
    path.write_text("".join(missing) + example, encoding="utf-8")

    partnership = read_partnership(path, slug="made-up")

    assert partnership.pinned or partnership.neighbours


def test_example_of_a_plan_can_be_read(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text(yaml_in("docs", "how-to", "keep-a-plan.md"), encoding="utf-8")

    assert gaps_in(read_plan(path), read_indicators(), date(2026, 11, 28)) == []


def test_glossary_is_in_order_and_has_each_term_once():
    terms = [term.casefold() for term in re.findall(r"^\*\*([^*]+)\.\*\*", text_of("GLOSSARY.md"), re.MULTILINE)]

    assert len(terms) > 50
    assert terms == sorted(set(terms))


@pytest.mark.parametrize("page", ADR, ids=name_of)
def test_decisions_have_the_same_headings(page):
    lines = page.read_text(encoding="utf-8").splitlines()

    assert lines[0].startswith(f"# {page.name[:4]}: ")
    assert [line for line in lines if line.startswith("## ")] == [
        "## Status",
        "## The question",
        "## Options",
        "## Decision",
        "## Consequences",
    ]


def test_decisions_are_numbered_without_a_gap():
    assert [page.name[:4] for page in ADR] == [f"{number:04d}" for number in range(1, len(ADR) + 1)]


def test_index_leads_to_every_page():
    linked = {(DOCS / link.partition("#")[0]).resolve() for link in LINK.findall(text_of("docs", "README.md"))}

    assert {name_of(page) for page in DOCS.rglob("*.md") if page not in linked} == {"docs/README.md"}


def test_security_promises_name_code_and_tests_that_are_there():
    promises = re.findall(r"`((?:src|tests)/[\w/.-]+)(?:::(\w+))?`", text_of("SECURITY.md"))

    assert len(promises) > 20
    for path, test in promises:
        assert (ROOT / path).exists(), path
        assert f"def {test}(" in text_of(path) if test else True, f"{path}::{test}"


def test_security_promises_are_numbered_and_each_has_code_and_test():
    promises = re.split(r"^\*\*(\d+)\. ", text_of("SECURITY.md").split("## Not promised yet")[0], flags=re.MULTILINE)[
        1:
    ]
    numbers, texts = promises[::2], promises[1::2]

    assert [int(number) for number in numbers] == list(range(1, len(numbers) + 1))
    assert all("\nKept by " in text and "\nTests: " in text for text in texts)


@pytest.mark.parametrize(
    "page", [("explanation", "coverage-and-missing.md"), ("adr", "0004-coverage-is-worked-out.md")]
)
def test_thresholds_of_coverage_are_those_of_the_code(page):
    text = text_of("docs", *page)

    assert f"fewer than {coverage.LEAST_SPREAD} of the small areas" in text
    assert f"fewer than {coverage.LEAST_VOLUME} of " in text
    for number in (coverage.USUAL_OFFENCES, coverage.ENOUGH_TO_JUDGE, coverage.LEAST_EXPECTED):
        assert re.search(rf"\b{number}\b", text), number


@pytest.mark.parametrize(
    "page",
    [("explanation", "rates-intervals-and-verdicts.md"), ("adr", "0016-one-verdict-rule-with-scatter.md")],
)
def test_rule_of_verdicts_is_that_of_the_code(page):
    text = text_of("docs", *page)

    assert f"fewer than {judge.TOO_FEW} in both periods together" in text
    assert f"more than {judge.LEVEL:.0%}".replace("%", " %") in text


@pytest.mark.parametrize(
    "words",
    [
        "nothing held counts these offences for such areas",
        "no source knows a file with these columns",
        "chance and the usual ups and downs could bring that difference",
        "What could not be measured",
        "Where sources differ",
    ],
)
def test_words_quoted_from_the_software_are_its_own(words):
    ours = " ".join(" ".join(page.read_text(encoding="utf-8").split()) for page in PAGES)
    paths = [path for ending in ("py", "yaml") for path in (ROOT / "src").rglob(f"*.{ending}")]

    assert words.casefold() in ours.casefold()
    assert any(words in " ".join(path.read_text(encoding="utf-8").split()) for path in paths)
