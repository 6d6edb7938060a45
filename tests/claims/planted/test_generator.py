"""Planted documents: clean ones are clean by a check of their own, and each slip is one contradiction."""

import os
import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest

from frankpledge.claims.published import Passage, PassageKind, PublishedTable
from tests.claims.planted.generator import FEWEST, MOST, Planted, Relation, SlipKind, Stated, as_markdown, make
from tests.claims.planted.rechecking import contradicted, holds
from tests.claims.planted.rereading import Unreadable, broken, read
from tests.claims.planted.topics import TOPICS

CLEAN = range(300)
SLIPPED = range(25)

# Shapes of sentences over all clean documents, with every figure, name and topic taken out: what there is, less a
# margin. Whoever adds templates need not touch it, and whoever loses them is told.
SHAPES = 2100


@lru_cache(maxsize=400)
def clean(seed: int) -> Planted:
    """A clean document; made once for all tests of it."""
    return make(seed, None)


@lru_cache(maxsize=400)
def slipped(seed: int, kind: SlipKind) -> Planted:
    """A document with a slip; made once for all tests of it."""
    return make(seed, kind)


def texts(made: Planted) -> list[str]:
    """All that is printed, a cell or a passage each."""
    found = [block.text for block in made.document.passages()]
    for table in made.document.tables():
        found += [table.caption, *(cell for row in table.rows for cell in row)]
    return found


def printed(made: Planted) -> str:
    """What stands where the slip is."""
    assert made.planted is not None
    block = made.document.blocks[made.planted.block - 1]
    if isinstance(block, PublishedTable):
        row, column = made.planted.cell or (0, 0)
        return block.rows[row - 1][column - 1]
    assert isinstance(block, Passage)
    return block.text


@pytest.mark.parametrize("kind", [None, SlipKind.DATES, SlipKind.SAME_QUANTITY])
def test_make_is_the_same_for_the_same_seed(kind):
    assert make(5, kind) == make(5, kind)
    assert make(5, kind).document != make(6, kind).document


def test_make_is_the_same_in_every_process():
    root = Path(__file__).parents[3]
    program = (
        "from hashlib import sha256; from tests.claims.planted.generator import SlipKind, make;"
        "made = [make(seed, kind) for seed in (1, 2) for kind in (None, *SlipKind)];"
        "print(sha256(repr([(one.document, one.planted, one.stated) for one in made]).encode()).hexdigest())"
    )
    # Sets of strings have another order under each of these.
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


@pytest.mark.slow
def test_clean_documents_state_nothing_that_is_not_so():
    for seed in CLEAN:
        made = clean(seed)
        assert made.planted is None
        assert contradicted(made.stated) == [], seed
        assert not any(broken(text) for text in texts(made)), seed


@pytest.mark.slow
def test_clean_documents_have_blocks_of_all_kinds():
    kinds: set[object] = set()
    for seed in CLEAN:
        blocks = clean(seed).document.blocks
        kinds |= {block.kind if isinstance(block, Passage) else PublishedTable for block in blocks}
        assert FEWEST <= len(blocks) <= MOST, seed
        assert 1 <= len(list(clean(seed).document.tables())) <= 4, seed
        assert [block.place.paragraph for block in blocks] == list(range(1, len(blocks) + 1))
    assert kinds == {*PassageKind, PublishedTable}


@pytest.mark.slow
def test_clean_documents_state_every_relation_often():
    found = [record.relation for seed in CLEAN for record in clean(seed).stated]
    for relation in Relation:
        assert found.count(relation) >= (5 if relation in (Relation.RATIO, Relation.MULTIPLE) else 30), relation


@pytest.mark.parametrize("kind", SlipKind)
def test_slip_is_printed_where_it_is_said_to_be(kind):
    for seed in SLIPPED:
        made = slipped(seed, kind)
        slip = made.planted
        assert slip is not None
        assert slip.kind is kind
        assert slip.wrong != slip.right
        assert slip.reason
        assert slip.wrong in printed(made), seed


@pytest.mark.parametrize("kind", [kind for kind in SlipKind if kind is not SlipKind.MALFORMED])
def test_slip_is_one_contradiction(kind):
    for seed in SLIPPED:
        made = slipped(seed, kind)
        slip = made.planted
        assert slip is not None
        wrong = contradicted(made.stated)
        assert wrong, (seed, slip)
        for record in wrong:
            assert slip.block in record.blocks, (seed, slip, record)
            assert any(holds(one) for one in put_right(record, slip.wrong, slip.right)), (seed, slip, record)
        assert not any(broken(text) for text in texts(made)), seed


def put_right(record: Stated, wrong: str, right: str) -> list[Stated]:
    """A record with the wrong figure as it should have been, at each place where it may stand."""
    found = []
    for name, role in record.printed.items():
        for at, text in enumerate(role):
            if text.lower() == wrong.lower():
                # At the start of a sentence a word has a capital, and none in the record.
                corrected = (*role[:at], right if text == wrong else right[:1].lower() + right[1:], *role[at + 1 :])
                found.append(Stated(record.relation, {**record.printed, name: corrected}, record.blocks))
    return found


def test_malformed_slip_can_not_be_read_and_nothing_else_is_wrong():
    for seed in SLIPPED:
        made = slipped(seed, SlipKind.MALFORMED)
        slip = made.planted
        assert slip is not None
        with pytest.raises(Unreadable):
            read(slip.wrong)
        for record in contradicted(made.stated):
            assert slip.block in record.blocks
            assert any(slip.wrong in role for role in record.printed.values())


