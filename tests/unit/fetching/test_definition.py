"""Addresses as text: the packaged ones can be used, a workspace's own are laid over them, mistakes are named."""

import re
from pathlib import Path

import pytest

import frankpledge
from frankpledge.definition import definition_files
from frankpledge.errors import DefinitionError, UserError
from frankpledge.fetching.definition import NEVER, chosen, read_addresses, read_forces
from frankpledge.fetching.sizes import size_of, size_words
from frankpledge.sources.registry import all_sources

PACKAGED = read_addresses()

HEAD = "schema: 1\npublisher: Somebody\npage: https://example.org/\naddresses:\n"
ENTRY = "  - {name: a, title: A, source: mps-borough, url: https://example.org/a.csv, most: 1 MB, checked: never}\n"


@pytest.fixture
def overlay(tmp_path):
    def write(text, name="somebody.yaml"):
        (tmp_path / "addresses").mkdir(exist_ok=True)
        (tmp_path / "addresses" / name).write_text(HEAD + text, encoding="utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize("name", PACKAGED)
def test_packaged_address_is_secure_limited_and_honest_about_being_tried(name):
    address = PACKAGED[name]

    for url in (address.place, address.newest.url if address.newest else address.place):
        assert url.startswith("https://")
    assert 0 < address.least < address.most <= 4 * 10**9
    assert address.page.startswith("https://")
    assert re.fullmatch(r"never|20\d\d-\d\d-\d\d", address.checked)
    assert address.placeholders <= {
        "month",
        "year",
        "force",
        "areas",
        "quoted_areas",
        *(key for key, _ in address.each),
    }


def test_packaged_files_say_that_they_have_not_been_tried():
    for path in definition_files("addresses").values():
        if any(one.checked == NEVER for one in PACKAGED.values() if one.file == path):
            words = " ".join(path.read_text(encoding="utf-8").replace("\n#", " ").split())
            assert "not yet tried from here" in words.lower(), path.name


def test_packaged_addresses_are_of_sources_that_read_them():
    assert {source for one in PACKAGED.values() for source in one.sources} <= set(all_sources())


def test_every_police_force_has_its_word_once():
    forces = read_forces()

    assert len(forces) == len(set(forces.values())) == 43
    assert (forces["E23000001"], forces["E23000026"]) == ("metropolitan", "bedfordshire")


def test_addresses_stand_in_definitions_and_nowhere_in_code():
    for path in (Path(frankpledge.__path__[0]) / "fetching").glob("*.py"):
        assert not re.search(r"https?://\w+\.", path.read_text(encoding="utf-8")), path.name


def test_workspace_has_its_own_in_place_of_the_packaged(overlay):
    ours = read_addresses(overlay(ENTRY, "nomis.yaml"))

    assert ours["a"].place == "https://example.org/a.csv"
    assert "census-2021" not in ours
    assert "mps-borough" in ours


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (ENTRY.replace("1 MB", "large"), "line 5: “most” is “large”, which is not a size"),
        (ENTRY.replace("url:", "address:"), "“address” is not known here"),
        (ENTRY.replace("url: https://example.org/a.csv, ", ""), "an address has one of url, list, links, layer"),
        (ENTRY.replace("url:", "links: {url: x, wanted: x}, url:"), "an address has one of url, list, links, layer"),
        (ENTRY.replace("url: https://example.org/a.csv", "list: {url: x, items: a, wanted: '('}"), "not a regular"),
        (ENTRY.replace("name: a", "name: ../a"), "line 5: this is not a name"),
        (ENTRY + ENTRY, "“a” is the name of another address"),
        (ENTRY.replace("source: mps-borough, ", ""), "“source” is missing"),
        (ENTRY.replace(", checked: never", ""), "“checked” is missing"),
    ],
)
def test_mistake_is_named_with_its_line(overlay, entry, words):
    with pytest.raises(DefinitionError, match=re.escape(words)):
        read_addresses(overlay(entry))


def test_addresses_are_chosen_by_name_source_or_publisher():
    assert [one.name for one in chosen(PACKAGED, ("mps-borough", "mps-borough"))] == ["mps-borough"]
    assert {one.name for one in chosen(PACKAGED, ("imd",))} == {
        "deprivation-2015",
        "deprivation-2019",
        "deprivation-2025",
    }
    assert {one.name for one in chosen(PACKAGED, ("place-names",))} == {"naptan", "os-open-names"}


def test_without_a_name_the_usual_ones_are_chosen():
    usual = {one.name for one in chosen(PACKAGED, ())}

    assert "police-uk" in usual
    assert "naptan" not in usual


def test_name_that_is_none_is_said():
    with pytest.raises(UserError, match="No address is known for “moon”. See “frankpledge fetch --list”"):
        chosen(PACKAGED, ("moon",))


@pytest.mark.parametrize(("text", "size"), [("3 GB", 3 * 10**9), ("1.5MB", 1_500_000), ("7 B", 7), ("12", None)])
def test_size_as_it_is_written(text, size):
    assert size_of(text) == size


@pytest.mark.parametrize(("size", "words"), [(999, "999 bytes"), (1000, "1.0 KB"), (1_640_000_000, "1.6 GB")])
def test_size_as_it_is_said(size, words):
    assert size_words(size) == words


def test_example_of_the_documentation_can_be_read(tmp_path):
    page = Path(__file__).parents[3] / "docs" / "how-to" / "fetch-open-data.md"
    example = re.search(r"^```yaml\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)[1]
    (tmp_path / "addresses").mkdir()
    (tmp_path / "addresses" / "london-datastore.yaml").write_text(example, encoding="utf-8")

    address = read_addresses(tmp_path)["mps-borough"]

    assert (address.checked, address.forces) == ("2026-01-31", ("metropolitan",))
    assert address.listing.items == "resources"
