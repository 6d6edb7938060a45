"""Reading definitions: every mistake names its file, its line and what to write instead."""

import pytest

from frankpledge.definition import PACKAGED, definition_files, hash_of, read_definition
from frankpledge.errors import DefinitionError


@pytest.fixture
def definition(tmp_path):
    """Read a text as a definition called ``robbery.yaml``."""

    def read(text):
        path = tmp_path / "robbery.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_definition(path)

    return read


def test_definition_values_and_their_lines(definition):
    entry = definition(
        "# first line\nschema: 1\ntitle: Robbery\nrate: 2.5\nper: 1000\nadditive: true\nlist: [a, 2]\n"
        "inner:\n  deep: yes\n"
    )

    assert entry.text("title") == "Robbery"
    assert entry.number("rate") == 2.5
    assert entry.whole("per") == 1000
    assert entry.flag("additive") is True
    assert entry.texts("list") == ("a", "2")
    assert entry.lines == {"schema": 2, "title": 3, "rate": 4, "per": 5, "additive": 6, "list": 7, "inner": 8}
    assert entry.entry("inner").line == 9
    assert dict(entry.pairs())["title"] == "Robbery"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("schema: 1\ntitle: 'open\n", 3, "not YAML"),
        ("schema: 1\n\ttitle: x\n", 2, "not YAML"),
        ("schema: 1\ntitle: a: b\n", 2, "not YAML"),
        ("schema: 1\ntitle: *nobody\n", 2, "not YAML"),
        ("schema: 1\ntitle: x\ntitle: y\n", 3, "“title” stands twice"),
        ("title: x\nschema: 7\n", 2, "schema is not known"),
        ("schema: yes\n", 1, "a whole number"),
    ],
)
def test_yaml_that_cannot_be_read_names_file_and_line(definition, text, line, words):
    with pytest.raises(DefinitionError) as refused:
        definition(text)

    assert refused.value.happened.startswith(f"robbery.yaml, line {line}: ")
    assert words in refused.value.happened
    assert refused.value.to_do


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "only words\n"])
def test_definition_that_is_no_mapping_names_the_file(definition, text):
    with pytest.raises(DefinitionError, match=r"robbery\.yaml: a definition is a list"):
        definition(text)


def test_definition_in_another_encoding_is_refused(definition):
    with pytest.raises(DefinitionError, match=r"robbery\.yaml: this is not YAML"):
        definition("schema: 1\ntitle: Café\n".encode("latin-1"))


def test_definition_without_schema_says_what_to_add(definition):
    with pytest.raises(DefinitionError) as refused:
        definition("title: x\n")

    assert "“schema” is missing" in refused.value.happened
    assert "schema: " in refused.value.to_do


@pytest.mark.parametrize(
    ("read", "wanted"),
    [
        (lambda entry: entry.text("list"), "text"),
        (lambda entry: entry.text("flag"), "text"),
        (lambda entry: entry.number("title"), "a number"),
        (lambda entry: entry.number("flag"), "a number"),
        (lambda entry: entry.whole("rate"), "a whole number"),
        (lambda entry: entry.flag("title"), "true or false"),
        (lambda entry: entry.texts("title"), "a list"),
        (lambda entry: entry.entry("title"), "a mapping"),
        (lambda entry: entry.entries("list"), "a mapping"),
    ],
)
def test_value_of_another_kind_names_its_line_and_the_kind(definition, read, wanted):
    entry = definition("schema: 1\ntitle: x\nrate: 2.5\nflag: true\nlist: [a]\n")

    with pytest.raises(DefinitionError) as refused:
        read(entry)

    assert refused.value.happened.startswith("robbery.yaml, line ")
    assert wanted in refused.value.happened
    assert "line 1:" not in refused.value.happened


def test_missing_value_says_which_key(definition):
    entry = definition("schema: 1\nempty:\n")

    for key in ("absent", "empty"):
        with pytest.raises(DefinitionError, match=f"“{key}” is missing"):
            entry.text(key)
        assert entry.text(key, "instead") == "instead"
    assert dict(entry.entry("absent", None).pairs()) == {}
    assert entry.entries("absent", []) == ()


def test_unknown_key_is_refused_with_those_known(definition):
    entry = definition("schema: 1\ntitle: x\ntitel: y\n")

    with pytest.raises(DefinitionError) as refused:
        entry.only("schema", "title")

    assert refused.value.happened == "robbery.yaml, line 3: “titel” is not known here."
    assert "title" in refused.value.to_do


def test_choice_outside_the_list_is_refused(definition):
    entry = definition("schema: 1\npolarity: sideways\n")

    with pytest.raises(DefinitionError) as refused:
        entry.choice("polarity", ("lower", "higher"))

    assert "line 2: “polarity” is “sideways”" in refused.value.happened
    assert "lower, higher" in refused.value.to_do
    assert entry.choice("absent", ("lower",), "lower") == "lower"


def test_own_definition_is_laid_over_the_packaged_one_by_slug(tmp_path):
    own = tmp_path / "indicators"
    own.mkdir()
    (own / "robbery.yaml").write_text("schema: 1\n")
    (own / "moped-crime.yaml").write_text("schema: 1\n")

    packaged, laid = definition_files("indicators"), definition_files("indicators", tmp_path)

    assert packaged["robbery"] == PACKAGED / "indicators" / "robbery.yaml"
    assert laid["robbery"] == own / "robbery.yaml"
    assert laid["burglary"] == packaged["burglary"]
    assert set(laid) == {*packaged, "moped-crime"}
    assert list(laid) == sorted(laid)


def test_overlay_folder_that_is_not_there_changes_nothing(tmp_path):
    assert definition_files("indicators", tmp_path / "none") == definition_files("indicators")


def test_hash_of_definitions_follows_their_text(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("schema: 1\n")
    before = hash_of(path)

    path.write_text("schema: 1 \n")

    assert len(before) == 12
    assert hash_of(path) != before


@pytest.mark.parametrize(
    "line",
    ["review: 2027-02-30", "title: !foo bar", "title: !!int abc", "title: &a [*a]", "title: !!python/name:os.system x"],
)
def test_value_that_cannot_be_read_is_named_and_never_run(tmp_path, line):
    path = tmp_path / "odd.yaml"
    path.write_text(f"schema: 1\n{line}\n", encoding="utf-8")

    with pytest.raises(DefinitionError, match=r"odd\.yaml"):
        read_definition(path).text(line.split(":")[0])