@pytest.mark.parametrize("kind", SlipKind)
def test_slip_has_several_variants(kind):
    variants = {slip.variant for seed in SLIPPED if (slip := slipped(seed, kind).planted)}
    assert len(variants) >= (2 if kind in (SlipKind.SPAN, SlipKind.SUPERLATIVE) else 3)


def test_markdown_has_each_block_on_its_line():
    for seed in range(40):
        made = clean(seed)
        lines = as_markdown(made.document).split("\n")
        for block in made.document.blocks:
            first = lines[(block.place.line or 0) - 1]
            if isinstance(block, PublishedTable):
                shown = [lines[line - 1] for line in block.lines]
                assert shown == ["| " + " | ".join(row) + " |" for row in block.rows]
            else:
                assert first.endswith(block.text)


_NAMES = re.compile(
    r"(?:Great )?[A-Z][a-z]+(?:march|reach|sedge|garth|spire|gale)"
    r"(?:shire| region| Vale| and Larkmoor|-on-Ems| and the Vale)?"
)
_WORDS = "one two three four five six seven eight nine ten eleven twelve"
_MONTHS = "January February March April May June July August September October November December"
_FIGURES = re.compile(
    rf"£?[+−–-]?\d[\d,.:/–-]*(?:th|st|nd|rd|%|k|m)?| per ?cent| million|\b(?:{'|'.join(_WORDS.split())})\b"
    rf"|\b(?:{'|'.join(_MONTHS.split())})\b",
    re.IGNORECASE,
)


def shape(sentence: str) -> str:
    """A sentence without its names, topics and figures."""
    for topic in TOPICS:
        for name in (topic.things, topic.theme):
            sentence = re.sub(re.escape(name), "T", sentence, flags=re.IGNORECASE)
    sentence = re.sub(r"“[^”]*”", "“L”", _NAMES.sub("A", sentence))
    return re.sub(r"(?:#\W*)+", "# ", _FIGURES.sub("#", sentence)).lower()


@pytest.mark.slow
def test_sentences_have_many_shapes():
    shapes: set[str] = set()
    for seed in CLEAN:
        for passage in clean(seed).document.passages():
            if passage.kind is PassageKind.PARAGRAPH:
                shapes |= {shape(one) for one in re.split(r"(?<=[a-z%)\d]\.) (?=[A-Z\d“])", passage.text)}
    assert len(shapes) >= SHAPES


def record(relation: Relation, **printed: str | tuple[str, ...]) -> Stated:
    """A record made by hand."""
    return Stated(relation, {n: (p,) if isinstance(p, str) else p for n, p in printed.items()}, (1,))


@pytest.mark.parametrize(
    ("one", "is_so"),
    [
        (record(Relation.DIFFERENCE, before="223", after="239", difference="16"), True),
        (record(Relation.DIFFERENCE, before="223", after="239", difference="61"), False),
        (record(Relation.DIFFERENCE, before="2,386", after="2,240", signed="-146"), True),
        (record(Relation.DIFFERENCE, before="2,386", after="2,240", signed="146"), False),
        (record(Relation.PERCENT, before="223", after="239", percent="7.2%"), True),
        (record(Relation.PERCENT, before="223", after="239", percent="7 per cent"), True),
        (record(Relation.PERCENT, before="223", after="239", percent="6.7%"), False),
        (record(Relation.DIRECTION, before="12", after="nine", word="fewer"), True),
        (record(Relation.DIRECTION, before="12", after="nine", word="rose"), False),
        (record(Relation.RATE, count="2,240", people="248,900", per="1,000", rate="9.0"), True),
        (record(Relation.RATE, count="2,240", people="248,900", per="10,000", rate="9.0"), False),
        (record(Relation.SHARE, part="48", whole="678", share="7%"), True),
        (record(Relation.SHARE, part="48", whole="678", share="just over a third"), False),
        (record(Relation.SHARE, part="240", whole="678", share="just over a third"), True),
        (record(Relation.HUNDRED, share=("33%", "33%", "33%")), True),
        (record(Relation.HUNDRED, share=("33.3%", "33.3%", "38.3%")), False),
        (record(Relation.TOTAL, part=("£400k", "£0.8m"), total="£1.2m"), True),
        (record(Relation.TOTAL, part=("12", "30"), total="52"), False),
        (record(Relation.AVERAGE, total="324", over="12", average="27"), True),
        (record(Relation.AVERAGE, total="324", over="12", average="29.5"), False),
        (
            record(Relation.EXTREME, name="B", word="second highest", names=("A", "B", "C"), values=("3", "2", "1")),
            True,
        ),
        (record(Relation.EXTREME, name="B", word="lowest", names=("A", "B", "C"), values=("3", "2", "1")), False),
        (record(Relation.POINTS, before="62%", after="67%", difference="5", unit="percentage points"), True),
        (record(Relation.POINTS, before="62%", after="67%", difference="5", unit="per cent"), False),
        (record(Relation.SPAN, length="three", unit="financial years", ends=("2017/18", "2019/20")), True),
        (record(Relation.SPAN, length="five", unit="months", ends=("April", "July")), False),
        (record(Relation.PAST, day="31 June 2020", document="1 July 2021"), False),
        (record(Relation.PAST, day="29 February 2020", document="1 July 2021"), True),
        (record(Relation.WEEKDAY, weekday="Tuesday", day="14 March 2023"), True),
        (record(Relation.ORDER, earlier="2017/18", later="2018/20"), False),
        (record(Relation.SAME, figure=("2,240", "around 2,200")), True),
        (record(Relation.SAME, figure=("2,240", "2,204")), False),
    ],
)
def test_record_is_checked_from_its_strings_alone(one, is_so):
    assert holds(one) is is_so
